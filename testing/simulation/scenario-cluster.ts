import type { Random } from '../simulator/chance.ts'
import type { ClusterPlan, WorkloadPlan } from '../simulator/orchestrator/cluster.ts'
import type { Behaviour } from '../simulator/orchestrator/containers.ts'
import { drawByMagnitude, drawInteger, happens, pick } from './draw.ts'
import type { Inputs } from './scenario-inputs.ts'

/** What runs, how the runtime tells of it, and what hits the requests for it beside the weather. */
export type ClusterWorld = {
  readonly plan: Partial<ClusterPlan>
  readonly workloads: readonly {
    readonly name: string
    readonly plan: Partial<WorkloadPlan>
    /** It has been so before; else from our first deployment on. */
    readonly isOld: boolean
  }[]
  /** One fault, at so many of the requests for the runtime and for logs. */
  readonly trouble?: { readonly fault: string; readonly rate: number }
}

const well = (random: Random): Behaviour => ({ does: 'run', readyAfterMs: drawByMagnitude(random, 2_000, 60_000) })

/** None of them ever runs for a minute. */
const drawIll = (random: Random): Behaviour =>
  pick<Behaviour>(random, [
    { does: 'fail to pull its image' },
    { does: 'miss its configuration' },
    { does: 'find no node' },
    { does: 'run', readyAfterMs: Number.POSITIVE_INFINITY },
    { does: 'crash', runsForMs: drawByMagnitude(random, 1_000, 25_000) },
    { does: 'crash', runsForMs: drawByMagnitude(random, 1_000, 25_000), isOutOfMemory: true },
    { does: 'crash', runsForMs: 20_000, readyAfterMs: 100 },
    { does: 'complete', exitCode: 3, runsForMs: drawInteger(random, 500, 20_000) },
  ])

const drawBehaviour = (random: Random, illShare: number): Behaviour => {
  if (happens(random, illShare)) return drawIll(random)
  return happens(random, 0.15) ? { does: 'crash', crashes: drawInteger(random, 1, 3) } : well(random)
}

const drawWorkload = (random: Random): Partial<WorkloadPlan> => ({
  replicas: pick(random, [1, 1, 2, 3, 0]),
  containers: { main: drawBehaviour(random, 0.35), ...(happens(random, 0.2) && { side: well(random) }) },
  ...(happens(random, 0.15) && { initContainers: { init: { does: 'complete', runsForMs: 1_000 } } }),
  ...(happens(random, 0.2) && { healthyReplicas: 1 }),
  ...(happens(random, 0.1) && { controllers: pick(random, ['none', 'missing']) }),
  ...(happens(random, 0.15) && { changesWith: pick(random, ['every deployment', 'no deployment']) }),
  ...(happens(random, 0.1) && { kind: pick(random, ['StatefulSet', 'DaemonSet', 'Job']) }),
})

const troubles = [
  'refused',
  '429',
  '5xx',
  'answer never comes',
  '2xx with a page',
  '2xx, empty',
  'cut before an answer',
] as const

/** Two workloads, which the usual Sets have, and often one that none has. */
export const drawCluster = (random: Random): ClusterWorld => ({
  plan: {
    // Together they stay below the minute after a deployment's end, after which what is there counts as its own.
    runtimeLagMs: happens(random, 0.5) ? 0 : drawInteger(random, 0, 40_000),
    appliedAfterMs: drawInteger(random, 500, 15_000),
    restartCount: pick(random, ['restart_count', 'restartCount', 'both']),
    hasRevisions: happens(random, 0.8),
    isGitOps: happens(random, 0.03),
    knowsVersion1Only: happens(random, 0.03),
  },
  workloads: [
    { name: 'web', plan: drawWorkload(random), isOld: happens(random, 0.25) },
    { name: 'worker', plan: drawWorkload(random), isOld: happens(random, 0.5) },
    ...(happens(random, 0.5)
      ? [{ name: 'legacy', plan: { containers: { main: drawIll(random) }, isOutsideSet: true }, isOld: true }]
      : []),
  ],
  ...(happens(random, 0.3) && {
    trouble: { fault: pick(random, troubles), rate: pick(random, [0.3, 1]) },
  }),
})

export const drawClusterInputs = (random: Random, { wait: _, ...inputs }: Inputs): Inputs => {
  const isHealthy = happens(random, 0.6)
  return {
    ...inputs,
    ...(isHealthy && { wait_for: 'healthy' }),
    ...(isHealthy && happens(random, 0.6) && { health_timeout: pick(random, ['1m', '90s', '2m', '10m']) }),
    ...(happens(random, 0.4) && { log_lines: pick(random, ['1', '20', '200']) }),
  }
}
