import { formatConflict } from '../core/problem.ts'
import type { DeployRequest } from '../core/request.ts'
import { Stop } from '../core/stop.ts'
import { parseTimeMs } from '../core/times.ts'
import type { Deployment } from '../ports.ts'
import { pauseBeforeRetry, type Step } from './step.ts'
import { waitForEnd } from './wait.ts'

/** A 409 without an active deployment in sight: how long until it is asked again. */
const unseenConflictDelayMs = 5_000

/**
 * Another deployment holds the environment: returns when it has ended, well or badly.
 *
 * @throws Stop with `error` when the request says `on_conflict: fail`
 */
export const yieldTo = async (step: Step, request: DeployRequest, active: Deployment | undefined): Promise<void> => {
  if (request.onConflict === 'fail') throw new Stop('error', formatConflict(request, active, step.clock.now()))
  if (!active) {
    step.runner.info('Humanitec says that another deployment is active (409), though none can be seen: asking again')
    return pauseBeforeRetry(step, unseenConflictDelayMs, undefined)
  }
  step.runner.info(`Waiting for deployment ${active.id}, which is active in ${request.env}: ${active.comment}`)
  await waitForEnd(step, {
    env: request.env,
    deployment: active,
    pollInterval: request.pollInterval,
    sinceMs: Math.min(parseTimeMs(active.created_at) ?? step.clock.now(), step.clock.now()),
    onAnswer: () => undefined,
    onHistory: () => undefined,
  })
}
