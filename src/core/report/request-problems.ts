import type { FailureDetails, Reach } from '../network/request-error.ts'
import { determineGitHubVerdict, isRateLimit, missingPermission } from '../network/retry-policy.ts'
import type { Problem } from '../run/outcome.ts'
import type { GitHubFailure, NoConnection } from '../run/reason.ts'
import { summarizePage } from '../text/clean.ts'
import { formatDuration, joinParts, toSentence } from '../text/words.ts'
import { describeInvalidRoute, describeNetworkFailure, lookBetween } from './network-problems.ts'

type Advice = Pick<Problem, 'namesSetting'> & { readonly meaning: string; readonly remedy: string }

/** The step never sends a request without a token. */
const whetherRemoved = 'whether something between the runner and Humanitec removes the header Authorization'

/** What an answer's status means to a person, and what to do about it (Humanitec's API reference, and what it was seen to do). */
const advice: Readonly<Record<number, Advice>> = {
  401: {
    meaning: 'Humanitec says that it received no token',
    remedy: `The step sent one: check api_url, and ${whetherRemoved}.`,
    namesSetting: true,
  },
  403: {
    meaning: 'Humanitec refused the token',
    remedy:
      'Check the token: it may be wrong, expired, or its role too low. Its service user needs the role Developer in the application, and Deployer for the environment’s type.',
  },
  404: { meaning: 'Humanitec found nothing there', remedy: 'Check org, app, env and the ids.' },
  407: {
    meaning: 'A proxy on the way to Humanitec asks for a user name and a password',
    remedy: 'Write them into https_proxy: http://user:password@host:port.',
  },
  408: { meaning: 'Humanitec did not get the whole request in time', remedy: 'Re-run the job.' },
  409: {
    meaning: 'Humanitec says that another deployment is active',
    remedy: 'Wait for its end, or set `on_conflict: wait`.',
  },
  422: { meaning: 'Humanitec could not use the request', remedy: 'Check the ids and the mode.' },
  500: {
    meaning: 'Humanitec reported an error of its own',
    remedy: 'Re-run the job; if it happens again, report it to Humanitec’s support.',
  },
  429: {
    meaning: 'Humanitec is rate-limiting this token',
    remedy: 'Re-run the job later, and run fewer jobs at the same time.',
  },
}

const refusedBase: Advice = {
  meaning: 'Humanitec refused the base',
  remedy:
    'Check from_deploy_id: it must be the whole id of a deployment. The job summary of that deployment’s run shows it under Details.',
}

const refusedStart: Advice = {
  meaning: 'Humanitec refused the request',
  remedy: 'Check that the Delta exists in this application and fits the environment.',
}

const refusal: Advice = { meaning: 'Humanitec refused the request', remedy: 'Check the inputs.' }

const outage: Advice = {
  meaning: 'Humanitec is unavailable',
  remedy: 'Re-run the job when Humanitec is available again.',
}

const unknownSet: Advice = {
  meaning: 'Humanitec has no such Set',
  remedy: 'Check set_id, if it is set, and that the Set belongs to this application.',
}

/** Where a status means something else for one operation. */
const operationAdvice: Readonly<Record<string, Readonly<Record<number, Advice>>>> = {
  startDeployment: { 400: refusedStart },
  createDelta: {
    400: { meaning: 'Humanitec refused to create the Delta', remedy: 'Check the inputs that it is created from.' },
  },
  getDelta: {
    404: { meaning: 'Humanitec has no such Delta', remedy: 'Check delta_id, and that it belongs to this application.' },
  },
  getSet: { 404: unknownSet },
  diffSets: { 404: unknownSet },
  applyDelta: {
    400: {
      meaning: 'Humanitec says that the Delta doesn’t fit the base',
      remedy: 'Create it again from the environment’s current state.',
    },
    404: unknownSet,
  },
  putBase: { 400: refusedBase, 404: refusedBase },
}

const findAdvice = (status: number, operation: string | undefined): Advice =>
  (operation === undefined ? undefined : operationAdvice[operation]?.[status]) ??
  advice[status] ??
  (status >= 500 ? outage : refusal)

/**
 * One failed request, as a sentence and a remedy.
 *
 * @param hasDefaultApi nobody gave another address of the API, so that it can't be mistyped
 */
export const describeFailure = (failure: FailureDetails, hasDefaultApi = false): Problem => {
  const { reach = humanitec } = failure
  const isCertain = hasDefaultApi && reach.setting === humanitec.setting
  const problem = describeSingleTry(isCertain ? { ...failure, reach: { ...reach, setting: '' } } : failure)
  const what = joinParts(' ', problem.what, formatAttempts(failure))
  return { ...problem, what, ...(hasDefaultApi && withoutApiUrl(failure)) }
}

/** How long and how often, if it was tried more than once. */
const formatAttempts = ({ attempts }: FailureDetails): string =>
  attempts && attempts.count > 1 ? `Tried ${attempts.count} times in ${formatDuration(attempts.overMs)}.` : ''

/** What to do if the address can't be wrong. */
const withoutApiUrl = ({ kind, status = 0 }: FailureDetails): Partial<Problem> => {
  if (kind === 'answered' && status === 401) return { remedy: `The step sent one: check ${whetherRemoved}.` }
  const cause = 'the answer was not Humanitec’s'
  if (kind === 'answered' && isRedirect(status))
    return { cause, remedy: `${lookBetween} If your API has another address, set api_url.` }
  return kind === 'unreadable' ? { cause, remedy: lookBetween } : {}
}

