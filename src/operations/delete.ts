import { findActive, findActiveSince } from '../core/deployments.ts'
import { findKeepReason, type KeepReason, parsePreviewName } from '../core/environments.ts'
import type { Common, DeleteRequest, PollInterval } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import {
  determineReadVerdict,
  determineRetryDelayMs,
  heartbeatMs,
  mayTakeEffect,
  requestLimitsMs,
} from '../core/network/retry-policy.ts'
import { schedulePolls } from '../core/polling.ts'
import {
  type DeletionProgress,
  formatDeletionCancelled,
  formatDeletionGivenUp,
  formatDeletionTimedOut,
  formatDryDeletion,
  formatKept,
  formatLastEnvironment,
  formatNoApplication,
  formatNotDeletable,
} from '../core/report/deletion-problems.ts'
import type { Remains } from '../core/report/problems.ts'
import { formatFailure } from '../core/report/request-problems.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { Place } from '../core/run/links.ts'
import { Cancelled, Failed, type Problem, type Result, TimeoutError } from '../core/run/outcome.ts'
import { formatDuration, parseTimeMs } from '../core/text/time.ts'
import type { Deployment, Environment } from '../ports.ts'
import { type Context, isPastDeadline, pause, pauseBeforeRetry } from './context.ts'
import { waitForOther } from './deploy.ts'
import { findEnvironment } from './environment.ts'
import type { DeletionReporter } from './github-reporter.ts'
import { attempt, isNotFound, readOrFailure, toFailed } from './request.ts'

/** The environment is listed, though it could not be read: how long until it is read again. */
const listedDelayMs = 2_000

/** `operation: delete`: an environment that is ours to delete, until it is gone. */
export const deleteEnvironment = async (
  context: Context,
  request: DeleteRequest,
  reporter: DeletionReporter,
): Promise<Result> => {
  const environment = await findListed(context, request)
  if (environment) {
    context.store.note({ environment })
    checkDeletable(context, request, environment)
  }
  if (request.dryRun) return formatDryDeletion(request, determineRemains(environment))
  const pullRequest = environment && parsePreviewName(environment.name)?.pullRequest
  const onProgress = (progress: DeletionProgress) => reporter.expect(request.env, pullRequest, progress)
  const isMadeAnew = environment ? await deleteGuarded(context, request, environment, onProgress) : false
  if (!environment)
    context.runner.info(`There is no environment ${request.env} in ${request.app}: nothing is left to delete`)
  if (!isMadeAnew) await reporter.tell(request.env, pullRequest)
  return { outcome: 'deleted' }
}

/** What a killed or cancelled process has not told GitHub: each environment is looked at once. */
export const finishDeletions = async (
  context: Context,
  work: Checkpoint,
  reporter: DeletionReporter,
): Promise<readonly Remains[]> => {
  const all: Remains[] = []
  for (const { env, pullRequest } of work.deletions ?? []) {
    const remains = await findEnvironment(context, env).then(determineRemains, (error: unknown) => {
      context.runner.info(
        `The environment ${env} could not be looked at: ${error instanceof Error ? error.message : error}`,
      )
      return 'unknown' as const
    })
    all.push(remains)
    if (remains === 'gone')
      context.store.note({ deletedEnvironments: [...context.store.state.deletedEnvironments, env] })
    if (remains === 'gone' || remains === 'deleting') await reporter.tell(env, pullRequest)
  }
  return all
}

const determineRemains = (environment: Environment | undefined): 'there' | 'deleting' | 'gone' => {
  if (!environment) return 'gone'
  return environment.status === 'deleting' ? 'deleting' : 'there'
}

/** A 404 is believed when the application's list says the same: a mistyped application must not stay green. */
const findListed = async (context: Context, request: Common): Promise<Environment | undefined> => {
  for (;;) {
    const environment = await findEnvironment(context, request.env)
    if (environment) return environment
    const all = await listEnvironments(context, request)
    if (!all.some(({ id }) => id === request.env)) return undefined
    await pauseBeforeRetry(context, listedDelayMs, undefined)
  }
}

/** @throws Failed with `error` when there is no such application */
export const listEnvironments = async (context: Context, request: Common): Promise<readonly Environment[]> => {
  const answer = await readOrFailure(
    context,
    (limits) => context.humanitec.listEnvironments(limits),
    requestLimitsMs.list,
  )
  if (!(answer instanceof RequestError)) return answer
  const problem = isNotFound(answer) ? formatNoApplication(request) : formatFailure(answer.details)
  throw new Failed('error', problem, { cause: answer })
}

