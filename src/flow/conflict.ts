import type { DeployRequest, Request } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { formatConflict } from '../core/report/deployment-problem.ts'
import { formatUnseenConflict, formatWaitingFor } from '../core/report/log.ts'
import { Stop } from '../core/run/stop.ts'
import { parseTimeMs } from '../core/text/times.ts'
import type { Deployment } from '../ports.ts'
import { isNotFound, toStop } from './read.ts'
import { pauseBeforeRetry, type Step } from './step.ts'
import { waitForEnd } from './wait.ts'

/** A 409 without an active deployment in sight: how long until it is asked again. */
const unseenConflictDelayMs = 15_000

type Conflict = Pick<Request, 'appUrl' | 'org' | 'app' | 'env' | 'pollInterval'> & {
  /** Several are waited for side by side: the log's lines name the environment. */
  readonly isOneOfMany?: boolean
}

/**
 * Another deployment holds the environment: returns when it has ended, well or badly.
 *
 * @throws Stop with `error` when the request says `on_conflict: fail`
 */
export const yieldTo = async (step: Step, request: DeployRequest, active: Deployment | undefined): Promise<void> => {
  if (request.onConflict === 'fail') throw new Stop('error', formatConflict(request, active, step.clock.now()))
  await waitForOther(step, request, active)
}

/** Waits for the end of another's deployment; without one in sight, a while. */
export const waitForOther = async (step: Step, conflict: Conflict, active: Deployment | undefined): Promise<void> => {
  const nowMs = step.clock.now()
  if (!active) {
    step.runner.info(formatUnseenConflict(conflict, nowMs - step.startedMs))
    return pauseBeforeRetry(step, unseenConflictDelayMs, undefined)
  }
  for (const line of formatWaitingFor(conflict, active, nowMs)) step.runner.info(line)
  const end = await waitForEnd(step, {
    env: conflict.env,
    deployment: active,
    pollInterval: conflict.pollInterval,
    isOneOfMany: conflict.isOneOfMany ?? false,
    sinceMs: Math.min(parseTimeMs(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined,
  })
  // A 404: the environment was deleted under it. Nothing stands in the way any more.
  if (end instanceof RequestFailure && !isNotFound(end)) throw toStop(end)
}
