import type { Common } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import type { DeletionProgress, DeletionState, PruneEndReason, PruneReason, Reason } from '../run/reason.ts'
import type { ProblemContext, PruneDecision } from '../run/result.ts'
import { formatCount, formatDuration, joinParts, toClause } from '../text/words.ts'
import { describeRefusedDeletion, formatKeepReason } from './deletion-problems.ts'
import { describeRequestFailure, describeUnreachable } from './refusals.ts'
import { describeFailure, describeGitHubFailure } from './request-problems.ts'

export const describePruneEnd = (reason: PruneEndReason, request: Common, context: ProblemContext): Problem => {
  const { pruned } = context.state
  switch (reason.kind) {
    case 'prune_failed':
      return describePruneFailed(pruned, context)
    case 'dry_prune':
      return {
        what: `${formatEnvironments(countOf(pruned, 'would_be_deleted'))} would be deleted. Nothing was done: dry_run.`,
      }
    case 'prune_timed_out':
      return describePruneTimedOut(request, pruned)
    case 'prune_cancelled':
      return describePruneCancelled(pruned)
    case 'killed_prune':
      return describeKilledPrune(reason.remains)
  }
}

const formatEnvironments = (count: number): string => formatCount(count, 'environment')

const countOf = (decisions: readonly PruneDecision[], action: PruneDecision['action']): number =>
  decisions.filter((decision) => decision.action === action).length

const describePruneFailed = (decisions: readonly PruneDecision[], context: ProblemContext): Problem => {
  const failed = decisions.filter(({ action }) => action === 'failed')
  const named = failed.slice(0, 3).map(({ env, reason }) => `${env}: ${formatPruneReason(reason, context)}`)
  return {
    cause: `${formatEnvironments(failed.length)} could not be deleted`,
    what: `${formatEnvironments(failed.length)} could not be deleted. ${named.join('; ')}${failed.length > 3 ? `; and ${failed.length - 3} more.` : '.'}`,
    remedy: adviseAfterPrune(failed, context),
  }
}

const rerun = 'Re-run the job for them; the others are done.'

/** After a refusal, a re-run alone would fail again. */
const adviseAfterPrune = (failed: readonly PruneDecision[], context: ProblemContext): string => {
  const remedies = failed.map(({ reason }) =>
    reason.kind === 'failed' ? (describeFailedDeletion(reason.reason, context).remedy ?? rerun) : rerun,
  )
  const [first = rerun, ...others] = new Set(remedies)
  return others.length === 0 ? first : 'Correct what is listed, then re-run the job for them; the others are done.'
}

const describePruneTimedOut = ({ timeoutMs }: Common, decisions: readonly PruneDecision[]): Problem => ({
  what: `The timeout of ${formatDuration(timeoutMs)} passed: ${formatEnvironments(countOf(decisions, 'deleted'))} deleted, ${countOf(decisions, 'failed')} left.`,
  remedy: 'Re-run the job for the rest, or set a longer timeout.',
})

const describePruneCancelled = (decisions: readonly PruneDecision[]): Problem => ({
  what: `The workflow was cancelled: ${formatEnvironments(countOf(decisions, 'deleted'))} had been deleted.`,
})

/** @param github why GitHub could not be read */
export const describePullRequestsUnreadable = (github: Problem): Problem => ({
  cause: 'the pull requests could not be checked',
  what: `The pull requests could not be checked, so nothing was deleted. ${github.what}`,
  ...(github.remedy !== undefined && { remedy: github.remedy }),
})

const describeKilledPrune = (remains: readonly DeletionState[]): Problem => {
  const countOf = (wanted: DeletionState) => remains.filter((each) => each === wanted).length
  const [gone, unknown] = [countOf('gone'), countOf('unknown')]
  const unseen = unknown > 0 ? `, ${unknown} could not be checked` : ''
  const seen =
    remains.length === 0
      ? 'no deletion was under way'
      : `of ${formatCount(remains.length, 'deletion')} under way, ${gone} ${gone === 1 ? 'has' : 'have'} finished${unseen}`
  return { what: `The step was terminated; ${seen}.`, remedy: 'Re-run the job for the rest.' }
}

/** Why one environment was deleted, or wasn't, as a clause. */
export const formatPruneReason = (reason: PruneReason, context: ProblemContext): string => {
  switch (reason.kind) {
    case 'closed':
    case 'merged':
      return `its pull request is ${reason.kind}`
    case 'deleted_elsewhere':
      return 'it was deleted in the meantime, not by this step'
    case 'failed':
      return toClause(describeFailedDeletion(reason.reason, context).what)
    case 'stopped':
      return joinParts('; ', stops[reason.by] + formatLastHeard(reason.error), goesOn[reason.progress])
    case 'pull_request_unreadable':
      return joinParts(
        '; ',
        `its pull request could not be checked (${toClause(describeGitHubFailure(reason.failure).what)})`,
        goesOn[reason.progress],
      )
    case 'internal_error':
      return joinParts('; ', `because of a bug in the action: ${toClause(reason.message)}`, goesOn[reason.progress])
    default:
      return formatKeepReason(reason)
  }
}

const stops = { timeout: 'the timeout passed first', cancelled: 'the workflow was cancelled' } as const

const formatLastHeard = (error: FailureDetails | undefined): string =>
  error ? ` (${toClause(describeFailure(error).what)})` : ''

const goesOn: Readonly<Record<DeletionProgress, string>> = {
  none: '',
  asked: 'it may have been deleted',
  going: 'its deletion goes on in Humanitec',
}

const describeFailedDeletion = (reason: Reason, context: ProblemContext): Problem => {
  switch (reason.kind) {
    case 'request':
      return describeRequestFailure(reason.error, context)
    case 'unreachable':
      return describeUnreachable(reason.error, context)
    case 'last_environment':
    case 'not_deletable':
    case 'deletion_given_up':
      return describeRefusedDeletion(reason)
    default:
      return { what: reason.kind }
  }
}
