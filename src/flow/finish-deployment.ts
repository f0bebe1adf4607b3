import { isFinal, unknownDeployment } from '../core/deployment/deployments.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { requestLimitsMs } from '../core/network/limits.ts'
import { formatBaseLeft } from '../core/report/base-remarks.ts'
import { formatKilled } from '../core/report/deployment-problem.ts'
import type { OpenWork } from '../core/run/open-work.ts'
import type { Ending } from '../core/run/outcome.ts'
import { DeadlinePassed, Stop } from '../core/run/stop.ts'
import type { Deployment } from '../ports.ts'
import { follow } from './follow.ts'
import { putBaseBack } from './put-back.ts'
import { tryFor } from './read.ts'
import { createFateUnknown, searchList } from './start-sight.ts'
import type { Step } from './step.ts'

/** What a killed run left open: its deployment looked at once, its base put back when no start came. Starts nothing. */
export const finishDeployment = async (
  step: Step,
  request: DeployRequest | WaitRequest,
  work: OpenWork,
): Promise<Ending> => {
  const deployment = await findDeployment(step, request.env, work)
  if (deployment) step.journal.note({ deployment })
  else if (work.rebase) await putBaseBack(step, request.env, work.rebase)
  if (deployment && isFinal(deployment)) return follow(step, request, deployment)
  return { outcome: 'cancelled', problem: formatKilled(step.journal.facts) }
}

/** @throws Stop with `unknown` when the run was killed within its start, and the list can't tell what became of it */
const findDeployment = async (step: Step, env: string, work: OpenWork): Promise<Deployment | undefined> => {
  const { deploymentId, start } = work
  if (deploymentId !== undefined) {
    const call = (limits: { timeoutMs: number }) => step.humanitec.getDeployment(env, deploymentId, limits)
    const answer = await tryFor(step, requestLimitsMs.read, call)
    return answer instanceof RequestFailure ? { ...unknownDeployment, id: deploymentId } : answer
  }
  if (!start) return undefined
  const { body, newestBeforeId: id, newestBeforeAt: created_at } = start
  const before = id === '' ? {} : { last_deploy: { ...unknownDeployment, id, created_at } }
  const sight = await searchList({ step, env, body, before }).catch(ignoreEnd)
  const isKnown = sight !== undefined && !(sight instanceof RequestFailure) && sight.kind !== 'doubtful'
  if (isKnown) return sight.kind === 'started' ? sight.deployment : undefined
  if (work.rebase) step.journal.remark(formatBaseLeft(work.rebase))
  throw createFateUnknown({ body, env })
}

/** Whatever keeps the list from being read, the deadline included: nothing is known then. */
const ignoreEnd = (error: unknown): undefined => {
  if (!(error instanceof Stop || error instanceof DeadlinePassed)) throw error
}
