import {
  type FailingContainer,
  isUp,
  type PodView,
  type Runtime,
  type RuntimeController,
  type RuntimeModule,
  type RuntimePod,
  timeOf,
  viewPod,
} from './runtime.ts'
import { parseTimeMs } from './text/words.ts'

/** `not_watched`: the cluster shows no controller for it. `not_rolled_out`: the pods shown are from before the deployment. */
export type WorkloadState = 'failing' | 'running' | 'stopped' | 'starting' | 'not_watched' | 'not_rolled_out'

export type WorkloadHealth = {
  readonly workload: string
  readonly state: WorkloadState
  /** Pods of the newest revision that are ready or complete. */
  readonly ready: number
  /** Replicas of the newest revision, as far as the controllers show them; at least the number of its pods. */
  readonly wanted: number
  /** Why it is failing: by a container, else by a controller or the workload's status. Else `''`. */
  readonly reason: string
  readonly containers: readonly FailingContainer[]
}

/** `overall` ignores workloads that aren't watched; `unknown` where none is. */
export type Health = {
  readonly overall: 'unhealthy' | 'healthy' | 'unknown'
  readonly workloads: readonly WorkloadHealth[]
}

/** By workload and controller; `undefined` where a controller shows none. */
export type Revisions = ReadonlyMap<string, ReadonlyMap<string, number | undefined>>

/** What is known of the deployment whose workloads are judged. */
export type Rollout = {
  /** Those of the deployed Set. Absent while unknown: then all that the cluster shows. */
  readonly workloads?: readonly string[]
  /** Those whose entry in the Set has changed. Absent while unknown: then each may have. */
  readonly changed?: ReadonlySet<string>
  /** As read right after the start's answer; absent where that wasn't read. */
  readonly revisionsBefore?: Revisions
  /** The deployment's `created_at`. */
  readonly createdAt: string
  /** It ended long ago, so the pods are its own even if no revision changed: not every change of an entry makes new pods. */
  readonly isSettled?: true
}

/** To be called right after the start's answer. */
export const readRevisions = ({ modules }: Runtime): Revisions =>
  new Map(modules.map(({ id, controllers }) => [id, new Map(controllers.map((each) => [each.name, newestOf(each)]))]))

/** Whether the workloads of a deployment run. @param nowMs milliseconds since the epoch */
export const judgeHealth = (runtime: Runtime, rollout: Rollout, nowMs: number): Health => {
  const modules = new Map(runtime.modules.map((module) => [module.id, module]))
  const names = rollout.workloads ?? [...modules.keys()]
  const workloads = [...new Set(names)].map((name) => {
    const module = modules.get(name)
    return module && module.controllers.length > 0
      ? judgeModule(module, { rollout, nowMs, createdMs: floorToSecond(parseTimeMs(rollout.createdAt) ?? 0) })
      : { workload: name, state: 'not_watched' as const, ready: 0, wanted: 0, reason: '', containers: [] }
  })
  return { overall: determineOverall(workloads), workloads }
}

/** Kubernetes cuts times to whole seconds: a pod that began right after the deployment seems to have begun before it. */
const floorToSecond = (timeMs: number): number => timeMs - (timeMs % 1000)

const determineOverall = (workloads: readonly WorkloadHealth[]): Health['overall'] => {
  const watched = workloads.filter(isWatched)
  if (watched.some(({ state }) => state === 'failing')) return 'unhealthy'
  return watched.length > 0 && watched.every(isGood) ? 'healthy' : 'unknown'
}

const isWatched = ({ state }: WorkloadHealth): boolean => state !== 'not_watched'

const isGood = ({ state }: WorkloadHealth): boolean => state === 'running' || state === 'stopped'

type JudgeContext = { readonly rollout: Rollout; readonly nowMs: number; readonly createdMs: number }

/** A controller's pods that count: those of its newest revision. */
type View = {
  readonly controller: RuntimeController
  readonly pods: readonly PodView[]
  /** Pods of earlier revisions, or from before the deployment. */
  readonly older: readonly PodView[]
  readonly isRolledOut: boolean
}

const judgeModule = (module: RuntimeModule, context: JudgeContext): WorkloadHealth => {
  const views = module.controllers.map((controller) => viewController(module, controller, context))
  const counting = views.filter(({ isRolledOut }) => isRolledOut)
  const containers = counting.flatMap(({ pods }) => pods.flatMap((pod) => pod.containers))
  const state = containers.length > 0 ? 'failing' : determineState(module, views)
  const ready = counting.flatMap(({ pods }) => pods.filter(isUp)).length
  const wanted = views.reduce((sum, view) => sum + countWanted(view), 0)
  const reason = state === 'failing' ? (containers[0]?.reason ?? findReason(module)) : ''
  return { workload: module.id, state, ready, wanted: Math.max(ready, wanted), reason, containers }
}

/** `replicas` counts the observed pods of all revisions. */
const countWanted = ({ controller: { replicas }, pods, older }: View): number =>
  Math.max(pods.length, (replicas ?? 0) - older.length)

