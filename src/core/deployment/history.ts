import type { Deployment } from '../../ports.ts'
import type { Facts } from '../run/outcome.ts'
import { parseTimeMs } from '../text/times.ts'
import { findNewestSucceeded, isFinal } from './deployments.ts'
import type { PastDeployment } from './polling.ts'

/** How long a deployment took, from its creation to its end; `undefined` while it goes on. */
export const determineDurationMs = (deployment: Deployment): number | undefined => {
  if (!isFinal(deployment)) return undefined
  const beginMs = parseTimeMs(deployment.created_at)
  const endMs = parseTimeMs(deployment.status_changed_at)
  return beginMs === undefined || endMs === undefined || endMs < beginMs ? undefined : endMs - beginMs
}

/** What the schedule of polls learns from: the ends of the others, newest first. */
export const listPastDeployments = (newestFirst: readonly Deployment[], ownId: string): readonly PastDeployment[] =>
  newestFirst.flatMap((deployment) => {
    const durationMs = deployment.id === ownId ? undefined : determineDurationMs(deployment)
    return durationMs === undefined ? [] : [{ durationMs, succeeded: deployment.status === 'succeeded' }]
  })

/** The newest that succeeded here, to go back to; not the one that was just gone back to, and failed. */
export const findWayBack = ({ request, base, history }: Facts): Deployment | undefined => {
  const triedId = request?.operation === 'deploy' && request.base && base?.id
  return findNewestSucceeded(history.filter(({ id }) => id !== triedId))
}
