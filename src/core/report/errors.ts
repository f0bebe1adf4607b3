import type { DeploymentError } from '../../ports.ts'
import type { RunState } from '../run/outcome.ts'
import {
  countBytes,
  cutText,
  escapeCode,
  escapeHtml,
  escapeHtmlCode,
  escapeMarkdown,
  formatCodeBlock,
  formatFold,
  formatTable,
  type Row,
  toLine,
} from '../text/escape.ts'
import { formatCount, formatNumber, joinParts, joinWords, toClause } from '../text/words.ts'
import { formatFailure } from './request-problems.ts'

/** As the API wrote them, as far as they were read. */
export const listApiErrors = ({ errors }: RunState): readonly DeploymentError[] =>
  errors === undefined || errors === 'unreadable' ? [] : errors

/** There must be some, and nobody could read them. */
export const hasUnreadErrors = ({ errors, deployment }: RunState): boolean =>
  errors === 'unreadable' || (errors === undefined && deployment?.status === 'failed')

/** Says so, and why: a clause. */
export const formatUnreadErrors = ({ errorsFailure }: RunState): string =>
  `its errors could not be read${errorsFailure ? `: ${toClause(formatFailure(errorsFailure).what)}` : ''}`

/** For people: each field but the message one line, and `''` where nothing in it can be seen. */
export const listErrors = (state: RunState): readonly DeploymentError[] => listApiErrors(state).map(cleanError)

const cleanError = ({ scope, object_id, code, summary, message, error_type }: DeploymentError): DeploymentError => ({
  scope: toLine(scope, 200),
  object_id: toLine(object_id, 200),
  code: toLine(code, 100),
  summary: toLine(summary, 300),
  message: toLine(message, 10) === '' ? '' : message,
  error_type: toLine(error_type, 100),
})

/** The object that failed, or the scope. */
export const formatErrorPlace = ({ object_id, scope }: DeploymentError): string => object_id || scope

/** `RES-101 in checkout`. */
export const formatErrorHead = (error: DeploymentError): string =>
  joinParts(' in ', error.code || 'Error', formatErrorPlace(error))

/** What failed, in a few words; `''` where the API has none. */
export const formatErrorTitle = ({ summary, error_type }: DeploymentError): string => summary || error_type

/** Stands where the API has no word about an error. */
export const noWords = 'Humanitec gives no message'

/** The errors of one workload, or of one other scope. */
type ErrorGroup = {
  readonly kind: 'workload' | 'scope'
  /** The workload's id or the scope's name: text from outside; `''` where the API named none. */
  readonly name: string
  readonly errors: readonly DeploymentError[]
}

/** In the order of each group's first error. */
const groupErrors = (errors: readonly DeploymentError[]): readonly ErrorGroup[] => {
  const groups = Map.groupBy(errors, (error) => JSON.stringify(findPlace(error)))
  return [...groups].map(([place, members]) => ({ ...(JSON.parse(place) as Place), errors: members }))
}

type Place = Pick<ErrorGroup, 'kind' | 'name'>

const findPlace = ({ scope, object_id }: DeploymentError): Place =>
  scope === 'workload' && object_id !== '' ? { kind: 'workload', name: object_id } : { kind: 'scope', name: scope }

/** `3 errors in 2 workloads and the environment`, `1 error in checkout`. */
export const formatErrorCount = (errors: readonly DeploymentError[]): string => {
  const groups = groupErrors(errors)
  const workloads = groups.filter(({ kind }) => kind === 'workload')
  const isIn = (scope: string) => groups.some(({ kind, name }) => kind === 'scope' && name === scope)
  const places = [
    workloads.length > 0 && nameWorkloads(workloads),
    isIn('environment') && 'the environment',
    workloads.length > 0 && groups.some(({ kind, name }) => kind === 'scope' && name !== 'environment') && 'elsewhere',
  ].filter((place) => place !== false)
  const count = formatCount(errors.length, 'error')
  return places.length === 0 ? count : `${count} in ${joinWords(places, 'and')}`
}

/** A single one is worth its name. */
const nameWorkloads = ([first, ...others]: readonly ErrorGroup[]): string =>
  first && others.length === 0 ? cutText(first.name, 60) : formatCount(others.length + 1, 'workload')

/** What a table's cell and an annotation hold at most. */
const longest = 300
const lineBreak = /[\n\r\u2028\u2029]/

/** Whether only its first line is shown, and all of it under a fold. */
export const isLongMessage = (message: string): boolean => message.length > longest || lineBreak.test(message.trim())

/** The first line of a long message, with `…` for the rest. */
export const formatFirstLine = (message: string): string => {
  const firstLine =
    message
      .trim()
      .slice(0, 4 * longest)
      .split(lineBreak, 1)[0] ?? ''
  return `${toLine(firstLine, longest - 2)} …`.replace('… …', '…')
}

const header: Row = ['error&nbsp;code', 'what', 'message']
const longestCell = 300
/** With more, what comes after the tables would be out of sight: the first few are shown, all of them go under folds. */
const mostUnfolded = 25
const firstFew = 5

type ErrorTables = { readonly markdown: string; readonly leftOut: number }

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
