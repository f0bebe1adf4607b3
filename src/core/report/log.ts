import type { Deployment, DeploymentError, EnvironmentDefinition } from '../../ports.ts'
import { isFinal } from '../deployments.ts'
import type { DeployRequest, Request } from '../inputs/request.ts'
import { heartbeatMs } from '../network/retry-policy.ts'
import type { ExpectedEnd } from '../polling.ts'
import { formatDeploymentUrl, type Place } from '../run/links.ts'
import type { Problem, PruneDecision, Report, RunState } from '../run/outcome.ts'
import { escapeLogLine, listLogLines } from '../text/escape.ts'
import { formatAge, formatDuration, formatDurationRange, formatElapsed } from '../text/time.ts'
import { formatCount, formatLast, joinParts, shortenDeploymentId, shortenHash } from '../text/words.ts'
import { isShownInFull } from './annotations.ts'
import { formatErrorHead, formatErrorTitle, listErrors, noWords } from './errors.ts'
import { formatHeadline } from './headline.ts'
import { actionWords, groupDecisions } from './prune-table.ts'
import { formatRollbackHintLine } from './rollback-hint.ts'

// Lines as they are: the runner's adapter redacts and escapes them. Escaped or cut before, a secret would not be known any more.

/** What is going to be done, and where; before anything is. `comment` is the deployment's. */
export const formatOpening = (request: Request, comment: string): string[] =>
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
export const formatBase = ({ id, status, created_at }: Deployment, env: string | undefined, nowMs: number): string => {
  const what = `${shortenDeploymentId(id)}${env === undefined ? '' : ` of ${env}`}`
  return `  base      ${what} (${joinParts(', ', status, formatAge(created_at, nowMs))})`
}

/** What `create_from` makes. `from_deploy_id`: the deployment whose state the environment begins with. */
export const formatCreating = ({ id, type, from_deploy_id }: EnvironmentDefinition, from: string): string =>
  `Creating the environment ${id} (${type}) from ${from}, deployment ${shortenDeploymentId(from_deploy_id)}`

/** `followed`: it was there already. */
export const formatStarted = (request: Request, deployment: Deployment, followed: boolean): string => {
  const what = `${followed ? 'Following' : 'Started'} deployment ${shortenDeploymentId(deployment.id)}`
  return `${what}   ${formatDeploymentUrl(request, deployment.id)}`
}

/** Somebody else's deployment holds the environment, and its end is waited for. */
export const formatWaitingFor = (place: Place, active: Deployment, nowMs: number): string[] =>
  formatForeign(`Waiting for deployment ${shortenDeploymentId(active.id)} of ${place.env}`, place, active, nowMs)

/** `operation: wait` has found what it waits for. */
export const formatFollowing = (place: Place, deployment: Deployment, nowMs: number): string[] =>
  formatForeign(`Following deployment ${shortenDeploymentId(deployment.id)}`, place, deployment, nowMs)

const formatForeign = (what: string, place: Place, deployment: Deployment, nowMs: number): string[] => {
  const { id, created_at, created_by, comment } = deployment
  const age = formatAge(created_at, nowMs)
  const started = age || created_by ? `, started${age && ` ${age}`}${created_by && ` by ${created_by}`}` : ''
  return listLines(`${what}${started}   ${formatDeploymentUrl(place, id)}`, formatCommentLine(comment))
}

type StatusLine = {
  readonly elapsedMs: number
  /** The environment's, where several are waited for side by side. */
  readonly env?: string
  readonly status: string
  /** What the environment's history lets expect. */
  readonly expected?: ExpectedEnd
  /** Said instead of that. */
  readonly note?: string
}

/** `  00:33  in progress · about 2 min left`. */
export const formatStatusLine = ({ elapsedMs, env, status, expected, note }: StatusLine): string => {
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
export const formatUnseenConflict = ({ env }: { readonly env: string }, elapsedMs: number): string =>
  `  ${formatElapsed(elapsedMs)}  another deployment is active in ${env} (409), though none can be seen · asking again`

/** A request that is repeated for long: what keeps it from being answered. */
export const formatStillAsking = (elapsedMs: number, { what }: Problem): string =>
  `  ${formatElapsed(elapsedMs)}  ${what} Asking again.`

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
      ({ env, action, reason }) => `  ${env.padEnd(envWidth)}  ${actionWords[action].padEnd(actionWidth)}  ${reason}`,
    ),
  )
  return lines.length > mostUnfolded
    ? { title: `${formatCount(lines.length, 'environment')} looked at`, lines }
    : { lines }
}
