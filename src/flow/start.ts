import { findActive } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { mostSends } from '../core/network/limits.ts'
import { determineRetryDelayMs, determineStartVerdict, type StartVerdict } from '../core/network/retry.ts'
import { DeadlinePassed } from '../core/run/stop.ts'
import type { Deployment, Environment, StartBody } from '../ports.ts'
import { toStop } from './read.ts'
import type { Rebase } from './rebase.ts'
import { createRetryPause } from './retry-pause.ts'
import { sendStart } from './start-send.ts'
import {
  type ClearSight,
  createFateUnknown,
  expectClear,
  glanceForStart,
  judgeList,
  lookForConflict,
  lookForStart,
  type Sight,
  type Start,
  waitOutThrottling,
} from './start-sight.ts'
import { isPastDeadline, type Step } from './step.ts'

export type StartResult = Extract<Sight, { kind: 'started' | 'conflict' }>

/**
 * Starts a deployment exactly once, though the API takes no idempotency key: a send that may have been carried out is looked
 * for in the list, and repeated only when it is absent there. May be called again after a conflict.
 *
 * @param before the environment as it was just read
 * @throws Stop with `unknown` when the start's fate can't be told, with `error` when it was refused
 */
export type Starter = (before: Environment) => Promise<StartResult>

export const createStarter = (step: Step, env: string, body: StartBody, rebase: Rebase | undefined): Starter => {
  /** Those that may have reached the API. */
  let sends = 0
  return async (before) => {
    const start: Start = { step, env, body, before }
    for (let earlier: StartVerdict | undefined; ; ) {
      const sent = await sendUntilReceived(start, rebase, sends)
      if (!(sent instanceof RequestFailure)) return sent
      const verdict = determineStartVerdict(sent.details)
      if (verdict === 'lost' || verdict === 'throttled') sends++
      const isSurelyNotStarted = earlier === undefined && (verdict === 'conflict' || verdict === 'refused')
      if (isSurelyNotStarted) step.journal.saveOpenWork({ start: undefined })
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
const judgeAnswer = async (start: Start, failure: RequestFailure, { sends, earlier }: Sends): Promise<ClearSight> => {
  switch (determineStartVerdict(failure.details)) {
    case 'throttled':
      if (sends < mostSends) return waitOutThrottling(start, failure, sends)
      return expectStarted(await glanceForStart(start), failure)
    case 'lost': {
      const sight = await lookForStart(start, failure)
      if (sight.kind !== 'started' && sends >= mostSends) throw createFateUnknown(start, failure)
      return sight
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
      throw toStop(failure)
  }
}

/** @throws Stop with `error` for a failure that the list doesn't belie */
const expectStarted = (sight: Sight, failure: RequestFailure): ClearSight => {
  if (sight.kind === 'started') return sight
  throw toStop(failure)
}

/** A request that never left is no send: it is repeated until the deadline. */
const sendUntilReceived = async (
  start: Start,
  rebase: Rebase | undefined,
  sends: number,
): Promise<StartResult | RequestFailure> => {
  const { step } = start
  const pauseBeforeTry = createRetryPause(step)
  for (let failures = 0; ; failures++) {
    const active = rebase && sends + failures > 0 && findActive(await rebase.renew())
    if (active) return sends === 0 ? { kind: 'conflict', active } : judgeActive(start, active)
    const answer = await sendStart(start)
    if (!(answer instanceof RequestFailure)) return { kind: 'started', deployment: answer }
    if (determineStartVerdict(answer.details) !== 'again') return answer
    step.runner.debug(`${answer.message}; it was not sent`)
    await pauseBeforeTry(determineRetryDelayMs(failures + 1, step.random()), answer)
    if (isPastDeadline(step)) throw new DeadlinePassed({ cause: answer })
  }
}

/** It may be ours: the environment can show it before the list does. */
const judgeActive = (start: Start, active: Deployment): StartResult => {
  const sight = expectClear(start, judgeList(start, [active]))
  return sight.kind === 'started' ? sight : { kind: 'conflict', active }
}
