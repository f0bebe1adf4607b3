import type { Deployment, DeploymentError, EnvironmentDefinition } from '../../ports.ts'
import { isFinal } from '../deployments.ts'
import type { DeployRequest, Request } from '../inputs/request.ts'
import { formatRequestError } from '../network/request-error.ts'
import { heartbeatMs } from '../network/retry-policy.ts'
import type { ExpectedEnd } from '../polling.ts'
import { formatDeploymentUrl, type Place } from '../run/links.ts'
import type { LogEvent, StatusEvent, WaitingFor } from '../run/log-event.ts'
import type { PruneDecision, Report, RunState } from '../run/outcome.ts'
import { escapeLogLine, listLogLines } from '../text/escape.ts'
import { formatAge, formatDuration, formatDurationRange, formatElapsed } from '../text/time.ts'
import { formatCount, formatLast, joinParts, shortenDeploymentId, shortenHash } from '../text/words.ts'
import { isShownInFull } from './annotations.ts'
import { formatPruneReason } from './deletion-reasons.ts'
import { formatErrorHead, formatErrorTitle, listErrors, noWords } from './errors.ts'
import { formatHeadline } from './headline.ts'
import { actionWords, groupDecisions } from './prune-table.ts'
import { formatFailure } from './request-problems.ts'
import { formatRollbackHintLine } from './rollback-hint.ts'

// Lines as they are: the runner's adapter redacts and escapes them. Escaped or cut before, a secret would not be known any more.

/** Where and when an event is told. */
type Moment = { readonly nowMs: number }

/** The lines of the log for an event. */
export const formatEvent = (event: LogEvent, { nowMs }: Moment): readonly string[] => {
  switch (event.kind) {
    case 'plan':
      return formatOpening(event.request, event.comment)
    case 'base':
      return [formatBase(event.base, event.env, nowMs)]
    case 'creating_environment':
      return [formatCreating(event.definition, event.from)]
    case 'started':
      return [formatStarted(event.request, event.deployment, event.followed)]
    case 'waiting_for_deployment':
      return formatWaitingFor(event.place, event.deployment, nowMs)
    case 'following':
      return formatFollowing(event.place, event.deployment, nowMs)
    case 'status':
      return [formatStatusLine(event)]
    default:
      return [formatWaitEvent(event)]
  }
}

/** Whether people are to see it outside of the log, too. */
export const isWarning = ({ kind }: LogEvent): boolean => kind === 'unknown_status'

type WaitEvent = Exclude<
  LogEvent,
  {
    kind: 'plan' | 'base' | 'creating_environment' | 'started' | 'waiting_for_deployment' | 'following' | 'status'
  }
>

/** What is waited for, or was. */
const formatWaitEvent = (event: WaitEvent): string => {
  switch (event.kind) {
    case 'unknown_status':
      return `Deployment ${shortenDeploymentId(event.deployment.id)} has the status “${event.deployment.status}”, which this action doesn’t know: it is followed until it has succeeded or failed.`
    case 'unseen_conflict':
      return formatUnseenConflict(event, event.elapsedMs)
    case 'retrying':
      return formatTimed(event.elapsedMs, `${formatFailure(event.error).what} Asking again.`)
    case 'looking_for_start':
      return `The start got no clear answer (${formatRequestError(event.error)}): looking for it in the list of deployments`
    case 'rate_limited':
      return `Humanitec takes no more requests for now (429): again in ${formatDuration(event.delayMs)}`
    case 'still_waiting':
      return formatTimed(event.elapsedMs, waitingFor[event.what])
    case 'rebase_sent_again':
      return `The rebase was sent again: waiting ${formatDuration(event.delayMs)}, until the first request can’t come any more`
    case 'waiting_for_deletion':
      return `Waiting until the environment ${event.env} is deleted`
    case 'still_deleting':
      return formatTimed(
        event.elapsedMs,
        joinParts(' · ', `${event.env} is still being deleted`, event.error && formatFailure(event.error).what),
      )
    case 'deleting':
      return `Deleting the environment ${event.env}`
    case 'nothing_to_delete':
      return `There is no environment ${event.env} in ${event.app}: nothing is left to delete`
    case 'environment_unreadable':
      return `The environment ${event.env} could not be looked at: ${event.message}`
    case 'waiting_for_host':
      return `Waiting for the host of ${event.env}, which is still being provisioned`
    case 'host_found':
      return `It came after ${formatDuration(event.afterMs)}`
  }
}

