import type { Deployment, Environment, StartBody } from '../core/api.ts'
import { findActive, isFinal } from '../core/deployments.ts'
import type { DeployRequest } from '../core/inputs/request.ts'
import { appendMark, classifyComment } from '../core/mark.ts'
import { RequestError } from '../core/network/request-error.ts'
import { findRebase, type PendingRebase, withAttached, withStarted } from '../core/run/checkpoint.ts'
import { CancelledError, type Result, StepEndError } from '../core/run/result.ts'
import { formatDefaultComment } from '../core/run/workflow-context.ts'
import { type Context, noteDeployment, notePrevious } from './context.ts'
import { archiveUnusedDelta, createDeltaPreparation, type PrepareDelta } from './delta.ts'
import { prepareEnvironment } from './environment.ts'
import { findEarlierRuns } from './pipeline-run.ts'
import { tryReadDeployment } from './read.ts'
import {
  type BaseCheck,
  createBaseCheck,
  createRebase,
  noBaseCheck,
  noteBase,
  type Rebase,
  restoreBase,
} from './rebase.ts'
import { createStarter, type Starter, type StartResult } from './start.ts'

/** `operation: deploy`: base chosen, started once, waited for. */
export const deploy = async (context: Context, request: DeployRequest): Promise<Result> => {
  const mark = context.formatMark(context.score?.files)
  const body = buildStartBody(context, request, mark)
  const prepareDelta = createDeltaPreparation(context, request, body.comment)
  const params: DeployParams = { request, mark, rebase: createRebase(context, request), prepareDelta }
  context.log({ kind: 'opening', request, comment: body.comment })
  const started = await startWhenFree(context, params, body).catch(async (error) => {
    if (params.rebase) await releaseBase(params.rebase, error)
    await archiveUnusedDelta(context, error)
    throw error
  })
  return started.kind === 'in_pipeline'
    ? followPipelineStart(context, params, started)
    : followStarted(context, request, started)
}

/** What one use of the action is to deploy. */
type DeployParams = {
  readonly request: DeployRequest
  readonly mark: string
  readonly rebase: Rebase | undefined
  readonly prepareDelta: PrepareDelta
}

type Started = {
  readonly kind: 'started'
  readonly deployment: Deployment
  readonly sentMs?: number | undefined
  readonly baseCheck: BaseCheck
  /** While a pipeline run has yet to make the deployment: it will use the base that we have set. */
  readonly rebase?: PendingRebase | undefined
}

const followStarted = async (context: Context, request: DeployRequest, started: Started): Promise<Result> => {
  const { deployment, sentMs, baseCheck, rebase } = started
  const { follow, finishUnwatched } = await import('./follow.ts')
  baseCheck.note(deployment)
  if (!request.wait) {
    await finishUnwatched(context, request, deployment)
    return (await baseCheck.judge()) ?? { outcome: 'started' }
  }
  let isMade = isFinal(deployment)
  const onAnswer = (latest: Deployment): void => {
    isMade = true
    baseCheck.note(latest)
  }
  const end = await follow(context, request, deployment, { onAnswer, sentMs }).catch(async (error) => {
    if (rebase && !isMade) await releaseUnusedBase(context, request.env, rebase, error)
    throw error
  })
  return (await baseCheck.judge()) ?? end
}

type InPipeline = Extract<StartResult, { kind: 'in_pipeline' }>

/** A pipeline run has our start, and has made no deployment yet: it may wait for an approval. */
const followPipelineStart = async (
  context: Context,
  { request, rebase }: DeployParams,
  { run, sentMs }: InPipeline,
): Promise<Result> => {
  const pipelineRun = { pipelineId: run.pipeline_id, runId: run.id }
  context.store.note({ pipelineRun })
  if (!request.wait) {
    rebase?.leave(true)
    context.store.advance(() => undefined)
    context.store.remark({ kind: 'no_deployment_yet' })
    return { outcome: 'started' }
  }
  const [{ waitForRunDeployment }, { follow }] = await Promise.all([import('./pipeline.ts'), import('./follow.ts')])
  const { deployment, reader } = await waitForRunDeployment(context, request, pipelineRun).catch(async (error) => {
    if (rebase && !(error instanceof CancelledError))
      await (isOfFailedRun(error) ? rebase.restore() : rebase.leave(true))
    throw error
  })
  context.store.advance((phase) => withStarted(phase, deployment.id))
  noteStarted(context, request, deployment)
  return follow(context, request, deployment, { reader, sentMs })
}

