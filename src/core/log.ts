import type { Deployment } from '../ports.ts'
import { formatRange } from './charts.ts'
import { isFinal } from './deployments.ts'
import { formatDuration, formatElapsed } from './duration.ts'
import { escapeLogLine } from './escape.ts'
import { heartbeatMs } from './limits.ts'
import { formatDeploymentUrl } from './links.ts'
import type { ExpectedEnd } from './polling.ts'
import type { DeployRequest, Request } from './request.ts'
import { shortenDeploymentId, shortenHash } from './short-ids.ts'
import { formatAge } from './times.ts'

/** What is going to be done, and where; before anything is. `comment` is the deployment's. */
export const formatOpening = (
  request: Request,
  base: Deployment | undefined,
  comment: string,
  nowMs: number,
): string[] => {
  const lines = [formatPlan(request)]
  if (request.operation === 'deploy' && base) lines.push(`  base      ${formatBase(base, nowMs)}`)
  if (request.operation === 'deploy' && comment) lines.push(`  comment   ${comment}`)
  return lines.map((line) => escapeLogLine(line))
}

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

const formatChange = ({ deltaId, setId, base }: DeployRequest): string => {
  if (setId) return `Set ${shortenHash(setId)}`
  const state =
    base && `the state of ${base.kind === 'deployment' ? `deployment ${shortenDeploymentId(base.id)}` : base.env}`
  if (deltaId) return `Delta ${shortenHash(deltaId)}${state ? ` on ${state}` : ''}`
  return state ?? 'the current state again'
}

const formatBase = ({ id, status, created_at }: Deployment, nowMs: number): string =>
  `${shortenDeploymentId(id)} (${[status, formatAge(created_at, nowMs)].filter(Boolean).join(', ')})`

/** `followed`: it was there already. */
export const formatStarted = (request: Request, deployment: Deployment, followed: boolean): string => {
  const what = `${followed ? 'Following' : 'Started'} deployment ${shortenDeploymentId(deployment.id)}`
  return escapeLogLine(`${what}   ${formatDeploymentUrl(request, deployment.id)}`)
}

export type StatusLine = {
  readonly elapsedMs: number
  readonly status: string
  /** What the environment's history lets expect. */
  readonly expected?: ExpectedEnd
  /** Said instead of that. */
  readonly note?: string
}

/** `  00:33  in progress · about 2 min left`. */
export const formatStatusLine = ({ elapsedMs, status, expected, note }: StatusLine): string => {
  const hint = note ?? (expected && !isFinal({ status }) ? formatExpectedEnd(elapsedMs, expected) : '')
  return escapeLogLine(`  ${formatElapsed(elapsedMs)}  ${[status, hint].filter(Boolean).join(' · ')}`)
}

/** At first how long the last ones took, then how much is left; past all of them, that. */
const formatExpectedEnd = (elapsedMs: number, { count, shortestMs, longestMs, remainingMs }: ExpectedEnd): string => {
  const range = formatRange([shortestMs, longestMs])
  const last = count === 1 ? 'the last one' : `the last ${count}`
  if (elapsedMs > longestMs) return `longer than ${last} (${range})`
  return remainingMs === undefined || elapsedMs < heartbeatMs ? `${last} took ${range}` : formatRemaining(remainingMs)
}

/** Never more exact than it can be. */
const formatRemaining = (remainingMs: number): string => {
  if (remainingMs < 15_000) return 'about to end'
  const roundTo = remainingMs < 55_000 ? 10_000 : remainingMs < 3_600_000 ? 60_000 : 600_000
  return `about ${formatDuration(Math.round(remainingMs / roundTo) * roundTo)} left`
}
