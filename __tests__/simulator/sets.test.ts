import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { applyDelta } from '../../testing/simulator/orchestrator/apply-delta.ts'
import { parseDelta } from '../../testing/simulator/orchestrator/delta-contents.ts'
import { applyPatches, parsePatches } from '../../testing/simulator/orchestrator/delta-patches.ts'
import { determineSetId, type SetContents } from '../../testing/simulator/orchestrator/set-contents.ts'
import { diffSets } from '../../testing/simulator/orchestrator/set-diff.ts'
import { canary, usualContents } from '../../testing/simulator/orchestrator/usual-contents.ts'
import { createVirtualClock } from '../../testing/virtual/virtual-clock.ts'
import { createVirtualTransport } from '../../testing/virtual/virtual-transport.ts'
import { createShop, fieldsOf, path, startMs } from './shop.ts'

const sets = '/orgs/acme/apps/shop/sets'
const base = (shop: ReturnType<typeof createShop>): string =>
  shop.orchestrator.inspectDeployments('acme/shop/production')[0]?.setId ?? ''
const webTwo = {
  modules: { update: { web: [{ op: 'replace', path: '/spec/containers/main/image', value: 'web:2' }] } },
  shared: [{ op: 'add', path: '/cache', value: { type: 'redis' } }],
}

describe('a Set', () => {
  it('is read with its workloads, shared resources and version, without `workloads` when it has none', () => {
    const shop = createShop()
    const { body } = shop.ask(`GET ${sets}/${base(shop)}`)
    expect(body).toMatchObject({ id: base(shop), version: 0, shared: usualContents.shared })
    expect(Object.keys(fieldsOf({ status: 200, body })['modules'] as object)).toEqual(['web', 'worker'])
    expect(body).not.toHaveProperty('workloads')
  })

  it('has a canary as every text that only its readers may see', () => {
    const open = ['profile', 'type', 'class', 'id', 'image', 'protocol', 'cpu', 'memory', 'mode']
    const leaves: string[] = []
    JSON.stringify(usualContents, (key, value) => {
      if (typeof value === 'string' && !open.includes(key)) leaves.push(value)
      return value
    })
    expect(leaves).toHaveLength(15)
    expect(leaves.filter((text) => !text.includes(canary))).toEqual([])
  })

  it('has an id of 43 characters that follows from its contents, not from their order', () => {
    const reversed = { ...usualContents, modules: Object.fromEntries(Object.entries(usualContents.modules).reverse()) }
    expect(determineSetId(usualContents)).toMatch(/^[\w-]{43}$/)
    expect(determineSetId(reversed)).toBe(determineSetId(usualContents))
    expect(determineSetId({ ...usualContents, shared: {} })).not.toBe(determineSetId(usualContents))
  })

  it('is what an environment is said to hold', () => {
    const { ask, orchestrator } = createShop()
    const containers = { main: { image: 'api:1' } }
    orchestrator.addEnvironment('acme/shop/qa', { set: { modules: { api: { spec: { containers } } } } })
    const [deployment] = orchestrator.inspectDeployments('acme/shop/qa')
    expect(deployment?.status).toBe('succeeded')
    expect(ask(`GET ${sets}/${deployment?.setId}`).body).toMatchObject({
      modules: { api: { profile: '', spec: { containers }, externals: {} } },
      shared: {},
    })
  })

  it('may be another one for each deployment of the past', () => {
    const { orchestrator } = createShop()
    const toSet = (image: string) => ({ workloads: { api: { spec: { containers: { main: { image } } } } } })
    orchestrator.addEnvironment('acme/shop/qa', {
      set: toSet('api:1'),
      history: [
        { agoSeconds: 60, durationSeconds: 5, status: 'failed', set: toSet('api:2') },
        { agoSeconds: 90, durationSeconds: 5, status: 'succeeded' },
      ],
    })
    const images = orchestrator
      .inspectDeployments('acme/shop/qa')
      .map(({ setId }) => orchestrator.inspectSet('acme/shop', setId)?.workloads)
    expect(images).toEqual([toSet('api:2').workloads, toSet('api:1').workloads])
  })
})