const findReason = ({ controllers, status }: RuntimeModule): string =>
  controllers.find(({ message }) => message !== '')?.message || status || 'Failed'

/** Where no container is failing. The status class covers all revisions at once, so it is checked against the pods. */
const determineState = (module: RuntimeModule, views: readonly View[]): WorkloadState => {
  const statusClass = classOf(module)
  const isOlderFailing = views.some(({ older }) => older.some(({ state }) => state === 'failing'))
  if (views.some(({ isRolledOut }) => !isRolledOut)) return 'not_rolled_out'
  if (statusClass === 'Failure' && !isOlderFailing) return 'failing'
  if (statusClass === 'Success' && views.every(canBeSuccess)) return 'running'
  if (views.every(({ pods }) => pods.length > 0 && pods.every(({ state }) => state === 'complete'))) return 'running'
  return views.every((view) => isStopped(view, statusClass)) ? 'stopped' : 'starting'
}

/** The status class may be `Success` while only pods of an earlier revision are up. */
const canBeSuccess = ({ pods, older }: View): boolean => (pods.length === 0 ? older.length === 0 : pods.some(isUp))

/** No pods doesn't mean stopped before a rollout's first pod; but then older pods exist, or the class is `Warning`. */
const isStopped = ({ controller, pods, older }: View, statusClass: string): boolean =>
  pods.length + older.length === 0 &&
  (statusClass === 'Stopped' || (statusClass !== 'Warning' && controller.replicas === 0))

const classes: ReadonlyMap<string, string> = new Map([
  ['Running', 'Success'],
  ['Succeeded', 'Success'],
  ['Failed', 'Failure'],
  ['Stopped', 'Stopped'],
])

const classOf = ({ status, status_class }: RuntimeModule): string => status_class || (classes.get(status) ?? '')

const viewController = (module: RuntimeModule, controller: RuntimeController, context: JudgeContext): View => {
  const newest = newestOf(controller)
  const isNewest = ({ revision }: RuntimePod) => revision === undefined || revision === newest
  const isUnchanged = context.rollout.changed?.has(module.id) === false
  const toView = (pod: RuntimePod) => viewPod(pod, { ...context, workload: module.id, controller, isUnchanged })
  const own = controller.pods.filter(isNewest)
  const isNew = isUnchanged || isRevisionNew(module.id, controller, context.rollout)
  const { isSettled } = context.rollout
  // A new revision may be somebody else's, from right before the deployment: the cluster can be shown late.
  const later = isUnchanged || isNew === false ? own : own.filter((pod) => !isFromBefore(pod, context))
  const pods = isSettled && later.length === 0 ? own : later
  const older = controller.pods.filter((pod) => !pods.includes(pod)).map(toView)
  const isRolledOut = isSettled ?? (isNew !== false && (own.length === 0 || pods.length > 0))
  return { controller, older, isRolledOut, pods: leaveOutReplaced(classOf(module), pods, toView) }
}

const newestOf = ({ revision, pods }: RuntimeController): number | undefined => {
  const revisions = [revision, ...pods.map((pod) => pod.revision)].filter((each) => each !== undefined)
  return revisions.length === 0 ? undefined : Math.max(...revisions)
}

/** By the revisions right after the start; `undefined` where they aren't known, also where the cluster showed nothing at all. */
const isRevisionNew = (
  workload: string,
  controller: RuntimeController,
  { revisionsBefore }: Rollout,
): boolean | undefined => {
  if (!revisionsBefore || revisionsBefore.size === 0) return undefined
  const noted = revisionsBefore.get(workload)
  if (!noted?.has(controller.name)) return true
  const [before, now] = [noted.get(controller.name), newestOf(controller)]
  return before === undefined || now === undefined ? undefined : before !== now
}

/** True only where a time is known: its containers last started or ended before the deployment. */
const isFromBefore = ({ containers }: RuntimePod, { createdMs }: JudgeContext): boolean => {
  const times = containers.map(({ state }) => timeOf(state)).filter((each) => each !== undefined)
  return times.length > 0 && Math.max(...times) < createdMs
}

/** Kubernetes keeps evicted pods, and those lost with their node, long after others have replaced them. */
const leaveOutReplaced = (
  statusClass: string,
  pods: readonly RuntimePod[],
  toView: (pod: RuntimePod) => PodView,
): readonly PodView[] => {
  const others = pods.filter(({ phase }) => phase !== 'Failed').map(toView)
  return statusClass === 'Success' && others.some(isUp) ? others : pods.map(toView)
}

const runningForMs = 30_000
const failingForMs = 90_000
/** A cluster that shows nothing at all may still be about to. */
const unwatchedForMs = 60_000

/** One check of `wait_for: healthy`; `health` is absent where it could not be read. `atMs`: of any clock. */
type HealthCheck = { readonly atMs: number; readonly health?: Health }

