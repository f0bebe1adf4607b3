import { findActive, findActiveSince } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { conflictPatienceMs, lookGapsMs, mostSends, requestLimitsMs, startGraceMs } from '../core/network/limits.ts'
import { determineRetryDelayMs, determineStartVerdict } from '../core/network/retry.ts'
import { formatFateUnknown } from '../core/report/deployment-problem.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import { Cancelled, DeadlinePassed, Stop } from '../core/run/stop.ts'
import { formatDuration, formatElapsed } from '../core/text/duration.ts'
import type { Deployment, Environment, StartBody } from '../ports.ts'
import { createHeartbeat } from './heartbeat.ts'
import { determineTimeoutMs, read, tryFor } from './read.ts'
import type { Rebase } from './rebase.ts'
import { createRetryPause } from './retry-pause.ts'
import { judgeList, type Search, searchList } from './start-search.ts'
import { isPastDeadline, pauseBeforeRetry, type Step } from './step.ts'

export type StartResult =
  | { readonly kind: 'started'; readonly deployment: Deployment }
  /** Another deployment holds the environment, and nothing of ours was started. `active` is absent when none can be seen. */
  | { readonly kind: 'conflict'; readonly active: Deployment | undefined }

/** One start, however often it has to be sent. */
export type Start = {
  readonly step: Step
  readonly env: string
  readonly body: StartBody
  /** The environment as it was read before the first send. */
  readonly before: Environment
  readonly rebase: Rebase | undefined
  /** Sends of this run that may have reached the API, earlier ones included. */
  readonly tally: { sends: number }
}

/**
 * Starts the deployment exactly once, though the API takes no idempotency key: a send that may have been carried out is
 * looked for in the list, and repeated only when it is absent there.
 *
 * @throws Stop with `unknown` when the start's fate can't be told, with `error` when it was refused
 */
export const startOnce = async (start: Start): Promise<StartResult> => {
  const { tally } = start
  for (let wasLost = false; ; ) {
    const sent = await sendUntilReceived(start)
    if (!(sent instanceof RequestFailure)) return sent
    switch (determineStartVerdict(sent.details)) {
      case 'refused':
        throw refused(sent)
      case 'redirected': {
        const seen = await lookForStart(start, sent)
        if (seen.kind === 'started') return seen
        throw refused(sent)
      }
      case 'accepted': {
        const seen = await lookForStart(start, sent)
        return seen.kind === 'started' ? seen : throwFateUnknown(start, sent)
      }
      case 'conflict': {
        if (!wasLost) return listConflict(start)
        const seen = await lookForStart(start, sent)
        // Someone is active whom nobody sees: that may be ours.
        return seen.kind === 'started' || seen.active ? seen : throwFateUnknown(start, sent)
      }
      case 'throttled': {
        if (++tally.sends >= mostSends) throw refused(sent)
        const seen = await waitOutThrottling(start, sent)
        if (seen.kind === 'started' || seen.active) return seen
        wasLost = true
        break
      }
      case 'lost': {
        const isLast = ++tally.sends >= mostSends
        const seen = await lookForStart(start, sent)
        if (seen.kind === 'conflict' && isLast) throwFateUnknown(start, sent)
        if (seen.kind === 'started' || seen.active) return seen
        wasLost = true
      }
    }
  }
}

/** A request that never left is no send: it is repeated until the deadline. */
const sendUntilReceived = async (start: Start): Promise<StartResult | RequestFailure> => {
  const { step, tally, rebase } = start
  const pauseBeforeTry = createRetryPause(step)
  for (let failures = 0; ; failures++) {
    const active = rebase && tally.sends + failures > 0 && findActive(await rebase.renew())
    if (active) return judgeActive(start, active)
    const answer = await send(start)
    if (!(answer instanceof RequestFailure)) return { kind: 'started', deployment: answer }
    if (determineStartVerdict(answer.details) !== 'again') return answer
    step.runner.debug(`${answer.message}; it was not sent`)
    await pauseBeforeTry(determineRetryDelayMs(failures + 1, step.random()), answer)
    if (isPastDeadline(step)) throw new DeadlinePassed({ cause: answer })
  }
}

/** An active deployment that the environment shows before a further send: it may be ours, shown there before the list does. */
const judgeActive = (start: Start, active: Deployment): StartResult => {
  const { step, body, before, tally } = start
  if (tally.sends === 0) return { kind: 'conflict', active }
  const cause = new Error(`deployment ${active.id} is active`)
  return toStartResult(judgeList(step, [active], body, before.last_deploy)) ?? throwFateUnknown(start, cause)
}

