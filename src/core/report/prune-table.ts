import { formatPullRequestUrl } from '../run/links.ts'
import type { PruneDecision, Report } from '../run/outcome.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { escapeCode, escapeHtmlCode, escapeMarkdown, formatFold, formatLink, formatTable } from '../text/escape.ts'
import { formatCount } from '../text/words.ts'
import { formatPruneReason } from './deletion-reasons.ts'

const mostRows = 500
/** With more, the ones that are kept would push everything else out of sight. */
const mostKept = 10

/** Every environment that `prune` looked at; those that are no previews, and many that are kept, under folds. */
export const formatDecisions = ({ state: { request, pruned }, workflow }: Report): readonly string[] => {
  const { previews, others } = groupDecisions(pruned)
  const kept = previews.filter(({ action }) => action === 'kept')
  const isFolded = kept.length > mostKept
  return [
    formatPreviews(isFolded ? previews.filter(({ action }) => action !== 'kept') : previews, workflow),
    isFolded ? formatFold(`${formatCount(kept.length, 'preview')}, kept`, formatPreviews(kept, workflow)) : '',
    formatOthers(others, request?.env ?? ''),
  ]
}

const header = ['environment', 'pull&nbsp;request', 'what', 'why']

const formatPreviews = (decisions: readonly PruneDecision[], workflow: WorkflowContext): string => {
  if (decisions.length === 0) return ''
  const rows = decisions
    .slice(0, mostRows)
    .map(({ env, pullRequest, action, reason }) => [
      escapeCode(env),
      pullRequest === undefined ? '' : formatLink(`#${pullRequest}`, formatPullRequestUrl(workflow, pullRequest)),
      actionWords[action].replaceAll(' ', '&nbsp;'),
      escapeMarkdown(formatPruneReason(reason), 300),
    ])
  const more = decisions.length - rows.length
  return [formatTable(header, rows), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n\n')
}

const formatOthers = (decisions: readonly PruneDecision[], pattern: string): string => {
  if (decisions.length === 0) return ''
  const named = decisions.slice(0, mostRows).map(({ env }) => escapeCode(env))
  const more = decisions.length - named.length
  return formatFold(
    `${formatCount(decisions.length, 'other environment')}, kept: not named like ${escapeHtmlCode(pattern)}`,
    `${named.join(', ')}${more > 0 ? ` … and ${more} more` : ''}`,
  )
}

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
