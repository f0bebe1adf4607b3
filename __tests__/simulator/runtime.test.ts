import { describe, expect, it } from '@jest/globals'
import type { Behaviour } from '../../testing/simulator/orchestrator/containers.ts'
import { createShop, fieldsOf, path, production } from './shop.ts'

type Fields = Readonly<Record<string, unknown>>
type Module = { status: string; status_class: string; controllers: Record<string, Controller> }
type Controller = { kind: string; status: string; replicas: number; revision: number; pods: readonly Pod[] }
type Pod = { podName: string; revision: number; phase: string; status: string; containerStatuses: readonly Container[] }
type Container = { name: string; ready: boolean; restart_count: number; status: string; state: Fields }

const version2 = { accept: 'application/v2+json' }

/** A shop with the workload `web`, and a start that has just reached the cluster. */
const createRunning = (plan: Parameters<ReturnType<typeof createShop>['orchestrator']['planWorkload']>[2] = {}) => {
  const shop = createShop()
  const { ask, orchestrator, pass } = shop
  orchestrator.planWorkload(production, 'web', plan)
  const modules = () =>
    fieldsOf(ask(`GET ${path}/runtime`, undefined, undefined, version2))['modules'] as Record<string, Module>
  const start = () => {
    ask(`POST ${path}/deploys`, { delta_id: orchestrator.addDelta('acme/shop') })
    pass(5_000)
  }
  /** The controller, so many milliseconds later. */
  const web = (ms = 0): Controller => {
    pass(ms)
    return modules()['web']?.controllers['web'] as Controller
  }
  /** The only container of the first pod of the newest revision. */
  const main = (ms = 0): Container => {
    const { pods, revision } = web(ms)
    return pods.find((pod) => pod.revision === revision)?.containerStatuses.at(-1) as Container
  }
  return { ...shop, modules, start, web, main }
}

const containersOf = (does: Behaviour) => ({ containers: { main: does } })

describe('the runtime', () => {
  it('is of version 2 only when the request accepts that, and of version 1 else', () => {
    const { ask, orchestrator } = createRunning()
    const answer = ask(`GET ${path}/runtime`, undefined, undefined, version2)
    expect(answer).toMatchObject({
      headers: { 'content-type': 'application/v2+json' },
      body: { namespace: 'acme-shop-production', modules: { web: { status: 'Running', status_class: 'Success' } } },
    })
    const old = ask(`GET ${path}/runtime`)
    expect(old).not.toHaveProperty('headers')
    expect(old.body).toMatchObject({ modules: { web: { profile: expect.any(String), web: { status: 'Running' } } } })
    orchestrator.planCluster(production, { knowsVersion1Only: true })
    expect(ask(`GET ${path}/runtime`, undefined, undefined, version2)).toEqual(old)
  })

  it('has no modules where nothing is planned, with a git repository as cluster, or before the first deployment', () => {
    const { modules, orchestrator, ask } = createRunning()
    expect(Object.keys(modules())).toEqual(['web'])
    orchestrator.planWorkload('acme/shop/staging', 'web')
    const staging = () => fieldsOf(ask('GET /orgs/acme/apps/shop/envs/staging/runtime'))['modules']
    expect(staging()).toEqual({})
    orchestrator.planCluster(production, { isGitOps: true })
    expect(modules()).toEqual({})
    expect(fieldsOf(createShop().ask(`GET ${path}/runtime`))['modules']).toEqual({})
  })

  it('leaves out the controllers, or the module, of workloads that it does not see', () => {
    const { modules, orchestrator } = createRunning()
    orchestrator.planWorkload(production, 'worker', { controllers: 'none' }, 0)
    expect(modules()).toMatchObject({
      web: {},
      worker: { status: 'Unknown', status_class: 'Unknown', controllers: {} },
    })
    orchestrator.planWorkload(production, 'worker', { controllers: 'missing' }, 0)
    expect(Object.keys(modules())).toEqual(['web'])
  })

  it('can lag behind, spell restarts either way, and know no revisions', () => {
    const { ask, orchestrator, start, web, main } = createRunning()
    orchestrator.planCluster(production, { runtimeLagMs: 30_000, restartCount: 'restartCount' })
    start()
    expect(web(29_000).revision).toBe(2)
    expect(web(1_000).revision).toBe(3)
    expect(main()).toMatchObject({ restartCount: 0 })
    expect(main()).not.toHaveProperty('restart_count')
    orchestrator.planCluster(production, { restartCount: 'restart_count', hasRevisions: false })
    const answer = JSON.stringify(ask(`GET ${path}/runtime`, undefined, undefined, version2).body)
    expect(answer).not.toMatch(/revision|restartCount/)
    expect(answer).toContain('restart_count')
  })
})

