import type { Deployment, DeploymentError, PipelineRunId } from '../../ports.ts'
import { determineDurationMs, isFinal } from '../deployments.ts'
import type { Request } from '../inputs/request.ts'
import { formatDeploymentUrl, formatPipelineRunUrl } from '../run/links.ts'
import type { Result, RunState } from '../run/outcome.ts'
import { cutText, toLine } from '../text/escape.ts'
import { formatChangesOutput } from './changes.ts'
import { hasUnreadErrors, listApiErrors } from './errors.ts'

export const outputNames = [
  'deployment_id',
  'deployment_url',
  'delta_id',
  'pipeline_run',
  'pipeline_run_url',
  'status',
  'outcome',
  'set_id',
  'from_id',
  'created_at',
  'finished_at',
  'duration_seconds',
  'errors',
  'error_count',
  'health',
  'changes',
  'environment_url',
  'environment_urls',
  'environment_created',
  'deleted_environments',
] as const

export type OutputName = (typeof outputNames)[number]

/** In UTF-16 units: what an environment variable holds everywhere (32,767 on Windows), with room to spare. */
const longestErrors = 30_000

/** Every output, with what it is while it isn't known. Without an ending, what is known so far: `outcome` is empty. */
export const formatOutputs = (state: RunState, result?: Result): Record<OutputName, string> => ({
  ...formatDeploymentOutputs(state),
  outcome: result?.outcome ?? '',
  ...formatErrorOutputs(state),
  health: state.health ?? '',
  changes: formatChangesOutput(state.changes),
  environment_url: state.environmentUrls[0] ?? '',
  environment_urls: JSON.stringify(state.environmentUrls),
  environment_created: String(state.environmentCreated),
  deleted_environments: JSON.stringify(state.deletedEnvironments),
})

const formatPipelineOutputs = (request: Request | undefined, run: PipelineRunId | undefined) => ({
  pipeline_run: run ? `${run.pipelineId}/${run.runId}` : '',
  pipeline_run_url: run && request ? formatPipelineRunUrl(request, run) : '',
})

const formatDeploymentOutputs = ({ deployment, request, deltaId = '', pipelineRun }: RunState) => ({
  deployment_id: toLine(deployment?.id ?? ''),
  deployment_url: deployment && request ? formatDeploymentUrl(request, deployment.id) : '',
  delta_id: toLine(
    deltaId || (request?.operation === 'deploy' ? (request.deltaId ?? '') : '') || (deployment?.delta_id ?? ''),
  ),
  ...formatPipelineOutputs(request, pipelineRun),
  status: toLine(deployment?.status ?? ''),
  set_id: toLine(deployment?.set_id ?? ''),
  from_id: toLine(deployment?.from_id ?? ''),
  created_at: toLine(deployment?.created_at ?? ''),
  finished_at: deployment && isFinal(deployment) ? toLine(deployment.status_changed_at) : '',
  duration_seconds: formatSeconds(deployment),
})

/** Whole seconds, since a shell can't calculate with any other. */
const formatSeconds = (deployment: Deployment | undefined): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : String(Math.round(durationMs / 1000))
}

/** Errors that weren't read count as none, except where there must be some: after a failure. */
const formatErrorOutputs = (state: RunState) => {
  const known = listApiErrors(state)
  return { errors: formatErrors(known), error_count: hasUnreadErrors(state) ? '' : String(known.length) }
}

const formatErrors = (errors: readonly DeploymentError[]): string => {
  const elements: string[] = []
  let length = '[]'.length
  for (const error of errors) {
    const element = formatError(error)
    length += element.length + (elements.length === 0 ? 0 : ','.length)
    if (length > longestErrors) break
    elements.push(element)
  }
  return `[${elements.join(',')}]`
}

/** A message that would leave no room for any element is shortened: a code and half a message say more than nothing. */
const formatError = (error: DeploymentError): string => {
  const { scope, object_id, code, summary, message, error_type } = error
  const fields = { scope, object_id, code, summary, message, error_type }
  const element = JSON.stringify(fields)
  if (element.length <= longestErrors - '[]'.length) return element
  const shortened = Object.entries(fields).map(([name, text]) => [name, cutText(text, name === 'message' ? 4000 : 100)])
  return JSON.stringify(Object.fromEntries(shortened))
}
