/** Longest time of one request. A list can be thousands of entries, and a start is better waited for than reconciled. */
export const requestLimitsMs = { read: 15_000, list: 60_000, start: 30_000 } as const

/** A server's wish to wait (`Retry-After`) is kept up to this: a hostile one can't hang the step. */
export const longestRetryAfterMs = 60_000

/** A request in flight when the deadline comes may go on for this long. */
export const deadlineGraceMs = 10_000

/** How long an API that never gave a valid answer is tried before its address is doubted. */
export const firstAnswerPatienceMs = 120_000

/** A deployment that was just started may not be found at once. */
export const notFoundPatienceMs = 60_000

/** After a signal, a start in flight is waited for: the runner kills after 7.5 s and 2.5 s more (actions/runner, ProcessInvoker.cs). */
export const startGraceMs = 4_000

/** Sends of one start that may have reached the API. */
export const mostSends = 3

/**
 * The pauses before each reading of the list after a lost answer. A request that isn't in the list after 10 s will not take
 * effect: the assumption that a further send rests on.
 */
export const lookGapsMs: readonly number[] = [1_500, 3_500, 5_500]

/** After this, by the same assumption, a request whose answer was lost takes no effect any more. */
export const lateEffectMs = lookGapsMs.reduce((sum, gapMs) => sum + gapMs, 0)

/** How long the list that names the deployment in the way is tried for. */
export const conflictPatienceMs = 30_000

/** How long the errors of a failed deployment, which is the truth already, are tried for. */
export const errorsPatienceMs = 60_000

/** How long putting the earlier base back is tried for. */
export const putBackPatienceMs = 30_000

/** All post steps of a job share the five minutes that GitHub gives a cancelled one. */
export const postStepMs = 60_000

/** Silence in the log, at most. */
export const heartbeatMs = 30_000
