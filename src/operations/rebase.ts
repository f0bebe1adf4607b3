import type { Deployment, Environment } from '../core/api.ts'
import { findActive, unknownDeployment } from '../core/deployments.ts'
import type { Base, DeployRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { lateEffectMs, mayTakeEffect, restorePatienceMs } from '../core/network/retry-policy.ts'
import { findRebase, type PendingRebase, withRebase } from '../core/run/checkpoint.ts'
import { type Result, StepEndError } from '../core/run/result.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline, pause, pauseBeforeRetry } from './context.ts'
import { type LatestSuccessful, readLatestSuccessful } from './environment.ts'
import { tryReadDeployment } from './read.ts'
import { catchRequestError, isNotFound, sendRequest, unlessCancelled } from './request.ts'

/** The environment's base, from when we change it until a start uses it. */
export type Rebase = {
  /**
   * Sets the base before the first send; `environment` was just read. Returns it as it is afterwards.
   *
   * @param prepare awaited once the base is known, before it is set
   */
  set(environment: Environment, prepare: (base: Deployment) => Promise<void>): Promise<Environment>
  /**
   * Before a further send: sets the base again if it is no longer ours and nothing is active. Returns what is active.
   *
   * @param before what had ended before the first send, whatever the environment still shows of it
   */
  renew(before: Pick<Environment, 'last_deploy'>): Promise<Deployment | undefined>
  /** Leaves the base as we set it, and adds a remark. `isHeld`: a pipeline run may still make a deployment on it. */
  leave(isInPipeline?: true): void
  /** Restores the earlier base, unless somebody else has changed it or is deploying. */
  restore(): Promise<void>
}

/** Notes and logs which base was found, once for each. `env`: its environment, if that is another one. */
export const noteBase = (context: Context, base: Deployment, env?: string): void => {
  const isLogged = context.store.state.base?.id === base.id
  context.store.note({ base })
  if (!isLogged) context.log({ kind: 'base', base, ...(env !== undefined && { env }) })
}

/** Returns `undefined` when the request asks for no rebase. */
export const createRebase = (context: Context, request: DeployRequest): Rebase | undefined =>
  request.base && createRebaseTo(context, request, request.base)

const createRebaseTo = (context: Context, { env }: DeployRequest, base: Base): Rebase => {
  const { store } = context
  const current = () => findRebase(store.checkpoint.phase)
  const end = (): void => store.advance((phase) => withRebase(phase, undefined))
  return {
    set: async (environment, prepare) => {
      const { target, active } = await resolve(context, environment, base)
      // The environment lags behind its list: somebody is deploying, so the base isn't set.
      if (active) return { ...environment, last_deploy: active }
      if (base.kind === 'environment') noteBase(context, target, base.env === env ? undefined : base.env)
      else store.note({ base: target })
      await prepare(target)
      return putBaseSafely(context, environment, target.id)
    },
    renew: async ({ last_deploy }) => {
      const findNewActive = (environment: Environment): Deployment | undefined => {
        const active = findActive(environment)
        return active?.id === last_deploy?.id ? undefined : active
      }
      const environment = await sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits))
      const rebase = current()
      const isOurs = environment.from_deploy?.id === rebase?.newBaseId
      if (!rebase || isOurs || findNewActive(environment)) return findNewActive(environment)
      return findNewActive(await putBaseSafely(context, environment, rebase.newBaseId))
    },
    leave: (isInPipeline) => {
      const rebase = current()
      if (rebase) store.remark({ kind: 'base_left', rebase, ...(isInPipeline && { isInPipeline }) })
      end()
    },
    restore: async () => {
      const rebase = current()
      if (!rebase) return
      await restoreBase(context, env, rebase)
      end()
    },
  }
}

/** The deployment to rebase to. `from_deploy_id` is used as given: the API says whether it exists. */
export const resolveBase = async (context: Context, environment: Environment, base: Base): Promise<Deployment> =>
  (await resolve(context, environment, base)).target

