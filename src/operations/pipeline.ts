import type { Deployment } from '../core/api.ts'
import { isFinal } from '../core/deployments.ts'
import type { FollowRequest, PipelineRunId } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { isRetryable } from '../core/network/retry-policy.ts'
import {
  determineRunEnvironment,
  isCompleted,
  judgeRunAfter,
  judgeRunBefore,
  type RunBefore,
  type RunDetails,
  type RunNotice,
  toRunId,
} from '../core/pipelines.ts'
import { withRun } from '../core/run/checkpoint.ts'
import { DeadlineError, type Result, StepEndError } from '../core/run/result.ts'
import { type Context, isPastDeadline } from './context.ts'
import { createRunReader, type RunReader } from './pipeline-run.ts'
import { catchRequestError, createHeartbeat, type PollLog, poll, sendRequest } from './request.ts'
import type { SideCheck } from './wait.ts'

/**
 * Waits until a pipeline run has made its deployment in the environment. The run may wait for an approval first.
 *
 * @throws StepEndError with `failed` when the run ends without one, with `error` when it is another environment's; DeadlineError;
 *   CancelledError
 */
export const waitForRunDeployment = async (
  context: Context,
  request: FollowRequest,
  run: PipelineRunId,
): Promise<{ readonly deployment: Deployment; readonly reader: RunReader }> => {
  context.store.note({ pipelineRun: run })
  context.store.advance((phase) => withRun(phase, run))
  context.log({ kind: 'following_run', place: request, run, isAfter: false })
  const reader = createRunReader(context, run)
  const log = createRunLog(context, context.clock.now())
  const findDeployment = createDeploymentSearch(context, request.env, run)
  const patience = createPatience(context)
  const check = async (): Promise<Deployment | undefined> => {
    const details = await reader.read()
    if (determineRunEnvironment(details.run, request.env) === 'other')
      throw new StepEndError('error', { kind: 'run_elsewhere', run })
    const deployment = await findDeployment(details)
    if (deployment) {
      context.store.note({ approvals: [] })
      return deployment
    }
    const judged = judgeRunBefore(details, request.env)
    logApprovals(context, { place: request, run }, judged)
    log.note(details, judged)
    if (judged.kind === 'failed') throw new StepEndError('failed', { kind: 'run_failed', run, failure: judged.failure })
    patience.reset()
    return undefined
  }
  const { mayRetry } = patience
  const deployment = await poll(context, { check, delayMs: createDelay(request), log, mayRetry })
  return { deployment, reader }
}

/** Checks from the run's end on: the end may show before the deployment is listed. */
const checksAfterEnd = 3

const createDeploymentSearch = (context: Context, env: string, run: PipelineRunId) => {
  let checksLeft = checksAfterEnd
  return async ({ run: now }: RunDetails): Promise<Deployment | undefined> => {
    const [newest] = await sendRequest(context, (limits) => context.humanitec.listRunDeployments(env, run, limits), {
      patience: 'once',
    })
    if (newest || !isCompleted(now)) return newest
    checksLeft--
    if (checksLeft > 0 || judgeRunBefore({ run: now, approvals: [] }, env).kind === 'failed') return undefined
    throw new StepEndError('failed', { kind: 'run_without_deployment', run, status: now.status })
  }
}

/** While a run may wait for people: seldom, but not at once. */
const maxRunPollMs = 60_000

const firstRunPollMs = 10_000

const createDelay = ({ pollInterval }: FollowRequest): (() => number) => {
  let polls = 0
  return () => {
    polls++
    return pollInterval === 'auto' ? Math.min(firstRunPollMs * polls, maxRunPollMs) : pollInterval.fixedMs
  }
}

/** A refusal is believed when it comes again without a good read in between: spurious ones are known. */
const createPatience = ({ clock }: Context) => {
  let refusedMs: number | undefined
  return {
    mayRetry: ({ details }: RequestError): boolean => {
      if (isRetryable(details) || details.intermediary) return true
      const isSecond = refusedMs !== undefined && clock.now() >= refusedMs + firstRunPollMs
      refusedMs ??= clock.now()
      return !isSecond
    },
    reset: () => {
      refusedMs = undefined
    },
  }
}

type RunOf = { readonly place: FollowRequest; readonly run: PipelineRunId }

/** Each approval is logged once. */
const logApprovals = (context: Context, runOf: RunOf, judged: RunBefore): void => {
  const { approvals: logged } = context.store.state
  const waiting = judged.kind === 'waiting_for_approval' ? judged.approvals : []
  for (const approval of waiting)
    if (!logged.some(({ id }) => id === approval.id)) context.log({ kind: 'approval', ...runOf, approval })
  context.store.note({ approvals: waiting })
}

type RunLog = Required<PollLog> & { note(details: RunDetails, judged: RunBefore): void }

