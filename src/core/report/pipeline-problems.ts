import type { PipelineApproval } from '../api.ts'
import type { PipelineRunId, Request } from '../inputs/request.ts'
import { formatPipelineRunUrl } from '../run/links.ts'
import type { LogEvent, RunStatusEvent } from '../run/log-event.ts'
import type { Problem } from '../run/outcome.ts'
import type { RunFailure, RunReason } from '../run/reason.ts'
import type { RunState } from '../run/result.ts'
import { formatElapsed, joinParts, toClause, toSentence } from '../text/words.ts'
import { describeFailure } from './request-problems.ts'

/** Why a run of a pipeline ended the step. */
export const describeRunReason = (reason: RunReason, request: Request): Problem => {
  const runUrl = formatPipelineRunUrl(request, reason.run)
  switch (reason.kind) {
    case 'run_failed':
      return { ...describeRunFailed(reason.failure), runUrl }
    case 'run_without_deployment':
      return {
        cause: 'the pipeline started no deployment',
        what: `The pipeline run completed (${reason.status || 'without a status'}) without a deployment to ${request.env}.`,
        remedy: 'Look at the run.',
        runUrl,
      }
    case 'run_elsewhere':
      return {
        cause: `the run doesn’t concern ${request.env}`,
        what: `The pipeline run ${formatRunId(reason.run)} doesn’t concern the environment ${request.env}.`,
        remedy: 'Check env and pipeline_run.',
        runUrl,
      }
  }
}

const formatRunId = ({ pipelineId, runId }: PipelineRunId): string => `${pipelineId}/${runId}`

const describeRunFailed = (failure: RunFailure): Problem => {
  const { status, message, isDenied } = failure
  const said = message && `: ${toClause(message)}`
  return isDenied
    ? {
        cause: 'the approval was denied',
        what: toSentence(`The approval that the pipeline run waited for was denied${said}`),
        remedy: 'Look at the run, which shows who denied it.',
      }
    : {
        cause: status === 'cancelled' ? 'the pipeline run was cancelled' : 'the pipeline run failed',
        what: `The pipeline run ended with “${status}”${formatPlace(failure)}${said}.`,
        remedy: 'Look at the steps of the run.',
      }
}

/** ` in job deploy, step Wait for readiness`; `''` if neither is known. */
export const formatPlace = ({ job, step }: { readonly job: string; readonly step: string }): string => {
  const place = joinParts(', ', job && `job ${job}`, step && `step ${step}`)
  return place && ` in ${place}`
}

/** What is to be approved, and who may. */
export const formatApprovals = (approvals: readonly PipelineApproval[]): string =>
  approvals.map(formatApproval).join('; ')

const formatApproval = ({ message, env_id, job_id }: PipelineApproval): string => {
  const what = toClause(message) || `job ${job_id}`
  const who = env_id
    ? `anyone who may deploy to ${env_id} may approve (the role Deployer for its type)`
    : 'anyone with the role Deployer for the environment’s type may approve'
  return `“${what}”; ${who}`
}

/** The approvals that the run, or a deployment that doesn't begin, waits for; `''` if there are none. */
export const formatAwaited = ({ approvals }: Pick<RunState, 'approvals'>): string =>
  approvals.length > 0 ? ` It waits for an approval: ${formatApprovals(approvals)}.` : ''

/** The page of the run that the step follows; `''` where there is none. */
export const formatRunUrl = ({ request, pipelineRun }: RunState): string =>
  request && pipelineRun ? formatPipelineRunUrl(request, pipelineRun) : ''

/** For an annotation. */
export const formatApprovalNotice = ({
  place,
  run,
  approval,
}: Extract<LogEvent, { kind: 'approval' }>): { readonly title: string; readonly message: string } => ({
  title: `Waiting for an approval in ${place.env}`,
  message: `${formatApprovals([approval])}. ${formatPipelineRunUrl(place, run)}`,
})

/** Lines of the log about runs of pipelines. */
export const formatRunEvent = (
  event: Extract<LogEvent, { kind: 'following_run' | 'approval' | 'run_status' }>,
): string => {
  switch (event.kind) {
    case 'following_run': {
      const what = event.isAfter ? 'The deployment succeeded; its pipeline run goes on' : 'Following the pipeline run'
      return `${what}   ${formatPipelineRunUrl(event.place, event.run)}`
    }
    case 'approval':
      return `The pipeline run is waiting for an approval: ${formatApprovals([event.approval])}   ${formatPipelineRunUrl(event.place, event.run)}`
    case 'run_status':
      return formatRunStatus(event)
  }
}

const formatRunStatus = ({ elapsedMs, status, job = '', step = '', approvals, error }: RunStatusEvent): string => {
  const isWaiting = approvals.length > 0
  const what = isWaiting
    ? `waiting for an approval: ${formatApprovals(approvals)}`
    : `pipeline run ${status}${formatPlace({ job, step })}`
  return `  ${formatElapsed(elapsedMs)}  ${error ? `${describeFailure(error).what} Trying again.` : what}`
}

/** The step ends while a pipeline has the request, but has not made a deployment. */
export const describePipelineEnd = (what: string, state: RunState): Problem => ({
  what: `${what}; the pipeline run goes on in Humanitec, without a deployment so far.${formatAwaited(state)}`,
  remedy:
    'Follow it in Humanitec, where it can also be cancelled, or in a later job with `operation: wait` and pipeline_run.',
  runUrl: formatRunUrl(state),
})
