import type { Deployment } from '../api.ts'
import { isFinal, isKnownStatus, listPastDeployments } from '../deployments.ts'
import type { Request } from '../inputs/request.ts'
import { determineExpectedEnd } from '../polling.ts'
import type { Problem } from '../run/outcome.ts'
import type { Reason } from '../run/reason.ts'
import type { ProblemContext } from '../run/result.ts'
import { formatAge, formatDuration, formatDurationRange } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { describePipelineEnd, formatAwaited } from './pipeline-problems.ts'
import { formatBlockingDeployment, rerunAfterBlocking } from './refusals.ts'
import { formatTrouble } from './request-problems.ts'

// The step ended before its deployment did: at the deadline, by a cancellation, or because the process died.

export const describeTimedOut = (
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
    const first = other && `: ${formatBlockingDeployment(other, writer)} had to end first`
    const wait = awaited === 'deletion' ? `: the environment ${request?.env} is still being deleted` : (first ?? '')
    return {
      what: `${timeout} passed ${formatBefore(request)}${wait}.${trouble}`,
      remedy: other ? rerunAfterBlocking : 'Re-run the job, or set a longer timeout.',
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
  if (request?.operation === 'wait') return 'before a deployment to follow was found'
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
export const describeCancelled = ({ state, writer }: Pick<ProblemContext, 'state' | 'writer'>): Problem => {
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
export const describeKilled = ({ state, writer }: ProblemContext, isUnread = false): Problem => {
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
