import type { Deployment } from '../api.ts'
import type { ImageChange } from '../delta.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { GivenImage, Report } from '../run/result.ts'
import type { Change, Comparison } from '../set-diff.ts'
import { countBytes } from '../text/clean.ts'
import { formatAge, formatCount, joinParts } from '../text/words.ts'
import { formatTable, type Row, type Writer } from '../text/writer.ts'
import {
  formatChangedImages,
  formatImagesLine,
  formatImageText,
  redactChanges,
  shortenImages,
} from './image-changes.ts'

// What changed, in words, for each place that shows it. Names and images come from outside.

const maxLogLines = 10

/** A line per change, ten at most, then how many more; not escaped yet. */
export const formatChangeLines = (changes: readonly Change[], writer: Writer): string[] => {
  const lines = redactChanges(changes.slice(0, maxLogLines), writer).map(
    (change) => [nameWorkload(change), formatChangeText(change)] as const,
  )
  const more = changes.length - lines.length
  return [...formatColumns(lines), ...(more > 0 ? [`  … and ${formatCount(more, 'more change')}`] : [])]
}

/** A line per image of the input `images`, before the start; unchanged ones, too. */
export const formatImageLines = (changes: readonly ImageChange[], writer: Writer): string[] => {
  const isOnly = ({ workload }: ImageChange) => changes.filter((other) => other.workload === workload).length === 1
  return formatColumns(
    changes.map((change) => [
      isOnly(change) ? change.workload : `${change.workload}/${change.container}`,
      change.from === change.to
        ? `${change.to}, unchanged`
        : formatImageText({ from: writer.text(change.from), to: writer.text(change.to) }),
    ]),
  )
}

/** The first column is at least as wide as in the log's other opening lines. */
const formatColumns = (lines: readonly (readonly [name: string, text: string])[]): string[] => {
  const width = Math.min(40, Math.max(10, ...lines.map(([name]) => name.length + 2)))
  return lines.map(([name, text]) => `  ${name.padEnd(width)}${text}`)
}

const nameWorkload = ({ workload }: Change): string => workload || 'shared'

const formatChangeText = (change: Change): string => {
  const { kind, name, from, to } = change
  switch (kind) {
    case 'workload':
      return change.change
    case 'image':
      return change.change === 'changed'
        ? `image ${formatImageText(change)}`
        : `image of ${name} ${change.change}: ${from || to}`
    case 'resource': {
      const types = change.change === 'changed' ? `${from} → ${to}` : from || to
      return joinParts(': ', `resource ${name} ${change.change}`, types)
    }
    case 'variable':
    case 'other':
      return joinParts(' ', kind === 'variable' && 'variable', name, change.change)
  }
}

const header: Row = ['changed', 'from', 'to']

const maxRows = 100

const maxNames = 20

const maxNameUnits = 200

/** A table in Markdown, by workload, shared resources last; `''` for no changes. Variables of a workload share a row. */
export const formatChangeTable = (changes: readonly Change[], writer: Writer): string => {
  if (changes.length === 0) return ''
  const rows = groupByWorkload(redactChanges(changes, writer)).flatMap((group) => listRows(group, writer))
  const more = rows.length - maxRows
  const table = formatTable(header, rows.slice(0, maxRows))
  return more > 0 ? `${table}\n\n… and ${formatCount(more, 'more row')}` : table
}

const groupByWorkload = (changes: readonly Change[]): readonly (readonly Change[])[] => {
  const groups = Map.groupBy(changes, ({ workload }) => workload)
  return [...groups].toSorted(([a], [b]) => Number(a === '') - Number(b === '')).map(([, group]) => group)
}

const listRows = (group: readonly Change[], writer: Writer): readonly Row[] => {
  const [first] = group
  const label = first?.workload ? writer.markdown(first.workload, maxNameUnits) : 'shared'
  const ofKind = (kind: Change['kind']) => group.filter((change) => change.kind === kind)
  const isOnlyImage = ofKind('image').length === 1
  return [
    ...ofKind('workload').map(({ change }) => [label, '', change]),
    ...ofKind('image').map((change) => {
      const isKnown = isOnlyImage && change.change === 'changed'
      const what = joinParts(' ', 'image', !isKnown && writer.code(change.name, maxNameUnits))
      return [`${label} · ${what}`, ...formatCells(change, shortenImages(change), writer.code)]
    }),
    ...ofKind('resource').map((change) => [
      `${label} · ${writer.code(change.name, maxNameUnits)}`,
      ...formatCells(change, change, writer.markdown),
    ]),
    ...listNamesRow(`${label} · variables`, ofKind('variable'), writer),
    ...listNamesRow(`${label} · other`, ofKind('other'), writer),
  ]
}

type Escape = (text: string) => string

