import { findActive, isEarlierAttempts } from '../core/deployments.ts'
import type { DeployRequest, Request } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/request-error.ts'
import { formatOpening, formatStarted, formatUnseenConflict, formatWaitingFor } from '../core/report/log.ts'
import { formatConflict } from '../core/report/problems.ts'
import { Cancelled, type Ending, Stop } from '../core/run/outcome.ts'
import { formatDeploymentComment } from '../core/run/workflow-context.ts'
import { parseTimeMs } from '../core/text/time.ts'
import type { Deployment, Environment, StartBody } from '../ports.ts'
import { pauseBeforeRetry, type Step } from './context.ts'
import { prepareEnvironment } from './environment.ts'
import { follow } from './follow.ts'
import { createRebase, noteBase, type Rebase } from './rebase.ts'
import { isNotFound, toStop } from './request.ts'
import { createStarter, type Starter, type StartResult } from './start.ts'
import { waitForEnd } from './wait.ts'

/** `operation: deploy`: base chosen, started once, waited for. */
export const deploy = async (step: Step, request: DeployRequest): Promise<Ending> => {
  const environment = await prepareEnvironment(step, request)
  const body = formatStartBody(step, request)
  for (const line of formatOpening(request, body.comment)) step.runner.info(line)
  const rebase = createRebase(step, request)
  const deployment = await startWhenFree(step, request, environment, body, rebase).catch(async (error) => {
    if (rebase) await giveBaseUp(rebase, error)
    throw error
  })
  return request.wait ? follow(step, request, deployment) : { outcome: 'started' }
}

/** Attaches to an earlier attempt's deployment, makes way for another's, or starts ours. */
const startWhenFree = async (
  step: Step,
  request: DeployRequest,
  first: Environment,
  body: StartBody,
  rebase: Rebase | undefined,
): Promise<Deployment> => {
  const start = createStarter(step, request.env, body, rebase)
  for (let environment = first; ; environment = await prepareEnvironment(step, request)) {
    const seen = findActive(environment)
    const result = seen
      ? ({ kind: 'conflict', active: seen } as const)
      : await rebaseAndStart(step, environment, rebase, start)
    if (result.kind === 'started') {
      noteStarted(step, request, result.deployment)
      rebase?.release()
      return result.deployment
    }
    const { active } = result
    if (active && isEarlierAttempts(active, request, step.origin)) {
      step.journal.note({ followed: true })
      noteStarted(step, request, active)
      await rebase?.putBack()
      return active
    }
    await yieldTo(step, request, active)
  }
}

const rebaseAndStart = async (
  step: Step,
  before: Environment,
  rebase: Rebase | undefined,
  start: Starter,
): Promise<StartResult> => {
  if (!rebase) {
    if (before.from_deploy) noteBase(step, before.from_deploy)
    return start(before)
  }
  const environment = await rebase.set(before)
  const active = findActive(environment)
  return active ? { kind: 'conflict', active } : start(environment)
}

/** The id and its link are written before anything else is awaited. */
const noteStarted = (step: Step, request: DeployRequest, deployment: Deployment): void => {
  step.journal.note({ deployment })
  step.journal.saveOpenWork({ deploymentId: deployment.id, start: undefined, rebase: undefined })
  step.runner.info(formatStarted(request, deployment, step.journal.facts.followed))
}

/** A base that no start has taken is put back; after a signal by the post step, after an unknown fate by a person. */
const giveBaseUp = async (rebase: Rebase, error: unknown): Promise<void> => {
  if (error instanceof Cancelled) return
  if (error instanceof Stop && error.ending.outcome === 'unknown') rebase.leave()
  else await rebase.putBack()
}

const formatStartBody = (step: Step, request: DeployRequest): StartBody => ({
  comment: formatDeploymentComment(request.comment, step.origin, step.redact),
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
 * @throws Stop with `error` when the request says `on_conflict: fail`
 */
const yieldTo = async (step: Step, request: DeployRequest, active: Deployment | undefined): Promise<void> => {
  if (request.onConflict === 'fail') throw new Stop('error', formatConflict(request, active, step.clock.now()))
  await waitForOther(step, request, active)
}

/** Waits for the end of another's deployment; without one in sight, a while. */
export const waitForOther = async (step: Step, conflict: Conflict, active: Deployment | undefined): Promise<void> => {
  const nowMs = step.clock.now()
  if (!active) {
    step.runner.info(formatUnseenConflict(conflict, nowMs - step.startedMs))
    return pauseBeforeRetry(step, unseenConflictDelayMs, undefined)
  }
  for (const line of formatWaitingFor(conflict, active, nowMs)) step.runner.info(line)
  const end = await waitForEnd(step, {
    env: conflict.env,
    deployment: active,
    pollInterval: conflict.pollInterval,
    isOneOfMany: conflict.isOneOfMany ?? false,
    sinceMs: Math.min(parseTimeMs(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined,
  })
  // A 404: the environment was deleted under it. Nothing stands in the way any more.
  if (end instanceof RequestFailure && !isNotFound(end)) throw toStop(end)
}