const waitingFor: Readonly<Record<WaitingFor, string>> = {
  start: 'looking for the start',
  conflict: 'looking for the deployment in the way',
  rate_limit: 'waiting, as Humanitec wishes',
}

const formatTimed = (elapsedMs: number, what: string): string => `  ${formatElapsed(elapsedMs)}  ${what}`

/** What is going to be done, and where; before anything is. `comment` is the deployment's. */
const formatOpening = (request: Request, comment: string): string[] =>
  listLines(formatPlan(request), request.operation === 'deploy' ? formatCommentLine(comment) : '')

const formatCommentLine = (comment: string): string => comment && `  comment   ${comment}`

const listLines = (...lines: readonly string[]): string[] => lines.filter((line) => line !== '')

const formatPlan = (request: Request): string => {
  const place = `${request.org} / ${request.app} / ${request.env}`
  switch (request.operation) {
    case 'deploy':
      return `Deploy ${formatChange(request)} to ${place}`
    case 'wait':
      return `Wait for ${request.deploymentId ? `deployment ${request.deploymentId}` : 'the newest deployment'} of ${place}`
    case 'delete':
      return `${request.dryRun ? 'Dry run: look at' : 'Delete'} ${place}`
    case 'prune':
      return `${request.dryRun ? 'Dry run: look for' : 'Delete'} the environments ${place} whose pull requests are closed`
  }
}

const formatChange = (request: DeployRequest): string => {
  const { deltaId, setId } = request
  if (setId) return `Set ${shortenHash(setId)}`
  const state = formatState(request)
  if (deltaId) return `Delta ${shortenHash(deltaId)}${state ? ` on ${state}` : ''}`
  return state ?? 'the current state again'
}

const formatState = ({ env, base }: DeployRequest): string | undefined => {
  if (base?.kind === 'deployment') return `the state of deployment ${shortenDeploymentId(base.id)}`
  return base && (base.env === env ? 'the newest state that succeeded' : `the state of ${base.env}`)
}

/** The deployment whose state the next one builds on. `env`: its environment, where that is another one. */
const formatBase = ({ id, status, created_at }: Deployment, env: string | undefined, nowMs: number): string => {
  const what = `${shortenDeploymentId(id)}${env === undefined ? '' : ` of ${env}`}`
  return `  base      ${what} (${joinParts(', ', status, formatAge(created_at, nowMs))})`
}

/** What `create_from` makes. `from_deploy_id`: the deployment whose state the environment begins with. */
const formatCreating = ({ id, type, from_deploy_id }: EnvironmentDefinition, from: string): string =>
  `Creating the environment ${id} (${type}) from ${from}, deployment ${shortenDeploymentId(from_deploy_id)}`

/** `followed`: it was there already. */
const formatStarted = (request: Request, deployment: Deployment, followed: boolean): string => {
  const what = `${followed ? 'Following' : 'Started'} deployment ${shortenDeploymentId(deployment.id)}`
  return `${what}   ${formatDeploymentUrl(request, deployment.id)}`
}

/** Somebody else's deployment holds the environment, and its end is waited for. */
const formatWaitingFor = (place: Place, active: Deployment, nowMs: number): string[] =>
  formatForeign(`Waiting for deployment ${shortenDeploymentId(active.id)} of ${place.env}`, place, active, nowMs)

/** `operation: wait` has found what it waits for. */
const formatFollowing = (place: Place, deployment: Deployment, nowMs: number): string[] =>
  formatForeign(`Following deployment ${shortenDeploymentId(deployment.id)}`, place, deployment, nowMs)

const formatForeign = (what: string, place: Place, deployment: Deployment, nowMs: number): string[] => {
  const { id, created_at, created_by, comment } = deployment
  const age = formatAge(created_at, nowMs)
  const started = age || created_by ? `, started${age && ` ${age}`}${created_by && ` by ${created_by}`}` : ''
  return listLines(`${what}${started}   ${formatDeploymentUrl(place, id)}`, formatCommentLine(comment))
}

/** `  00:33  in progress · about 2 min left`. */
const formatStatusLine = ({ elapsedMs, env, status, expected, error }: StatusEvent): string => {
  const note = error && `${formatFailure(error).what} Asking again.`
  const hint = note ?? (expected && !isFinal({ status }) ? formatExpectedEnd(elapsedMs, expected) : '')
  return `  ${formatElapsed(elapsedMs)}  ${joinParts(' · ', env, status, hint)}`
}

