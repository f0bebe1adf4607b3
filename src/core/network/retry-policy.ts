import type { FailureDetails } from './request-error.ts'

/** Longest time of one request. A list can be thousands of entries, and a start is better waited for than reconciled. */
export const requestLimitsMs = { read: 15_000, list: 60_000, start: 30_000 } as const

/** A server's wish to wait (`Retry-After`) is kept up to this: a hostile one can't hang the step. */
export const maxRetryAfterMs = 60_000

/** A request in flight when the deadline comes may go on for this long. */
export const deadlineGraceMs = 10_000

/** How long an API that never gave a valid answer is tried before its address is doubted. */
export const firstAnswerPatienceMs = 120_000

/** A deployment that was just started may not be found at once. */
export const notFoundPatienceMs = 60_000

/** A view that lags (`active` after `deleting`) is believed after so many looks, and so long. */
export const believedAfterChecks = 3

export const believedAfterMs = 10_000

/** After a signal, a start in flight is waited for: the runner kills after 7.5 s and 2.5 s more (actions/runner, ProcessInvoker.cs). */
export const startGraceMs = 4_000

/** Sends of one start that may have reached the API. */
export const maxSends = 3

/**
 * The pauses before each reading of the list after a lost answer. A request that isn't in the list after 10 s will not take
 * effect: the assumption that a further send rests on.
 */
export const lookGapsMs: readonly number[] = [1_500, 3_500, 5_500]

/** After this, by the same assumption, a request whose answer was lost takes no effect any more. */
export const lateEffectMs = lookGapsMs.reduce((sum, gapMs) => sum + gapMs, 0)

/**
 * The pauses after those where deployments come from pipelines: a request that is neither in the list nor among the runs after
 * a minute will not take effect.
 */
export const pipelineLookGapsMs: readonly number[] = [7_500, 10_000, 10_000, 12_000, 12_000]

/** For so long after an environment was made, a start's 404 says that it isn't there yet. */
export const newEnvironmentMs = 60_000

/** How long the list that names the deployment in the way is tried for. */
export const conflictPatienceMs = 30_000

/** How long the errors of a failed deployment, which is the truth already, are tried for. */
export const errorsPatienceMs = 60_000

/** One look at the workloads, or at a container's log: what is told of them can be done without. */
export const healthLimitMs = 10_000

/** How long what a deployment has changed is tried to be read for. */
export const changesPatienceMs = 10_000

/** Archiving a Delta is a courtesy: it gets one request, and so long. */
export const archivePatienceMs = 5_000

/** How long one and the same request is tried against a refusal that isn't Humanitec's. */
export const intermediaryPatienceMs = 120_000

/** A refusal that comes while a deployment is being followed is believed when it comes again, so much later. */
export const secondLookMs = 10_000

/** How long putting the earlier base back is tried for. */
export const restorePatienceMs = 30_000

/** All post steps of a job share the five minutes that GitHub gives a cancelled one. */
export const postStepMs = 60_000

/** Silence in the log, at most. */
export const heartbeatMs = 30_000

/** Whether a failure of a request that may be repeated (reads, PUT, DELETE) passes by itself; else a person must act. */
export const isRetryable = ({ kind, status = 0, intermediary }: FailureDetails): boolean =>
  kind === 'answered' ? isTransientStatus(status) || intermediary !== undefined : kind !== 'untrusted'

/** Humanitec's own word on the token, or on what is asked for: a spurious one is known to Humanitec's own developers. */
export const isOwnRefusal = ({ kind, status = 0, intermediary }: FailureDetails): boolean =>
  kind === 'answered' && intermediary === undefined && (status === 401 || status === 403 || status === 404)

/**
 * What a failure means for the start, which the API can't tell from a second one:
 * - `again`: it was never sent
 * - `throttled`: refused for now, and not carried out
 * - `conflict`: another deployment is active
 * - `lost`: it may have been carried out
 * - `foreign`: refused by somebody in between, and hardly carried out
 * - `accepted`: it was carried out, but the answer doesn't say as what
 * - `redirected`: the address is wrong; who answered may have passed it on
 * - `refused`: not carried out, and it won't be
 */
export type StartVerdict =
  | 'again'
  | 'throttled'
  | 'conflict'
  | 'lost'
  | 'intermediary'
  | 'accepted'
  | 'redirected'
  | 'refused'

