import type { Environment, PullRequestState } from '../core/api.ts'
import {
  findPruneKeepReason,
  findPullRequestKeepReason,
  judgeEnvironment,
  type PruneCandidate,
  type Stale,
} from '../core/environments.ts'
import type { PruneRequest } from '../core/inputs/request.ts'
import type { DeletionProgress, GitHubFailure, PruneReason } from '../core/run/reason.ts'
import {
  CancelledError,
  DeadlineError,
  findLastFailure,
  type PruneDecision,
  type Result,
  StepEndError,
} from '../core/run/result.ts'
import { type Context, sleep } from './context.ts'
import { type DeletionReporter, deleteUntilGone } from './delete.ts'
import { listEnvironments } from './environment.ts'
import { toGitHubFailure, withSession } from './github-request.ts'
import { noRateLimit } from './rate-limiter.ts'

const deletionsAtATime = 4

/** GitHub answers a query for as many in one go. */
const pullRequestsAtATime = 100

/** How long GitHub is tried when it doesn't answer. */
const gitHubLimitMs = 120_000

/**
 * A deletion that takes longer makes room for the next one. Longer than `gitHubLimitMs`: if GitHub can't be reached, everything
 * ends before further deletions begin.
 */
const maxTurnMs = gitHubLimitMs + 5_000

const neededPermission = 'pull-requests: read'

/** `operation: prune`: deletes the previews whose pull request is closed, and notes why each of the others is kept. */
export const prune = async (given: Context, request: PruneRequest, reporter: DeletionReporter): Promise<Result> => {
  // The rate limiter is made for a single wait: hundreds of deletions would take days. `deletionsAtATime` limits them instead.
  const context = { ...given, rateLimiter: noRateLimit }
  const decisions = createPruneDecisions(context, await judgeAll(context, request))
  try {
    const stale = await findStale(context, decisions)
    if (request.dryRun) for (const { env, reason } of stale) decisions.decide(env, 'would_be_deleted', reason)
    else await deletePreviews({ context, request, decisions, reporter }, stale)
  } finally {
    decisions.note()
  }
  return determinePruneResult(request, context.store.state.pruned)
}

/** How many are judged before a signal is given the chance to come. */
const judgedAtATime = 500

const judgeAll = async (context: Context, request: PruneRequest): Promise<readonly PruneCandidate[]> => {
  const candidates: PruneCandidate[] = []
  for (const environment of await listEnvironments(context)) {
    if (candidates.length % judgedAtATime === 0) await sleep(context, 0)
    candidates.push(judgeEnvironment(environment, request, context.workflow))
  }
  return candidates
}

const determinePruneResult = ({ dryRun }: PruneRequest, decisions: readonly PruneDecision[]): Result => {
  if (decisions.some(({ action }) => action === 'failed')) return { outcome: 'error', reason: { kind: 'prune_failed' } }
  return dryRun ? { outcome: 'skipped', reason: { kind: 'dry_prune' } } : { outcome: 'pruned' }
}

/** Those whose pull request is closed. Busy ones come last: they may have to be waited for. */
const findStale = async (context: Context, decisions: PruneDecisions): Promise<readonly Stale[]> => {
  const undecided = decisions.listUndecided()
  const states = await listStates(
    context,
    undecided.map(({ pullRequest }) => pullRequest),
  )
  const stale = undecided.flatMap((candidate) => {
    const state = states.get(candidate.pullRequest)
    const keepReason = findPullRequestKeepReason(candidate.pullRequest, state, context.workflow)
    if (keepReason === undefined)
      return [{ ...candidate, reason: { kind: state === 'MERGED' ? ('merged' as const) : ('closed' as const) } }]
    decisions.decide(candidate.env, 'kept', keepReason)
    return []
  })
  return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy))
}

/** @throws StepEndError with `error` when GitHub doesn't answer, or CancelledError */
const listStates = async (
  context: Context,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestState>> => {
  const states = new Map<number, PullRequestState>()
  for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime)
    for (const [number, state] of await listSomeStates(context, some)) states.set(number, state)
  }
  return states
}