const checkDeletable = ({ workflow }: Context, { env, envType }: DeleteRequest, environment: Environment): void => {
  const keepReason = findKeepReason(environment, workflow, envType)
  if (keepReason !== undefined) throw new Failed('error', formatKept(env, keepReason))
}

/** Resolves to whether someone else has made an environment of that id anew. */
const deleteGuarded = async (
  context: Context,
  request: DeleteRequest,
  environment: Environment,
  onProgress: (progress: DeletionProgress) => void,
): Promise<boolean> => {
  const { env, envType, pollInterval } = request
  let progress: DeletionProgress = 'none'
  const result = await deleteUntilGone(context, {
    place: request,
    pollInterval,
    environment,
    guard: async (now) => findKeepReason(now, context.workflow, envType),
    onProgress: (now) => {
      progress = now
      onProgress(now)
    },
  }).catch((error: unknown) => {
    if (error instanceof TimeoutError)
      throw new Failed('timed_out', formatDeletionTimedOut(request, progress), { cause: error })
    if (error instanceof Cancelled)
      throw new Failed('cancelled', formatDeletionCancelled(request, progress), { cause: error })
    throw error
  })
  if (result.kind === 'kept') throw new Failed('error', formatKept(env, result.keepReason))
  if (result.byUs) context.store.note({ deletedEnvironments: [...context.store.state.deletedEnvironments, env] })
  return result.isMadeAnew === true
}

/** One environment that is to go. */
type Deletion = {
  readonly place: Place
  readonly pollInterval: PollInterval
  /** Others are deleted side by side: the lines of a wait name the environment. */
  readonly isOneOfMany?: boolean
  /** As it was just read; without it, it is read first. */
  readonly environment?: Environment
  /** Asked right before each DELETE, of the environment as it was just read: why it is kept. */
  readonly guard: (environment: Environment) => Promise<KeepReason | undefined>
  /** Called when it changes: before a DELETE is sent, and when its answer has come. */
  readonly onProgress: (progress: DeletionProgress) => void
}

type DeletionResult = Gone | { readonly kind: 'kept'; readonly keepReason: KeepReason }

/** So often a DELETE is answered 404 before the environment that can still be read is believed. */
const mostAbsences = 3

/**
 * Deletes an environment and waits until it is gone. Before every further DELETE it is read and guarded again: meanwhile it
 * may have been deleted and made anew.
 *
 * @throws TimeoutError after one last look, Cancelled, or Failed with `error` when Humanitec refuses
 */
export const deleteUntilGone = async (context: Context, deletion: Deletion): Promise<DeletionResult> => {
  const { guard, onProgress } = deletion
  const { env } = deletion.place
  const failures: RequestError[] = []
  /** What a DELETE of ours may have hit. */
  let target: Environment | undefined
  for (let known = deletion.environment; ; known = undefined) {
    const environment = known ?? (await (target ? lookAgain : findEnvironment)(context, env))
    if (!environment) return { kind: 'gone', byUs: target !== undefined }
    if (target && isAnother(environment, target)) {
      onProgress('none')
      return { kind: 'gone', byUs: true, isMadeAnew: true }
    }
    if (isPastDeadline(context)) throw new TimeoutError()
    const keepReason = await guard(environment)
    if (keepReason) return { kind: 'kept', keepReason }
    if (environment.status === 'deleting') return waitUntilGone(context, deletion, environment, target !== undefined)
    const active = findActive(environment)
    if (active) {
      await waitForActive(context, deletion, active)
      continue
    }
    if (isPastDeadline(context)) throw new TimeoutError()
    context.runner.info(`Deleting the environment ${env}`)
    onProgress('asked')
    const answer = await sendDelete(context, env)
    if (answer === 'deleted') return { kind: 'gone', byUs: true }
    if (answer === 'deleting') return waitUntilGone(context, deletion, environment, true)
    if (mayHaveWorked(answer)) target ??= environment
    else if (!target) onProgress('none')
    failures.push(answer)
    await recover(context, { ...deletion, environment }, failures, answer)
  }
}

/** One DELETE. A 404 is believed when the environment can't be read either. */
const sendDelete = async (context: Context, env: string): Promise<'deleted' | 'deleting' | RequestError> => {
  const answer = await attempt(context, (limits) => context.humanitec.deleteEnvironment(env, limits))
  return isNotFound(answer) && !(await lookAgain(context, env)) ? 'deleted' : answer
}

/** After a 404 the environment may be gone, as we wanted it. */
const mayHaveWorked = (failure: RequestError): boolean => isNotFound(failure) || mayTakeEffect(failure.details)