/** A line about every half minute. `sinceMs`: from when on the lines count the time. */
const createRunLog = (context: Context, sinceMs: number): RunLog => {
  let error: RequestError | undefined
  let known: { readonly status: string; readonly judged: RunBefore } | undefined
  const heartbeat = createHeartbeat(context, () => ({
    kind: 'run_status',
    elapsedMs: context.clock.now() - sinceMs,
    status: known?.status ?? '',
    ...(known?.judged.kind === 'going_on' && known.judged.place),
    approvals: known?.judged.kind === 'waiting_for_approval' ? known.judged.approvals : [],
    ...(error && { error: error.details }),
  }))
  return {
    pause: heartbeat.pause,
    note: ({ run }, judged) => {
      error = undefined
      known = { status: run.status, judged }
    },
    reportError: (failure) => {
      error = failure
    },
  }
}

/** Between two checks of the run of a deployment that doesn't begin. */
const sideCheckMs = 60_000

/** How often a run must show as completed before its deployment counts as missing. */
const checksOfMissing = 2

/** A deployment that is `pending` for long, or isn't found, may wait for an approval: its run is checked between the polls. */
export const createRunSideCheck = (context: Context, request: FollowRequest): SideCheck => {
  let reader: RunReader | undefined
  let checksOver = 0
  return {
    firstMs: sideCheckMs,
    everyMs: sideCheckMs,
    isWanted: ({ status, pipeline }) => status === 'pending' && toRunId(pipeline) !== undefined,
    check: async (sideContext, { pipeline }, isFound) => {
      const run = toRunId(pipeline)
      if (!run) return
      reader ??= createRunReader(sideContext, run)
      const details = await reader.read()
      const judged = judgeRunBefore(details, request.env)
      logApprovals(context, { place: request, run }, judged)
      if (judged.kind === 'failed')
        throw new StepEndError('failed', { kind: 'run_failed', run, failure: judged.failure })
      if (judged.kind === 'completed' && !isFound) checksOver++
      if (checksOver < checksOfMissing) return
      throw new StepEndError('failed', { kind: 'run_without_deployment', run, status: details.run.status })
    },
  }
}

/**
 * For a deployment that failed before it began, and without errors: reads once whether its pipeline run failed, and why.
 *
 * @returns `undefined` when the run gives no reason
 */
export const findRunFailure = async (
  context: Context,
  request: FollowRequest,
  { pipeline }: Deployment,
): Promise<Result | undefined> => {
  const run = toRunId(pipeline)
  if (!run || isPastDeadline(context)) return undefined
  const details = await catchRequestError(createRunReader(context, run).read())
  if (details instanceof RequestError) return undefined
  const judged = judgeRunBefore(details, request.env)
  return judged.kind === 'failed'
    ? { outcome: 'failed', reason: { kind: 'run_failed', run, failure: judged.failure } }
    : undefined
}

type DeploymentOfRun = {
  readonly deployment: Deployment
  readonly beganMs: number
  readonly reader?: RunReader | undefined
}

/** Between two reads of the run after our deployment's end. */
const afterDelayMs = 15_000

/**
 * After our deployment's success, follows the pipeline run that made it, if any: a readiness check or a test may still fail.
 *
 * `beganMs`: when the deployment began, from when on log lines count the time; `reader`: of its run, if that was read already
 * @returns how the step ends instead; `undefined` when the deployment decides
 */
export const followRunOn = async (
  context: Context,
  request: FollowRequest,
  { deployment, beganMs, reader: known }: DeploymentOfRun,
): Promise<Result | undefined> => {
  const run = toRunId(deployment.pipeline)
  if (!run || !isFinal(deployment)) return undefined
  const sinceMs = context.clock.now()
  const reader = known ?? createRunReader(context, run)
  const log = createRunLog(context, beganMs)
  let isLogged = false
  const patience = createPatience(context)
  const check = async (): Promise<Result | 'good' | undefined> => {
    const details = await reader.read()
    patience.reset()
    const afterMs = context.clock.now() - sinceMs
    const judged = judgeRunAfter(details, deployment, { env: request.env, afterMs })
    if (judged.kind === 'failed')
      return { outcome: 'failed', reason: { kind: 'run_failed', run, failure: judged.failure } }
    if (judged.kind === 'good') {
      if (judged.notice) addRunRemark(context, judged.notice)
      return 'good'
    }
    if (!isLogged) context.log({ kind: 'following_run', place: request, run, isAfter: true })
    isLogged = true
    log.note(details, judged)
    return undefined
  }
  try {
    const end = await poll(context, { check, delayMs: () => afterDelayMs, log, mayRetry: patience.mayRetry })
    return end === 'good' ? undefined : end
  } catch (error) {
    const failure = error instanceof DeadlineError ? error.cause : error
    if (failure instanceof RequestError) context.store.remark({ kind: 'run_unreadable', error: failure.details })
    else if (error instanceof DeadlineError) context.store.remark({ kind: 'run_goes_on', job: '', step: '' })
    else throw error
    return undefined
  }
}

/** What the run still does doesn't keep the step waiting. */
const addRunRemark = ({ store }: Context, notice: RunNotice): void => {
  switch (notice.kind) {
    case 'approval':
      store.remark({ kind: 'run_waits_for_approval', approvals: notice.approvals })
      break
    case 'other_environment':
      store.remark({ kind: 'run_deploys_elsewhere', env: notice.env, ...notice.place })
      break
    case 'still_running':
      store.remark({ kind: 'run_goes_on', ...notice.place })
      break
    case 'unreadable':
      store.remark({ kind: 'run_end_unclear', status: notice.status })
  }
}
