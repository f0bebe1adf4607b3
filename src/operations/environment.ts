import { findOthersClaim, formatPreviewName } from '../core/environments.ts'
import type { Common, DeployRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/request-error.ts'
import { determineReadVerdict, determineRetryDelayMs, mayTakeEffect } from '../core/network/retry-policy.ts'
import { formatCreating } from '../core/report/log.ts'
import {
  formatNoEnvironment,
  formatNoSource,
  formatOthersEnvironment,
  formatProductionCopy,
  formatWrongType,
} from '../core/report/problems.ts'
import { DeadlinePassed, Stop } from '../core/run/outcome.ts'
import { formatElapsed } from '../core/text/time.ts'
import type { Environment, EnvironmentDefinition } from '../ports.ts'
import { isPastDeadline, pauseBeforeRetry, type Step } from './context.ts'
import { getNewestSucceeded } from './rebase.ts'
import {
  attempt,
  createHeartbeat,
  createRetryPause,
  isNotFound,
  noteAnswered,
  readOrFailure,
  toStop,
} from './request.ts'

/** Between two looks at an environment that is being deleted. */
const deletionPollMs = 5_000

/** The environment as it is now, or `undefined` when there is none. */
export const findEnvironment = async (step: Step, env: string): Promise<Environment | undefined> => {
  const answer = await readOrFailure(step, (limits) => step.humanitec.getEnvironment(env, limits))
  if (!(answer instanceof RequestFailure)) return answer
  if (!isNotFound(answer)) throw toStop(answer)
  noteAnswered(step)
  return undefined
}

/** @throws Stop with `error`, naming organisation, application and environment, when there is none */
export const getEnvironment = async (step: Step, request: Common): Promise<Environment> => {
  const environment = await findEnvironment(step, request.env)
  if (environment) return environment
  throw new Stop('error', formatNoEnvironment(request))
}

/** The environment that a deployment goes to: read, checked, and made when `create_from` says from what. */
export const prepareEnvironment = async (step: Step, request: DeployRequest): Promise<Environment> => {
  for (let rounds = 0, mayBeOurs = false; ; rounds++) {
    // Not to be seen, and yet there (409): for instance for a token that may make environments, but not see this one.
    if (rounds > 1) await pauseBeforeRetry(step, deletionPollMs, undefined)
    const environment = await findEnvironment(step, request.env)
    if (environment && environment.status !== 'deleting') {
      const checked = check(step, request, environment)
      if (mayBeOurs && checked.name === formatPreviewName(step.origin)) step.journal.note({ environmentCreated: true })
      return checked
    }
    if (request.createFrom === undefined) throw new Stop('error', formatNoEnvironment(request, environment))
    if (environment) await waitForDeletion(step, request.env)
    const created = await createEnvironment(step, request, request.createFrom)
    if (typeof created === 'object') return created
    mayBeOurs ||= created === 'may be ours'
  }
}

const check = (step: Step, request: DeployRequest, environment: Environment): Environment => {
  if (request.envType !== undefined && environment.type !== request.envType) {
    throw new Stop('error', formatWrongType(environment, request.envType))
  }
  const claim = request.createFrom === undefined ? undefined : findOthersClaim(environment, step.origin)
  if (claim !== undefined) throw new Stop('error', formatOthersEnvironment(environment, claim))
  return environment
}

/** Returns once the environment is gone, or has been made anew by someone else. */
const waitForDeletion = async (step: Step, env: string): Promise<void> => {
  step.runner.info(`Waiting until the environment ${env} is deleted`)
  const sinceMs = step.clock.now()
  const heartbeat = createHeartbeat(step, () =>
    step.runner.info(`  ${formatElapsed(step.clock.now() - sinceMs)}  ${env} is still being deleted`),
  )
  while ((await findEnvironment(step, env))?.status === 'deleting') {
    await heartbeat.pause(deletionPollMs)
    if (isPastDeadline(step)) throw new DeadlinePassed()
  }
}

/** Without an environment when it exists by now: someone else was quicker, or our first request had been carried out. */
const createEnvironment = async (
  step: Step,
  request: DeployRequest,
  from: string,
): Promise<Environment | 'theirs' | 'may be ours'> => {
  const definition = await defineEnvironment(step, request, from)
  step.runner.info(formatCreating(definition, from))
  const pauseBeforeTry = createRetryPause(step)
  for (let failures = 1, unanswered = 0; ; failures++) {
    if (isPastDeadline(step)) throw new DeadlinePassed()
    const answer = await attempt(step, (limits) => step.humanitec.createEnvironment(definition, limits))
    if (!(answer instanceof RequestFailure)) {
      step.journal.note({ environmentCreated: true })
      return answer
    }
    if (answer.details.status === 409) return unanswered > 0 ? 'may be ours' : 'theirs'
    if (mayTakeEffect(answer.details)) unanswered++
    if (determineReadVerdict(answer.details) === 'stop' || unanswered > 1) throw toStop(answer)
    await pauseBeforeTry(determineRetryDelayMs(failures, step.random(), answer.details.retryAfterMs), answer)
  }
}

const defineEnvironment = async (step: Step, request: DeployRequest, from: string): Promise<EnvironmentDefinition> => {
  const source = await findEnvironment(step, from)
  if (!source) throw new Stop('error', formatNoSource(request, 'create_from', from))
  if (request.envType === undefined && source.type === 'production') {
    throw new Stop('error', formatProductionCopy(request, from))
  }
  const { id: from_deploy_id } = await getNewestSucceeded(step, source)
  return { id: request.env, name: formatPreviewName(step.origin), type: request.envType ?? source.type, from_deploy_id }
}
