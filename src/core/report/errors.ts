import type { DeploymentError } from '../api.ts'
import type { Report, RunState } from '../run/result.ts'
import { countBytes, cutText } from '../text/clean.ts'
import { formatCount, formatNumber, joinParts, joinWords, toClause } from '../text/words.ts'
import { formatFold, formatTable, type Row, type Writer } from '../text/writer.ts'
import { describeFailure } from './request-problems.ts'

/** As the API wrote them; none if they weren't read. */
export const listApiErrors = ({ errors }: RunState): readonly DeploymentError[] =>
  errors === undefined || errors === 'unreadable' ? [] : errors

/** There must be errors, but they weren't read. */
export const hasUnreadErrors = ({ errors, deployment }: RunState): boolean =>
  errors === 'unreadable' || (errors === undefined && deployment?.status === 'failed')

/** Says so, and why: a clause. */
export const formatUnreadErrors = ({ errorsFailure }: RunState): string =>
  `its errors could not be read${errorsFailure ? `: ${toClause(describeFailure(errorsFailure).what)}` : ''}`

/** For people: without secrets; each field but the message is one line, and `''` if nothing in it is visible. */
export const listErrors = ({ state, writer }: Pick<Report, 'state' | 'writer'>): readonly DeploymentError[] =>
  listApiErrors(state).map((error) => cleanError(error, writer))

const cleanError = (
  { scope, object_id, code, summary, message, error_type }: DeploymentError,
  writer: Writer,
): DeploymentError => ({
  scope: isKnownScope(scope) ? scope : writer.line(scope, 200),
  object_id: writer.line(object_id, 200),
  code: writer.line(code, 100),
  summary: writer.line(summary, 300),
  message: writer.line(message, 10) === '' ? '' : writer.text(message),
  error_type: writer.line(error_type, 100),
})

/** The API's own words for a scope, which are kept as they are. */
export const isKnownScope = (scope: string): boolean => scope === 'workload' || scope === 'environment'

/** In place of a missing message. */
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
  return [...groups].map(([place, members]) => ({ ...(JSON.parse(place) as ErrorGroupKey), errors: members }))
}

type ErrorGroupKey = Pick<ErrorGroup, 'kind' | 'name'>

const findPlace = ({ scope, object_id }: DeploymentError): ErrorGroupKey =>
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

/** A single one by its name. */
const nameWorkloads = ([first, ...others]: readonly ErrorGroup[]): string =>
  first && others.length === 0 ? cutText(first.name, 60) : formatCount(others.length + 1, 'workload')

/** In UTF-16 units, in a table's cell or an annotation. */
const maxMessage = 300

const lineBreak = /[\n\r\u2028\u2029]/

/** Whether only its first line is shown, and all of it under a fold. */
export const isLongMessage = (message: string): boolean => message.length > maxMessage || lineBreak.test(message.trim())

/** The first line of a long message, with `…` for the rest. */
export const formatFirstLine = (message: string, writer: Writer): string => {
  const firstLine =
    message
      .trim()
      .slice(0, 4 * maxMessage)
      .split(lineBreak, 1)[0] ?? ''
  return `${writer.line(firstLine, maxMessage - 2)} …`.replace('… …', '…')
}

const header: Row = ['error&nbsp;code', 'description', 'message']

const maxCell = 300

/** With more errors, only the first few are in sight, and all of them under folds. */
const maxUnfolded = 25

const firstFew = 5

type ErrorTables = { readonly markdown: string; readonly leftOut: number }

/** Every error in full, a table for each workload, long messages under folds below it; as many as `maxBytes` of UTF-8 hold. */
export const formatErrorTables = (report: Report, maxBytes: number): ErrorTables => {
  const { writer } = report
  const errors = listErrors(report)
  const isFolded = errors.length > maxUnfolded
  const sections = isFolded ? [formatFirstErrors(errors, firstFew, writer), '**All of them, in full:**'] : []
  let bytesLeft = maxBytes - countBytes(sections.join('\n\n'))
  let shown = 0
  for (const group of groupErrors(errors)) {
    bytesLeft -= countBytes(formatFoldedGroup(group, [], writer))
    const entries = takeFitting(group.errors, bytesLeft, writer)
    if (entries.length === 0) break
    bytesLeft -= entries.reduce((sum, entry) => sum + entry.bytes, 0)
    shown += entries.length
    sections.push((isFolded ? formatFoldedGroup : formatGroup)(group, entries, writer))
    if (entries.length < group.errors.length) break
  }
  return { markdown: sections.join('\n\n'), leftOut: errors.length - shown }
}

