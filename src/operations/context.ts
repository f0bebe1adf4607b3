import { TimeoutError } from '../core/run/outcome.ts'
import type { WorkflowContext } from '../core/run/workflow-context.ts'
import type { Redact } from '../core/text/redact.ts'
import type { Clock, Humanitec, Runner } from '../ports.ts'
import type { Pace } from './rate-limiter.ts'
import type { RunStore } from './run-state.ts'

/** What every flow of one step is given: the world, the deadline, the one signal, and where to write down what is known. */
export type Context = {
  readonly humanitec: Humanitec
  readonly clock: Clock
  readonly runner: Runner
  readonly store: RunStore
  readonly workflow: WorkflowContext
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

export const isPastDeadline = (context: Context): boolean => context.clock.now() >= context.deadlineMs

/** Sleeps for `ms`, but not past the deadline. */
export const sleep = (context: Context, ms: number): Promise<void> =>
  context.clock.sleep(Math.max(0, Math.min(ms, context.deadlineMs - context.clock.now())), context.cancel)

/** Sleeps for `ms`, or as long as the pace asks for, but not past the deadline. */
export const pause = (context: Context, ms: number): Promise<void> =>
  sleep(context, Math.max(ms, context.pace.takeGapMs()))

/** Sleeps before another try; there is none past the deadline. */
export const pauseBeforeRetry = async (context: Context, ms: number, cause: unknown): Promise<void> => {
  await pause(context, ms)
  if (isPastDeadline(context)) throw new TimeoutError({ cause })
}