export const determineStartVerdict = ({ kind, status, intermediary }: FailureDetails): StartVerdict => {
  if (kind === 'not_sent') return 'again'
  if (kind === 'untrusted') return 'refused'
  if (status === undefined) return 'lost'
  if (intermediary) return 'intermediary'
  if (status === 429) return 'throttled'
  if (status === 409) return 'conflict'
  if (isTransientStatus(status)) return 'lost'
  if (status >= 200 && status < 300) return 'accepted'
  return status >= 300 && status < 400 ? 'redirected' : 'refused'
}

/** Whether a request that failed may have been carried out, or may still be. */
export const mayTakeEffect = ({ kind, status = 0, intermediary }: FailureDetails): boolean =>
  kind === 'lost' ||
  kind === 'unreadable' ||
  intermediary !== undefined ||
  (kind === 'answered' && (status < 400 || status === 408 || status >= 500))

const isTransientStatus = (status: number): boolean => status === 408 || status === 429 || status >= 500

const firstDelayMs = 1000

const maxDelayMs = maxRetryAfterMs

const minDelayMs = 200

/**
 * Full jitter (the delay is drawn between nothing and a limit that doubles): after an outage, fifty waiting jobs don't come
 * back in the same second. The server's own wish is kept, up to a minute.
 *
 * @param failures how many came in a row, 1 for the first
 * @param random 0 to 1
 */
export const determineRetryDelayMs = (failures: number, random: number, retryAfterMs = 0): number =>
  Math.max(determineLeastDelayMs(retryAfterMs), random * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1)))

/** The server's own wish alone: no burst of requests without one, and a minute at most. */
export const determineLeastDelayMs = (retryAfterMs = 0): number =>
  Math.max(minDelayMs, Math.min(retryAfterMs, maxDelayMs))

/** Milliseconds of a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3); `undefined` for anything else. */
export const parseRetryAfterMs = (header: string | null, nowMs: number): number | undefined => {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const dateMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

/** What GitHub says when the job's `permissions` lack something; it has other 403s, for which they are not to blame. */
export const missingPermission = 'Resource not accessible by integration'

/** In whatever way it is answered. */
export const mentionsRateLimit = (detail: string): boolean => /rate limit|abuse detection/i.test(detail)

/**
 * What a failure means for a request to GitHub: 403 is said of too many requests, too, and then it passes (GitHub's documentation,
 * "Rate limits for the REST API"). What GraphQL refuses with 200 is for good.
 */
export const determineGitHubVerdict = (failure: FailureDetails): 'again' | 'stop' => {
  const { kind, status = 0 } = failure
  if (kind !== 'answered') return kind === 'untrusted' ? 'stop' : 'again'
  return status === 408 || status >= 500 || isRateLimit(failure) ? 'again' : 'stop'
}

/** Whether GitHub wants to hear less of this token, for `retryAfterMs`. */
export const isRateLimit = ({ status, retryAfterMs, detail }: FailureDetails): boolean =>
  status === 429 ||
  (status === 403 && !detail.includes(missingPermission) && (retryAfterMs !== undefined || mentionsRateLimit(detail)))

/** A refusal, as far as it tells of a limit. Headers by their names in lower case. */
export type LimitSigns = {
  readonly status: number
  readonly detail: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly nowMs: number
}

/** Of a secondary limit that doesn't say how long it lasts (GitHub's documentation, "Rate limits for the REST API"). */
const unsaidLimitMs = 60_000

/**
 * For how long GitHub wishes not to be asked: as `Retry-After` says, or until a used up limit is renewed, or a minute; for any
 * other refusal `undefined`. The count of requests that are left stands beside every answer, and means nothing while it isn't 0.
 */
export const determineGitHubRetryAfterMs = ({ status, detail, headers, nowMs }: LimitSigns): number | undefined => {
  const backoffMs = parseRetryAfterMs(headers['retry-after'] ?? null, nowMs)
  if (backoffMs !== undefined) return backoffMs
  const resetSeconds = Number(headers['x-ratelimit-reset'])
  const isUsedUp = headers['x-ratelimit-remaining'] === '0' && resetSeconds > 0
  if (isUsedUp && status < 500 && !detail.includes(missingPermission)) return Math.max(0, resetSeconds * 1000 - nowMs)
  return status === 429 || mentionsRateLimit(detail) ? unsaidLimitMs : undefined
}
