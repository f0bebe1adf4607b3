import type { Common, InputError, Request } from '../inputs/request.ts'
import type { Problem } from '../run/outcome.ts'
import type { OperationReason, Reason } from '../run/reason.ts'
import type { ProblemContext } from '../run/result.ts'
import { hasOnlyDependabotSecrets, type WorkflowContext } from '../run/workflow-context.ts'
import { describeDeletionReason } from './deletion-problems.ts'
import { describeEnvironmentReason } from './environment-problems.ts'
import { describeUnhealthy } from './health.ts'
import { describeCancelled, describeKilled, describeTimedOut } from './interruption-problems.ts'
import { describeRunReason } from './pipeline-problems.ts'
import { describePruneEnd, describePullRequestsUnreadable } from './prune-problems.ts'
import { describeRequestFailure, describeUnreachable } from './refusals.ts'
import { describeGitHubEnd, describeNoConnection } from './request-problems.ts'
import { describeConflict, describeOtherBase, describeUnknownStart } from './start-problems.ts'

/** Makes sentences of a reason; those of `score` come from score-problems.ts, which is only loaded then. */
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
    case 'score':
      return { what: reason.kind }
    default:
      return state.request === undefined
        ? { what: reason.kind }
        : describeOperationReason(reason, state.request, context)
  }
}

/** Reasons whose sentences name inputs. */
const describeOperationReason = (reason: OperationReason, request: Request, context: ProblemContext): Problem => {
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
    case 'prune_failed':
    case 'dry_prune':
    case 'prune_timed_out':
    case 'prune_cancelled':
    case 'killed_prune':
      return describePruneEnd(reason, request, context)
    default:
      return describeDeletionReason(reason, request, context)
  }
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
  const what = `${size === 1 ? 'One input is wrong' : `${size} inputs are wrong`}; nothing was done.`
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
