import { formatPullRequestUrl } from '../run/links.ts'
import type { Origin } from '../run/origin.ts'
import type { PruneDecision, Report } from '../run/outcome.ts'
import { escapeCode, escapeHtmlCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatFold, formatTable } from '../text/markdown-table.ts'
import { formatCount } from '../text/words.ts'
import { actionWords, groupDecisions } from './prune-decisions.ts'

const mostRows = 500
/** With more, the ones that are kept would push everything else out of sight. */
const mostKept = 10

/** Every environment that `prune` looked at; those that are no previews, and many that are kept, under folds. */
export const formatDecisions = ({ facts: { request, pruned }, origin }: Report): readonly string[] => {
  const { previews, others } = groupDecisions(pruned)
  const kept = previews.filter(({ action }) => action === 'kept')
  const isFolded = kept.length > mostKept
  return [
    formatPreviews(isFolded ? previews.filter(({ action }) => action !== 'kept') : previews, origin),
    isFolded ? formatFold(`${formatCount(kept.length, 'preview')}, kept`, formatPreviews(kept, origin)) : '',
    formatOthers(others, request?.env ?? ''),
  ]
}

const header = ['environment', 'pull&nbsp;request', 'what', 'why']

const formatPreviews = (decisions: readonly PruneDecision[], origin: Origin): string => {
  if (decisions.length === 0) return ''
  const rows = decisions
    .slice(0, mostRows)
    .map(({ env, pullRequest, action, reason }) => [
      escapeCode(env),
      pullRequest === undefined ? '' : formatLink(`#${pullRequest}`, formatPullRequestUrl(origin, pullRequest)),
      actionWords[action].replaceAll(' ', '&nbsp;'),
      escapeMarkdown(reason, 300),
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
