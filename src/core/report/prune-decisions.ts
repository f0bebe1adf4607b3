import type { PruneDecision } from '../run/outcome.ts'

/** For people: previews, what was done before what was kept; apart from them what isn't named like one. */
export const groupDecisions = (
  decisions: readonly PruneDecision[],
): { readonly previews: readonly PruneDecision[]; readonly others: readonly PruneDecision[] } => {
  const { previews = [], others = [] } = Object.groupBy(decisions, ({ pullRequest }) =>
    pullRequest === undefined ? 'others' : 'previews',
  )
  return { previews: previews.toSorted((one, other) => order[one.action] - order[other.action]), others }
}

const order: Readonly<Record<PruneDecision['action'], number>> = {
  failed: 0,
  deleted: 1,
  would_be_deleted: 1,
  kept: 2,
}

/** As a person reads it. */
export const actionWords: Readonly<Record<PruneDecision['action'], string>> = {
  failed: 'failed',
  deleted: 'deleted',
  would_be_deleted: 'would be deleted',
  kept: 'kept',
}
