import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, listOf, path, production, shopPath } from './shop.ts'

describe('a view that lags', () => {
  it('shows the newest deployment of the environment, and its status, as they were', () => {
    const { ask, orchestrator, pass, newer } = createShop()
    orchestrator.planLag(production, { environmentMs: 5_000 })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    const look = (ms: number) => {
      pass(ms)
      return fieldsOf(ask(`GET ${path}`))
    }
    expect(look(4_999)).toMatchObject({ last_deploy: { id: newer }, from_deploy: { id: newer } })
    expect(look(1)).toMatchObject({ last_deploy: { id, status: 'pending' }, from_deploy: { id } })
    expect(look(115_000)).toMatchObject({ last_deploy: { id, status: 'in progress' } })
    expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))['status']).toBe('succeeded')
    expect(look(5_000)).toMatchObject({ last_deploy: { id, status: 'succeeded' } })
  })

  it('lists what there was', () => {
    const { ask, orchestrator, pass, newer } = createShop()
    orchestrator.planLag(production, { listMs: 10_000 })
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    pass(9_999)
    expect(listOf(ask(`GET ${path}/deploys`))[0]).toMatchObject({ id: newer })
    pass(1)
    expect(listOf(ask(`GET ${path}/deploys`))[0]).toMatchObject({ id, status: 'pending' })
  })

  it('lists no run that is too young', () => {
    const { ask, orchestrator, pass, delta } = createShop()
    orchestrator.planPipeline('acme/shop')
    orchestrator.planLag(production, { runsMs: 10_000 })
    ask(`POST ${path}/deploys`, { delta_id: delta })
    const count = () => listOf(ask('GET /orgs/acme/apps/shop/pipelines/default/runs')).length
    expect(count()).toBe(0)
    pass(10_000)
    expect(count()).toBe(1)
  })

  it('shows the earlier base after another one was set, though that one counts', () => {
    const { ask, orchestrator, pass, older, newer } = createShop()
    orchestrator.planLag(production, { baseMs: 3_000 })
    ask(`PUT ${path}/from_deploy_id`, older)
    expect(fieldsOf(ask(`GET ${path}`))).toMatchObject({ from_deploy: { id: newer } })
    expect(orchestrator.inspectEnvironment(production)?.baseId).toBe(older)
    pass(3_000)
    expect(fieldsOf(ask(`GET ${path}`))).toMatchObject({ from_deploy: { id: older } })
    ask(`PUT ${path}/from_deploy_id`, newer)
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    expect(fieldsOf(ask(`GET ${path}`))).toMatchObject({ from_deploy: { id }, last_deploy: { id } })
  })

  it('knows no environment to start in right after it was made', () => {
    const { ask, orchestrator, pass, newer } = createShop()
    orchestrator.planLag('acme/shop', { startNotFoundMs: 20_000 })
    ask(`POST ${shopPath}`, { id: 'pr-12', name: 'acme/shop#12', type: 'development', from_deploy_id: newer })
    expect(ask(`POST ${shopPath}/pr-12/deploys`, {})).toMatchObject({ status: 404, body: { error: 'API-404' } })
    expect(ask(`GET ${shopPath}/pr-12`).status).toBe(200)
    pass(20_000)
    expect(ask(`POST ${shopPath}/pr-12/deploys`, {}).status).toBe(201)
  })

  it('says once more that an environment is active which is being deleted', () => {
    const { ask, orchestrator, pass } = createShop()
    orchestrator.planDeletion(production, 60_000)
    orchestrator.planLag(production, { activeAgain: { afterMs: 5_000, forMs: 2_000 } })
    ask(`DELETE ${path}`)
    const statuses = [0, 5_000, 2_000].map((ms) => {
      pass(ms)
      return fieldsOf(ask(`GET ${path}`))['status']
    })
    expect(statuses).toEqual(['deleting', 'active', 'deleting'])
    pass(53_000)
    expect(ask(`GET ${path}`).status).toBe(404)
  })
})

it('a base that somebody sets after ours is what the next start deploys, and only that', () => {
  const { ask, orchestrator, pass, older, newer } = createShop()
  orchestrator.rebaseBeforeNextStart(production, newer)
  ask(`PUT ${path}/from_deploy_id`, older)
  const start = () => {
    ask(`POST ${path}/deploys`, {})
    pass(200_000)
    return orchestrator.inspectDeployments(production)[0]
  }
  const first = start()
  expect(first?.fromId).toBe(newer)
  expect(start()?.fromId).toBe(first?.id)
})

it('a gateway that repeats a start by itself answers 409, though it was carried out', () => {
  const { orchestrator } = createShop()
  orchestrator.addFault({ on: 'POST deploys', do: { kind: 'repeat' } })
  const { answer } = orchestrator.exchange({
    method: 'POST',
    path: `${path}/deploys`,
    token: 'simulated-service-user-token',
    body: {},
  })
  const [made, ...others] = orchestrator.inspectDeployments(production)
  expect(others).toHaveLength(2)
  expect(answer).toMatchObject({ status: 409, body: { details: { deploy_id: made?.id } } })
  expect(orchestrator.record[0]).toMatchObject({ fault: 'repeat', acceptedId: made?.id, status: 409 })
})
