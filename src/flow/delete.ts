import { determineDeletionFence, parsePreviewName } from '../core/environment/preview.ts'
import type { Common, DeleteRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { requestLimitsMs } from '../core/network/limits.ts'
import {
  type DeletionProgress,
  formatDeletionCancelled,
  formatDeletionTimedOut,
  formatDryDeletion,
  formatFenced,
  formatNoApplication,
} from '../core/report/deletion-problem.ts'
import type { Remains } from '../core/report/killed-problem.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import type { OpenWork } from '../core/run/open-work.ts'
import type { Ending } from '../core/run/outcome.ts'
import { Cancelled, DeadlinePassed, Stop } from '../core/run/stop.ts'
import type { Environment } from '../ports.ts'
import { deleteUntilGone } from './deletion.ts'
import { findEnvironment } from './environment.ts'
import type { Farewell } from './farewell.ts'
import { isNotFound, readOrFailure } from './read.ts'
import { pauseBeforeRetry, type Step } from './step.ts'

/** The environment is listed, though it could not be read: how long until it is read again. */
const listedDelayMs = 2_000

/** `operation: delete`: an environment that is ours to delete, until it is gone. */
export const deleteEnvironment = async (step: Step, request: DeleteRequest, farewell: Farewell): Promise<Ending> => {
  const environment = await findListed(step, request)
  if (environment) {
    step.journal.note({ environment })
    checkFence(step, request, environment)
  }
  if (request.dryRun) return formatDryDeletion(request, determineRemains(environment))
  const pullRequest = environment && parsePreviewName(environment.name)?.pullRequest
  const onProgress = (progress: DeletionProgress) => farewell.expect(request.env, pullRequest, progress)
  const isMadeAnew = environment ? await deleteFenced(step, request, environment, onProgress) : false
  if (!environment)
    step.runner.info(`There is no environment ${request.env} in ${request.app}: nothing is left to delete`)
  if (!isMadeAnew) await farewell.tell(request.env, pullRequest)
  return { outcome: 'deleted' }
}

/** What a killed or cancelled process has not told GitHub: each environment is looked at once. */
export const finishDeletions = async (step: Step, work: OpenWork, farewell: Farewell): Promise<readonly Remains[]> => {
  const all: Remains[] = []
  for (const { env, pullRequest } of work.deletions ?? []) {
    const remains = await findEnvironment(step, env).then(determineRemains, (error: unknown) => {
      step.runner.info(
        `The environment ${env} could not be looked at: ${error instanceof Error ? error.message : error}`,
      )
      return 'unknown' as const
    })
    all.push(remains)
    if (remains === 'gone') step.journal.note({ deletedEnvironments: [...step.journal.facts.deletedEnvironments, env] })
    if (remains === 'gone' || remains === 'deleting') await farewell.tell(env, pullRequest)
  }
  return all
}

const determineRemains = (environment: Environment | undefined): 'there' | 'deleting' | 'gone' => {
  if (!environment) return 'gone'
  return environment.status === 'deleting' ? 'deleting' : 'there'
}

/** A 404 is believed when the application's list says the same: a mistyped application must not stay green. */
const findListed = async (step: Step, request: Common): Promise<Environment | undefined> => {
  for (;;) {
    const environment = await findEnvironment(step, request.env)
    if (environment) return environment
    const all = await listEnvironments(step, request)
    if (!all.some(({ id }) => id === request.env)) return undefined
    await pauseBeforeRetry(step, listedDelayMs, undefined)
  }
}

/** @throws Stop with `error` when there is no such application */
export const listEnvironments = async (step: Step, request: Common): Promise<readonly Environment[]> => {
  const answer = await readOrFailure(step, (limits) => step.humanitec.listEnvironments(limits), requestLimitsMs.list)
  if (!(answer instanceof RequestFailure)) return answer
  const problem = isNotFound(answer) ? formatNoApplication(request) : formatFailure(answer.details)
  throw new Stop('error', problem, { cause: answer })
}

const checkFence = ({ origin }: Step, { env, envType }: DeleteRequest, environment: Environment): void => {
  const fence = determineDeletionFence(environment, origin, envType)
  if (fence !== undefined) throw new Stop('error', formatFenced(env, fence))
}

/** Resolves to whether someone else has made an environment of that id anew. */
const deleteFenced = async (
  step: Step,
  request: DeleteRequest,
  environment: Environment,
  onProgress: (progress: DeletionProgress) => void,
): Promise<boolean> => {
  const { env, envType, pollInterval } = request
  let progress: DeletionProgress = 'none'
  const result = await deleteUntilGone(step, {
    place: request,
    pollInterval,
    environment,
    guard: async (now) => determineDeletionFence(now, step.origin, envType),
    onProgress: (now) => {
      progress = now
      onProgress(now)
    },
  }).catch((error: unknown) => {
    if (error instanceof DeadlinePassed)
      throw new Stop('timed_out', formatDeletionTimedOut(request, progress), { cause: error })
    if (error instanceof Cancelled)
      throw new Stop('cancelled', formatDeletionCancelled(request, progress), { cause: error })
    throw error
  })
  if (result.kind === 'kept') throw new Stop('error', formatFenced(env, result.fence))
  if (result.byUs) step.journal.note({ deletedEnvironments: [...step.journal.facts.deletedEnvironments, env] })
  return result.isMadeAnew === true
}
