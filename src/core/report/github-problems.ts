import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import { toSentence } from '../text/words.ts'
import { describeNetworkFailure } from './request-problems.ts'

/**
 * What a failure means for a request to GitHub: 403 is said of too many requests, too, and then it passes (GitHub's documentation,
 * "Rate limits for the REST API").
 */
export const determineGitHubVerdict = (failure: FailureDetails): 'again' | 'stop' => {
  const { kind, status = 0 } = failure
  if (kind !== 'answered') return kind === 'untrusted' ? 'stop' : 'again'
  return status === 408 || status === 429 || status >= 500 || isRateLimit(failure) ? 'again' : 'stop'
}

const isRateLimit = ({ status, retryAfterMs, detail }: FailureDetails): boolean =>
  status === 403 && (retryAfterMs !== undefined || /rate limit|abuse detection/i.test(detail))

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
  const said = `(${status}) at ${request}${detail && `: ${detail}`}`
  if (status === 401) return { what: toSentence(`GitHub refused the token ${said}`), remedy: 'Check github_token.' }
  if (determineGitHubVerdict(failure) === 'again')
    return { what: toSentence(`GitHub did not answer as it should ${said}`) }
  const remedy = `Add to the job: permissions: ${permission}.`
  return status === 403 || status === 404
    ? { what: toSentence(`GitHub doesn’t allow it ${said}`), remedy }
    : { what: toSentence(`GitHub refused it ${said}`) }
}
