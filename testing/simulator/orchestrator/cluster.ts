import { type LogPlan, planLogs } from './container-logs.ts'
import type { Behaviour } from './containers.ts'
import { findApp, getEnvironmentAt, type Life, type Place, type State } from './state.ts'

/** How the runtime answers. */
export type ClusterPlan = {
  /** The runtime shows what was so long ago. */
  readonly runtimeLagMs: number
  /** How long after its start a deployment reaches the cluster. */
  readonly appliedAfterMs: number
  /** The description names the field in one way among the required and in another among the properties. */
  readonly restartCount: 'restart_count' | 'restartCount' | 'both'
  /** False: controllers and pods have no `revision`. */
  readonly hasRevisions: boolean
  /** A git repository as cluster: no workload is seen. */
  readonly isGitOps: boolean
  /** Version 1, whatever the request accepts. */
  readonly knowsVersion1Only: boolean
}

export type WorkloadPlan = {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job'
  readonly replicas: number
  /** By their names; by default `main`, which runs. */
  readonly containers: Readonly<Record<string, Behaviour>>
  /** One after the other, before the others; a `completes` of 1 s is usual. */
  readonly initContainers: Readonly<Record<string, Behaviour>>
  /** The first so many pods run, whatever the containers are to do. */
  readonly healthyReplicas: number
  /** `none`: a module without controllers. `missing`: no module, as with workloads of another kind (Cloud Run). */
  readonly controllers: 'seen' | 'none' | 'missing'
  /** It is there whether the deployed Set has it or not, and no deployment changes it; false by default. */
  readonly isOutsideSet: boolean
  /** Which deployments roll it out again; `the Set`: those whose Set has another entry for it. */
  readonly changesWith: 'the Set' | 'every deployment' | 'no deployment'
}

/** A plan holds for deployments that are started from then on. */
export type PlannedWorkload = { readonly name: string; readonly fromMs: number; readonly plan: WorkloadPlan }

export type ClusterState = { readonly plan: ClusterPlan; readonly workloads: readonly PlannedWorkload[] }

export const noCluster: ClusterState = {
  plan: {
    runtimeLagMs: 0,
    appliedAfterMs: 5_000,
    restartCount: 'both',
    hasRevisions: true,
    isGitOps: false,
    knowsVersion1Only: false,
  },
  workloads: [],
}

const usualWorkload: WorkloadPlan = {
  kind: 'Deployment',
  replicas: 2,
  containers: { main: { does: 'run' } },
  initContainers: {},
  healthyReplicas: 0,
  controllers: 'seen',
  isOutsideSet: false,
  changesWith: 'the Set',
}

export type ClusterScript = {
  /** Adds to what was said before. Of `org/app`: for environments that are made by requests. */
  planCluster(place: Place, plan: Partial<ClusterPlan>): void
  /**
   * What a workload does from the next deployment on that rolls it out; before that it is healthy. With `fromMs: 0`, what it
   * has been doing all along. It is there while the deployed Set has it.
   * Of workloads that nothing is planned for, nothing is seen.
   */
  planWorkload(place: Place, name: string, plan?: Partial<WorkloadPlan>, fromMs?: number): void
  /** Adds lines to a container's log, the oldest first. By default they were written just now, a millisecond apart. */
  planLogs(place: Place, plan: LogPlan): void
}

export const createClusterScript = (world: State, now: () => number): ClusterScript => ({
  planCluster: (place, plan) => {
    const life = getLife(world, place)
    life.cluster = { ...life.cluster, plan: { ...life.cluster.plan, ...plan } }
  },
  planWorkload: (place, name, plan = {}, fromMs = now()) => {
    const life = getLife(world, place)
    const planned = { name, fromMs, plan: { ...usualWorkload, ...plan } }
    const workloads = [...life.cluster.workloads, planned].sort((one, other) => one.fromMs - other.fromMs)
    life.cluster = { ...life.cluster, workloads }
  },
  planLogs: (place, plan) => {
    const { environment } = getEnvironmentAt(world, place)
    environment.logs = [...environment.logs, ...planLogs(plan, now())]
  },
})

const getLife = (world: State, place: Place): Life =>
  findApp(world, place) ?? getEnvironmentAt(world, place).environment
