import { RequestError } from '../core/network/request-error.ts'
import { determineGitHubVerdict, determineRetryDelayMs, isRateLimit } from '../core/network/retry-policy.ts'
import type { GitHubFailure } from '../core/run/reason.ts'
import { type Report, type RunState, StepEndError } from '../core/run/result.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { GitHubContext } from './context.ts'

/** Longest time of one request to GitHub. */
const requestLimitMs = 10_000

/** One piece of work that is tried as a whole; `attempt` counts from 1. Its requests are made within `limits`. */
export type GitHubWork<Answer> = (github: GitHub, limits: Limits, attempt: number) => Promise<Answer>

/** Requests to GitHub that share one time limit, retries included. */
export type GitHubSession = {
  /**
   * Retries temporary failures within the time that is left.
   *
   * @throws RequestError, the last one, or the cancellation
   */
  ask<Answer>(call: GitHubWork<Answer>): Promise<Answer>
  /** What is under way gets this much time; no further try is made. */
  shorten(ms: number): void
  /** To be called when the work is done. */
  close(): void
}

/** `signal` aborts with the cancellation, or with a failure when the time is over; `lastTry`, when nothing more is to be tried. */
type Limit = { readonly endMs: number; readonly signal: AbortSignal; readonly lastTry: AbortSignal }

export const openSession = (context: GitHubContext, ms: number): GitHubSession => {
  const { clock, cancel } = context
  const over = new AbortController()
  const lastTry = new AbortController()
  const done = new AbortController()
  const cutAfter = (limitMs: number): void => {
    clock.sleep(limitMs, done.signal).then(
      () => over.abort(createOverdueError(ms)),
      () => undefined,
    )
  }
  cutAfter(ms)
  const limit = {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([cancel, over.signal]),
    lastTry: lastTry.signal,
  }
  return {
    ask: (call) => askGitHub(context, limit, call),
    shorten: (limitMs) => {
      lastTry.abort(new Error('nothing more is tried'))
      cutAfter(limitMs)
    },
    close: () => done.abort(new Error('the session is over')),
  }
}

const createOverdueError = (ms: number): RequestError =>
  new RequestError({
    kind: 'lost',
    request: 'GitHub',
    reach: { host: 'GitHub', setting: 'GITHUB_API_URL', extraCaFile: '' },
    code: 'TIMEOUT',
    detail: `not all requests were answered within ${Math.round(ms / 1000)} s`,
  })

export const withSession = async <Result>(
  context: GitHubContext,
  ms: number,
  work: (session: GitHubSession) => Promise<Result>,
): Promise<Result> => {
  const session = openSession(context, ms)
  try {
    return await work(session)
  } finally {
    session.close()
  }
}

const askGitHub = async <Answer>(context: GitHubContext, limit: Limit, call: GitHubWork<Answer>): Promise<Answer> => {
  const github = await context.connectGitHub()
  let last: RequestError | undefined
  for (let attempt = 1; ; attempt++) {
    throwIfSessionOver(limit, last)
    await waitForRateLimit(context, limit)
    try {
      return await call(github, { timeoutMs: requestLimitMs, signal: limit.signal }, attempt)
    } catch (error) {
      if (error instanceof RequestError) noteGitHubRateLimit(context, error)
      throwIfSessionOver(limit, last)
      if (!(error instanceof RequestError) || determineGitHubVerdict(error.details) === 'stop') throw error
      last = error
      await pauseBeforeTry(context, limit, { error, delayMs: determineRetryDelayMs(attempt, context.random()) })
    }
  }
}

/** Keeps the longest limit. */
const noteGitHubRateLimit = ({ gitHubRateLimit, clock }: GitHubContext, error: RequestError): void => {
  const untilMs = clock.now() + (error.details.retryAfterMs ?? 0)
  if (isRateLimit(error.details) && untilMs > gitHubRateLimit.untilMs)
    Object.assign(gitHubRateLimit, { error, untilMs })
}

/**
 * A rate limit holds for all requests, also if another piece of work has met it, even during this wait.
 *
 * @throws the limit, when it outlasts the time that there is
 */
