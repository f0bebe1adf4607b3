import { formatDuration } from '../core/duration.ts'
import { determineEnvironmentUrls, isUrlToCome } from '../core/environment-urls.ts'
import { RequestFailure } from '../core/failure.ts'
import { formatFailure } from '../core/problem.ts'
import type { DeployRequest, WaitRequest } from '../core/request.ts'
import { Cancelled } from '../core/stop.ts'
import { tryFor } from './read.ts'
import { isPastDeadline, pause, type Step } from './step.ts'

/** A host that is provisioned after the deployment's end is waited for this long, and not past the deadline. */
const hostPatienceMs = 60_000
const hostPollMs = 5_000

/**
 * Notes where a deployed environment can be opened. The deployment has succeeded, whatever comes of this, and also when a
 * signal comes in between.
 */
export const noteEnvironmentUrls = async (step: Step, request: DeployRequest | WaitRequest): Promise<void> => {
  if (request.environmentUrl !== undefined) return step.journal.note({ environmentUrls: [request.environmentUrl] })
  try {
    step.journal.note({ environmentUrls: await readEnvironmentUrls(step, request.env) })
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
  }
}

const readEnvironmentUrls = async (step: Step, env: string): Promise<readonly string[]> => {
  if (isPastDeadline(step)) return giveUp(step, 'The timeout came first.')
  const sinceMs = step.clock.now()
  const endMs = sinceMs + hostPatienceMs
  for (let isTold = false; ; isTold = true) {
    const patienceMs = Math.max(0, endMs - step.clock.now())
    const resources = await tryFor(step, patienceMs, (limits) => step.humanitec.listActiveResources(env, limits))
    if (resources instanceof RequestFailure) return giveUp(step, formatFailure(resources.details).what)
    if (!isUrlToCome(resources)) {
      if (isTold) step.runner.info(`It came after ${formatDuration(step.clock.now() - sinceMs)}`)
      return determineEnvironmentUrls(resources)
    }
    if (step.clock.now() + hostPollMs > endMs || isPastDeadline(step)) return giveUp(step, 'It has no host yet.')
    if (!isTold) step.runner.info(`Waiting for the host of ${env}, which is still being provisioned`)
    await pause(step, hostPollMs)
  }
}

const giveUp = (step: Step, why: string): readonly [] => {
  step.journal.remark(`The environment’s address is not known. ${why}`)
  return []
}
