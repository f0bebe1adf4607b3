import type { Deployment } from '../api.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Comparison, Report, RunState } from '../run/outcome.ts'
import type { Change } from '../set-diff.ts'
import { countBytes } from '../text/escape.ts'
import { formatAge } from '../text/time.ts'
import { joinParts } from '../text/words.ts'
import { formatChangeSummary, formatChangeTable, formatImagesLine } from './changes.ts'

/** Of the 1 MiB of a summary, and of a comment's 65,536 characters. */
const longestTable = { summary: 300_000, comment: 40_000 } as const

/** The images that were asked for, what changed, and against what: blocks of Markdown; none where nothing is known. */
export const formatChangeBlocks = (report: Report): readonly string[] => {
  const { changes, images = [], comparison } = report.state
  return [
    formatImagesLine(
      images.filter((image) => !changes.some((change) => isOf(change, image))),
      report.writer,
    ),
    formatTableWithin(report, 'summary'),
    comparison ? formatComparison(report, comparison) : '',
  ].filter(Boolean)
}

const isOf = (change: Change, image: NonNullable<RunState['images']>[number]): boolean =>
  change.kind === 'image' && change.workload === image.workload && change.name === image.container

/** In place of a table that is too long, one line. */
export const formatTableWithin = ({ state, writer }: Report, place: keyof typeof longestTable): string => {
  const table = formatChangeTable(state.changes, writer)
  return countBytes(table) > longestTable[place] ? formatChangeSummary(state.changes, writer) : table
}

/** ``Compared with `17609cfa`, deployed 2 days ago.`` */
export const formatComparison = (report: Report, comparison: Comparison): string => {
  const isPlan = report.result.outcome === 'planned'
  const { base, unread } = comparison
  if (unread !== undefined) return `What changed could not be read: ${report.writer.markdown(unread, 300)}.`
  if (!base)
    return isPlan ? 'Nothing runs there yet: all of it would be new.' : 'Nothing ran there before: all of it is new.'
  const when = isPlan ? formatRunning(report, comparison) : formatWhen(report, comparison, base)
  return `Compared with ${joinParts(', ', formatBaseLink(report, comparison, base), when)}.`
}

const formatBaseLink = ({ state, writer }: Report, { env }: Comparison, { id }: Deployment): string => {
  const { request } = state
  if (!request) return ''
  return writer.link(`\`${writer.shortId(id)}\``, formatDeploymentUrl({ ...request, ...(env && { env }) }, id))
}

const formatRunning = ({ writer }: Report, { env }: Comparison): string =>
  env === undefined ? 'what runs there now' : `what runs in ${writer.markdown(env)} now`

const formatWhen = ({ writer, nowMs }: Report, { env }: Comparison, { created_at }: Deployment): string =>
  joinParts(' ', 'deployed', env !== undefined && `to ${writer.markdown(env)}`, formatAge(created_at, nowMs))
