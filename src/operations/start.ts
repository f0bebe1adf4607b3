import type { Deployment, Environment, StartBody } from '../core/api.ts'
import { findActiveSince, isFinal } from '../core/deployments.ts'
import { classifyComment } from '../core/mark.ts'
import { RequestError } from '../core/network/request-error.ts'
import {
  conflictPatienceMs,
  determineRetryDelayMs,
  determineStartVerdict,
  maxSends,
  newEnvironmentMs,
  requestLimitsMs,
  type StartVerdict,
  searchGapsMs,
  startGraceMs,
} from '../core/network/retry-policy.ts'
import { withoutStart, withStart } from '../core/run/checkpoint.ts'
import { CancelledError, DeadlineError } from '../core/run/result.ts'
import type { Limits } from '../ports.ts'
import { type Context, isLastBefore, isPastDeadline, pauseBeforeRetry } from './context.ts'
import { determineStartDelayMs } from './rate-limiter.ts'
import { listDeployments } from './read.ts'
import type { Rebase } from './rebase.ts'
import { catchRequestError, createHeartbeat, createRetryEvent, isNotFound, sendRequest } from './request.ts'
import {
  createUnknownStart,
  isMissing,
  isOurStart,
  judgeList,
  pauseWithHeartbeat,
  type Start,
  type StartState,
  searchStart,
  toPending,
} from './start-search.ts'

export type StartResult = Extract<StartState, { kind: 'started' | 'in_pipeline' | 'conflict' }>

/** What is to be started, and what is known of it. */
type StartParams = {
  readonly env: string
  readonly body: StartBody
  readonly mark: string
  readonly rebase: Rebase | undefined
  /** Pipeline runs with our mark from before: an earlier attempt's. */
  readonly earlierRunIds: readonly string[]
}

/**
 * Starts a deployment exactly once, although the API takes no idempotency key: after a send that may have been carried out, the
 * deployment is searched for, and the start is sent again only when it is absent.
 */
export type Starter = {
  /**
   * To be called before the base is set and anything is sent again: what caused a 409 may be our start, sent twice by a gateway.
   *
   * @param now the environment as it was just read
   * @returns also a conflict, if only the list shows that somebody else has begun
   * @throws StepEndError with `unknown` when more than one start is ours, RequestError when the list can't be read
   */
  find(now: Environment): Promise<StartResult | undefined>
  /**
   * May be called again after a conflict.
   *
   * @param before the environment as it was just read
   * @param made when we created the environment, if we did, and the id of the Delta that was created for this start
   * @throws StepEndError with `unknown` when it isn't known whether the start was carried out, RequestError when it was refused
   */
  start(before: Environment, made: Created): Promise<StartResult>
}

type Created = { readonly environmentCreatedMs: number | undefined; readonly deltaId: string | undefined }

export const createStarter = (context: Context, params: StartParams): Starter => {
  const { env, mark, rebase, earlierRunIds } = params
  /** How many may have reached the API, in all rounds. */
  let sends = 0
  let sentMs: number | undefined
  const noteSend = (): void => {
    if (sends === 0) sentMs = context.clock.now()
  }
  const withSentMs = <State extends StartResult>(state: State): State =>
    isOurStart(state) ? { sentMs, ...state } : state
  /** A send answered with 409. A gateway may have sent it twice, and the deployment of the first may show in the list later. */
  let doubtful: Start | undefined
  const find = async (now: Environment): Promise<StartResult | undefined> => {
    if (!doubtful) return undefined
    const state = await searchRepeated(doubtful, now)
    if (context.store.state.isStartInDoubt) context.store.note({ isStartInDoubt: false })
    if (isOurStart(state)) return withSentMs(state)
    if (state.kind === 'conflict') return state
    doubtful = undefined
    context.store.advance(withoutStart)
    return undefined
  }
  const send = async (before: Environment, { environmentCreatedMs, deltaId }: Created): Promise<StartResult> => {
    const body = deltaId === undefined ? params.body : { ...params.body, delta_id: deltaId }
    const base = body.delta_id === undefined && body.set_id === undefined ? findBase(context, before) : {}
    const start: Start = { context, env, body, mark, before, earlierRunIds, ...base }
    let sent: Sends = { count: sends, wasLost: false, wasFromIntermediary: false }
    for (let isFirst = sends === 0; ; isFirst = false) {
      const answer = await sendUntilReceived(start, { rebase, isFirst, environmentCreatedMs, noteSend })
      if (!(answer instanceof RequestError)) return withSentMs(answer)
      const verdict = determineStartVerdict(answer.details)
      sent = countSend(sent, verdict)
      sends = sent.count
      const isSurelyAbsent = !mayExist(sent) && (verdict === 'refused' || verdict === 'throttled')
      if (isSurelyAbsent) context.store.advance(withoutStart)
      const state = await judgeAnswer(start, answer, sent)
      if (state.kind === 'conflict') doubtful = start
      if (state.kind !== 'absent') return withSentMs(state)
    }
  }
  return { find, start: send }
}

