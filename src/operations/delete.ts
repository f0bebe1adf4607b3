import type { Deployment, Environment } from '../core/api.ts'
import { findActive, findActiveSince } from '../core/deployments.ts'
import { findKeepReason, parsePreviewName } from '../core/environments.ts'
import type { Common, DeleteRequest, PollInterval } from '../core/inputs/request.ts'
import { type FailureDetails, RequestError } from '../core/network/request-error.ts'
import { determineRetryDelayMs, isRetryable, mayTakeEffect } from '../core/network/retry-policy.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { Place } from '../core/run/links.ts'
import type { DeletionProgress, DeletionState, KeepReason, Reason } from '../core/run/reason.ts'
import { CancelledError, DeadlineError, findLastFailure, type Result, StepEndError } from '../core/run/result.ts'
import { type Context, isPastDeadline, pauseBeforeRetry } from './context.ts'
import { findEnvironment, isAnother, listEnvironments, waitUntilGone } from './environment.ts'
import { listDeployments } from './read.ts'
import { catchRequestError, createRetryLog, isNotFound, poll, sendRequest } from './request.ts'
import { waitForOther } from './wait.ts'

/** Delay before re-reading an environment that is listed, but was not found. */
const listedDelayMs = 2_000

/** Shows on GitHub that environments are gone, as the inputs ask. `pullRequest`: the one in the environment's name, if any. */
export type DeletionReporter = {
  /** How far a deletion has got: if the process dies before `report`, the post step checks the environment. */
  expect(env: string, pullRequest: number | undefined, progress: DeletionProgress): void
  /** Never rejects. What GitHub has refused once isn't tried again. */
  report(env: string, pullRequest: number | undefined): Promise<void>
}

/** `operation: delete`: deletes an environment that may be deleted, and waits until it is gone. */
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
  if (request.dryRun)
    return { outcome: 'skipped', reason: { kind: 'dry_deletion', remains: determineRemains(environment) } }
  const pullRequest = environment && parsePreviewName(environment.name)?.pullRequest
  const onProgress = (progress: DeletionProgress) => reporter.expect(request.env, pullRequest, progress)
  const isRecreated = environment ? await deleteGuarded(context, request, { environment, onProgress }) : false
  if (!environment) context.log({ kind: 'nothing_to_delete', env: request.env, app: request.app })
  if (!isRecreated) await reporter.report(request.env, pullRequest)
  return { outcome: 'deleted' }
}

/** For the post step: reads once each environment whose deletion a killed or cancelled process has not reported to GitHub. */
export const finishDeletions = async (
  context: Context,
  work: Checkpoint,
  reporter: DeletionReporter,
): Promise<readonly DeletionState[]> => {
  const all: DeletionState[] = []
  for (const { env, pullRequest } of work.deletions ?? []) {
    const remains = await findEnvironment(context, env).then(determineRemains, (error: unknown) => {
      context.log({
        kind: 'environment_unreadable',
        env,
        message: error instanceof Error ? error.message : String(error),
      })
      return 'unknown' as const
    })
    all.push(remains)
    if (remains === 'gone')
      context.store.note({ deletedEnvironments: [...context.store.state.deletedEnvironments, env] })
    if (remains === 'gone' || remains === 'deleting') await reporter.report(env, pullRequest)
  }
  return [...all, ...Array.from({ length: work.moreDeletions ?? 0 }, () => 'unknown' as const)]
}

const determineRemains = (environment: Environment | undefined): 'there' | 'deleting' | 'gone' => {
  if (!environment) return 'gone'
  return environment.status === 'deleting' ? 'deleting' : 'there'
}

/** A 404 counts only if the application's list agrees: a mistyped application must not stay green. */
const findListed = async (context: Context, request: Common): Promise<Environment | undefined> => {
  for (;;) {
    const environment = await findEnvironment(context, request.env)
    if (environment) return environment
    const all = await listEnvironments(context)
    if (!all.some(({ id }) => id === request.env)) return undefined
    await pauseBeforeRetry(context, listedDelayMs)
  }
}

