import type { Variables } from '../inputs/input-names.ts'
import { type Fields, fieldsOf, positiveIntegerOf, textOf } from '../text/json.ts'
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
  /** `GITHUB_JOB` and `GITHUB_ACTION`: which job, and which of its steps. */
  readonly job: string
  readonly step: string
  /** The page of the action's own repository; absent where the workflow uses it by a path. */
  readonly actionUrl?: string
  readonly actor: string
  /**
   * The commit that people mean: a pull request's head, not its merge commit. `''` where the event is about a pull request and
   * doesn't tell its head, as for a comment.
   */
  readonly sha: string
  readonly ref: string
  readonly pullRequest?: PullRequest
  /** First line of the pushed head commit's message, else `''`. */
  readonly commitTitle: string
}

type PullRequest = {
  readonly number: number
  readonly title: string
  /** True when its head lies in another repository, or in one that is gone. */
  readonly isFromElsewhere: boolean
}

/**
 * @param variables the runner's `GITHUB_*` variables
 * @param event the event's payload (GitHub's documentation, "Webhook events and payloads"), or anything where there is none
 */
export const parseWorkflowContext = (variables: Variables, event: unknown): WorkflowContext => {
  const repository = variables['GITHUB_REPOSITORY'] ?? ''
  const runId = variables['GITHUB_RUN_ID'] ?? ''
  const payload = fieldsOf(event)
  const pullRequest = parsePullRequest(payload, repository)
  const serverUrl = variables['GITHUB_SERVER_URL'] || 'https://github.com'
  const actionRepository = variables['GITHUB_ACTION_REPOSITORY'] ?? ''
  return {
    eventName: variables['GITHUB_EVENT_NAME'] ?? '',
    repository,
    runUrl: repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : '',
    ...(actionRepository && { actionUrl: `${serverUrl}/${actionRepository}` }),
    attempt: Math.max(1, Number.parseInt(variables['GITHUB_RUN_ATTEMPT'] ?? '', 10) || 1),
    job: variables['GITHUB_JOB'] ?? '',
    step: variables['GITHUB_ACTION'] ?? '',
    actor: variables['GITHUB_ACTOR'] ?? '',
    sha: parseHeadSha(payload) || (pullRequest ? '' : (variables['GITHUB_SHA'] ?? '')),
    ref: variables['GITHUB_REF_NAME'] || (variables['GITHUB_REF'] ?? ''),
    commitTitle:
      textOf(fieldsOf(payload['head_commit'])['message'])
        .trimStart()
        .split(/\r\n?|\n/, 1)[0]
        ?.trim() ?? '',
    ...(pullRequest && { pullRequest }),
  }
}

const parseHeadSha = (payload: Fields): string =>
  textOf(fieldsOf(fieldsOf(payload['pull_request'])['head'])['sha']) ||
  textOf(fieldsOf(payload['workflow_run'])['head_sha'])

const parsePullRequest = (payload: Fields, repository: string): PullRequest | undefined => {
  const own = fieldsOf(payload['pull_request'])
  const issue = fieldsOf(payload['issue'])
  const ofRun = fieldsOf(payload['workflow_run'])['pull_requests']
  const number =
    positiveIntegerOf(own['number']) ??
    (issue['pull_request'] ? positiveIntegerOf(issue['number']) : undefined) ??
    (Array.isArray(ofRun) ? positiveIntegerOf(fieldsOf(ofRun[0])['number']) : undefined)
  if (number === undefined) return undefined
  const headRepository = fieldsOf(fieldsOf(own['head'])['repo'])['full_name']
  return {
    number,
    title: textOf(own['title']) || textOf(issue['title']),
    isFromElsewhere: 'head' in own && headRepository !== repository,
  }
}

/** No secrets are handed to the runs of forks and of Dependabot (GitHub's documentation, "Using secrets in GitHub Actions"). */
export const hasNoSecrets = (workflow: WorkflowContext): boolean =>
  workflow.eventName !== 'pull_request_target' &&
  (workflow.pullRequest?.isFromElsewhere === true || workflow.actor === 'dependabot[bot]')

/** The deployment's comment where none is given. The mark is appended to it, as to any. */
export const formatDefaultComment = ({ pullRequest, commitTitle, ref, sha, actor }: WorkflowContext): string => {
  const subject = pullRequest
    ? `#${pullRequest.number} ${pullRequest.title}`.trim()
    : [...commitTitle].slice(0, 100).join('') || ref
  const author = `${sha.slice(0, 7)}${actor && ` by ${actor}`}`.trim()
  return joinParts(' · ', subject, author)
}

/** Whether a comment names this run's page. Run 700 is not run 7001. */
export const hasRunUrl = (comment: string, runUrl: string): boolean =>
  runUrl !== '' && comment.split(runUrl).some((rest, index) => index > 0 && !/^\d/.test(rest))
