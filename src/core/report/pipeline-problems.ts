import type { PipelineApproval } from '../api.ts'
import type { PipelineRunId, Request } from '../inputs/request.ts'
import { formatPipelineRunUrl } from '../run/links.ts'
import type { LogEvent, RunStatusEvent } from '../run/log-event.ts'
import type { Problem } from '../run/outcome.ts'
import type { Reason, RunFailure } from '../run/reason.ts'
import type { RunState } from '../run/result.ts'
import { formatElapsed, joinParts, toClause, toSentence } from '../text/words.ts'
import { formatFailure } from './request-problems.ts'

type RunReason = Extract<Reason, { kind: 'run_failed' | 'run_without_deployment' | 'run_elsewhere' }>

/** Why a run of a pipeline ended the step. */
export const wordRunReason = (reason: RunReason, request: Request): Problem => {
  const link = formatPipelineRunUrl(request, reason.run)
  switch (reason.kind) {
    case 'run_failed':
      return formatRunFailed(reason.failure, link)
    case 'run_without_deployment':
      return {
        cause: 'the pipeline made no deployment',
        what: `The pipeline’s run was completed (${reason.status || 'without a status'}), and made no deployment in ${request.env}.`,
        remedy: `Look at the run: ${link}`,
      }
    case 'run_elsewhere':
      return {
        cause: `the run doesn’t concern ${request.env}`,
        what: `The pipeline run ${formatRunId(reason.run)} doesn’t concern the environment ${request.env}.`,
        remedy: `Check env and pipeline_run; the run: ${link}`,
      }
  }
}

const formatRunId = ({ pipelineId, runId }: PipelineRunId): string => `${pipelineId}/${runId}`

const formatRunFailed = (failure: RunFailure, link: string): Problem => {
  const { status, message, isDenied } = failure
  const said = message && `: ${toClause(message)}`
  return isDenied
    ? {
        cause: 'the approval was denied',
        what: toSentence(`The approval that the pipeline’s run waited for was denied${said}`),
        remedy: `Ask who denied it; the run: ${link}`,
      }
    : {
        cause: status === 'cancelled' ? 'the pipeline’s run was cancelled' : 'the pipeline’s run failed',
        what: `The pipeline’s run ended with “${status}”${formatPlace(failure)}${said}.`,
        remedy: `Look at the steps of the run: ${link}`,
      }
}

/** ` in job deploy, step Wait for readiness`; `''` where neither is told. */
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

/** What the run, or a deployment that doesn't begin, waits for; `''` where nobody is asked. */
export const formatAwaited = ({ approvals }: Pick<RunState, 'approvals'>): string =>
  approvals.length > 0 ? ` It waits for an approval: ${formatApprovals(approvals)}.` : ''

/** The page of the run that the step follows, behind a sentence. */
export const formatRunLink = ({ request, pipelineRun }: RunState): string =>
  request && pipelineRun ? ` ${formatPipelineRunUrl(request, pipelineRun)}` : ''

/** What the runner shows beside the log at once. */
export const formatNotice = (
  event: LogEvent,
): { readonly level: 'notice'; readonly title: string; readonly message: string } | undefined =>
  event.kind === 'approval'
    ? {
        level: 'notice',
        title: `Waiting for an approval in ${event.place.env}`,
        message: `${formatApprovals([event.approval])}. ${formatPipelineRunUrl(event.place, event.run)}`,
      }
    : undefined

/** Lines of the log about runs of pipelines. */
export const formatRunEvent = (
  event: Extract<LogEvent, { kind: 'following_run' | 'approval' | 'run_status' }>,
): string => {
  switch (event.kind) {
    case 'following_run': {
      const what = event.isAfter
        ? 'The deployment succeeded; its pipeline’s run goes on'
        : 'Following the pipeline’s run'
      return `${what}   ${formatPipelineRunUrl(event.place, event.run)}`
    }
    case 'approval':
      return `The pipeline’s run waits for an approval: ${formatApprovals([event.approval])}   ${formatPipelineRunUrl(event.place, event.run)}`
    case 'run_status':
      return formatRunStatus(event)
  }
}

const formatRunStatus = ({ elapsedMs, status, job = '', step = '', approvals, error }: RunStatusEvent): string => {
  const isWaiting = approvals.length > 0
  const what = isWaiting
    ? `waiting for an approval: ${formatApprovals(approvals)}`
    : `pipeline run ${status}${formatPlace({ job, step })}`
  return `  ${formatElapsed(elapsedMs)}  ${error ? `${formatFailure(error).what} Trying again.` : what}`
}

/** A pipeline has the request, and no deployment came of it by the step's end. */
export const formatHeldEnd = (what: string, state: RunState): Problem => {
  return {
    what: `${what}; the pipeline’s run goes on in Humanitec, without a deployment so far.${formatAwaited(state)}`,
    remedy: `Follow it by its link, or in a later job with \`operation: wait\` and pipeline_run; it can be cancelled there.${formatRunLink(state)}`,
  }
}
