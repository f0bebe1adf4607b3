import type { DeploymentError } from '../ports.ts'
import { isShownInFull } from './annotations.ts'
import { findNewestSucceeded } from './deployments.ts'
import { formatCount, formatErrorTitle, listErrors } from './error-groups.ts'
import { escapeLogLine, listLogLines } from './escape.ts'
import { formatHeadline } from './headline.ts'
import type { Facts, PruneDecision, Report } from './outcome.ts'
import { shortenDeploymentId } from './short-ids.ts'
import { formatAge } from './times.ts'

/** Lines of the log; with a title, under a fold. */
export type LogBlock = { readonly title?: string; readonly lines: readonly string[] }

const mostGroups = 200
const mostUrls = 20
const mostUnfolded = 50

/** The last lines of the log: what the annotations, which the log shows too, don't say. */
export const formatEnding = (report: Report): readonly LogBlock[] =>
  listBlocks(report).filter(({ lines }) => lines.length > 0)

const listBlocks = (report: Report): readonly LogBlock[] => {
  const { facts, ending } = report
  const remarks = formatLines(facts.remarks)
  switch (ending.outcome) {
    case 'failed':
      return [...formatHiddenErrors(listErrors(facts)), formatLines(formatWayBack(report)), remarks]
    case 'succeeded':
      return [formatLines(facts.environmentUrls.slice(0, mostUrls).map((url) => `  url       ${url}`)), remarks]
    case 'started':
      return [formatLines(formatFollowing(facts)), remarks]
    case 'deleted':
    case 'pruned':
      return [formatDecisions(facts.pruned), formatLines([formatHeadline(report)]), remarks]
    default:
      return [formatDecisions(facts.pruned)]
  }
}

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
  const place = error.object_id || error.scope
  const title = [error.code, place && `in ${place}:`, formatErrorTitle(error)].filter(Boolean).join(' ')
  return { title: escapeLogLine(title, 200), lines: listLogLines(error.message) }
}

const formatWayBack = ({ facts, nowMs }: Report): readonly string[] => {
  const good = findNewestSucceeded(facts.history)
  if (!good) return []
  const age = formatAge(good.created_at, nowMs)
  return [
    `To go back to the newest that succeeded here (${[shortenDeploymentId(good.id), age].filter(Boolean).join(', ')}), ` +
      `deploy with from_deploy_id: ${good.id}`,
  ]
}

const formatFollowing = ({ deployment }: Facts): readonly string[] =>
  deployment ? [`Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}`] : []

const formatDecisions = (decisions: readonly PruneDecision[]): LogBlock => {
  const width = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({ env }) => env.length))
  const { lines } = formatLines(
    decisions.map(({ env, action, reason }) => `  ${env.padEnd(width)}  ${action.padEnd(16)}  ${reason}`),
  )
  return lines.length > mostUnfolded
    ? { title: `${formatCount(lines.length, 'environment')} looked at`, lines }
    : { lines }
}