/** A rebase or a redeployment creates a deployment with the same Set as its base. */
const findBase = ({ store }: Context, { from_deploy }: Environment): Pick<Start, 'baseSetId' | 'baseId'> => {
  const base = store.state.base ?? from_deploy
  return { baseSetId: base?.set_id ?? '', ...(base && { baseId: base.id }) }
}

/** How the sends of this round ended; another one begins after a conflict. */
type Sends = {
  /** Those that may have reached the API. */
  readonly count: number
  readonly wasLost: boolean
  readonly wasFromIntermediary: boolean
}

const countSend = ({ count, wasLost, wasFromIntermediary }: Sends, verdict: StartVerdict): Sends => ({
  count: verdict === 'lost' || verdict === 'intermediary' ? count + 1 : count,
  wasLost: wasLost || verdict === 'lost',
  wasFromIntermediary: wasFromIntermediary || verdict === 'intermediary',
})

const mayExist = ({ wasLost, wasFromIntermediary }: Sends): boolean => wasLost || wasFromIntermediary

type ClearState = StartResult | { readonly kind: 'absent' }

/** What an answer without a deployment means. `absent`: send it again. */
const judgeAnswer = async (start: Start, failure: RequestError, sent: Sends): Promise<ClearState> => {
  switch (determineStartVerdict(failure.details)) {
    case 'throttled':
      return waitOutThrottling(start, failure, sent)
    case 'lost':
    case 'intermediary': {
      const state = await searchOrThrow(start, failure)
      if (isOurStart(state) || sent.count < maxSends) return state
      throw sent.wasLost ? createUnknownStart(start.body, failure) : failure
    }
    case 'conflict':
      return judgeConflict(start, failure, sent)
    case 'accepted': {
      const state = await searchOrThrow(start, failure)
      if (!isOurStart(state)) throw createUnknownStart(start.body, failure)
      return state
    }
    case 'redirected': {
      const state = await searchOrThrow(start, failure)
      if (!isOurStart(state)) throw failure
      return state
    }
    default:
      throw failure
  }
}

/** A deployment is active. It may be ours even after the very first send, which a gateway may have sent twice. */
const judgeConflict = async (start: Start, failure: RequestError, sent: Sends): Promise<ClearState> => {
  if (!mayExist(sent)) {
    const state = await searchConflict(start).catch((error: unknown) => {
      throw error instanceof CancelledError ? createUnknownStart(start.body, error) : error
    })
    // The list was read and holds no start of ours: nothing is left for the post step.
    if (state.kind === 'conflict' && !state.unread) start.context.store.advance(withoutStart)
    if (state.kind === 'conflict' && state.unread) start.context.store.note({ isStartInDoubt: true })
    return state
  }
  const state = await searchOrThrow(start, failure)
  if (state.kind === 'absent') throw createUnknownStart(start.body, failure)
  return state
}

type Sending = {
  readonly rebase: Rebase | undefined
  readonly isFirst: boolean
  readonly environmentCreatedMs: number | undefined
  /** Called right before each send. */
  readonly noteSend: () => void
}

/** Until a list is read again that is empty, although there was a deployment. */
const emptyListPauseMs = 1_500

/** Until an environment that we have just created is tried again. */
const newEnvironmentDelayMs = 3_000

