import type { Health, WorkloadHealth } from './health.ts'

const runningForMs = 30_000
const failingForMs = 90_000
/** A cluster that shows nothing at all may not have got there yet. */
const unwatchedForMs = 60_000

/** One look of `wait_for: healthy`; `health` is absent when it could not be read. Times in milliseconds, from anywhere. */
export type HealthLook = { readonly atMs: number; readonly health?: Health }

/** What the looks so far amount to. */
export type HealthWatch = {
  readonly lastLook?: HealthLook
  /** Since when everything that is watched has been running at every look that could be read. */
  readonly runningSinceMs?: number
  /** For how long each workload has been failing at every look. */
  readonly failingMs: ReadonlyMap<string, number>
  /** Since when each workload hasn't been watched. */
  readonly unwatchedSinceMs: ReadonlyMap<string, number>
  /** Since when nothing at all has been watched. */
  readonly emptySinceMs?: number
}

export const noLooks: HealthWatch = { failingMs: new Map(), unwatchedSinceMs: new Map() }

/**
 * A look that could not be read is evidence of nothing: it undoes nothing, and decides nothing. The time around it counts for
 * running, since a crash that nobody saw shows as a restart at the next look, for a minute; it doesn't count for failing,
 * since a recovery that nobody saw leaves no trace. An answer in which nothing is watched is no more, until it is believed.
 */
export const takeLook = (watch: HealthWatch, look: HealthLook): HealthWatch => {
  const { health, atMs } = look
  if (!health) return { ...watch, lastLook: look }
  if (!health.workloads.some(isWatched)) {
    return { ...watch, lastLook: look, emptySinceMs: watch.emptySinceMs ?? atMs }
  }
  return {
    lastLook: look,
    failingMs: addFailing(watch, health, atMs),
    unwatchedSinceMs: addUnwatched(watch, health, atMs),
    ...(health.overall === 'healthy' && { runningSinceMs: watch.runningSinceMs ?? atMs }),
  }
}

const isWatched = ({ state }: WorkloadHealth): boolean => state !== 'not_watched'

const addFailing = (
  { lastLook, failingMs }: HealthWatch,
  { workloads }: Health,
  atMs: number,
): ReadonlyMap<string, number> => {
  const gapMs = lastLook?.health?.workloads.some(isWatched) ? atMs - lastLook.atMs : 0
  const failing = workloads.filter(({ state }) => state === 'failing')
  return new Map(
    failing.map(({ workload }) => {
      const beforeMs = failingMs.get(workload)
      return [workload, beforeMs === undefined ? 0 : beforeMs + gapMs]
    }),
  )
}

const addUnwatched = (
  { unwatchedSinceMs }: HealthWatch,
  { workloads }: Health,
  atMs: number,
): ReadonlyMap<string, number> => {
  const unwatched = workloads.filter((each) => !isWatched(each))
  return new Map(unwatched.map(({ workload }) => [workload, unwatchedSinceMs.get(workload) ?? atMs]))
}

/** `unhealthy` names those that have been failing for too long. */
export type HealthDecision =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unhealthy'; readonly workloads: readonly WorkloadHealth[] }
  | { readonly kind: 'nothing_watched' }

/** To be asked after each look; only one that could be read decides. */
export const decideHealth = (watch: HealthWatch): HealthDecision => {
  const { lastLook, failingMs, emptySinceMs } = watch
  if (!lastLook?.health) return { kind: 'undecided' }
  const { health, atMs } = lastLook
  const workloads = health.workloads.filter(({ workload }) => (failingMs.get(workload) ?? 0) >= failingForMs)
  if (emptySinceMs !== undefined) {
    return { kind: atMs - emptySinceMs >= unwatchedForMs ? 'nothing_watched' : 'undecided' }
  }
  if (workloads.length > 0) return { kind: 'unhealthy', workloads }
  return { kind: isHealthy(watch, atMs) ? 'healthy' : 'undecided' }
}

/** A workload without a controller may get one yet, as one that was just added does: others wait a minute for it. */
const isHealthy = ({ runningSinceMs, unwatchedSinceMs }: HealthWatch, atMs: number): boolean =>
  runningSinceMs !== undefined &&
  atMs - runningSinceMs >= runningForMs &&
  [...unwatchedSinceMs.values()].every((sinceMs) => atMs - sinceMs >= unwatchedForMs)

/** What a line of the log says of a workload. Without a reason it isn't failing any more. */
export type HealthNews = Pick<WorkloadHealth, 'workload' | 'ready' | 'wanted' | 'reason'>

/** What was said of each workload that is failing, since it began to. */
export type HealthTold = ReadonlyMap<string, ReadonlySet<string>>

/**
 * What is to be said once per change: who is failing, and who isn't any more. A crash loop changes all the time (it ends, waits,
 * runs, and is ready in between), so the same is said only once from its first failure until it runs.
 */
export const listHealthNews = (
  told: HealthTold,
  { workloads }: Health,
): { readonly told: HealthTold; readonly news: readonly HealthNews[] } => {
  const next = new Map(told)
  const news = workloads.filter((health) => {
    const before = next.get(health.workload)
    if (health.state === 'running' || health.state === 'stopped') return next.delete(health.workload)
    const words = `${health.ready} of ${health.wanted} ${health.reason}`
    if (health.state !== 'failing' || before?.has(words)) return false
    next.set(health.workload, new Set(before).add(words))
    return true
  })
  return { told: next, news: news.map(({ workload, ready, wanted, reason }) => ({ workload, ready, wanted, reason })) }
}
