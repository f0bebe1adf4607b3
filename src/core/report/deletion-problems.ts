import { type KeepReason, parsePreviewName } from '../environments.ts'
import type { Common, DeleteRequest, PruneRequest } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import { formatEnvironmentPageUrl, formatPullRequestUrl } from '../run/links.ts'
import type { Problem, PruneDecision, Report, Result, RunState } from '../run/outcome.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatDuration } from '../text/time.ts'
import { formatCount, joinParts, toClause, toSentence } from '../text/words.ts'

export const formatKept = (env: string, keepReason: KeepReason): Problem => ({
  cause: formatKeepReason(keepReason),
  what: `The environment ${env} was not deleted: ${formatKeepReason(keepReason)}.`,
  causeTellsAll: true,
  remedy:
    keepReason.kind === 'others'
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
  what: toSentence(`Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail}`}`),
  remedy: 'If it is the application’s last environment, delete the application instead.',
})

/**
 * - `none`: no DELETE was sent, or all were refused
 * - `asked`: one was sent, and what became of it isn't known
 * - `going`: Humanitec has taken it on
 */
export type DeletionProgress = 'none' | 'asked' | 'going'

export const formatDeletionTimedOut = ({ env, timeoutMs }: Common, progress: DeletionProgress): Problem => ({
  what: {
    none: `The environment ${env} was not deleted within ${formatDuration(timeoutMs)}.`,
    asked: `The environment ${env} was not seen to go within ${formatDuration(timeoutMs)}; it may still be deleted.`,
    going: `The environment ${env} is still being deleted after ${formatDuration(timeoutMs)}; it goes on in Humanitec.`,
  }[progress],
  remedy: 'Run the step again, or set a longer timeout.',
})

export const formatDeletionCancelled = (request: Common, progress: DeletionProgress): Problem => {
  const what = {
    none: `The workflow was cancelled before the environment ${request.env} was deleted.`,
    asked: `The workflow was cancelled; the environment ${request.env} may have been deleted.`,
    going: `The workflow was cancelled; the deletion of the environment ${request.env} goes on in Humanitec.`,
  }[progress]
  return { ...(progress === 'asked' && { cause: formatPerhapsDeleted(request) }), what }
}

/** For the headline. */
export const formatPerhapsDeleted = ({ env, app }: Common): string => `${env} of ${app} may have been deleted`

/** A DELETE is answered 404, and yet the environment can be read. */
export const formatNotDeletable = (env: string): Problem => ({
  cause: 'the token may see it, but not delete it',
  what: `Humanitec finds no environment ${env} to delete (404), though it can be read: the token’s role may be too low.`,
  remedy:
    'Check the token: its service user needs the role Developer in the application, and Deployer for the environment’s type.',
})

export const formatDryDeletion = ({ env, app }: DeleteRequest, state: 'there' | 'deleting' | 'gone'): Result => {
  const what = {
    there: `The environment ${env} of ${app} would be deleted.`,
    deleting: `The environment ${env} of ${app} is being deleted already.`,
    gone: `There is no environment ${env} in ${app}: nothing would be deleted.`,
  }[state]
  return { outcome: 'skipped', problem: { what: `${what} Nothing was done: dry_run.` } }
}

const formatEnvironments = (count: number): string => formatCount(count, 'environment')

const countOf = (decisions: readonly PruneDecision[], action: PruneDecision['action']): number =>
  decisions.filter((decision) => decision.action === action).length

/** How a prune ends that came to its end. */
export const formatPruneEnding = ({ dryRun }: PruneRequest, decisions: readonly PruneDecision[]): Result => {
  const failed = decisions.filter(({ action }) => action === 'failed')
  if (failed.length > 0) {
    const named = failed.slice(0, 3).map(({ env, reason }) => `${env}: ${toClause(reason)}`)
    const what = `${formatEnvironments(failed.length)} could not be deleted. ${named.join('; ')}${failed.length > 3 ? '; and so on.' : '.'}`
    const cause = `${formatEnvironments(failed.length)} could not be deleted`
    return { outcome: 'error', problem: { cause, what, remedy: 'Run the step again for them; the others are done.' } }
  }
  if (!dryRun) return { outcome: 'pruned' }
  const would = countOf(decisions, 'would_be_deleted')
  return {
    outcome: 'skipped',
    problem: { what: `${formatEnvironments(would)} would be deleted. Nothing was done: dry_run.` },
  }
}

/** @param why the prune ended before this deletion did, as a clause */
export const formatUnseenEnd = (why: string, progress: DeletionProgress): string =>
  why + { none: '', asked: '; it may have been deleted', going: '; its deletion goes on in Humanitec' }[progress]

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

/** Why an environment is kept, as a clause. */
export const formatKeepReason = (keepReason: KeepReason): string => {
  switch (keepReason.kind) {
    case 'others':
      return `it is named ${keepReason.name}, for ${keepReason.claim}`
    case 'type':
      return `it is of type ${keepReason.type}, not ${keepReason.wanted}`
    case 'production':
      return 'it is a production environment'
    case 'unnamed':
      return `its name, ${keepReason.name}, doesn’t say that it was made for ${keepReason.repository}`
    case 'unnumbered':
      return `its name, ${keepReason.name}, doesn’t say that it was made for this pull request`
    case 'misfit':
      return `its id doesn’t fit ${keepReason.pattern}`
    case 'being_deleted':
      return 'it is being deleted already'
    case 'open_pull_request':
      return 'its pull request is open'
    case 'no_pull_request':
      return `there is no pull request ${keepReason.pullRequest} in ${keepReason.repository}`
  }
}

/** `acme / shop / pr-12 · type development · preview of #12 · by octocat`: what was to be deleted, whose it was, and who wanted it. */
export const formatDeletionFacts = ({ result, state, workflow }: Report, request: DeleteRequest): string => {
  const place = `${request.org} / ${request.app} / ${request.env}`
  const { type = '' } = state.environment ?? {}
  return joinParts(
    ' · ',
    result.outcome === 'deleted' ? escapeMarkdown(place) : formatLink(place, formatEnvironmentPageUrl(request)),
    type && `type ${escapeMarkdown(type, 100)}`,
    formatOwner(state, workflow),
    workflow.actor && `by ${escapeMarkdown(workflow.actor, 100)}`,
  )
}

/** The pull request of a preview, else whatever name a person gave. Of one that couldn't be read, the event's pull request. */
const formatOwner = ({ environment }: RunState, workflow: WorkflowContext): string => {
  const { repository, pullRequest } = parsePreviewName(environment?.name ?? '') ?? {}
  const isOurs = !environment || repository?.toLowerCase() === workflow.repository.toLowerCase()
  const number = pullRequest ?? (environment ? undefined : workflow.pullRequest?.number)
  if (isOurs && number !== undefined)
    return `preview of ${formatLink(`#${number}`, formatPullRequestUrl(workflow, number))}`
  return environment && environment.name !== environment.id ? `named ${escapeMarkdown(environment.name, 200)}` : ''
}