const formatCells = ({ change }: Change, { from, to }: Pick<Change, 'from' | 'to'>, toCell: Escape): Row =>
  change === 'changed' ? [toCell(from), toCell(to)] : [toCell(from), joinParts(', ', toCell(to), change)]

/** `` `A`, `B` added, `C` changed ``. */
const listNamesRow = (label: string, changes: readonly Change[], writer: Writer): readonly Row[] => {
  if (changes.length === 0) return []
  const shown = Map.groupBy(changes.slice(0, maxNames), ({ change }) => change)
  const parts = [...shown].map(([change, group]) => {
    const names = group.map(({ name }) => writer.code(name, maxNameUnits))
    return `${names.join(', ')} ${change}`
  })
  return [[label, '', joinParts(', ', ...parts, changes.length > maxNames && `${changes.length - maxNames} more`)]]
}

/**
 * A plan on one line of Markdown: ``web: `shop:9c1e7d2` → `shop:f5a2c1d` · 2 variables · 1 resource added``; `''` for no changes.
 * A new or removed workload stands for its images and variables.
 */
export const formatChangeSummary = (changes: readonly Change[], writer: Writer): string => {
  const whole = changes.filter(({ kind }) => kind === 'workload')
  const isPart = ({ kind, workload }: Change) =>
    (kind === 'image' || kind === 'variable') && whole.some((change) => change.workload === workload)
  const apart = changes.filter((change) => !isPart(change))
  const count = (noun: string, kind: Change['kind'], word = '', change?: Change['change']): string => {
    const found = apart.filter((one) => one.kind === kind && (change === undefined || one.change === change))
    return found.length === 0 ? '' : joinParts(' ', formatCount(found.length, noun), word)
  }
  return joinParts(
    ' · ',
    ...listWorkloadWords(whole, writer),
    formatChangedImages(apart, writer),
    count('variable', 'variable'),
    count('resource', 'resource', 'added', 'added'),
    count('resource', 'resource', 'removed', 'removed'),
    count('resource', 'resource', 'of another type', 'changed'),
    count('other change', 'other'),
  )
}

const maxWorkloads = 5

/** By name if they are few. */
const listWorkloadWords = (workloads: readonly Change[], writer: Writer): readonly string[] =>
  workloads.length > maxWorkloads
    ? (['added', 'removed'] as const).flatMap((word) => {
        const found = workloads.filter(({ change }) => change === word).length
        return found === 0 ? [] : [`${formatCount(found, 'workload')} ${word}`]
      })
    : workloads.map(({ workload, change }) => `${writer.markdown(workload, maxNameUnits)} ${change}`)

/** In bytes. A summary holds 1 MiB, a comment 65,536 characters. */
const maxTable = { summary: 300_000, comment: 40_000 } as const

/** Blocks of Markdown: the requested images, what changed, and compared with what; none if nothing is known. */
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

const isOf = (change: Change, image: GivenImage): boolean =>
  change.kind === 'image' && change.workload === image.workload && change.name === image.container

/** The table, or one line if it is too long. */
export const formatTableWithin = ({ state, writer }: Report, place: keyof typeof maxTable): string => {
  const table = formatChangeTable(state.changes, writer)
  return countBytes(table) > maxTable[place] ? formatChangeSummary(state.changes, writer) : table
}

/** ``Compared with `17609cfa`, deployed 2 days ago.`` */
export const formatComparison = (report: Report, comparison: Comparison): string => {
  const isPlan = report.result.outcome === 'planned'
  const { base, unread } = comparison
  if (unread !== undefined) return `What changed could not be read: ${report.writer.markdown(unread, 300)}.`
  if (!base)
    return isPlan
      ? 'There is no successful deployment yet: all of it would be new.'
      : 'There was no successful deployment before: all of it is new.'
  const when = isPlan ? formatLatest(report, comparison) : formatWhen(report, comparison, base)
  return `Compared with ${joinParts(', ', formatBaseLink(report, comparison, base), when)}.`
}

const formatBaseLink = ({ state, writer }: Report, { env }: Comparison, { id }: Deployment): string => {
  const { request } = state
  if (!request) return ''
  return writer.link(`\`${writer.shortId(id)}\``, formatDeploymentUrl({ ...request, ...(env && { env }) }, id))
}

/** Only said to be the latest successful one: a failed one after it may have changed what runs. */
const formatLatest = ({ writer }: Report, { env }: Comparison): string =>
  joinParts(' ', 'the latest successful deployment', env !== undefined && `of ${writer.markdown(env)}`)

const formatWhen = ({ writer, nowMs }: Report, { env }: Comparison, { created_at }: Deployment): string =>
  joinParts(' ', 'deployed', env !== undefined && `to ${writer.markdown(env)}`, formatAge(created_at, nowMs))
