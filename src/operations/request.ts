import { RequestError } from '../core/network/request-error.ts'
import {
  deadlineGraceMs,
  determineReadVerdict,
  determineRetryDelayMs,
  firstAnswerPatienceMs,
  heartbeatMs,
  requestLimitsMs,
} from '../core/network/retry-policy.ts'
import { formatStillAsking } from '../core/report/log.ts'
import { formatFailure, formatUnreachable } from '../core/report/request-problems.ts'
import { Failed, TimeoutError } from '../core/run/outcome.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline, pause, sleep } from './context.ts'

type Call<Answer> = (limits: Limits) => Promise<Answer>

/** What is left for one request: its own limit, cut shortly after the deadline. */
export const determineTimeoutMs = (context: Context, limitMs: number): number =>
  Math.max(1, Math.min(limitMs, context.deadlineMs + deadlineGraceMs - context.clock.now()))

/** One request, aborted by cancellation. */
const ask = <Answer>(context: Context, call: Call<Answer>, limitMs: number = requestLimitsMs.read): Promise<Answer> => {
  context.cancel.throwIfAborted()
  return call({ timeoutMs: determineTimeoutMs(context, limitMs), signal: context.cancel })
}

/** One request whose failure is judged by the caller. */
export const attempt = <Answer>(context: Context, call: Call<Answer>): Promise<Answer | RequestError> =>
  ask(context, call).catch((error: unknown) => {
    if (error instanceof RequestError) return error
    throw error
  })

/**
 * A request that may be repeated, until it is answered.
 *
 * @returns the answer, or the failure that no repetition mends
 * @throws TimeoutError, Cancelled, or a `Failed` when the API never gave a valid answer
 */
export const readOrFailure = async <Answer>(
  context: Context,
  call: Call<Answer>,
  limitMs: number = requestLimitsMs.read,
): Promise<Answer | RequestError> => {
  let failure: RequestError | undefined
  const pauseBeforeTry = createRetryPause(context)
  for (let failures = 1; ; failures++) {
    // Asked first: between two looks at the clock the deadline may come.
    const isOver = isPastDeadline(context)
    stopWhenNeverAnswered(context, failure)
    if (isOver) throw new TimeoutError({ cause: failure })
    try {
      const answer = await ask(context, call, limitMs)
      noteAnswered(context)
      return answer
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (determineReadVerdict(error.details) === 'stop') return error
      failure = error
    }
    const delayMs = determineRetryDelayMs(failures, context.random(), failure.details.retryAfterMs)
    context.runner.debug(`${failure.message}; again in ${Math.round(delayMs)} ms`)
    await pauseBeforeTry(Math.min(delayMs, Math.max(0, patienceEndMs(context) - context.clock.now())), failure)
  }
}

/** The API is known to be there. */
export const noteAnswered = (context: Context): void => {
  if (!context.store.state.apiAnswered) context.store.note({ apiAnswered: true })
}

/** As `readOrFailure`, for those who have no use for a failure: it ends the run with a sentence. */
export const readOrStop = async <Answer>(context: Context, call: Call<Answer>, limitMs?: number): Promise<Answer> => {
  const answer = await readOrFailure(context, call, limitMs)
  if (answer instanceof RequestError) throw toFailed(answer)
  return answer
}

/** A failure that ends the run, with a sentence for people. */
export const toFailed = (failure: RequestError): Failed =>
  new Failed('error', formatFailure(failure.details), { cause: failure })

/** Whether the thing that was asked for isn't there. */
export const isNotFound = (answer: unknown): boolean => answer instanceof RequestError && answer.details.status === 404

/**
 * A request that is worth some patience but no failed run: repeated for `patienceMs`, not past the deadline, sent once even there.
 *
 * @returns the answer, or the last failure
 */
export const tryFor = async <Answer>(
  context: Context,
  patienceMs: number,
  call: Call<Answer>,
  limitMs?: number,
): Promise<Answer | RequestError> => {
  const endMs = Math.min(context.clock.now() + patienceMs, context.deadlineMs)
  for (let failures = 1; ; failures++) {
    try {
      return await ask(context, call, limitMs)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const delayMs = determineRetryDelayMs(failures, context.random(), error.details.retryAfterMs)
      if (determineReadVerdict(error.details) === 'stop' || context.clock.now() + delayMs >= endMs) return error
      await pause(context, delayMs)
    }
  }
}

/** A mistyped address must not wait for half an hour: doubted after two minutes, or at the deadline if that is sooner. */
const stopWhenNeverAnswered = (context: Context, failure: RequestError | undefined): void => {
  if (failure && context.clock.now() >= patienceEndMs(context)) {
    throw new Failed('error', formatUnreachable(failure.details), { cause: failure })
  }
}

const patienceEndMs = (context: Context): number =>
  context.store.state.apiAnswered
    ? Number.POSITIVE_INFINITY
    : Math.min(context.startedMs + firstAnswerPatienceMs, context.deadlineMs)

/** Sleeps before another try, but not past the deadline. About every half minute the log tells what is in the way. */
type RetryPause = (ms: number, failure: RequestError) => Promise<void>

/** For the tries of one request. */
export const createRetryPause = (context: Context): RetryPause => {
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, () => {
    if (last)
      context.runner.info(formatStillAsking(context.clock.now() - context.startedMs, formatFailure(last.details)))
  })
  return (ms, failure) => {
    last = failure
    return heartbeat.pause(ms)
  }
}

/** Sleeps with a sign of life wherever nothing was told for half a minute. */
type Heartbeat = {
  /** Something was told just now. */
  reset(): void
  /** Sleeps for `ms`, or as long as the pace asks for, but not past the deadline. */
  pause(ms: number): Promise<void>
}

export const createHeartbeat = (context: Context, tell: () => void): Heartbeat => {
  const { clock } = context
  let nextMs = clock.now() + heartbeatMs
  const reset = (): void => {
    nextMs = clock.now() + heartbeatMs
  }
  return {
    reset,
    pause: async (ms) => {
      const wishedMs = Math.max(ms, context.pace.takeGapMs())
      for (let endMs = Math.min(clock.now() + wishedMs, context.deadlineMs); clock.now() < endMs; ) {
        await sleep(context, Math.min(endMs, nextMs) - clock.now())
        if (clock.now() < nextMs || clock.now() >= endMs) continue
        tell()
        reset()
      }
    },
  }
}
