import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, listOf, path, production, shopPath } from './shop.ts'

const preview = (from_deploy_id: string) => ({ id: 'pr-12', name: 'acme/shop#12', type: 'development', from_deploy_id })

describe('an environment', () => {
  it('shows its base and its last deployment, or neither before the first', () => {
    const { ask, newer } = createShop()
    expect(ask(`GET ${path}`)).toMatchObject({
      status: 200,
      body: { id: 'production', status: 'active', from_deploy: { id: newer }, last_deploy: { id: newer } },
    })
    const empty = ask(`GET ${shopPath}/staging`)
    expect(empty.body).not.toHaveProperty('from_deploy')
    expect(empty.body).not.toHaveProperty('last_deploy')
  })

  it('keeps its base until the next deployment changes it', () => {
    const { ask, older, newer, pass } = createShop()
    const base = () => (fieldsOf(ask(`GET ${path}`))['from_deploy'] as { id: string }).id
    expect(ask(`PUT ${path}/from_deploy_id`, older).status).toBe(204)
    pass(86_400_000)
    expect([base(), (fieldsOf(ask(`GET ${path}`))['last_deploy'] as { id: string }).id]).toEqual([older, newer])
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    expect(base()).toBe(id)
  })

  it.each([['nothing'], ['{"id":"0"}'], ['an unknown id']])('refuses %s as its base', (word) => {
    const { ask } = createShop()
    const bodies: Readonly<Record<string, unknown>> = { '{"id":"0"}': { id: '0' }, 'an unknown id': '0'.repeat(16) }
    expect(ask(`PUT ${path}/from_deploy_id`, bodies[word]).status).toBe(400)
  })

  it('takes the base from another environment: a clone', () => {
    const { ask, orchestrator, newer } = createShop()
    expect(ask(`PUT ${shopPath}/staging/from_deploy_id`, newer).status).toBe(204)
    ask(`POST ${shopPath}/staging/deploys`, {})
    expect(orchestrator.inspectDeployments('acme/shop/staging')).toMatchObject([{ fromId: newer }])
  })
})

describe('creating an environment', () => {
  it('deploys nothing, and starts from the deployment that it is derived from', () => {
    const { ask, orchestrator, newer } = createShop()
    const answer = ask(`POST ${shopPath}`, preview(newer))
    expect(answer).toMatchObject({ status: 201, body: { id: 'pr-12', status: 'active', from_deploy: { id: newer } } })
    expect(answer.body).not.toHaveProperty('last_deploy')
    expect(orchestrator.inspectDeployments('acme/shop/pr-12')).toEqual([])
    expect(orchestrator.inspectEnvironments('acme/shop')).toEqual(['production', 'staging', 'pr-12'])
  })

  it.each([
    ['an id in capitals', { id: 'PR-12' }],
    ['an id of one character', { id: 'a' }],
    ['an id of 51 characters', { id: 'a'.repeat(51) }],
    ['an id with two hyphens', { id: 'pr--12' }],
    ['an id that would take exponential time', { id: `${'a'.repeat(49)}!` }],
    ['no name', { name: undefined }],
    ['an unknown type', { type: 'playground' }],
    ['no deployment to derive from', { from_deploy_id: undefined }],
    ['an unknown deployment', { from_deploy_id: '0'.repeat(16) }],
  ])('is refused with 400 for %s', (_, difference) => {
    const { ask, newer } = createShop()
    expect(ask(`POST ${shopPath}`, { ...preview(newer), ...difference }).status).toBe(400)
  })

  it('is refused with 409 when it exists, and while it is being deleted', () => {
    const { ask, orchestrator, newer, pass } = createShop()
    ask(`POST ${shopPath}`, preview(newer))
    expect(ask(`POST ${shopPath}`, preview(newer)).status).toBe(409)
    orchestrator.planDeletion('acme/shop/pr-12', 30_000)
    ask(`DELETE ${shopPath}/pr-12`)
    expect(ask(`POST ${shopPath}`, preview(newer)).status).toBe(409)
    pass(30_000)
    expect(ask(`POST ${shopPath}`, preview(newer)).status).toBe(201)
  })

  it('takes over what was planned for the application', () => {
    const { ask, orchestrator, newer, pass } = createShop()
    orchestrator.planAll('acme/shop', { durationMs: 1000 })
    orchestrator.planNext('acme/shop', { durationMs: 1000, status: 'failed' })
    ask(`POST ${shopPath}`, preview(newer))
    ask(`POST ${shopPath}/pr-12/deploys`, {})
    pass(1000)
    ask(`POST ${shopPath}/pr-12/deploys`, {})
    pass(1000)
    expect(orchestrator.inspectDeployments('acme/shop/pr-12').map(({ status }) => status)).toEqual([
      'succeeded',
      'failed',
    ])
  })
})

