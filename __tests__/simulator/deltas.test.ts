import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, listOf, path, shopPath } from './shop.ts'

const deltas = '/orgs/acme/apps/shop/deltas'
const imagePath = '/spec/containers/main/image'
const newImage = { modules: { update: { web: [{ op: 'replace', path: imagePath, value: 'web:2' }] } } }

type Shop = ReturnType<typeof createShop>
const makeDelta = ({ ask }: Shop, body: unknown): string => String(ask(`POST ${deltas}`, body).acceptedId)
const imagesOf = ({ orchestrator }: Shop, setId: unknown) =>
  Object.entries(orchestrator.inspectSet('acme/shop', String(setId))?.modules ?? {}).map(([name, { spec }]) => [
    name,
    (spec as { containers: { main: { image: string } } }).containers.main.image,
  ])

describe('making a Delta', () => {
  it('keeps contents, environment and name, and makes up the rest of the metadata', () => {
    const { ask } = createShop()
    const metadata = { env_id: 'production', name: 'New image', archived: true, created_by: 'me' }
    const answer = ask(`POST ${deltas}`, { id: 'mine', metadata, ...newImage })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: expect.stringMatching(/^[0-9a-f]{40}$/),
        metadata: { env_id: 'production', name: 'New image', archived: false, created_by: 's-github-actions' },
        modules: { add: {}, remove: [], update: newImage.modules.update },
        shared: [],
      },
    })
    expect(answer.body).not.toHaveProperty('workloads')
    expect(ask(`GET ${deltas}/${answer.acceptedId}`).body).toEqual(answer.body)
  })

  it('is answered by the id alone, or by 201, when told so', () => {
    const { ask, orchestrator } = createShop()
    orchestrator.planDeltas('acme/shop', { answer: 'id', status: 201 })
    const answer = ask(`POST ${deltas}`, {})
    expect(answer).toEqual({
      status: 201,
      body: answer.acceptedId,
      acceptedId: expect.stringMatching(/^[0-9a-f]{40}$/),
    })
  })

  it.each([
    ['a list', [], 'object'],
    ['another operation of JSON Patch', { modules: { update: { web: [{ op: 'move', path: '/a' }] } } }, 'only add'],
    ['a path that is no JSON Pointer', { shared: [{ op: 'add', path: 'dns', value: {} }] }, 'JSON Pointer'],
    ['updates that are no list', { workloads: { update: { web: {} } } }, 'workloads: web: patches'],
    ['a module that is a text', { modules: { add: { web: 'web' } } }, 'modules: web: it must be an object'],
    ['removals that are no list', { modules: { remove: 'web' } }, 'remove must list'],
    ['a name that is a number', { metadata: { name: 7 } }, 'metadata'],
  ])('is refused with 400 for %s', (_, body, word) => {
    const answer = createShop().ask(`POST ${deltas}`, body)
    expect([answer.status, fieldsOf(answer)['message']]).toEqual([400, expect.stringContaining(word)])
  })

  it('does not look for what it changes: that is found at the start', () => {
    const shop = createShop()
    const id = makeDelta(shop, { modules: { update: { api: [{ op: 'remove', path: '/spec' }] } } })
    expect(shop.ask(`POST ${path}/deploys`, { delta_id: id })).toMatchObject({
      status: 400,
      body: { message: 'The Delta does not fit: module api: it does not exist.' },
    })
    expect(listOf(shop.ask(`GET ${path}/deploys`))).toHaveLength(2)
  })

  it('lists those of an environment, the archived ones by themselves', () => {
    const shop = createShop()
    const ids = ['production', 'staging', 'production'].map((env_id) => makeDelta(shop, { metadata: { env_id } }))
    shop.ask(`PUT ${deltas}/${ids[2]}/metadata/archived`, true)
    const list = (query: Readonly<Record<string, string>>) =>
      listOf(shop.orchestrator.handle({ method: 'GET', path: deltas, token: shop.token, query })).map(({ id }) => id)
    expect(list({ env: 'production' })).toEqual([ids[0]])
    expect(list({ env: 'production', archived: 'true' })).toEqual([ids[2]])
  })
})