const resolve = async (context: Context, environment: Environment, base: Base): Promise<LatestSuccessful> => {
  if (base.kind === 'deployment')
    return { target: findKnown(environment, base.id) ?? { ...unknownDeployment, id: base.id } }
  if (base.env === environment.id) return readLatestSuccessful(context, environment)
  return { target: (await readLatestSuccessful(context, await getSource(context, base.env))).target }
}

const getSource = async (context: Context, from: string): Promise<Environment> => {
  const answer = await catchRequestError(
    sendRequest(context, (limits) => context.humanitec.getEnvironment(from, limits)),
  )
  if (!(answer instanceof RequestError)) return answer
  if (!isNotFound(answer)) throw answer
  throw new StepEndError('error', { kind: 'no_source', input: 'from_env', env: from }, { cause: answer })
}

const findKnown = ({ last_deploy, from_deploy }: Environment, id: string): Deployment | undefined =>
  [last_deploy, from_deploy].find((deployment) => deployment?.id === id)

/**
 * Sets the base, and makes sure that no request for it is still under way: one that took effect after the start would change the
 * base again. Returns the environment as it is afterwards.
 */
const putBaseSafely = async (context: Context, first: Environment, id: string): Promise<Environment> => {
  for (let environment = first; ; ) {
    const mayStillCome = await putBase(context, environment, id)
    if (!mayStillCome) return environment
    context.log({ kind: 'rebase_sent_again', delayMs: lateEffectMs })
    await pauseBeforeRetry(context, lateEffectMs)
    settle(context)
    // Somebody else may have set it or started in between.
    const { id: env } = environment
    environment = await sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits))
    if (environment.from_deploy?.id === id || findActive(environment)) return environment
  }
}

/** Resolves to whether a request for it was lost, and may still take effect. */
const putBase = async (context: Context, environment: Environment, id: string): Promise<boolean> => {
  let wasLost = false
  const send = (limits: Limits) =>
    context.humanitec.putBase(environment.id, id, limits).catch((error) => {
      wasLost ||= !(error instanceof RequestError) || mayTakeEffect(error.details)
      throw error
    })
  const earlier = findRebase(context.store.checkpoint.phase)
  const note = (rebase: PendingRebase | undefined): void => context.store.advance((phase) => withRebase(phase, rebase))
  // Saved before it is sent, for the post step.
  note(toPendingRebase(environment, id, earlier))
  const answer = await catchRequestError(sendRequest(context, send))
  if (!wasLost) answer instanceof RequestError ? note(earlier) : settle(context)
  if (answer instanceof RequestError) throw answer
  return wasLost
}

const toPendingRebase = (
  { from_deploy, last_deploy }: Environment,
  newBaseId: string,
  current: PendingRebase | undefined,
): PendingRebase => {
  const baseId = from_deploy?.id ?? ''
  // Where the base is ours already, what it was before stays what it was.
  const earlier = current && baseId === current.newBaseId ? { ...current, earlierBaseId: baseId } : {}
  return {
    previousBaseId: baseId,
    newestDeploymentId: last_deploy?.id ?? '',
    ...earlier,
    newBaseId,
    mayStillApply: true,
  }
}

/** No request for it can take effect any more. */
const settle = ({ store }: Context): void =>
  store.advance((phase) => {
    const rebase = findRebase(phase)
    if (!rebase) return phase
    const { mayStillApply: _, ...settled } = rebase
    return withRebase(phase, settled)
  })

/** Whether our deployment builds on the base that was asked for: somebody may have set another one before our start. */
export type BaseCheck = {
  /** Logs another base as soon as the deployment shows it. */
  note(deployment: Deployment): void
  /** At the end, whatever the status: the result instead; `undefined` when nothing is wrong. */
  judge(): Promise<Result | undefined>
}

/** For deployments whose base isn't checked: those that we follow, and those made from a Set. */
export const noBaseCheck: BaseCheck = { note: () => undefined, judge: async () => undefined }

/**
 * @param base the one that was asked for; without a rebase the one that the log named: then a difference is only a warning
 * @param isRebased whether this attempt has set it
 */
