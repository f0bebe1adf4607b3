import type { Deployment, StartBody } from '../api.ts'
import { isFinal, isKnownStatus, listPastDeployments } from '../deployments.ts'
import type { Common, InputError, Request } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import { determineExpectedEnd } from '../polling.ts'
import type { Problem } from '../run/outcome.ts'
import type { Reason } from '../run/reason.ts'
import type { Report } from '../run/result.ts'
import { hasOnlyDependabotSecrets, type WorkflowContext } from '../run/workflow-context.ts'
import { formatAge, formatDuration, formatDurationRange, formatUser } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { describeDeletionReason, describePullRequestsUnreadable } from './deletion-problems.ts'
import { describeEnvironmentReason } from './environment-problems.ts'
import { describeUnhealthy } from './health.ts'
import { describePipelineEnd, describeRunReason, formatAwaited } from './pipeline-problems.ts'
import { describeRequestFailure, describeUnreachable, formatOthers, rerunAfterOther } from './refusals.ts'
import { describeGitHubEnd, describeNoConnection, formatTrouble } from './request-problems.ts'

/** What a reason's sentences are made from beside the reason itself. */
type ProblemContext = Pick<Report, 'state' | 'workflow' | 'nowMs' | 'writer'>

/** The one place where a reason becomes sentences. */
export const describeReason = (reason: Reason, context: ProblemContext): Problem => {
  const { state, workflow } = context
  switch (reason.kind) {
    case 'input_errors':
      return describeInputErrors(reason.inputErrors, workflow)
    case 'no_secrets':
      return describeNoSecrets(workflow)
    case 'others_pull_request':
      return describeOthersPullRequest(reason.number)
    case 'pull_request_unreadable':
      return describePullRequestUnread(reason.number, describeGitHubEnd(reason.failure))
    case 'internal_error':
      return describeInternalError(reason.message)
    case 'no_connection':
      return describeNoConnection(reason.why)
    case 'pull_requests_unreadable':
      return describePullRequestsUnreadable(describeGitHubEnd(reason.failure))
    case 'request':
      return describeRequestFailure(reason.error, context)
    case 'unreachable':
      return describeUnreachable(reason.error, context)
    case 'timed_out':
      return describeTimedOut(context, reason)
    case 'unhealthy':
      return describeUnhealthy(reason.why, context)
    case 'cancelled':
      return describeCancelled(context)
    case 'killed':
      return describeKilled(context, reason.isUnread)
    default:
      // What Score files bring about has its words before it comes here.
      return state.request === undefined || reason.kind === 'score'
        ? { what: reason.kind }
        : describeRequestReason(reason, state.request, context)
  }
}

type GeneralKind =
  | 'input_errors'
  | 'no_secrets'
  | 'others_pull_request'
  | 'pull_request_unreadable'
  | 'internal_error'
  | 'no_connection'
  | 'pull_requests_unreadable'
  | 'request'
  | 'unreachable'
  | 'score'
  | 'timed_out'
  | 'unhealthy'
  | 'cancelled'
  | 'killed'

/** Reasons whose sentences name inputs. */
const describeRequestReason = (
  reason: Exclude<Reason, { kind: GeneralKind }>,
  request: Request,
  context: ProblemContext,
): Problem => {
  switch (reason.kind) {
    case 'no_environment':
    case 'no_source':
    case 'nothing_succeeded':
    case 'wrong_type':
    case 'others_environment':
    case 'production_copy':
    case 'images_unfit':
    case 'no_base_set':
    case 'base_elsewhere':
      return describeEnvironmentReason(reason, request, context.writer)
    case 'no_deployment':
      return describeNoDeployment(request)
    case 'conflict':
      return describeConflict(request, reason, context)
    case 'other_base':
      return describeOtherBase(reason, context)
    case 'run_failed':
    case 'run_without_deployment':
    case 'run_elsewhere':
      return describeRunReason(reason, request)
    case 'start_unknown':
      return describeUnknownStart(reason, request)
    default:
      return describeDeletionReason(reason, request, context)
  }
}

