import { formatDurationChart } from './charts.ts'
import { listErrors } from './error-groups.ts'
import { escapeCode, escapeMarkdown, formatLink } from './escape.ts'
import { determineDurationMs } from './history.ts'
import { formatPullRequestUrl } from './links.ts'
import { formatTable } from './markdown-table.ts'
import type { Facts, Report } from './outcome.ts'

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

/** How long it took against the earlier ones; of one that goes on, what the earlier ones took. Failures compare with nothing. */
export const formatChart = ({ facts: { deployment, history }, ending: { outcome } }: Report): string => {
  if (outcome === 'succeeded') return formatDurationChart(history, deployment && determineDurationMs(deployment))
  return outcome === 'timed_out' || outcome === 'cancelled' || outcome === 'started'
    ? formatDurationChart(history, undefined)
    : ''
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

/** Every environment that `prune` looked at. */
export const formatDecisions = ({ facts: { pruned }, origin }: Report): readonly string[] => {
  if (pruned.length === 0) return []
  const rows = pruned
    .slice(0, mostDecisions)
    .map(({ env, pullRequest, action, reason }) => [
      escapeCode(env),
      pullRequest === undefined ? '' : formatLink(`#${pullRequest}`, formatPullRequestUrl(origin, pullRequest)),
      action,
      escapeMarkdown(reason, 300),
    ])
  const more = pruned.length - rows.length
  return [formatTable(['environment', 'pull request', 'what', 'why'], rows), more > 0 ? `… and ${more} more` : '']
}

/** Whatever a person should know beside the ending. */
export const formatRemarks = ({ remarks }: Facts): string => {
  const more = remarks.length - mostRemarks
  const lines = remarks.slice(0, mostRemarks).map((remark) => `- ${escapeMarkdown(remark)}`)
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}
