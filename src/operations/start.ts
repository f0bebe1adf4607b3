import { findActive, findActiveSince, findStarted } from '../core/deployments.ts'
import { RequestError } from '../core/network/request-error.ts'
import {
  conflictPatienceMs,
  determineRetryDelayMs,
  determineStartVerdict,
  lookGapsMs,
  mostSends,
  requestLimitsMs,
  type StartVerdict,
  startGraceMs,
} from '../core/network/retry-policy.ts'
import type { WaitingFor } from '../core/run/log-event.ts'
import { Cancelled, Failed, TimeoutError } from '../core/run/outcome.ts'
import type { Deployment, Environment, Limits, StartBody } from '../ports.ts'
import { type Context, isPastDeadline, pauseBeforeRetry } from './context.ts'
import type { Rebase } from './rebase.ts'
import { createHeartbeat, createRetryEvent, orError, sendRequest } from './request.ts'

export type StartResult = Extract<Sight, { kind: 'started' | 'conflict' }>

/**
 * Starts a deployment exactly once, though the API takes no idempotency key: a send that may have been carried out is looked
 * for in the list, and repeated only when it is absent there. May be called again after a conflict.
 *
 * @param before the environment as it was just read
 * @param deltaId of the Delta that was made for this start, in addition to the body
 * @throws Failed with `unknown` when the start's fate can't be told, with `error` when it was refused
 */
export type Starter = (before: Environment, deltaId: string | undefined) => Promise<StartResult>

export const createStarter = (context: Context, env: string, usual: StartBody, rebase: Rebase | undefined): Starter => {
  /** Those that may have reached the API. */
  let sends = 0
  return async (before, deltaId) => {
    const body = deltaId === undefined ? usual : { ...usual, delta_id: deltaId }
    const start: Start = { context, env, body, before }
    for (let earlier: StartVerdict | undefined; ; ) {
      const sent = await sendUntilReceived(start, rebase, sends)
      if (!(sent instanceof RequestError)) return sent
      const verdict = determineStartVerdict(sent.details)
      if (verdict === 'lost' || verdict === 'foreign' || verdict === 'throttled') sends++
      const isSurelyNotStarted = earlier === undefined && (verdict === 'conflict' || verdict === 'refused')
      if (isSurelyNotStarted) context.store.saveCheckpoint({ start: undefined })
      const sight = await judgeAnswer(start, sent, { sends, earlier })
      if (sight.kind !== 'absent') return sight
      if (earlier !== 'lost') earlier = verdict
    }
  }
}

type Sends = {
  readonly sends: number
  /** What became of the sends before this one, if any: `lost` where one of them was. */
  readonly earlier: StartVerdict | undefined
}

/** What an answer without a deployment means. `absent`: it is to be sent again. */
const judgeAnswer = async (start: Start, failure: RequestError, { sends, earlier }: Sends): Promise<ClearSight> => {
  switch (determineStartVerdict(failure.details)) {
    case 'throttled':
      if (sends < mostSends) return waitOutThrottling(start, failure, sends)
      return expectStarted(await glanceForStart(start), failure)
    case 'lost': {
      const sight = await lookForStart(start, failure)
      if (sight.kind !== 'started' && sends >= mostSends) throw createFateUnknown(start, failure)
      return sight
    }
    case 'foreign': {
      const sight = await lookForStart(start, failure)
      if (sight.kind !== 'absent' || sends < mostSends) return sight
      throw earlier === 'lost' ? createFateUnknown(start, failure) : failure
    }
    case 'conflict': {
      if (earlier === undefined) return lookForConflict(start)
      const sight = await lookForStart(start, failure)
      if (sight.kind !== 'absent') return sight
      // Someone is active whom nobody sees: that may be ours.
      if (earlier === 'lost') throw createFateUnknown(start, failure)
      return { kind: 'conflict', active: undefined }
    }
    case 'accepted': {
      const sight = await lookForStart(start, failure)
      if (sight.kind !== 'started') throw createFateUnknown(start, failure)
      return sight
    }
    case 'redirected':
      return expectStarted(await lookForStart(start, failure), failure)
    default:
      throw failure
  }
}

/** @throws Failed with `error` for a failure that the list doesn't belie */
const expectStarted = (sight: Sight, failure: RequestError): ClearSight => {
  if (sight.kind === 'started') return sight
  throw failure
}