describe('a rollout', () => {
  it('has old and new pods side by side, until the new ones are ready', () => {
    const { start, web } = createRunning()
    start()
    const look = ({ status, revision, pods }: Controller) => [status, revision, pods.map((pod) => pod.revision)]
    expect(look(web())).toEqual(['Starting', 3, [2, 2, 3, 3]])
    expect(look(web(7_999))).toEqual(['Starting', 3, [2, 2, 3, 3]])
    expect(look(web(1))).toEqual(['Running', 3, [3, 3]])
  })

  it('goes from creating to running to ready', () => {
    const { start, main, web } = createRunning()
    start()
    expect(web().pods.at(-1)?.phase).toBe('Pending')
    expect(main()).toMatchObject({
      ready: false,
      status: 'Pending',
      state: { waiting: { reason: 'ContainerCreating' } },
    })
    expect(main(2_000)).toMatchObject({ ready: false, state: { running: { started_at: '2026-11-23T17:00:07Z' } } })
    expect(main(6_000)).toMatchObject({ ready: true, status: 'Success', restart_count: 0 })
  })

  it('comes with another Set, not with the same again, unless it is planned so', () => {
    const { ask, orchestrator, pass, web } = createRunning()
    orchestrator.planWorkload(production, 'web', { changesWith: 'every deployment' }, 0)
    const before = web().revision
    ask(`POST ${path}/deploys`, {})
    expect(web(200_000).revision).toBe(before)
    orchestrator.planWorkload(production, 'web', { changesWith: 'every deployment' })
    ask(`POST ${path}/deploys`, {})
    expect(web(200_000).revision).toBe(before + 1)
    orchestrator.planWorkload(production, 'web', { changesWith: 'no deployment' })
    ask(`POST ${path}/deploys`, { delta_id: orchestrator.addDelta('acme/shop') })
    pass(1)
    expect(web(200_000).revision).toBe(before + 1)
  })

  it('does not come when the deployment ends before the cluster hears of it', () => {
    const { orchestrator, start, web } = createRunning(containersOf({ does: 'fail to pull its image' }))
    orchestrator.planNext(production, { status: 'failed', isRolledOut: false })
    start()
    expect(web(60_000)).toMatchObject({ status: 'Running', revision: 2 })
  })

  it('keeps the old pods that were ready beside those that never are, and leaves broken ones in between', () => {
    const { orchestrator, start, web, pass } = createRunning(containersOf({ does: 'fail to pull its image' }))
    start()
    pass(200_000)
    orchestrator.planWorkload(production, 'web', containersOf({ does: 'run', readyAfterMs: Number.POSITIVE_INFINITY }))
    start()
    expect(web(100_000)).toMatchObject({ status: 'Starting', revision: 4 })
    expect(web().pods.map(({ revision }) => revision)).toEqual([2, 2, 4, 4])
  })

  it('adds a workload that the Set adds, and takes away one that it takes away', () => {
    const { ask, modules, orchestrator, pass } = createRunning()
    for (const name of ['worker', 'cron']) orchestrator.planWorkload(production, name)
    expect(Object.keys(modules())).toEqual(['web', 'worker'])
    const contents = { modules: { add: { cron: { profile: 'p', spec: {}, externals: {} } }, remove: ['worker'] } }
    ask(`POST ${path}/deploys`, { delta_id: orchestrator.addDelta('acme/shop', { contents }) })
    pass(5_000)
    expect(Object.keys(modules())).toEqual(['web', 'cron'])
  })

  it('leaves a workload alone whose entry in the Set stays the same', () => {
    const { modules, orchestrator, start } = createRunning()
    orchestrator.planWorkload(production, 'worker', containersOf({ does: 'fail to pull its image' }))
    start()
    expect(modules()).toMatchObject({
      web: { status: 'Starting', controllers: { web: { revision: 3 } } },
      worker: { status: 'Running', controllers: { worker: { revision: 1 } } },
    })
  })
})

