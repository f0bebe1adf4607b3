import type { Deployment, Environment, EnvironmentDefinition } from '../core/api.ts'
import { findActiveSince, findNewestSucceeded, hasSucceeded } from '../core/deployments.ts'
import { escapesPrune, findOthersClaim, formatPreviewName } from '../core/environments.ts'
import type { Common, DeployRequest, PollInterval } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import {
  believedAfterChecks,
  believedAfterMs,
  isRetryable,
  mayTakeEffect,
  requestLimitsMs,
  secondCheckMs,
} from '../core/network/retry-policy.ts'
import { schedulePolls } from '../core/polling.ts'
import { DeadlineError, findLastFailure, StepEndError } from '../core/run/result.ts'
import { parseTimeMs } from '../core/text/words.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline, pauseBeforeRetry, sleep } from './context.ts'
import { listDeployments } from './read.ts'
import {
  catchRequestError,
  createHeartbeat,
  isNotFound,
  type PollLog,
  poll,
  type RequestPolicy,
  sendRequest,
} from './request.ts'

/** Delay before re-reading an environment that can be neither created (409) nor read (404). */
const unseenDelayMs = 5_000

/** @throws StepEndError with `error`, naming organisation, application and environment, when there is none */
export const getEnvironment = async (context: Context, request: Common): Promise<Environment> => {
  const environment = await findEnvironment(context, request.env)
  if (environment) return environment
  throw new StepEndError('error', { kind: 'no_environment' })
}

/** `active`: a deployment that only the list shows as active, where the list was read. */
export type LatestSuccessful = { readonly target: Deployment; readonly active?: Deployment | undefined }

/**
 * The list, which can be long, is read only when the environment itself doesn't show it.
 *
 * @throws StepEndError with `error` when none has succeeded
 */
export const readLatestSuccessful = async (context: Context, source: Environment): Promise<LatestSuccessful> => {
  if (hasSucceeded(source.last_deploy)) return { target: source.last_deploy }
  const all = await listDeployments(context, source.id)
  const target = findNewestSucceeded(all)
  if (target) return { target, active: findActiveSince(all, source.last_deploy) }
  throw new StepEndError('error', { kind: 'nothing_succeeded', env: source.id })
}

/** Reads and checks the environment to deploy to; creates it if it is missing and `create_from` is given. */
export const prepareEnvironment = async (context: Context, request: DeployRequest): Promise<Environment> => {
  for (let rounds = 0, mayBeOurs = false; ; rounds++) {
    // It exists (409), but can't be read (404): for instance with a token that may create environments, but not see this one.
    if (rounds > 1) await pauseBeforeRetry(context, unseenDelayMs)
    const environment = await findEnvironment(context, request.env)
    if (environment && environment.status !== 'deleting') {
      const checked = checkEnvironment(context, request, environment)
      context.store.note({ environment: checked })
      if (mayBeOurs && checked.name === formatPreviewName(context.workflow))
        context.store.note({ environmentCreated: true })
      return checked
    }
    if (request.createFrom === undefined)
      throw new StepEndError('error', { kind: 'no_environment', ...(environment && { environment }) })
    if (environment && (await waitForDeletion(context, environment, request)) !== 'gone') continue
    const created = await createEnvironment(context, request, request.createFrom)
    if (typeof created === 'object') return created
    mayBeOurs ||= created === 'may be ours'
  }
}

/** @throws StepEndError with `error` for one of another type than asked for, or created for somebody else's preview */
export const checkEnvironment = (context: Context, request: DeployRequest, environment: Environment): Environment => {
  if (request.envType !== undefined && environment.type !== request.envType) {
    throw new StepEndError('error', { kind: 'wrong_type', environment, envType: request.envType })
  }
  const claim = request.createFrom === undefined ? undefined : findOthersClaim(environment, context.workflow)
  if (claim !== undefined) throw new StepEndError('error', { kind: 'others_environment', environment, claim })
  return environment
}

const waitForDeletion = async (
  context: Context,
  environment: Environment,
  request: DeployRequest,
): Promise<DeletionEnd> => {
  try {
    return await waitUntilGone(context, environment, request.pollInterval)
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error
    const reason = { kind: 'timed_out', awaited: 'deletion', ...findLastFailure(error) } as const
    throw new StepEndError('timed_out', reason, { cause: error })
  }
}

/** Resolves to a word if the environment exists already: somebody else's, or perhaps created by our own first request. */
const createEnvironment = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<Environment | 'theirs' | 'may be ours'> => {
  const definition = await defineEnvironment(context, request, from)
  context.log({ kind: 'creating_environment', definition, from })
  if (escapesPrune(request.env, context.workflow)) context.log({ kind: 'escapes_prune', env: request.env })
  let [isDoubtful, unanswered] = [false, 0]
  const mayRetry = ({ details }: RequestError): boolean => {
    isDoubtful ||= mayTakeEffect(details)
    if (mayTakeEffect(details) && !details.intermediary) unanswered++
    return isRetryable(details) && unanswered <= 1
  }
  const create = (limits: Limits) => context.humanitec.createEnvironment(definition, limits)
  const answer = await catchRequestError(sendRequest(context, create, { mayRetry }))
  if (!(answer instanceof RequestError)) {
    context.store.note({ environment: answer, environmentCreated: true })
    return answer
  }
  if (answer.details.status === 409 && !answer.details.intermediary) return isDoubtful ? 'may be ours' : 'theirs'
  throw answer
}

