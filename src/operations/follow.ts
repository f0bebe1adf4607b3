import { hasSucceeded } from '../core/deployments.ts'
import { determineEnvironmentUrls, isUrlToCome } from '../core/environments.ts'
import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { errorsPatienceMs } from '../core/network/retry-policy.ts'
import { formatFailure } from '../core/report/request-problems.ts'
import { Cancelled, Failed, type Result, type RunState } from '../core/run/outcome.ts'
import { parseTimeMs } from '../core/text/time.ts'
import type { Deployment } from '../ports.ts'
import { noteChanges } from './changes.ts'
import { type Context, isPastDeadline, pause } from './context.ts'
import { createDeltaArchiver } from './delta.ts'
import { getEnvironment } from './environment.ts'
import { orError, sendRequest } from './request.ts'
import { waitForEnd } from './wait.ts'

/** `operation: wait`: a deployment that is there already, to its end. */
export const followExisting = async (context: Context, request: WaitRequest): Promise<Result> => {
  context.log({ kind: 'plan', request, comment: '' })
  const deployment = request.deploymentId
    ? await getDeployment(context, request.env, request.deploymentId)
    : await getLastDeployment(context, request)
  context.store.note({ deployment, followed: true })
  context.store.saveCheckpoint({ deploymentId: deployment.id })
  context.log({ kind: 'following', place: request, deployment })
  return follow(context, request, deployment)
}

const getDeployment = (context: Context, env: string, id: string): Promise<Deployment> =>
  sendRequest(context, (limits) => context.humanitec.getDeployment(env, id, limits))

const getLastDeployment = async (context: Context, request: WaitRequest): Promise<Deployment> => {
  const { last_deploy } = await getEnvironment(context, request)
  if (last_deploy) return last_deploy
  throw new Failed('error', { kind: 'no_deployment' })
}

/** Waits for the end of a deployment, and reads what people want to know of it: its errors, or its address. */
export const follow = async (
  context: Context,
  request: DeployRequest | WaitRequest,
  deployment: Deployment,
): Promise<Result> => {
  const archiver = createDeltaArchiver(context)
  const end = await waitForEnd(context, {
    env: request.env,
    deployment,
    pollInterval: request.pollInterval,
    sinceMs: determineBeginMs(context, deployment),
    onAnswer: (latest) => {
      context.store.note({ deployment: latest })
      archiver.look(latest)
    },
    onHistory: (newestFirst) => context.store.note({ history: newestFirst.filter(({ id }) => id !== deployment.id) }),
  })
  if (end instanceof RequestError) throw end
  const hasFailed = !hasSucceeded(end)
  if (hasFailed) context.store.note(await listErrors(context, request.env, end))
  archiver.look(end)
  await Promise.all([
    ...(hasFailed ? [] : [noteEnvironmentUrls(context, request)]),
    noteChanges(context, request, end),
    archiver.end(),
  ])
  return { outcome: hasFailed ? 'failed' : 'succeeded' }
}

/** The failure is the truth whether its errors can be read or not, and also when a signal comes in between. */
const listErrors = async (
  context: Context,
  env: string,
  { id }: Deployment,
): Promise<Pick<RunState, 'errors' | 'errorsFailure'>> => {
  try {
    const errors = await orError(
      sendRequest(context, (limits) => context.humanitec.listDeploymentErrors(env, id, limits), {
        patience: errorsPatienceMs,
      }),
    )
    return errors instanceof RequestError ? { errors: 'unreadable', errorsFailure: errors.details } : { errors }
  } catch (error) {
    if (error instanceof Cancelled) return { errors: 'unreadable' }
    throw error
  }
}

/** Our own began just now; another's when the API says, unless its clock runs ahead of ours. */
const determineBeginMs = (context: Context, deployment: Deployment): number => {
  const nowMs = context.clock.now()
  const createdMs = context.store.state.followed ? parseTimeMs(deployment.created_at) : undefined
  return Math.min(createdMs ?? nowMs, nowMs)
}

/** A host that is provisioned after the deployment's end is waited for this long, and not past the deadline. */
const hostPatienceMs = 60_000
const hostPollMs = 5_000

/**
 * Notes where a deployed environment can be opened. The deployment has succeeded, whatever comes of this, and also when a
 * signal comes in between.
 */
const noteEnvironmentUrls = async (context: Context, request: DeployRequest | WaitRequest): Promise<void> => {
  if (request.environmentUrl !== undefined) return context.store.note({ environmentUrls: [request.environmentUrl] })
  try {
    context.store.note({ environmentUrls: await readEnvironmentUrls(context, request.env) })
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
  }
}

const readEnvironmentUrls = async (context: Context, env: string): Promise<readonly string[]> => {
  if (isPastDeadline(context)) return giveUp(context, 'The timeout came first.')
  const sinceMs = context.clock.now()
  const endMs = sinceMs + hostPatienceMs
  for (let isTold = false; ; isTold = true) {
    const patienceMs = Math.max(0, endMs - context.clock.now())
    const resources = await orError(
      sendRequest(context, (limits) => context.humanitec.listActiveResources(env, limits), { patience: patienceMs }),
    )
    if (resources instanceof RequestError) return giveUp(context, formatFailure(resources.details).what)
    if (!isUrlToCome(resources)) {
      if (isTold) context.log({ kind: 'host_found', afterMs: context.clock.now() - sinceMs })
      return determineEnvironmentUrls(resources)
    }
    if (context.clock.now() + hostPollMs > endMs || isPastDeadline(context))
      return giveUp(context, 'It has no host yet.')
    if (!isTold) context.log({ kind: 'waiting_for_host', env })
    await pause(context, hostPollMs)
  }
}

const giveUp = (context: Context, why: string): readonly [] => {
  context.store.remark(`The environment’s address is not known. ${why}`)
  return []
}