describe('deleting an environment', () => {
  it('is 204 when it is quick: it is gone, and its history with it', () => {
    const { ask, newer } = createShop()
    expect(ask(`DELETE ${path}`).status).toBe(204)
    expect([ask(`GET ${path}`).status, ask(`DELETE ${path}`).status]).toEqual([404, 404])
    expect(listOf(ask(`GET ${shopPath}`)).map(({ id }) => id)).toEqual(['staging'])
    expect(ask(`PUT ${shopPath}/staging/from_deploy_id`, newer).status).toBe(400)
  })

  it('is 202 when it takes its time: deleting, then gone', () => {
    const { ask, orchestrator, pass } = createShop()
    orchestrator.planDeletion(production, 30_000)
    expect(ask(`DELETE ${path}`).status).toBe(202)
    expect(fieldsOf(ask(`GET ${path}`))['status']).toBe('deleting')
    expect(ask(`DELETE ${path}`).status).toBe(202)
    expect(ask(`POST ${path}/deploys`, {}).status).toBe(409)
    pass(30_000)
    expect(ask(`GET ${path}`).status).toBe(404)
    expect(orchestrator.inspectEnvironment(production)).toBeUndefined()
  })

  it('is refused with 400 for the last one of the application', () => {
    const { ask } = createShop()
    ask(`DELETE ${shopPath}/staging`)
    expect(ask(`DELETE ${path}`).status).toBe(400)
  })

  it('is refused with 409 while a deployment is active', () => {
    const { ask, pass } = createShop()
    ask(`POST ${path}/deploys`, {})
    expect(ask(`DELETE ${path}`).status).toBe(409)
    pass(120_000)
    expect(ask(`DELETE ${path}`).status).toBe(204)
  })
})

describe('active resources', () => {
  const resources = [
    { type: 'dns', host: '{env}.shop.example.com', hostAfterMs: 10_000 },
    { type: 'postgres', host: '127.0.0.1' },
    { type: 'volume' },
  ]

  it('come with the first success, their host later', () => {
    const { ask, orchestrator, pass } = createShop()
    const staging = `${shopPath}/staging`
    orchestrator.planResources('acme/shop/staging', resources)
    const id = ask(`POST ${staging}/deploys`, { delta_id: orchestrator.addDelta('acme/shop') }).acceptedId
    expect(ask(`GET ${staging}/resources`).body).toEqual([])
    pass(120_000)
    expect(ask(`GET ${staging}/resources`).body).toMatchObject([
      { type: 'dns', status: 'pending', resource: { host: null }, deploy_id: id },
      { type: 'postgres', status: 'active', resource: { host: '127.0.0.1' } },
      { type: 'volume', status: 'active', resource: {} },
    ])
    pass(10_000)
    expect(listOf(ask(`GET ${staging}/resources`))[0]).toMatchObject({
      status: 'active',
      resource: { host: 'staging.shop.example.com' },
    })
  })

  it('keep their host when they are deployed again', () => {
    const { ask, orchestrator, pass } = createShop()
    orchestrator.planResources(production, resources)
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    pass(120_000)
    expect(listOf(ask(`GET ${path}/resources`))[0]).toMatchObject({
      resource: { host: 'production.shop.example.com' },
      deploy_id: id,
    })
  })
})
