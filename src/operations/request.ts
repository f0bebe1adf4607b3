import { RequestError } from '../core/network/request-error.ts'
import {
  deadlineGraceMs,
  determineLeastDelayMs,
  determineRetryDelayMs,
  firstAnswerPatienceMs,
  heartbeatMs,
  intermediaryPatienceMs,
  isOwnRefusal,
  isRetryable,
  maxRetryAfterMs,
  requestLimitsMs,
  secondCheckMs,
} from '../core/network/retry-policy.ts'
import type { LogEvent } from '../core/run/log-event.ts'
import { CancelledError, DeadlineError, StepEndError } from '../core/run/result.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline, sleep } from './context.ts'
import { getBackoffMs, notePace, takePaceDelayMs } from './rate-limiter.ts'

/** Asks Humanitec's API once. */
export type Send<Answer> = (limits: Limits) => Promise<Answer>

export type RequestPolicy = {
  /** Limit of one try, 15 s by default; each is cut shortly after the deadline. */
  readonly timeoutMs?: number
  /**
   * How long temporary failures are retried: until the deadline (the default), for this many milliseconds but not past the
   * deadline, or not at all. With the latter two the request is sent once even past the deadline.
   */
  readonly patience?: 'deadline' | 'once' | number
  /** Whether a failure may be followed by another try; by default, a temporary one. */
  readonly mayRetry?: (error: RequestError) => boolean
  /** Aborts the request, instead of the step's cancellation. */
  readonly signal?: AbortSignal
}

/**
 * Sends a request to Humanitec, and retries temporary failures with growing pauses; refusals by an intermediary for two minutes.
 * After half a minute without a line, the log says what keeps the request from being answered.
 *
 * @throws RequestError, one that isn't temporary or the last one that patience allowed; DeadlineError with the last failure as
 *   its cause; CancelledError; StepEndError when the API has never given a valid answer
 */
export const sendRequest = async <Answer>(
  context: Context,
  call: Send<Answer>,
  {
    timeoutMs = requestLimitsMs.read,
    patience = 'deadline',
    mayRetry = isTransient,
    signal = context.cancel,
  }: RequestPolicy = {},
): Promise<Answer> => {
  const endMs = determinePatienceEndMs(context, patience)
  const intermediary = createIntermediaryPatience(context)
  const sinceMs = context.clock.now()
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, () => last && createRetryEvent(context, last))
  const count = (error: RequestError, tries: number) => countAttempts(error, tries, context.clock.now() - sinceMs)
  for (let failures = 1; ; failures++) {
    if (patience === 'deadline') throwIfOver(context, last && count(last, failures - 1))
    signal.throwIfAborted()
    try {
      return await send(context, call, { timeoutMs, signal })
    } catch (error) {
      if (!(error instanceof RequestError) || !mayRetry(error)) throw error
      last = error
    }
    const delayMs = determineTryDelayMs(context, failures, last)
    if (patience !== 'deadline' && context.clock.now() + delayMs >= endMs) throw count(last, failures)
    const intermediaryLeftMs = intermediary.determineEndMs(last) - context.clock.now()
    if (intermediaryLeftMs <= 0) throw count(last, failures)
    context.runner.debug(`${last.message}; again in ${Math.round(delayMs)} ms`)
    const firstAnswerLeftMs = Math.max(0, firstAnswerEndMs(context) - context.clock.now())
    await heartbeat.pause(Math.min(delayMs, intermediaryLeftMs, firstAnswerLeftMs))
  }
}

/**
 * How long until a failed request is tried again, in milliseconds. A rate limit concerns the token: it slows down the whole step.
 *
 * @param failures in a row, 1 for the first
 */
const determineTryDelayMs = (context: Context, failures: number, { details }: RequestError): number =>
  details.status === 429
    ? determineLeastDelayMs(details.retryAfterMs) + takePaceDelayMs(context)
    : determineRetryDelayMs(failures, context.random(), details.retryAfterMs)

/** Until when the same request is retried while an intermediary refuses it. */
const createIntermediaryPatience = ({ clock }: Context) => {
  let endMs: number | undefined
  return {
    determineEndMs: ({ details }: RequestError): number => {
      if (!details.intermediary) return Number.POSITIVE_INFINITY
      endMs ??= clock.now() + intermediaryPatienceMs
      return endMs
    },
    reset: () => {
      endMs = undefined
    },
  }
}