type ConflictReason = Extract<Reason, { kind: 'conflict' }>

const describeConflict = (
  request: Common,
  { active, isFromThisRun, unread }: ConflictReason,
  { nowMs, writer }: ProblemContext,
): Problem => {
  if (unread) return describeUnreadConflict(request, unread)
  const age = formatAge(active?.created_at ?? '', nowMs)
  const what = active
    ? `Deployment ${writer.shortId(active.id)} is active in ${request.env}, started ${age && `${age} `}by ${formatUser(active.created_by) || 'someone'}.`
    : `Humanitec says that another deployment is active in ${request.env} (409).`
  return {
    cause: 'another deployment is active',
    what: `${what} ${isFromThisRun ? startedByThisRun : 'Nothing was started.'}`,
    remedy: 'Re-run the job when that deployment has finished, or set `on_conflict: wait`.',
    ...(active && { conflict: active }),
  }
}

const startedByThisRun =
  'This workflow run started it, for another change: in another job or step, or in an earlier attempt with other inputs. This step started nothing.'

/** The active deployment may be ours: a gateway that sends a request twice gets a 409 because of the first copy. */
const describeUnreadConflict = ({ env }: Common, unread: FailureDetails | 'too_late'): Problem => ({
  cause: 'a deployment is active that could not be identified',
  what: `Humanitec says that a deployment is active in ${env} (409). Whose it is could not be read: it may be this run’s own, if something between the runner and Humanitec sent the request twice.${unread === 'too_late' ? ' The timeout passed before the list of deployments was read.' : formatTrouble(unread)}`,
  remedy:
    'Look at the environment’s deployments: this run’s own has the address of this run in its comment. If it is active, re-run the job, which then follows it; if another one is, re-run the job when that has ended, or set `on_conflict: wait`.',
})

/** An error, since a green step would claim the requested base. */
const describeOtherBase = (
  { asked, actual }: Extract<Reason, { kind: 'other_base' }>,
  { state: { deployment }, writer }: ProblemContext,
): Problem => ({
  cause: 'on a different base than requested',
  isOtherBase: true,
  what: `Deployment ${writer.shortId(deployment?.id ?? '')} is based on the state of ${writer.shortId(actual)}, not of ${writer.shortId(asked)} as requested: the environment’s base changed between the rebase and the start. The deployment’s status: ${deployment?.status || 'unknown'}.`,
  remedy:
    'Re-run the job. Put all jobs that deploy to this environment into one concurrency group of the workflow, so that none comes in between.',
})

const describeUnknownStart = (
  { sent, error, isSeveral }: Extract<Reason, { kind: 'start_unknown' }>,
  { env }: Pick<Common, 'env'>,
): Problem =>
  isSeveral
    ? {
        cause: 'it has taken effect more than once',
        what: `Humanitec shows that the request to deploy ${formatBody(sent)} to ${env} has taken effect more than once.`,
        remedy: `Look at the environment’s deployments: those of this run have the comment “${sent.comment}”.`,
      }
    : {
        what: `A request to deploy ${formatBody(sent)} to ${env} was sent, but whether Humanitec started a deployment could not be determined. The deployment may be running.${formatTrouble(error)}`,
        remedy: `Look at the environment’s deployments before anything is started again: the one from this run has the comment “${sent.comment}”. A deployment pipeline that takes deployment requests may be holding it, for instance for an approval.`,
      }

const formatBody = ({ delta_id, set_id }: StartBody): string =>
  delta_id ? `Delta ${delta_id}` : set_id ? `Set ${set_id}` : 'the environment’s base'