describe('applying a Delta to a Set', () => {
  it('answers the id of what would result, deploys nothing, and keeps that Set', () => {
    const shop = createShop()
    const answer = shop.ask(`POST ${sets}/${base(shop)}`, webTwo)
    expect(answer).toEqual({ status: 200, body: expect.stringMatching(/^[\w-]{43}$/) })
    expect(shop.orchestrator.inspectDeployments('acme/shop/production')).toHaveLength(2)
    expect(shop.ask(`GET ${sets}/${answer.body}`).body).toMatchObject({
      modules: { web: { spec: { containers: { main: { image: 'web:2' } } } } },
      shared: { cache: { type: 'redis' } },
    })
    expect(shop.ask(`POST ${path}/deploys`, { set_id: answer.body }).body).toMatchObject({ set_id: answer.body })
  })

  it.each([
    ['a workload that is not there', { modules: { update: { api: [] } } }, 'module api'],
    ['a removal of what is not there', { modules: { remove: ['api'] } }, 'module api'],
    [
      'a replacement of what is not there',
      { modules: { update: { web: [{ op: 'replace', path: '/spec/containers/side/image', value: 'x' }] } } },
      'module web: can not replace /spec/containers/side/image',
    ],
    ['a shared resource that is not there', { shared: [{ op: 'remove', path: '/cache' }] }, 'shared: can not remove'],
    [
      'a module that would be none any more',
      { modules: { update: { web: [{ op: 'replace', path: '/spec', value: 7 }] } } },
      'module web: spec and externals must be objects',
    ],
    ['a workload of Generic Mode that is not there', { workloads: { update: { web: [] } } }, 'workload web'],
  ])('is refused with 400 for %s', (_, body, word) => {
    const shop = createShop()
    const answer = shop.ask(`POST ${sets}/${base(shop)}`, body)
    expect([answer.status, fieldsOf(answer)['message']]).toEqual([400, expect.stringContaining(word)])
  })

  it('is free to one who may only read', () => {
    const tokens = {
      viewer: { user: 'viewer', role: 'viewer' as const },
      none: { user: 'none', role: 'none' as const },
    }
    const shop = createShop({ tokens })
    expect(shop.ask(`POST ${sets}/${base(shop)}`, webTwo, 'viewer').status).toBe(200)
    expect(shop.ask(`POST ${sets}/${base(shop)}`, webTwo, 'none').status).toBe(403)
    expect(shop.ask('POST /orgs/acme/apps/shop/deltas', webTwo, 'viewer').status).toBe(403)
  })
})

describe('the difference of two Sets', () => {
  it('is a Delta without metadata that has new values only, the newer Set named first', () => {
    const shop = createShop()
    const older = base(shop)
    const newer = shop.ask(`POST ${sets}/${older}`, webTwo).body
    const nothing = { add: {}, remove: [], update: {} }
    expect(shop.ask(`GET ${sets}/${newer}/diff/${older}`).body).toEqual({
      modules: { ...nothing, update: webTwo.modules.update },
      shared: webTwo.shared,
    })
    expect(shop.ask(`GET ${sets}/${older}/diff/${newer}`).body).toMatchObject({
      shared: [{ op: 'remove', path: '/cache' }],
    })
    expect(shop.ask(`GET ${sets}/${older}/diff/${older}`).body).toEqual({ modules: nothing, shared: [] })
    const asked = { method: 'GET', path: `${sets}/${newer}`, token: shop.token, query: { diff: older } }
    expect(shop.orchestrator.handle(asked).body).toEqual(shop.ask(`GET ${sets}/${newer}/diff/${older}`).body)
  })

  it('names workloads added and removed, and escapes names in paths', () => {
    const toSet = (workloads: SetContents['workloads']): SetContents => ({ ...usualContents, workloads })
    const newer = toSet({ api: { spec: { 'a/b': { '~': 1 }, list: [1, 2] } }, job: { spec: {} } })
    const older = toSet({ api: { spec: { 'a/b': { '~': 2 }, list: [1] } }, old: { spec: {} } })
    expect(diffSets(newer, older).workloads).toEqual({
      add: { job: { spec: {} } },
      remove: ['old'],
      update: {
        api: [
          { op: 'replace', path: '/spec/a~1b/~0', value: 1 },
          { op: 'replace', path: '/spec/list', value: [1, 2] },
        ],
      },
    })
  })

  it('applied to the older Set gives the newer one', () => {
    const spec = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
    const workloads = fc.dictionary(fc.constantFrom('web', 'worker', 'a/b'), fc.record({ spec }), {
      noNullPrototype: true,
    })
    const set = fc.record({ shared: spec, workloads }).map((some): SetContents => ({ ...some, modules: {} }))
    fc.assert(
      fc.property(set, set, (newer, older) => {
        const delta = parseDelta(JSON.parse(JSON.stringify(diffSets(newer, older))))
        const applied = typeof delta === 'string' ? delta : applyDelta(older, delta)
        expect(typeof applied === 'string' ? applied : determineSetId(applied)).toBe(determineSetId(newer))
      }),
    )
  })
})