/** Adds how long and how often something was tried, for the message. */
const countAttempts = (error: RequestError, count: number, overMs: number): RequestError =>
  count === 1 ? error : new RequestError({ ...error.details, attempts: { count, overMs } }, { cause: error })

const isTransient = ({ details }: RequestError): boolean => isRetryable(details)

/** For a poll whose checks are tries of one request: after half a minute without a line, what keeps it from being answered. */
export const createRetryLog = (context: Context): PollLog => {
  let last: RequestError | undefined
  const { pause } = createHeartbeat(context, () => last && createRetryEvent(context, last))
  return {
    pause,
    reportError: (error) => {
      context.runner.debug(`${error.message}; it is tried again`)
      last = error
    },
  }
}

/** For a heartbeat between two tries of a request. */
export const createRetryEvent = ({ clock, startedMs }: Context, { details }: RequestError): LogEvent => ({
  kind: 'retrying',
  error: details,
  elapsedMs: clock.now() - startedMs,
})

const determinePatienceEndMs = ({ clock, deadlineMs }: Context, patience: RequestPolicy['patience']): number =>
  typeof patience === 'number' ? Math.min(clock.now() + patience, deadlineMs) : clock.now()

/** Every request to Humanitec goes through here: counted for the rate limiter, cut shortly after the deadline. */
const send = async <Answer>(
  context: Context,
  call: Send<Answer>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Answer> => {
  context.rateLimiter.count()
  const sentMs = context.clock.now()
  const leftMs = context.deadlineMs + deadlineGraceMs - sentMs
  try {
    const answer = await call({ timeoutMs: Math.max(1, Math.min(timeoutMs, leftMs)), signal })
    context.api.hasAnswered = true
    return answer
  } catch (error) {
    if (error instanceof RequestError) notePace(context, error, sentMs)
    throw error
  }
}

/** The deadline is read first: it may come between two reads of the clock. */
const throwIfOver = (context: Context, last: RequestError | undefined): void => {
  const isOver = isPastDeadline(context)
  const isNeverAnswered = last !== undefined && context.clock.now() >= firstAnswerEndMs(context)
  if (last?.details.intermediary && (isOver || isNeverAnswered)) throw last
  if (last && isNeverAnswered)
    throw new StepEndError('error', { kind: 'unreachable', error: last.details }, { cause: last })
  if (isOver) throw new DeadlineError({ cause: last })
}

/** A mistyped address must not take half an hour: given up after two minutes, or at the deadline if that is sooner. */
const firstAnswerEndMs = ({ api, startedMs, deadlineMs }: Context): number =>
  api.hasAnswered ? Number.POSITIVE_INFINITY : Math.min(startedMs + firstAnswerPatienceMs, deadlineMs)

/** The answer, or the error of a request that failed: for callers that decide what it means. */
export const catchRequestError = async <Answer>(answer: Promise<Answer>): Promise<Answer | RequestError> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RequestError) return error
    throw error
  }
}

/**
 * For what is read after a deployment's end: its result stands, so a signal only cuts the reading short.
 *
 * @returns the fallback where a signal came
 */
export const unlessCancelled = async <Answer, Fallback>(
  work: Promise<Answer>,
  fallback: Fallback,
): Promise<Answer | Fallback> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof CancelledError) return fallback
    throw error
  }
}

/** Whether Humanitec says that something doesn't exist. An intermediary's 404 doesn't say that. */
export const isNotFound = (answer: unknown): boolean =>
  answer instanceof RequestError && answer.details.status === 404 && !answer.details.intermediary

type PollOptions<Answer> = {
  /** One check, without retries: the next one comes in time. `undefined`: not yet. */
  readonly check: () => Promise<Answer | undefined>
  /** Milliseconds until the next check; a server's `Retry-After` may make it longer. */
  readonly delayMs: () => number
  /** Whether a failed check may be followed by another one; by default, after a temporary failure. */
  readonly mayRetry?: (error: RequestError) => boolean
  /**
   * A deployment is being followed: an intermediary's refusals are tolerated until the deadline, not for two minutes, and
   * Humanitec's own 401, 403 and 404 are believed when a second check, 10 s later or more, gets the same.
   */
  readonly isFollowing?: boolean
  /** Pauses between two checks, and logs failed ones. */
  readonly log: PollLog
}

