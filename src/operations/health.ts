import type { Health } from '../core/health.ts'
import { type HealthTold, listHealthNews } from '../core/health-watch.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { isRetryable } from '../core/network/retry-policy.ts'
import { Cancelled, type Result, TimeoutError } from '../core/run/outcome.ts'
import { type Context, isPastDeadline } from './context.ts'
import { noteContainerLogs } from './health-logs.ts'
import { createHealthLooks, type HealthContext, isOvertaken, noteNotJudged } from './health-look.ts'
import { waitUntilHealthy } from './health-wait.ts'
import { orError } from './request.ts'

/** Whether the workloads of a deployment run, beside the wait for its end and after it. */
export type HealthWatch = {
  /** No more looks beside the wait. */
  stop(): Promise<void>
  /** After a failure: notes which containers fail. */
  noteFailing(): Promise<void>
  /** After a success: notes them, too; with `wait_for: healthy`, waits until all workloads run. */
  conclude(): Promise<Result>
}

/** After the start, and from then on. */
const firstLookMs = 45_000
const lookEveryMs = 60_000

/** Begins to look at once, beside the wait that follows: nothing of it is waited for, or ever rejects. */
export const watchHealth = (context: Context, request: DeployRequest | WaitRequest, sinceMs: number): HealthWatch => {
  const shared: HealthContext = { context, request, sinceMs, looks: createHealthLooks(context, request) }
  const over = new AbortController()
  const cancel = AbortSignal.any([context.cancel, over.signal])
  let isInSight = true
  const looking = lookBeside({ ...shared, context: { ...context, rateLimiter: context.sideLimiter, cancel } }).catch(
    (error: unknown) => {
      if (cancel.aborted) return
      isInSight = !(error instanceof RequestError) || isRetryable(error.details)
      context.runner.debug(`The workloads are not looked at any more: ${error}`)
    },
  )
  return {
    stop: () => {
      over.abort(new Error('the wait is over'))
      return looking
    },
    noteFailing: async () => {
      if (isInSight) await lookOnce(shared)
    },
    conclude: async () => {
      shared.looks.end()
      if (request.waitFor === 'healthy') return waitUntilHealthy(shared)
      if (isInSight) await lookOnce(shared)
      return { outcome: 'succeeded' }
    },
  }
}

/** The first look that fails is the last. What the budget has no room for is left out. */
const lookBeside = async ({ context, request, looks, sinceMs }: HealthContext): Promise<void> => {
  const { clock, sideLimiter, store, cancel } = context
  const isOurs = request.operation === 'deploy' && !store.state.followed
  if (isOurs && !isPastDeadline(context)) await looks.noteRevisions(context)
  let told: HealthTold = new Map()
  for (let nextMs = sinceMs + firstLookMs; ; nextMs = Math.max(nextMs, clock.now()) + lookEveryMs) {
    await clock.sleep(Math.max(0, nextMs - clock.now()), cancel)
    if (isPastDeadline(context)) return
    if (sideLimiter.hasRoom()) told = tell(context, sinceMs, told, await looks.look(context))
  }
}

const tell = (context: Context, sinceMs: number, before: HealthTold, health: Health): HealthTold => {
  const { told, news } = listHealthNews(before, health)
  const status = context.store.state.deployment?.status ?? ''
  if (news.length > 0) {
    context.log({ kind: 'status', elapsedMs: context.clock.now() - sinceMs, status, health: news })
  }
  return told
}

/** The end is the truth, whatever comes of this, and also when a signal comes in between. */
const lookOnce = async (shared: HealthContext): Promise<void> => {
  const { context, request, looks } = shared
  if (isPastDeadline(context)) return
  try {
    if (request.operation === 'wait' && (await isOvertaken(shared))) return noteNotJudged(context, 'newer_deployment')
    if (isPastDeadline(context)) return
    const health = await orError(looks.look(context))
    if (health instanceof RequestError) context.runner.debug(`The workloads could not be checked: ${health.message}`)
    else await noteContainerLogs(shared)
  } catch (error) {
    if (!(error instanceof Cancelled || error instanceof TimeoutError)) throw error
  }
}
