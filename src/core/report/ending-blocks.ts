import { determineDurationMs } from '../deployment/history.ts'
import type { Facts, Report } from '../run/outcome.ts'
import { escapeCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatDurationChart } from './charts.ts'
import { hasUnreadErrors, listErrors } from './error-fields.ts'

const mostUrls = 20
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
  return deployment && (outcome === 'cancelled' || outcome === 'started') ? formatDurationChart(history, undefined) : ''
}

/** What there is to say of a failure without errors, and of a deployment that nobody waits for. */
export const formatWord = ({ facts, ending: { outcome } }: Report): string => {
  const { deployment } = facts
  if (outcome === 'started' && deployment) {
    return `**Next:** a later job can follow it: ${escapeCode('operation: wait')}, ${escapeCode(`deployment_id: ${deployment.id}`)}`
  }
  if (outcome !== 'failed' || listErrors(facts).length > 0) return ''
  return hasUnreadErrors(facts)
    ? 'Its errors could not be read: they are in Humanitec.'
    : 'Humanitec names no error for it.'
}

/** Whatever a person should know beside the ending. */
export const formatRemarks = ({ remarks }: Facts): string => {
  const more = remarks.length - mostRemarks
  const lines = remarks.slice(0, mostRemarks).map((remark) => `- ${escapeMarkdown(remark)}`)
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}
