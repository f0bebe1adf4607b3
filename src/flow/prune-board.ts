import type { PruneCandidate } from '../core/environment/prune.ts'
import { formatFence } from '../core/report/fence-words.ts'
import type { PruneDecision } from '../core/run/outcome.ts'
import type { Journal } from './journal.ts'

/** What is decided so far, in the order of the list, written down at once. */
export type PruneBoard = {
  /** Those that only their pull request can save. */
  listUndecided(): readonly Undecided[]
  decide(env: string, action: PruneDecision['action'], reason: string): void
  decideRest(action: PruneDecision['action'], reason: string): void
  decisions(): readonly PruneDecision[]
}

type Undecided = Extract<PruneCandidate, { readonly kind: 'undecided' }>

export const createPruneBoard = (journal: Journal, candidates: readonly PruneCandidate[]): PruneBoard => {
  const made = new Map<string, PruneDecision>()
  const decisions = () => candidates.map(({ env }) => made.get(env)).filter((decision) => decision !== undefined)
  const isUndecided = (candidate: PruneCandidate): candidate is Undecided => !made.has(candidate.env)
  const put = ({ env, pullRequest }: PruneCandidate, action: PruneDecision['action'], reason: string): void => {
    made.set(env, { env, ...(pullRequest !== undefined && { pullRequest }), action, reason })
  }
  const tell = (): void => {
    const pruned = decisions()
    const deletedEnvironments = pruned.filter(({ action }) => action === 'deleted').map(({ env }) => env)
    journal.note({ pruned, deletedEnvironments })
  }
  for (const candidate of candidates) {
    if (candidate.kind === 'kept') put(candidate, 'kept', formatFence(candidate.fence))
  }
  tell()
  return {
    listUndecided: () => candidates.filter(isUndecided),
    decide: (env, action, reason) => {
      const candidate = candidates.find((each) => each.env === env)
      if (!candidate) return
      put(candidate, action, reason)
      tell()
    },
    decideRest: (action, reason) => {
      for (const candidate of candidates.filter(isUndecided)) put(candidate, action, reason)
      tell()
    },
    decisions,
  }
}
