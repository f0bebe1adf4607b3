import { hasSucceeded } from '../core/deployment/deployments.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { errorsPatienceMs } from '../core/network/limits.ts'
import { formatNoDeployment } from '../core/report/deployment-problem.ts'
import { formatFollowing, formatOpening } from '../core/report/log.ts'
import type { Ending } from '../core/run/outcome.ts'
import { Cancelled, Stop } from '../core/run/stop.ts'
import { parseTimeMs } from '../core/text/times.ts'
import type { Deployment, DeploymentError } from '../ports.ts'
import { getEnvironment } from './environment.ts'
import { readOrStop, toStop, tryFor } from './read.ts'
import type { Step } from './step.ts'
import { noteEnvironmentUrls } from './urls.ts'
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
