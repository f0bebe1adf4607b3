import { schedulePolls } from '../core/deployment/polling.ts'
import type { PollInterval } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { heartbeatMs } from '../core/network/limits.ts'
import { type DeletionProgress, formatDeletionGivenUp } from '../core/report/deletion-problem.ts'
import { DeadlinePassed, Stop } from '../core/run/stop.ts'
import { formatDuration } from '../core/text/duration.ts'
import { parseTimeMs } from '../core/text/times.ts'
import type { Environment } from '../ports.ts'
import { findEnvironment } from './environment.ts'
import { attempt, isNotFound } from './read.ts'
import { isPastDeadline, pause, type Step } from './step.ts'

type DeletionWait = {
  readonly pollInterval: PollInterval
  readonly onProgress: (progress: DeletionProgress) => void
}

/** `byUs`: it went after a DELETE of ours. `isMadeAnew`: an environment of that id is there again, and it is another one. */
export type Gone = { readonly kind: 'gone'; readonly byUs: boolean; readonly isMadeAnew?: boolean }

/**
 * Returns once an environment that is being deleted is gone, or gone and made anew.
 *
 * @throws DeadlinePassed after one last look, Cancelled, or a Stop with `error` when Humanitec has given it up
 */
export const waitUntilGone = async (
  step: Step,
  { pollInterval, onProgress }: DeletionWait,
  environment: Environment,
  byUs: boolean,
): Promise<Gone> => {
  onProgress('going')
  const nextPollMs = pollInterval === 'auto' ? schedulePolls([]) : () => pollInterval.fixedMs
  const { id } = environment
  step.runner.info(`Waiting until the environment ${id} is deleted`)
  const sinceMs = step.clock.now()
  let nextLineMs = sinceMs + heartbeatMs
  /** One look may be stale; two aren't. */
  let looksWithout = 0
  for (let isDeleting = environment.status === 'deleting'; ; ) {
    const now = await lookAgain(step, id)
    if (!now) return { kind: 'gone', byUs }
    if (isAnother(now, environment)) {
      onProgress('none')
      return { kind: 'gone', byUs, isMadeAnew: true }
    }
    looksWithout = now.status === 'deleting' ? 0 : looksWithout + 1
    if (isDeleting && looksWithout > 1) throw new Stop('error', formatDeletionGivenUp(id))
    isDeleting ||= now.status === 'deleting'
    if (step.clock.now() >= nextLineMs) {
      step.runner.info(`The environment ${id} is still being deleted after ${formatDuration(nextLineMs - sinceMs)}`)
      nextLineMs += heartbeatMs
    }
    if (isPastDeadline(step)) throw new DeadlinePassed()
    await pause(step, nextPollMs(step.clock.now() - sinceMs))
  }
}

/** The environment as it is now; past the deadline it is looked at once. */
export const lookAgain = (step: Step, env: string): Promise<Environment | undefined> =>
  findEnvironment(step, env).catch(async (error: unknown) => {
    if (!(error instanceof DeadlinePassed)) throw error
    const answer = await attempt(step, (limits) => step.humanitec.getEnvironment(env, limits))
    if (!(answer instanceof RequestFailure)) return answer
    if (isNotFound(answer)) return undefined
    throw error
  })

/** The one that we knew is gone, and its id was given away again: told by its times alone, which an answer may lack. */
export const isAnother = (environment: Environment, known: Environment): boolean => {
  const [createdMs, knownMs] = [parseTimeMs(environment.created_at), parseTimeMs(known.created_at)]
  return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs
}
