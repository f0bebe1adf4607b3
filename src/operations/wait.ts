import type { Deployment } from '../core/api.ts'
import { isFinal, isKnownStatus, listPastDeployments } from '../core/deployments.ts'
import type { PollInterval, Request } from '../core/inputs/request.ts'
import { type FailureDetails, RequestError } from '../core/network/request-error.ts'
import { heartbeatMs, isRetryable, notFoundPatienceMs } from '../core/network/retry-policy.ts'
import { toRunId } from '../core/pipelines.ts'
import { determineExpectedEnd, type PastDeployment, schedulePolls } from '../core/polling.ts'
import type { StatusEvent } from '../core/run/log-event.ts'
import { DeadlineError, StepEndError } from '../core/run/result.ts'
import { parseTimeMs } from '../core/text/words.ts'
import { type Context, isLastBefore, isPastDeadline, pauseBeforeRetry } from './context.ts'
import { mayReadDuringWait, mayReadOptional, takePaceDelayMs } from './rate-limiter.ts'
import { listDeployments, readDeployment } from './read.ts'
import { catchRequestError, createHeartbeat, isNotFound, type PollLog, poll } from './request.ts'

/** Milliseconds since the deployment's start → until the next poll. */
type Schedule = (elapsedMs: number) => number

/** A deployment to follow to its end. */
type Watch = {
  readonly env: string
  readonly deployment: Deployment
  readonly pollInterval: PollInterval
  /** Several are waited for at the same time: log lines name the environment. */
  readonly namesEnvironment?: boolean
  /** On the clock: when it began. */
  readonly sinceMs: number
  /** Called with each valid answer about it. */
  readonly onAnswer: (deployment: Deployment) => void
  /** Called once with the environment's deployments, if they could be read. */
  readonly onHistory: (newestFirst: readonly Deployment[]) => void
  readonly sideChecks?: readonly SideCheck[]
}

/**
 * What is checked during the wait for a deployment, such as its pipeline run. Never delays a poll, and is left out while the
 * requests for side checks are used up.
 */
export type SideCheck = {
  /** From the beginning of the wait, and between two checks. */
  readonly firstMs: number
  readonly everyMs: number
  /** Asked after each poll. */
  readonly isWanted: (deployment: Deployment) => boolean
  /**
   * `isFound`: whether the deployment has been seen by its id.
   *
   * @throws StepEndError to end the wait, unless the deployment has ended by then. Anything else is only logged.
   */
  readonly check: (sideContext: Context, deployment: Deployment, isFound: boolean) => Promise<void>
}

/**
 * Polls one deployment by its id until it has ended, and logs how it goes. After a failed poll, the next one comes when it would
 * have come anyway.
 *
 * @returns the deployment, or a failure that isn't temporary
 * @throws DeadlineError after one last poll; CancelledError; StepEndError from a side check
 */
export const waitForEnd = async (context: Context, watch: Watch): Promise<Deployment | RequestError> => {
  if (isFinal(watch.deployment)) return watch.deployment
  const { env, deployment } = watch
  const log = createWaitLog(context, watch.sinceMs, watch.namesEnvironment ? watch.env : undefined)
  log.reportStatus(watch.deployment.status)
  const schedule = await readHistoryDuringFirstWait(context, watch, log)
  const sideChecks = startSideChecks(context, watch.sideChecks ?? [])
  let isWarned = false
  let isFound = false
  const check = async (): Promise<Deployment | undefined> => {
    const answer = await readDeployment(context, env, deployment.id, { patience: 'once' }).catch(
      (error: RequestError) => {
        if (!isFound && isNotFound(error)) sideChecks.begin(deployment, false)
        throw error
      },
    )
    isFound = true
    watch.onAnswer(answer)
    if (!isWarned && !isKnownStatus(answer.status)) context.log({ kind: 'unknown_status', deployment: answer })
    isWarned ||= !isKnownStatus(answer.status)
    log.reportStatus(answer.status)
    if (isFinal(answer)) return answer
    sideChecks.begin(answer, true)
    return undefined
  }
  // Its pipeline run has yet to make it: until then the side check of the run shows how it goes.
  const mayBeMadeYet = (error: RequestError): boolean =>
    !isFound && isNotFound(error) && toRunId(deployment.pipeline) !== undefined
  const mayRetry = (error: RequestError): boolean => mayBeMadeYet(error) || mayPassWhileFollowing(context, watch, error)
  const delayMs = () => determineDelayMs(context, watch, schedule)
  try {
    return await catchRequestError(poll(context, { check, delayMs, mayRetry, isFollowing: true, log }))
  } finally {
    await sideChecks.end()
  }
}

type SideChecks = {
  /** Begins the checks that are due. @throws the StepEndError of an earlier one */
  begin(deployment: Deployment, isFound: boolean): void
  /** Aborts those that are under way. */
  end(): Promise<void>
}

const startSideChecks = (context: Context, sideChecks: readonly SideCheck[]): SideChecks => {
  const { clock, sideLimiter } = context
  const over = new AbortController()
  const sideContext: Context = {
    ...context,
    rateLimiter: sideLimiter,
    cancel: AbortSignal.any([context.cancel, over.signal]),
  }
  let ending: StepEndError | undefined
  const begun = sideChecks.map((each) => ({ each, nextMs: clock.now() + each.firstMs, running: Promise.resolve() }))
  let running = 0
  const keep = (error: unknown): void => {
    if (error instanceof StepEndError) ending ??= error
    else context.runner.debug(`A side check failed: ${error}`)
  }
  return {
    begin: (deployment, isFound) => {
      if (ending) throw ending
      for (const part of begun) {
        if (running > 0 || clock.now() < part.nextMs || !part.each.isWanted(deployment)) continue
        if (!mayReadDuringWait(context)) continue
        part.nextMs = clock.now() + Math.max(part.each.everyMs, takePaceDelayMs(context))
        running++
        part.running = part.each
          .check(sideContext, deployment, isFound)
          .catch(keep)
          .finally(() => running--)
      }
    },
    end: async () => {
      over.abort(new Error('the deployment is over'))
      await Promise.all(begun.map((part) => part.running))
    },
  }
}

