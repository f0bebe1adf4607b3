import { findActive, findUnfinished } from '../core/deployment/deployments.ts'
import { schedulePolls } from '../core/deployment/polling.ts'
import type { PollInterval } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { heartbeatMs, requestLimitsMs } from '../core/network/limits.ts'
import { determineReadVerdict, determineRetryDelayMs } from '../core/network/retry.ts'
import { formatDeletionGivenUp, formatLastEnvironment } from '../core/report/deletion-problem.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import type { Place } from '../core/run/links.ts'
import { DeadlinePassed, Stop } from '../core/run/stop.ts'
import { formatDuration } from '../core/text/duration.ts'
import type { Deployment, Environment } from '../ports.ts'
import { waitForOther } from './conflict.ts'
import { findEnvironment } from './environment.ts'
import { attempt, read } from './read.ts'
import { isPastDeadline, pauseBeforeRetry, type Step } from './step.ts'

/** One environment that is to go. */
export type Deletion = {
  readonly place: Place
  readonly pollInterval: PollInterval
  /** Others are deleted side by side: the lines of a wait name the environment. */
  readonly isOneOfMany?: boolean
  /** As it was just read; without it, it is read first. */
  readonly environment?: Environment
  /** Asked right before each DELETE, of the environment as it was just read: why it is kept, as a clause. */
  readonly guard: (environment: Environment) => Promise<string | undefined>
  /** Called once Humanitec may have taken the deletion on. */
  readonly onGoing?: () => void
}

export type DeletionResult =
  /** `byUs`: it went after a DELETE of ours. `isMadeAnew`: an environment of that id is there again, and it is another one. */
  | { readonly kind: 'gone'; readonly byUs: boolean; readonly isMadeAnew?: boolean }
  | { readonly kind: 'kept'; readonly reason: string }

/**
 * Deletes an environment and waits until it is gone. Before every further DELETE it is read and guarded again: meanwhile it
 * may have been deleted and made anew, for someone else.
 *
 * @throws DeadlinePassed, Cancelled, or a Stop with `error` when Humanitec refuses
 */
export const deleteUntilGone = async (step: Step, deletion: Deletion): Promise<DeletionResult> => {
  const { guard, onGoing } = deletion
  const { env } = deletion.place
  for (let failures = 0, byUs = false, known = deletion.environment; ; known = undefined) {
    const environment = known ?? (await findEnvironment(step, env))
    if (!environment) return { kind: 'gone', byUs }
    if (isPastDeadline(step)) throw new DeadlinePassed()
    const reason = await guard(environment)
    if (reason !== undefined) return { kind: 'kept', reason }
    if (environment.status === 'deleting') return waitUntilGone(step, deletion, environment, byUs)
    const active = findActive(environment)
    if (active) {
      await waitForActive(step, deletion, active)
      continue
    }
    if (isPastDeadline(step)) throw new DeadlinePassed()
    step.runner.info(`Deleting the environment ${env}`)
    const answer = await attempt(step, (limits) => step.humanitec.deleteEnvironment(env, limits))
    byUs ||= !(answer instanceof RequestFailure) || mayHaveWorked(answer)
    if (byUs) onGoing?.()
    if (answer === 'deleted') return { kind: 'gone', byUs }
    if (answer === 'deleting') return waitUntilGone(step, deletion, environment, byUs)
    await recover(step, deletion, answer, ++failures)
  }
}

/** A refusal has certainly changed nothing; after a 404 the environment is gone, as we wanted it. */
const mayHaveWorked = ({ details: { kind, status = 0 } }: RequestFailure): boolean =>
  kind === 'lost' || kind === 'unreadable' || status === 404 || status === 408 || status >= 500

/** Returns when the deletion is worth another try. */
const recover = async (step: Step, deletion: Deletion, failure: RequestFailure, failures: number): Promise<void> => {
  const { status, retryAfterMs } = failure.details
  if (status === 404) return
  if (status === 409) return waitForUnseen(step, deletion)
  if (status === 400)
    throw new Stop('error', formatLastEnvironment(deletion.place.env, failure.details), { cause: failure })
  if (determineReadVerdict(failure.details) === 'stop') {
    throw new Stop('error', formatFailure(failure.details), { cause: failure })
  }
  step.runner.debug(`${failure.message}; it is looked at again`)
  await pauseBeforeRetry(step, determineRetryDelayMs(failures, step.random(), retryAfterMs), failure)
}

/** A 409: the list tells which deployment is active. */
const waitForUnseen = async (step: Step, deletion: Deletion): Promise<void> => {
  const { env } = deletion.place
  const list = await read(step, (limits) => step.humanitec.listDeployments(env, limits), requestLimitsMs.list)
  await waitForActive(step, deletion, findUnfinished(list))
}

/** An environment can't be deleted under a deployment, and a deployment can't be cancelled. */
const waitForActive = async (step: Step, deletion: Deletion, active: Deployment | undefined): Promise<void> => {
  const { place, pollInterval, isOneOfMany = false } = deletion
  await waitForOther(step, { ...place, pollInterval, isOneOfMany }, active)
}

/** Returns once it is gone, or gone and made anew: then it is another one. */
const waitUntilGone = async (
  step: Step,
  { pollInterval }: Deletion,
  environment: Environment,
  byUs: boolean,
): Promise<DeletionResult> => {
  const nextPollMs = pollInterval === 'auto' ? schedulePolls([]) : () => pollInterval.fixedMs
  const { id } = environment
  step.runner.info(`Waiting until the environment ${id} is deleted`)
  const sinceMs = step.clock.now()
  let nextLineMs = sinceMs + heartbeatMs
  for (let isDeleting = environment.status === 'deleting'; ; ) {
    const now = await findEnvironment(step, id)
    if (!now) return { kind: 'gone', byUs }
    if (now.created_at !== environment.created_at) {
      return { kind: 'gone', byUs, isMadeAnew: true }
    }
    if (now.status !== 'deleting' && isDeleting) throw new Stop('error', formatDeletionGivenUp(id))
    isDeleting ||= now.status === 'deleting'
    if (step.clock.now() >= nextLineMs) {
      step.runner.info(`The environment ${id} is still being deleted after ${formatDuration(nextLineMs - sinceMs)}`)
      nextLineMs += heartbeatMs
    }
    await pauseBeforeRetry(step, nextPollMs(step.clock.now() - sinceMs), undefined)
  }
}
