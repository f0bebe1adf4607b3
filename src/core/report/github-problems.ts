import type { FailureDetails } from '../network/request-error.ts'
import { parseRetryAfterMs } from '../network/retry-policy.ts'
import type { Problem } from '../run/problem.ts'
import { fieldsOf, textOf } from '../text/json.ts'
import { formatDuration } from '../text/time.ts'
import { toSentence } from '../text/words.ts'
import { describeNetworkFailure } from './request-problems.ts'

/** What GitHub says when the job's `permissions` lack something; it has other 403s, for which they are not to blame. */
const missingPermission = 'Resource not accessible by integration'

/** In whatever way it is answered. */
const tellsOfLimit = (detail: string): boolean => /rate limit|abuse detection/i.test(detail)

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
  (status === 403 && !detail.includes(missingPermission) && (retryAfterMs !== undefined || tellsOfLimit(detail)))

/** A refusal, as far as it tells of a limit. Headers by their names in lower case. */
type LimitSigns = {
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
  const wishMs = parseRetryAfterMs(headers['retry-after'] ?? null, nowMs)
  if (wishMs !== undefined) return wishMs
  const resetSeconds = Number(headers['x-ratelimit-reset'])
  const isUsedUp = headers['x-ratelimit-remaining'] === '0' && resetSeconds > 0
  if (isUsedUp && status < 500 && !detail.includes(missingPermission)) return Math.max(0, resetSeconds * 1000 - nowMs)
  return status === 429 || tellsOfLimit(detail) ? unsaidLimitMs : undefined
}

/** The REST API's statuses for what GraphQL answers with 200. Any other type is a refusal for good. */
const statusesByType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  INTERNAL: 500,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
}

type Failure = Pick<FailureDetails, 'detail' | 'retryAfterMs'> & { readonly status: number }

/**
 * GraphQL answers 200 whatever it thinks of the query: its errors stand beside what could be answered, and of a secondary rate
 * limit there may be a message alone. One thing of many that isn't there is no failure: it is `null` in the data.
 *
 * @param nowMs milliseconds since the epoch
 */
export const findGraphqlFailure = (
  body: unknown,
  headers: LimitSigns['headers'],
  nowMs: number,
): Failure | undefined => {
  const { data, errors, message } = fieldsOf(body)
  const isAnswered = Object.values(fieldsOf(data)).some((value) => value !== null)
  const listed = Array.isArray(errors) ? errors.map(fieldsOf) : data === undefined && message ? [{ message }] : []
  const error = listed.find(({ type }) => type !== 'NOT_FOUND' || !isAnswered)
  if (!error) return undefined
  const detail = textOf(error['message'])
  const status = determineStatus(textOf(error['type']), detail)
  const retryAfterMs = status === 429 ? determineGitHubRetryAfterMs({ status, detail, headers, nowMs }) : undefined
  return { status, detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** A query that took too long there has no type, but these words. */
const determineStatus = (type: string, detail: string): number => {
  if (tellsOfLimit(detail)) return 429
  if (/^Something went wrong/.test(detail)) return 502
  return statusesByType[type] ?? 200
}

/** The input was emptied: without it, it is the workflow's own. */
export const formatNoGitHubToken = (): Problem => ({
  cause: 'there is no github_token',
  what: 'There is no github_token.',
  remedy: 'Leave the input out to use the workflow’s own.',
})

/** A request to GitHub that failed for good, as a sentence and a remedy. `permission`: what the job's token needs for it. */
export const formatGitHubFailure = (failure: FailureDetails, permission: string): Problem => {
  const { kind, status = 0, request, detail } = failure
  if (kind === 'unreadable') return { what: toSentence(`GitHub’s answer to ${request} could not be used: ${detail}`) }
  if (kind !== 'answered') return describeNetworkFailure(failure)
  const said = `${status === 200 ? '' : `(${status}) `}at ${request}${detail && `: ${detail}`}`
  if (status === 401) return { what: toSentence(`GitHub refused the token ${said}`), remedy: 'Check github_token.' }
  if (isRateLimit(failure)) return { what: toSentence(`GitHub limits the requests ${formatLimit(failure)}${said}`) }
  if (determineGitHubVerdict(failure) === 'again')
    return { what: toSentence(`GitHub did not answer as it should ${said}`) }
  const remedy = findRemedy(failure, permission)
  const what = toSentence(`GitHub ${verdicts[status] ?? 'refused it'} ${said}`)
  return { what, ...(remedy !== undefined && { remedy }) }
}

const verdicts: Readonly<Record<number, string>> = { 403: 'doesn’t allow it', 404: 'doesn’t find it' }

const formatLimit = ({ retryAfterMs }: FailureDetails): string =>
  retryAfterMs === undefined ? '' : `for ${formatDuration(retryAfterMs)} `

const useWorkflows = 'leave github_token out to use the workflow’s own'

/** By GitHub's own words: one status has many reasons. */
const findRemedy = ({ status, detail }: FailureDetails, permission: string): string | undefined => {
  if (detail.includes(missingPermission)) return `Add to the job: permissions: ${permission}.`
  if (/not accessible by personal access token|required scopes/i.test(detail))
    return `Give the personal access token the permission for it (${permission}), or ${useWorkflows}.`
  if (/\bSAML\b/.test(detail)) return `Authorize the token for the organization’s single sign-on, or ${useWorkflows}.`
  if (/IP allow list/i.test(detail))
    return 'Add the runner’s address to the organization’s IP allow list, or use a runner whose address is on it.'
  if (/\barchived\b/i.test(detail)) return 'Unarchive the repository.'
  if (/\blocked\b/i.test(detail)) return 'Unlock the conversation of the pull request.'
  return status === 404 ? 'Check github_token: it may not see this, or not change it.' : undefined
}
