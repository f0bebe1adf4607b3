import type { StartBody } from '../api.ts'
import type { Common } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import type { Reason } from '../run/reason.ts'
import type { ProblemContext } from '../run/result.ts'
import { formatAge, formatUser } from '../text/words.ts'
import { formatTrouble } from './request-problems.ts'

// Why a start made no deployment, or not the one that was asked for, or why nobody knows.

type ConflictReason = Extract<Reason, { kind: 'conflict' }>

export const describeConflict = (
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
export const describeOtherBase = (
  { asked, actual }: Extract<Reason, { kind: 'other_base' }>,
  { state: { deployment }, writer }: ProblemContext,
): Problem => ({
  cause: 'on a different base than requested',
  isOtherBase: true,
  what: `Deployment ${writer.shortId(deployment?.id ?? '')} is based on the state of ${writer.shortId(actual)}, not of ${writer.shortId(asked)} as requested: the environment’s base changed between the rebase and the start. The deployment’s status: ${deployment?.status || 'unknown'}.`,
  remedy:
    'Re-run the job. Put all jobs that deploy to this environment, in all workflows, into one concurrency group, so that none comes in between.',
})

export const describeUnknownStart = (
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