const listSomeStates = async (
  context: Context,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestState>> => {
  try {
    return await withSession(context, determineLimitMs(context), (session) =>
      session.ask((github, limits) => github.listPullRequestStates(numbers, limits)),
    )
  } catch (error) {
    if (error instanceof CancelledError) throw error
    const failure = toGitHubFailure(error, neededPermission)
    throw new StepEndError('error', { kind: 'pull_requests_unreadable', failure }, { cause: error })
  }
}

/** Concerns all deletions: GitHub no longer answers what state pull requests are in. */
const findGitHubFailure = (error: unknown): GitHubFailure | undefined =>
  error instanceof StepEndError && error.result.reason.kind === 'pull_requests_unreadable'
    ? error.result.reason.failure
    : undefined

const determineLimitMs = ({ deadlineMs, clock }: Context): number =>
  Math.max(1, Math.min(gitHubLimitMs, deadlineMs - clock.now()))

type Prune = {
  readonly context: Context
  readonly request: PruneRequest
  readonly decisions: PruneDecisions
  readonly reporter: DeletionReporter
}

/**
 * A few at a time, not counting those that take long, which go on meanwhile. A failure doesn't stop the others; a signal, the
 * deadline and a GitHub that can't be reached do.
 */
const deletePreviews = async (prune: Prune, stale: readonly Stale[]): Promise<void> => {
  const queue = stale.values()
  const begun: Promise<void>[] = []
  let end: unknown
  const work = async (): Promise<void> => {
    for (const next of queue) {
      if (end !== undefined) return
      const deletion = deleteOne(prune, next).catch((error: unknown) => {
        end ??= error
      })
      begun.push(deletion)
      await waitAWhile(prune.context, deletion)
    }
  }
  await Promise.all(Array.from({ length: deletionsAtATime }, work))
  await Promise.all(begun)
  if (end === undefined) return
  prune.decisions.decideRest('failed', toReason(end, 'none'))
  if (end instanceof DeadlineError) throw new StepEndError('timed_out', { kind: 'prune_timed_out' }, { cause: end })
  if (end instanceof CancelledError) throw new StepEndError('cancelled', { kind: 'prune_cancelled' }, { cause: end })
  if (!findGitHubFailure(end)) throw end
}

/** Returns when the deletion is done, or takes long. */
const waitAWhile = async ({ clock }: Context, deletion: Promise<void>): Promise<void> => {
  const over = new AbortController()
  await Promise.race([deletion, clock.sleep(maxTurnMs, over.signal)])
  over.abort(new Error('the turn is over'))
}

/** Why a deletion was not seen to its end. `progress`: how far it had got. */
const toReason = (end: unknown, progress: DeletionProgress): PruneReason => {
  if (end instanceof CancelledError) return { kind: 'stopped', by: 'cancelled', progress }
  if (end instanceof DeadlineError) return { kind: 'stopped', by: 'timeout', progress, ...findLastFailure(end) }
  const failure = findGitHubFailure(end)
  if (failure) return { kind: 'pull_request_unreadable', failure, progress }
  return { kind: 'internal_error', message: end instanceof Error ? end.message : String(end), progress }
}

/** @throws what concerns the others, too: DeadlineError, CancelledError, StepEndError when GitHub doesn't answer */
const deleteOne = async (
  { context, request, decisions, reporter }: Prune,
  { env, pullRequest, reason }: Stale,
): Promise<void> => {
  let progress: DeletionProgress = 'none'
  const deletion = {
    place: { ...request, env },
    pollInterval: request.pollInterval,
    namesEnvironment: true,
    onProgress: (now: DeletionProgress) => {
      progress = now
      reporter.expect(env, pullRequest, now)
    },
    guard: async (environment: Environment) => {
      const keepReason = findPruneKeepReason({ ...request, environment, pullRequest }, context.workflow)
      if (keepReason !== undefined) return keepReason
      const states = await listStates(context, [pullRequest])
      return findPullRequestKeepReason(pullRequest, states.get(pullRequest), context.workflow)
    },
  }
  const result = await deleteUntilGone(context, deletion).catch((error: unknown) => {
    if (error instanceof StepEndError && !findGitHubFailure(error))
      return { kind: 'failed', reason: error.result.reason } as const
    decisions.decide(env, 'failed', toReason(error, progress))
    throw error
  })
  if (result.kind === 'kept') return decisions.decide(env, 'kept', result.keepReason)
  if (result.kind === 'failed') return decisions.decide(env, 'failed', result)
  if (result.byUs) decisions.decide(env, 'deleted', reason)
  else decisions.decide(env, 'kept', { kind: 'deleted_elsewhere' })
  if (!result.isRecreated) await reporter.report(env, pullRequest)
}

/** What is decided so far. The outputs show deletions soon, everything else at the end. */
type PruneDecisions = {
  /** Those that their pull request decides about. */
  listUndecided(): readonly Undecided[]
  decide(env: string, action: PruneDecision['action'], reason: PruneReason): void
  decideRest(action: PruneDecision['action'], reason: PruneReason): void
  /** Notes what is decided of all, in the order of the list. */
  note(): void
}

type Undecided = Extract<PruneCandidate, { readonly kind: 'undecided' }>

/** Between two writes of the output, which lists all deletions so far: after each of thousands, its file would get huge. */
const outputGapMs = 10_000

const createPruneDecisions = ({ store, clock }: Context, candidates: readonly PruneCandidate[]): PruneDecisions => {
  const byEnv = new Map(candidates.map((candidate) => [candidate.env, candidate]))
  const made = new Map<string, PruneDecision>()
  const deleted: string[] = []
  let notedMs = Number.NEGATIVE_INFINITY
  const isUndecided = (candidate: PruneCandidate): candidate is Undecided => !made.has(candidate.env)
  const decide = (env: string, action: PruneDecision['action'], reason: PruneReason): void => {
    const { pullRequest, named } = byEnv.get(env) ?? {}
    made.set(env, { env, ...(pullRequest !== undefined && { pullRequest }), ...(named && { named }), action, reason })
    if (action !== 'deleted') return
    deleted.push(env)
    if (clock.now() < notedMs + outputGapMs) return
    notedMs = clock.now()
    store.note({ deletedEnvironments: [...deleted] })
  }
  for (const candidate of candidates) if (candidate.kind === 'kept') decide(candidate.env, 'kept', candidate.keepReason)
  return {
    listUndecided: () => candidates.filter(isUndecided),
    decide,
    decideRest: (action, reason) => {
      for (const { env } of candidates.filter(isUndecided)) decide(env, action, reason)
    },
    note: () => {
      const pruned = candidates.map(({ env }) => made.get(env)).filter((decision) => decision !== undefined)
      const deletedEnvironments = pruned.filter(({ action }) => action === 'deleted').map(({ env }) => env)
      store.note({ pruned, deletedEnvironments })
    },
  }
}
