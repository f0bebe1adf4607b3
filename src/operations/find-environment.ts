import type { Environment } from '../core/api.ts'
import type { PollInterval } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { believedAfterLooks, believedAfterMs, requestLimitsMs, secondLookMs } from '../core/network/retry-policy.ts'
import { schedulePolls } from '../core/polling.ts'
import { Failed } from '../core/run/outcome.ts'
import { parseTimeMs } from '../core/text/time.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline, sleep } from './context.ts'
import { createHeartbeat, isNotFound, orError, type PollLog, poll, type RequestPolicy, sendRequest } from './request.ts'

/**
 * The environment as it is now, or `undefined` when there is none. A 404 that isn't Humanitec's proves nothing: then the
 * application's list decides.
 *
 * @throws as `sendRequest` does
 */
export const findEnvironment = (
  context: Context,
  env: string,
  policy: Pick<RequestPolicy, 'patience'> = {},
): Promise<Environment | undefined> => {
  const read = async (limits: Limits): Promise<Environment | undefined> => {
    const answer = await orError(context.humanitec.getEnvironment(env, limits))
    if (!(answer instanceof RequestError)) return answer
    if (isNotFound(answer)) return undefined
    if (answer.details.status === 404 && (await isSurelyUnlisted(context, env))) return undefined
    throw answer
  }
  return sendRequest(context, read, policy)
}

/** Whether the application's list is without it twice, 10 s apart. */
const isSurelyUnlisted = async (context: Context, env: string): Promise<boolean> => {
  if (await isListed(context, env)) return false
  await sleep(context, secondLookMs)
  return !isPastDeadline(context) && !(await isListed(context, env))
}

const isListed = async (context: Context, env: string): Promise<boolean> => {
  const policy = { timeoutMs: requestLimitsMs.list, patience: 'once' } as const
  const all = await sendRequest(context, (limits) => context.humanitec.listEnvironments(limits), policy)
  return all.some(({ id }) => id === env)
}

/** @throws Failed with `error` when there is no such application, or the list is refused */
export const listEnvironments = async (context: Context): Promise<readonly Environment[]> => {
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.listEnvironments(limits), { timeoutMs: requestLimitsMs.list }),
  )
  if (!(answer instanceof RequestError)) return answer
  if (isNotFound(answer)) throw new Failed('error', { kind: 'no_application' }, { cause: answer })
  throw new Failed('error', { kind: 'request', error: answer.details }, { cause: answer })
}

/** The one that we knew is gone, and its id was given away again: told by its times alone, which an answer may lack. */
export const isAnother = (environment: Environment, known: Environment): boolean => {
  const [createdMs, knownMs] = [parseTimeMs(environment.created_at), parseTimeMs(known.created_at)]
  return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs
}

/** How a deletion ended: `remade`: another environment has the id by now. `given_up`: it is the same one, and stays. */
export type DeletionEnd = 'gone' | 'remade' | 'given_up'

/** Between two looks, while an environment that was being deleted shows as one that isn't. */
const doubtDelayMs = 5_000

/**
 * Waits until an environment that is being deleted is gone, by whomever. That it isn't being deleted any longer is believed
 * after some looks: the API's views lag.
 *
 * @param known as it was last read
 * @throws TimeoutError after one last look, with the last failure as its cause; Cancelled; the RequestError that doesn't pass
 */
export const waitUntilGone = (
  context: Context,
  known: Environment,
  pollInterval: PollInterval,
): Promise<DeletionEnd> => {
  const { clock } = context
  const { id } = known
  const scheduleMs = pollInterval === 'auto' ? schedulePolls([]) : () => pollInterval.fixedMs
  const sinceMs = clock.now()
  let wasDeleting = known.status === 'deleting'
  let doubts = { looks: 0, sinceMs }
  const look = async (): Promise<DeletionEnd | undefined> => {
    const now = await findEnvironment(context, id, { patience: 'once' })
    if (!now) return 'gone'
    if (isAnother(now, known)) return 'remade'
    const isDoubtful = wasDeleting && now.status !== 'deleting'
    wasDeleting ||= now.status === 'deleting'
    doubts = { looks: isDoubtful ? doubts.looks + 1 : 0, sinceMs: doubts.looks === 0 ? clock.now() : doubts.sinceMs }
    const isBelieved = doubts.looks >= believedAfterLooks && clock.now() >= doubts.sinceMs + believedAfterMs
    return isBelieved ? 'given_up' : undefined
  }
  const delayMs = (): number =>
    Math.min(scheduleMs(clock.now() - sinceMs), doubts.looks > 0 ? doubtDelayMs : Number.POSITIVE_INFINITY)
  context.log({ kind: 'waiting_for_deletion', env: id })
  return poll(context, { look, delayMs, log: createDeletionLog(context, id) })
}

/** About every half minute, with what keeps the end from being seen. */
const createDeletionLog = (context: Context, env: string): PollLog => {
  let last: RequestError | undefined
  const heartbeat = createHeartbeat(context, (elapsedMs) => {
    const error = last?.details
    last = undefined
    return { kind: 'still_deleting', env, elapsedMs, ...(error && { error }) }
  })
  return {
    pause: heartbeat.pause,
    reportError: (error) => {
      last = error
    },
  }
}
