import { formatPullRequestUrl } from '../run/links.ts'
import { determinePruneEnd, type PruneDecision, type PruneEnd, type Report } from '../run/result.ts'
import { isSameRepository, type WorkflowContext } from '../run/workflow-context.ts'
import { formatCount } from '../text/words.ts'
import { formatFold, formatTable, type LogBlock, type Writer } from '../text/writer.ts'
import { formatPruneReason } from './prune-problems.ts'

// What `prune` has decided for each environment, on the pages that people see at the end, and in the log.

const maxRows = 500

/** More kept previews would push everything else out of sight. */
const maxKept = 10

/** Every environment that `prune` checked; under folds those that aren't previews, and kept previews if there are many. */
export const formatDecisionTables = (report: Report): readonly string[] => {
  const { request, pruned } = report.state
  const { previews, others } = groupDecisions(pruned)
  const kept = previews.filter((decision) => determinePruneEnd(decision) === 'kept')
  const isFolded = kept.length > maxKept
  return [
    formatPreviewTable(isFolded ? previews.filter((decision) => !kept.includes(decision)) : previews, report),
    isFolded ? formatFold(`${formatCount(kept.length, 'preview')}, kept`, formatPreviewTable(kept, report)) : '',
    formatOtherFold(others, request?.env ?? '', report.writer),
  ]
}

const header = ['environment', 'pull&nbsp;request', 'result', 'reason']

const formatPreviewTable = (decisions: readonly PruneDecision[], report: Report): string => {
  const { workflow, writer } = report
  if (decisions.length === 0) return ''
  const rows = decisions
    .slice(0, maxRows)
    .map((decision) => [
      writer.code(decision.env),
      formatPullRequest(decision, workflow, writer),
      endWords[determinePruneEnd(decision)].replaceAll(' ', '&nbsp;'),
      writer.markdown(formatPruneReason(decision.reason, report), 300),
    ])
  const more = decisions.length - rows.length
  return [formatTable(header, rows), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n\n')
}

/** From the environment's name, else from its id. */
const formatPullRequest = (
  { pullRequest, named }: PruneDecision,
  workflow: WorkflowContext,
  writer: Writer,
): string => {
  const number = named?.pullRequest ?? pullRequest
  if (number === undefined) return ''
  const repository = named?.repository ?? workflow.repository
  const isOwn = isSameRepository(repository, workflow.repository)
  return writer.link(`${isOwn ? '' : repository}#${number}`, formatPullRequestUrl(workflow, number, repository))
}

const formatOtherFold = (decisions: readonly PruneDecision[], pattern: string, writer: Writer): string => {
  if (decisions.length === 0) return ''
  const named = decisions.slice(0, maxRows).map(({ env }) => writer.code(env))
  const more = decisions.length - named.length
  return formatFold(
    `${formatCount(decisions.length, 'other environment')}, kept: not matching ${writer.htmlCode(pattern)}`,
    `${named.join(', ')}${more > 0 ? ` … and ${more} more` : ''}`,
  )
}

const maxUnfolded = 50

/** The same for the log. */
export const formatDecisionBlocks = (report: Report): readonly LogBlock[] => {
  const { writer, state } = report
  const { request, pruned } = state
  const { previews, others } = groupDecisions(pruned)
  const lines = others.map(({ env }) => writer.logLine(`  ${env}`))
  const title = `${formatCount(others.length, 'other environment')}, kept: not matching ${request?.env}`
  return [formatPreviewBlock(previews, report), { title: writer.logLine(title), lines }]
}

const formatPreviewBlock = (decisions: readonly PruneDecision[], report: Report): LogBlock => {
  const { writer } = report
  const envWidth = Math.max(0, ...decisions.slice(0, maxUnfolded).map(({ env }) => env.length))
  const wordOf = (decision: PruneDecision) => endWords[determinePruneEnd(decision)]
  const wordWidth = Math.max(0, ...decisions.slice(0, maxUnfolded).map((decision) => wordOf(decision).length))
  const lines = decisions.map((decision) =>
    writer.logLine(
      `  ${decision.env.padEnd(envWidth)}  ${wordOf(decision).padEnd(wordWidth)}  ${formatPruneReason(decision.reason, report)}`,
    ),
  )
  return lines.length > maxUnfolded
    ? { title: writer.logLine(`${formatCount(lines.length, 'environment')} checked`), lines }
    : { lines }
}

/** `previews`: kept ones last. `others`: ids that don't match the pattern. */
const groupDecisions = (
  decisions: readonly PruneDecision[],
): { readonly previews: readonly PruneDecision[]; readonly others: readonly PruneDecision[] } => {
  const { previews = [], others = [] } = Object.groupBy(decisions, ({ pullRequest }) =>
    pullRequest === undefined ? 'others' : 'previews',
  )
  return { previews: previews.toSorted((one, other) => orderOf(one) - orderOf(other)), others }
}

const orderOf = (decision: PruneDecision): number => order[determinePruneEnd(decision)]

const order: Readonly<Record<PruneEnd, number>> = {
  failed: 0,
  deleted: 1,
  would_be_deleted: 1,
  gone: 2,
  going: 3,
  kept: 4,
}

const endWords: Readonly<Record<PruneEnd, string>> = {
  failed: 'failed',
  deleted: 'deleted',
  would_be_deleted: 'would be deleted',
  gone: 'already gone',
  going: 'being deleted',
  kept: 'kept',
}
