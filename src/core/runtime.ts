import {
  expectFields,
  type Fields,
  fieldsOf,
  InvalidResponse,
  integerOf,
  isObject,
  listOf,
  nonNegativeIntegerOf,
  objectOf,
  positiveIntegerOf,
  textOf,
} from './text/json.ts'
import { parseTimeMs } from './text/words.ts'

/**
 * The answer of `GET {env}/runtime` with `Accept: application/v2+json`. The API's maps are lists here, each entry with its key.
 * Any other field may be missing: text is `''` then, a number `undefined`.
 */
export type Runtime = { readonly modules: readonly RuntimeModule[] }

/** A workload. */
export type RuntimeModule = {
  readonly id: string
  /** Running, Succeeded, Starting, Partially Succeeded, Failed, Stopped, Unknown, or an undocumented one. */
  readonly status: string
  /** Success, Failure, Warning, Stopped, Unknown. */
  readonly status_class: string
  readonly controllers: readonly RuntimeController[]
}

export type RuntimeController = {
  readonly name: string
  /** Kubernetes' kind: Deployment, StatefulSet, Job. */
  readonly kind: string
  readonly replicas: number | undefined
  /** A condition's reason, while it isn't successful. */
  readonly message: string
  /** Counts the rollouts from 1; `undefined` where it is missing or 0. */
  readonly revision: number | undefined
  readonly pods: readonly RuntimePod[]
}

export type RuntimePod = {
  readonly podName: string
  /** Pending, Running, Succeeded, Failed, Unknown. */
  readonly phase: string
  readonly revision: number | undefined
  readonly containers: readonly RuntimeContainer[]
}

type RuntimeContainer = {
  readonly name: string
  readonly ready: boolean | undefined
  readonly restart_count: number
  readonly state: ContainerState
}

/** Times as the API wrote them. `unknown`: none of Kubernetes' three states. */
type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly started_at: string }
  | {
      readonly kind: 'terminated'
      readonly exit_code: number | undefined
      readonly reason: string
      readonly message: string
      readonly finished_at: string
    }
  | { readonly kind: 'unknown' }

/**
 * Tolerant: a list instead of a map, or a map instead of a list, counts as empty, as `null` does; entries that aren't objects are
 * skipped.
 *
 * @throws InvalidResponse for anything but an object with a map `modules`: reading it as empty would mean that nothing runs
 */
export const toRuntime = (value: unknown): Runtime => {
  const { modules } = expectFields(value, 'the runtime')
  if (modules === undefined) throw new InvalidResponse('the runtime has no modules')
  if (modules !== null) expectFields(modules, 'a map of modules')
  return { modules: entriesOf(modules).map(toModule) }
}

type Entry = readonly [name: string, fields: Fields]

const entriesOf = (map: unknown): readonly Entry[] =>
  Object.entries(objectOf(map) ?? {}).flatMap(([name, value]): Entry[] => (isObject(value) ? [[name, value]] : []))

const itemsOf = (list: unknown): readonly Fields[] => listOf(list).filter(isObject)

const toModule = ([id, fields]: Entry): RuntimeModule => ({
  id,
  status: textOf(fields['status']),
  status_class: textOf(fields['status_class']),
  controllers: entriesOf(fields['controllers']).map(toController),
})

const toController = ([name, fields]: Entry): RuntimeController => ({
  name,
  kind: textOf(fields['kind']),
  replicas: nonNegativeIntegerOf(fields['replicas']),
  message: textOf(fields['message']),
  revision: positiveIntegerOf(fields['revision']),
  pods: itemsOf(fields['pods']).map(toPod),
})

const toPod = (fields: Fields): RuntimePod => ({
  podName: textOf(fields['podName']),
  phase: textOf(fields['phase']),
  revision: positiveIntegerOf(fields['revision']),
  containers: itemsOf(fields['containerStatuses']).map(toContainer),
})

/** The official description names the restarts in two ways within the same object. */
const toContainer = (fields: Fields): RuntimeContainer => {
  const { ready } = fields
  return {
    name: textOf(fields['name']),
    ready: typeof ready === 'boolean' ? ready : undefined,
    restart_count: nonNegativeIntegerOf(fields['restart_count']) ?? nonNegativeIntegerOf(fields['restartCount']) ?? 0,
    state: toState(fieldsOf(fields['state'])),
  }
}

/** Usually one of the three is there. Of several, one that isn't `running` counts. */
const toState = ({ waiting, terminated, running }: Fields): ContainerState => {
  if (isObject(waiting)) {
    const { reason, message } = waiting
    return { kind: 'waiting', reason: textOf(reason), message: textOf(message) }
  }
  if (isObject(terminated)) return toTerminated(terminated)
  if (isObject(running)) return { kind: 'running', started_at: textOf(running['started_at']) }
  return { kind: 'unknown' }
}

const toTerminated = (fields: Fields): ContainerState => {
  const reason = textOf(fields['reason'])
  return {
    kind: 'terminated',
    exit_code: integerOf(fields['exit_code']) ?? (reason === 'Completed' ? 0 : undefined),
    reason,
    message: textOf(fields['message']),
    finished_at: textOf(fields['finished_at']),
  }
}

export type ContainerName = { readonly workload: string; readonly container: string }

export type FailingContainer = ContainerName & {
  readonly pod: string
  /** Kubernetes' reason, such as `ImagePullBackOff`, `OOMKilled`; `restarted` where it restarted less than a minute ago. */
  readonly reason: string
  readonly exitCode?: number
  readonly restarts: number
  readonly message: string
}

export type PodView = { readonly state: PodState; readonly containers: readonly FailingContainer[] }

/** `complete`: it has ended successfully. */
type PodState = 'failing' | 'complete' | 'ready' | 'starting'

export const isUp = ({ state }: PodView): boolean => state === 'ready' || state === 'complete'

/** When it last started or ended. */
export const timeOf = (state: ContainerState): number | undefined => {
  if (state.kind === 'running') return parseTimeMs(state.started_at)
  return state.kind === 'terminated' ? parseTimeMs(state.finished_at) : undefined
}

/** Times in milliseconds since the epoch. */
type PodContext = {
  readonly workload: string
  readonly controller: RuntimeController
  /** Whether the workload's entry in the Set is the same as before the deployment. */
  readonly isUnchanged: boolean
  /** The deployment's `created_at`. */
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

/** By phase, for a pod that shows no containers. */
const phases: ReadonlyMap<string, PodState> = new Map([
  ['Running', 'ready'],
  ['Succeeded', 'complete'],
])

const harmlessWaits: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing'])

const restartProbationMs = 60_000

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
 * A crash loop is ready in between, so a restarted container counts as failing for a minute. Without a start time: ignores old
 * restarts of an unchanged workload, else stays `starting`.
 */
const judgeRestarts = (container: RuntimeContainer, context: PodContext): PodState | undefined => {
  if (container.restart_count === 0) return undefined
  const startedMs = timeOf(container.state)
  if (startedMs === undefined) return context.isUnchanged ? undefined : 'starting'
  return startedMs >= context.createdMs && context.nowMs - startedMs < restartProbationMs ? 'failing' : undefined
}

/** A container that should keep running, but exits with 0 and is restarted. Not of a job, nor an init container. */
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
