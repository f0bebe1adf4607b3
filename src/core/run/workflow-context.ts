import type { PullRequestHead } from '../api.ts'
import type { InputError, Variables } from '../inputs/request.ts'
import { type Fields, fieldsOf, listOf, positiveIntegerOf, textOf } from '../text/json.ts'
import { joinParts } from '../text/words.ts'

/** Where a run comes from: the workflow's run, the commit, the pull request. */
export type WorkflowContext = {
  readonly eventName: string
  /** `owner/repo`. */
  readonly repository: string
  /** The page of the workflow run, without its attempt; `''` outside of a workflow. */
  readonly runUrl: string
  /** 1 for a first run, more for a re-run. */
  readonly attempt: number
  /** `GITHUB_JOB` and `GITHUB_ACTION`. */
  readonly job: string
  readonly step: string
  /** The page of the action's own repository; absent where the workflow uses it by a path. */
  readonly actionUrl?: string
  /** Who started this attempt: for a re-run, whoever re-ran it. */
  readonly actor: string
  /** Dependabot started the first attempt: then every attempt gets Dependabot's secrets only, whoever re-runs it. */
  readonly isDependabotRun?: true
  /**
   * A pull request's head, not its merge commit; for another workflow's run, the commit that it ran on. `''` where the event is
   * about a pull request and doesn't have its head, as for a comment.
   */
  readonly sha: string
  /** The branch or tag of that commit; for a merge group, its target branch. `''` where the event doesn't have it. */
  readonly ref: string
  /** `owner/repo` of that commit; absent where the event doesn't have it. */
  readonly headRepository?: string
  readonly pullRequest?: PullRequest
  /** First line of that commit's message, `''` where the event doesn't have it. */
  readonly commitTitle: string
}

type PullRequest = {
  readonly number: number
  readonly title: string
  /** Whether its head is in another repository, or in a deleted one. */
  readonly isFromFork: boolean
}

/**
 * @param variables the runner's `GITHUB_*` variables
 * @param event the event's payload (GitHub's documentation, "Webhook events and payloads"), or anything where there is none
 */
export const parseWorkflowContext = (variables: Variables, event: unknown): WorkflowContext => {
  const repository = variables['GITHUB_REPOSITORY'] ?? ''
  const runId = variables['GITHUB_RUN_ID'] ?? ''
  const payload = fieldsOf(event)
  const eventName = variables['GITHUB_EVENT_NAME'] ?? ''
  const subject = parseSubject(eventName, payload)
  const pullRequest =
    parsePullRequest(payload, repository) ?? findOwnPullRequest(fieldsOf(payload[eventName]), variables, payload)
  const serverUrl = variables['GITHUB_SERVER_URL'] || 'https://github.com'
  const actionRepository = variables['GITHUB_ACTION_REPOSITORY'] ?? ''
  const actor = variables['GITHUB_ACTOR'] ?? ''
  const ref = variables['GITHUB_REF_NAME'] || (variables['GITHUB_REF'] ?? '')
  return {
    eventName,
    repository,
    runUrl: repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : '',
    ...(actionRepository && { actionUrl: `${serverUrl}/${actionRepository}` }),
    attempt: Math.max(1, Number.parseInt(variables['GITHUB_RUN_ATTEMPT'] ?? '', 10) || 1),
    job: variables['GITHUB_JOB'] ?? '',
    step: variables['GITHUB_ACTION'] ?? '',
    actor: variables['GITHUB_TRIGGERING_ACTOR'] || actor,
    ...(actor === 'dependabot[bot]' && { isDependabotRun: true }),
    sha: subject.sha || (pullRequest ? '' : (variables['GITHUB_SHA'] ?? '')),
    ref: subject.ref ?? (pullRequest ? '' : ref),
    commitTitle: getFirstLine(textOf(fieldsOf(subject.commit)['message'])),
    ...(subject.headRepository && { headRepository: subject.headRepository }),
    ...(pullRequest && { pullRequest }),
  }
}

/** The commit that an event is about. */
type Subject = {
  readonly sha?: string
  readonly ref?: string
  readonly commit?: unknown
  readonly headRepository?: string
}

/**
 * For these events the runner's variables have another commit: a merge commit, the default branch's, the merge queue branch's
 * (GitHub's documentation, "Events that trigger workflows").
 */
