import { isOthersFence } from '../environment/preview.ts'
import type { Common, DeleteRequest, PruneRequest } from '../inputs/request.ts'
import type { FailureDetails } from '../network/failure.ts'
import type { Ending, Problem, PruneDecision } from '../run/outcome.ts'
import { formatDuration } from '../text/duration.ts'
import { formatCount } from './error-groups.ts'

/** @param fence why it may not be deleted, as a clause */
export const formatFenced = (env: string, fence: string): Problem => ({
  cause: fence,
  what: `The environment ${env} was not deleted: ${fence}.`,
  remedy: isOthersFence(fence)
    ? 'Check env. Only the repository and the pull request that it is named for may delete it.'
    : 'Check env. To delete it all the same, name its type in env_type.',
})

export const formatNoApplication = ({ org, app }: Common): Problem => ({
  cause: 'there is no such application',
  what: `There is no application ${app} in ${org}, or the token may not see it.`,
  remedy: 'Check org and app, and the token’s roles.',
})

/** The API answers 400 to the deletion of an application's last environment (its reference, "Delete a specific Environment"). */
export const formatLastEnvironment = (env: string, { status, detail }: FailureDetails): Problem => ({
  cause: `Humanitec refused it (${status})`,
  what: `Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail.replace(/[.\s]+$/, '')}`}.`,
  remedy: 'If it is the application’s last environment, delete the application instead.',
})

/** `isGoing`: Humanitec has taken the deletion on. */
export const formatDeletionTimedOut = ({ env, timeoutMs }: Common, isGoing: boolean): Problem => ({
  what: isGoing
    ? `The environment ${env} is still being deleted after ${formatDuration(timeoutMs)}; it goes on in Humanitec.`
    : `The environment ${env} was not deleted within ${formatDuration(timeoutMs)}.`,
  remedy: 'Run the step again, or set a longer timeout.',
})

export const formatDeletionCancelled = ({ env }: Common, isGoing: boolean): Problem => ({
  what: isGoing
    ? `The workflow was cancelled; the deletion of the environment ${env} goes on in Humanitec.`
    : `The workflow was cancelled before the environment ${env} was deleted.`,
})

export const formatDryDeletion = ({ env, app }: DeleteRequest, state: 'there' | 'deleting' | 'absent'): Ending => {
  const what = {
    there: `The environment ${env} of ${app} would be deleted.`,
    deleting: `The environment ${env} of ${app} is being deleted already.`,
    absent: `There is no environment ${env} in ${app}: nothing would be deleted.`,
  }[state]
  return { outcome: 'skipped', problem: { what: `${what} Nothing was done: dry_run.` } }
}

const formatEnvironments = (count: number): string => formatCount(count, 'environment')

const countOf = (decisions: readonly PruneDecision[], action: PruneDecision['action']): number =>
  decisions.filter((decision) => decision.action === action).length

/** How a prune ends that came to its end. */
export const formatPruneEnding = ({ dryRun }: PruneRequest, decisions: readonly PruneDecision[]): Ending => {
  const failed = decisions.filter(({ action }) => action === 'failed')
  if (failed.length > 0) {
    const named = failed.slice(0, 3).map(({ env, reason }) => `${env}: ${reason.replace(/\.$/, '')}`)
    const what = `${formatEnvironments(failed.length)} could not be deleted. ${named.join('; ')}${failed.length > 3 ? '; and so on.' : '.'}`
    const cause = `${formatEnvironments(failed.length)} could not be deleted`
    return { outcome: 'error', problem: { cause, what, remedy: 'Run the step again for them; the others are done.' } }
  }
  if (!dryRun) return { outcome: 'pruned' }
  const would = countOf(decisions, 'would be deleted')
  return {
    outcome: 'skipped',
    problem: { what: `${formatEnvironments(would)} would be deleted. Nothing was done: dry_run.` },
  }
}

export const formatPruneTimedOut = ({ timeoutMs }: Common, decisions: readonly PruneDecision[]): Problem => ({
  what: `The timeout of ${formatDuration(timeoutMs)} came first: ${formatEnvironments(countOf(decisions, 'deleted'))} deleted, ${countOf(decisions, 'failed')} left.`,
  remedy: 'Run the step again for the rest, or set a longer timeout.',
})

export const formatPruneCancelled = (decisions: readonly PruneDecision[]): Problem => ({
  what: `The workflow was cancelled: ${formatEnvironments(countOf(decisions, 'deleted'))} had been deleted.`,
})

/** @param github what GitHub, or the way to it, said */
export const formatPruneBlind = (github: Problem): Problem => ({
  cause: 'the pull requests could not be looked at',
  what: `The pull requests could not be looked at, so nothing was deleted. ${github.what}`,
  ...(github.remedy !== undefined && { remedy: github.remedy }),
})

/** The environment was being deleted, and isn't any longer. */
export const formatDeletionGivenUp = (env: string): Problem => ({
  cause: 'Humanitec gave the deletion up',
  what: `The environment ${env} was being deleted, and is there again: Humanitec has not deleted it.`,
  remedy: 'Look at the environment in Humanitec, and run the step again.',
})
