import { determineEnvironmentUrls, isUrlToCome } from '../core/environment/environment-urls.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import { Cancelled } from '../core/run/stop.ts'
import { formatDuration } from '../core/text/duration.ts'
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
