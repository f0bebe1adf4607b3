import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, listOf, path, production, startMs } from './shop.ts'

describe('a start', () => {
  it('is answered 201, with the holes of a real answer', () => {
    const { ask, delta } = createShop()
    const answer = ask(`POST ${path}/deploys`, { delta_id: delta, comment: 'Second try' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      status: 'pending',
      comment: 'Second try',
      delta_id: delta,
      env_id: '',
      from_id: '',
    })
    expect(fieldsOf(answer)['id']).toMatch(/^[0-9a-f]{16}$/)
    expect(fieldsOf(answer)['created_at']).toMatch(/^2026-11-23T17:00:00\.\d{9}Z$/)
    expect(answer.body).not.toHaveProperty('set_id')
    expect(answer.body).toHaveProperty('runner')
  })

  it('leaves the Delta out of the answer when there is none', () => {
    const { ask } = createShop()
    expect(ask(`POST ${path}/deploys`, {}).body).not.toHaveProperty('delta_id')
  })

  it.each([
    ['nothing', undefined, 'object'],
    ['a list', [], 'object'],
    ['a Delta that is a number', { delta_id: 7 }, 'delta_id'],
    ['a Delta that does not exist', { delta_id: 'f'.repeat(40) }, 'not found'],
    ['a Set that does not exist', { set_id: 'x'.repeat(43) }, 'not found'],
    ['an unknown mode', { mode: 'fast' }, 'mode'],
  ])('is refused with 400 for %s', (_, body, word) => {
    const { ask } = createShop()
    const answer = ask(`POST ${path}/deploys`, body)
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer)['message']).toContain(word)
  })

  it('is refused with 400 for a Delta that does not fit, with its reason', () => {
    const { ask, orchestrator } = createShop()
    const delta = orchestrator.addDelta('acme/shop', { refusal: 'Module web does not exist.' })
    expect(ask(`POST ${path}/deploys`, { delta_id: delta })).toMatchObject({
      status: 400,
      body: { error: expect.any(String), message: 'Module web does not exist.' },
    })
  })

  it('is refused with 400 when there is neither a base nor a Delta', () => {
    const { ask } = createShop()
    expect(ask('POST /orgs/acme/apps/shop/envs/staging/deploys', {}).status).toBe(400)
  })

  it('is refused with 409 while another one is active, and not any more after its end', () => {
    const { ask, delta, pass } = createShop()
    const first = ask(`POST ${path}/deploys`, { delta_id: delta })
    const second = ask(`POST ${path}/deploys`, { delta_id: delta })
    expect(second).toMatchObject({ status: 409, body: { details: { deploy_id: first.acceptedId } } })
    pass(120_000)
    expect(ask(`POST ${path}/deploys`, { delta_id: delta }).status).toBe(201)
  })

  it('takes any Delta of 40 hex digits when told so', () => {
    const { ask } = createShop({ acceptsAnyDelta: true })
    expect(ask(`POST ${path}/deploys`, { delta_id: 'short' }).status).toBe(400)
    expect(ask(`POST ${path}/deploys`, { delta_id: 'ab'.repeat(20) }).status).toBe(201)
  })
})

describe('what is deployed', () => {
  it('is the base again, without a Delta or a Set', () => {
    const { ask, orchestrator, newer } = createShop()
    ask(`POST ${path}/deploys`, {})
    const [made, base] = orchestrator.inspectDeployments(production)
    expect(made).toMatchObject({ setId: base?.setId, fromId: newer, deltaId: '' })
  })

  it('is a new Set with a Delta, of 43 characters', () => {
    const { ask, delta, orchestrator, older, pass } = createShop()
    const before = orchestrator.inspectDeployments(production)[0]?.setId
    const forced = orchestrator.inspectDeployments(production).find(({ id }) => id === older)?.setId
    const id = ask(`POST ${path}/deploys`, { delta_id: delta, set_id: forced }).acceptedId
    pass(3000)
    const answer = fieldsOf(ask(`GET ${path}/deploys/${id}`))
    expect(answer['set_id']).toMatch(/^[\w-]{43}$/)
    expect([before, forced]).not.toContain(answer['set_id'])
  })

  it('is the Set that the request names, which is told at once', () => {
    const { ask, orchestrator, older } = createShop()
    const forced = orchestrator.inspectDeployments(production).find(({ id }) => id === older)?.setId
    expect(ask(`POST ${path}/deploys`, { set_id: forced }).body).toMatchObject({ set_id: forced })
  })

  it('is the same Set after a rollback', () => {
    const { ask, orchestrator, older } = createShop()
    expect(ask(`PUT ${path}/from_deploy_id`, older)).toEqual({ status: 204 })
    ask(`POST ${path}/deploys`, {})
    const all = orchestrator.inspectDeployments(production)
    expect(all[0]?.fromId).toBe(older)
    expect(all[0]?.setId).toBe(all.find(({ id }) => id === older)?.setId)
  })
})

