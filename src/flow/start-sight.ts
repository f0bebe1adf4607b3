import { findActiveSince, findStarted } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { conflictPatienceMs, lookGapsMs, requestLimitsMs } from '../core/network/limits.ts'
import { determineRetryDelayMs } from '../core/network/retry.ts'
import { formatFateUnknown } from '../core/report/deployment-problem.ts'
import { Cancelled, DeadlinePassed, Stop } from '../core/run/stop.ts'
import { formatDuration, formatElapsed } from '../core/text/duration.ts'
import type { Deployment, Environment, StartBody } from '../ports.ts'
import { createHeartbeat } from './heartbeat.ts'
import { readOrFailure, readOrStop, tryFor } from './read.ts'
import { isPastDeadline, pauseBeforeRetry, type Step } from './step.ts'

/** One start, however often it has to be sent. */
export type Start = {
  readonly step: Step
  readonly env: string
  readonly body: StartBody
  /** The environment as it was read before the first send. */
  readonly before: Pick<Environment, 'from_deploy' | 'last_deploy'>
}

/** What can be seen of a start that was sent. */
export type Sight =
  | { readonly kind: 'started'; readonly deployment: Deployment }
  /** Nothing of ours, and another deployment holds the environment; `active` is absent when only a 409 tells of it. */
  | { readonly kind: 'conflict'; readonly active: Deployment | undefined }
  | { readonly kind: 'absent' }
  /** Something that could be ours, or another's. */
  | { readonly kind: 'doubtful' }

/** What a list of the environment's deployments, or a part of it, shows. */
export const judgeList = ({ step, body, before }: Start, newestFirst: readonly Deployment[]): Sight => {
  const sighting = findStarted(newestFirst, before.last_deploy, body, step.origin.runUrl)
  if (sighting.kind !== 'absent') return sighting
  const active = findActiveSince(newestFirst, before.last_deploy)
  return active ? { kind: 'conflict', active } : sighting
}

/**
 * Reads the list until the start shows in it, or would have shown.
 *
 * @returns the failure, when the list can't be read
 */
export const searchList = async (start: Start): Promise<Sight | RequestFailure> => {
  for (let looks = 1; ; looks++) {
    await pauseTelling(start.step, lookGapsMs[looks - 1] ?? 0, 'looking for the start')
    if (isPastDeadline(start.step)) throw new DeadlinePassed()
    const list = await readOrFailure(start.step, listDeployments(start), requestLimitsMs.list)
    if (list instanceof RequestFailure) return list
    const sight = judgeList(start, list)
    if (sight.kind === 'started' || looks >= lookGapsMs.length) return sight
  }
}

export type ClearSight = Exclude<Sight, { kind: 'doubtful' }>

/** @throws Stop with `unknown` for a doubtful one */
export const expectClear = (start: Start, sight: Sight, cause?: Error): ClearSight => {
  if (sight.kind === 'doubtful') throw createFateUnknown(start, cause)
  return sight
}

/**
 * Looks for a send whose answer was lost.
 *
 * @throws Stop with `unknown` when the list can't be read, or shows something that can't be told from ours
 */
export const lookForStart = async (start: Start, cause: RequestFailure): Promise<ClearSight> => {
  start.step.runner.info(`The start got no clear answer (${cause.message}): looking for it in the list of deployments`)
  const found = await searchList(start).catch((error: unknown) => {
    if (error instanceof Cancelled || error instanceof DeadlinePassed) throw createFateUnknown(start, error)
    throw error
  })
  if (found instanceof RequestFailure) throw createFateUnknown(start, found)
  return expectClear(start, found, cause)
}

/** A 429 says that nothing was started, and is believed only after a look at the list. */
export const waitOutThrottling = async (start: Start, cause: RequestFailure, sends: number): Promise<ClearSight> => {
  const { step } = start
  const delayMs = determineRetryDelayMs(sends, step.random(), cause.details.retryAfterMs)
  step.runner.info(`Humanitec takes no more requests for now (429): again in ${formatDuration(delayMs)}`)
  await pauseTelling(step, delayMs, 'waiting, as Humanitec wishes')
  await pauseBeforeRetry(step, 0, cause)
  return expectClear(
    start,
    judgeList(start, await readOrStop(step, listDeployments(start), requestLimitsMs.list)),
    cause,
  )
}

/** The list is read once, if it can be: `absent` when it can't, or when it is too late. */
export const glanceForStart = async (start: Start): Promise<Sight> => {
  if (isPastDeadline(start.step)) return { kind: 'absent' }
  const list = await tryFor(start.step, 0, listDeployments(start), requestLimitsMs.list)
  return list instanceof RequestFailure ? { kind: 'absent' } : judgeList(start, list)
}

/** After a 409, the list tells which deployment stands in the way; where it doesn't at once, it is given a few seconds. */
export const lookForConflict = async (start: Start): Promise<Sight & { kind: 'conflict' }> => {
  const { step, before } = start
  for (const gapMs of [0, ...lookGapsMs]) {
    await pauseTelling(step, gapMs, 'looking for the deployment in the way')
    if (isPastDeadline(step)) break
    const list = await tryFor(step, conflictPatienceMs, listDeployments(start), requestLimitsMs.list)
    if (list instanceof RequestFailure) break
    const active = findActiveSince(list, before.last_deploy)
    if (active) return { kind: 'conflict', active }
  }
  return { kind: 'conflict', active: undefined }
}

/** The pace can make it long: then the log says what goes on. */
const pauseTelling = (step: Step, ms: number, what: string): Promise<void> => {
  const tell = () => step.runner.info(`  ${formatElapsed(step.clock.now() - step.startedMs)}  ${what}`)
  return createHeartbeat(step, tell).pause(ms)
}

const listDeployments =
  ({ step, env }: Start) =>
  (limits: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<Deployment[]> =>
    step.humanitec.listDeployments(env, limits)

export const createFateUnknown = ({ body, env }: Pick<Start, 'body' | 'env'>, cause?: Error): Stop => {
  const failure = cause instanceof RequestFailure ? cause.details : undefined
  return new Stop('unknown', formatFateUnknown(body, { env }, failure), { cause })
}