/** Logs how a wait goes on: that of a deployment is in `src/operations/wait.ts`; others are made by `createHeartbeat`. */
export type PollLog = {
  pause(ms: number): Promise<void>
  /** A check has failed, and is followed by another one. */
  reportError?(error: RequestError): void
}

/**
 * Checks again and again until there is an answer; past the deadline once more.
 *
 * @throws DeadlineError with the last failure as its cause, CancelledError, or a RequestError that isn't temporary, or is still
 *   an intermediary's at the end
 */
export const poll = async <Answer>(
  context: Context,
  { check, delayMs, mayRetry = isTransient, isFollowing = false, log }: PollOptions<Answer>,
): Promise<Answer> => {
  const { clock } = context
  const intermediary = createIntermediaryPatience(context)
  const doubt = createRefusalDoubt(context)
  for (;;) {
    const seen = await catchRequestError(check())
    const error = seen instanceof RequestError ? seen : undefined
    const isDoubtful = error !== undefined && !mayRetry(error)
    if (isDoubtful && !(isFollowing && doubt.admits(error))) throw error
    if (error) log.reportError?.(error)
    else if (seen !== undefined) return seen as Answer
    if (isPastDeadline(context)) throw error?.details.intermediary ? error : new DeadlineError({ cause: error })
    const backoffMs = Math.min(error?.details.retryAfterMs ?? 0, maxRetryAfterMs)
    const pauseMs = Math.max(delayMs(), backoffMs + takePaceDelayMs(context), isDoubtful ? secondCheckMs : 0)
    if (error && !isFollowing && clock.now() + pauseMs >= intermediary.determineEndMs(error)) throw error
    if (!error) {
      intermediary.reset()
      doubt.reset()
    }
    await log.pause(pauseMs)
  }
}

/** Holds back a refusal by Humanitec until it comes again, 10 s later or more. */
const createRefusalDoubt = ({ clock }: Context) => {
  let first: { readonly status: number | undefined; readonly atMs: number } | undefined
  return {
    /** Whether it takes another check to believe it. */
    admits: ({ details }: RequestError): boolean => {
      if (!isOwnRefusal(details)) return false
      const { status } = details
      const before = first && first.status === status ? first : { status, atMs: clock.now() }
      first = before
      return clock.now() < before.atMs + secondCheckMs
    },
    reset: () => {
      first = undefined
    },
  }
}

/** Sleeps with a line in the log after every half minute without one. */
type Heartbeat = {
  /** Something was logged just now. */
  reset(): void
  /** Sleeps for `ms`, or as long as the rate limiter asks for, but not past the deadline. */
  pause(ms: number): Promise<void>
}

/** @param describe what goes on, by the time since the heartbeat was made; `undefined`: nothing to log */
export const createHeartbeat = (context: Context, describe: (elapsedMs: number) => LogEvent | undefined): Heartbeat => {
  const { clock } = context
  const sinceMs = clock.now()
  let nextMs = sinceMs + heartbeatMs
  const reset = (): void => {
    nextMs = clock.now() + heartbeatMs
  }
  return {
    reset,
    pause: async (ms) => {
      const backoffMs = Math.max(ms, context.rateLimiter.takeDelayMs())
      for (let endMs = Math.min(clock.now() + backoffMs, context.deadlineMs); clock.now() < endMs; ) {
        await sleep(context, Math.min(endMs, nextMs) - clock.now())
        if (clock.now() < nextMs || clock.now() >= endMs) continue
        const event = describe(clock.now() - sinceMs)
        if (event) context.log(event)
        reset()
      }
    },
  }
}

/**
 * Waits out Humanitec's `Retry-After`, but not past the deadline. Reads after a deployment's end begin with this, since a side
 * check may have been refused just now. A signal only ends it early: the next read throws.
 */
export const waitForBackoff = async (context: Context): Promise<void> => {
  const { backoff } = context.api
  const backoffMs = getBackoffMs(context)
  if (!backoff || backoffMs === 0) return
  const heartbeat = createHeartbeat(context, () => createRetryEvent(context, backoff.error))
  await unlessCancelled(heartbeat.pause(backoffMs), undefined)
}
