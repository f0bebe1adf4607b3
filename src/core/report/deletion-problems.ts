import type { Common, Request } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import type { DeletionProgress, DeletionReason, DeletionState, KeepReason, Reason } from '../run/reason.ts'
import type { ProblemContext } from '../run/result.ts'
import { formatDuration, toSentence } from '../text/words.ts'
import { formatBlockingDeployment, rerunAfterBlocking } from './refusals.ts'
import { formatTrouble } from './request-problems.ts'

export const describeDeletionReason = (reason: DeletionReason, request: Request, context: ProblemContext): Problem => {
  switch (reason.kind) {
    case 'no_application':
      return describeNoApplication(request)
    case 'kept':
      return describeKept(request.env, reason.keepReason)
    case 'last_environment':
    case 'not_deletable':
    case 'deletion_given_up':
      return describeRefusedDeletion(reason)
    case 'deletion_timed_out':
      return describeDeletionTimedOut(request, reason, context)
    case 'deletion_cancelled':
      return describeDeletionCancelled(request, reason.progress)
    case 'dry_deletion':
      return describeDryDeletion(request, reason.remains)
    case 'killed_deletion':
      return describeKilledDelete(request, reason.remains)
  }
}

const describeKept = (env: string, keepReason: KeepReason): Problem => ({
  cause: formatKeepReason(keepReason),
  what: `The environment ${env} was not deleted: ${formatKeepReason(keepReason)}.`,
  isCauseComplete: true,
  remedy:
    keepReason.kind === 'others'
      ? `Check env. ${formatOthersRemedy(keepReason)}`
      : 'Check env. To delete it anyway, give its type as env_type.',
})

/** The other repository's name may be an earlier name of this one. */
const formatOthersRemedy = ({ claim, mayBeRenamed }: Extract<KeepReason, { readonly kind: 'others' }>): string => {
  if (mayBeRenamed) return 'If this repository had that name before, give the environment’s type as env_type.'
  const rule = 'Only the repository and the pull request that it is named after may delete it'
  return claim === 'another repository'
    ? `${rule}; after a move of the repository to another owner, delete it in Humanitec.`
    : `${rule}.`
}

const describeNoApplication = ({ org, app }: Common): Problem => ({
  cause: 'there is no such application',
  what: `There is no application ${app} in ${org}, or the token isn’t allowed to see it.`,
  remedy: 'Check org and app, and the token’s roles.',
})

const describeDeletionTimedOut = (
  { env, timeoutMs }: Common,
  { progress, other, error }: Extract<DeletionReason, { kind: 'deletion_timed_out' }>,
  { writer }: ProblemContext,
): Problem => ({
  what:
    {
      none: `The environment ${env} was not deleted within ${formatDuration(timeoutMs)}${other ? `: ${formatBlockingDeployment(other, writer)} had to end first` : ''}.`,
      asked: `Humanitec did not confirm within ${formatDuration(timeoutMs)} that the environment ${env} was deleted; it may be gone by now, or be deleted later.`,
      going: `The environment ${env} is still being deleted after ${formatDuration(timeoutMs)}; it goes on in Humanitec.`,
    }[progress] + formatTrouble(error),
  remedy: other ? rerunAfterBlocking : 'Re-run the job, or set a longer timeout.',
})

const describeDeletionCancelled = (request: Common, progress: DeletionProgress): Problem => {
  const what = {
    none: `The workflow was cancelled before the environment ${request.env} was deleted.`,
    asked: `The workflow was cancelled; the environment ${request.env} may have been deleted.`,
    going: `The workflow was cancelled; the deletion of the environment ${request.env} goes on in Humanitec.`,
  }[progress]
  return { ...(progress === 'asked' && { cause: formatPerhapsDeleted(request) }), what }
}

/** For the headline. */
const formatPerhapsDeleted = ({ env, app }: Common): string => `${env} of ${app} may have been deleted`

const describeDryDeletion = ({ env, app }: Common, remains: DeletionState): Problem => {
  const what = {
    there: `The environment ${env} of ${app} would be deleted.`,
    deleting: `The environment ${env} of ${app} is already being deleted.`,
    gone: `There is no environment ${env} in ${app}: nothing would be deleted.`,
    unknown: '',
  }[remains]
  return { what: `${what} Nothing was done: dry_run.` }
}

/** The process died, and the post step reports it. */
const describeKilledDelete = (request: Common, remains: DeletionState | undefined): Problem => {
  const { env } = request
  switch (remains) {
    case 'gone':
      return { what: `The step was terminated; the environment ${env} has been deleted.` }
    case 'deleting':
      return { what: `The step was terminated; the deletion of the environment ${env} goes on in Humanitec.` }
    case 'there':
      return {
        what: `The step was terminated; the environment ${env} is still there.`,
        remedy: 'Re-run the job.',
      }
    case 'unknown':
      return {
        cause: formatPerhapsDeleted(request),
        what: `The step was terminated; the environment ${env} may have been deleted: it could not be checked.`,
        remedy: 'Re-run the job.',
      }
    case undefined:
      return {
        what: `The step was terminated before the environment ${env} was deleted.`,
        remedy: 'Re-run the job.',
      }
  }
}

type RefusedDeletion = Extract<Reason, { kind: 'last_environment' | 'not_deletable' | 'deletion_given_up' }>

export const describeRefusedDeletion = (reason: RefusedDeletion): Problem => {
  switch (reason.kind) {
    case 'last_environment':
      return describeLastEnvironment(reason.env, reason.error)
    case 'not_deletable':
      return describeNotDeletable(reason.env)
    case 'deletion_given_up':
      return describeDeletionGivenUp(reason.env)
  }
}

/** The API answers 400 to the deletion of an application's last environment (its reference, "Delete a specific Environment"). */
const describeLastEnvironment = (env: string, { status, detail }: FailureDetails): Problem => ({
  cause: `Humanitec refused it (${status})`,
  what: toSentence(`Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail}`}`),
  remedy: 'If it is the application’s last environment, delete the application instead.',
})

const describeNotDeletable = (env: string): Problem => ({
  cause: 'the token may see it, but not delete it',
  what: `Humanitec finds no environment ${env} to delete (404), though it can be read: the token’s role may be too low.`,
  remedy:
    'Check the token: its service user needs the role Developer in the application, and Deployer for the environment’s type.',
})

const describeDeletionGivenUp = (env: string): Problem => ({
  cause: 'Humanitec stopped the deletion',
  what: `Humanitec stopped deleting the environment ${env}: it is still there, and no longer being deleted.`,
  remedy: 'Look at the environment in Humanitec, and re-run the job.',
})

/** Why an environment is kept, as a clause. */
export const formatKeepReason = (keepReason: KeepReason): string => {
  switch (keepReason.kind) {
    case 'others':
      return `its name, ${keepReason.name}, is that of a preview of ${keepReason.claim}`
    case 'type':
      return `it is of type ${keepReason.type}, not ${keepReason.wanted}`
    case 'production':
      return 'it is a production environment'
    case 'unnamed':
      return `its name, ${keepReason.name}, doesn’t say that it was made for ${keepReason.repository}`
    case 'unnumbered':
      return `its name, ${keepReason.name}, doesn’t say that it was made for this pull request`
    case 'pattern_mismatch':
      return `its id doesn’t match ${keepReason.pattern}`
    case 'being_deleted':
      return 'it is already being deleted'
    case 'open_pull_request':
      return 'its pull request is open'
    case 'no_pull_request':
      return `there is no pull request ${keepReason.pullRequest} in ${keepReason.repository}`
  }
}
