import { DeadlinePassed } from '../core/run/outcome.ts'
import type { Origin } from '../core/run/workflow-context.ts'
import type { Redact } from '../core/text/redact.ts'
import type { Clock, Humanitec, Runner } from '../ports.ts'
import type { Pace } from './rate-limiter.ts'
import type { Journal } from './run-state.ts'

/** What every flow of one step is given: the world, the deadline, the one signal, and where to write down what is known. */
export type Step = {
  readonly humanitec: Humanitec
  readonly clock: Clock
  readonly runner: Runner
  readonly journal: Journal
  readonly origin: Origin
  /** Applied to what people write and others get to see. */
  readonly redact: Redact
  readonly pace: Pace
  /** 0 to 1, for jitter. */
  readonly random: () => number
  /** On the clock: the action's start and its deadline. */
  readonly startedMs: number
  readonly deadlineMs: number
  /** Aborts with a `Cancelled` when the runner signals. */
  readonly cancel: AbortSignal
}

export const isPastDeadline = (step: Step): boolean => step.clock.now() >= step.deadlineMs

/** Sleeps for `ms`, but not past the deadline. */
export const sleep = (step: Step, ms: number): Promise<void> =>
  step.clock.sleep(Math.max(0, Math.min(ms, step.deadlineMs - step.clock.now())), step.cancel)

/** Sleeps for `ms`, or as long as the pace asks for, but not past the deadline. */
export const pause = (step: Step, ms: number): Promise<void> => sleep(step, Math.max(ms, step.pace.takeGapMs()))

/** Sleeps before another try; there is none past the deadline. */
export const pauseBeforeRetry = async (step: Step, ms: number, cause: unknown): Promise<void> => {
  await pause(step, ms)
  if (isPastDeadline(step)) throw new DeadlinePassed({ cause })
}