/** The run failed, so nothing will use the base that we set. */
const isOfFailedRun = (error: unknown): boolean => error instanceof StepEndError && error.result.outcome === 'failed'

/** The start's deployment was never seen, so the base may still be ours: restored if the run failed, else mentioned. */
const releaseUnusedBase = async (
  context: Context,
  env: string,
  rebase: PendingRebase,
  error: unknown,
): Promise<void> => {
  if (error instanceof CancelledError) return
  if (isOfFailedRun(error)) await restoreBase(context, env, rebase)
  else context.store.remark({ kind: 'base_left', rebase, isUnsure: true })
}

/** Attaches to an earlier attempt's deployment, waits for somebody else's, or starts ours. */
const startWhenFree = async (
  context: Context,
  params: DeployParams,
  body: StartBody,
): Promise<Started | InPipeline> => {
  const { request, mark, rebase } = params
  let environment = await prepareEnvironment(context, request)
  let environmentCreatedMs = context.store.state.environmentCreated ? context.clock.now() : undefined
  const earlier = await findEarlierRuns(context, request.env, { mark, newest: environment.last_deploy })
  if (earlier.open) {
    context.store.note({ followed: true })
    return { kind: 'in_pipeline', run: earlier.open }
  }
  const starter = createStarter(context, { env: request.env, body, mark, rebase, earlierRunIds: earlier.ids })
  for (;;) {
    const result =
      (await starter.find(environment)) ??
      (await findConflict(context, params, environment)) ??
      (await rebaseAndStart(context, params, { before: environment, starter, environmentCreatedMs }))
    if (result.kind === 'in_pipeline') return result
    const attached = findEarlierAttempts(context, params, { result, earlierRunIds: earlier.ids })
    if (attached) {
      context.store.note({ followed: true, ...findCreatedDelta(request, attached) })
      context.store.advance((phase) => withAttached(phase, attached.id))
      noteStarted(context, request, attached)
      await rebase?.restore()
      return { kind: 'started', deployment: attached, baseCheck: noBaseCheck }
    }
    if (result.kind === 'started') {
      const baseCheck = watchBase(context, params)
      const pending = result.deployment.pipeline && findRebase(context.store.checkpoint.phase)
      context.store.advance((phase) => withStarted(phase, result.deployment.id))
      noteStarted(context, request, result.deployment)
      return { ...result, baseCheck, rebase: pending }
    }
    await waitForConflict(context, params, result)
    environment = await prepareEnvironment(context, request)
    if (context.store.state.environmentCreated) environmentCreatedMs ??= context.clock.now()
  }
}

/** An earlier attempt's Delta is ours to archive. A deployment that a pipeline made doesn't name it. */
const findCreatedDelta = ({ images, score }: DeployRequest, { delta_id }: Deployment): { readonly deltaId?: string } =>
  (images || score) && delta_id !== '' ? { deltaId: delta_id } : {}

type Found = {
  readonly result: Exclude<StartResult, { kind: 'in_pipeline' }>
  readonly earlierRunIds: readonly string[]
}

/** A deployment that an earlier attempt started: active, or made by its pipeline run while we searched for our start. */
const findEarlierAttempts = (
  context: Context,
  params: DeployParams,
  { result, earlierRunIds }: Found,
): Deployment | undefined => {
  if (result.kind === 'started')
    return earlierRunIds.includes(result.deployment.pipeline?.run_id ?? '') ? result.deployment : undefined
  return result.active && isFromEarlierAttempt(context, params, result.active) ? result.active : undefined
}

/** On a re-run, whether an active deployment is the one that an earlier attempt started. */
const isFromEarlierAttempt = ({ workflow }: Context, { mark }: DeployParams, active: Deployment): boolean =>
  workflow.attempt > 1 && classifyComment(active.comment, mark) === 'ours'