export const createBaseCheck = (
  context: Context,
  env: string,
  { base, isRebased }: { readonly base: Deployment; readonly isRebased: boolean },
): BaseCheck => {
  let other = ''
  return {
    note: ({ from_id, pipeline }) => {
      if (other !== '' || from_id === '' || from_id === base.id || pipeline) return
      other = from_id
      context.log({ kind: 'other_base', asked: base.id, actual: from_id, isRebased })
      if (!isRebased) context.store.remark({ kind: 'built_on_other_base', named: base.id, actual: from_id })
    },
    judge: async () => {
      if (!isRebased || other === '' || (await haveSameSet(context, env, [base, other]))) return undefined
      return { outcome: 'error', reason: { kind: 'other_base', asked: base.id, actual: other } }
    },
  }
}

/** Only if both are known; after a signal, nothing more is read. */
const haveSameSet = async (
  context: Context,
  env: string,
  [base, otherId]: readonly [Deployment, string],
): Promise<boolean> => {
  const setId = base.set_id || (await findSetId(context, env, base.id))
  return setId !== '' && setId === (await findSetId(context, env, otherId))
}

const findSetId = async (context: Context, env: string, id: string): Promise<string> => {
  const known = context.store.state.history.find((deployment) => deployment.id === id)
  if (known || isPastDeadline(context)) return known?.set_id ?? ''
  const answer = await unlessCancelled(tryReadDeployment(context, env, id), undefined)
  return answer === undefined || answer instanceof RequestError ? '' : answer.set_id
}

/** Restores the earlier base, unless somebody else has changed it or is deploying: then a remark says which one was left. */
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
  // A request that is still under way would undo the restoring.
  if (rebase.mayStillApply) await pause(context, lateEffectMs)
  const mayStillCome = rebase.mayStillApply === true && isPastDeadline(context)
  const environment = await readPastLag(context, env, rebase)
  if (environment instanceof RequestError) return 'left'
  const id = determinePreviousId(environment, rebase)
  const nowId = environment.from_deploy?.id ?? ''
  const isOurs = nowId === rebase.newBaseId || nowId === rebase.earlierBaseId
  if (!isOurs && (mayStillCome || isLagging(environment, rebase))) return 'left'
  if (!isOurs) return nowId === id ? 'back' : { othersId: nowId }
  if (findActive(environment) || id === '') return 'left'
  if (id === nowId) return 'back'
  const answer = await catchRequestError(
    sendRequest(context, (limits) => context.humanitec.putBase(env, id, limits), { patience: restorePatienceMs }),
  )
  return answer instanceof RequestError || mayStillCome ? 'left' : 'back'
}

/** Between two reads of an environment that still shows the earlier base. */
const lagDelayMs = 2_000

const maxReads = 4

/** An environment that shows the earlier base after our PUT was answered may only lag. */
const readPastLag = async (
  context: Context,
  env: string,
  rebase: PendingRebase,
): Promise<Environment | RequestError> => {
  for (let reads = 1; ; reads++) {
    const environment = await catchRequestError(
      sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits), { patience: restorePatienceMs }),
    )
    if (environment instanceof RequestError || !isLagging(environment, rebase)) return environment
    if (reads >= maxReads || isPastDeadline(context)) return environment
    await pause(context, lagDelayMs)
  }
}

/** Only if every request of our PUT was answered. */
const isLagging = (
  { from_deploy, last_deploy }: Environment,
  { newBaseId, previousBaseId, newestDeploymentId, mayStillApply }: PendingRebase,
): boolean =>
  !mayStillApply &&
  previousBaseId !== newBaseId &&
  (from_deploy?.id ?? '') === previousBaseId &&
  (last_deploy?.id ?? '') === newestDeploymentId

/** A deployment that we didn't see, right before our change, was the base that we replaced. */
const determinePreviousId = (
  { last_deploy }: Environment,
  { previousBaseId, newestDeploymentId }: PendingRebase,
): string => (last_deploy && last_deploy.id !== newestDeploymentId ? last_deploy.id : previousBaseId)
