import type { FailureDetails } from './request-error.ts'

/** Longest time of one request. A list can have thousands of entries, and waiting for a start's answer is cheaper than searching for it. */
export const requestLimitsMs = { read: 15_000, list: 60_000, start: 30_000 } as const

/** A longer `Retry-After` is cut to this, so that it can't hang the step. */
export const maxRetryAfterMs = 60_000

/** A request in flight at the deadline may take this much longer. */
export const deadlineGraceMs = 10_000

/** How long to try an API that has never given a valid answer, before its address is taken to be wrong. */
export const firstAnswerPatienceMs = 120_000

/** A deployment that was just started may not be found at once. */
export const notFoundPatienceMs = 60_000

/** An answer that may lag behind (`active` after `deleting`) is believed after this many checks over at least this time. */
export const believedAfterChecks = 3
export const believedAfterMs = 10_000

/** How long to wait for a start in flight after a signal: the runner kills 7.5 s + 2.5 s after it (actions/runner, ProcessInvoker.cs). */
export const startGraceMs = 4_000

/** Of one start, if each of them may have reached the API. */
export const maxSends = 3

/**
 * After a start's answer was lost: the pauses before each reading of the list. Assumption: a request that isn't in the list after
 * 10 s will not take effect, so it may be sent again.
 */
export const searchGapsMs: readonly number[] = [1_500, 3_500, 5_500]

/** By the same assumption, a request whose answer was lost takes no effect after this. */
export const lateEffectMs = searchGapsMs.reduce((sum, gapMs) => sum + gapMs, 0)

/**
 * Further pauses where deployments come from pipelines. Assumption: a request that is neither in the list nor among the runs
 * after a minute will not take effect.
 */
export const pipelineSearchGapsMs: readonly number[] = [7_500, 10_000, 10_000, 12_000, 12_000]

/** Time after an environment's creation in which a start's 404 means that it isn't ready. */
export const newEnvironmentMs = 60_000

/** After a start's 409: how long to try to read the list, which shows the active deployment. */
export const conflictPatienceMs = 30_000

/** How long to try to read a failed deployment's errors. */
export const errorsPatienceMs = 60_000

/** For one check of the workloads, or one container's log. Both are optional. */
export const healthLimitMs = 10_000

/** How long to try to read what a deployment has changed. */
export const changesPatienceMs = 10_000

/** Best effort: one request, at most this long. */
export const archivePatienceMs = 5_000

/** How long to repeat a request that a proxy or gateway refuses. */
export const intermediaryPatienceMs = 120_000

/** A refusal while a deployment is followed is believed if it comes again after this time. */
export const secondCheckMs = 10_000

/** How long to try to restore the earlier base. */
export const restorePatienceMs = 30_000

/** All post steps of a job share the five minutes that GitHub gives a cancelled one. */
export const postStepMs = 60_000

/** Longest time without a line in the log. */
export const heartbeatMs = 30_000

/** Of idempotent requests (reads, PUT, DELETE): whether the failure may pass by itself. */
export const isRetryable = ({ kind, status = 0, intermediary }: FailureDetails): boolean =>
  kind === 'answered' ? isTransientStatus(status) || intermediary !== undefined : kind !== 'untrusted'

/** 401, 403 or 404 from Humanitec itself. Spurious ones occur, as its developers know. */
export const isOwnRefusal = ({ kind, status = 0, intermediary }: FailureDetails): boolean =>
  kind === 'answered' && intermediary === undefined && (status === 401 || status === 403 || status === 404)

/**
 * What a failure means for a start. The API can't tell a repeated start from a second one:
 * - `again`: it was never sent
 * - `throttled`: refused for now, and not carried out
 * - `conflict`: another deployment is active
 * - `lost`: it may have been carried out
 * - `intermediary`: refused by a proxy or gateway, and hardly carried out
 * - `accepted`: it was carried out, but the answer doesn't name the deployment
 * - `redirected`: the address is wrong; whoever answered may have passed it on
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

/** Whether a failed request may have been, or may still be, carried out. */
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
 * Full jitter (drawn between nothing and a limit that doubles), so that after an outage fifty waiting jobs don't come back in the
 * same second; at least `Retry-After`, up to a minute.
 *
 * @param failures in a row, 1 for the first
 * @param random 0 to 1
 */
export const determineRetryDelayMs = (failures: number, random: number, retryAfterMs = 0): number =>
  Math.max(determineLeastDelayMs(retryAfterMs), random * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1)))

/** `Retry-After` alone: at most a minute, and at least 200 ms, so that requests never come in a burst. */
export const determineLeastDelayMs = (retryAfterMs = 0): number =>
  Math.max(minDelayMs, Math.min(retryAfterMs, maxDelayMs))

/** Milliseconds of a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3); `undefined` for anything else. */
export const parseRetryAfterMs = (header: string | null, nowMs: number): number | undefined => {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const dateMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

/** GitHub's message where the job's `permissions` don't suffice; its other 403s have other causes. */
export const missingPermission = 'Resource not accessible by integration'

/** Whatever the status. */
export const mentionsRateLimit = (detail: string): boolean => /rate limit|abuse detection/i.test(detail)

/**
 * Whether to repeat a failed request to GitHub. A 403 may be a rate limit, which passes (GitHub's documentation, "Rate limits for
 * the REST API"). What GraphQL refuses with 200 is not repeated.
 */
export const determineGitHubVerdict = (failure: FailureDetails): 'again' | 'stop' => {
  const { kind, status = 0 } = failure
  if (kind !== 'answered') return kind === 'untrusted' ? 'stop' : 'again'
  return status === 408 || status >= 500 || isRateLimit(failure) ? 'again' : 'stop'
}

/** Whether the token has reached a rate limit, for `retryAfterMs`. */
export const isRateLimit = ({ status, retryAfterMs, detail }: FailureDetails): boolean =>
  status === 429 ||
  (status === 403 && !detail.includes(missingPermission) && (retryAfterMs !== undefined || mentionsRateLimit(detail)))

/** The parts of a refusal that may show a rate limit. Headers by their names in lower case. */
export type LimitSigns = {
  readonly status: number
  readonly detail: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly nowMs: number
}

/** For a secondary limit without a duration (GitHub's documentation, "Rate limits for the REST API"). */
const unsaidLimitMs = 60_000

/**
 * How long to wait after a rate limit: `Retry-After`, or until a used up limit is reset, or a minute; `undefined` for any other
 * refusal. Every answer has `x-ratelimit-remaining`: only 0 means a limit.
 */
export const determineGitHubRetryAfterMs = ({ status, detail, headers, nowMs }: LimitSigns): number | undefined => {
  const backoffMs = parseRetryAfterMs(headers['retry-after'] ?? null, nowMs)
  if (backoffMs !== undefined) return backoffMs
  const resetSeconds = Number(headers['x-ratelimit-reset'])
  const isUsedUp = headers['x-ratelimit-remaining'] === '0' && resetSeconds > 0
  if (isUsedUp && status < 500 && !detail.includes(missingPermission)) return Math.max(0, resetSeconds * 1000 - nowMs)
  return status === 429 || mentionsRateLimit(detail) ? unsaidLimitMs : undefined
}
