import {
  determinePruneFence,
  determinePullRequestFence,
  judgeEnvironment,
  type Stale,
} from '../core/environment/prune.ts'
import type { PruneRequest } from '../core/inputs/request.ts'
import { RequestFailure } from '../core/network/failure.ts'
import {
  type DeletionProgress,
  formatPruneBlind,
  formatPruneCancelled,
  formatPruneEnding,
  formatPruneTimedOut,
  formatUnseenEnd,
} from '../core/report/deletion-problem.ts'
import { formatFence } from '../core/report/fence-words.ts'
import type { Ending } from '../core/run/outcome.ts'
import { Cancelled, DeadlinePassed, Stop } from '../core/run/stop.ts'
import { toClause } from '../core/text/words.ts'
import type { Environment, PullRequestState } from '../ports.ts'
import { listEnvironments } from './delete.ts'
import { deleteUntilGone } from './deletion.ts'
import type { Farewell } from './farewell.ts'
import { askGitHub, describeGitHubError, type GitHubStep, withPatience } from './github.ts'
import { freePace } from './pace.ts'
import { createPruneBoard, type PruneBoard } from './prune-board.ts'
import type { Step } from './step.ts'

const deletionsAtATime = 4
/** GitHub answers a query for as many in one go. */
const pullRequestsAtATime = 100
/** How long GitHub is tried for, once it doesn't answer. */
const gitHubPatienceMs = 120_000
/** Two minutes, and a little more: a GitHub out of reach ends the whole before others take a turn. */
const longestTurnMs = gitHubPatienceMs + 5_000
const neededPermission = 'pull-requests: read'

type PruneStep = Step & GitHubStep

/** `operation: prune`: deletes the previews whose pull request is closed, and tells of each of the others why it is kept. */
export const prune = async (given: PruneStep, request: PruneRequest, farewell: Farewell): Promise<Ending> => {
  // The pace is that of one wait: hundreds of deletions would take days. What bounds them is how many go on at a time.
  const step = { ...given, pace: freePace }
  const environments = await listEnvironments(step, request)
  const candidates = environments.map((environment) => judgeEnvironment(environment, request, step.origin))
  const board = createPruneBoard(step.journal, candidates)
  const stale = await findStale(step, board)
  if (request.dryRun) for (const { env, reason } of stale) board.decide(env, 'would_be_deleted', reason)
  else await deleteAll(step, request, board, stale, farewell)
  return formatPruneEnding(request, board.decisions())
}

/** Those whose pull request is closed. Busy ones come last: they may have to be waited for. */
const findStale = async (step: PruneStep, board: PruneBoard): Promise<readonly Stale[]> => {
  const open = board.listUndecided()
  const states = await listStates(
    step,
    open.map(({ pullRequest }) => pullRequest),
  ).catch((error: unknown) => {
    if (error instanceof Cancelled) throw error
    throw new Stop('error', formatPruneBlind(describeGitHubError(error, neededPermission)), { cause: error })
  })
  const stale = open.flatMap((candidate) => {
    const state = states.get(candidate.pullRequest)
    const fence = determinePullRequestFence(candidate.pullRequest, state, step.origin)
    if (fence === undefined)
      return [{ ...candidate, reason: `its pull request is ${state === 'MERGED' ? 'merged' : 'closed'}` }]
    board.decide(candidate.env, 'kept', formatFence(fence))
    return []
  })
  return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy))
}

const listStates = async (
  step: PruneStep,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestState>> => {
  const states = new Map<number, PullRequestState>()
  for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime)
    const found = await withPatience(step, determinePatienceMs(step), (patience) =>
      askGitHub(step, patience, (github, limits) => github.listPullRequestStates(some, limits)),
    )
    for (const [number, state] of found) states.set(number, state)
  }
  return states
}

const determinePatienceMs = ({ deadlineMs, clock }: PruneStep): number =>
  Math.max(1, Math.min(gitHubPatienceMs, deadlineMs - clock.now()))

/**
 * A few at a time, not counting those that take long: their end is awaited beside. One that fails doesn't stop the others; a
 * signal, the deadline and a GitHub out of reach do.
 */
const deleteAll = async (
  step: PruneStep,
  request: PruneRequest,
  board: PruneBoard,
  stale: readonly Stale[],
  farewell: Farewell,
): Promise<void> => {
  const queue = [...stale]
  const begun: Promise<void>[] = []
  let end: unknown
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const deletion = deleteOne(step, request, board, next, farewell).catch((error: unknown) => {
        end ??= error
        queue.length = 0
      })
      begun.push(deletion)
      await waitAWhile(step, deletion)
    }
  }
  await Promise.all(Array.from({ length: deletionsAtATime }, work))
  await Promise.all(begun)
  if (end === undefined) return
  board.decideRest('failed', describeEnd(end))
  if (end instanceof DeadlinePassed)
    throw new Stop('timed_out', formatPruneTimedOut(request, board.decisions()), { cause: end })
  if (end instanceof Cancelled) throw new Stop('cancelled', formatPruneCancelled(board.decisions()), { cause: end })
  if (!(end instanceof RequestFailure)) throw end
}

/** Returns when the deletion is done, or takes long. */
const waitAWhile = async ({ clock }: Step, deletion: Promise<void>): Promise<void> => {
  const over = new AbortController()
  await Promise.race([deletion, clock.sleep(longestTurnMs, over.signal)])
  over.abort()
}

const describeEnd = (end: unknown): string => {
  if (end instanceof DeadlinePassed) return 'the timeout came first'
  if (end instanceof Cancelled) return 'the workflow was cancelled'
  return `its pull request could not be looked at (${toClause(describeGitHubError(end, neededPermission).what)})`
}

/** @throws what concerns the others, too: DeadlinePassed, Cancelled, a failure of GitHub */
const deleteOne = async (
  step: PruneStep,
  request: PruneRequest,
  board: PruneBoard,
  { env, pullRequest, reason }: Stale,
  farewell: Farewell,
): Promise<void> => {
  let progress: DeletionProgress = 'none'
  const deletion = {
    place: { ...request, env },
    pollInterval: request.pollInterval,
    isOneOfMany: true,
    onProgress: (now: DeletionProgress) => {
      progress = now
      farewell.expect(env, pullRequest, now)
    },
    guard: async (environment: Environment) => {
      const fence = determinePruneFence(environment, pullRequest, request, step.origin)
      if (fence !== undefined) return fence
      const states = await listStates(step, [pullRequest])
      return determinePullRequestFence(pullRequest, states.get(pullRequest), step.origin)
    },
  }
  const result = await deleteUntilGone(step, deletion).catch((error: unknown) => {
    if (error instanceof Stop) return { kind: 'failed', reason: toClause(error.message) } as const
    board.decide(env, 'failed', formatUnseenEnd(describeEnd(error), progress))
    throw error
  })
  if (result.kind === 'kept') return board.decide(env, 'kept', formatFence(result.fence))
  if (result.kind === 'failed') return board.decide(env, 'failed', result.reason)
  if (result.byUs) board.decide(env, 'deleted', reason)
  else board.decide(env, 'kept', 'someone else has deleted it meanwhile')
  if (!result.isMadeAnew) await farewell.tell(env, pullRequest)
}
