import { RequestFailure } from '../core/network/failure.ts'
import { requestLimitsMs, startGraceMs } from '../core/network/limits.ts'
import { Cancelled, DeadlinePassed } from '../core/run/stop.ts'
import type { Deployment } from '../ports.ts'
import { determineTimeoutMs } from './read.ts'
import { createFateUnknown, type Start } from './start-sight.ts'
import { isPastDeadline, type Step } from './step.ts'

/**
 * Sends the start once. A signal doesn't cut it at once: for a few seconds the answer, and so the id, is worth more than
 * leaving.
 *
 * @throws Stop with `unknown` when a signal has cut it, DeadlinePassed or Cancelled when it was not sent any more
 */
export const sendStart = async (start: Start): Promise<Deployment | RequestFailure> => {
  const { step, env, body, before } = start
  step.cancel.throwIfAborted()
  if (isPastDeadline(step)) throw new DeadlinePassed()
  step.journal.saveOpenWork({
    start: { body, newestBeforeId: before.last_deploy?.id ?? '', newestBeforeAt: before.last_deploy?.created_at ?? '' },
  })
  const grace = createGrace(step)
  const limits = { timeoutMs: determineTimeoutMs(step, requestLimitsMs.start), signal: grace.signal }
  try {
    return refuseKnown(before, await step.humanitec.startDeployment(env, body, limits))
  } catch (error) {
    if (error instanceof RequestFailure) return error
    throw error instanceof Cancelled ? createFateUnknown(start, error) : error
  } finally {
    grace.end()
  }
}

/** What was there before the start is no answer to it, whoever gave it. */
const refuseKnown = (
  { from_deploy, last_deploy }: Start['before'],
  answer: Deployment,
): Deployment | RequestFailure => {
  if (answer.id !== from_deploy?.id && answer.id !== last_deploy?.id) return answer
  const detail = `it speaks of ${answer.id}, which was there before`
  return new RequestFailure({ kind: 'unreadable', request: 'the start', status: 200, detail })
}

/** A signal that follows the step's cancellation a few seconds later. */
const createGrace = ({ cancel, clock }: Step): { readonly signal: AbortSignal; end(): void } => {
  const late = new AbortController()
  const over = new AbortController()
  const begin = () => {
    clock.sleep(startGraceMs, over.signal).then(
      () => late.abort(cancel.reason),
      () => undefined,
    )
  }
  cancel.addEventListener('abort', begin, { once: true, signal: over.signal })
  return { signal: late.signal, end: () => over.abort() }
}
