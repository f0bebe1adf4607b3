import type { DeploymentError } from '../../ports.ts'
import { escapeCode, escapeHtml, escapeHtmlCode, escapeMarkdown, formatCodeBlock } from '../text/escape.ts'
import { countBytes, formatFold, formatTable, type Row } from '../text/markdown-table.ts'
import { formatNumber, joinParts } from '../text/words.ts'
import { noWords } from './error-fields.ts'
import { type ErrorGroup, groupErrors } from './error-groups.ts'
import { formatFirstLine, isLongMessage } from './error-message.ts'

const header: Row = ['error&nbsp;code', 'what', 'message']
const longestCell = 300
/** With more, what comes after the tables would be out of sight: the first few are shown, all of them go under folds. */
const mostUnfolded = 25
const firstFew = 5

export type ErrorTables = { readonly markdown: string; readonly leftOut: number }

/** Every error in full, a table for each workload, long messages under folds below it; as many as `maxBytes` of UTF-8 hold. */
export const formatErrorTables = (errors: readonly DeploymentError[], maxBytes: number): ErrorTables => {
  const isFolded = errors.length > mostUnfolded
  const sections = isFolded ? [formatFirstErrors(errors, firstFew), '**All of them, in full:**'] : []
  let bytesLeft = maxBytes - countBytes(sections.join('\n\n'))
  let shown = 0
  for (const group of groupErrors(errors)) {
    bytesLeft -= countBytes(formatGroup(group, [], true))
    const entries = takeFitting(group.errors, bytesLeft)
    if (entries.length === 0) break
    bytesLeft -= entries.reduce((sum, entry) => sum + entry.bytes, 0)
    shown += entries.length
    sections.push(formatGroup(group, entries, isFolded))
    if (entries.length < group.errors.length) break
  }
  return { markdown: sections.join('\n\n'), leftOut: errors.length - shown }
}

/** The first `count` errors, in the same order, long messages cut. */
export const formatFirstErrors = (errors: readonly DeploymentError[], count: number): string => {
  let left = count
  const sections = groupErrors(errors).map((group) => {
    const rows = group.errors.slice(0, left).map((error) => formatErrorRow(error, ''))
    left -= rows.length
    return rows.length === 0 ? '' : `${formatGroupTitle(group, rows.length)}\n\n${formatTable(header, rows)}`
  })
  return sections.filter(Boolean).join('\n\n')
}

type Entry = { readonly row: Row; readonly fold: string; readonly bytes: number }

const takeFitting = (errors: readonly DeploymentError[], maxBytes: number): Entry[] => {
  const entries: Entry[] = []
  let bytesLeft = maxBytes
  for (const error of errors) {
    const fold = isLongMessage(error.message) ? formatMessageFold(error) : ''
    const row = formatErrorRow(error, ' (in full below)')
    const bytes = countBytes(row.join(' | ') + fold) + '|  |\n\n\n'.length
    if (bytes > bytesLeft) break
    bytesLeft -= bytes
    entries.push({ row, fold, bytes })
  }
  return entries
}

const formatGroup = (group: ErrorGroup, entries: readonly Entry[], isFolded: boolean): string => {
  const table = formatTable(
    header,
    entries.map(({ row }) => row),
  )
  const content = [table, ...entries.map(({ fold }) => fold)].filter(Boolean).join('\n\n')
  if (!isFolded) return `${formatGroupTitle(group, group.errors.length)}\n\n${content}`
  return formatFold(`<b>${escapeHtml(nameGroup(group), 100)}</b>${formatSize(group)}`, content)
}

const formatGroupTitle = (group: ErrorGroup, shown: number): string => {
  const size = shown < group.errors.length ? ` (${shown} of ${group.errors.length})` : formatSize(group)
  return `**${escapeMarkdown(nameGroup(group), 100)}**${size}`
}

const nameGroup = ({ name }: ErrorGroup): string => name || 'other'

const formatSize = ({ errors }: ErrorGroup): string => ` (${formatNumber(errors.length)})`

const formatErrorRow = (error: DeploymentError, pointer: string): Row => {
  const message = isLongMessage(error.message)
    ? escapeMarkdown(formatFirstLine(error.message)) + pointer
    : escapeMarkdown(error.message)
  return [escapeCode(error.code, 100), formatWhat(error), message]
}

/** Of errors that belong to no workload, the object too; the group's title doesn't name it. */
const formatWhat = ({ summary, scope, object_id, error_type, code, message }: DeploymentError): string =>
  joinParts(
    ' · ',
    escapeMarkdown(summary, longestCell),
    scope !== 'workload' && escapeCode(object_id, 100),
    escapeMarkdown(error_type, 100),
    !(code || summary || error_type || message) && noWords,
  )

const formatMessageFold = ({ code, summary, message }: DeploymentError): string => {
  const title = joinParts(' ', escapeHtmlCode(code, 100), escapeHtml(summary))
  return formatFold(`${title || 'Error'} · the message in full`, formatCodeBlock(message))
}
