import { findActive, findNewestSucceeded, hasSucceeded, unknownDeployment } from '../core/deployments.ts'
import type { Base, DeployRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { lateEffectMs, mayTakeEffect, putBackPatienceMs, requestLimitsMs } from '../core/network/retry-policy.ts'
import { formatBaseLeft, formatBaseOfOthers } from '../core/report/problems.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import { Failed } from '../core/run/outcome.ts'
import type { Deployment, Environment, Limits } from '../ports.ts'
import { type Context, isPastDeadline, pause, pauseBeforeRetry } from './context.ts'
import { isNotFound, orError, sendRequest } from './request.ts'

/** The environment's base, while we have it changed and no start has taken it yet. */
export type Rebase = {
  /**
   * Sets the base, before the first send: `environment` was just read. Returns it as it is by then.
   *
   * @param prepare awaited once the base is known, before it is set
   */
  set(environment: Environment, prepare: (base: Deployment) => Promise<void>): Promise<Environment>
  /** Before a further send: the base is set again if it is no longer ours. Returns the environment as it is now. */
  renew(): Promise<Environment>
  /** A start has taken the base, or may have: it is no longer ours to put back. */
  release(): void
  /** Leaves the base as we set it, and says so. */
  leave(): void
  /** Puts the earlier base back, unless someone else has changed it or is deploying. */
  putBack(): Promise<void>
}

/** Tells which base was found, once for each. `env`: its environment, where that is another one. */
export const noteBase = (context: Context, base: Deployment, env?: string): void => {
  const isTold = context.store.state.base?.id === base.id
  context.store.note({ base })
  if (!isTold) context.log({ kind: 'base', base, ...(env !== undefined && { env }) })
}

/** Returns `undefined` when the request asks for no rebase. */
export const createRebase = (context: Context, request: DeployRequest): Rebase | undefined =>
  request.base && createRebaseTo(context, request, request.base)

const createRebaseTo = (context: Context, request: DeployRequest, base: Base): Rebase => {
  const { env } = request
  const change = createOpenChange(context)
  return {
    set: async (environment, prepare) => {
      const target = await getBaseTarget(context, environment, base)
      if (base.kind === 'environment') noteBase(context, target, base.env === env ? undefined : base.env)
      else context.store.note({ base: target })
      await prepare(target)
      return putBaseSafely(context, environment, target.id, change)
    },
    renew: async () => {
      const environment = await sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits))
      const { current } = change
      const isOurs = environment.from_deploy?.id === current?.setId
      if (!current || isOurs || findActive(environment)) return environment
      return putBaseSafely(context, environment, current.setId, change)
    },
    release: change.end,
    leave: () => {
      if (change.current) context.store.remark(formatBaseLeft(change.current))
      change.end()
    },
    putBack: async () => {
      if (!change.current) return
      await putBaseBack(context, env, change.current)
      change.end()
    },
  }
}

/** The deployment to rebase to. `from_deploy_id` is taken as it is: whether it exists is the API's to say. */
export const getBaseTarget = async (context: Context, environment: Environment, base: Base): Promise<Deployment> => {
  if (base.kind === 'deployment') return findKnown(environment, base.id) ?? { ...unknownDeployment, id: base.id }
  const source = base.env === environment.id ? environment : await getSource(context, base.env)
  return getNewestSucceeded(context, source)
}

const getSource = async (context: Context, from: string): Promise<Environment> => {
  const answer = await orError(sendRequest(context, (limits) => context.humanitec.getEnvironment(from, limits)))
  if (!(answer instanceof RequestError)) return answer
  if (!isNotFound(answer)) throw answer
  throw new Failed('error', { kind: 'no_source', input: 'from_env', env: from }, { cause: answer })
}

const findKnown = ({ last_deploy, from_deploy }: Environment, id: string): Deployment | undefined =>
  [last_deploy, from_deploy].find((deployment) => deployment?.id === id)

/** The list, which can be long, is read only when the environment itself doesn't show it. */
export const getNewestSucceeded = async (context: Context, source: Environment): Promise<Deployment> => {
  if (hasSucceeded(source.last_deploy)) return source.last_deploy
  const all = await sendRequest(context, (limits) => context.humanitec.listDeployments(source.id, limits), {
    timeoutMs: requestLimitsMs.list,
  })
  const newest = findNewestSucceeded(all)
  if (newest) return newest
  throw new Failed('error', { kind: 'nothing_succeeded', env: source.id })
}

