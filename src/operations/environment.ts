import { findOthersClaim, formatPreviewName } from '../core/environments.ts'
import type { Common, DeployRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { determineReadVerdict, determineRetryDelayMs, mayTakeEffect } from '../core/network/retry-policy.ts'
import { formatCreating } from '../core/report/log.ts'
import {
  formatNoEnvironment,
  formatNoSource,
  formatOthersEnvironment,
  formatProductionCopy,
  formatWrongType,
} from '../core/report/problems.ts'
import { Failed, TimeoutError } from '../core/run/outcome.ts'
import { formatElapsed } from '../core/text/time.ts'
import type { Environment, EnvironmentDefinition } from '../ports.ts'
import { type Context, isPastDeadline, pauseBeforeRetry } from './context.ts'
import { getNewestSucceeded } from './rebase.ts'
import {
  attempt,
  createHeartbeat,
  createRetryPause,
  isNotFound,
  noteAnswered,
  readOrFailure,
  toFailed,
} from './request.ts'

/** Between two looks at an environment that is being deleted. */
const deletionPollMs = 5_000

/** The environment as it is now, or `undefined` when there is none. */
export const findEnvironment = async (context: Context, env: string): Promise<Environment | undefined> => {
  const answer = await readOrFailure(context, (limits) => context.humanitec.getEnvironment(env, limits))
  if (!(answer instanceof RequestError)) return answer
  if (!isNotFound(answer)) throw toFailed(answer)
  noteAnswered(context)
  return undefined
}

/** @throws Failed with `error`, naming organisation, application and environment, when there is none */
export const getEnvironment = async (context: Context, request: Common): Promise<Environment> => {
  const environment = await findEnvironment(context, request.env)
  if (environment) return environment
  throw new Failed('error', formatNoEnvironment(request))
}

/** The environment that a deployment goes to: read, checked, and made when `create_from` says from what. */
export const prepareEnvironment = async (context: Context, request: DeployRequest): Promise<Environment> => {
  for (let rounds = 0, mayBeOurs = false; ; rounds++) {
    // Not to be seen, and yet there (409): for instance for a token that may make environments, but not see this one.
    if (rounds > 1) await pauseBeforeRetry(context, deletionPollMs, undefined)
    const environment = await findEnvironment(context, request.env)
    if (environment && environment.status !== 'deleting') {
      const checked = check(context, request, environment)
      if (mayBeOurs && checked.name === formatPreviewName(context.workflow))
        context.store.note({ environmentCreated: true })
      return checked
    }
    if (request.createFrom === undefined) throw new Failed('error', formatNoEnvironment(request, environment))
    if (environment) await waitForDeletion(context, request.env)
    const created = await createEnvironment(context, request, request.createFrom)
    if (typeof created === 'object') return created
    mayBeOurs ||= created === 'may be ours'
  }
}

const check = (context: Context, request: DeployRequest, environment: Environment): Environment => {
  if (request.envType !== undefined && environment.type !== request.envType) {
    throw new Failed('error', formatWrongType(environment, request.envType))
  }
  const claim = request.createFrom === undefined ? undefined : findOthersClaim(environment, context.workflow)
  if (claim !== undefined) throw new Failed('error', formatOthersEnvironment(environment, claim))
  return environment
}

/** Returns once the environment is gone, or has been made anew by someone else. */
const waitForDeletion = async (context: Context, env: string): Promise<void> => {
  context.runner.info(`Waiting until the environment ${env} is deleted`)
  const sinceMs = context.clock.now()
  const heartbeat = createHeartbeat(context, () =>
    context.runner.info(`  ${formatElapsed(context.clock.now() - sinceMs)}  ${env} is still being deleted`),
  )
  while ((await findEnvironment(context, env))?.status === 'deleting') {
    await heartbeat.pause(deletionPollMs)
    if (isPastDeadline(context)) throw new TimeoutError()
  }
}

/** Without an environment when it exists by now: someone else was quicker, or our first request had been carried out. */
const createEnvironment = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<Environment | 'theirs' | 'may be ours'> => {
  const definition = await defineEnvironment(context, request, from)
  context.runner.info(formatCreating(definition, from))
  const pauseBeforeTry = createRetryPause(context)
  for (let failures = 1, unanswered = 0; ; failures++) {
    if (isPastDeadline(context)) throw new TimeoutError()
    const answer = await attempt(context, (limits) => context.humanitec.createEnvironment(definition, limits))
    if (!(answer instanceof RequestError)) {
      context.store.note({ environmentCreated: true })
      return answer
    }
    if (answer.details.status === 409) return unanswered > 0 ? 'may be ours' : 'theirs'
    if (mayTakeEffect(answer.details)) unanswered++
    if (determineReadVerdict(answer.details) === 'stop' || unanswered > 1) throw toFailed(answer)
    await pauseBeforeTry(determineRetryDelayMs(failures, context.random(), answer.details.retryAfterMs), answer)
  }
}

const defineEnvironment = async (
  context: Context,
  request: DeployRequest,
  from: string,
): Promise<EnvironmentDefinition> => {
  const source = await findEnvironment(context, from)
  if (!source) throw new Failed('error', formatNoSource(request, 'create_from', from))
  if (request.envType === undefined && source.type === 'production') {
    throw new Failed('error', formatProductionCopy(request, from))
  }
  const { id: from_deploy_id } = await getNewestSucceeded(context, source)
  return {
    id: request.env,
    name: formatPreviewName(context.workflow),
    type: request.envType ?? source.type,
    from_deploy_id,
  }
}