const describeSingleTry = (failure: FailureDetails): Problem => {
  const { kind, status = 0, request, operation, redirectHost } = failure
  // Not cut: a secret in it is only found whole.
  const detail = summarizePage(failure.detail)
  if (kind === 'unreadable') {
    return {
      cause: 'the answer was not Humanitec’s',
      what: `The answer to ${request} could not be used: ${detail || 'it is not what the API documents'}.`,
      remedy: 'Check that api_url leads to Humanitec’s API, and that nothing on the way changes its answers.',
      namesSetting: true,
    }
  }
  if (kind !== 'answered')
    return { cause: 'Humanitec could not be reached', ...describeNetworkFailure({ reach: humanitec, ...failure }) }
  if (isRedirect(status)) {
    return {
      cause: 'api_url leads elsewhere',
      what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ''}, which is never followed.`,
      remedy: 'Check api_url: it must be the API’s own address.',
      namesSetting: true,
    }
  }
  if (failure.intermediary) {
    return {
      cause: `the answer was not Humanitec’s (${status})`,
      what: `The ${status} at ${request} is not Humanitec’s answer: “${failure.intermediary.title}”.`,
      remedy: lookBetween,
    }
  }
  const { meaning, ...others } = findAdvice(status, operation)
  return {
    cause: `${meaning} (${status})`,
    what: toSentence(`${meaning} (${status}) at ${request}${detail && `: ${detail}`}`),
    ...others,
  }
}

/** If nothing is known of the route to the host. */
const humanitec: Reach = { host: 'Humanitec', setting: 'api_url', extraCaFile: '' }

/** For an end at the deadline: the last failure of what was waited for, as a further sentence. */
export const formatTrouble = (lastFailure: FailureDetails | undefined): string => {
  if (!lastFailure) return ''
  const { what, remedy } = describeFailure(lastFailure)
  return ` The last error: ${joinParts(' ', what, isRedirect(lastFailure.status) && remedy)}`
}

const isRedirect = (status = 0): boolean => status >= 300 && status < 400

/** Why nothing can be sent to Humanitec or to GitHub. */
export const describeNoConnection = (why: NoConnection): Problem =>
  why.kind === 'invalid' ? describeInvalidRoute(why) : describeNoGitHubToken()

/** The input was emptied: if it is left out, it is the workflow's own. */
const describeNoGitHubToken = (): Problem => ({
  cause: 'there is no github_token',
  what: 'There is no github_token.',
  remedy: 'Leave the input out to use the workflow’s own.',
})

/** Why a request to GitHub failed, and a remedy. No advice to re-run: a deployment isn't repeated for GitHub's sake. */
export const describeGitHubFailure = (failure: GitHubFailure): Problem => {
  switch (failure.kind) {
    case 'request':
      return describeGitHubRequestFailure(failure.error, failure.permission)
    case 'no_connection':
      return describeNoConnection(failure.why)
    case 'internal_error':
      return { what: failure.message }
  }
}

/** The same if it ends the step: after a transient failure, with the advice to re-run. */
export const describeGitHubEnd = (failure: GitHubFailure): Problem => {
  const problem = describeGitHubFailure(failure)
  const remedy = problem.remedy ?? (failure.kind === 'request' ? adviseRerun(failure.error) : undefined)
  return { ...problem, ...(remedy !== undefined && { remedy }) }
}

const adviseRerun = (failure: FailureDetails): string | undefined => {
  if (failure.kind === 'lost') return describeNetworkFailure(failure).remedy
  if (determineGitHubVerdict(failure) === 'stop') return undefined
  const { retryAfterMs } = failure
  return `Re-run the job ${retryAfterMs === undefined ? 'later' : `in ${formatDuration(retryAfterMs)}`}.`
}

/** @param permission what the job's token needs for the request */
export const describeGitHubRequestFailure = (failure: FailureDetails, permission: string): Problem => {
  const { kind, status = 0, request, detail } = failure
  if (kind === 'unreadable') return { what: toSentence(`GitHub’s answer to ${request} could not be used: ${detail}`) }
  if (kind === 'lost') return { what: describeNetworkFailure(failure).what }
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

/** A block of permissions takes away all that it doesn't name (GitHub's workflow syntax, "permissions"). */
const adviseGrant = (permission: string): string =>
  `Add to the job’s permissions: ${permission}. If the job has no permissions block yet, add what its other steps need, too, such as contents: read.`

/** From GitHub's own words: one status has many reasons. */
const findRemedy = ({ status, detail }: FailureDetails, permission: string): string | undefined => {
  if (detail.includes(missingPermission)) return adviseGrant(permission)
  if (/not accessible by personal access token|required scopes/i.test(detail))
    return `Give the personal access token the permission for it (${permission}), or ${useWorkflows}.`
  if (/\bSAML\b/.test(detail)) return `Authorize the token for the organization’s single sign-on, or ${useWorkflows}.`
  if (/IP allow list/i.test(detail))
    return 'Add the runner’s address to the organization’s IP allow list, or use a runner whose address is on it.'
  if (/\barchived\b/i.test(detail)) return 'Unarchive the repository.'
  if (/\blocked\b/i.test(detail)) return 'Unlock the conversation of the pull request.'
  return status === 404 ? 'Check github_token: it may lack permission to see or change this.' : undefined
}
