import type { Deployment } from '../../ports.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Comparison, Report, RunState } from '../run/outcome.ts'
import type { Change } from '../set-diff.ts'
import { countBytes, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatAge } from '../text/time.ts'
import { joinParts, shortenDeploymentId } from '../text/words.ts'
import { formatChangeSummary, formatChangeTable, formatImagesLine } from './changes.ts'

/** Of the 1 MiB of a summary, and of a comment's 65,536 characters. */
const longestTable = { summary: 300_000, comment: 40_000 } as const

/** The images that were asked for, what changed, and against what: blocks of Markdown; none where nothing is known. */
export const formatChangeBlocks = (report: Report): readonly string[] => {
  const { changes, images = [], comparison } = report.state
  return [
    formatImagesLine(images.filter((image) => !changes.some((change) => isOf(change, image)))),
    formatTableWithin(changes, 'summary'),
    comparison ? formatComparison(report, comparison) : '',
  ].filter(Boolean)
}

const isOf = (change: Change, image: NonNullable<RunState['images']>[number]): boolean =>
  change.kind === 'image' && change.workload === image.workload && change.name === image.container

/** In place of a table that is too long, one line. */
export const formatTableWithin = (changes: readonly Change[], place: keyof typeof longestTable): string => {
  const table = formatChangeTable(changes)
  return countBytes(table) > longestTable[place] ? formatChangeSummary(changes) : table
}

/** ``Compared with `17609cfa`, deployed 2 days ago.`` */
export const formatComparison = (report: Report, comparison: Comparison): string => {
  const { state } = report
  const isPlan = report.result.outcome === 'planned'
  const { base, unread } = comparison
  if (unread !== undefined) return `What changed could not be read: ${escapeMarkdown(unread, 300)}.`
  if (!base)
    return isPlan ? 'Nothing runs there yet: all of it would be new.' : 'Nothing ran there before: all of it is new.'
  const when = isPlan ? formatRunning(comparison) : formatWhen(comparison, base, report.nowMs)
  return `Compared with ${joinParts(', ', formatBaseLink(state, comparison, base), when)}.`
}

const formatBaseLink = ({ request }: RunState, { env }: Comparison, { id }: Deployment): string => {
  if (!request) return ''
  return formatLink(`\`${shortenDeploymentId(id)}\``, formatDeploymentUrl({ ...request, ...(env && { env }) }, id))
}

const formatRunning = ({ env }: Comparison): string =>
  env === undefined ? 'what runs there now' : `what runs in ${escapeMarkdown(env)} now`

const formatWhen = ({ env }: Comparison, { created_at }: Deployment, nowMs: number): string =>
  joinParts(' ', 'deployed', env !== undefined && `to ${escapeMarkdown(env)}`, formatAge(created_at, nowMs))
