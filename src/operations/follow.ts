import { hasSucceeded } from '../core/deployments.ts'
import { determineEnvironmentUrls, isUrlToCome } from '../core/environments.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/request-error.ts'
import { errorsPatienceMs } from '../core/network/retry-policy.ts'
import { formatFollowing, formatOpening } from '../core/report/log.ts'
import { formatNoDeployment } from '../core/report/problems.ts'
import { formatFailure } from '../core/report/request-problems.ts'
import { Cancelled, type Ending, Stop } from '../core/run/outcome.ts'
import { formatDuration, parseTimeMs } from '../core/text/time.ts'
import type { Deployment, DeploymentError } from '../ports.ts'
import { isPastDeadline, pause, type Step } from './context.ts'
import { getEnvironment } from './environment.ts'
import { readOrStop, toStop, tryFor } from './request.ts'
import { waitForEnd } from './wait.ts'

/** `operation: wait`: a deployment that is there already, to its end. */
export const followExisting = async (step: Step, request: WaitRequest): Promise<Ending> => {
  for (const line of formatOpening(request, '')) step.runner.info(line)
  const deployment = request.deploymentId
    ? await getDeployment(step, request.env, request.deploymentId)
    : await getLastDeployment(step, request)
  step.journal.note({ deployment, followed: true })
  step.journal.saveOpenWork({ deploymentId: deployment.id })
  for (const line of formatFollowing(request, deployment, step.clock.now())) step.runner.info(line)
  return follow(step, request, deployment)
}

const getDeployment = (step: Step, env: string, id: string): Promise<Deployment> =>
  readOrStop(step, (limits) => step.humanitec.getDeployment(env, id, limits))

const getLastDeployment = async (step: Step, request: WaitRequest): Promise<Deployment> => {
  const { last_deploy } = await getEnvironment(step, request)
  if (last_deploy) return last_deploy
  throw new Stop('error', formatNoDeployment(request))
}

/** Waits for the end of a deployment, and reads what people want to know of it: its errors, or its address. */
export const follow = async (
  step: Step,
  request: DeployRequest | WaitRequest,
  deployment: Deployment,
): Promise<Ending> => {
  const end = await waitForEnd(step, {
    env: request.env,
    deployment,
    pollInterval: request.pollInterval,
    sinceMs: determineBeginMs(step, deployment),
    onAnswer: (latest) => step.journal.note({ deployment: latest }),
    onHistory: (newestFirst) => step.journal.note({ history: newestFirst.filter(({ id }) => id !== deployment.id) }),
  })
  if (end instanceof RequestFailure) throw toStop(end)
  if (hasSucceeded(end)) {
    await noteEnvironmentUrls(step, request)
    return { outcome: 'succeeded' }
  }
  step.journal.note({ errors: await listErrors(step, request.env, end) })
  return { outcome: 'failed' }
}

/** The failure is the truth whether its errors can be read or not, and also when a signal comes in between. */
const listErrors = async (
  step: Step,
  env: string,
  { id }: Deployment,
): Promise<readonly DeploymentError[] | 'unreadable'> => {
  try {
    const errors = await tryFor(step, errorsPatienceMs, (limits) =>
      step.humanitec.listDeploymentErrors(env, id, limits),
    )
    return errors instanceof RequestFailure ? 'unreadable' : errors
  } catch (error) {
    if (error instanceof Cancelled) return 'unreadable'
    throw error
  }
}

/** Our own began just now; another's when the API says, unless its clock runs ahead of ours. */
const determineBeginMs = (step: Step, deployment: Deployment): number => {
  const nowMs = step.clock.now()
  const createdMs = step.journal.facts.followed ? parseTimeMs(deployment.created_at) : undefined
  return Math.min(createdMs ?? nowMs, nowMs)
}

/** A host that is provisioned after the deployment's end is waited for this long, and not past the deadline. */
const hostPatienceMs = 60_000
const hostPollMs = 5_000

/**
 * Notes where a deployed environment can be opened. The deployment has succeeded, whatever comes of this, and also when a
 * signal comes in between.
 */
const noteEnvironmentUrls = async (step: Step, request: DeployRequest | WaitRequest): Promise<void> => {
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