describe('a container', () => {
  it.each([
    ['fail to pull its image', 2_000, 'ErrImagePull'],
    ['fail to pull its image', 3_000, 'ImagePullBackOff'],
    ['miss its configuration', 60_000, 'CreateContainerConfigError'],
  ] as const)('may %s: after %d ms it waits with %s', (does, ms, reason) => {
    const { start, main, web } = createRunning(containersOf({ does }))
    start()
    expect(main(ms)).toMatchObject({
      ready: false,
      restart_count: 0,
      status: 'Failure',
      state: { waiting: { reason } },
    })
    expect(web()).toMatchObject({ status: 'Partially Succeeded', pods: [{}, {}, { phase: 'Pending' }, {}] })
  })

  it('may crash again and again, ready for some seconds in between', () => {
    const { start, main, web } = createRunning(containersOf({ does: 'crash', exitCode: 3 }))
    start()
    const running = { ready: true, state: { running: {} } }
    const ended = { ready: false, state: { terminated: { exit_code: 3, reason: 'Error' } } }
    const waiting = { ready: false, status: 'Failure', state: { waiting: { reason: 'CrashLoopBackOff' } } }
    expect(main(4_000)).toMatchObject({ ...running, restart_count: 0 })
    expect(main(3_000)).toMatchObject({ ...ended, restart_count: 0 })
    expect(main(3_000)).toMatchObject({ ...running, restart_count: 1 })
    expect(main(4_000)).toMatchObject({ ...waiting, restart_count: 1 })
    expect(web()).toMatchObject({ status: 'Failed', pods: [{ phase: 'Running' }, {}] })
    expect(main(11_000)).toMatchObject({ ...running, restart_count: 2 })
  })

  it('may crash some times and then run for good', () => {
    const { start, main } = createRunning(containersOf({ does: 'crash', crashes: 2 }))
    start()
    expect(main(300_000)).toMatchObject({ ready: true, restart_count: 2, state: { running: {} } })
  })

  it('may be killed for its memory', () => {
    const { start, main } = createRunning(containersOf({ does: 'crash', runsForMs: 30_000, isOutOfMemory: true }))
    start()
    expect(main(32_500)).toMatchObject({ state: { terminated: { exit_code: 137, reason: 'OOMKilled' } } })
  })

  it('may find no node: its pod has no containers', () => {
    const { start, web } = createRunning(containersOf({ does: 'find no node' }))
    start()
    expect(web(60_000).pods.at(-1)).toMatchObject({ phase: 'Pending', status: 'Pending', containerStatuses: [] })
  })

  it('may fail in one of the pods alone', () => {
    const { start, web } = createRunning({ ...containersOf({ does: 'miss its configuration' }), healthyReplicas: 1 })
    start()
    expect(web(60_000).pods.filter(({ revision }) => revision === 3)).toMatchObject([
      { status: 'Success', phase: 'Running' },
      { status: 'Failure', phase: 'Pending' },
    ])
  })

  it('waits for the init containers, which end one after the other', () => {
    const migrate: Behaviour = { does: 'complete', runsForMs: 4_000 }
    const { start, web } = createRunning({ replicas: 1, initContainers: { fetch: migrate, migrate } })
    start()
    const states = (ms: number) =>
      web(ms)
        .pods.at(-1)
        ?.containerStatuses.map(({ state }) => state)
    const initializing = { waiting: { reason: 'PodInitializing' } }
    expect(states(3_000)).toMatchObject([{ running: {} }, initializing, initializing])
    expect(states(6_000)).toMatchObject([{ terminated: { exit_code: 0 } }, { running: {} }, initializing])
    expect(states(6_000)).toMatchObject([{ terminated: {} }, { terminated: {} }, { running: {} }])
    expect(web(5_000)).toMatchObject({ status: 'Running', pods: [{ phase: 'Running', status: 'Success' }] })
  })

  it('may hang behind an init container that fails', () => {
    const { start, web } = createRunning({ replicas: 1, initContainers: { migrate: { does: 'crash' } } })
    start()
    expect(web(60_000).pods.at(-1)?.containerStatuses).toMatchObject([
      { name: 'migrate', state: { waiting: { reason: 'CrashLoopBackOff' } } },
      { name: 'main', state: { waiting: { reason: 'PodInitializing' } } },
    ])
  })
})

describe('other workloads', () => {
  it('a job runs and completes, or fails', () => {
    const job = { kind: 'Job', replicas: 1 } as const
    const good = createRunning({ ...job, ...containersOf({ does: 'complete' }) })
    good.start()
    expect(good.web(5_000)).toMatchObject({ kind: 'Job', status: 'Running', pods: [{ phase: 'Running' }] })
    expect(good.web(10_000)).toMatchObject({ status: 'Succeeded', pods: [{ phase: 'Succeeded' }] })
    const bad = createRunning({ ...job, ...containersOf({ does: 'complete', exitCode: 2 }) })
    bad.start()
    expect(bad.web(15_000)).toMatchObject({ status: 'Failed', pods: [{ phase: 'Failed', status: 'Failure' }] })
  })

  it('no replicas are wanted: it is stopped', () => {
    const { start, modules } = createRunning({ replicas: 0 })
    start()
    expect(modules()['web']).toMatchObject({
      status: 'Stopped',
      status_class: 'Stopped',
      controllers: { web: { replicas: 0, pods: [] } },
    })
  })

  it('what was failing all along still is', () => {
    const shop = createShop()
    shop.orchestrator.planWorkload(production, 'worker', containersOf({ does: 'crash', readyAfterMs: 9_000 }), 0)
    const { modules } = fieldsOf(shop.ask(`GET ${path}/runtime`, undefined, undefined, version2)) as {
      modules: Record<string, Module>
    }
    expect(modules['worker']).toMatchObject({ status: 'Failed', status_class: 'Failure' })
    expect(modules['worker']?.controllers['worker']?.pods[0]?.containerStatuses[0]?.restart_count).toBeGreaterThan(10)
  })

  it('goes faster with a speed, at true times', () => {
    const { ask, orchestrator, pass, delta } = createShop({ speed: 10 })
    orchestrator.planWorkload(production, 'web')
    ask(`POST ${path}/deploys`, { delta_id: delta })
    const status = (ms: number) => {
      pass(ms)
      const body = fieldsOf(ask(`GET ${path}/runtime`, undefined, undefined, version2))
      return (body['modules'] as Record<string, Module>)['web']?.status
    }
    expect([status(500), status(799), status(1)]).toEqual(['Starting', 'Starting', 'Running'])
  })
})
