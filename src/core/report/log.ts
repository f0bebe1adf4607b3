import type { Deployment, EnvironmentDefinition } from '../../ports.ts'
import { isFinal } from '../deployment/deployments.ts'
import type { ExpectedEnd } from '../deployment/polling.ts'
import type { DeployRequest, Request } from '../inputs/request.ts'
import { heartbeatMs } from '../network/limits.ts'
import { formatDeploymentUrl, type Place } from '../run/links.ts'
import type { Problem } from '../run/outcome.ts'
import { formatDuration, formatDurationRange, formatElapsed } from '../text/duration.ts'
import { shortenDeploymentId, shortenHash } from '../text/short-ids.ts'
import { formatAge } from '../text/times.ts'
import { formatLast, joinParts } from '../text/words.ts'

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

export type StatusLine = {
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
