import { expectFields, InvalidResponse } from './responses/humanitec.ts'
import { type Fields, fieldsOf, positiveIntegerOf, textOf } from './text/json.ts'

/**
 * What the cluster tells of an environment: `GET {env}/runtime` with `Accept: application/v2+json`. The API's maps are lists
 * here, each entry with its key. No field but the keys is sure to be there: missing text is `''`, a missing number `undefined`.
 */
export type Runtime = { readonly modules: readonly RuntimeModule[] }

/** A workload. */
export type RuntimeModule = {
  readonly id: string
  /** Running, Succeeded, Starting, Partially Succeeded, Failed, Stopped, Unknown, or a word that we don't know yet. */
  readonly status: string
  /** Success, Failure, Warning, Stopped, Unknown. */
  readonly status_class: string
  readonly controllers: readonly RuntimeController[]
}

export type RuntimeController = {
  readonly name: string
  /** As Kubernetes calls it: Deployment, StatefulSet, Job. */
  readonly kind: string
  readonly status: string
  readonly replicas: number | undefined
  /** The reason of a condition, while it isn't successful. */
  readonly message: string
  /** Counts up with each rollout, from 1; `undefined` where it isn't told, 0 included. */
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

export type RuntimeContainer = {
  readonly name: string
  readonly ready: boolean | undefined
  readonly restart_count: number
  readonly state: ContainerState
}

/** Times as the API wrote them. `untold`: none of the three that Kubernetes knows. */
export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly started_at: string }
  | {
      readonly kind: 'terminated'
      readonly exit_code: number | undefined
      readonly reason: string
      readonly message: string
      readonly finished_at: string
    }
  | { readonly kind: 'untold' }

/**
 * Reads whatever can be read. A list where a map belongs, or the other way round, is as good as nothing there, and so is an
 * entry that isn't an object; `null` is an empty one.
 *
 * @throws InvalidResponse for what isn't an object with a map `modules`: an empty answer would mean that nothing runs there
 */
export const toRuntime = (value: unknown): Runtime => {
  const { modules } = expectFields(value, 'the runtime')
  if (modules === undefined) throw new InvalidResponse('the runtime has no modules')
  if (modules !== null) expectFields(modules, 'a map of modules')
  return { modules: entriesOf(modules).map(toModule) }
}

type Entry = readonly [name: string, fields: Fields]

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

const entriesOf = (map: unknown): readonly Entry[] =>
  isMap(map)
    ? Object.entries(map).flatMap(([name, value]): Entry[] => (isMap(value) ? [[name, fieldsOf(value)]] : []))
    : []

const itemsOf = (list: unknown): readonly Fields[] => (Array.isArray(list) ? list.filter(isMap).map(fieldsOf) : [])

const toModule = ([id, fields]: Entry): RuntimeModule => ({
  id,
  status: textOf(fields['status']),
  status_class: textOf(fields['status_class']),
  controllers: entriesOf(fields['controllers']).map(toController),
})

const toController = ([name, fields]: Entry): RuntimeController => ({
  name,
  kind: textOf(fields['kind']),
  status: textOf(fields['status']),
  replicas: countOf(fields['replicas']),
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

/** The official description names the restarts in two ways, in one and the same object. */
const toContainer = (fields: Fields): RuntimeContainer => {
  const { ready } = fields
  return {
    name: textOf(fields['name']),
    ready: typeof ready === 'boolean' ? ready : undefined,
    restart_count: countOf(fields['restart_count']) ?? countOf(fields['restartCount']) ?? 0,
    state: toState(fieldsOf(fields['state'])),
  }
}

/** One of the three is there. Should there be more, the one that isn't well is believed. */
const toState = ({ waiting, terminated, running }: Fields): ContainerState => {
  if (isMap(waiting)) {
    const { reason, message } = fieldsOf(waiting)
    return { kind: 'waiting', reason: textOf(reason), message: textOf(message) }
  }
  if (isMap(terminated)) return toTerminated(fieldsOf(terminated))
  if (isMap(running)) return { kind: 'running', started_at: textOf(fieldsOf(running)['started_at']) }
  return { kind: 'untold' }
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

const integerOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined

const countOf = (value: unknown): number | undefined => {
  const count = integerOf(value)
  return count !== undefined && count >= 0 ? count : undefined
}
