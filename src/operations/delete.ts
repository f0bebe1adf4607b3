import { findActive, findActiveSince } from '../core/deployments.ts'
import { findKeepReason, type KeepReason, parsePreviewName } from '../core/environments.ts'
import type { Common, DeleteRequest, PollInterval } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { determineRetryDelayMs, isRetryable, mayTakeEffect, requestLimitsMs } from '../core/network/retry-policy.ts'
import { schedulePolls } from '../core/polling.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { Place } from '../core/run/links.ts'
import { Cancelled, Failed, type Result, TimeoutError } from '../core/run/outcome.ts'
import type { DeletionProgress, Reason, Remains } from '../core/run/reason.ts'
import { parseTimeMs } from '../core/text/time.ts'
import type { Deployment, Environment } from '../ports.ts'
import { type Context, isPastDeadline, pause, pauseBeforeRetry } from './context.ts'
import { waitForOther } from './deploy.ts'
import { createDeletionLog, findEnvironment, getEnvironmentOnce } from './environment.ts'
import type { DeletionReporter } from './github-reporter.ts'
import { isNotFound, orError, poll, sendRequest } from './request.ts'

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
  if (request.dryRun)
    return { outcome: 'skipped', reason: { kind: 'dry_deletion', remains: determineRemains(environment) } }
  const pullRequest = environment && parsePreviewName(environment.name)?.pullRequest
  const onProgress = (progress: DeletionProgress) => reporter.expect(request.env, pullRequest, progress)
  const isMadeAnew = environment ? await deleteGuarded(context, request, environment, onProgress) : false
  if (!environment) context.log({ kind: 'nothing_to_delete', env: request.env, app: request.app })
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
    const all = await listEnvironments(context)
    if (!all.some(({ id }) => id === request.env)) return undefined
    await pauseBeforeRetry(context, listedDelayMs, undefined)
  }
}

/** @throws Failed with `error` when there is no such application */
export const listEnvironments = async (context: Context): Promise<readonly Environment[]> => {
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.listEnvironments(limits), { timeoutMs: requestLimitsMs.list }),
  )
  if (!(answer instanceof RequestError)) return answer
  if (!isNotFound(answer)) throw toFailed(answer)
  throw new Failed('error', { kind: 'no_application' }, { cause: answer })
}

const checkDeletable = ({ workflow }: Context, { envType }: DeleteRequest, environment: Environment): void => {
  const keepReason = findKeepReason(environment, workflow, envType)
  if (keepReason !== undefined) throw new Failed('error', { kind: 'kept', keepReason })
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
      throw new Failed('timed_out', { kind: 'deletion_timed_out', progress }, { cause: error })
    if (error instanceof Cancelled)
      throw new Failed('cancelled', { kind: 'deletion_cancelled', progress }, { cause: error })
    throw error
  })
  if (result.kind === 'kept') throw new Failed('error', { kind: 'kept', keepReason: result.keepReason })
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
    context.log({ kind: 'deleting', env })
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
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.deleteEnvironment(env, limits), { patience: 'once' }),
  )
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
  const stop = (reason: Reason) => new Failed('error', reason, { cause: last })
  if (status === 400) throw stop({ kind: 'last_environment', env, error: last.details })
  if (status === 404 && failures.filter(isNotFound).length >= mostAbsences) throw stop({ kind: 'not_deletable', env })
  const isWorthATry = status === 404 || status === 409 || isRetryable(last.details)
  if (!isWorthATry) throw toFailed(last)
  if (status === 409 && (await waitForUnseen(context, deletion))) return
  context.runner.debug(`${last.message}; checking again`)
  await pause(context, determineRetryDelayMs(failures.length, context.random(), retryAfterMs))
}

/** A 409: the list tells which deployment is active. False when there is no list: then the environment may be gone. */
const waitForUnseen = async (context: Context, deletion: Deletion): Promise<boolean> => {
  const { env } = deletion.place
  const list = await orError(
    sendRequest(context, (limits) => context.humanitec.listDeployments(env, limits), {
      timeoutMs: requestLimitsMs.list,
    }),
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
  context.log({ kind: 'waiting_for_deletion', env: id })
  const sinceMs = context.clock.now()
  let isDeleting = environment.status === 'deleting'
  /** One look may be stale; two aren't. */
  let looksWithout = 0
  const look = async (): Promise<Gone | undefined> => {
    const now = await getEnvironmentOnce(context, id)
    if (!now) return { kind: 'gone', byUs }
    if (isAnother(now, environment)) {
      onProgress('none')
      return { kind: 'gone', byUs, isMadeAnew: true }
    }
    looksWithout = now.status === 'deleting' ? 0 : looksWithout + 1
    if (isDeleting && looksWithout > 1) throw new Failed('error', { kind: 'deletion_given_up', env: id })
    isDeleting ||= now.status === 'deleting'
    return undefined
  }
  const delayMs = (): number => nextPollMs(context.clock.now() - sinceMs)
  return poll(context, { look, delayMs, log: createDeletionLog(context, id) }).catch((error: unknown) => {
    throw error instanceof RequestError ? toFailed(error) : error
  })
}

/** The environment as it is now; past the deadline it is looked at once. */
const lookAgain = (context: Context, env: string): Promise<Environment | undefined> =>
  findEnvironment(context, env).catch(async (error: unknown) => {
    if (!(error instanceof TimeoutError)) throw error
    const answer = await orError(
      sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits), { patience: 'once' }),
    )
    if (!(answer instanceof RequestError)) return answer
    if (isNotFound(answer)) return undefined
    throw error
  })

/** The one that we knew is gone, and its id was given away again: told by its times alone, which an answer may lack. */
const isAnother = (environment: Environment, known: Environment): boolean => {
  const [createdMs, knownMs] = [parseTimeMs(environment.created_at), parseTimeMs(known.created_at)]
  return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs
}

/** What ends one deletion, told apart from a failure of GitHub: that one concerns the others, too. */
const toFailed = (error: RequestError): Failed =>
  new Failed('error', { kind: 'request', error: error.details }, { cause: error })
