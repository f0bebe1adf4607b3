import { determineDurationMs } from '../deployment/history.ts'
import { formatPullRequestUrl } from '../run/links.ts'
import type { Origin } from '../run/origin.ts'
import type { Facts, PruneDecision, Report } from '../run/outcome.ts'
import { escapeCode, escapeHtmlCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatFold, formatTable } from '../text/markdown-table.ts'
import { formatDurationChart } from './charts.ts'
import { formatCount, listErrors } from './error-groups.ts'
import { groupDecisions } from './prune-decisions.ts'

const mostUrls = 20
const mostDecisions = 500
const mostRemarks = 20

/** Where the environment answers, the first one in bold; `''` where no address is known. */
export const formatUrls = ({ environmentUrls }: Facts): string =>
  environmentUrls
    .slice(0, mostUrls)
    .map((url, index) => (index === 0 ? `**${formatUrl(url)}**` : formatUrl(url)))
    .join(' · ')

const formatUrl = (url: string): string => formatLink(url.replace(/^https?:\/\//i, '').replace(/\/$/, ''), url)

/** How long it took against the earlier ones; of one that goes on, what they took, which a timeout's problem says. Failures compare with nothing. */
export const formatChart = ({ facts: { deployment, history }, ending: { outcome } }: Report): string => {
  if (outcome === 'succeeded') return formatDurationChart(history, deployment && determineDurationMs(deployment))
  return outcome === 'cancelled' || outcome === 'started' ? formatDurationChart(history, undefined) : ''
}

/** What there is to say of a failure without errors, and of a deployment that nobody waits for. */
export const formatWord = ({ facts, ending: { outcome } }: Report): string => {
  const { deployment } = facts
  if (outcome === 'started' && deployment) {
    return `**Next:** a later job can follow it: ${escapeCode('operation: wait')}, ${escapeCode(`deployment_id: ${deployment.id}`)}`
  }
  if (outcome !== 'failed' || listErrors(facts).length > 0) return ''
  return facts.errors === 'unreadable' || facts.errors === undefined
    ? 'Its errors could not be read: they are in Humanitec.'
    : 'Humanitec names no error for it.'
}

/** Every environment that `prune` looked at; those that are no previews under a fold. */
export const formatDecisions = ({ facts: { request, pruned }, origin }: Report): readonly string[] => {
  const { previews, others } = groupDecisions(pruned)
  return [...formatPreviews(previews, origin), formatOthers(others, request?.env ?? '')]
}

const formatPreviews = (decisions: readonly PruneDecision[], origin: Origin): readonly string[] => {
  if (decisions.length === 0) return []
  const rows = decisions
    .slice(0, mostDecisions)
    .map(({ env, pullRequest, action, reason }) => [
      escapeCode(env),
      pullRequest === undefined ? '' : formatLink(`#${pullRequest}`, formatPullRequestUrl(origin, pullRequest)),
      action,
      escapeMarkdown(reason, 300),
    ])
  const more = decisions.length - rows.length
  return [formatTable(['environment', 'pull request', 'what', 'why'], rows), more > 0 ? `… and ${more} more` : '']
}

const formatOthers = (decisions: readonly PruneDecision[], pattern: string): string => {
  if (decisions.length === 0) return ''
  const named = decisions.slice(0, mostDecisions).map(({ env }) => escapeCode(env))
  const more = decisions.length - named.length
  return formatFold(
    `${formatCount(decisions.length, 'other environment')}, kept: not named like ${escapeHtmlCode(pattern)}`,
    `${named.join(', ')}${more > 0 ? ` … and ${more} more` : ''}`,
  )
}

/** Whatever a person should know beside the ending. */
export const formatRemarks = ({ remarks }: Facts): string => {
  const more = remarks.length - mostRemarks
  const lines = remarks.slice(0, mostRemarks).map((remark) => `- ${escapeMarkdown(remark)}`)
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}