describe('a start with a Delta', () => {
  it('changes the Set of the base, and nothing beside', () => {
    const shop = createShop()
    const id = shop.ask(`POST ${path}/deploys`, { delta_id: makeDelta(shop, newImage) }).acceptedId
    shop.pass(3000)
    const { set_id } = fieldsOf(shop.ask(`GET ${path}/deploys/${id}`))
    expect(imagesOf(shop, set_id)).toEqual([
      ['web', 'web:2'],
      ['worker', 'ghcr.io/acme/worker:1.0.0'],
    ])
  })

  it('is applied to the base that was set, not to what ran last', () => {
    const shop = createShop()
    const { ask, pass, older, orchestrator } = shop
    ask(`POST ${path}/deploys`, { delta_id: makeDelta(shop, { modules: { remove: ['worker'] } }) })
    pass(120_000)
    ask(`PUT ${path}/from_deploy_id`, older)
    ask(`POST ${path}/deploys`, { delta_id: makeDelta(shop, newImage) })
    const [newest, before] = orchestrator.inspectDeployments('acme/shop/production')
    expect(imagesOf(shop, before?.setId).map(([name]) => name)).toEqual(['web'])
    expect(imagesOf(shop, newest?.setId).map(([name]) => name)).toEqual(['web', 'worker'])
  })

  it('that changes nothing gives the Set that there was', () => {
    const shop = createShop()
    const updates = { modules: { updates: newImage.modules.update } }
    shop.ask(`POST ${path}/deploys`, { delta_id: makeDelta(shop, updates) })
    const [made, base] = shop.orchestrator.inspectDeployments('acme/shop/production')
    expect(made?.setId).toBe(base?.setId)
  })

  it('that no longer fits when the pipeline comes to it deploys nothing', () => {
    const shop = createShop()
    const { ask, orchestrator, pass, newer } = shop
    orchestrator.planNext('acme/shop/production', { pipeline: { status: 202, startsAfterMs: 60_000 } })
    const delta_id = makeDelta(shop, newImage)
    expect(ask(`POST ${path}/deploys`, { delta_id }).status).toBe(202)
    const api = { modules: { api: { profile: 'humanitec/default-module' } } }
    orchestrator.addEnvironment('acme/shop/qa', { set: api })
    orchestrator.rebaseElsewhere('acme/shop/production', orchestrator.inspectDeployments('acme/shop/qa')[0]?.id ?? '')
    pass(60_000)
    expect(listOf(ask(`GET ${path}/deploys`))[0]).toMatchObject({ id: newer })
  })

  it('of other people, a Set included, is what they start', () => {
    const { orchestrator, pass } = createShop()
    orchestrator.addEnvironment('acme/shop/qa', { set: { shared: { dns: { type: 'dns' } } } })
    const setId = orchestrator.inspectDeployments('acme/shop/qa')[0]?.setId ?? ''
    orchestrator.startElsewhere('acme/shop/production', { setId })
    expect(orchestrator.inspectDeployments('acme/shop/production')[0]?.setId).toBe(setId)
    pass(120_000)
    const unfit = () => orchestrator.startElsewhere('acme/shop/production', { setId: 'nothing' })
    expect(unfit).toThrow('Set nothing not found.')
  })

  it('fits an environment without a base when it adds whole workloads, else not', () => {
    const shop = createShop()
    const start = (body: unknown) =>
      shop.ask(`POST ${shopPath}/staging/deploys`, { delta_id: makeDelta(shop, body) }).status
    expect(start(newImage)).toBe(400)
    expect(start({ modules: { add: { api: { profile: 'humanitec/default-module' } } } })).toBe(201)
  })
})

