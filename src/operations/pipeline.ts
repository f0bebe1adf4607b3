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
  toRunId,
} from '../core/pipelines.ts'
import { withRun } from '../core/run/checkpoint.ts'
import { DeadlineError, type Result, StepEndError } from '../core/run/result.ts'
import { type Context, isPastDeadline } from './context.ts'
import { createRunReader, type RunReader } from './pipeline-run.ts'
import { catchRequestError, createHeartbeat, type PollLog, poll, sendRequest } from './request.ts'
import type { SideCheck } from './wait.ts'

/**
 * A run of a pipeline to the deployment that it makes in the environment: it may wait for an approval before.
 *
 * @throws Failed with `failed` when it ends without one, with `error` when it is another environment's; TimeoutError; Cancelled
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
    return undefined
  }
  const deployment = await poll(context, {
    check,
    delayMs: createDelay(request),
    log,
    mayRetry: createPatience(context),
  })
  return { deployment, reader }
}

/** What a run made may be listed later than the run's end is told. */
const looksAfterEnd = 3

const createDeploymentSearch = (context: Context, env: string, run: PipelineRunId) => {
  let looksLeft = looksAfterEnd
  return async ({ run: now }: RunDetails): Promise<Deployment | undefined> => {
    const [newest] = await sendRequest(context, (limits) => context.humanitec.listRunDeployments(env, run, limits), {
      patience: 'once',
    })
    if (newest || !isCompleted(now)) return newest
    looksLeft--
    if (looksLeft > 0 || judgeRunBefore({ run: now, approvals: [] }, env).kind === 'failed') return undefined
    throw new StepEndError('failed', { kind: 'run_without_deployment', run, status: now.status })
  }
}

/** While a run may wait for people: seldom, but not at once. */
const maxDelayMs = 60_000

const firstDelayMs = 10_000

const createDelay = ({ pollInterval }: FollowRequest): (() => number) => {
  let looks = 0
  return () => {
    looks++
    return pollInterval === 'auto' ? Math.min(firstDelayMs * looks, maxDelayMs) : pollInterval.fixedMs
  }
}

/** A refusal is looked at once more: a spurious one is known of. */
const createPatience = (context: Context): ((error: RequestError) => boolean) => {
  let refusedMs: number | undefined
  return ({ details }) => {
    if (isRetryable(details) || details.intermediary) return true
    const isSecond = refusedMs !== undefined && context.clock.now() >= refusedMs + firstDelayMs
    refusedMs ??= context.clock.now()
    return !isSecond
  }
}

type RunOf = { readonly place: FollowRequest; readonly run: PipelineRunId }

/** Each is told once, however long it waits. */
const logApprovals = (context: Context, runOf: RunOf, judged: RunBefore): void => {
  const { approvals: told } = context.store.state
  const waiting = judged.kind === 'waiting_for_approval' ? judged.approvals : []
  for (const approval of waiting)
    if (!told.some(({ id }) => id === approval.id)) context.log({ kind: 'approval', ...runOf, approval })
  context.store.note({ approvals: waiting })
}

type RunLog = Required<PollLog> & { note(details: RunDetails, judged: RunBefore): void }

/** The lines of a wait for a run: about every half minute. `sinceMs`: when what the lines before tell of began. */
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

/** Between two looks at the run of a deployment that doesn't begin. */
const sideCheckMs = 60_000

/** What a run made may be found later than the run's end is told. */
const looksAtMissing = 2

/** A deployment that is `pending` for long, or isn't found, may wait for an approval: its run is looked at beside the polls. */
export const createRunSideCheck = (context: Context, request: FollowRequest): SideCheck => {
  let reader: RunReader | undefined
  let looksOver = 0
  return {
    firstMs: sideCheckMs,
    everyMs: sideCheckMs,
    isWanted: ({ status, pipeline }) => status === 'pending' && toRunId(pipeline) !== undefined,
    check: async (aside, { pipeline }, isFound) => {
      const run = toRunId(pipeline)
      if (!run) return
      reader ??= createRunReader(aside, run)
      const details = await reader.read()
      const judged = judgeRunBefore(details, request.env)
      logApprovals(context, { place: request, run }, judged)
      if (judged.kind === 'failed')
        throw new StepEndError('failed', { kind: 'run_failed', run, failure: judged.failure })
      if (judged.kind === 'completed' && !isFound) looksOver++
      if (looksOver < looksAtMissing) return
      throw new StepEndError('failed', { kind: 'run_without_deployment', run, status: details.run.status })
    },
  }
}

/**
 * Why a deployment failed that never began, and that Humanitec has no errors for: its run may say, in one look.
 *
 * @returns `undefined` when it doesn't
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

/** After our deployment: how often its run is read. */
const afterDelayMs = 15_000

/**
 * The run behind our deployment's success, where there is one: a readiness check or a test may fail in it.
 *
 * `beganMs`: when the deployment began, from which on the log's lines count; `reader`: of its run, where that was read already
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
  const check = async (): Promise<Result | 'good' | undefined> => {
    const details = await reader.read()
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
    const end = await poll(context, { check, delayMs: () => afterDelayMs, log, mayRetry: createPatience(context) })
    return end === 'good' ? undefined : end
  } catch (error) {
    const failure = error instanceof DeadlineError ? error.cause : error
    if (failure instanceof RequestError) context.store.remark({ kind: 'run_unreadable', error: failure.details })
    else if (error instanceof DeadlineError) context.store.remark({ kind: 'run_goes_on', job: '', step: '' })
    else throw error
    return undefined
  }
}

type RunNotice = NonNullable<Extract<ReturnType<typeof judgeRunAfter>, { kind: 'good' }>['notice']>

/** What the run still does holds no step. */
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
