import {
  addHealthCheck,
  decideHealth,
  emptyHealthHistory,
  type Health,
  type HealthDecision,
  type HealthHistory,
  listHealthNews,
  type ReportedHealth,
} from '../core/health.ts'
import type { FollowRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { isRetryable } from '../core/network/retry-policy.ts'
import type { HealthEvent } from '../core/run/log-event.ts'
import type { UnhealthyWhy } from '../core/run/reason.ts'
import { CancelledError, DeadlineError, type Result } from '../core/run/result.ts'
import { type Context, isPastDeadline } from './context.ts'
import {
  createHealthChecker,
  type HealthContext,
  hasNewerDeployment,
  noteContainerLogs,
  noteNotJudged,
} from './health-check.ts'
import { mayReadDuringWait, mayReadOptional } from './rate-limiter.ts'
import { catchRequestError, createHeartbeat, poll, waitForBackoff } from './request.ts'

/** Checks the workloads of a deployment, during the wait for its end and after it. */
type HealthWatch = {
  /** Ends the checks during the wait. */
  stop(): Promise<void>
  /** After a failure: notes which containers fail. */
  noteFailing(): Promise<void>
  /** After a success: notes them, too; with `wait_for: healthy`, waits until all workloads run. */
  conclude(): Promise<Result>
}

/** After the start, and from then on. */
const firstCheckMs = 45_000
const checkEveryMs = 60_000

/** Begins to check at once. Never delays the wait that follows, and never rejects. */
export const watchHealth = (context: Context, request: FollowRequest, sinceMs: number): HealthWatch => {
  const shared: HealthContext = { context, request, sinceMs, checker: createHealthChecker(context, request, sinceMs) }
  const over = new AbortController()
  const cancel = AbortSignal.any([context.cancel, over.signal])
  let isReadable = true
  const checking = checkDuringWait({
    ...shared,
    context: { ...context, rateLimiter: context.sideLimiter, cancel },
  }).catch((error: unknown) => {
    if (cancel.aborted) return
    isReadable = !(error instanceof RequestError) || isRetryable(error.details)
    context.runner.debug(`The workloads are not checked any more: ${error}`)
  })
  return {
    stop: () => {
      over.abort(new Error('the wait is over'))
      return checking
    },
    noteFailing: async () => {
      if (!isReadable) return
      await waitForBackoff(context)
      await checkOnce(shared)
    },
    conclude: async () => {
      shared.checker.end()
      if (request.waitFor === 'healthy') return waitUntilHealthy(shared)
      resetHealth(context)
      if (isReadable && mayReadOptional(context)) await checkOnce(shared)
      return { outcome: 'succeeded' }
    },
  }
}

/** With `wait_for: healthy`, what ran before the start is always read. */
const isLeftOut = (context: Context, { waitFor }: FollowRequest): boolean =>
  waitFor !== 'healthy' && !mayReadOptional(context)

/** Ends at the first check that fails. Leaves out those that the limit of requests has no room for. */
const checkDuringWait = async ({ context, request, checker, sinceMs }: HealthContext): Promise<void> => {
  const { clock, store, cancel } = context
  const isOurs = request.operation === 'deploy' && !store.state.followed
  if (isOurs && !isPastDeadline(context) && !isLeftOut(context, request)) await checker.noteRevisions(context)
  let reported: ReportedHealth = new Map()
  for (let nextMs = sinceMs + firstCheckMs; ; nextMs = Math.max(nextMs, clock.now()) + checkEveryMs) {
    await clock.sleep(Math.max(0, nextMs - clock.now()), cancel)
    if (isPastDeadline(context)) return
    if (mayReadDuringWait(context) && mayReadOptional(context))
      reported = logNews({ context, sinceMs }, reported, await checker.check(context))
  }
}

type Since = { readonly context: Context; readonly sinceMs: number }

const logNews = ({ context, sinceMs }: Since, before: ReportedHealth, health: Health): ReportedHealth => {
  const { reported, news } = listHealthNews(before, health)
  const status = context.store.state.deployment?.status ?? ''
  if (news.length > 0) {
    context.log({ kind: 'status', elapsedMs: context.clock.now() - sinceMs, status, health: news })
  }
  return reported
}

/** Never changes the result: a failure, a signal and the deadline only leave the check out. */
const checkOnce = async (shared: HealthContext): Promise<void> => {
  const { context, request, checker } = shared
  if (isPastDeadline(context)) return
  try {
    if (request.operation === 'wait' && (await hasNewerDeployment(shared)))
      return noteNotJudged(context, 'newer_deployment')
    if (isPastDeadline(context)) return
    const health = await catchRequestError(checker.check(context))
    if (health instanceof RequestError) context.runner.debug(`The workloads could not be checked: ${health.message}`)
    else await noteContainerLogs(shared)
  } catch (error) {
    if (!(error instanceof CancelledError || error instanceof DeadlineError)) throw error
  }
}

/** After a success, earlier checks no longer count: the workloads were still being replaced. */
const resetHealth = ({ store }: Context): void => {
  if (store.state.health) store.note({ health: { overall: 'unknown', workloads: [] } })
}

/** Between two checks, without `poll_interval`. */
const healthyCheckEveryMs = 12_000

/** `wait_for: healthy`: checks until all workloads have been running for a while, or can't be expected to any more. */
const waitUntilHealthy = async (shared: HealthContext): Promise<Result> => {
  const { context, request } = shared
  await waitForBackoff(context)
  if (request.operation === 'wait' && (await hasNewerDeployment(shared)))
    return endUnjudged(context, 'newer_deployment')
  const decision = await checkUntilDecided(shared)
  if (decision.kind === 'nothing_watched') return endUnjudged(context, 'nothing_watched')
  if (!isPastDeadline(context) && (await hasNewerDeployment(shared))) return endUnjudged(context, 'newer_deployment')
  if (decision.kind === 'healthy') return { outcome: 'succeeded' }
  await noteContainerLogs(shared)
  return { outcome: 'unhealthy', reason: { kind: 'unhealthy', why: decision } }
}

const endUnjudged = (context: Context, why: Parameters<typeof noteNotJudged>[1]): Result => {
  noteNotJudged(context, why)
  return { outcome: 'succeeded' }
}

type Decision = Extract<HealthDecision, { kind: 'healthy' | 'nothing_watched' }> | UnhealthyWhy

const checkUntilDecided = async (shared: HealthContext): Promise<Decision> => {
  const { request, context } = shared
  if (isPastDeadline(context)) return { kind: 'too_late', limit: 'timeout' }
  const healthEndMs = context.clock.now() + request.healthTimeoutMs
  const limited = { ...context, deadlineMs: Math.min(healthEndMs, context.deadlineMs) }
  const watcher = createWatcher({ ...shared, context: limited })
  const { pollInterval } = request
  try {
    const decision = await poll(limited, {
      check: watcher.check,
      delayMs: () => (pollInterval === 'auto' ? healthyCheckEveryMs : pollInterval.fixedMs),
      isFollowing: true,
      log: watcher,
    })
    return decision.kind === 'unhealthy'
      ? { kind: 'failing', workloads: decision.workloads.map(({ workload }) => workload) }
      : decision
  } catch (error) {
    const failure = error instanceof DeadlineError ? error.cause : error
    if (failure instanceof RequestError) return endUnread(context, failure)
    if (!(error instanceof DeadlineError)) throw error
    return { kind: 'too_late', limit: healthEndMs <= context.deadlineMs ? 'health_timeout' : 'timeout' }
  }
}

/** What was seen before the checks failed is outdated. */
const endUnread = ({ store }: Context, { details }: RequestError): UnhealthyWhy => {
  store.note({ health: { workloads: [], ...store.state.health, overall: 'unknown' } })
  return { kind: 'unreadable', error: details }
}

type Decided = Exclude<HealthDecision, { kind: 'undecided' }>

const createWatcher = ({ context, checker, sinceMs }: HealthContext) => {
  const { clock, store, log } = context
  let history: HealthHistory = emptyHealthHistory
  let reported: ReportedHealth | undefined
  let last: RequestError | undefined
  const describe = (): HealthEvent => ({
    kind: 'health',
    elapsedMs: clock.now() - sinceMs,
    workloads: store.state.health?.workloads ?? [],
    ...(last && { error: last.details }),
  })
  const heartbeat = createHeartbeat(context, describe)
  const logChange = (health: Health, isFirst: boolean): void => {
    const next = listHealthNews(reported ?? new Map(), health)
    reported = next.reported
    const beganToRun = health.overall === 'healthy' && history.runningSinceMs === clock.now()
    if (!isFirst && !beganToRun && next.news.length === 0) return
    log(describe())
    heartbeat.reset()
  }
  return {
    check: async (): Promise<Decided | undefined> => {
      const health = await checker.check(context)
      last = undefined
      history = addHealthCheck(history, { atMs: clock.now(), health })
      logChange(health, reported === undefined)
      const decision = decideHealth(history)
      return decision.kind === 'undecided' ? undefined : decision
    },
    reportError: (error: RequestError): void => {
      last = error
      history = addHealthCheck(history, { atMs: clock.now() })
    },
    pause: heartbeat.pause,
  }
}
