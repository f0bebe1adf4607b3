import type { Deployment } from '../core/api.ts'
import { hasSucceeded, isFinal } from '../core/deployments.ts'
import { determineEnvironmentUrls, isUrlToCome } from '../core/environments.ts'
import type { DeployRequest, FollowRequest, PipelineRunId, WaitRequest } from '../core/inputs/request.ts'
import { type FailureDetails, RequestError } from '../core/network/request-error.ts'
import { errorsPatienceMs } from '../core/network/retry-policy.ts'
import { withAttached } from '../core/run/checkpoint.ts'
import { type Result, type RunState, StepEndError } from '../core/run/result.ts'
import { parseTimeMs } from '../core/text/words.ts'
import { noteChanges } from './changes.ts'
import { type Context, isPastDeadline, noteDeployment, pause } from './context.ts'
import { createDeltaArchiver } from './delta.ts'
import { getEnvironment } from './environment.ts'
import { watchHealth } from './health.ts'
import { createRunSideCheck, findRunFailure, followRunOn, waitForRunDeployment } from './pipeline.ts'
import { findNewerRun, type RunReader } from './pipeline-run.ts'
import { readDeployment } from './read.ts'
import { catchRequestError, sendRequest, unlessCancelled, waitForBackoff } from './request.ts'
import { waitForEnd } from './wait.ts'

/** `operation: wait`: follows an existing deployment to its end. */
export const followExisting = async (context: Context, request: WaitRequest): Promise<Result> => {
  context.log({ kind: 'opening', request, comment: '' })
  const found = await findExisting(context, request)
  const { deployment, reader } =
    'runId' in found ? await waitForRunDeployment(context, request, found) : { deployment: found, reader: undefined }
  context.store.note({ deployment, followed: true })
  context.store.advance((phase) => withAttached(phase, deployment.id))
  context.log({ kind: 'following', place: request, deployment })
  return follow(context, request, deployment, { reader })
}

/** The pipeline run or deployment that the inputs name, else the newest one. */
const findExisting = async (context: Context, request: WaitRequest): Promise<Deployment | PipelineRunId> => {
  if (request.pipelineRun) return request.pipelineRun
  if (request.deploymentId) return readDeployment(context, request.env, request.deploymentId)
  const newest = await getLastDeployment(context, request)
  return (await findNewerRun(context, request.env, newest)) ?? newest
}

const getLastDeployment = async (context: Context, request: WaitRequest): Promise<Deployment> => {
  const { last_deploy } = await getEnvironment(context, request)
  if (last_deploy) return last_deploy
  throw new StepEndError('error', { kind: 'no_deployment' })
}

type Followed = {
  readonly sentMs?: number | undefined
  readonly reader?: RunReader | undefined
  readonly onAnswer?: (deployment: Deployment) => void
}

/**
 * Waits for the end of a deployment, and notes what the report shows of it, such as its errors or its address.
 *
 * @param sentMs on the clock: when our start was sent
 * @param reader of the run that made it, if that was read already
 * @param onAnswer called with each answer about the deployment
 */
export const follow = async (
  context: Context,
  request: FollowRequest,
  deployment: Deployment,
  { sentMs, reader, onAnswer }: Followed = {},
): Promise<Result> => {
  const sinceMs = determineBeginMs(context, deployment, sentMs)
  const archiver = createDeltaArchiver(context)
  noteDeployment(context.store, deployment)
  const health = watchHealth(context, request, sinceMs)
  let hasBegun = false
  const end = await waitForEnd(context, {
    env: request.env,
    deployment,
    pollInterval: request.pollInterval,
    sinceMs,
    onAnswer: (latest) => {
      noteDeployment(context.store, latest)
      hasBegun ||= latest.status !== 'pending' && !isFinal(latest)
      if (latest.status !== 'pending' && context.store.state.approvals.length > 0) context.store.note({ approvals: [] })
      archiver.note(latest)
      onAnswer?.(latest)
    },
    onHistory: (newestFirst) => context.store.note({ history: newestFirst.filter(({ id }) => id !== deployment.id) }),
    sideChecks: [createRunSideCheck(context, request)],
  }).finally(health.stop)
  if (end instanceof RequestError) throw end
  context.store.note({ approvals: [] })
  const hasFailed = !hasSucceeded(end)
  if (hasFailed) context.store.note(await listErrors(context, request.env, end))
  archiver.note(end)
  await waitForBackoff(context)
  const failed = hasFailed
    ? await determineFailure(context, request, { end, hasBegun })
    : await followRunOn(context, request, { deployment: end, beganMs: sinceMs, reader })
  const changes = noteChanges(context, request, end)
  const [result] = await Promise.all([
    failed ? changes.then(health.noteFailing) : changes.then(health.conclude),
    ...(failed ? [] : [noteEnvironmentUrls(context, request)]),
    archiver.end(),
  ])
  return failed ?? result ?? { outcome: 'succeeded' }
}