/** One send. A signal doesn't cut it at once: for a few seconds the answer, and so the id, is worth more than leaving. */
const send = async (start: Start): Promise<Deployment | RequestFailure> => {
  const { step, env, body, before } = start
  step.cancel.throwIfAborted()
  if (isPastDeadline(step)) throw new DeadlinePassed()
  step.journal.saveOpenWork({
    start: { body, newestBeforeId: before.last_deploy?.id ?? '', newestBeforeAt: before.last_deploy?.created_at ?? '' },
  })
  const grace = createGrace(step)
  const limits = { timeoutMs: determineTimeoutMs(step, requestLimitsMs.start), signal: grace.signal }
  try {
    return refuseKnown(before, await step.humanitec.startDeployment(env, body, limits))
  } catch (error) {
    if (error instanceof RequestFailure) return error
    if (error instanceof Cancelled) return throwFateUnknown(start, error)
    throw error
  } finally {
    grace.end()
  }
}

/** What was there before the start is no answer to it, whoever gave it. */
const refuseKnown = ({ from_deploy, last_deploy }: Environment, answer: Deployment): Deployment | RequestFailure => {
  if (answer.id !== from_deploy?.id && answer.id !== last_deploy?.id) return answer
  const detail = `it speaks of ${answer.id}, which was there before`
  return new RequestFailure({ kind: 'unreadable', request: 'the start', status: 200, detail })
}

/** A signal that follows the step's cancellation a few seconds later. */
const createGrace = ({ cancel, clock }: Step): { readonly signal: AbortSignal; end(): void } => {
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

/** After a 409, the list tells which deployment stands in the way; where it doesn't at once, it is given a few seconds. */
const listConflict = async ({ step, env, before }: Start): Promise<StartResult> => {
  for (const gapMs of [0, ...lookGapsMs]) {
    await pauseBeforeRetry(step, gapMs, undefined)
    const list = await tryFor(
      step,
      conflictPatienceMs,
      (limits) => step.humanitec.listDeployments(env, limits),
      requestLimitsMs.list,
    )
    if (list instanceof RequestFailure) break
    const active = findActiveSince(list, before.last_deploy)
    if (active) return { kind: 'conflict', active }
  }
  return { kind: 'conflict', active: undefined }
}

/** A 429 says that nothing was started, and is believed only after a look at the list. */
const waitOutThrottling = async (start: Start, cause: RequestFailure): Promise<StartResult> => {
  const { step, env, body, before, tally } = start
  const delayMs = determineRetryDelayMs(tally.sends, step.random(), cause.details.retryAfterMs)
  step.runner.info(`Humanitec takes no more requests for now (429): again in ${formatDuration(delayMs)}`)
  const sinceMs = step.clock.now()
  const told = () => step.runner.info(`  ${formatElapsed(step.clock.now() - sinceMs)}  waiting, as Humanitec wishes`)
  await createHeartbeat(step, told).pause(delayMs)
  await pauseBeforeRetry(step, 0, cause)
  const deployments = await read(step, (limits) => step.humanitec.listDeployments(env, limits), requestLimitsMs.list)
  return toStartResult(judgeList(step, deployments, body, before.last_deploy)) ?? throwFateUnknown(start, cause)
}

/**
 * Looks for a send whose answer was lost.
 *
 * @returns `conflict` when it is absent, with whatever is active instead
 * @throws Stop with `unknown` when the list can't be read, or shows something that can't be told from ours
 */
const lookForStart = async (start: Start, cause: RequestFailure): Promise<StartResult> => {
  const { step, env, body, before } = start
  step.runner.info(`The start got no clear answer (${cause.message}): looking for it in the list of deployments`)
  try {
    const found = await searchList(step, env, body, before.last_deploy)
    if (found instanceof RequestFailure) return throwFateUnknown(start, found)
    return toStartResult(found) ?? throwFateUnknown(start, cause)
  } catch (error) {
    if (error instanceof Cancelled || error instanceof DeadlinePassed) return throwFateUnknown(start, error)
    throw error
  }
}

/** `undefined` when something in the list could be ours or another's. */
const toStartResult = ({ sighting, active }: Search): StartResult | undefined => {
  if (sighting.kind === 'ours') return { kind: 'started', deployment: sighting.deployment }
  return sighting.kind === 'absent' ? { kind: 'conflict', active } : undefined
}

const refused = (failure: RequestFailure): Stop => new Stop('error', formatFailure(failure.details), { cause: failure })

const throwFateUnknown = ({ body, env }: Start, cause: Error): never => {
  const failure = cause instanceof RequestFailure ? cause.details : undefined
  throw new Stop('unknown', formatFateUnknown(body, { env }, failure), { cause })
}
