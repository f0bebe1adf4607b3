import type { Deployment } from '../api.ts'
import { isFinal } from '../deployments.ts'
import { type DeployRequest, isPlan, type Request, type WaitRequest } from '../inputs/request.ts'
import { formatRequestError } from '../network/request-error.ts'
import { heartbeatMs } from '../network/retry-policy.ts'
import type { ExpectedEnd } from '../polling.ts'
import { formatDeploymentUrl, type Place } from '../run/links.ts'
import type { LineEvent, LogEvent, StatusEvent, WaitEvent, WaitingFor, WarningEvent } from '../run/log-event.ts'
import type { Report } from '../run/result.ts'
import type { Comparison } from '../set-diff.ts'
import {
  formatAge,
  formatCount,
  formatDuration,
  formatDurationRange,
  formatElapsed,
  formatLast,
  formatUser,
  joinParts,
} from '../text/words.ts'
import type { Annotation, LogLine, Writer } from '../text/writer.ts'
import { formatChangeLines, formatImageLines } from './changes.ts'
import { formatHealthEvent, formatHealthNews } from './health.ts'
import { formatApprovalNotice, formatRunEvent } from './pipeline-problems.ts'
import { describeFailure, describeGitHubFailure } from './request-problems.ts'

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
        `Check whether the triggering workflow (workflow_run) ran for pull request ${event.number} of ${context.writer.line(event.repository)}`,
      ]
    case 'plan':
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
      return [formatStatusLine(event, context)]
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

/** What is waited for, or was. */
const formatWaitEvent = (event: WaitEvent, writer: Writer): string => {
  switch (event.kind) {
    case 'unseen_conflict':
      return formatUnseenConflict(event)
    case 'retrying':
      return formatTimed(event.elapsedMs, `${describeFailure(event.error).what} Trying again.`)
    case 'looking_for_start':
      return `The start had no clear answer (${formatRequestError(event.error)}): looking for it in the list of deployments`
    case 'rate_limited':
      return `Humanitec is rate-limiting this token (429)${event.isLast ? ': the timeout comes before the next try' : `: trying again in ${formatDuration(Math.max(1000, event.delayMs))}`}`
    case 'still_waiting':
      return formatTimed(event.elapsedMs, waitingFor[event.what])
    case 'other_base':
      return formatOtherBase(event, writer)
    case 'rebase_sent_again':
      return `The rebase was sent again: waiting ${formatDuration(event.delayMs)}, until the first request can no longer take effect`
    case 'waiting_for_deletion':
      return `Waiting until the environment ${event.env} is deleted`
    case 'still_deleting':
      return formatTimed(
        event.elapsedMs,
        joinParts(' · ', `${event.env} is still being deleted`, event.error && describeFailure(event.error).what),
      )
    case 'deleting':
      return `Deleting the environment ${event.env}`
    case 'nothing_to_delete':
      return `There is no environment ${event.env} in ${event.app}: nothing is left to delete`
    case 'environment_unreadable':
      return `The environment ${event.env} could not be checked: ${event.message}`
    case 'waiting_for_host':
      return `Waiting for the address of ${event.env}: its DNS or route resource isn’t ready yet`
    case 'host_found':
      return `The address is known after ${formatDuration(event.afterMs)}`
  }
}

/** `isRebased`: the step will end as an error. */
const formatOtherBase = (event: Extract<LogEvent, { kind: 'other_base' }>, { shortId }: Writer): string =>
  `The deployment is based on ${shortId(event.actual)}, not on ${shortId(event.asked)}: the environment’s base changed in between${event.isRebased ? '. It is followed until it has finished' : ''}`

const waitingFor: Readonly<Record<WaitingFor, string>> = {
  start: 'looking for the start',
  conflict: 'looking for the active deployment',
  rate_limit: 'waiting, because of Humanitec’s rate limit',
}

const formatTimed = (elapsedMs: number, what: string): string => `  ${formatElapsed(elapsedMs)}  ${what}`

const formatOpening = ({ request, comment }: EventOf<'plan'>, writer: Writer): string[] =>
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
      return `${request.dryRun ? 'Dry run: check' : 'Delete'} ${place}`
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
  if (change) return `${change}${state ? ` on ${state}` : ''}`
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
  if (changes.length === 0) return [`Nothing ${isPlanned ? 'would change' : 'changed'}, ${against}`]
  return [`${isPlanned ? 'Would change' : 'Changed'}, ${against}:`, ...formatChangeLines(changes, context.writer)]
}

const formatComparison = ({ base, env }: Comparison, isPlanned: boolean, { writer, nowMs }: LogContext): string => {
  if (!base) return isPlanned ? 'there is no successful deployment yet' : 'there was no successful deployment before'
  const what = `compared with ${writer.shortId(base.id)}${env === undefined ? '' : ` of ${env}`}`
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

/** `  00:33  in progress · about 2 min left`. */
const formatStatusLine = (event: StatusEvent, context: LogContext): string => {
  const { elapsedMs, env, status, expected, error, health, awaitsApproval = false } = event
  const wait = awaitsApproval ? 'waiting for an approval' : undefined
  const note = health
    ? formatHealthNews(health, context.writer)
    : error && `${describeFailure(error).what} Trying again.`
  const hint = note ?? wait ?? (expected && !isFinal({ status }) ? formatExpectedEnd(elapsedMs, expected) : '')
  return `  ${formatElapsed(elapsedMs)}  ${joinParts(' · ', env, status, hint)}`
}

/** At first how long the last ones took, then how much is left; after that, that it takes longer than they did. */
const formatExpectedEnd = (elapsedMs: number, { count, shortestMs, longestMs, remainingMs }: ExpectedEnd): string => {
  const range = formatDurationRange([shortestMs, longestMs])
  const last = `the ${formatLast(count)}`
  if (elapsedMs > longestMs) return `longer than ${last} (${range})`
  if (remainingMs === undefined || elapsedMs < heartbeatMs) return `${last} took ${range}`
  return remainingMs < 15_000
    ? `about to end: ${last} took up to ${formatDuration(longestMs)}`
    : formatRemaining(remainingMs)
}

/** Rounded, since it is an estimate. */
const formatRemaining = (remainingMs: number): string => {
  const roundTo = remainingMs < 55_000 ? 10_000 : remainingMs < 3_600_000 ? 60_000 : 600_000
  return `about ${formatDuration(Math.round(remainingMs / roundTo) * roundTo)} left`
}

const formatUnseenConflict = ({ env, elapsedMs, isLast }: Extract<WaitEvent, { kind: 'unseen_conflict' }>): string =>
  `  ${formatElapsed(elapsedMs)}  another deployment is active in ${env} (409), though none can be seen · ${isLast ? 'the timeout comes first' : 'trying again'}`