/** Returns when the deletion is worth another try. */
const recover = async (
  context: Context,
  deletion: Deletion,
  failures: readonly RequestError[],
  last: RequestError,
): Promise<void> => {
  const { status, retryAfterMs } = last.details
  const { env } = deletion.place
  const stop = (problem: Problem) => new Failed('error', problem, { cause: last })
  if (status === 400) throw stop(formatLastEnvironment(env, last.details))
  if (status === 404 && failures.filter(isNotFound).length >= mostAbsences) throw stop(formatNotDeletable(env))
  const isWorthATry = status === 404 || status === 409 || determineReadVerdict(last.details) === 'again'
  if (!isWorthATry) throw stop(formatFailure(last.details))
  if (status === 409 && (await waitForUnseen(context, deletion))) return
  context.runner.debug(`${last.message}; it is looked at again`)
  await pause(context, determineRetryDelayMs(failures.length, context.random(), retryAfterMs))
}

/** A 409: the list tells which deployment is active. False when there is no list: then the environment may be gone. */
const waitForUnseen = async (context: Context, deletion: Deletion): Promise<boolean> => {
  const { env } = deletion.place
  const list = await readOrFailure(
    context,
    (limits) => context.humanitec.listDeployments(env, limits),
    requestLimitsMs.list,
  )
  if (!(list instanceof RequestError)) {
    await waitForActive(context, deletion, findActiveSince(list, deletion.environment?.last_deploy))
    return true
  }
  if (isNotFound(list)) return false
  throw toFailed(list)
}

/** An environment can't be deleted under a deployment, and a deployment can't be cancelled. */
const waitForActive = async (context: Context, deletion: Deletion, active: Deployment | undefined): Promise<void> => {
  const { place, pollInterval, isOneOfMany = false } = deletion
  await waitForOther(context, { ...place, pollInterval, isOneOfMany }, active)
}

type DeletionWait = {
  readonly pollInterval: PollInterval
  readonly onProgress: (progress: DeletionProgress) => void
}

/** `byUs`: it went after a DELETE of ours. `isMadeAnew`: an environment of that id is there again, and it is another one. */
type Gone = { readonly kind: 'gone'; readonly byUs: boolean; readonly isMadeAnew?: boolean }

/**
 * Returns once an environment that is being deleted is gone, or gone and made anew.
 *
 * @throws TimeoutError after one last look, Cancelled, or Failed with `error` when Humanitec has given it up
 */
const waitUntilGone = async (
  context: Context,
  { pollInterval, onProgress }: DeletionWait,
  environment: Environment,
  byUs: boolean,
): Promise<Gone> => {
  onProgress('going')
  const nextPollMs = pollInterval === 'auto' ? schedulePolls([]) : () => pollInterval.fixedMs
  const { id } = environment
  context.runner.info(`Waiting until the environment ${id} is deleted`)
  const sinceMs = context.clock.now()
  let nextLineMs = sinceMs + heartbeatMs
  /** One look may be stale; two aren't. */
  let looksWithout = 0
  for (let isDeleting = environment.status === 'deleting'; ; ) {
    const now = await lookAgain(context, id)
    if (!now) return { kind: 'gone', byUs }
    if (isAnother(now, environment)) {
      onProgress('none')
      return { kind: 'gone', byUs, isMadeAnew: true }
    }
    looksWithout = now.status === 'deleting' ? 0 : looksWithout + 1
    if (isDeleting && looksWithout > 1) throw new Failed('error', formatDeletionGivenUp(id))
    isDeleting ||= now.status === 'deleting'
    if (context.clock.now() >= nextLineMs) {
      context.runner.info(`The environment ${id} is still being deleted after ${formatDuration(nextLineMs - sinceMs)}`)
      nextLineMs += heartbeatMs
    }
    if (isPastDeadline(context)) throw new TimeoutError()
    await pause(context, nextPollMs(context.clock.now() - sinceMs))
  }
}

/** The environment as it is now; past the deadline it is looked at once. */
const lookAgain = (context: Context, env: string): Promise<Environment | undefined> =>
  findEnvironment(context, env).catch(async (error: unknown) => {
    if (!(error instanceof TimeoutError)) throw error
    const answer = await attempt(context, (limits) => context.humanitec.getEnvironment(env, limits))
    if (!(answer instanceof RequestError)) return answer
    if (isNotFound(answer)) return undefined
    throw error
  })

/** The one that we knew is gone, and its id was given away again: told by its times alone, which an answer may lack. */
const isAnother = (environment: Environment, known: Environment): boolean => {
  const [createdMs, knownMs] = [parseTimeMs(environment.created_at), parseTimeMs(known.created_at)]
  return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs
}
