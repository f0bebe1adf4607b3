import type { ContainerState, RuntimeContainer, RuntimeController, RuntimePod } from './runtime.ts'
import { parseTimeMs } from './text/time.ts'

export type FailingContainer = {
  readonly workload: string
  readonly pod: string
  readonly container: string
  /** Kubernetes' word, such as `ImagePullBackOff`, `OOMKilled`; `restarted` for one that is up again since less than a minute. */
  readonly reason: string
  readonly exitCode?: number
  readonly restarts: number
  readonly message: string
}

export type PodView = { readonly state: PodState; readonly containers: readonly FailingContainer[] }
/** `complete`: it has ended, and all went well. */
type PodState = 'failing' | 'complete' | 'ready' | 'starting'

export const isUp = ({ state }: PodView): boolean => state === 'ready' || state === 'complete'

/** When it started, or ended, last. */
export const timeOf = (state: ContainerState): number | undefined => {
  if (state.kind === 'running') return parseTimeMs(state.started_at)
  return state.kind === 'terminated' ? parseTimeMs(state.finished_at) : undefined
}

/** Where a pod stands, and since when what it does is of interest. Times in milliseconds since the epoch. */
type PodContext = {
  readonly workload: string
  readonly controller: RuntimeController
  /** The workload's entry in the Set is the same as before the deployment. */
  readonly isUnchanged: boolean
  /** The deployment's beginning. */
  readonly createdMs: number
  readonly nowMs: number
}

export const viewPod = (pod: RuntimePod, context: PodContext): PodView => {
  const states = pod.containers.map((container) => ({ container, state: judgeContainer(container, pod, context) }))
  const containers = states
    .filter(({ state }) => state === 'failing')
    .map(({ container }) => describeFailing(context.workload, pod, container))
  if (states.length === 0) return { state: phases.get(pod.phase) ?? 'starting', containers }
  if (containers.length > 0) return { state: 'failing', containers }
  if (states.every(({ state }) => state === 'complete')) return { state: 'complete', containers }
  return { state: states.some(({ state }) => state === 'starting') ? 'starting' : 'ready', containers }
}

/** For a pod whose containers aren't told. */
const phases: ReadonlyMap<string, PodState> = new Map([
  ['Running', 'ready'],
  ['Succeeded', 'complete'],
])

const harmlessWaits: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing'])
const settledAfterMs = 60_000

const judgeContainer = (container: RuntimeContainer, pod: RuntimePod, context: PodContext): PodState => {
  const { state, ready } = container
  switch (state.kind) {
    case 'waiting':
      return harmlessWaits.has(state.reason) ? 'starting' : 'failing'
    case 'terminated':
      if (state.exit_code === undefined) return state.reason === '' ? 'starting' : 'failing'
      return state.exit_code !== 0 || isEndingAgain(container, pod, context) ? 'failing' : 'complete'
    case 'running':
      return judgeRestarts(container, context) ?? (ready === false ? 'starting' : 'ready')
    default:
      return ready === true ? 'ready' : 'starting'
  }
}

/**
 * A crash loop is ready in between: one that was restarted is believed after a minute. Of one that doesn't tell when, the
 * restarts may be old if its workload didn't change, else they are the deployment's own, and it is never said to be well.
 */
const judgeRestarts = (container: RuntimeContainer, context: PodContext): PodState | undefined => {
  if (container.restart_count === 0) return undefined
  const startedMs = timeOf(container.state)
  if (startedMs === undefined) return context.isUnchanged ? undefined : 'starting'
  return startedMs >= context.createdMs && context.nowMs - startedMs < settledAfterMs ? 'failing' : undefined
}

/** Ended with 0 as often as it was started, though it should stay. A job's has done its work, and so has an init container. */
const isEndingAgain = (container: RuntimeContainer, pod: RuntimePod, context: PodContext): boolean => {
  if (container.restart_count === 0 || pod.phase === 'Succeeded') return false
  if (/^(?:Cron)?Job$/.test(context.controller.kind)) return false
  const endedMs = timeOf(container.state)
  if (endedMs === undefined ? context.isUnchanged : endedMs < context.createdMs) return false
  return !pod.containers.some((other) => other !== container && isUnderWay(other.state))
}

const isUnderWay = (state: ContainerState): boolean =>
  state.kind === 'running' || (state.kind === 'waiting' && harmlessWaits.has(state.reason))

const describeFailing = (workload: string, pod: RuntimePod, container: RuntimeContainer): FailingContainer => {
  const { name, restart_count: restarts, state } = container
  const common = { workload, pod: pod.podName, container: name, restarts }
  if (state.kind === 'waiting') return { ...common, reason: state.reason, message: state.message }
  if (state.kind !== 'terminated') return { ...common, reason: 'restarted', message: '' }
  const { exit_code: exitCode, reason, message } = state
  return { ...common, reason: reason || 'Error', message, ...(exitCode !== undefined && { exitCode }) }
}
