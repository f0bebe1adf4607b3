import { isFinal, listPastDeployments } from '../core/deployments.ts'
import type { PollInterval } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import {
  determineReadVerdict,
  heartbeatMs,
  longestRetryAfterMs,
  notFoundPatienceMs,
  requestLimitsMs,
} from '../core/network/retry-policy.ts'
import { determineExpectedEnd, type PastDeployment, schedulePolls } from '../core/polling.ts'
import { formatStatusLine } from '../core/report/log.ts'
import { formatFailure } from '../core/report/request-problems.ts'
import { TimeoutError } from '../core/run/outcome.ts'
import type { Deployment } from '../ports.ts'
import { type Context, isPastDeadline } from './context.ts'
import { attempt, createHeartbeat, isNotFound } from './request.ts'

/** Milliseconds since the deployment's start → until the next poll. */
type Schedule = (elapsedMs: number) => number

/** A deployment to follow to its end. */
type Watch = {
  readonly env: string
  readonly deployment: Deployment
  readonly pollInterval: PollInterval
  /** Others are waited for side by side: the lines name the environment. */
  readonly isOneOfMany?: boolean
  /** When it began, on our clock. */
  readonly sinceMs: number
  /** Called with every valid answer about it. */
  readonly onAnswer: (deployment: Deployment) => void
  /** Called once with the environment's deployments, when they could be read. */
  readonly onHistory: (newestFirst: readonly Deployment[]) => void
}

/**
 * Polls one deployment by its id until it has ended, and tells the log how it goes. A failed poll is a poll: the next one
 * comes when it would have come anyway.
 *
 * @returns the deployment, or the failure that no repetition mends
 * @throws TimeoutError after one last look, or Cancelled
 */
export const waitForEnd = async (context: Context, watch: Watch): Promise<Deployment | RequestError> => {
  if (isFinal(watch.deployment)) return watch.deployment
  const { env, deployment } = watch
  const log = createWaitLog(context, watch.sinceMs, watch.isOneOfMany ? watch.env : undefined)
  log.tellStatus(watch.deployment.status)
  const schedule = await readHistoryDuringFirstWait(context, watch, log)
  for (;;) {
    const answer = await attempt(context, (limits) => context.humanitec.getDeployment(env, deployment.id, limits))
    if (answer instanceof RequestError) {
      if (!mayPass(context, watch, answer)) return answer
      log.tellTrouble(answer)
    } else {
      watch.onAnswer(answer)
      log.tellStatus(answer.status)
      if (isFinal(answer)) return answer
    }
    if (isPastDeadline(context)) throw new TimeoutError(answer instanceof RequestError ? { cause: answer } : {})
    await log.pause(determineDelayMs(context, watch, schedule, answer))
  }
}

/** Also a 404 shortly after the start. */
const mayPass = (context: Context, { sinceMs }: Watch, failure: RequestError): boolean => {
  const mayStillAppear = isNotFound(failure) && context.clock.now() < sinceMs + notFoundPatienceMs
  return mayStillAppear || determineReadVerdict(failure.details) === 'again'
}

const determineDelayMs = (
  context: Context,
  watch: Watch,
  schedule: Schedule,
  answer?: Deployment | RequestError,
): number => {
  const { pollInterval, sinceMs } = watch
  const ownMs = pollInterval === 'auto' ? schedule(context.clock.now() - sinceMs) : pollInterval.fixedMs
  const wishMs = answer instanceof RequestError ? (answer.details.retryAfterMs ?? 0) : 0
  return Math.max(ownMs, Math.min(wishMs, longestRetryAfterMs))
}

/** The list can be large: it never delays the start nor a poll, and what hasn't come by the first poll is done without. */
const readHistoryDuringFirstWait = async (context: Context, watch: Watch, log: WaitLog): Promise<Schedule> => {
  if (isPastDeadline(context)) return schedulePolls([])
  const over = new AbortController()
  const limits = { timeoutMs: requestLimitsMs.list, signal: AbortSignal.any([context.cancel, over.signal]) }
  let schedule = schedulePolls([])
  const reading = context.humanitec.listDeployments(watch.env, limits).then(
    (newestFirst) => {
      watch.onHistory(newestFirst)
      const past = listPastDeployments(newestFirst, watch.deployment.id)
      schedule = schedulePolls(past)
      log.learn(past)
    },
    (error) => context.runner.debug(`The history was not read: ${error.message}`),
  )
  await log.pause(determineDelayMs(context, watch, schedule))
  over.abort(new Error('the first wait is over'))
  await reading
  return schedule
}

/** The lines of one wait: one per change, and a sign of life where nothing changes. */
type WaitLog = {
  tellStatus(status: string): void
  tellTrouble(failure: RequestError): void
  /** From now on the expected end is known. */
  learn(history: readonly PastDeployment[]): void
  /** Sleeps, not past the deadline, telling about every half minute that the wait goes on. */
  pause(ms: number): Promise<void>
}

const createWaitLog = (context: Context, sinceMs: number, env?: string): WaitLog => {
  const { clock, runner } = context
  let history: readonly PastDeployment[] = []
  let told = ''
  let troubleToldMs = Number.NEGATIVE_INFINITY
  let isTroubleTold = false
  const tell = (status: string, note?: string): void => {
    const elapsedMs = clock.now() - sinceMs
    const expected = determineExpectedEnd(elapsedMs, history)
    runner.info(
      formatStatusLine({
        elapsedMs,
        status,
        ...(env !== undefined && { env }),
        ...(note !== undefined && { note }),
        ...(expected && { expected }),
      }),
    )
    heartbeat.reset()
  }
  const heartbeat = createHeartbeat(context, () => tell(told))
  return {
    learn: (known) => {
      history = known
    },
    tellStatus: (status) => {
      if (status !== told || isTroubleTold) tell(status)
      told = status
      isTroubleTold = false
    },
    tellTrouble: (failure) => {
      // Polls that fail every now and then must not fill the log.
      if (isTroubleTold || clock.now() < troubleToldMs + heartbeatMs) return
      tell(told, `${formatFailure(failure.details).what} Asking again.`)
      troubleToldMs = clock.now()
      isTroubleTold = true
    },
    pause: heartbeat.pause,
  }
}
