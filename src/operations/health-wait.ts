import type { Health } from '../core/health.ts'
import {
  decideHealth,
  type HealthDecision,
  type HealthTold,
  type HealthWatch,
  listHealthNews,
  noLooks,
  takeLook,
} from '../core/health-watch.ts'
import { RequestError } from '../core/network/request-error.ts'
import type { HealthEvent } from '../core/run/log-event.ts'
import { type Result, TimeoutError } from '../core/run/outcome.ts'
import type { UnhealthyWhy } from '../core/run/reason.ts'
import { type Context, isPastDeadline } from './context.ts'
import { noteContainerLogs } from './health-logs.ts'
import { type HealthContext, isOvertaken, noteNotJudged } from './health-look.ts'
import { createHeartbeat, poll } from './request.ts'

/** Between two looks, without `poll_interval`. */
const lookEveryMs = 12_000

/** `wait_for: healthy`: looks until all workloads have been running for a while, or that is not to be expected any more. */
export const waitUntilHealthy = async (shared: HealthContext): Promise<Result> => {
  const { context, request } = shared
  if (request.operation === 'wait' && (await isOvertaken(shared))) return endUnjudged(context, 'newer_deployment')
  const decision = await lookUntilDecided(shared)
  if (decision.kind === 'nothing_watched') return endUnjudged(context, 'nothing_watched')
  if (!isPastDeadline(context) && (await isOvertaken(shared))) return endUnjudged(context, 'newer_deployment')
  if (decision.kind === 'healthy') return { outcome: 'succeeded' }
  await noteContainerLogs(shared)
  return { outcome: 'unhealthy', reason: { kind: 'unhealthy', why: decision } }
}

const endUnjudged = (context: Context, why: Parameters<typeof noteNotJudged>[1]): Result => {
  noteNotJudged(context, why)
  return { outcome: 'succeeded' }
}

type Decision = Extract<HealthDecision, { kind: 'healthy' | 'nothing_watched' }> | UnhealthyWhy

const lookUntilDecided = async (shared: HealthContext): Promise<Decision> => {
  const { request, context } = shared
  if (isPastDeadline(context)) return { kind: 'too_late', limit: 'timeout' }
  const healthEndMs = context.clock.now() + request.healthTimeoutMs
  const limited = { ...context, deadlineMs: Math.min(healthEndMs, context.deadlineMs) }
  const watcher = createWatcher({ ...shared, context: limited })
  const { pollInterval } = request
  try {
    const decision = await poll(limited, {
      look: watcher.look,
      delayMs: () => (pollInterval === 'auto' ? lookEveryMs : pollInterval.fixedMs),
      isFollowing: true,
      log: watcher,
    })
    return decision.kind === 'unhealthy' ? { kind: 'failing' } : decision
  } catch (error) {
    const failure = error instanceof TimeoutError ? error.cause : error
    if (failure instanceof RequestError) return endUnread(context, failure)
    if (!(error instanceof TimeoutError)) throw error
    return { kind: 'too_late', limit: healthEndMs <= context.deadlineMs ? 'health_timeout' : 'timeout' }
  }
}

/** What was seen before the looks failed says nothing of now. */
const endUnread = ({ store }: Context, { details }: RequestError): UnhealthyWhy => {
  store.note({ health: { workloads: [], ...store.state.health, overall: 'unknown' } })
  return { kind: 'unreadable', error: details }
}

type Decided = Exclude<HealthDecision, { kind: 'undecided' }>

const createWatcher = ({ context, looks, sinceMs }: HealthContext) => {
  const { clock, store, log } = context
  let watch: HealthWatch = noLooks
  let told: HealthTold | undefined
  let last: RequestError | undefined
  const describe = (): HealthEvent => ({
    kind: 'health',
    elapsedMs: clock.now() - sinceMs,
    workloads: store.state.health?.workloads ?? [],
    ...(last && { error: last.details }),
  })
  const heartbeat = createHeartbeat(context, describe)
  const tellChange = (health: Health, isFirst: boolean): void => {
    const next = listHealthNews(told ?? new Map(), health)
    told = next.told
    const beganToRun = health.overall === 'healthy' && watch.runningSinceMs === clock.now()
    if (!isFirst && !beganToRun && next.news.length === 0) return
    log(describe())
    heartbeat.reset()
  }
  return {
    look: async (): Promise<Decided | undefined> => {
      const health = await looks.look(context)
      last = undefined
      watch = takeLook(watch, { atMs: clock.now(), health })
      tellChange(health, told === undefined)
      const decision = decideHealth(watch)
      return decision.kind === 'undecided' ? undefined : decision
    },
    reportError: (error: RequestError): void => {
      last = error
      watch = takeLook(watch, { atMs: clock.now() })
    },
    pause: heartbeat.pause,
  }
}