/** Sends again after failures that started nothing for sure: it never left, or our new environment was not found yet. */
const sendUntilReceived = async (start: Start, sending: Sending): Promise<StartResult | RequestError> => {
  const { context } = start
  const { rebase, environmentCreatedMs = Number.NEGATIVE_INFINITY } = sending
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, () => last && createRetryEvent(context, last))
  for (let failures = 0; ; failures++) {
    const isFirst = sending.isFirst && failures === 0
    const active = rebase && !isFirst ? await rebase.renew(start.before) : undefined
    if (active) return sending.isFirst ? { kind: 'conflict', active } : judgeActive(start, active)
    sending.noteSend()
    const answer = await sendStart(start)
    if (!(answer instanceof RequestError)) return { kind: 'started', deployment: answer, sentMs: context.clock.now() }
    const isNotThereYet =
      isNotFound(answer) &&
      !answer.details.intermediary &&
      context.clock.now() < environmentCreatedMs + newEnvironmentMs
    if (!isNotThereYet && determineStartVerdict(answer.details) !== 'again') return answer
    context.runner.debug(`${answer.message}; ${isNotThereYet ? 'the environment was just made' : 'it was not sent'}`)
    last = answer
    const delayMs = determineRetryDelayMs(failures + 1, context.random())
    await heartbeat.pause(isNotThereYet ? newEnvironmentDelayMs : delayMs)
    if (isPastDeadline(context)) throw new DeadlineError({ cause: answer })
  }
}

/** It may be ours: the environment can show a deployment before the list does. */
const judgeActive = (start: Start, active: Deployment): StartResult => {
  const state = expectClear(start, judgeList(start, [active], []))
  return state.kind === 'absent' ? { kind: 'conflict', active } : state
}

/**
 * Sends the start once. A signal cuts it only after a few seconds: the answer has the deployment's id, which is worth waiting for.
 *
 * @throws StepEndError with `unknown` when a signal has cut it, DeadlineError or CancelledError when it was not sent
 */
const sendStart = async (start: Start): Promise<Deployment | RequestError> => {
  const { context, env, body } = start
  context.cancel.throwIfAborted()
  if (isPastDeadline(context)) throw new DeadlineError()
  context.store.advance((phase) => withStart(phase, toPending(start)))
  const grace = createGrace(context)
  const policy = { timeoutMs: requestLimitsMs.start, patience: 'once', signal: grace.signal } as const
  try {
    const send = (limits: Limits) => context.humanitec.startDeployment(env, body, limits)
    return refuseKnown(start, await sendRequest(context, send, policy))
  } catch (error) {
    if (error instanceof RequestError) return error
    throw error instanceof CancelledError ? createUnknownStart(body, error) : error
  } finally {
    grace.end()
  }
}

/**
 * Rejects an answer that can't be about our start:
 *
 * - a deployment that was there before
 * - another workflow run's
 * - one that has ended already and doesn't have our mark
 */
const refuseKnown = ({ before, mark }: Start, answer: Deployment): Deployment | RequestError => {
  const owner = classifyComment(answer.comment, mark)
  const isEarlier =
    answer.id === before.from_deploy?.id ||
    answer.id === before.last_deploy?.id ||
    (isFinal(answer) && answer.comment !== '' && owner !== 'ours')
  if (!isEarlier && owner !== 'other_run') return answer
  const detail = `it is about ${answer.id}, which ${isEarlier ? 'was there before' : 'is another workflow run’s'}`
  return new RequestError({ kind: 'unreadable', request: 'the start', status: 200, detail })
}

/** An abort signal that follows the step's cancellation a few seconds later. */
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
  return { signal: late.signal, end: () => over.abort(new Error('the start is over')) }
}

/** @throws StepEndError with `unknown` for what may be ours or not */
const expectClear = (start: Start, state: StartState, cause?: Error): ClearState => {
  if (state.kind === 'ambiguous') throw createUnknownStart(start.body, cause, state.reason)
  return state
}

/** For a search that a signal or the deadline has cut: the start may have been carried out. */
const throwUnknownIfCut =
  ({ body }: Start) =>
  (error: unknown): never => {
    if (error instanceof CancelledError || error instanceof DeadlineError) throw createUnknownStart(body, error)
    throw error
  }

