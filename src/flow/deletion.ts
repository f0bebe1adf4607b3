import { findActive, findActiveSince } from '../core/deployment/deployments.ts'
import type { Fence } from '../core/environment/fence.ts'
import type { PollInterval } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { requestLimitsMs } from '../core/network/limits.ts'
import { determineReadVerdict, determineRetryDelayMs, mayTakeEffect } from '../core/network/retry.ts'
import { type DeletionProgress, formatLastEnvironment, formatNotDeletable } from '../core/report/deletion-problem.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import type { Place } from '../core/run/links.ts'
import type { Problem } from '../core/run/outcome.ts'
import { DeadlinePassed, Stop } from '../core/run/stop.ts'
import type { Deployment, Environment } from '../ports.ts'
import { waitForOther } from './conflict.ts'
import { type Gone, isAnother, lookAgain, waitUntilGone } from './deletion-wait.ts'
import { findEnvironment } from './environment.ts'
import { attempt, isNotFound, readOrFailure, toStop } from './read.ts'
import { isPastDeadline, pause, type Step } from './step.ts'

/** One environment that is to go. */
export type Deletion = {
  readonly place: Place
  readonly pollInterval: PollInterval
  /** Others are deleted side by side: the lines of a wait name the environment. */
  readonly isOneOfMany?: boolean
  /** As it was just read; without it, it is read first. */
  readonly environment?: Environment
  /** Asked right before each DELETE, of the environment as it was just read: why it is kept. */
  readonly guard: (environment: Environment) => Promise<Fence | undefined>
  /** Called when it changes: before a DELETE is sent, and when its answer has come. */
  readonly onProgress: (progress: DeletionProgress) => void
}

export type DeletionResult = Gone | { readonly kind: 'kept'; readonly fence: Fence }

/** So often a DELETE is answered 404 before the environment that can still be read is believed. */
const mostAbsences = 3

/**
 * Deletes an environment and waits until it is gone. Before every further DELETE it is read and guarded again: meanwhile it
 * may have been deleted and made anew.
 *
 * @throws DeadlinePassed after one last look, Cancelled, or a Stop with `error` when Humanitec refuses
 */
export const deleteUntilGone = async (step: Step, deletion: Deletion): Promise<DeletionResult> => {
  const { guard, onProgress } = deletion
  const { env } = deletion.place
  const failures: RequestFailure[] = []
  /** What a DELETE of ours may have hit. */
  let target: Environment | undefined
  for (let known = deletion.environment; ; known = undefined) {
    const environment = known ?? (await (target ? lookAgain : findEnvironment)(step, env))
    if (!environment) return { kind: 'gone', byUs: target !== undefined }
    if (target && isAnother(environment, target)) {
      onProgress('none')
      return { kind: 'gone', byUs: true, isMadeAnew: true }
    }
    if (isPastDeadline(step)) throw new DeadlinePassed()
    const fence = await guard(environment)
    if (fence) return { kind: 'kept', fence }
    if (environment.status === 'deleting') return waitUntilGone(step, deletion, environment, target !== undefined)
    const active = findActive(environment)
    if (active) {
      await waitForActive(step, deletion, active)
      continue
    }
    if (isPastDeadline(step)) throw new DeadlinePassed()
    step.runner.info(`Deleting the environment ${env}`)
    onProgress('asked')
    const answer = await sendDelete(step, env)
    if (answer === 'deleted') return { kind: 'gone', byUs: true }
    if (answer === 'deleting') return waitUntilGone(step, deletion, environment, true)
    if (mayHaveWorked(answer)) target ??= environment
    else if (!target) onProgress('none')
    failures.push(answer)
    await recover(step, { ...deletion, environment }, failures, answer)
  }
}

/** One DELETE. A 404 is believed when the environment can't be read either. */
const sendDelete = async (step: Step, env: string): Promise<'deleted' | 'deleting' | RequestFailure> => {
  const answer = await attempt(step, (limits) => step.humanitec.deleteEnvironment(env, limits))
  return isNotFound(answer) && !(await lookAgain(step, env)) ? 'deleted' : answer
}

/** After a 404 the environment may be gone, as we wanted it. */
const mayHaveWorked = (failure: RequestFailure): boolean => isNotFound(failure) || mayTakeEffect(failure.details)

/** Returns when the deletion is worth another try. */
const recover = async (
  step: Step,
  deletion: Deletion,
  failures: readonly RequestFailure[],
  last: RequestFailure,
): Promise<void> => {
  const { status, retryAfterMs } = last.details
  const { env } = deletion.place
  const stop = (problem: Problem) => new Stop('error', problem, { cause: last })
  if (status === 400) throw stop(formatLastEnvironment(env, last.details))
  if (status === 404 && failures.filter(isNotFound).length >= mostAbsences) throw stop(formatNotDeletable(env))
  const isWorthATry = status === 404 || status === 409 || determineReadVerdict(last.details) === 'again'
  if (!isWorthATry) throw stop(formatFailure(last.details))
  if (status === 409 && (await waitForUnseen(step, deletion))) return
  step.runner.debug(`${last.message}; it is looked at again`)
  await pause(step, determineRetryDelayMs(failures.length, step.random(), retryAfterMs))
}

/** A 409: the list tells which deployment is active. False when there is no list: then the environment may be gone. */
const waitForUnseen = async (step: Step, deletion: Deletion): Promise<boolean> => {
  const { env } = deletion.place
  const list = await readOrFailure(step, (limits) => step.humanitec.listDeployments(env, limits), requestLimitsMs.list)
  if (!(list instanceof RequestFailure)) {
    await waitForActive(step, deletion, findActiveSince(list, deletion.environment?.last_deploy))
    return true
  }
  if (isNotFound(list)) return false
  throw toStop(list)
}

/** An environment can't be deleted under a deployment, and a deployment can't be cancelled. */
const waitForActive = async (step: Step, deletion: Deletion, active: Deployment | undefined): Promise<void> => {
  const { place, pollInterval, isOneOfMany = false } = deletion
  await waitForOther(step, { ...place, pollInterval, isOneOfMany }, active)
}
