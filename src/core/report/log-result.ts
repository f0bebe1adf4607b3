import type { DeploymentError } from '../api.ts'
import type { PruneDecision, Report, RunState } from '../run/result.ts'
import { formatCount, joinParts } from '../text/words.ts'
import type { LogLine, Writer } from '../text/writer.ts'
import { isShownInFull } from './annotations.ts'
import { formatPruneReason } from './deletion-problems.ts'
import { formatRollbackHintLine, wordRemarks } from './deployment-facts.ts'
import { formatErrorHead, formatErrorTitle, listErrors, noWords } from './errors.ts'
import { formatHeadline } from './headline.ts'
import { listHealthLines } from './health-section.ts'
import { actionWords, groupDecisions } from './summary.ts'

/** Lines of the log; with a title, under a fold. */
type LogBlock = { readonly title?: LogLine; readonly lines: readonly LogLine[] }

const mostGroups = 200
const mostUrls = 20
const mostUnfolded = 50

/** What the log says before the annotations, which it shows too: whatever they don't tell, or not in full. */
export const formatResult = (report: Report): readonly LogBlock[] =>
  [...listHealthLines(report), ...listBlocks(report)].filter(({ lines }) => lines.length > 0)

const listBlocks = (report: Report): readonly LogBlock[] => {
  const { state, result, writer } = report
  const remarks = formatLines(wordRemarks(report), writer)
  switch (result.outcome) {
    case 'failed':
      return formatHiddenErrors(report)
    case 'succeeded':
      return [
        formatLines(
          state.environmentUrls.slice(0, mostUrls).map((url) => `  url       ${url}`),
          writer,
        ),
        remarks,
      ]
    case 'started':
      return [formatLines(formatHowToFollow(state), writer), remarks]
    case 'planned':
      return [remarks]
    case 'deleted':
    case 'pruned':
      return [...formatDecisions(report), formatLines([formatHeadline(report)], writer), remarks]
    default:
      return formatDecisions(report)
  }
}

/** The last lines of the log, which people see first: what to do after a failure. */
export const formatNextSteps = (report: Report): readonly LogLine[] =>
  formatLines(listNextSteps(report).filter(Boolean), report.writer).lines

const listNextSteps = (report: Report): readonly string[] => {
  const { outcome } = report.result
  if (outcome === 'failed') return [...wordRemarks(report), formatRollbackHintLine(report)]
  return outcome === 'unhealthy' ? [formatRollbackHintLine(report)] : []
}

const formatLines = (lines: readonly string[], writer: Writer): LogBlock => ({
  lines: lines.map((line) => writer.logLine(line)),
})

/** The errors that no annotation tells in full, a group each. */
const formatHiddenErrors = (report: Report): readonly LogBlock[] => {
  const { writer } = report
  const hidden = listErrors(report).filter((error, index) => !isShownInFull(error, index))
  const more = hidden.length - mostGroups
  return [
    ...hidden.slice(0, mostGroups).map((error) => formatErrorGroup(error, writer)),
    formatLines(more > 0 ? [`… and ${formatCount(more, 'more error')}: they are in the summary`] : [], writer),
  ]
}

const formatErrorGroup = (error: DeploymentError, writer: Writer): LogBlock => {
  const title = joinParts(': ', formatErrorHead(error), formatErrorTitle(error))
  return { title: writer.logLine(title, 200), lines: writer.logLines(error.message || noWords) }
}

const formatHowToFollow = ({ deployment }: RunState): readonly string[] =>
  deployment ? [`Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}`] : []

const formatDecisions = (report: Report): readonly LogBlock[] => {
  const { writer, state } = report
  const { request, pruned } = state
  const { previews, others } = groupDecisions(pruned)
  const { lines } = formatLines(
    others.map(({ env }) => `  ${env}`),
    writer,
  )
  const title = `${formatCount(others.length, 'other environment')}, kept: not matching ${request?.env}`
  return [formatPreviews(previews, report), { title: writer.logLine(title), lines }]
}

const formatPreviews = (decisions: readonly PruneDecision[], report: Report): LogBlock => {
  const { writer } = report
  const envWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ env }) => env.length))
  const actionWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ action }) => actionWords[action].length))
  const { lines } = formatLines(
    decisions.map(
      ({ env, action, reason }) =>
        `  ${env.padEnd(envWidth)}  ${actionWords[action].padEnd(actionWidth)}  ${formatPruneReason(reason, report)}`,
    ),
    writer,
  )
  return lines.length > mostUnfolded
    ? { title: writer.logLine(`${formatCount(lines.length, 'environment')} checked`), lines }
    : { lines }
}
