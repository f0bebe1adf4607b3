import { RequestError } from '../core/network/request-error.ts'
import { determineGitHubVerdict, determineRetryDelayMs, isRateLimit } from '../core/network/retry-policy.ts'
import type { GitHubFailure } from '../core/run/reason.ts'
import { Failed, type Report } from '../core/run/result.ts'
import { isHeadOfRun } from '../core/run/workflow-context.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { Context, GitHubContext } from './context.ts'

/** Longest time of one request to GitHub. */
const requestLimitMs = 10_000

/** How long a piece of work may take, retries included. */
export type Patience = {
  readonly endMs: number
  /** Aborts with the cancellation, or with a failure when the time is over. */
  readonly signal: AbortSignal
  /** Aborts when nothing more is to be tried again. */
  readonly lastTry: AbortSignal
  /** What is under way gets this much time; no further try is made. */
  hurry(ms: number): void
  /** To be called when the work is done. */
  end(): void
}

const createPatience = ({ clock, cancel }: Pick<Context, 'clock' | 'cancel'>, ms: number): Patience => {
  const over = new AbortController()
  const lastTry = new AbortController()
  const done = new AbortController()
  const cutAfter = (limitMs: number): void => {
    clock.sleep(limitMs, done.signal).then(
      () => over.abort(formatOverdue(ms)),
      () => undefined,
    )
  }
  cutAfter(ms)
  return {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([cancel, over.signal]),
    lastTry: lastTry.signal,
    hurry: (limitMs) => {
      lastTry.abort()
      cutAfter(limitMs)
    },
    end: () => done.abort(),
  }
}

const formatOverdue = (ms: number): RequestError =>
  new RequestError({
    kind: 'lost',
    request: 'GitHub',
    reach: { host: 'GitHub', setting: 'GITHUB_API_URL', extraCaFile: '' },
    code: 'TIMEOUT',
    detail: `it was not done within ${Math.round(ms / 1000)} s`,
  })

export const withPatience = async <Result>(
  context: Pick<Context, 'clock' | 'cancel'>,
  ms: number,
  work: (patience: Patience) => Promise<Result>,
): Promise<Result> => {
  const patience = createPatience(context, ms)
  try {
    return await work(patience)
  } finally {
    patience.end()
  }
}

/** One piece of work that is tried as a whole; `attempt` counts from 1. Its requests are made within `limits`. */
type GitHubCall<Answer> = (github: GitHub, limits: Limits, attempt: number) => Promise<Answer>

/**
 * Tries again what passes, with the patience that is left.
 *
 * @throws RequestError, the last one, or the cancellation
 */
export const askGitHub = async <Answer>(
  context: GitHubContext,
  patience: Patience,
  call: GitHubCall<Answer>,
): Promise<Answer> => {
  const github = await context.connectGitHub()
  let last: RequestError | undefined
  for (let attempt = 1; ; attempt++) {
    throwIfOver(patience, last)
    await waitForLimit(context, patience)
    try {
      return await call(github, { timeoutMs: requestLimitMs, signal: patience.signal }, attempt)
    } catch (error) {
      if (error instanceof RequestError) noteRateLimit(context, error)
      throwIfOver(patience, last)
      if (!(error instanceof RequestError) || determineGitHubVerdict(error.details) === 'stop') throw error
      last = error
      await pauseBeforeTry(context, patience, attempt, error)
    }
  }
}

/** The longest of those that were told holds. */
const noteRateLimit = ({ gitHubRateLimit, clock }: GitHubContext, error: RequestError): void => {
  const untilMs = clock.now() + (error.details.retryAfterMs ?? 0)
  if (isRateLimit(error.details) && untilMs > gitHubRateLimit.untilMs)
    Object.assign(gitHubRateLimit, { error, untilMs })
}

/**
 * A limit concerns all that is asked, also what another piece of work was told.
 *
 * @throws the limit, when it outlasts the patience
 */
const waitForLimit = async ({ gitHubRateLimit, clock }: GitHubContext, patience: Patience): Promise<void> => {
  const { error, untilMs } = gitHubRateLimit
  const delayMs = untilMs - clock.now()
  if (!error || delayMs <= 0) return
  if (untilMs >= patience.endMs || patience.lastTry.aborted) throw error
  await sleepUnlessHurried(clock, patience, delayMs, error)
}

/** What GitHub said says more than that the time is over. */
const throwIfOver = ({ signal }: Patience, last: RequestError | undefined): void => {
  if (signal.aborted) throw signal.reason instanceof RequestError ? (last ?? signal.reason) : signal.reason
}

/** @throws the failure when there is no time for another try */
const pauseBeforeTry = async (
  { clock, random, runner }: GitHubContext,
  patience: Patience,
  failures: number,
  failure: RequestError,
): Promise<void> => {
  const { retryAfterMs = 0 } = failure.details
  // GitHub's wish is kept whole, or there is no further try.
  const delayMs = Math.max(determineRetryDelayMs(failures, random()), retryAfterMs)
  if (patience.lastTry.aborted || clock.now() + delayMs >= patience.endMs) throw failure
  runner.debug(`GitHub: ${failure.message}; again in ${Math.round(delayMs)} ms`)
  await sleepUnlessHurried(clock, patience, delayMs, failure)
}