describe('a deployment', () => {
  it('goes through its phases by the clock alone', () => {
    const { ask, delta, pass } = createShop()
    const id = ask(`POST ${path}/deploys`, { delta_id: delta }).acceptedId
    const look = () => fieldsOf(ask(`GET ${path}/deploys/${id}`))
    expect(look()).toMatchObject({ status: 'pending', env_id: 'production' })
    pass(3000)
    expect(look()).toMatchObject({
      status: 'in progress',
      status_changed_at: expect.stringMatching(/^2026-11-23T17:00:03\./),
    })
    pass(116_999)
    expect(look()['status']).toBe('in progress')
    pass(1)
    expect(look()).toMatchObject({
      status: 'succeeded',
      status_changed_at: expect.stringMatching(/^2026-11-23T17:02:00\./),
    })
  })

  it('does what was planned for the next one, for all, or in general', () => {
    const { ask, orchestrator, pass } = createShop()
    const run = () => {
      const id = ask(`POST ${path}/deploys`, {}).acceptedId
      pass(1000)
      return fieldsOf(ask(`GET ${path}/deploys/${id}`))['status']
    }
    orchestrator.planAll(production, { durationMs: 1000 })
    orchestrator.planNext(production, { status: 'failed' })
    expect([run(), run()]).toEqual(['failed', 'succeeded'])
  })

  it('can say words that nobody knows, and never end', () => {
    const { ask, orchestrator, pass } = createShop()
    orchestrator.planNext(production, {
      phases: [
        { afterMs: 0, status: 'queued' },
        { afterMs: 10, status: 'paused' },
      ],
    })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))['status']).toBe('queued')
    pass(86_400_000)
    expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))['status']).toBe('paused')
    expect(ask(`POST ${path}/deploys`, {}).status).toBe(409)
  })

  it('tells its errors once it has failed, incomplete ones too', () => {
    const { ask, orchestrator, pass, older, newer } = createShop()
    const errors = [{ scope: 'workload', object_id: 'checkout', code: 'CLD-001' }, { message: 'Out of luck.' }]
    orchestrator.planNext(production, { status: 'failed', errors, durationMs: 5000 })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    expect(ask(`GET ${path}/deploys/${id}/errors`).body).toEqual([])
    pass(5000)
    expect(ask(`GET ${path}/deploys/${id}/errors`).body).toEqual(errors)
    expect(ask(`GET ${path}/deploys/${older}/errors`).body).toEqual([{ code: 'CLD-001' }])
    expect(ask(`GET ${path}/deploys/${newer}/errors`).body).toEqual([])
  })

  it('is not found in another environment', () => {
    const { ask, newer } = createShop()
    expect(ask(`GET ${path}/deploys/${newer}`).status).toBe(200)
    expect(ask(`GET /orgs/acme/apps/shop/envs/staging/deploys/${newer}`).status).toBe(404)
  })

  it('lasts a fraction of its time with a speed, at true times', () => {
    const { ask, orchestrator, pass } = createShop({ speed: 20 })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    pass(6000)
    expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))).toMatchObject({
      status: 'succeeded',
      status_changed_at: expect.stringMatching(/^2026-11-23T17:00:06\./),
    })
    const seeded = orchestrator.inspectDeployments(production)[1]
    expect(seeded).toMatchObject({ createdMs: startMs - 3_600_000, statusChangedMs: startMs - 3_600_000 + 7000 })
  })
})

describe('the list', () => {
  it('has everything at once, newest first', () => {
    const { ask, orchestrator, delta, older, newer } = createShop()
    const id = ask(`POST ${path}/deploys`, { delta_id: delta }).acceptedId
    expect(listOf(ask(`GET ${path}/deploys`)).map((deployment) => deployment['id'])).toEqual([id, newer, older])
    const many = Array.from({ length: 5000 }, (_, index) => ({
      agoSeconds: (index + 1) * 600,
      durationSeconds: 60,
      status: 'succeeded' as const,
    }))
    orchestrator.seedHistory('acme/shop/staging', many)
    expect(listOf(ask('GET /orgs/acme/apps/shop/envs/staging/deploys'))).toHaveLength(5000)
  })

  it('does not show what is hidden yet, nor do the environment and the id', () => {
    const { ask, orchestrator, newer, pass } = createShop()
    orchestrator.planNext(production, { listedAfterMs: 3000, foundAfterMs: 2000, shownAfterMs: 1000 })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    const look = () => [
      (fieldsOf(ask(`GET ${path}`))['last_deploy'] as { id: string }).id === id,
      (fieldsOf(ask(`GET ${path}`))['from_deploy'] as { id: string }).id === id,
      ask(`GET ${path}/deploys/${id}`).status === 200,
      listOf(ask(`GET ${path}/deploys`)).some((deployment) => deployment['id'] === id),
    ]
    expect(look()).toEqual([false, false, false, false])
    expect(fieldsOf(ask(`GET ${path}`))).toMatchObject({ from_deploy: { id: newer }, last_deploy: { id: newer } })
    expect(ask(`POST ${path}/deploys`, {}).status).toBe(409)
    pass(1000)
    expect(look()).toEqual([true, true, false, false])
    pass(1000)
    expect(look()).toEqual([true, true, true, false])
    pass(1000)
    expect(look()).toEqual([true, true, true, true])
  })
})

describe('a deployment pipeline', () => {
  it('may answer without a deployment, which comes later', () => {
    const { ask, orchestrator, delta, pass } = createShop()
    orchestrator.planNext(production, { pipeline: { status: 202, body: { id: 'run-1' }, startsAfterMs: 60_000 } })
    const answer = ask(`POST ${path}/deploys`, { delta_id: delta })
    expect(answer).toEqual({ status: 202, body: { id: 'run-1' } })
    expect(listOf(ask(`GET ${path}/deploys`))).toHaveLength(2)
    pass(61_000)
    expect(listOf(ask(`GET ${path}/deploys`))[0]).toMatchObject({
      delta_id: delta,
      created_at: expect.stringMatching(/^2026-11-23T17:01:00\./),
    })
  })

  it('may answer a deployment that stays pending', () => {
    const { ask, orchestrator, pass } = createShop()
    orchestrator.planNext(production, { phases: [{ afterMs: 0, status: 'pending' }] })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    pass(86_400_000)
    expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))['status']).toBe('pending')
  })
})