const waitForRateLimit = async ({ gitHubRateLimit, clock }: GitHubContext, limit: Limit): Promise<void> => {
  for (;;) {
    const { error, untilMs } = gitHubRateLimit
    const delayMs = untilMs - clock.now()
    if (!error || delayMs <= 0) return
    if (untilMs >= limit.endMs || limit.lastTry.aborted) throw error
    await sleepUnlessHurried(clock, limit, { error, delayMs })
  }
}

/** GitHub's last failure says more than that the time is over. */
const throwIfSessionOver = ({ signal }: Limit, last: RequestError | undefined): void => {
  if (signal.aborted) throw signal.reason instanceof RequestError ? (last ?? signal.reason) : signal.reason
}

/** @throws the error when there is no time for another try */
const pauseBeforeTry = async (
  { clock, runner }: GitHubContext,
  limit: Limit,
  { error, delayMs }: { readonly error: RequestError; readonly delayMs: number },
): Promise<void> => {
  // `Retry-After` is waited out in full, or there is no further try.
  const wholeMs = Math.max(delayMs, error.details.retryAfterMs ?? 0)
  if (limit.lastTry.aborted || clock.now() + wholeMs >= limit.endMs) throw error
  runner.debug(`GitHub: ${error.message}; again in ${Math.round(wholeMs)} ms`)
  await sleepUnlessHurried(clock, limit, { error, delayMs: wholeMs })
}

/** @throws the error when there is to be no further try, or what has ended the time */
const sleepUnlessHurried = async (
  clock: GitHubContext['clock'],
  limit: Limit,
  { error, delayMs }: { readonly error: RequestError; readonly delayMs: number },
): Promise<void> => {
  try {
    await clock.sleep(delayMs, AbortSignal.any([limit.signal, limit.lastTry]))
  } catch {
    throwIfSessionOver(limit, error)
    throw error
  }
}

/** `permission`: what the job's token needs. */
export const toGitHubFailure = (error: unknown, permission: string): GitHubFailure => {
  if (error instanceof RequestError) return { kind: 'request', error: error.details, permission }
  if (error instanceof StepEndError && error.result.reason.kind === 'no_connection') return error.result.reason
  return { kind: 'internal_error', message: error instanceof Error ? error.message : String(error) }
}

/** Whether a thing on GitHub is no longer there. */
export const isGone = (error: unknown): boolean =>
  error instanceof RequestError && (error.details.status === 404 || error.details.status === 410)

/** One thing on GitHub that shows how the run goes: its comment, or its Deployment. */
export type StatusTarget = {
  /** The warning if it fails, without a full stop: `The comment on the pull request could not be written`. */
  readonly what: string
  /** What the job's token needs for it: `pull-requests: write`. */
  readonly permission: string
  /** Under which its open work is saved. */
  readonly field: 'comment' | 'githubDeployment'
  begin(session: GitHubSession): Promise<void>
  /** An approval is waited for, or no longer. */
  update(session: GitHubSession, state: RunState): Promise<void>
  end(session: GitHubSession, report: Report): Promise<void>
}

/** For the end, while the job waits: 30 s, but at most 15 s past the deadline, and at least 5 s. */
const maxEndMs = 30_000

const minEndMs = 5_000

const deadlineToleranceMs = 15_000

export const determineEndLimitMs = ({ deadlineMs, clock }: Pick<GitHubContext, 'deadlineMs' | 'clock'>): number =>
  Math.max(minEndMs, Math.min(maxEndMs, deadlineMs + deadlineToleranceMs - clock.now()))

type Warned = Pick<StatusTarget, 'what' | 'permission'>

/** A failure on GitHub never changes the result. A rate limit is warned about once. */
export const warn = (
  context: Pick<GitHubContext, 'gitHubRateLimit' | 'log'>,
  { what, permission }: Warned,
  error: unknown,
): void => {
  const isLimited = error instanceof RequestError && isRateLimit(error.details)
  if (isLimited && context.gitHubRateLimit.isReported) return
  if (isLimited) context.gitHubRateLimit.isReported = true
  const failure = toGitHubFailure(error, permission)
  context.log({ kind: 'github_not_updated', ...(!isLimited && { what }), failure })
}