const defineEnvironment = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<EnvironmentDefinition> => {
  const { source, deployment } = await getCopySource(context, request, from)
  return {
    id: request.env,
    name: formatPreviewName(context.workflow),
    type: request.envType ?? source.type,
    from_deploy_id: deployment.id,
  }
}

/** What `create_from` copies: the environment, and its latest successful deployment. */
export const getCopySource = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<{ readonly source: Environment; readonly deployment: Deployment }> => {
  const source = await findEnvironment(context, from)
  if (!source) throw new StepEndError('error', { kind: 'no_source', input: 'create_from', env: from })
  if (request.envType === undefined && source.type === 'production')
    throw new StepEndError('error', { kind: 'production_copy', from })
  return { source, deployment: (await readLatestSuccessful(context, source)).target }
}

/**
 * The environment as it is now, or `undefined` when there is none. A 404 from an intermediary proves nothing: then the
 * application's list decides.
 *
 * @throws as `sendRequest` does
 */
export const findEnvironment = (
  context: Context,
  env: string,
  policy: Pick<RequestPolicy, 'patience'> = {},
): Promise<Environment | undefined> => {
  const read = async (limits: Limits): Promise<Environment | undefined> => {
    const answer = await catchRequestError(context.humanitec.getEnvironment(env, limits))
    if (!(answer instanceof RequestError)) return answer
    if (isNotFound(answer)) return undefined
    const isDoubted = answer.details.status === 404 && !isPastDeadline(context)
    if (isDoubted && (await isSurelyUnlisted(context, env))) return undefined
    throw answer
  }
  return sendRequest(context, read, policy)
}

/** Whether it is missing in the application's list twice, 10 s apart. */
const isSurelyUnlisted = async (context: Context, env: string): Promise<boolean> => {
  if (await isListed(context, env)) return false
  await sleep(context, secondCheckMs)
  return !isPastDeadline(context) && !(await isListed(context, env))
}

const isListed = async (context: Context, env: string): Promise<boolean> => {
  const policy = { timeoutMs: requestLimitsMs.list, patience: 'once' } as const
  const all = await sendRequest(context, (limits) => context.humanitec.listEnvironments(limits), policy)
  return all.some(({ id }) => id === env)
}

/** @throws StepEndError with `error` when there is no such application, or the list is refused */
export const listEnvironments = async (context: Context): Promise<readonly Environment[]> => {
  const answer = await catchRequestError(
    sendRequest(context, (limits) => context.humanitec.listEnvironments(limits), { timeoutMs: requestLimitsMs.list }),
  )
  if (!(answer instanceof RequestError)) return answer
  if (isNotFound(answer)) throw new StepEndError('error', { kind: 'no_application' }, { cause: answer })
  throw new StepEndError('error', { kind: 'request', error: answer.details }, { cause: answer })
}

/** Whether the id belongs to another environment by now. Only the creation times show that, and an answer may lack them. */
export const isAnother = (environment: Environment, known: Environment): boolean => {
  const [createdMs, knownMs] = [parseTimeMs(environment.created_at), parseTimeMs(known.created_at)]
  return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs
}

/** How a deletion ended. `recreated`: another environment has the id by now. `given_up`: it is the same one, and stays. */
type DeletionEnd = 'gone' | 'recreated' | 'given_up'

/** Between two checks, while an environment that was being deleted no longer shows as `deleting`. */
const doubtDelayMs = 5_000

/**
 * Waits until an environment that is being deleted is gone, whoever deletes it. That it is no longer being deleted is believed
 * after several checks: the API's answers can lag.
 *
 * @param known as it was last read
 * @throws DeadlineError after one last check, with the last failure as its cause; CancelledError; a RequestError that isn't
 *   temporary
 */
export const waitUntilGone = (
  context: Context,
  known: Environment,
  pollInterval: PollInterval,
): Promise<DeletionEnd> => {
  const { clock } = context
  const { id } = known
  const scheduleMs = pollInterval === 'auto' ? schedulePolls([]) : () => pollInterval.fixedMs
  const sinceMs = clock.now()
  let wasDeleting = known.status === 'deleting'
  let doubts = { checks: 0, sinceMs }
  const check = async (): Promise<DeletionEnd | undefined> => {
    const now = await findEnvironment(context, id, { patience: 'once' })
    if (!now) return 'gone'
    if (isAnother(now, known)) return 'recreated'
    const isDoubtful = wasDeleting && now.status !== 'deleting'
    wasDeleting ||= now.status === 'deleting'
    doubts = { checks: isDoubtful ? doubts.checks + 1 : 0, sinceMs: doubts.checks === 0 ? clock.now() : doubts.sinceMs }
    const isBelieved = doubts.checks >= believedAfterChecks && clock.now() >= doubts.sinceMs + believedAfterMs
    return isBelieved ? 'given_up' : undefined
  }
  const delayMs = (): number =>
    Math.min(scheduleMs(clock.now() - sinceMs), doubts.checks > 0 ? doubtDelayMs : Number.POSITIVE_INFINITY)
  context.log({ kind: 'waiting_for_deletion', env: id })
  return poll(context, { check, delayMs, log: createDeletionLog(context, id) })
}

/** A line about every half minute, with the last failed check. */
const createDeletionLog = (context: Context, env: string): PollLog => {
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, (elapsedMs) => {
    const error = last?.details
    last = undefined
    return { kind: 'still_deleting', env, elapsedMs, ...(error && { error }) }
  })
  return {
    pause: heartbeat.pause,
    reportError: (error) => {
      last = error
    },
  }
}
