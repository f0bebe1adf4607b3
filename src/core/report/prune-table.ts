import { formatPullRequestUrl } from '../run/links.ts'
import type { PruneDecision, Report } from '../run/outcome.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { formatFold, formatTable } from '../text/escape.ts'
import { formatCount } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatPruneReason } from './deletion-reasons.ts'

const mostRows = 500
/** With more, the ones that are kept would push everything else out of sight. */
const mostKept = 10

/** Every environment that `prune` looked at; those that are no previews, and many that are kept, under folds. */
export const formatDecisions = (report: Report): readonly string[] => {
  const { request, pruned } = report.state
  const { previews, others } = groupDecisions(pruned)
  const kept = previews.filter(({ action }) => action === 'kept')
  const isFolded = kept.length > mostKept
  return [
    formatPreviews(isFolded ? previews.filter(({ action }) => action !== 'kept') : previews, report),
    isFolded ? formatFold(`${formatCount(kept.length, 'preview')}, kept`, formatPreviews(kept, report)) : '',
    formatOthers(others, request?.env ?? '', report.writer),
  ]
}

const header = ['environment', 'pull&nbsp;request', 'what', 'why']

const formatPreviews = (decisions: readonly PruneDecision[], { workflow, writer }: Report): string => {
  if (decisions.length === 0) return ''
  const rows = decisions
    .slice(0, mostRows)
    .map((decision) => [
      writer.code(decision.env),
      formatPullRequest(decision, workflow, writer),
      actionWords[decision.action].replaceAll(' ', '&nbsp;'),
      writer.markdown(formatPruneReason(decision.reason), 300),
    ])
  const more = decisions.length - rows.length
  return [formatTable(header, rows), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n\n')
}

/** The one that the environment's name says, else the one of its id. */
const formatPullRequest = (
  { pullRequest, named }: PruneDecision,
  workflow: WorkflowContext,
  writer: Writer,
): string => {
  const number = named?.pullRequest ?? pullRequest
  if (number === undefined) return ''
  const repository = named?.repository ?? workflow.repository
  const isOwn = repository.toLowerCase() === workflow.repository.toLowerCase()
  return writer.link(`${isOwn ? '' : repository}#${number}`, formatPullRequestUrl(workflow, number, repository))
}

const formatOthers = (decisions: readonly PruneDecision[], pattern: string, writer: Writer): string => {
  if (decisions.length === 0) return ''
  const named = decisions.slice(0, mostRows).map(({ env }) => writer.code(env))
  const more = decisions.length - named.length
  return formatFold(
    `${formatCount(decisions.length, 'other environment')}, kept: not named like ${writer.htmlCode(pattern)}`,
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
