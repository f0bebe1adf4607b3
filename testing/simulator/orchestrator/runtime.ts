import type { ApiAnswer } from '../exchange.ts'
import type { Asked } from './asked.ts'
import type { ClusterPlan } from './cluster.ts'
import type { Moment } from './containers.ts'
import { listPods, listRollouts, type Pod, type Rollout } from './rollout.ts'

type Fields = Readonly<Record<string, unknown>>

/** Version 2 by `Accept: application/v2+json` alone. An environment that nothing is planned for has no workloads. */
export const getRuntime = ({ world, app, environment, nowMs, request }: Asked): ApiAnswer => {
  const { plan, workloads } = environment.cluster
  const accepted = request.headers?.['accept'] ?? ''
  const isVersion2 = !plan.knowsVersion1Only && accepted.includes('application/v2+json')
  const atMs = nowMs - plan.runtimeLagMs / world.speed
  const modules = [...new Set(plan.isGitOps ? [] : workloads.map(({ name }) => name))].flatMap((name) => {
    const rollouts = listRollouts(app, environment, name, world.speed, atMs)
    const current = rollouts.at(-1)
    if (!current || current.plan.controllers === 'missing') return []
    return [[name, describeModule(rollouts, current, plan, atMs, isVersion2)] as const]
  })
  return {
    status: 200,
    ...(isVersion2 && { headers: { 'content-type': 'application/v2+json' } }),
    body: { namespace: `${app.org}-${app.id}-${environment.id}`, modules: Object.fromEntries(modules) },
  }
}

const describeModule = (
  rollouts: readonly Rollout[],
  current: Rollout,
  plan: ClusterPlan,
  atMs: number,
  isVersion2: boolean,
): Fields => {
  const isSeen = current.plan.controllers === 'seen'
  const pods = listPods(rollouts, atMs)
  const status = isSeen ? determineStatus(current, pods) : 'Unknown'
  const controller = describeController(current, pods, status, plan, isVersion2)
  const controllers = isSeen ? { [current.workload]: controller } : {}
  if (!isVersion2) return { profile: 'humanitec/default-module', spec: {}, externals: {}, ...controllers }
  return { status, status_class: statusClasses[status], controllers }
}

const statusClasses = {
  Running: 'Success',
  Succeeded: 'Success',
  Starting: 'Warning',
  'Partially Succeeded': 'Warning',
  Failed: 'Failure',
  Stopped: 'Stopped',
  Unknown: 'Unknown',
} as const

type Status = keyof typeof statusClasses

/** How the real service aggregates isn't described: this is the plain reading of the words. */
const determineStatus = ({ plan, revision }: Rollout, pods: readonly Pod[]): Status => {
  const own = pods.filter((pod) => pod.revision === revision).map(determinePodStatus)
  if (own.length === 0) return 'Stopped'
  if (own.every((status) => status === 'Success')) return plan.kind === 'Job' ? determineJobStatus(pods) : 'Running'
  if (!own.includes('Failure')) return 'Starting'
  return pods.some((pod) => determinePodStatus(pod) === 'Success') ? 'Partially Succeeded' : 'Failed'
}

const determineJobStatus = (pods: readonly Pod[]): Status =>
  pods.every(({ containers }) => containers.every(({ moment }) => moment.state.kind === 'terminated'))
    ? 'Succeeded'
    : 'Running'

type Word = 'Failure' | 'Success' | 'Pending'

const determineContainerStatus = ({ isReady, state }: Moment): Word => {
  if (state.kind === 'running') return isReady ? 'Success' : 'Pending'
  if (state.kind === 'terminated') return state.exitCode === 0 ? 'Success' : 'Failure'
  return state.reason === 'ContainerCreating' || state.reason === 'PodInitializing' ? 'Pending' : 'Failure'
}

const determinePodStatus = ({ containers }: Pod): Word => {
  const words = containers.map(({ moment }) => determineContainerStatus(moment))
  if (words.includes('Failure')) return 'Failure'
  return words.length === 0 || words.includes('Pending') ? 'Pending' : 'Success'
}

const describeController = (
  { plan: { kind }, revision }: Rollout,
  pods: readonly Pod[],
  status: Status,
  plan: ClusterPlan,
  isVersion2: boolean,
): Fields => ({
  kind,
  status,
  replicas: pods.length,
  message: status === 'Running' || status === 'Succeeded' ? '' : 'Deployment does not have minimum availability.',
  ...((plan.hasRevisions || !isVersion2) && { revision }),
  pods: pods.map((pod) => ({
    podName: pod.name,
    ...((plan.hasRevisions || !isVersion2) && { revision: pod.revision }),
    phase: determinePhase(kind === 'Job', pod),
    status: determinePodStatus(pod),
    containerStatuses: pod.containers.map((container) => describeContainer(container, plan)),
  })),
})

/** As Kubernetes has it: a pod between two restarts of a container is `Running`. */
const determinePhase = (isJob: boolean, { containers }: Pod): string => {
  const moments = containers.map(({ moment }) => moment)
  if (moments.length === 0) return 'Pending'
  if (isJob && moments.every(({ state }) => state.kind === 'terminated'))
    return moments.every((moment) => determineContainerStatus(moment) === 'Success') ? 'Succeeded' : 'Failed'
  const hasBegun = ({ state, restarts }: Moment): boolean =>
    state.kind !== 'waiting' || restarts > 0 || state.reason === 'CrashLoopBackOff'
  return moments.every(hasBegun) ? 'Running' : 'Pending'
}

const describeContainer = ({ name, moment, beganMs, speed }: Pod['containers'][number], plan: ClusterPlan): Fields => ({
  name,
  ready: moment.isReady,
  ...(plan.restartCount !== 'restartCount' && { restart_count: moment.restarts }),
  ...(plan.restartCount !== 'restart_count' && { restartCount: moment.restarts }),
  status: determineContainerStatus(moment),
  state: describeState(moment.state, (ms) => formatSeconds(beganMs + ms / speed)),
})

const describeState = (state: Moment['state'], formatTime: (ms: number) => string): Fields => {
  switch (state.kind) {
    case 'waiting':
      return { waiting: { reason: state.reason, ...(state.message !== undefined && { message: state.message }) } }
    case 'running':
      return { running: { started_at: formatTime(state.sinceMs) } }
    case 'terminated':
      return {
        terminated: {
          exit_code: state.exitCode,
          reason: state.reason,
          started_at: formatTime(state.sinceMs),
          finished_at: formatTime(state.endMs),
        },
      }
  }
}

/** Kubernetes writes whole seconds, so that a container may seem to have started before what it was started by. */
const formatSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`
