import type { Deployment, DeploymentError } from '../api.ts'
import { determineDurationMs, isFinal, isKnownStatus } from '../deployments.ts'
import type { PipelineRunId, Request } from '../inputs/request.ts'
import { formatDeploymentUrl, formatPipelineRunUrl } from '../run/links.ts'
import type { Result, RunState } from '../run/result.ts'
import type { Change } from '../set-diff.ts'
import { cutText } from '../text/clean.ts'
import { parseTimeMs } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { hasUnreadErrors, isKnownScope, listApiErrors } from './errors.ts'

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
const maxArrayUnits = 30_000

/**
 * Every output, also while its value isn't known yet. Values from outside are without secrets; what later steps decide by (the action's own
 * words, ids of environments) stays as it is. Without a result, `outcome` is empty.
 */
export const formatOutputs = (state: RunState, writer: Writer, result?: Result): Record<OutputName, string> => ({
  ...formatDeploymentOutputs(state, writer),
  outcome: result?.outcome ?? '',
  ...formatErrorOutputs(state, writer),
  health: state.health?.overall ?? '',
  changes: formatChangesOutput(state.changes, writer),
  environment_url: writer.output(state.environmentUrls[0] ?? ''),
  environment_urls: JSON.stringify(state.environmentUrls.map(writer.output)),
  environment_created: String(state.environmentCreated),
  deleted_environments: JSON.stringify(state.deletedEnvironments),
})

const formatPipelineOutputs = (request: Request | undefined, run: PipelineRunId | undefined) => ({
  pipeline_run: run ? `${run.pipelineId}/${run.runId}` : '',
  pipeline_run_url: run && request ? formatPipelineRunUrl(request, run) : '',
})

const formatDeploymentOutputs = ({ deployment, request, deltaId = '', pipelineRun }: RunState, writer: Writer) => ({
  deployment_id: writer.output(deployment?.id ?? ''),
  deployment_url: deployment && request ? formatDeploymentUrl(request, writer.output(deployment.id)) : '',
  delta_id: writer.output(
    deltaId || (request?.operation === 'deploy' ? (request.deltaId ?? '') : '') || (deployment?.delta_id ?? ''),
  ),
  ...formatPipelineOutputs(request, pipelineRun),
  status: formatStatus(deployment?.status ?? '', writer),
  set_id: writer.output(deployment?.set_id ?? ''),
  from_id: writer.output(deployment?.from_id ?? ''),
  created_at: formatTime(deployment?.created_at ?? '', writer),
  finished_at: deployment && isFinal(deployment) ? formatTime(deployment.status_changed_at, writer) : '',
  duration_seconds: formatSeconds(deployment),
})

/** Later steps compare with the API's words. */
const formatStatus = (status: string, writer: Writer): string =>
  isKnownStatus(status) ? status : writer.output(status)

/** Later steps calculate with times: a valid one stays as it is. */
const formatTime = (time: string, writer: Writer): string =>
  parseTimeMs(time) === undefined ? writer.output(time) : time

/** Whole seconds: a shell's arithmetic has no fractions. */
const formatSeconds = (deployment: Deployment | undefined): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : String(Math.round(durationMs / 1000))
}

/** Errors that weren't read count as none, except after a failure, where there must be some. */
const formatErrorOutputs = (state: RunState, writer: Writer) => {
  const known = listApiErrors(state)
  return { errors: formatErrors(known, writer), error_count: hasUnreadErrors(state) ? '' : String(known.length) }
}

const formatErrors = (errors: readonly DeploymentError[], writer: Writer): string =>
  formatArray(errors, (error) => formatError(error, writer))

/** A JSON array of as many elements as fit. */
const formatArray = <Item>(items: readonly Item[], formatItem: (item: Item) => string): string => {
  const elements: string[] = []
  let length = '[]'.length - ','.length
  for (const item of items) {
    const element = formatItem(item)
    length += element.length + ','.length
    if (length > maxArrayUnits) break
    elements.push(element)
  }
  return `[${elements.join(',')}]`
}

/** One that doesn't fit at all is shortened: a code and half a message say more than nothing. */
const formatError = (error: DeploymentError, writer: Writer): string => {
  const fields = {
    scope: isKnownScope(error.scope) ? error.scope : writer.text(error.scope),
    object_id: writer.text(error.object_id),
    code: writer.text(error.code),
    summary: writer.text(error.summary),
    message: writer.text(error.message),
    error_type: writer.text(error.error_type),
  }
  const element = JSON.stringify(fields)
  if (element.length <= maxArrayUnits - '[]'.length) return element
  const shortened = Object.entries(fields).map(([name, text]) => [name, cutText(text, name === 'message' ? 4000 : 100)])
  return JSON.stringify(Object.fromEntries(shortened))
}

/** The output `changes`. */
export const formatChangesOutput = (changes: readonly Change[], writer: Writer): string =>
  formatArray(changes, (change) => formatChange(change, writer))

/** A huge one is shortened, so that others fit. */
const formatChange = ({ workload, kind, name, change, from, to }: Change, { text }: Writer): string => {
  const fields = { workload: text(workload), kind, name: text(name), change, from: text(from), to: text(to) }
  const element = JSON.stringify(fields)
  if (element.length < 4000) return element
  return JSON.stringify(
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, cutText(value, 500)])),
  )
}