type BaseChange = NonNullable<Checkpoint['rebase']>

/** Our change of the base while no start has taken it: saved before it is sent, for the post step. */
type OpenChange = {
  readonly current: BaseChange | undefined
  begin(environment: Environment, setId: string): void
  /** No request for it can come into effect any more. */
  settle(): void
  end(): void
}

const createOpenChange = ({ store }: Context): OpenChange => {
  let current: BaseChange | undefined
  const save = (change: BaseChange | undefined): void => {
    current = change
    store.saveCheckpoint({ rebase: change })
  }
  return {
    get current() {
      return current
    },
    begin: ({ from_deploy, last_deploy }, setId) => {
      const baseId = from_deploy?.id ?? ''
      // Where the base is ours already, what it was before stays what it was.
      const earlier = baseId === current?.setId ? { ...current, earlierId: baseId } : undefined
      save({ previousId: baseId, newestId: last_deploy?.id ?? '', ...earlier, setId, isOnItsWay: true })
    },
    settle: () => {
      if (!current) return
      const { isOnItsWay: _, ...settled } = current
      save(settled)
    },
    end: () => save(undefined),
  }
}

/**
 * Sets the base, and sees to it that no request for it is still on its way: one that comes after the start would take the base
 * away from it. Returns the environment as it is by then.
 */
const putBaseSafely = async (
  context: Context,
  first: Environment,
  id: string,
  change: OpenChange,
): Promise<Environment> => {
  for (let environment = first; ; ) {
    const mayStillCome = await putBase(context, environment, id, change)
    if (!mayStillCome) return environment
    context.log({ kind: 'rebase_sent_again', delayMs: lateEffectMs })
    await pauseBeforeRetry(context, lateEffectMs, undefined)
    change.settle()
    // Others may have come in between.
    const { id: env } = environment
    environment = await sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits))
    if (environment.from_deploy?.id === id || findActive(environment)) return environment
  }
}

/** Resolves to whether a request for it was lost, and may still come. */
const putBase = async (
  context: Context,
  environment: Environment,
  id: string,
  change: OpenChange,
): Promise<boolean> => {
  let wasLost = false
  const send = (limits: Limits) =>
    context.humanitec.putBase(environment.id, id, limits).catch((error) => {
      wasLost ||= !(error instanceof RequestError) || mayTakeEffect(error.details)
      throw error
    })
  change.begin(environment, id)
  try {
    await sendRequest(context, send)
    return wasLost
  } finally {
    if (!wasLost) change.settle()
  }
}

/** Puts the earlier base back, unless someone else has changed it or is deploying; else says which one was left. */
export const putBaseBack = async (context: Context, env: string, change: BaseChange): Promise<void> => {
  const end = await restore(context, env, change)
  if (end === 'left') context.store.remark(formatBaseLeft(change))
  else if (end !== 'back') context.store.remark(formatBaseOfOthers(end.othersId))
}

/** Also shortly after the deadline: a changed base would steer somebody's next deployment. */
const restore = async (
  context: Context,
  env: string,
  change: BaseChange,
): Promise<'back' | 'left' | { readonly othersId: string }> => {
  // What is still on its way would undo the putting back.
  if (change.isOnItsWay) await pause(context, lateEffectMs)
  const mayStillCome = change.isOnItsWay === true && isPastDeadline(context)
  const environment = await orError(
    sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits), { patience: putBackPatienceMs }),
  )
  if (environment instanceof RequestError) return 'left'
  const id = determinePreviousId(environment, change)
  const nowId = environment.from_deploy?.id ?? ''
  const isOurs = nowId === change.setId || nowId === change.earlierId
  if (!isOurs && mayStillCome) return 'left'
  if (!isOurs) return nowId === id ? 'back' : { othersId: nowId }
  if (findActive(environment) || id === '') return 'left'
  if (id === nowId) return 'back'
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.putBase(env, id, limits), { patience: putBackPatienceMs }),
  )
  return answer instanceof RequestError || mayStillCome ? 'left' : 'back'
}

/** What was deployed right before our change, unseen, was the base that it replaced. */
const determinePreviousId = ({ last_deploy }: Environment, { previousId, newestId }: BaseChange): string =>
  last_deploy && last_deploy.id !== newestId ? last_deploy.id : previousId
