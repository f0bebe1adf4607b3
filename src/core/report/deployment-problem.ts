import type { Deployment, StartBody } from '../../ports.ts'
import { isFinal } from '../deployment/deployments.ts'
import { listPastDeployments } from '../deployment/history.ts'
import { determineExpectedEnd } from '../deployment/polling.ts'
import type { Common, DeployRequest } from '../inputs/request.ts'
import type { FailureDetails } from '../network/failure.ts'
import type { Facts, Problem } from '../run/outcome.ts'
import { formatDuration, formatDurationRange } from '../text/duration.ts'
import { shortenDeploymentId } from '../text/short-ids.ts'
import { formatAge } from '../text/times.ts'
import { formatLast, joinParts } from '../text/words.ts'
import { formatFailure } from './request-problem.ts'

/** Another deployment holds the environment. */
export const formatConflict = (request: DeployRequest, active: Deployment | undefined, nowMs: number): Problem => {
  const age = formatAge(active?.created_at ?? '', nowMs)
  const what = active
    ? `Deployment ${shortenDeploymentId(active.id)} is active in ${request.env}, started ${age && `${age} `}by ${active.created_by || 'someone'}.`
    : `Humanitec says that another deployment is active in ${request.env} (409).`
  return {
    cause: 'another deployment is active',
    what: `${what} Nothing was started.`,
    remedy: 'Run the step again when it has ended, or set `on_conflict: wait`.',
    ...(active && { conflict: active }),
  }
}

/** A start was sent, and nobody can say what became of it. */
export const formatFateUnknown = (
  body: StartBody,
  request: { readonly env: string },
  failure?: FailureDetails,
): Problem => ({
  what: `A deployment ${formatBody(body)} was sent to ${request.env}, and what became of it could not be found out. It may be running.${formatTrouble(failure)}`,
  remedy: `Look at the environment’s deployments before anything is started again: ours has the comment “${body.comment}”. A deployment pipeline that takes deployment requests may be holding it, for instance for an approval.`,
})

const formatBody = ({ delta_id, set_id }: StartBody): string =>
  delta_id ? `of Delta ${delta_id}` : set_id ? `of Set ${set_id}` : 'of the environment’s base'

/** The deadline came first. */
export const formatTimedOut = (
  { deployment, history }: Facts,
  timeoutMs: number,
  lastFailure?: FailureDetails,
): Problem => {
  const trouble = formatTrouble(lastFailure)
  if (!deployment) {
    return {
      what: `The timeout of ${formatDuration(timeoutMs)} came before anything was started.${trouble}`,
      remedy: 'Run the step again, or set a longer timeout.',
    }
  }
  return {
    what: `Deployment ${shortenDeploymentId(deployment.id)} is still ${deployment.status || 'running'} after ${formatDuration(timeoutMs)}; it goes on in Humanitec.${formatUsual(history, deployment.id)}${trouble}`,
    remedy: 'Follow it by its link, or with `operation: wait`; for slower deployments, set a longer timeout.',
  }
}

const formatTrouble = (lastFailure: FailureDetails | undefined): string => {
  if (!lastFailure) return ''
  const { what, remedy } = formatFailure(lastFailure)
  return ` The last thing heard: ${joinParts(' ', what, isRedirect(lastFailure.status) && remedy)}`
}

const isRedirect = (status = 0): boolean => status >= 300 && status < 400

/** Whether it hangs, or the timeout is short. */
const formatUsual = (history: readonly Deployment[], ownId: string): string => {
  const usual = determineExpectedEnd(0, listPastDeployments(history, ownId))
  if (!usual) return ''
  const { count, shortestMs, longestMs } = usual
  return ` The ${formatLast(count)} took ${formatDurationRange([shortestMs, longestMs])}.`
}

/** A signal came. Humanitec's API has no call that cancels a deployment. */
export const formatCancelled = ({ deployment }: Facts): Problem => {
  if (!deployment) return { what: 'The workflow was cancelled before anything was started.' }
  return isFinal(deployment)
    ? {
        what: `The workflow was cancelled; deployment ${shortenDeploymentId(deployment.id)} had already ended: ${deployment.status}.`,
      }
    : {
        what: `The workflow was cancelled; deployment ${shortenDeploymentId(deployment.id)} goes on in Humanitec, which can’t cancel it.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
}

/** The process died without a word of its own; the post step speaks for it. */
export const formatKilled = ({ deployment }: Facts): Problem =>
  deployment
    ? {
        what: `The step was ended from outside; deployment ${shortenDeploymentId(deployment.id)} goes on in Humanitec.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
    : { what: 'The step was ended from outside before anything was started.' }

/** `operation: wait` without `deployment_id`, where nothing was ever deployed. */
export const formatNoDeployment = ({ env }: Pick<Common, 'env'>): Problem => ({
  cause: 'there is none',
  what: `The environment ${env} has no deployment to wait for.`,
  remedy: 'Start one first, or name it in deployment_id.',
})
