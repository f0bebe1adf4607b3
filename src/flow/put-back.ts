import { findActive } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { lateEffectMs, putBackPatienceMs } from '../core/network/limits.ts'
import { formatBaseLeft, formatBaseOfOthers } from '../core/report/base-remarks.ts'
import type { Environment } from '../ports.ts'
import type { BaseChange } from './base-change.ts'
import { tryFor } from './read.ts'
import { isPastDeadline, pause, type Step } from './step.ts'

/** Puts the earlier base back, unless someone else has changed it or is deploying; else says which one was left. */
export const putBaseBack = async (step: Step, env: string, change: BaseChange): Promise<void> => {
  const end = await restore(step, env, change)
  if (end === 'left') step.journal.remark(formatBaseLeft(change))
  else if (end !== 'back') step.journal.remark(formatBaseOfOthers(end.othersId))
}

/** Also shortly after the deadline: a changed base would steer somebody's next deployment. */
const restore = async (
  step: Step,
  env: string,
  change: BaseChange,
): Promise<'back' | 'left' | { readonly othersId: string }> => {
  // What is still on its way would undo the putting back.
  if (change.isOnItsWay) await pause(step, lateEffectMs)
  const mayStillCome = change.isOnItsWay === true && isPastDeadline(step)
  const environment = await tryFor(step, putBackPatienceMs, (limits) => step.humanitec.getEnvironment(env, limits))
  if (environment instanceof RequestFailure) return 'left'
  const id = determinePreviousId(environment, change)
  const nowId = environment.from_deploy?.id ?? ''
  const isOurs = nowId === change.setId || nowId === change.earlierId
  if (!isOurs && mayStillCome) return 'left'
  if (!isOurs) return nowId === id ? 'back' : { othersId: nowId }
  if (findActive(environment) || id === '') return 'left'
  if (id === nowId) return 'back'
  const answer = await tryFor(step, putBackPatienceMs, (limits) => step.humanitec.putBase(env, id, limits))
  return answer instanceof RequestFailure || mayStillCome ? 'left' : 'back'
}

/** What was deployed right before our change, unseen, was the base that it replaced. */
const determinePreviousId = ({ last_deploy }: Environment, { previousId, newestId }: BaseChange): string =>
  last_deploy && last_deploy.id !== newestId ? last_deploy.id : previousId