/** `count` errors, one of each workload before a second of any, in the same order, long messages cut. */
export const formatFirstErrors = (errors: readonly DeploymentError[], count: number, writer: Writer): string => {
  const groups = groupErrors(errors)
  const sections = takeFromEach(groups, count).flatMap((shown, index) => {
    const group = groups[index]
    if (!group || shown.length === 0) return []
    const rows = shown.map((error) => formatErrorRow(error, '', writer))
    return [`${formatGroupTitle(group, rows.length, writer)}\n\n${formatTable(header, rows)}`]
  })
  return sections.join('\n\n')
}

/** The first of every group, then the others in their order, `count` in all. */
const takeFromEach = (groups: readonly ErrorGroup[], count: number): readonly (readonly DeploymentError[])[] => {
  let others = Math.max(0, count - groups.length)
  return groups.slice(0, count).map(({ errors }) => {
    const shown = errors.slice(0, 1 + others)
    others -= shown.length - 1
    return shown
  })
}

type Entry = { readonly row: Row; readonly fold: string; readonly bytes: number }

const takeFitting = (errors: readonly DeploymentError[], maxBytes: number, writer: Writer): Entry[] => {
  const entries: Entry[] = []
  let bytesLeft = maxBytes
  for (const error of errors) {
    const fold = isLongMessage(error.message) ? formatMessageFold(error, writer) : ''
    const row = formatErrorRow(error, ' (in full below)', writer)
    const bytes = countBytes(row.join(' | ') + fold) + '|  |\n\n\n'.length
    if (bytes > bytesLeft) break
    bytesLeft -= bytes
    entries.push({ row, fold, bytes })
  }
  return entries
}

const formatGroup = (group: ErrorGroup, entries: readonly Entry[], writer: Writer): string =>
  `${formatGroupTitle(group, group.errors.length, writer)}\n\n${formatEntries(entries)}`

const formatFoldedGroup = (group: ErrorGroup, entries: readonly Entry[], writer: Writer): string =>
  formatFold(`<b>${writer.html(nameGroup(group), 100)}</b>${formatSize(group)}`, formatEntries(entries))

const formatEntries = (entries: readonly Entry[]): string => {
  const table = formatTable(
    header,
    entries.map(({ row }) => row),
  )
  return [table, ...entries.map(({ fold }) => fold)].filter(Boolean).join('\n\n')
}

const formatGroupTitle = (group: ErrorGroup, shown: number, writer: Writer): string => {
  const size = shown < group.errors.length ? ` (${shown} of ${group.errors.length})` : formatSize(group)
  return `**${writer.markdown(nameGroup(group), 100)}**${size}`
}

const nameGroup = ({ name }: ErrorGroup): string => name || 'other'

const formatSize = ({ errors }: ErrorGroup): string => ` (${formatNumber(errors.length)})`

const formatErrorRow = (error: DeploymentError, pointer: string, writer: Writer): Row => {
  const message = isLongMessage(error.message)
    ? writer.markdown(formatFirstLine(error.message, writer)) + pointer
    : writer.markdown(error.message)
  return [writer.code(error.code, 100), formatWhat(error, writer), message]
}

/** With the object, if the error belongs to no workload: then the group's title doesn't name it. */
const formatWhat = (error: DeploymentError, writer: Writer): string => {
  const { summary, scope, object_id, error_type, code, message } = error
  return joinParts(
    ' · ',
    writer.markdown(summary, maxCell),
    scope !== 'workload' && writer.code(object_id, 100),
    writer.markdown(error_type, 100),
    !(code || summary || error_type || message) && noWords,
  )
}

const formatMessageFold = ({ code, summary, message }: DeploymentError, writer: Writer): string => {
  const title = joinParts(' ', writer.htmlCode(code, 100), writer.html(summary))
  return formatFold(`${title || 'Error'} · the message in full`, writer.codeBlock(message))
}