const checkDeletable = ({ workflow }: Context, { envType }: DeleteRequest, environment: Environment): void => {
  const keepReason = findKeepReason(environment, workflow, envType)
  if (keepReason !== undefined) throw new StepEndError('error', { kind: 'kept', keepReason })
}

/** Resolves to whether somebody else has created an environment with that id again. */
const deleteGuarded = async (
  context: Context,
  request: DeleteRequest,
  { environment, onProgress }: Pick<Deletion, 'onProgress'> & { readonly environment: Environment },
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
    if (error instanceof DeadlineError) {
      const why = { ...findLastFailure(error), ...(error.other && { other: error.other }) }
      throw new StepEndError('timed_out', { kind: 'deletion_timed_out', progress, ...why }, { cause: error })
    }
    if (error instanceof CancelledError)
      throw new StepEndError('cancelled', { kind: 'deletion_cancelled', progress }, { cause: error })
    throw error
  })
  if (result.kind === 'kept') throw new StepEndError('error', { kind: 'kept', keepReason: result.keepReason })
  if (result.byUs) context.store.note({ deletedEnvironments: [...context.store.state.deletedEnvironments, env] })
  return result.isRecreated === true
}

/** One environment to delete. */
type Deletion = {
  readonly place: Place
  readonly pollInterval: PollInterval
  /** Several are deleted at the same time: log lines name the environment. */
  readonly namesEnvironment?: boolean
  /** As it was just read; without it, it is read first. */
  readonly environment?: Environment
  /**
   * Called right before each DELETE with the environment as just read. Resolves to why it is kept. Must not reject with a
   * RequestError, which would be retried.
   */
  readonly guard: (environment: Environment) => Promise<KeepReason | undefined>
  /** Called when it changes: before a DELETE is sent, and when its answer has come. */
  readonly onProgress: (progress: DeletionProgress) => void
}

/** `byUs`: after a DELETE of ours. `isRecreated`: another environment has the id by now. */
type Gone = { readonly kind: 'gone'; readonly byUs: boolean; readonly isRecreated?: boolean }

type DeletionResult = Gone | { readonly kind: 'kept'; readonly keepReason: KeepReason }

/**
 * Deletes an environment and waits until it is gone.
 *
 * @throws DeadlineError after one last check, with the last failure as its cause; CancelledError; StepEndError with `error`
 *   when Humanitec refuses, or gives the deletion up
 */
export const deleteUntilGone = async (context: Context, deletion: Deletion): Promise<DeletionResult> => {
  const { onProgress, pollInterval } = deletion
  try {
    const result = await requestDeletion(context, deletion)
    if (result.kind !== 'going') return result
    const { environment, byUs } = result
    onProgress('going')
    const end = await waitUntilGone(context, environment, pollInterval)
    if (end === 'given_up') throw new StepEndError('error', { kind: 'deletion_given_up', env: environment.id })
    if (end === 'recreated') onProgress('none')
    return { kind: 'gone', byUs, ...(end === 'recreated' && { isRecreated: true }) }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new StepEndError('error', { kind: 'request', error: error.details }, { cause: error })
  }
}

/** Humanitec is deleting it. */
type Going = { readonly kind: 'going'; readonly environment: Environment; readonly byUs: boolean }

/** After this many 404s to a DELETE, an environment that can still be read is taken as not deletable. */
const maxAbsences = 3

/**
 * Sends a DELETE until Humanitec accepts it. Before each further one the environment is read and guarded again: it may have
 * been deleted and created again in between.
 */
