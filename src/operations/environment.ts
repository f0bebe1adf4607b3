import type { Deployment, Environment, EnvironmentDefinition } from '../core/api.ts'
import { escapesPrune, findOthersClaim, formatPreviewName } from '../core/environments.ts'
import type { Common, DeployRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { isRetryable, mayTakeEffect } from '../core/network/retry-policy.ts'
import { formatEscapesPrune } from '../core/report/problems.ts'
import { Failed, TimeoutError } from '../core/run/outcome.ts'
import type { Limits } from '../ports.ts'
import { type Context, pauseBeforeRetry } from './context.ts'
import { type DeletionEnd, findEnvironment, waitUntilGone } from './find-environment.ts'
import { getNewestSucceeded } from './rebase.ts'
import { orError, sendRequest } from './request.ts'

/** An environment can't be made, nor be seen: how long until it is read again. */
const unseenDelayMs = 5_000

/** @throws Failed with `error`, naming organisation, application and environment, when there is none */
export const getEnvironment = async (context: Context, request: Common): Promise<Environment> => {
  const environment = await findEnvironment(context, request.env)
  if (environment) return environment
  throw new Failed('error', { kind: 'no_environment' })
}

/** The environment that a deployment goes to: read, checked, and made when `create_from` says from what. */
export const prepareEnvironment = async (context: Context, request: DeployRequest): Promise<Environment> => {
  for (let rounds = 0, mayBeOurs = false; ; rounds++) {
    // Not to be seen, and yet there (409): for instance for a token that may make environments, but not see this one.
    if (rounds > 1) await pauseBeforeRetry(context, unseenDelayMs, undefined)
    const environment = await findEnvironment(context, request.env)
    if (environment && environment.status !== 'deleting') {
      const checked = checkEnvironment(context, request, environment)
      context.store.note({ environment: checked })
      if (mayBeOurs && checked.name === formatPreviewName(context.workflow))
        context.store.note({ environmentCreated: true })
      return checked
    }
    if (request.createFrom === undefined)
      throw new Failed('error', { kind: 'no_environment', ...(environment && { environment }) })
    if (environment && (await waitForDeletion(context, environment, request)) !== 'gone') continue
    const created = await createEnvironment(context, request, request.createFrom)
    if (typeof created === 'object') return created
    mayBeOurs ||= created === 'may be ours'
  }
}

/** @throws Failed with `error` for one of another type than asked for, or made for somebody else's preview */
export const checkEnvironment = (context: Context, request: DeployRequest, environment: Environment): Environment => {
  if (request.envType !== undefined && environment.type !== request.envType) {
    throw new Failed('error', { kind: 'wrong_type', environment, envType: request.envType })
  }
  const claim = request.createFrom === undefined ? undefined : findOthersClaim(environment, context.workflow)
  if (claim !== undefined) throw new Failed('error', { kind: 'others_environment', environment, claim })
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
    if (!(error instanceof TimeoutError)) throw error
    const last = error.cause instanceof RequestError ? { error: error.cause.details } : {}
    throw new Failed('timed_out', { kind: 'timed_out', awaited: 'deletion', ...last }, { cause: error })
  }
}

/** Without an environment when it exists by now: someone else was quicker, or our first request had been carried out. */
const createEnvironment = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<Environment | 'theirs' | 'may be ours'> => {
  const definition = await defineEnvironment(context, request, from)
  context.log({ kind: 'creating_environment', definition, from })
  if (escapesPrune(request.env, context.workflow))
    context.runner.annotate({ level: 'warning', message: formatEscapesPrune(request) })
  let [isDoubtful, unanswered] = [false, 0]
  const mayRetry = ({ details }: RequestError): boolean => {
    isDoubtful ||= mayTakeEffect(details)
    if (mayTakeEffect(details) && !details.foreign) unanswered++
    return isRetryable(details) && unanswered <= 1
  }
  const create = (limits: Limits) => context.humanitec.createEnvironment(definition, limits)
  const answer = await orError(sendRequest(context, create, { mayRetry }))
  if (!(answer instanceof RequestError)) {
    context.store.note({ environment: answer, environmentCreated: true })
    return answer
  }
  if (answer.details.status === 409 && !answer.details.foreign) return isDoubtful ? 'may be ours' : 'theirs'
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
  if (!source) throw new Failed('error', { kind: 'no_source', input: 'create_from', env: from })
  if (request.envType === undefined && source.type === 'production')
    throw new Failed('error', { kind: 'production_copy', from })
  return { source, deployment: await getNewestSucceeded(context, source) }
}