/** @throws the failure when there is to be no further try, or what has ended the patience */
const sleepUnlessHurried = async (
  clock: GitHubContext['clock'],
  patience: Patience,
  delayMs: number,
  failure: RequestError,
): Promise<void> => {
  try {
    await clock.sleep(delayMs, AbortSignal.any([patience.signal, patience.lastTry]))
  } catch {
    throwIfOver(patience, failure)
    throw failure
  }
}

/** `permission`: what the job's token needs. */
export const toGitHubFailure = (error: unknown, permission: string): GitHubFailure => {
  if (error instanceof RequestError) return { kind: 'request', error: error.details, permission }
  if (error instanceof Failed && error.result.reason.kind === 'no_connection') return error.result.reason
  return { kind: 'own_fault', message: error instanceof Error ? error.message : String(error) }
}

/** Whether a thing on GitHub is no longer there. */
export const isGone = (error: unknown): boolean =>
  error instanceof RequestError && (error.details.status === 404 || error.details.status === 410)

/** One thing on GitHub that shows how the run goes: its comment, or its Deployment. */
export type StatusTarget = {
  /** What it is, for warnings: `The comment on the pull request`. */
  readonly what: string
  /** What the job's token needs for it: `pull-requests: write`. */
  readonly permission: string
  /** Under which its open work is saved. */
  readonly field: 'comment' | 'githubDeployment'
  begin(patience: Patience): Promise<void>
  end(patience: Patience, report: Report): Promise<void>
}

/** Keeps GitHub up to date while a run goes on. Never rejects, never changes the result, and falls silent at a signal. */
export type DeploymentReporter = {
  /** Returns at once: the deployment doesn't wait for GitHub. */
  begin(): void
  /** Returns when all is told, or could not be. Nothing of it overtakes what `begin` set going. */
  end(report: Report): Promise<void>
}

const beginPatienceMs = 30_000

/** At the end the job waits: half a minute, and past the deadline less, which is kept within a quarter of one. */
const longestEndMs = 30_000

const shortestEndMs = 5_000

const deadlineToleranceMs = 15_000

export const determineEndPatienceMs = ({ deadlineMs, clock }: Pick<GitHubContext, 'deadlineMs' | 'clock'>): number =>
  Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()))

export const createReporterOf = (context: GitHubContext, tasks: readonly StatusTarget[]): DeploymentReporter => {
  const running = tasks.map((task) => runTarget(context, task))
  return {
    begin: () => {
      for (const { begin } of running) begin()
    },
    end: async (report) => {
      await Promise.all(running.map(({ end }) => end(report)))
    },
  }
}

const runTarget = (context: GitHubContext, task: StatusTarget): DeploymentReporter => {
  let patience: Patience | undefined
  let begun: Promise<unknown> = Promise.resolve(undefined)
  const close = (): void => context.store.saveCheckpoint({ [task.field]: undefined })
  return {
    begin: () => {
      patience = createPatience(context, beginPatienceMs)
      context.store.saveCheckpoint({ [task.field]: {} })
      begun = task
        .begin(patience)
        .catch((error: unknown) => error)
        .finally(patience.end)
    },
    end: async (report) => {
      const patienceMs = determineEndPatienceMs(context)
      const endMs = context.clock.now() + patienceMs
      patience?.hurry(patienceMs / 2)
      const failure = await begun
      if (context.cancel.aborted) return
      const outcome = isForGood(failure)
        ? failure
        : await withPatience(context, endMs - context.clock.now(), (last) => task.end(last, report)).catch(
            (error: unknown) => error,
          )
      // What a signal has cut is the post step's.
      if (context.cancel.aborted) return
      if (outcome !== undefined) warn(context, task, outcome)
      close()
    },
  }
}

/** A refusal stays one: it is asked once, not once more at the end. */
const isForGood = (failure: unknown): boolean =>
  failure !== undefined && !(failure instanceof RequestError && determineGitHubVerdict(failure.details) === 'again')

type Warned = Pick<StatusTarget, 'what' | 'permission'>

/** The result stands, whatever GitHub says. A limit concerns all that is asked: it is told once. */
export const warn = (
  context: Pick<GitHubContext, 'gitHubRateLimit' | 'log'>,
  { what, permission }: Warned,
  error: unknown,
): void => {
  const isLimited = error instanceof RequestError && isRateLimit(error.details)
  if (isLimited && context.gitHubRateLimit.isTold) return
  if (isLimited) context.gitHubRateLimit.isTold = true
  const failure = toGitHubFailure(error, permission)
  context.log({ kind: 'github_not_updated', ...(!isLimited && { what }), failure })
}

/**
 * Whether the pull request that the input names is the one that another workflow ran for: a fork could have chosen the number.
 *
 * @throws Failed with `error` when it isn't, or when GitHub doesn't say
 */
export const checkPullRequest = async (context: GitHubContext, number: number): Promise<void> => {
  context.log({ kind: 'checking_pull_request', number, repository: context.workflow.repository })
  const head = await withPatience(context, determineEndPatienceMs(context), (patience) =>
    askGitHub(context, patience, (github, limits) => github.getPullRequestHead(number, limits)),
  ).catch((error) => {
    if (!(error instanceof RequestError)) throw error
    const failure = toGitHubFailure(error, 'pull-requests: read')
    throw new Failed('error', { kind: 'pull_request_unreadable', number, failure }, { cause: error })
  })
  if (!isHeadOfRun(context.workflow, head)) throw new Failed('error', { kind: 'others_pull_request', number })
}
