import { RequestFailure } from '../core/network/request-error.ts'
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
import { DeadlinePassed, Stop } from '../core/run/outcome.ts'
import type { Limits } from '../ports.ts'
import { isPastDeadline, pause, type Step, sleep } from './context.ts'

type Call<Answer> = (limits: Limits) => Promise<Answer>

/** What is left for one request: its own limit, cut shortly after the deadline. */
export const determineTimeoutMs = (step: Step, limitMs: number): number =>
  Math.max(1, Math.min(limitMs, step.deadlineMs + deadlineGraceMs - step.clock.now()))

/** One request, aborted by cancellation. */
const ask = <Answer>(step: Step, call: Call<Answer>, limitMs: number = requestLimitsMs.read): Promise<Answer> => {
  step.cancel.throwIfAborted()
  return call({ timeoutMs: determineTimeoutMs(step, limitMs), signal: step.cancel })
}

/** One request whose failure is judged by the caller. */
export const attempt = <Answer>(step: Step, call: Call<Answer>): Promise<Answer | RequestFailure> =>
  ask(step, call).catch((error: unknown) => {
    if (error instanceof RequestFailure) return error
    throw error
  })

/**
 * A request that may be repeated, until it is answered.
 *
 * @returns the answer, or the failure that no repetition mends
 * @throws DeadlinePassed, Cancelled, or a `Stop` when the API never gave a valid answer
 */
export const readOrFailure = async <Answer>(
  step: Step,
  call: Call<Answer>,
  limitMs: number = requestLimitsMs.read,
): Promise<Answer | RequestFailure> => {
  let failure: RequestFailure | undefined
  const pauseBeforeTry = createRetryPause(step)
  for (let failures = 1; ; failures++) {
    // Asked first: between two looks at the clock the deadline may come.
    const isOver = isPastDeadline(step)
    stopWhenNeverAnswered(step, failure)
    if (isOver) throw new DeadlinePassed({ cause: failure })
    try {
      const answer = await ask(step, call, limitMs)
      noteAnswered(step)
      return answer
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error
      if (determineReadVerdict(error.details) === 'stop') return error
      failure = error
    }
    const delayMs = determineRetryDelayMs(failures, step.random(), failure.details.retryAfterMs)
    step.runner.debug(`${failure.message}; again in ${Math.round(delayMs)} ms`)
    await pauseBeforeTry(Math.min(delayMs, Math.max(0, patienceEndMs(step) - step.clock.now())), failure)
  }
}

/** The API is known to be there. */
export const noteAnswered = (step: Step): void => {
  if (!step.journal.facts.apiAnswered) step.journal.note({ apiAnswered: true })
}

/** As `readOrFailure`, for those who have no use for a failure: it ends the run with a sentence. */
export const readOrStop = async <Answer>(step: Step, call: Call<Answer>, limitMs?: number): Promise<Answer> => {
  const answer = await readOrFailure(step, call, limitMs)
  if (answer instanceof RequestFailure) throw toStop(answer)
  return answer
}

/** A failure that ends the run, with a sentence for people. */
export const toStop = (failure: RequestFailure): Stop =>
  new Stop('error', formatFailure(failure.details), { cause: failure })

/** Whether the thing that was asked for isn't there. */
export const isNotFound = (answer: unknown): boolean =>
  answer instanceof RequestFailure && answer.details.status === 404

/**
 * A request that is worth some patience but no failed run: repeated for `patienceMs`, not past the deadline, sent once even there.
 *
 * @returns the answer, or the last failure
 */
export const tryFor = async <Answer>(
  step: Step,
  patienceMs: number,
  call: Call<Answer>,
  limitMs?: number,
): Promise<Answer | RequestFailure> => {
  const endMs = Math.min(step.clock.now() + patienceMs, step.deadlineMs)
  for (let failures = 1; ; failures++) {
    try {
      return await ask(step, call, limitMs)
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error
      const delayMs = determineRetryDelayMs(failures, step.random(), error.details.retryAfterMs)
      if (determineReadVerdict(error.details) === 'stop' || step.clock.now() + delayMs >= endMs) return error
      await pause(step, delayMs)
    }
  }
}

/** A mistyped address must not wait for half an hour: doubted after two minutes, or at the deadline if that is sooner. */
const stopWhenNeverAnswered = (step: Step, failure: RequestFailure | undefined): void => {
  if (failure && step.clock.now() >= patienceEndMs(step)) {
    throw new Stop('error', formatUnreachable(failure.details), { cause: failure })
  }
}

const patienceEndMs = (step: Step): number =>
  step.journal.facts.apiAnswered
    ? Number.POSITIVE_INFINITY
    : Math.min(step.startedMs + firstAnswerPatienceMs, step.deadlineMs)

/** Sleeps before another try, but not past the deadline. About every half minute the log tells what is in the way. */
type RetryPause = (ms: number, failure: RequestFailure) => Promise<void>

/** For the tries of one request. */
export const createRetryPause = (step: Step): RetryPause => {
  let last: RequestFailure | undefined
  const heartbeat = createHeartbeat(step, () => {
    if (last) step.runner.info(formatStillAsking(step.clock.now() - step.startedMs, formatFailure(last.details)))
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

export const createHeartbeat = (step: Step, tell: () => void): Heartbeat => {
  const { clock } = step
  let nextMs = clock.now() + heartbeatMs
  const reset = (): void => {
    nextMs = clock.now() + heartbeatMs
  }
  return {
    reset,
    pause: async (ms) => {
      const wishedMs = Math.max(ms, step.pace.takeGapMs())
      for (let endMs = Math.min(clock.now() + wishedMs, step.deadlineMs); clock.now() < endMs; ) {
        await sleep(step, Math.min(endMs, nextMs) - clock.now())
        if (clock.now() < nextMs || clock.now() >= endMs) continue
        tell()
        reset()
      }
    },
  }
}
