import type { Deployment } from '../api.ts'
import { type DeployRequest, isPlan, type Request, type WaitRequest } from '../inputs/request.ts'
import { formatDeploymentUrl, type Place } from '../run/links.ts'
import type { LineEvent, LogEvent, WarningEvent } from '../run/log-event.ts'
import type { Report } from '../run/result.ts'
import type { Comparison } from '../set-diff.ts'
import { formatAge, formatCount, formatUser, joinParts } from '../text/words.ts'
import type { Annotation, LogLine, Writer } from '../text/writer.ts'
import { formatChangeLines, formatImageLines } from './changes.ts'
import { formatHealthEvent } from './health.ts'
import { formatStatusLine, formatWaitEvent } from './log-wait.ts'
import { formatApprovalNotice, formatRunEvent } from './pipeline-problems.ts'
import { describeGitHubFailure } from './request-problems.ts'

type LogContext = Pick<Report, 'nowMs' | 'writer'>

type EventOf<Kind extends LogEvent['kind']> = Extract<LogEvent, { kind: Kind }>

/** What an event writes to the log: lines, and annotations, which people see outside of it, too. */
type EventText = { readonly lines: readonly LogLine[]; readonly annotations: readonly Annotation[] }

export const formatEvent = (event: LogEvent, context: LogContext): EventText => {
  const { writer } = context
  if (isWarning(event)) {
    const message = writer.annotation(formatWarning(event, writer))
    return { lines: [], annotations: [{ level: 'warning', message }] }
  }
  const lines = listEventLines(event, context).map((line) => writer.logLine(line))
  return { lines, annotations: event.kind === 'approval' ? [formatNotice(event, writer)] : [] }
}

const formatNotice = (event: EventOf<'approval'>, writer: Writer): Annotation => {
  const { title, message } = formatApprovalNotice(event)
  return { level: 'notice', title: writer.annotationTitle(title), message: writer.annotation(message) }
}

const listEventLines = (event: LineEvent, context: LogContext): readonly string[] => {
  switch (event.kind) {
    case 'checking_pull_request':
      return [
        `Checking whether the triggering workflow (workflow_run) ran for pull request ${event.number} of ${context.writer.line(event.repository)}`,
      ]
    case 'opening':
      return formatOpening(event, context.writer)
    case 'base':
      return [formatBase(event, context)]
    case 'images':
      return formatImageLines(event.changes, context.writer)
    case 'changes':
      return formatChangesEvent(event, context)
    case 'files_sent':
      return event.files.map(({ path, bytes }) =>
        context.writer.logLine(`  file      ${path}, ${formatCount(bytes, 'byte')}`),
      )
    case 'creating_environment':
      return [formatCreating(event, context.writer)]
    case 'started':
      return [formatStarted(event, context.writer)]
    case 'waiting_for_deployment':
      return formatWaitingFor(event, context)
    case 'following':
      return formatFollowing(event, context)
    case 'status':
      return [formatStatusLine(event, context.writer)]
    case 'health':
      return [formatHealthEvent(event, context.writer)]
    case 'following_run':
    case 'approval':
    case 'run_status':
      return [formatRunEvent(event)]
    default:
      return [formatWaitEvent(event, context.writer)]
  }
}

const warnings: ReadonlySet<LogEvent['kind']> = new Set(['unknown_status', 'escapes_prune', 'github_not_updated'])

const isWarning = (event: LogEvent): event is WarningEvent => warnings.has(event.kind)

/** As plain text. */
const formatWarning = (event: WarningEvent, writer: Writer): string => {
  switch (event.kind) {
    case 'unknown_status':
      return `Deployment ${writer.shortId(event.deployment.id)} has the status “${event.deployment.status}”, which this action doesn’t know: it is followed until it has succeeded or failed.`
    case 'escapes_prune':
      return `${event.env} is not known to belong to a pull request, so prune will not find it; set pull_request to the number of its pull request.`
    case 'github_not_updated': {
      const { what, remedy } = describeGitHubFailure(event.failure)
      const left = event.what ?? 'What GitHub shows of this run could not be updated'
      return [`${left}.`, what, remedy].filter(Boolean).join(' ')
    }
  }
}

const formatOpening = ({ request, comment }: EventOf<'opening'>, writer: Writer): string[] =>
  listLines(formatPlan(request, writer), request.operation === 'deploy' ? formatCommentLine(comment) : '')

const formatCommentLine = (comment: string): string => comment && `  comment   ${comment}`

const listLines = (...lines: readonly string[]): string[] => lines.filter((line) => line !== '')

