import type { DeploymentError } from '../../ports.ts'
import type { Facts, PruneDecision, Report } from '../run/outcome.ts'
import { escapeLogLine, listLogLines } from '../text/escape.ts'
import { formatCount, joinParts } from '../text/words.ts'
import { isShownInFull } from './annotations.ts'
import { formatErrorHead, formatErrorTitle, listErrors, noWords } from './error-fields.ts'
import { formatHeadline } from './headline.ts'
import { actionWords, groupDecisions } from './prune-decisions.ts'
import { formatWayBackLine } from './way-back.ts'

/** Lines of the log; with a title, under a fold. */
export type LogBlock = { readonly title?: string; readonly lines: readonly string[] }

const mostGroups = 200
const mostUrls = 20
const mostUnfolded = 50

/** What the log says before the annotations, which it shows too: whatever they don't tell, or not in full. */
export const formatEnding = (report: Report): readonly LogBlock[] =>
  listBlocks(report).filter(({ lines }) => lines.length > 0)

const listBlocks = (report: Report): readonly LogBlock[] => {
  const { facts, ending } = report
  const remarks = formatLines(facts.remarks)
  switch (ending.outcome) {
    case 'failed':
      return formatHiddenErrors(listErrors(facts))
    case 'succeeded':
      return [formatLines(facts.environmentUrls.slice(0, mostUrls).map((url) => `  url       ${url}`)), remarks]
    case 'started':
      return [formatLines(formatFollowing(facts)), remarks]
    case 'deleted':
    case 'pruned':
      return [...formatDecisions(facts), formatLines([formatHeadline(report)]), remarks]
    default:
      return formatDecisions(facts)
  }
}

/** The last lines of the log, which people see first: what to do after a failure. */
export const formatNextSteps = (report: Report): readonly string[] =>
  report.ending.outcome === 'failed'
    ? formatLines([...report.facts.remarks, formatWayBackLine(report)].filter(Boolean)).lines
    : []

const formatLines = (lines: readonly string[]): LogBlock => ({ lines: lines.map((line) => escapeLogLine(line)) })

/** The errors that no annotation tells in full, a group each. */
const formatHiddenErrors = (errors: readonly DeploymentError[]): readonly LogBlock[] => {
  const hidden = errors.filter((error, index) => !isShownInFull(error, index))
  const more = hidden.length - mostGroups
  return [
    ...hidden.slice(0, mostGroups).map(formatErrorGroup),
    formatLines(more > 0 ? [`… and ${formatCount(more, 'more error')}: they are in the summary`] : []),
  ]
}

const formatErrorGroup = (error: DeploymentError): LogBlock => {
  const title = joinParts(': ', formatErrorHead(error), formatErrorTitle(error))
  return { title: escapeLogLine(title, 200), lines: listLogLines(error.message || noWords) }
}

const formatFollowing = ({ deployment }: Facts): readonly string[] =>
  deployment ? [`Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}`] : []

const formatDecisions = ({ request, pruned }: Facts): readonly LogBlock[] => {
  const { previews, others } = groupDecisions(pruned)
  const { lines } = formatLines(others.map(({ env }) => `  ${env}`))
  const title = `${formatCount(others.length, 'other environment')}, kept: not named like ${request?.env}`
  return [formatPreviews(previews), { title: escapeLogLine(title), lines }]
}

const formatPreviews = (decisions: readonly PruneDecision[]): LogBlock => {
  const envWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ env }) => env.length))
  const actionWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ action }) => actionWords[action].length))
  const { lines } = formatLines(
    decisions.map(
      ({ env, action, reason }) => `  ${env.padEnd(envWidth)}  ${actionWords[action].padEnd(actionWidth)}  ${reason}`,
    ),
  )
  return lines.length > mostUnfolded
    ? { title: `${formatCount(lines.length, 'environment')} looked at`, lines }
    : { lines }
}