/** A request that never left is no send: it is repeated until the deadline. */
const sendUntilReceived = async (
  start: Start,
  rebase: Rebase | undefined,
  sends: number,
): Promise<StartResult | RequestError> => {
  const { context } = start
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, () => last && createRetryEvent(context, last))
  for (let failures = 0; ; failures++) {
    const active = rebase && sends + failures > 0 && findActive(await rebase.renew())
    if (active) return sends === 0 ? { kind: 'conflict', active } : judgeActive(start, active)
    const answer = await sendStart(start)
    if (!(answer instanceof RequestError)) return { kind: 'started', deployment: answer }
    if (determineStartVerdict(answer.details) !== 'again') return answer
    context.runner.debug(`${answer.message}; it was not sent`)
    last = answer
    await heartbeat.pause(determineRetryDelayMs(failures + 1, context.random()))
    if (isPastDeadline(context)) throw new TimeoutError({ cause: answer })
  }
}

/** It may be ours: the environment can show it before the list does. */
const judgeActive = (start: Start, active: Deployment): StartResult => {
  const sight = expectClear(start, judgeList(start, [active]))
  return sight.kind === 'started' ? sight : { kind: 'conflict', active }
}

/**
 * Sends the start once. A signal doesn't cut it at once: for a few seconds the answer, and so the id, is worth more than
 * leaving.
 *
 * @throws Failed with `unknown` when a signal has cut it, TimeoutError or Cancelled when it was not sent any more
 */
const sendStart = async (start: Start): Promise<Deployment | RequestError> => {
  const { context, env, body, before } = start
  context.cancel.throwIfAborted()
  if (isPastDeadline(context)) throw new TimeoutError()
  context.store.saveCheckpoint({
    start: { body, newestBeforeId: before.last_deploy?.id ?? '', newestBeforeAt: before.last_deploy?.created_at ?? '' },
  })
  const grace = createGrace(context)
  const policy = { timeoutMs: requestLimitsMs.start, patience: 'once', signal: grace.signal } as const
  try {
    const send = (limits: Limits) => context.humanitec.startDeployment(env, body, limits)
    return refuseKnown(before, await sendRequest(context, send, policy))
  } catch (error) {
    if (error instanceof RequestError) return error
    throw error instanceof Cancelled ? createFateUnknown(start, error) : error
  } finally {
    grace.end()
  }
}

/** What was there before the start is no answer to it, whoever gave it. */
const refuseKnown = ({ from_deploy, last_deploy }: Start['before'], answer: Deployment): Deployment | RequestError => {
  if (answer.id !== from_deploy?.id && answer.id !== last_deploy?.id) return answer
  const detail = `it speaks of ${answer.id}, which was there before`
  return new RequestError({ kind: 'unreadable', request: 'the start', status: 200, detail })
}

/** A signal that follows the step's cancellation a few seconds later. */
const createGrace = ({ cancel, clock }: Context): { readonly signal: AbortSignal; end(): void } => {
  const late = new AbortController()
  const over = new AbortController()
  const begin = () => {
    clock.sleep(startGraceMs, over.signal).then(
      () => late.abort(cancel.reason),
      () => undefined,
    )
  }
  cancel.addEventListener('abort', begin, { once: true, signal: over.signal })
  return { signal: late.signal, end: () => over.abort() }
}

/** One start, however often it has to be sent. */
type Start = {
  readonly context: Context
  readonly env: string
  readonly body: StartBody
  /** The environment as it was read before the first send. */
  readonly before: Pick<Environment, 'from_deploy' | 'last_deploy'>
}

/** What can be seen of a start that was sent. */
type Sight =
  | { readonly kind: 'started'; readonly deployment: Deployment }
  /** Nothing of ours, and another deployment holds the environment; `active` is absent when only a 409 tells of it. */
  | { readonly kind: 'conflict'; readonly active: Deployment | undefined }
  | { readonly kind: 'absent' }
  /** Something that could be ours, or another's. */
  | { readonly kind: 'doubtful' }

/** What a list of the environment's deployments, or a part of it, shows. */
const judgeList = ({ context, body, before }: Start, newestFirst: readonly Deployment[]): Sight => {
  const sighting = findStarted(newestFirst, before.last_deploy, body, context.workflow.runUrl)
  if (sighting.kind !== 'absent') return sighting
  const active = findActiveSince(newestFirst, before.last_deploy)
  return active ? { kind: 'conflict', active } : sighting
}

