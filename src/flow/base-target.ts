import { findNewestSucceeded, hasSucceeded, unknownDeployment } from '../core/deployment/deployments.ts'
import type { Base, DeployRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { requestLimitsMs } from '../core/network/limits.ts'
import { formatNoSource, formatNothingSucceeded } from '../core/report/environment-problem.ts'
import { Stop } from '../core/run/stop.ts'
import type { Deployment, Environment } from '../ports.ts'
import { isNotFound, readOrFailure, readOrStop, toStop } from './read.ts'
import type { Step } from './step.ts'

/** The deployment to rebase to. `from_deploy_id` is taken as it is: whether it exists is the API's to say. */
export const getBaseTarget = async (
  step: Step,
  request: DeployRequest,
  environment: Environment,
  base: Base,
): Promise<Deployment> => {
  if (base.kind === 'deployment') return findKnown(environment, base.id) ?? { ...unknownDeployment, id: base.id }
  const source = base.env === environment.id ? environment : await getSource(step, request, base.env)
  return getNewestSucceeded(step, source)
}

const getSource = async (step: Step, request: DeployRequest, from: string): Promise<Environment> => {
  const answer = await readOrFailure(step, (limits) => step.humanitec.getEnvironment(from, limits))
  if (!(answer instanceof RequestFailure)) return answer
  if (!isNotFound(answer)) throw toStop(answer)
  throw new Stop('error', formatNoSource(request, 'from_env', from), { cause: answer })
}

const findKnown = ({ last_deploy, from_deploy }: Environment, id: string): Deployment | undefined =>
  [last_deploy, from_deploy].find((deployment) => deployment?.id === id)

/** The list, which can be long, is read only when the environment itself doesn't show it. */
export const getNewestSucceeded = async (step: Step, source: Environment): Promise<Deployment> => {
  if (hasSucceeded(source.last_deploy)) return source.last_deploy
  const all = await readOrStop(
    step,
    (limits) => step.humanitec.listDeployments(source.id, limits),
    requestLimitsMs.list,
  )
  const newest = findNewestSucceeded(all)
  if (newest) return newest
  throw new Stop('error', formatNothingSucceeded(source))
}