/** Also after a 404 shortly after the start. */
const mayPassWhileFollowing = (context: Context, { sinceMs }: Watch, failure: RequestError): boolean => {
  const mayStillAppear = isNotFound(failure) && context.clock.now() < sinceMs + notFoundPatienceMs
  return mayStillAppear || isRetryable(failure.details)
}

const determineDelayMs = (context: Context, { pollInterval, sinceMs }: Watch, schedule: Schedule): number =>
  pollInterval === 'auto' ? schedule(context.clock.now() - sinceMs) : pollInterval.fixedMs

/** Steps that start together must not poll together: the first delay is between 0.5 and 1.5 times the usual one. */
const determineFirstDelayMs = (context: Context, watch: Watch, schedule: Schedule): number => {
  const jitter = watch.pollInterval === 'auto' ? 0.5 + context.random() : 1
  return Math.max(determineDelayMs(context, watch, schedule) * jitter, takePaceDelayMs(context))
}

/** The list can be large: it never delays the start or a poll. If it hasn't come by the first poll, it isn't used. */
const readHistoryDuringFirstWait = async (context: Context, watch: Watch, log: WaitLog): Promise<Schedule> => {
  let schedule = schedulePolls([])
  if (isPastDeadline(context)) return schedule
  const over = new AbortController()
  const reading = getHistory(context, watch.env, over.signal).then(
    (newestFirst) => {
      watch.onHistory(newestFirst)
      const past = listPastDeployments(newestFirst, watch.deployment.id)
      schedule = schedulePolls(past)
      log.learn(past)
    },
    (error) => context.runner.debug(`The history was not read: ${error.message}`),
  )
  await log.pause(determineFirstDelayMs(context, watch, schedule))
  over.abort(new Error('the first wait is over'))
  await reading
  return schedule
}

/** Not while 429s slow the step down: the history would be one more request to be refused. */
const getHistory = async (context: Context, env: string, over: AbortSignal): Promise<readonly Deployment[]> => {
  if (!mayReadOptional(context)) throw new Error('Humanitec is rate-limiting this token')
  return listDeployments(context, env, { patience: 'once', signal: AbortSignal.any([context.cancel, over]) })
}

/** The log lines of one wait: one for each change, else one about every half minute. */
type WaitLog = Required<PollLog> & {
  reportStatus(status: string): void
  /** From now on the expected end is known. */
  learn(history: readonly PastDeployment[]): void
}

const createWaitLog = (context: Context, sinceMs: number, env?: string): WaitLog => {
  const { clock } = context
  let history: readonly PastDeployment[] = []
  let reported = ''
  let errorReportedMs = Number.NEGATIVE_INFINITY
  let isErrorReported = false
  const describe = (status: string, error?: FailureDetails): StatusEvent => {
    const elapsedMs = clock.now() - sinceMs
    const expected = determineExpectedEnd(elapsedMs, history)
    return {
      kind: 'status',
      elapsedMs,
      status,
      ...(env !== undefined && { env }),
      ...(expected && { expected }),
      ...(status === 'pending' && context.store.state.approvals.length > 0 && { awaitsApproval: true }),
      ...(error && { error }),
    }
  }
  const heartbeat = createHeartbeat(context, () => describe(reported))
  const report = (event: StatusEvent): void => {
    context.log(event)
    heartbeat.reset()
  }
  return {
    learn: (known) => {
      history = known
    },
    reportStatus: (status) => {
      if (status !== reported || isErrorReported) report(describe(status))
      reported = status
      isErrorReported = false
    },
    reportError: ({ details }) => {
      // Polls that fail now and then must not fill the log.
      if (isErrorReported || clock.now() < errorReportedMs + heartbeatMs) return
      report(describe(reported, details))
      errorReportedMs = clock.now()
      isErrorReported = true
    },
    pause: heartbeat.pause,
  }
}

/** Delay before another try after a 409 when no active deployment shows. */
const unseenConflictDelayMs = 15_000

type WaitPlace = Pick<Request, 'appUrl' | 'org' | 'app' | 'env' | 'pollInterval'> & {
  /** Several are waited for at the same time: log lines name the environment. */
  readonly namesEnvironment?: boolean
}

/**
 * Waits for the end of somebody else's deployment; if none shows, for a while.
 *
 * @throws DeadlineError that names the deployment, CancelledError, or a RequestError that isn't temporary
 */
export const waitForOther = async (
  context: Context,
  conflict: WaitPlace,
  active: Deployment | undefined,
): Promise<void> => {
  const nowMs = context.clock.now()
  if (!active) {
    const isLast = isLastBefore(context, unseenConflictDelayMs)
    context.log({ kind: 'unseen_conflict', env: conflict.env, elapsedMs: nowMs - context.startedMs, isLast })
    return pauseBeforeRetry(context, unseenConflictDelayMs)
  }
  context.log({ kind: 'waiting_for_deployment', place: conflict, deployment: active })
  const end = await waitForEnd(context, {
    ...conflict,
    deployment: active,
    sinceMs: Math.min(parseTimeMs(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined,
  }).catch((error: unknown) => {
    throw error instanceof DeadlineError ? new DeadlineError({ cause: error.cause, other: active }) : error
  })
  // A 404: the environment was deleted meanwhile. Nothing is active any more.
  if (end instanceof RequestError && !isNotFound(end)) throw end
}
