import type { Environment } from '../core/api.ts'
import { findActive } from '../core/deployments.ts'
import { RequestError } from '../core/network/request-error.ts'
import { lateEffectMs, putBackPatienceMs } from '../core/network/retry-policy.ts'
import type { PendingRebase } from '../core/run/checkpoint.ts'
import { type Context, isPastDeadline, pause } from './context.ts'
import { orError, sendRequest } from './request.ts'

/** Puts the earlier base back, unless someone else has changed it or is deploying; else says which one was left. */
export const restoreBase = async (context: Context, env: string, rebase: PendingRebase): Promise<void> => {
  const end = await restore(context, env, rebase)
  if (end === 'left') context.store.remark({ kind: 'base_left', rebase })
  else if (end !== 'back') context.store.remark({ kind: 'base_of_others', id: end.othersId })
}

/** Also shortly after the deadline: a changed base would steer somebody's next deployment. */
const restore = async (
  context: Context,
  env: string,
  rebase: PendingRebase,
): Promise<'back' | 'left' | { readonly othersId: string }> => {
  // What is still on its way would undo the putting back.
  if (rebase.isOnItsWay) await pause(context, lateEffectMs)
  const mayStillCome = rebase.isOnItsWay === true && isPastDeadline(context)
  const environment = await readPastLag(context, env, rebase)
  if (environment instanceof RequestError) return 'left'
  const id = determinePreviousId(environment, rebase)
  const nowId = environment.from_deploy?.id ?? ''
  const isOurs = nowId === rebase.setId || nowId === rebase.earlierId
  if (!isOurs && (mayStillCome || isLagging(environment, rebase))) return 'left'
  if (!isOurs) return nowId === id ? 'back' : { othersId: nowId }
  if (findActive(environment) || id === '') return 'left'
  if (id === nowId) return 'back'
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.putBase(env, id, limits), { patience: putBackPatienceMs }),
  )
  return answer instanceof RequestError || mayStillCome ? 'left' : 'back'
}

/** Between two looks at an environment that still shows the earlier base. */
const lagDelayMs = 2_000
const mostLooks = 4

/** An environment that shows the earlier base after our PUT was answered may only be behind. */
const readPastLag = async (
  context: Context,
  env: string,
  rebase: PendingRebase,
): Promise<Environment | RequestError> => {
  for (let looks = 1; ; looks++) {
    const environment = await orError(
      sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits), { patience: putBackPatienceMs }),
    )
    if (environment instanceof RequestError || !isLagging(environment, rebase)) return environment
    if (looks >= mostLooks || isPastDeadline(context)) return environment
    await pause(context, lagDelayMs)
  }
}

/** Of a PUT whose every request was answered. */
const isLagging = (
  { from_deploy, last_deploy }: Environment,
  { setId, previousId, newestId, isOnItsWay }: PendingRebase,
): boolean =>
  !isOnItsWay && previousId !== setId && (from_deploy?.id ?? '') === previousId && (last_deploy?.id ?? '') === newestId

/** What was deployed right before our change, unseen, was the base that it replaced. */
const determinePreviousId = ({ last_deploy }: Environment, { previousId, newestId }: PendingRebase): string =>
  last_deploy && last_deploy.id !== newestId ? last_deploy.id : previousId