it('a Set that is not there is a bare text', () => {
  const shop = createShop()
  const nowhere = 'x'.repeat(43)
  const notFound = { status: 404, body: 'Set not found' }
  expect(shop.ask(`GET ${sets}/${nowhere}`)).toEqual(notFound)
  expect(shop.ask(`POST ${sets}/${nowhere}`, {})).toEqual(notFound)
  expect(shop.ask(`GET ${sets}/${nowhere}/diff/${base(shop)}`)).toEqual(notFound)
  expect(shop.ask(`GET ${sets}/${base(shop)}/diff/${nowhere}`)).toEqual(notFound)
})

it('the same comes back on a virtual clock', async () => {
  const shop = createShop()
  const clock = createVirtualClock(startMs)
  const send = createVirtualTransport(shop.orchestrator, clock, { latencyMs: () => 20, token: shop.token })
  const ask = (method: 'GET' | 'POST', below: string, json?: unknown) =>
    clock.run(
      send({ operation: 'getEnvironment', method, path: `${sets.slice(1)}/${below}`, json }, { timeoutMs: 1000 }),
    )
  const { status, body } = await ask('POST', base(shop), webTwo)
  expect([status, body]).toEqual([200, shop.ask(`POST ${sets}/${base(shop)}`, webTwo).body])
  expect(await ask('GET', `${body}/diff/${base(shop)}`)).toMatchObject({ status: 200, body: { shared: webTwo.shared } })
  expect(await ask('GET', 'nothing')).toMatchObject({ status: 404, body: 'Set not found' })
})

describe('a patch', () => {
  const document = { list: [1, 2, 3], map: { 'a/b': 1, 'm~n': 2 } }
  it.each<[string, unknown, unknown]>([
    ['adds to a map', { op: 'add', path: '/map/new', value: null }, { map: { 'a/b': 1, 'm~n': 2, new: null } }],
    ['adds over what is there', { op: 'add', path: '/map/a~1b', value: 7 }, { map: { 'a/b': 7, 'm~n': 2 } }],
    ['adds into a list', { op: 'add', path: '/list/1', value: 9 }, { list: [1, 9, 2, 3] }],
    ['adds behind a list', { op: 'add', path: '/list/-', value: 9 }, { list: [1, 2, 3, 9] }],
    ['replaces in a list', { op: 'replace', path: '/list/2', value: 9 }, { list: [1, 2, 9] }],
    ['removes from a list', { op: 'remove', path: '/list/0' }, { list: [2, 3] }],
    ['removes from a map', { op: 'remove', path: '/map/m~0n' }, { map: { 'a/b': 1 } }],
  ])('%s', (_, patch, expected) => {
    const patches = parsePatches([patch])
    const changed = typeof patches === 'string' ? patches : applyPatches(document, patches)
    expect(changed).toEqual({ ...document, ...(expected as object) })
  })

  it.each([
    [{ op: 'add', path: '/nowhere/new', value: 1 }],
    [{ op: 'add', path: '/list/4', value: 1 }],
    [{ op: 'add', path: '/list/01', value: 1 }],
    [{ op: 'replace', path: '/map/toString', value: 1 }],
    [{ op: 'replace', path: '/list/-', value: 1 }],
    [{ op: 'remove', path: '' }],
    [{ op: 'remove', path: '/list/3' }],
  ])('does not fit: %j', (patch) => {
    const patches = parsePatches([patch])
    expect(typeof patches === 'string' ? [] : applyPatches(document, patches)).toMatch(/there is nothing to change/)
  })
})