/** The environment can lag: before an active deployment ends the step, it is read by its id. */
const findConflict = async (
  context: Context,
  params: DeployParams,
  environment: Environment,
): Promise<StartResult | undefined> => {
  const seen = findActive(environment)
  if (!seen) return undefined
  if (params.request.onConflict === 'wait' || isFromEarlierAttempt(context, params, seen))
    return { kind: 'conflict', active: seen }
  const now = await tryReadDeployment(context, params.request.env, seen.id)
  if (now instanceof RequestError) return { kind: 'conflict', active: seen }
  return isFinal(now) ? undefined : { kind: 'conflict', active: now }
}

/** After our rebase, a wrong base is an error; without one, a base other than the logged one is a warning. */
const watchBase = (context: Context, { request, rebase }: DeployParams): BaseCheck => {
  const { base } = context.store.state
  if (!base || request.setId !== undefined) return noBaseCheck
  return createBaseCheck(context, request.env, { base, isRebased: rebase !== undefined })
}

type Conflict = Extract<StartResult, { kind: 'conflict' }>

type Attempt = {
  readonly before: Environment
  readonly starter: Starter
  readonly environmentCreatedMs: number | undefined
}

const rebaseAndStart = async (
  context: Context,
  { rebase, prepareDelta }: DeployParams,
  { before, starter, environmentCreatedMs }: Attempt,
): Promise<StartResult> => {
  notePrevious(context.store, before)
  if (!rebase) {
    if (before.from_deploy) noteBase(context, before.from_deploy)
    return starter.start(before, { environmentCreatedMs, deltaId: await prepareDelta(before.from_deploy) })
  }
  let deltaId: string | undefined
  const environment = await rebase.set(before, async (base) => {
    deltaId = await prepareDelta(base)
  })
  // The one that was the newest before has ended, even if the environment still shows it as active.
  const active = findActive(environment)
  return active && active.id !== before.last_deploy?.id
    ? { kind: 'conflict', active }
    : starter.start(environment, { environmentCreatedMs, deltaId })
}

/** The id and its link are written before anything else is awaited. */
const noteStarted = (context: Context, request: DeployRequest, deployment: Deployment): void => {
  noteDeployment(context.store, deployment)
  context.log({ kind: 'started', request, deployment, followed: context.store.state.followed })
}

/** Restores a base that no start has used. After a signal the post step does so; if the start's end is unknown, people have to. */
const releaseBase = async (rebase: Rebase, error: unknown): Promise<void> => {
  if (error instanceof CancelledError) return
  if (error instanceof StepEndError && error.result.outcome === 'unknown') rebase.leave()
  else await rebase.restore()
}

/** The mark is not redacted: a password that is a part of it would make ours look like somebody else's. */
const buildStartBody = ({ workflow, writer }: Context, request: DeployRequest, mark: string): StartBody => ({
  comment: appendMark(writer.text(request.comment || formatDefaultComment(workflow)), mark),
  ...(request.deltaId !== undefined && { delta_id: request.deltaId }),
  ...(request.setId !== undefined && { set_id: request.setId }),
  ...(request.valueSetVersionId !== undefined && { value_set_version_id: request.valueSetVersionId }),
  ...(request.mode && { mode: request.mode }),
})

/**
 * Another deployment is active: returns when it has ended, successfully or not.
 *
 * @throws StepEndError with `error` when the request says `on_conflict: fail`
 */
const waitForConflict = async (
  context: Context,
  { request, mark }: DeployParams,
  { active, unread }: Conflict,
): Promise<void> => {
  const isFromThisRun = active && classifyComment(active.comment, mark) === 'this_run_other_mark'
  if (request.onConflict === 'fail') {
    const who = { ...(active && { active }), ...(isFromThisRun && { isFromThisRun }), ...(unread && { unread }) }
    throw new StepEndError('error', { kind: 'conflict', ...who })
  }
  const { waitForOther } = await import('./wait.ts')
  await waitForOther(context, request, active)
}
