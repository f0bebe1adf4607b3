import type { Deployment, Environment } from './api.ts'
import type { Request } from './inputs/request.ts'
import type { PastDeployment } from './polling.ts'
import { parseTimeMs } from './text/words.ts'

/** To be spread: a deployment without any known field. */
export const unknownDeployment: Deployment = {
  id: '',
  status: '',
  comment: '',
  delta_id: '',
  set_id: '',
  from_id: '',
  created_at: '',
  created_by: '',
  status_changed_at: '',
}

/** The final statuses are listed, not the running ones, so that an unknown status counts as running. */
export const isFinal = (deployment: Pick<Deployment, 'status'>): boolean =>
  deployment.status === 'succeeded' || deployment.status === 'failed'

/** The four that Humanitec's documentation names, or none yet, as in a start's answer. */
export const isKnownStatus = (status: string): boolean =>
  ['', 'pending', 'in progress', 'succeeded', 'failed'].includes(status)

export const hasSucceeded = (deployment: Deployment | undefined): deployment is Deployment =>
  deployment?.status === 'succeeded'

/** The active deployment, as far as the environment itself shows it. */
export const findActive = (environment: Environment): Deployment | undefined =>
  environment.last_deploy && !isFinal(environment.last_deploy) ? environment.last_deploy : undefined

/** The active one among those newer than `reference`, which had ended: an older one with an unknown status is not active. */
export const findActiveSince = (
  newestFirst: readonly Deployment[],
  reference: Deployment | undefined,
): Deployment | undefined => listNewerThan(newestFirst, reference).find((deployment) => !isFinal(deployment))

export const findNewestSucceeded = (newestFirst: readonly Deployment[]): Deployment | undefined =>
  newestFirst.find(hasSucceeded)

/**
 * Those newer than `reference`, which was the newest when it was read; all of them where there was none. Goes by position in the
 * list, and by time as well, in case the list isn't sorted.
 */
export const listNewerThan = (
  newestFirst: readonly Deployment[],
  reference: Deployment | undefined,
): readonly Deployment[] => {
  if (!reference) return newestFirst
  const index = newestFirst.findIndex((deployment) => deployment.id === reference.id)
  return newestFirst.filter(
    (deployment, at) => at < index || (index < 0 ? !isOlder(deployment, reference) : isOlder(reference, deployment)),
  )
}

/** Those that aren't known to be newer, by their times. */
export const listNotNewerThan = (list: readonly Deployment[], reference: Deployment): readonly Deployment[] =>
  list.filter((deployment) => !isOlder(reference, deployment))

/** Only where both times can be read. Otherwise it counts as newer, since overlooking a newer one could start a second one. */
const isOlder = (deployment: Deployment, reference: Deployment): boolean =>
  (parseTimeMs(deployment.created_at) ?? Number.NaN) < (parseTimeMs(reference.created_at) ?? Number.NaN)

/** From its creation to its end; `undefined` while it runs. */
export const determineDurationMs = (deployment: Deployment): number | undefined => {
  if (!isFinal(deployment)) return undefined
  const beginMs = parseTimeMs(deployment.created_at)
  const endMs = parseTimeMs(deployment.status_changed_at)
  return beginMs === undefined || endMs === undefined || endMs < beginMs ? undefined : endMs - beginMs
}

/** For the schedule of polls: the other deployments that have ended, newest first. */
export const listPastDeployments = (newestFirst: readonly Deployment[], ownId: string): readonly PastDeployment[] =>
  newestFirst.flatMap((deployment) => {
    const durationMs = deployment.id === ownId ? undefined : determineDurationMs(deployment)
    return durationMs === undefined ? [] : [{ durationMs, succeeded: deployment.status === 'succeeded' }]
  })

type Tried = {
  readonly request?: Request
  readonly base?: Deployment
  readonly history: readonly Deployment[]
}

/** The latest successful deployment, to roll back to; not the base of a rollback that has just failed. */
export const findRollbackTarget = ({ request, base, history }: Tried): Deployment | undefined => {
  const triedId = request?.operation === 'deploy' && request.base && base?.id
  return findNewestSucceeded(history.filter(({ id }) => id !== triedId))
}
