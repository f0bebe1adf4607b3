import type { ClusterPlan, WorkloadPlan } from '../simulator/orchestrator/cluster.ts'
import type { Behaviour } from '../simulator/orchestrator/containers.ts'
import type { Inputs } from '../virtual/virtual-step.ts'
import { createWorld, place } from '../virtual/world.ts'

type World = ReturnType<typeof createWorld>

/** What `web` does from this deployment on; it was healthy before. It has two replicas. */
export type HealthScenario = {
  readonly web?: Partial<WorkloadPlan>
  /** What it has been doing all along. */
  readonly before?: Partial<WorkloadPlan>
  readonly cluster?: Partial<ClusterPlan>
  readonly prepare?: (world: World) => void
}

export const does = (main: Behaviour, more: Partial<WorkloadPlan> = {}): Partial<WorkloadPlan> => ({
  containers: { main },
  ...more,
})

export const pulling: Behaviour = { does: 'fail to pull its image' }
const crashing: Behaviour = { does: 'crash' }
const forEver = Number.POSITIVE_INFINITY

/** A deployment of two minutes, on the virtual clock. */
export const playHealth = async ({ web = {}, before, cluster = {}, prepare }: HealthScenario, inputs: Inputs = {}) => {
  const world = createWorld({ inputs: { timeout: '30m', ...inputs } })
  const { orchestrator } = world
  orchestrator.planCluster(place, cluster)
  if (before) orchestrator.planWorkload(place, 'web', before, 0)
  orchestrator.planWorkload(place, 'web', web)
  orchestrator.planNext(place, { durationMs: 120_000, pendingMs: 3_000 })
  prepare?.(world)
  const outcome = await world.run()
  return { world, outcome, health: world.outputs['health'] }
}

/** What was said of the workloads while the deployment was waited for. */
export const listSaid = ({ log }: Pick<World, 'log'>): readonly string[] =>
  log.flatMap((line) => /^ {2}(\d\d:\d\d {2}in progress · \w+: .*)$/.exec(line)?.[1] ?? [])

/** By what `web` does. */
export const healthScenarios: Readonly<Record<string, HealthScenario>> = {
  runs: {},
  'runs; its entry in the Set changes, but its pods don’t': { web: { changesWith: 'no deployment' } },
  'has an image that doesn’t exist': { web: does(pulling) },
  'has one of two pods with an image that doesn’t exist': { web: does(pulling, { healthyReplicas: 1 }) },
  'lacks its configuration': { web: does({ does: 'miss its configuration' }) },
  'fits on no node': { web: does({ does: 'find no node' }) },
  'is in a crash loop, and ready in between': { web: does(crashing) },
  'crashes whenever it has been ready for 40 s': {
    web: does({ does: 'crash', runsForMs: 45_000, readyAfterMs: 5_000 }),
  },
  'crashes twice, and then runs': { web: does({ does: 'crash', crashes: 2 }) },
  'keeps running out of memory': { web: does({ does: 'crash', isOutOfMemory: true, runsForMs: 37_500 }) },
  'runs and is never ready': { web: does({ does: 'run', readyAfterMs: forEver }) },
  'is ready after 3 min': { web: does({ does: 'run', readyAfterMs: 180_000 }) },
  'has zero replicas': { web: { replicas: 0 } },
  'is a stateful set': { web: { kind: 'StatefulSet' } },
  'is a job that completes': { web: does({ does: 'complete' }, { kind: 'Job' }) },
  'is a job that fails': { web: does({ does: 'complete', exitCode: 2 }, { kind: 'Job' }) },
  'has an init container that completes': { web: { initContainers: { migrate: { does: 'complete' } } } },
  'has an init container that crashes': { web: { initContainers: { migrate: crashing } } },
  'has a container that runs beside one that crashes': {
    web: { containers: { main: { does: 'run' }, side: crashing } },
  },
  'crashed before, and runs now': { before: does(crashing) },
  'already had an image that doesn’t exist': { before: does(pulling), web: does(pulling) },
  'crashed before; the new pods appear only after the deployment has finished': {
    before: does(crashing),
    cluster: { appliedAfterMs: 125_000 },
  },
  'is shown by the API 50 s late': { cluster: { runtimeLagMs: 50_000 } },
  'has an image that doesn’t exist, which the API shows 50 s late': {
    web: does(pulling),
    cluster: { runtimeLagMs: 50_000 },
  },
  'has an image that doesn’t exist, which the API shows only after the deployment has finished': {
    web: does(pulling),
    cluster: { runtimeLagMs: 125_000 },
  },
  'has no controllers': { web: { controllers: 'none' } },
  'isn’t shown by the API': { web: { controllers: 'missing' } },
  'is deployed with GitOps': { cluster: { isGitOps: true } },
  'runs; the API gives no revisions': { cluster: { hasRevisions: false } },
  'has an image that doesn’t exist; the API gives no revisions': {
    web: does(pulling),
    cluster: { hasRevisions: false },
  },
  'crashes once, shortly before the end; the API calls the number of restarts `restartCount`': {
    web: does({ does: 'crash', crashes: 1, runsForMs: 90_000 }),
    cluster: { restartCount: 'restartCount' },
  },
  'runs; the API supports only version 1 of the endpoint `runtime`, which the action can’t read': {
    cluster: { knowsVersion1Only: true },
  },
}