const describeTimedOut = (
  { state, writer, nowMs }: ProblemContext,
  { awaited, other, error }: Extract<Reason, { kind: 'timed_out' }>,
): Problem => {
  const { deployment, history, request } = state
  const trouble = formatTrouble(error)
  const timeout = `The timeout of ${formatDuration(request?.timeoutMs ?? 0)}`
  const passed = `${timeout} has passed`
  if (!deployment && state.pipelineRun) return describePipelineEnd(passed, state)
  if (!deployment && state.isStartInDoubt) {
    return {
      what: `${passed}. ${inDoubt}${trouble}`,
      remedy: 'Look at the environment’s deployments before you re-run the job.',
    }
  }
  if (!deployment) {
    const first = other && `: ${formatOthers(other, writer)} had to end first`
    const wait = awaited === 'deletion' ? `: the environment ${request?.env} is still being deleted` : (first ?? '')
    return {
      what: `${timeout} passed ${formatBefore(request)}${wait}.${trouble}`,
      remedy: other ? rerunAfterOther : 'Re-run the job, or set a longer timeout.',
    }
  }
  if (!isKnownStatus(deployment.status)) {
    return {
      what: `${passed}. Deployment ${formatUnknownStatus(deployment, writer)}.${trouble}`,
      remedy: 'Open it in Humanitec.',
    }
  }
  // The timeout counts from the step's start: the deployment may be much younger, or older.
  const age = formatAge(deployment.created_at, nowMs)
  return {
    what: `${passed}, and deployment ${writer.shortId(deployment.id)}${age && `, started ${age},`} is still ${deployment.status || 'running'}; it goes on in Humanitec.${formatAwaited(state) || formatUsual(history, deployment.id)}${trouble}`,
    remedy: 'Follow it in Humanitec, or with `operation: wait`; for slower deployments, set a longer timeout.',
  }
}

const inDoubt = 'Whether this run’s deployment was started could not be read.'

/** What the step had not reached. */
const formatBefore = (request: Request | undefined): string => {
  if (request?.operation === 'wait') return 'before a deployment was found to follow'
  if (request?.operation === 'deploy' || !request)
    return request?.dryRun ? 'before the plan was made' : 'before anything was started'
  return 'before anything was deleted'
}

/** A clause. */
const formatUnknownStatus = ({ id, status }: Deployment, writer: Writer): string =>
  `${writer.shortId(id)} has the status “${status}”, which this action doesn’t know, so it may still be running`

/** Shows people whether it hangs, or the timeout is too short. */
const formatUsual = (history: readonly Deployment[], ownId: string): string => {
  const usual = determineExpectedEnd(0, listPastDeployments(history, ownId))
  if (!usual) return ''
  const { count, shortestMs, longestMs } = usual
  const last = count === 1 ? 'last successful one' : `last ${count} successful ones`
  return ` The ${last} took ${formatDurationRange([shortestMs, longestMs])}.`
}

/** A signal came. Humanitec's API has no call that cancels a deployment. */
export const describeCancelled = ({ state, writer }: Pick<Report, 'state' | 'writer'>): Problem => {
  const { deployment } = state
  if (!deployment && state.pipelineRun) return describePipelineEnd('The workflow was cancelled', state)
  if (!deployment && state.isStartInDoubt) return { what: `The workflow was cancelled. ${inDoubt}` }
  if (!deployment) return { what: `The workflow was cancelled ${formatBefore(state.request)}.` }
  if (!isKnownStatus(deployment.status)) {
    const what = `The workflow was cancelled; deployment ${formatUnknownStatus(deployment, writer)}.`
    return { what, remedy: 'Open it in Humanitec.' }
  }
  return isFinal(deployment)
    ? {
        what: `The workflow was cancelled; deployment ${writer.shortId(deployment.id)} had already ended: ${deployment.status}.`,
      }
    : {
        what: `The workflow was cancelled; deployment ${writer.shortId(deployment.id)} goes on in Humanitec, which can’t cancel it.${formatAwaited(state)}`,
        remedy: 'Follow it in Humanitec, or with `operation: wait`.',
      }
}