describe('an archived Delta', () => {
  it('can still be read, but no longer be changed, until it is taken back', () => {
    const shop = createShop()
    const id = makeDelta(shop, newImage)
    const { ask } = shop
    const archive = (body: unknown) => ask(`PUT ${deltas}/${id}/metadata/archived`, body).status
    expect([archive('yes'), archive(true)]).toEqual([400, 204])
    expect(ask(`GET ${deltas}/${id}`)).toMatchObject({ status: 200, body: { metadata: { archived: true } } })
    expect([ask(`PUT ${deltas}/${id}`, {}).status, ask(`PATCH ${deltas}/${id}`, [{}]).status]).toEqual([400, 400])
    expect(archive(false)).toBe(204)
    expect([ask(`PUT ${deltas}/${id}`, {}).status, ask(`PATCH ${deltas}/${id}`, [{}]).status]).toEqual([204, 200])
  })

  it('is deployed only when told so', () => {
    const shop = createShop()
    const id = makeDelta(shop, newImage)
    shop.ask(`PUT ${deltas}/${id}/metadata/archived`, true)
    const start = () => shop.ask(`POST ${path}/deploys`, { delta_id: id }).status
    expect(start()).toBe(400)
    shop.orchestrator.planDeltas('acme/shop', { takesArchived: true })
    expect(start()).toBe(201)
  })
})

describe('changing a Delta', () => {
  it('replaces its contents by PUT', () => {
    const shop = createShop()
    const id = makeDelta(shop, newImage)
    expect(shop.ask(`PUT ${deltas}/${id}`, { modules: { remove: ['web'] } }).status).toBe(204)
    expect(fieldsOf(shop.ask(`GET ${deltas}/${id}`))['modules']).toEqual({ add: {}, remove: ['web'], update: {} })
  })

  it('adds to its contents by PATCH; what a workload is replaced by makes earlier changes of it idle', () => {
    const shop = createShop()
    const id = makeDelta(shop, newImage)
    const api = { profile: '', spec: {}, externals: {} }
    const more = { op: 'add', path: '/spec/replicas', value: 3 }
    const patched = shop.ask(`PATCH ${deltas}/${id}`, [
      { modules: { update: { web: [more] } } },
      { modules: { add: { api } } },
    ])
    const update = { web: [...newImage.modules.update.web, more] }
    expect(fieldsOf(patched)['modules']).toEqual({ add: { api }, remove: [], update })
    const removed = shop.ask(`PATCH ${deltas}/${id}`, [{ modules: { remove: ['web', 'api'] } }])
    expect(fieldsOf(removed)['modules']).toEqual({ add: {}, remove: ['web', 'api'], update: {} })
  })

  it('drops a removal that is only of the Delta', () => {
    const shop = createShop()
    const own = { op: 'remove', path: imagePath, value: { scope: 'delta' } }
    const id = makeDelta(shop, { modules: { update: { web: [own] } }, shared: [{ ...own, path: '/dns' }] })
    expect(shop.ask(`GET ${deltas}/${id}`).body).toMatchObject({ modules: { update: { web: [] } }, shared: [] })
  })
})

it('a Delta that is not there is a bare text', () => {
  const { ask } = createShop()
  const nowhere = `${deltas}/${'f'.repeat(40)}`
  for (const operation of [`GET ${nowhere}`, `PUT ${nowhere}/metadata/archived`, `PUT ${nowhere}`])
    expect(ask(operation, true)).toEqual({ status: 404, body: 'Delta not found' })
})

it('where every id is a Delta, it can be read, and gives the Set that its contents give', () => {
  const { ask, orchestrator } = createShop({ acceptsAnyDelta: true })
  const { modules, shared } = fieldsOf(ask(`GET ${deltas}/${'ab'.repeat(20)}`))
  const base = orchestrator.inspectDeployments('acme/shop/production')[0]?.setId
  const planned = ask(`POST /orgs/acme/apps/shop/sets/${base}`, { modules, shared }).body
  ask(`POST ${path}/deploys`, { delta_id: 'ab'.repeat(20) })
  expect(orchestrator.inspectDeployments('acme/shop/production')[0]?.setId).toBe(planned)
})