const parseSubject = (eventName: string, payload: Fields): Subject => {
  const own = fieldsOf(payload[eventName])
  switch (eventName) {
    case 'push':
      return { commit: payload['head_commit'] }
    case 'workflow_run':
    case 'check_suite':
    case 'check_run':
      return parseRun(own, eventName === 'check_run' ? fieldsOf(own['check_suite']) : own)
    case 'merge_group': {
      const ref = textOf(own['base_ref']).replace(/^refs\/heads\//, '')
      return { sha: textOf(own['head_sha']), ref, commit: own['head_commit'] }
    }
    case 'status': {
      const branches = listOf(payload['branches'])
      const ref = branches.length === 1 ? textOf(fieldsOf(branches[0])['name']) : ''
      return { sha: textOf(payload['sha']), ref, commit: fieldsOf(payload['commit'])['commit'] }
    }
    default:
      return parseHead(fieldsOf(payload['pull_request'])['head'])
  }
}

const parseRun = (run: Fields, suite: Fields): Subject => ({
  sha: textOf(run['head_sha']),
  ref: textOf(suite['head_branch']),
  commit: suite['head_commit'],
  headRepository: textOf(fieldsOf(run['head_repository'])['full_name']),
})

const parseHead = (head: unknown): Subject => {
  const { sha, ref, repo } = fieldsOf(head)
  if (sha === undefined) return {}
  return { sha: textOf(sha), ref: textOf(ref), headRepository: textOf(fieldsOf(repo)['full_name']) }
}

const getFirstLine = (text: string): string =>
  text
    .trimStart()
    .split(/\r\n?|\n/, 1)[0]
    ?.trim() ?? ''

const parsePullRequest = (payload: Fields, repository: string): PullRequest | undefined => {
  const own = fieldsOf(payload['pull_request'])
  const issue = fieldsOf(payload['issue'])
  const number =
    positiveIntegerOf(own['number']) ?? (issue['pull_request'] ? positiveIntegerOf(issue['number']) : undefined)
  if (number === undefined) return undefined
  const headRepository = fieldsOf(fieldsOf(own['head'])['repo'])['full_name']
  return {
    number,
    title: textOf(own['title']) || textOf(issue['title']),
    isFromFork: 'head' in own && headRepository !== repository,
  }
}

/**
 * The first pull request of a run or check suite that targets this repository. GitHub also lists those of forks that have the same
 * commit.
 */
const findOwnPullRequest = (run: Fields, variables: Variables, payload: Fields): PullRequest | undefined => {
  const listed = listOf(run['pull_requests']).map(fieldsOf)
  const repositoryId = variables['GITHUB_REPOSITORY_ID'] || fieldsOf(payload['repository'])['id']
  for (const { number, base } of listed) {
    const own = positiveIntegerOf(number)
    if (own !== undefined && isRepository(fieldsOf(fieldsOf(base)['repo']), repositoryId, variables))
      return { number: own, title: '', isFromFork: false }
  }
  return undefined
}

/** By its id, which a rename doesn't change; else by its name, or the end of its API address. */
const isRepository = (repo: Fields, id: unknown, variables: Variables): boolean => {
  if (repo['id'] !== undefined && id !== undefined) return String(repo['id']) === String(id)
  const name = textOf(repo['full_name']) || textOf(repo['url']).split('/').slice(-2).join('/')
  return name !== '' && isSameRepository(name, variables['GITHUB_REPOSITORY'] ?? '')
}

/**
 * GitHub gives no secrets to runs of forks, nor to Dependabot's runs on pull requests, also when a person re-runs them (GitHub's
 * documentation, "Using secrets in GitHub Actions" and "Troubleshooting Dependabot on GitHub Actions").
 */
export const hasNoSecrets = ({ eventName, pullRequest, isDependabotRun }: WorkflowContext): boolean =>
  eventName !== 'pull_request_target' &&
  (pullRequest?.isFromFork === true ||
    (isDependabotRun === true && /^pull_request(_review(_comment)?)?$/.test(eventName)))

/** Events that give Dependabot its own secrets only, such as the push of a merge by Dependabot. */
export const hasOnlyDependabotSecrets = ({ eventName, isDependabotRun }: WorkflowContext): boolean =>
  isDependabotRun === true && ['push', 'create', 'deployment', 'deployment_status'].includes(eventName)

/** The deployment's comment where none is given, without the mark. */
export const formatDefaultComment = ({ pullRequest, commitTitle, ref, sha, actor }: WorkflowContext): string => {
  const title = [...commitTitle].slice(0, 100).join('')
  const subject = pullRequest?.title || (pullRequest && !title) ? formatPullRequest(pullRequest) : title || ref
  const author = `${sha.slice(0, 7)}${actor && ` by ${actor}`}`.trim()
  return joinParts(' · ', subject, author)
}

const formatPullRequest = ({ number, title }: PullRequest): string => `#${number} ${title}`.trim()

/** Whether a comment has the run's address. Run 700 is not run 7001. */
export const hasRunUrl = (comment: string, runUrl: string): boolean =>
  runUrl !== '' && comment.split(runUrl).some((rest, index) => index > 0 && !/^\d/.test(rest))

/**
 * Which pull request a step is about:
 * - `known`: from the event, or from an input that a person wrote
 * - `unchecked`: on `workflow_run`, the input may come from the other run, which may be a fork's: to be checked (`isHeadOfRun`)
 * - `contradiction`: the input differs from the event's
 */
type PullRequestChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'known' | 'unchecked'; readonly number: number }
  | { readonly kind: 'contradiction'; readonly number: number; readonly ofEvent: number }

/** @param given the input `pull_request` */
export const choosePullRequest = (
  { eventName, pullRequest }: WorkflowContext,
  given: number | undefined,
): PullRequestChoice => {
  if (given === undefined) return pullRequest ? { kind: 'known', number: pullRequest.number } : { kind: 'none' }
  if (pullRequest && pullRequest.number !== given)
    return { kind: 'contradiction', number: given, ofEvent: pullRequest.number }
  return { kind: !pullRequest && eventName === 'workflow_run' ? 'unchecked' : 'known', number: given }
}

/**
 * Whether another workflow ran for the pull request: its head has that run's commit and repository. A number that the run itself
 * handed on proves nothing, since a fork's run can hand on any.
 */
export const isHeadOfRun = ({ sha, headRepository = '' }: WorkflowContext, head: PullRequestHead): boolean =>
  sha !== '' && headRepository !== '' && head.sha === sha && isSameRepository(head.repository, headRepository)

/** By `owner/repo`: GitHub ignores the case of both. */
export const isSameRepository = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Adds the input's pull request where the event has none. */
export const addPullRequest = (workflow: WorkflowContext, number: number): WorkflowContext =>
  workflow.pullRequest ? workflow : { ...workflow, pullRequest: { number, title: '', isFromFork: false } }

export const formatContradiction = ({
  number,
  ofEvent,
}: Extract<PullRequestChoice, { kind: 'contradiction' }>): InputError => ({
  input: 'pull_request',
  got: String(number),
  takes: `the event’s own pull request, ${ofEvent}, or nothing`,
})
