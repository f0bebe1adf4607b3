import type { FailureDetails } from '../network/request-error.ts'
import { determineGitHubVerdict, isRateLimit, missingPermission } from '../network/retry-policy.ts'
import type { Problem } from '../run/outcome.ts'
import type { GitHubFailure } from '../run/reason.ts'
import { formatDuration, toSentence } from '../text/words.ts'
import { describeNetworkFailure } from './request-problems.ts'

/** The input was emptied: without it, it is the workflow's own. */
export const formatNoGitHubToken = (): Problem => ({
  cause: 'there is no github_token',
  what: 'There is no github_token.',
  remedy: 'Leave the input out to use the workflow’s own.',
})

/** What GitHub, or the way to it, said, as a sentence and a remedy. */
export const wordGitHubFailure = (failure: GitHubFailure): Problem => {
  switch (failure.kind) {
    case 'request':
      return formatGitHubFailure(failure.error, failure.permission)
    case 'no_connection':
      return failure.problem
    case 'own_fault':
      return { what: failure.message }
  }
}

/** A request to GitHub that failed for good, as a sentence and a remedy. `permission`: what the job's token needs for it. */
export const formatGitHubFailure = (failure: FailureDetails, permission: string): Problem => {
  const { kind, status = 0, request, detail } = failure
  if (kind === 'unreadable') return { what: toSentence(`GitHub’s answer to ${request} could not be used: ${detail}`) }
  if (kind !== 'answered') return describeNetworkFailure(failure)
  const said = `${status === 200 ? '' : `(${status}) `}at ${request}${detail && `: ${detail}`}`
  if (status === 401) return { what: toSentence(`GitHub refused the token ${said}`), remedy: 'Check github_token.' }
  if (isRateLimit(failure))
    return { what: toSentence(`GitHub is rate-limiting the requests ${formatLimit(failure)}${said}`) }
  if (determineGitHubVerdict(failure) === 'again') return { what: toSentence(`GitHub returned an error ${said}`) }
  const remedy = findRemedy(failure, permission)
  const what = toSentence(`GitHub ${verdicts[status] ?? 'refused the request'} ${said}`)
  return { what, ...(remedy !== undefined && { remedy }) }
}

const verdicts: Readonly<Record<number, string>> = { 403: 'doesn’t allow the request', 404: 'found nothing' }

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
  return status === 404 ? 'Check github_token: it may lack permission to see or change this.' : undefined
}