/**
 * Searches for a start whose answer was lost.
 *
 * @throws StepEndError with `unknown` when the list can't be read, or shows something that may be ours or not
 */
const searchOrThrow = async (start: Start, cause: RequestError): Promise<ClearState> => {
  start.context.log({ kind: 'searching_for_start', error: cause.details })
  const found = await searchStart(start).catch(throwUnknownIfCut(start))
  if (found instanceof RequestError) throw createUnknownStart(start.body, found)
  return expectClear(start, found, cause)
}

/** What the list and the environment show together: either can lag behind the other. */
const judgeWithList = async (start: Start, now: Environment): Promise<StartState> =>
  judgeList(start, await listWithLatest(start, now), [])

/** @throws StepEndError with `unknown` when the list stays empty, although there was a deployment before */
const listWithLatest = async (start: Start, { last_deploy }: Environment): Promise<readonly Deployment[]> => {
  const { context, env } = start
  let list = await listDeployments(context, env)
  if (isMissing(list, start.before.last_deploy)) {
    await pauseWithHeartbeat(start.context, emptyListPauseMs, 'start')
    list = await listDeployments(context, env)
  }
  if (isMissing(list, start.before.last_deploy)) throw createUnknownStart(start.body, undefined, 'unreadable')
  const isUnlisted = last_deploy && !list.some(({ id }) => id === last_deploy.id)
  return isUnlisted ? [last_deploy, ...list] : list
}

/** Whether a start of ours shows after the 409, or somebody else's. Reads the list only if the environment doesn't show ours. */
const searchRepeated = async (start: Start, now: Environment): Promise<StartState> => {
  const shown = judgeList(start, now.last_deploy ? [now.last_deploy] : [], [])
  if (isOurStart(shown)) return shown
  const list = await listWithLatest(start, now)
  const state = judgeList(start, list, [])
  if (state.kind !== 'ambiguous') return state
  if (state.reason === 'several') throw createUnknownStart(start.body, undefined, 'several')
  const active = findActiveSince(list, start.before.last_deploy)
  return active ? { kind: 'conflict', active } : { kind: 'absent' }
}

/**
 * A 429 says that nothing was started: the list is read only if the environment shows something new, or an earlier send was lost.
 */
const waitOutThrottling = async (start: Start, cause: RequestError, sent: Sends): Promise<ClearState> => {
  const { context, env, before } = start
  const delayMs = determineStartDelayMs(context, cause)
  context.log({ kind: 'rate_limited', delayMs, isLast: isLastBefore(context, delayMs) })
  await pauseWithHeartbeat(context, delayMs, 'rate_limit')
  await pauseBeforeRetry(context, 0, cause)
  const now = await sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits))
  if (!mayExist(sent) && now.last_deploy?.id === before.last_deploy?.id) return { kind: 'absent' }
  const state = await judgeWithList(start, now).catch(throwUnknownIfCut(start))
  return expectClear(start, state, cause)
}

/** After a 409, the list shows which deployment is active; if not at once, then within a few seconds. */
const searchConflict = async (start: Start): Promise<StartResult> => {
  const { context } = start
  for (const gapMs of [0, ...searchGapsMs]) {
    await pauseWithHeartbeat(context, gapMs, 'conflict')
    if (isPastDeadline(context)) return { kind: 'conflict', active: undefined, unread: 'too_late' }
    const list = await catchRequestError(listDeployments(context, start.env, { patience: conflictPatienceMs }))
    if (list instanceof RequestError) return { kind: 'conflict', active: undefined, unread: list.details }
    const state = judgeList(start, list, [])
    if (state.kind === 'ambiguous' && state.reason === 'several')
      throw createUnknownStart(start.body, undefined, 'several')
    if (state.kind === 'ambiguous') return { kind: 'conflict', active: findActiveSince(list, start.before.last_deploy) }
    // On a re-run it is more likely an earlier attempt's than ours sent twice by a gateway.
    if (state.kind === 'started' && context.workflow.attempt > 1 && !isFinal(state.deployment))
      return { kind: 'conflict', active: state.deployment }
    if (state.kind !== 'absent') return state
  }
  return { kind: 'conflict', active: undefined }
}