/** The deployment has failed, whether its errors can be read or not, and also at a signal. */
const listErrors = async (
  context: Context,
  env: string,
  { id }: Deployment,
): Promise<Pick<RunState, 'errors' | 'errorsFailure'>> => {
  const reading = sendRequest(context, (limits) => context.humanitec.listDeploymentErrors(env, id, limits), {
    patience: errorsPatienceMs,
  })
  const errors = await unlessCancelled(catchRequestError(reading), 'unreadable' as const)
  return errors instanceof RequestError ? { errors: 'unreadable', errorsFailure: errors.details } : { errors }
}

/** If the deployment never began and Humanitec reports no error, its pipeline run may say why. */
const determineFailure = async (
  context: Context,
  request: FollowRequest,
  { end, hasBegun }: { readonly end: Deployment; readonly hasBegun: boolean },
): Promise<Result> => {
  const { errors = [] } = context.store.state
  const failed: Result = { outcome: 'failed' }
  if (hasBegun || errors === 'unreadable' || errors.length > 0) return failed
  return (await unlessCancelled(findRunFailure(context, request, end), undefined)) ?? failed
}

/**
 * Somebody else's deployment began when the API says, but not in the future, since clocks differ. Our own began between its
 * sending and now: the search for it may have taken long.
 */
const determineBeginMs = (
  { clock, store }: Context,
  { created_at }: Deployment,
  sentMs: number | undefined,
): number => {
  const nowMs = clock.now()
  const earliestMs = store.state.followed ? Number.NEGATIVE_INFINITY : (sentMs ?? nowMs)
  return Math.min(Math.max(parseTimeMs(created_at) ?? nowMs, earliestMs), nowMs)
}

/** A host that is provisioned after the deployment's end is waited for this long, and not past the deadline. */
const hostPatienceMs = 60_000

const hostPollMs = 5_000

/**
 * Notes where a deployed environment can be opened. Never changes the result, not even at a signal.
 */
const noteEnvironmentUrls = async (context: Context, request: FollowRequest): Promise<void> => {
  if (request.environmentUrl !== undefined) return context.store.note({ environmentUrls: [request.environmentUrl] })
  const environmentUrls = await unlessCancelled(readEnvironmentUrls(context, request.env), undefined)
  if (environmentUrls) context.store.note({ environmentUrls })
}

const readEnvironmentUrls = async (context: Context, env: string): Promise<readonly string[]> => {
  if (isPastDeadline(context)) return giveUp(context, 'timeout')
  const sinceMs = context.clock.now()
  const endMs = sinceMs + hostPatienceMs
  for (let isLogged = false; ; isLogged = true) {
    const patienceMs = Math.max(0, endMs - context.clock.now())
    const resources = await catchRequestError(
      sendRequest(context, (limits) => context.humanitec.listActiveResources(env, limits), { patience: patienceMs }),
    )
    if (resources instanceof RequestError) return giveUp(context, resources.details)
    if (!isUrlToCome(resources)) {
      if (isLogged) context.log({ kind: 'host_found', afterMs: context.clock.now() - sinceMs })
      return determineEnvironmentUrls(resources)
    }
    if (context.clock.now() + hostPollMs > endMs || isPastDeadline(context)) return giveUp(context, 'no_host')
    if (!isLogged) context.log({ kind: 'waiting_for_host', env })
    await pause(context, hostPollMs)
  }
}

const giveUp = (context: Context, why: 'timeout' | 'no_host' | FailureDetails): readonly [] => {
  context.store.remark({ kind: 'address_unknown', why })
  return []
}

/** With `wait: false`: notes the changes, and archives the Delta unless a pipeline may still need it. */
export const finishUnwatched = async (
  context: Context,
  request: DeployRequest,
  deployment: Deployment,
): Promise<void> => {
  const archiver = createDeltaArchiver(context)
  if (!deployment.pipeline) archiver.note(deployment)
  await Promise.all([noteChanges(context, request, deployment), archiver.end()])
}