/** The process died, and the post step reports it. */
const describeKilled = ({ state, writer }: ProblemContext, isUnread = false): Problem => {
  const { deployment, pipelineRun } = state
  const terminated = 'The step was terminated'
  if (!deployment && pipelineRun) {
    const pipelineEnd = describePipelineEnd(terminated, state)
    const unread = `${terminated}; whether the pipeline run has started a deployment could not be read.`
    return isUnread ? { ...pipelineEnd, what: unread } : pipelineEnd
  }
  if (!deployment) return { what: `${terminated} ${formatBefore(state.request)}.` }
  return {
    what: `${terminated}; deployment ${formatGoingOn(deployment, { writer, isUnread })}.`,
    remedy: 'Follow it in Humanitec, or with `operation: wait`.',
  }
}

type KnownOf = { readonly writer: Writer; readonly isUnread: boolean }

/** A clause. */
const formatGoingOn = (deployment: Deployment, { writer, isUnread }: KnownOf): string => {
  const id = writer.shortId(deployment.id)
  if (isUnread) return `${id} may still be running: its status could not be read`
  return isKnownStatus(deployment.status) ? `${id} goes on in Humanitec` : formatUnknownStatus(deployment, writer)
}

/** `operation: wait` without `deployment_id`, where nothing was ever deployed. */
const describeNoDeployment = ({ env }: Pick<Common, 'env'>): Problem => ({
  cause: 'there is none',
  what: `The environment ${env} has no deployment to wait for.`,
  remedy: 'Deploy to it first, or check env.',
})

/** Mistakes of one input are listed together. */
const describeInputErrors = (inputErrors: readonly InputError[], workflow: WorkflowContext): Problem => {
  const byInput = Map.groupBy(inputErrors, ({ input }) => input)
  const { size } = byInput
  const what = `${size === 1 ? 'One input is' : `${size} inputs are`} wrong; nothing was done.`
  const lacksToken = inputErrors.some(({ input, isSecret }) => input === 'token' && !isSecret)
  return {
    what,
    inputErrors: [...byInput.values()].flat(),
    ...(lacksToken && hasOnlyDependabotSecrets(workflow) && { remedy: dependabotsRemedy }),
  }
}

/** A re-run alone doesn't help: it gets the same secrets as the first attempt. */
const dependabotsRemedy =
  'GitHub gives runs that Dependabot starts only Dependabot’s own secrets: let a person merge, or add the token to Dependabot’s secrets and re-run the job.'

/** No secrets, by GitHub's rules: the step is skipped, not failed. */
const describeNoSecrets = ({ pullRequest }: WorkflowContext): Problem => ({
  cause: pullRequest?.isFromFork ? 'GitHub gives this run no secrets' : 'Dependabot’s secrets don’t hold the token',
  what: pullRequest?.isFromFork
    ? 'Nothing was done: the pull request comes from another repository, and GitHub gives such runs no secrets.'
    : 'Nothing was done: Dependabot started the run, and GitHub gives such runs only Dependabot’s own secrets, which don’t hold the token.',
  remedy: pullRequest?.isFromFork
    ? 'To run the step anyway, review the pull request, and push its branch to this repository.'
    : 'To run the step for Dependabot, too, add the token to Dependabot’s own secrets.',
})

/** On another workflow's run, a fork can choose the number. */
const describeOthersPullRequest = (number: number): Problem => ({
  cause: `pull request ${number} isn’t the one that the triggering workflow ran for`,
  what: `Pull request ${number} isn’t the one that the triggering workflow (workflow_run) ran for: its head is another commit, or in another repository. Nothing was done.`,
  remedy:
    'If the pull request has a newer commit by now, wait for the run of that commit. Otherwise check the input pull_request.',
})

const describePullRequestUnread = (number: number, github: Problem): Problem => ({
  cause: `pull request ${number} could not be checked`,
  what: `Whether the triggering workflow (workflow_run) ran for pull request ${number} could not be checked. Nothing was done. ${github.what}`,
  ...(github.remedy !== undefined && { remedy: github.remedy }),
})

const describeInternalError = (message: string): Problem => ({
  cause: 'a bug in the action',
  what: `The action failed because of a bug in it: ${message}.`,
  remedy: 'Please report it with the log of a run that has debug logging on.',
})