/**
 * Reads the list until the start shows in it, or would have shown.
 *
 * @returns the failure, when the list can't be read
 */
export const searchList = async (start: Start): Promise<Sight | RequestError> => {
  for (let looks = 1; ; looks++) {
    await pauseTelling(start.context, lookGapsMs[looks - 1] ?? 0, 'start')
    if (isPastDeadline(start.context)) throw new TimeoutError()
    const list = await orError(sendRequest(start.context, listDeployments(start), { timeoutMs: requestLimitsMs.list }))
    if (list instanceof RequestError) return list
    const sight = judgeList(start, list)
    if (sight.kind === 'started' || looks >= lookGapsMs.length) return sight
  }
}

type ClearSight = Exclude<Sight, { kind: 'doubtful' }>

/** @throws Failed with `unknown` for a doubtful one */
const expectClear = (start: Start, sight: Sight, cause?: Error): ClearSight => {
  if (sight.kind === 'doubtful') throw createFateUnknown(start, cause)
  return sight
}

/**
 * Looks for a send whose answer was lost.
 *
 * @throws Failed with `unknown` when the list can't be read, or shows something that can't be told from ours
 */
const lookForStart = async (start: Start, cause: RequestError): Promise<ClearSight> => {
  start.context.log({ kind: 'looking_for_start', error: cause.details })
  const found = await searchList(start).catch((error: unknown) => {
    if (error instanceof Cancelled || error instanceof TimeoutError) throw createFateUnknown(start, error)
    throw error
  })
  if (found instanceof RequestError) throw createFateUnknown(start, found)
  return expectClear(start, found, cause)
}

/** A 429 says that nothing was started, and is believed only after a look at the list. */
const waitOutThrottling = async (start: Start, cause: RequestError, sends: number): Promise<ClearSight> => {
  const { context } = start
  const delayMs = determineRetryDelayMs(sends, context.random(), cause.details.retryAfterMs)
  context.log({ kind: 'rate_limited', delayMs })
  await pauseTelling(context, delayMs, 'rate_limit')
  await pauseBeforeRetry(context, 0, cause)
  return expectClear(
    start,
    judgeList(start, await sendRequest(context, listDeployments(start), { timeoutMs: requestLimitsMs.list })),
    cause,
  )
}

/** The list is read once, if it can be: `absent` when it can't, or when it is too late. */
const glanceForStart = async (start: Start): Promise<Sight> => {
  if (isPastDeadline(start.context)) return { kind: 'absent' }
  const list = await orError(
    sendRequest(start.context, listDeployments(start), { patience: 0, timeoutMs: requestLimitsMs.list }),
  )
  return list instanceof RequestError ? { kind: 'absent' } : judgeList(start, list)
}

/** After a 409, the list tells which deployment stands in the way; where it doesn't at once, it is given a few seconds. */
const lookForConflict = async (start: Start): Promise<Sight & { kind: 'conflict' }> => {
  const { context, before } = start
  for (const gapMs of [0, ...lookGapsMs]) {
    await pauseTelling(context, gapMs, 'conflict')
    if (isPastDeadline(context)) break
    const list = await orError(
      sendRequest(context, listDeployments(start), { patience: conflictPatienceMs, timeoutMs: requestLimitsMs.list }),
    )
    if (list instanceof RequestError) break
    const active = findActiveSince(list, before.last_deploy)
    if (active) return { kind: 'conflict', active }
  }
  return { kind: 'conflict', active: undefined }
}

/** The rate limiter can make it long: then the log says what goes on. */
const pauseTelling = (context: Context, ms: number, what: WaitingFor): Promise<void> => {
  const describe = () => ({ kind: 'still_waiting', what, elapsedMs: context.clock.now() - context.startedMs }) as const
  return createHeartbeat(context, describe).pause(ms)
}

const listDeployments =
  ({ context, env }: Start) =>
  (limits: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<Deployment[]> =>
    context.humanitec.listDeployments(env, limits)

export const createFateUnknown = ({ body }: Pick<Start, 'body'>, cause?: Error): Failed => {
  const failure = cause instanceof RequestError ? cause.details : undefined
  return new Failed('unknown', { kind: 'start_unknown', sent: body, ...(failure && { error: failure }) }, { cause })
}