/** The result of all checks so far. */
export type HealthHistory = {
  readonly lastCheck?: HealthCheck
  /** Since when all watched workloads have been running at every check that could be read. */
  readonly runningSinceMs?: number
  /** How long each workload has been failing, at every check. */
  readonly failingMs: ReadonlyMap<string, number>
  /** Since when each workload hasn't been watched. */
  readonly unwatchedSinceMs: ReadonlyMap<string, number>
  /** Since when nothing at all has been watched. */
  readonly emptySinceMs?: number
}

export const emptyHealthHistory: HealthHistory = { failingMs: new Map(), unwatchedSinceMs: new Map() }

/**
 * A check that could not be read changes and decides nothing. The time around it counts for running, since an unseen crash shows
 * as a restart for a minute; it doesn't count for failing, since an unseen recovery leaves no trace. The same goes for an
 * answer without any watched workload, until it has been the same for a minute.
 */
export const addHealthCheck = (history: HealthHistory, check: HealthCheck): HealthHistory => {
  const { health, atMs } = check
  if (!health) return { ...history, lastCheck: check }
  if (!health.workloads.some(isWatched)) {
    return { ...history, lastCheck: check, emptySinceMs: history.emptySinceMs ?? atMs }
  }
  return {
    lastCheck: check,
    failingMs: addFailing(history, health, atMs),
    unwatchedSinceMs: addUnwatched(history, health, atMs),
    ...(health.overall === 'healthy' && { runningSinceMs: history.runningSinceMs ?? atMs }),
  }
}

const addFailing = (
  { lastCheck, failingMs }: HealthHistory,
  { workloads }: Health,
  atMs: number,
): ReadonlyMap<string, number> => {
  const gapMs = lastCheck?.health?.workloads.some(isWatched) ? atMs - lastCheck.atMs : 0
  const failing = workloads.filter(({ state }) => state === 'failing')
  return new Map(
    failing.map(({ workload }) => {
      const beforeMs = failingMs.get(workload)
      return [workload, beforeMs === undefined ? 0 : beforeMs + gapMs]
    }),
  )
}

const addUnwatched = (
  { unwatchedSinceMs }: HealthHistory,
  { workloads }: Health,
  atMs: number,
): ReadonlyMap<string, number> => {
  const unwatched = workloads.filter((each) => !isWatched(each))
  return new Map(unwatched.map(({ workload }) => [workload, unwatchedSinceMs.get(workload) ?? atMs]))
}

/** `unhealthy`: `workloads` have been failing for too long. */
export type HealthDecision =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unhealthy'; readonly workloads: readonly WorkloadHealth[] }
  | { readonly kind: 'nothing_watched' }

/** To be called after each check; one that could not be read decides nothing. */
export const decideHealth = (history: HealthHistory): HealthDecision => {
  const { lastCheck, failingMs, emptySinceMs } = history
  if (!lastCheck?.health) return { kind: 'undecided' }
  const { health, atMs } = lastCheck
  const workloads = health.workloads.filter(({ workload }) => (failingMs.get(workload) ?? 0) >= failingForMs)
  if (emptySinceMs !== undefined) {
    return { kind: atMs - emptySinceMs >= unwatchedForMs ? 'nothing_watched' : 'undecided' }
  }
  if (workloads.length > 0) return { kind: 'unhealthy', workloads }
  return { kind: isHealthy(history, atMs) ? 'healthy' : 'undecided' }
}

/** A workload without a controller may have just been added: it gets a minute before the others' health decides. */
const isHealthy = ({ runningSinceMs, unwatchedSinceMs }: HealthHistory, atMs: number): boolean =>
  runningSinceMs !== undefined &&
  atMs - runningSinceMs >= runningForMs &&
  [...unwatchedSinceMs.values()].every((sinceMs) => atMs - sinceMs >= unwatchedForMs)

/** For a line of the log. Without a reason it isn't failing any more. */
export type HealthNews = Pick<WorkloadHealth, 'workload' | 'ready' | 'wanted' | 'reason'>

/** By failing workload: the texts that were logged since it began to fail. */
export type ReportedHealth = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The changes to log: workloads that fail, and those that don't any more. A crash loop changes all the time (it ends, waits, runs,
 * and is ready in between), so the same text is logged only once from its first failure until it runs.
 */
export const listHealthNews = (
  reported: ReportedHealth,
  { workloads }: Health,
): { readonly reported: ReportedHealth; readonly news: readonly HealthNews[] } => {
  const next = new Map(reported)
  const news = workloads.filter((health) => {
    const before = next.get(health.workload)
    if (isGood(health)) return next.delete(health.workload)
    const words = `${health.ready} of ${health.wanted} ${health.reason}`
    if (health.state !== 'failing' || before?.has(words)) return false
    next.set(health.workload, new Set(before).add(words))
    return true
  })
  return {
    reported: next,
    news: news.map(({ workload, ready, wanted, reason }) => ({ workload, ready, wanted, reason })),
  }
}
