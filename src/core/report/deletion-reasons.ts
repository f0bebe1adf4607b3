import type { KeepReason } from '../environments.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/problem.ts'
import type { DeletionProgress, PruneReason, Reason } from '../run/reason.ts'
import { joinParts, toClause, toSentence } from '../text/words.ts'
import { type Told, wordRequestFailure, wordUnreachable } from './refusals.ts'
import { formatFailure } from './request-problems.ts'

/** Why one environment was deleted, or wasn't, as a clause. */
export const formatPruneReason = (reason: PruneReason, told: Told): string => {
  switch (reason.kind) {
    case 'closed':
    case 'merged':
      return `its pull request is ${reason.kind}`
    case 'deleted_elsewhere':
      return 'someone else has deleted it meanwhile'
    case 'failed':
      return toClause(wordFailedDeletion(reason.reason, told).what)
    case 'stopped':
      return joinParts('; ', stops[reason.by] + formatLastHeard(reason.error), goesOn[reason.progress])
    case 'pull_request_unreadable':
      return joinParts(
        '; ',
        `its pull request could not be checked (${toClause(reason.problem.what)})`,
        goesOn[reason.progress],
      )
    case 'own_fault':
      return joinParts('; ', `by a fault of the action’s own: ${toClause(reason.message)}`, goesOn[reason.progress])
    default:
      return formatKeepReason(reason)
  }
}

const stops = { timeout: 'the timeout passed first', cancelled: 'the workflow was cancelled' } as const

const formatLastHeard = (error: FailureDetails | undefined): string =>
  error ? ` (${toClause(formatFailure(error).what)})` : ''

const goesOn: Readonly<Record<DeletionProgress, string>> = {
  none: '',
  asked: 'it may have been deleted',
  going: 'its deletion goes on in Humanitec',
}

const wordFailedDeletion = (reason: Reason, told: Told): Problem => {
  switch (reason.kind) {
    case 'request':
      return wordRequestFailure(reason.error, told)
    case 'unreachable':
      return wordUnreachable(reason.error, told)
    case 'last_environment':
    case 'not_deletable':
    case 'deletion_given_up':
      return wordRefusedDeletion(reason)
    default:
      return { what: reason.kind }
  }
}

type RefusedDeletion = Extract<Reason, { kind: 'last_environment' | 'not_deletable' | 'deletion_given_up' }>

export const wordRefusedDeletion = (reason: RefusedDeletion): Problem => {
  switch (reason.kind) {
    case 'last_environment':
      return formatLastEnvironment(reason.env, reason.error)
    case 'not_deletable':
      return formatNotDeletable(reason.env)
    case 'deletion_given_up':
      return formatDeletionGivenUp(reason.env)
  }
}

/** The API answers 400 to the deletion of an application's last environment (its reference, "Delete a specific Environment"). */
const formatLastEnvironment = (env: string, { status, detail }: FailureDetails): Problem => ({
  cause: `Humanitec refused it (${status})`,
  what: toSentence(`Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail}`}`),
  remedy: 'If it is the application’s last environment, delete the application instead.',
})

/** A DELETE is answered 404, and yet the environment can be read. */
const formatNotDeletable = (env: string): Problem => ({
  cause: 'the token may see it, but not delete it',
  what: `Humanitec finds no environment ${env} to delete (404), though it can be read: the token’s role may be too low.`,
  remedy:
    'Check the token: its service user needs the role Developer in the application, and Deployer for the environment’s type.',
})

/** The environment was being deleted, and isn't any longer. */
const formatDeletionGivenUp = (env: string): Problem => ({
  cause: 'Humanitec stopped the deletion',
  what: `The environment ${env} was being deleted, and is there again: Humanitec has not deleted it.`,
  remedy: 'Look at the environment in Humanitec, and re-run the job.',
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