const formatPlan = (request: Request, writer: Writer): string => {
  const place = `${request.org} / ${request.app} / ${request.env}`
  switch (request.operation) {
    case 'deploy':
      return request.dryRun
        ? `Dry run: what deploying ${formatChange(request, writer)} would change in ${place}`
        : `Deploy ${formatChange(request, writer)} to ${place}`
    case 'wait':
      return formatWaitPlan(request, place)
    case 'delete':
      return request.dryRun ? `Dry run: whether ${place} would be deleted` : `Delete ${place}`
    case 'prune':
      return `${request.dryRun ? 'Dry run: find' : 'Delete'} the environments ${place} whose pull requests are closed`
  }
}

const formatWaitPlan = ({ pipelineRun, deploymentId }: WaitRequest, place: string): string => {
  if (pipelineRun)
    return `Wait for the deployment of pipeline run ${pipelineRun.pipelineId}/${pipelineRun.runId} to ${place}`
  return `Wait for ${deploymentId ? `deployment ${deploymentId}` : 'the latest deployment'} of ${place}`
}

const formatChange = (request: DeployRequest, writer: Writer): string => {
  if (request.setId) return `Set ${writer.shortHash(request.setId)}`
  const state = formatState(request, writer)
  const change = formatOwnChange(request, writer)
  if (change) return `${change}${state ? `, on top of ${state},` : ''}`
  return state ?? 'the current state again'
}

const formatOwnChange = ({ deltaId, images, score }: DeployRequest, writer: Writer): string | undefined => {
  if (deltaId) return `Delta ${writer.shortHash(deltaId)}`
  if (!score) return images && formatCount(images.length, 'image')
  return score.files.length > 1 ? formatCount(score.files.length, 'Score file') : score.files[0]
}

const formatState = ({ env, base }: DeployRequest, writer: Writer): string | undefined => {
  if (base?.kind === 'deployment') return `the state of deployment ${writer.shortId(base.id)}`
  return base && (base.env === env ? 'the latest successful state' : `the state of ${base.env}`)
}

/** What changed, against what; one line where it could not be read. */
const formatChangesEvent = (event: EventOf<'changes'>, context: LogContext): readonly string[] => {
  const { request, changes, comparison } = event
  const isPlanned = isPlan(request)
  if (comparison.unread !== undefined) return [`What changed could not be read: ${comparison.unread}`]
  const against = formatComparison(comparison, isPlanned, context)
  if (changes.length === 0) return [`Nothing ${isPlanned ? 'would change' : 'changed'}${against}`]
  return [`${isPlanned ? 'Would change' : 'Changed'}${against}:`, ...formatChangeLines(changes, context.writer)]
}

const formatComparison = ({ base, env }: Comparison, isPlanned: boolean, { writer, nowMs }: LogContext): string => {
  if (!base) return ` (there ${isPlanned ? 'is no successful deployment yet' : 'was no successful deployment before'})`
  const what = `, compared with ${writer.shortId(base.id)}${env === undefined ? '' : ` of ${env}`}`
  return `${what}, ${isPlanned ? 'the latest successful deployment' : joinParts(' ', 'deployed', formatAge(base.created_at, nowMs))}`
}

const formatBase = (
  { base: { id, status, created_at }, env }: EventOf<'base'>,
  { nowMs, writer }: LogContext,
): string => {
  const what = `${writer.shortId(id)}${env === undefined ? '' : ` of ${env}`}`
  return `  base      ${what} (${joinParts(', ', status, formatAge(created_at, nowMs))})`
}

const formatCreating = ({ definition, from }: EventOf<'creating_environment'>, writer: Writer): string =>
  `Creating the environment ${definition.id} (${definition.type}) from ${from}, deployment ${writer.shortId(definition.from_deploy_id)}`

const formatStarted = ({ request, deployment, followed }: EventOf<'started'>, writer: Writer): string => {
  const what = `${followed ? 'Following' : 'Started'} deployment ${writer.shortId(deployment.id)}`
  return `${what}   ${formatDeploymentUrl(request, deployment.id)}`
}

const formatWaitingFor = (event: EventOf<'waiting_for_deployment'>, context: LogContext): string[] =>
  formatOtherDeployment(
    `Waiting for deployment ${context.writer.shortId(event.deployment.id)} of ${event.place.env}`,
    event,
    context.nowMs,
  )

const formatFollowing = (event: EventOf<'following'>, context: LogContext): string[] =>
  formatOtherDeployment(`Following deployment ${context.writer.shortId(event.deployment.id)}`, event, context.nowMs)

type OtherDeployment = { readonly place: Place; readonly deployment: Deployment }

const formatOtherDeployment = (what: string, { place, deployment }: OtherDeployment, nowMs: number): string[] => {
  const { id, created_at, created_by, comment } = deployment
  const age = formatAge(created_at, nowMs)
  const started =
    age || created_by ? `, started${age && ` ${age}`}${created_by && ` by ${formatUser(created_by)}`}` : ''
  return listLines(`${what}${started}   ${formatDeploymentUrl(place, id)}`, formatCommentLine(comment))
}