const requestDeletion = (context: Context, deletion: Deletion): Promise<DeletionResult | Going> => {
  const { place, guard, onProgress } = deletion
  const { env } = place
  let known = deletion.environment
  /** The environment that a DELETE of ours may have deleted. */
  let target: Environment | undefined
  /** Answers to our DELETEs. */
  const failures: RequestError[] = []
  /** In a row, for whatever reason. */
  let failedChecks = 0
  const check = async (): Promise<DeletionResult | Going | undefined> => {
    const environment = known ?? (await findEnvironment(context, env, { patience: 'once' }))
    known = undefined
    if (!environment) return { kind: 'gone', byUs: target !== undefined }
    if (target && isAnother(environment, target)) {
      onProgress('none')
      return { kind: 'gone', byUs: true, isRecreated: true }
    }
    throwIfPast(context, failures)
    const keepReason = await guard(environment)
    if (keepReason) return { kind: 'kept', keepReason }
    if (environment.status === 'deleting') return { kind: 'going', environment, byUs: target !== undefined }
    const active = findActive(environment)
    if (active) return waitForActive(context, deletion, active)
    throwIfPast(context, failures)
    if (failures.length === 0) context.log({ kind: 'deleting', env })
    onProgress('asked')
    const answer = await sendDelete(context, env)
    if (answer === 'deleted') return { kind: 'gone', byUs: true }
    if (answer === 'deleting') return { kind: 'going', environment, byUs: true }
    if (mayHaveWorked(answer)) target ??= environment
    else if (!target) onProgress('none')
    failures.push(answer)
    throwIfRefused(env, failures, answer)
    if (!isConflict(answer.details)) throw answer
    return waitForUnseen(context, deletion, { environment, refusal: answer })
  }
  return poll(context, {
    check: async () => {
      failedChecks++
      const result = await check()
      failedChecks = 0
      return result
    },
    delayMs: () => (failedChecks === 0 ? 0 : determineRetryDelayMs(failedChecks, context.random())),
    mayRetry: mayPassWhileDeleting,
    log: createRetryLog(context),
  })
}

/** @throws past the deadline the last failure, else a DeadlineError */
const throwIfPast = (context: Context, failures: readonly RequestError[]): void => {
  if (isPastDeadline(context)) throw failures.at(-1) ?? new DeadlineError()
}

const sendDelete = (context: Context, env: string): Promise<'deleted' | 'deleting' | RequestError> =>
  catchRequestError(
    sendRequest(context, (limits) => context.humanitec.deleteEnvironment(env, limits), { patience: 'once' }),
  )

/** After a 404, too: the environment may be gone. */
const mayHaveWorked = (failure: RequestError): boolean => isNotFound(failure) || mayTakeEffect(failure.details)

const mayPassWhileDeleting = ({ details }: RequestError): boolean =>
  details.status === 404 || isConflict(details) || isRetryable(details)

const isConflict = ({ status, intermediary }: FailureDetails): boolean => status === 409 && !intermediary

const throwIfRefused = (env: string, failures: readonly RequestError[], last: RequestError): void => {
  const stop = (reason: Reason) => new StepEndError('error', reason, { cause: last })
  if (last.details.status === 400 && !last.details.intermediary)
    throw stop({ kind: 'last_environment', env, error: last.details })
  if (isNotFound(last) && failures.filter(isNotFound).length >= maxAbsences) throw stop({ kind: 'not_deletable', env })
}

/** After a 409: the list shows which deployment is active. If there is no list, the environment may be gone by now. */
const waitForUnseen = async (
  context: Context,
  deletion: Deletion,
  { environment, refusal }: { readonly environment: Environment; readonly refusal: RequestError },
): Promise<undefined> => {
  const { env } = deletion.place
  const list = await catchRequestError(listDeployments(context, env))
  if (isNotFound(list)) throw refusal
  if (list instanceof RequestError) throw list
  try {
    return await waitForActive(context, deletion, findActiveSince(list, environment.last_deploy))
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error
    throw new DeadlineError({ cause: error.cause ?? refusal, other: error.other })
  }
}

/** An environment can't be deleted under a deployment, and a deployment can't be cancelled. */
const waitForActive = async (
  context: Context,
  { place, pollInterval, namesEnvironment = false }: Deletion,
  active: Deployment | undefined,
): Promise<undefined> => {
  await waitForOther(context, { ...place, pollInterval, namesEnvironment }, active)
}