/** At first how long the last ones took, then how much is left; past all of them, that. */
const formatExpectedEnd = (elapsedMs: number, { count, shortestMs, longestMs, remainingMs }: ExpectedEnd): string => {
  const range = formatDurationRange([shortestMs, longestMs])
  const last = `the ${formatLast(count)}`
  if (elapsedMs > longestMs) return `longer than ${last} (${range})`
  if (remainingMs === undefined || elapsedMs < heartbeatMs) return `${last} took ${range}`
  return remainingMs < 15_000
    ? `about to end: ${last} took up to ${formatDuration(longestMs)}`
    : formatRemaining(remainingMs)
}

/** Never more exact than it can be. */
const formatRemaining = (remainingMs: number): string => {
  const roundTo = remainingMs < 55_000 ? 10_000 : remainingMs < 3_600_000 ? 60_000 : 600_000
  return `about ${formatDuration(Math.round(remainingMs / roundTo) * roundTo)} left`
}

/** A 409 that nothing in sight explains. */
const formatUnseenConflict = ({ env }: { readonly env: string }, elapsedMs: number): string =>
  `  ${formatElapsed(elapsedMs)}  another deployment is active in ${env} (409), though none can be seen · asking again`

/** Lines of the log; with a title, under a fold. */
type LogBlock = { readonly title?: string; readonly lines: readonly string[] }

const mostGroups = 200
const mostUrls = 20
const mostUnfolded = 50

/** What the log says before the annotations, which it shows too: whatever they don't tell, or not in full. */
export const formatResult = (report: Report): readonly LogBlock[] =>
  listBlocks(report).filter(({ lines }) => lines.length > 0)

const listBlocks = (report: Report): readonly LogBlock[] => {
  const { state, result } = report
  const remarks = formatLines(state.remarks)
  switch (result.outcome) {
    case 'failed':
      return formatHiddenErrors(listErrors(state))
    case 'succeeded':
      return [formatLines(state.environmentUrls.slice(0, mostUrls).map((url) => `  url       ${url}`)), remarks]
    case 'started':
      return [formatLines(formatHowToFollow(state)), remarks]
    case 'deleted':
    case 'pruned':
      return [...formatDecisions(state), formatLines([formatHeadline(report)]), remarks]
    default:
      return formatDecisions(state)
  }
}

/** The last lines of the log, which people see first: what to do after a failure. */
export const formatNextSteps = (report: Report): readonly string[] =>
  report.result.outcome === 'failed'
    ? formatLines([...report.state.remarks, formatRollbackHintLine(report)].filter(Boolean)).lines
    : []

const formatLines = (lines: readonly string[]): LogBlock => ({ lines: lines.map((line) => escapeLogLine(line)) })

/** The errors that no annotation tells in full, a group each. */
const formatHiddenErrors = (errors: readonly DeploymentError[]): readonly LogBlock[] => {
  const hidden = errors.filter((error, index) => !isShownInFull(error, index))
  const more = hidden.length - mostGroups
  return [
    ...hidden.slice(0, mostGroups).map(formatErrorGroup),
    formatLines(more > 0 ? [`… and ${formatCount(more, 'more error')}: they are in the summary`] : []),
  ]
}

const formatErrorGroup = (error: DeploymentError): LogBlock => {
  const title = joinParts(': ', formatErrorHead(error), formatErrorTitle(error))
  return { title: escapeLogLine(title, 200), lines: listLogLines(error.message || noWords) }
}

const formatHowToFollow = ({ deployment }: RunState): readonly string[] =>
  deployment ? [`Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}`] : []

const formatDecisions = ({ request, pruned }: RunState): readonly LogBlock[] => {
  const { previews, others } = groupDecisions(pruned)
  const { lines } = formatLines(others.map(({ env }) => `  ${env}`))
  const title = `${formatCount(others.length, 'other environment')}, kept: not named like ${request?.env}`
  return [formatPreviews(previews), { title: escapeLogLine(title), lines }]
}

const formatPreviews = (decisions: readonly PruneDecision[]): LogBlock => {
  const envWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ env }) => env.length))
  const actionWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ action }) => actionWords[action].length))
  const { lines } = formatLines(
    decisions.map(
      ({ env, action, reason }) =>
        `  ${env.padEnd(envWidth)}  ${actionWords[action].padEnd(actionWidth)}  ${formatPruneReason(reason)}`,
    ),
  )
  return lines.length > mostUnfolded
    ? { title: `${formatCount(lines.length, 'environment')} looked at`, lines }
    : { lines }
}
