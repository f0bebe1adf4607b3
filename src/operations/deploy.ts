import { findActive, isEarlierAttempts } from '../core/deployments.ts'
import type { DeployRequest, Request } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { Cancelled, Failed, type Result } from '../core/run/outcome.ts'
import { formatDeploymentComment } from '../core/run/workflow-context.ts'
import { parseTimeMs } from '../core/text/time.ts'
import type { Deployment, Environment, StartBody } from '../ports.ts'
import { noteChanges, notePrevious } from './changes.ts'
import { type Context, pauseBeforeRetry } from './context.ts'
import { archiveUnusedDelta, createDeltaArchiver, createDeltaPreparation, type PrepareDelta } from './delta.ts'
import { prepareEnvironment } from './environment.ts'
import { follow } from './follow.ts'
import { createRebase, noteBase, type Rebase } from './rebase.ts'
import { isNotFound } from './request.ts'
import { createStarter, type Starter, type StartResult } from './start.ts'
import { waitForEnd } from './wait.ts'

/** `operation: deploy`: base chosen, started once, waited for. */
export const deploy = async (context: Context, request: DeployRequest): Promise<Result> => {
  const environment = await prepareEnvironment(context, request)
  const body = formatStartBody(context, request)
  context.log({ kind: 'plan', request, comment: body.comment })
  const rebase = createRebase(context, request)
  const deployment = await startWhenFree(context, request, environment, body, rebase).catch(async (error) => {
    if (rebase) await giveBaseUp(rebase, error)
    await archiveUnusedDelta(context, error)
    throw error
  })
  if (request.wait) return follow(context, request, deployment)
  await finishUnwatched(context, request, deployment)
  return { outcome: 'started' }
}

/** What can be told, and put away, of a deployment that nobody waits for. A pipeline may still need the Delta. */
const finishUnwatched = async (context: Context, request: DeployRequest, deployment: Deployment): Promise<void> => {
  const archiver = createDeltaArchiver(context)
  if (!('pipeline' in deployment)) archiver.look(deployment)
  await Promise.all([noteChanges(context, request, deployment), archiver.end()])
}

/** Attaches to an earlier attempt's deployment, makes way for another's, or starts ours. */
const startWhenFree = async (
  context: Context,
  request: DeployRequest,
  first: Environment,
  body: StartBody,
  rebase: Rebase | undefined,
): Promise<Deployment> => {
  const start = createStarter(context, request.env, body, rebase)
  const prepareDelta = createDeltaPreparation(context, request, body.comment)
  for (let environment = first; ; environment = await prepareEnvironment(context, request)) {
    const seen = findActive(environment)
    const result = seen
      ? ({ kind: 'conflict', active: seen } as const)
      : await rebaseAndStart(context, environment, rebase, prepareDelta, start)
    if (result.kind === 'started') {
      rebase?.release()
      noteStarted(context, request, result.deployment)
      return result.deployment
    }
    const { active } = result
    if (active && isEarlierAttempts(active, request, context.workflow)) {
      context.store.note({ followed: true })
      noteStarted(context, request, active)
      await rebase?.putBack()
      return active
    }
    await yieldTo(context, request, active)
  }
}

const rebaseAndStart = async (
  context: Context,
  before: Environment,
  rebase: Rebase | undefined,
  prepareDelta: PrepareDelta,
  start: Starter,
): Promise<StartResult> => {
  notePrevious(context, before)
  if (!rebase) {
    if (before.from_deploy) noteBase(context, before.from_deploy)
    return start(before, await prepareDelta(before.from_deploy))
  }
  let deltaId: string | undefined
  const environment = await rebase.set(before, async (base) => {
    deltaId = await prepareDelta(base)
  })
  const active = findActive(environment)
  return active ? { kind: 'conflict', active } : start(environment, deltaId)
}

/** The id and its link are written before anything else is awaited. */
const noteStarted = (context: Context, request: DeployRequest, deployment: Deployment): void => {
  context.store.note({ deployment })
  context.store.saveCheckpoint({ deploymentId: deployment.id, start: undefined })
  context.log({ kind: 'started', request, deployment, followed: context.store.state.followed })
}

/** A base that no start has taken is put back; after a signal by the post step, after an unknown fate by a person. */
const giveBaseUp = async (rebase: Rebase, error: unknown): Promise<void> => {
  if (error instanceof Cancelled) return
  if (error instanceof Failed && error.result.outcome === 'unknown') rebase.leave()
  else await rebase.putBack()
}

const formatStartBody = (context: Context, request: DeployRequest): StartBody => ({
  comment: formatDeploymentComment(request.comment, context.workflow, context.writer.text),
  ...(request.deltaId !== undefined && { delta_id: request.deltaId }),
  ...(request.setId !== undefined && { set_id: request.setId }),
  ...(request.valueSetVersionId !== undefined && { value_set_version_id: request.valueSetVersionId }),
  ...(request.mode && { mode: request.mode }),
})

/** A 409 without an active deployment in sight: how long until it is asked again. */
const unseenConflictDelayMs = 15_000

type Conflict = Pick<Request, 'appUrl' | 'org' | 'app' | 'env' | 'pollInterval'> & {
  /** Several are waited for side by side: the log's lines name the environment. */
  readonly isOneOfMany?: boolean
}

/**
 * Another deployment holds the environment: returns when it has ended, well or badly.
 *
 * @throws Failed with `error` when the request says `on_conflict: fail`
 */
const yieldTo = async (context: Context, request: DeployRequest, active: Deployment | undefined): Promise<void> => {
  if (request.onConflict === 'fail') throw new Failed('error', { kind: 'conflict', ...(active && { active }) })
  await waitForOther(context, request, active)
}

/** Waits for the end of another's deployment; without one in sight, a while. */
export const waitForOther = async (
  context: Context,
  conflict: Conflict,
  active: Deployment | undefined,
): Promise<void> => {
  const nowMs = context.clock.now()
  if (!active) {
    context.log({ kind: 'unseen_conflict', env: conflict.env, elapsedMs: nowMs - context.startedMs })
    return pauseBeforeRetry(context, unseenConflictDelayMs, undefined)
  }
  context.log({ kind: 'waiting_for_deployment', place: conflict, deployment: active })
  const end = await waitForEnd(context, {
    env: conflict.env,
    deployment: active,
    pollInterval: conflict.pollInterval,
    isOneOfMany: conflict.isOneOfMany ?? false,
    sinceMs: Math.min(parseTimeMs(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined,
  })
  // A 404: the environment was deleted under it. Nothing stands in the way any more.
  if (end instanceof RequestError && !isNotFound(end)) throw end
}
