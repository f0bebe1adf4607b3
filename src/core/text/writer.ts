import { cleanUpTo, cutMark, cutText, toLine } from './clean.ts'
import type { Redact } from './redact.ts'

declare const place: unique symbol

/** A finished line of the log. Only a writer makes one. */
export type LogLine = string & { readonly [place]: 'log' }

/** Lines of the log; with a title, under a fold. */
export type LogBlock = { readonly title?: LogLine; readonly lines: readonly LogLine[] }

/** A finished message or title of an annotation. Only a writer makes one. */
export type AnnotationText = string & { readonly [place]: 'annotation' }

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title?: AnnotationText
  readonly message: AnnotationText
}

/**
 * The only way from data to text for people, the runner and later steps. Each function redacts first, while secrets are whole, then
 * cleans, cuts and escapes for its place; `maxUnits` counts UTF-16 units. Data that decisions are based on (ids, statuses, a
 * comment's mark) is not written this way.
 */
export type Writer = {
  /** Redacted only: for data that goes elsewhere, and for texts that will be cut later. */
  text(text: string): string
  /** One clean line, for a part of a text that another function writes. */
  line(text: string, maxUnits?: number): string
  /** The first 8 characters of a deployment's id. */
  shortId(id: string): string
  /** The first 7 characters of a Delta's, a Set's or a commit's id. */
  shortHash(hash: string): string
  logLine(text: string, maxUnits?: number): LogLine
  /** At most 500 lines, the last one with the number of those left out. */
  logLines(text: string): readonly LogLine[]
  annotation(text: string): AnnotationText
  annotationTitle(text: string): AnnotationText
  /** Within a paragraph, a table's cell, a link, a heading. Text between backticks becomes code. */
  markdown(text: string, maxUnits?: number): string
  /** Inline code, in a table's cell too. */
  code(text: string, maxUnits?: number): string
  codeBlock(text: string, maxUnits?: number): string
  /** In an HTML element, such as a fold's title. */
  html(text: string, maxUnits?: number): string
  htmlCode(text: string, maxUnits?: number): string
  /** The text alone where the address isn't http(s), has credentials, or is longer than 2,000 characters. */
  link(text: string, address: string): string
  /** The value of an output. */
  output(text: string): string
}

export const createWriter = (redact: Redact): Writer => ({
  text: redact,
  line: (text, maxUnits) => toLine(redact(text), maxUnits),
  shortId: (id) => toLine(redact(id)).slice(0, 8),
  shortHash: (hash) => toLine(redact(hash)).slice(0, 7),
  logLine: (text, maxUnits) => escapeLogLine(redact(text), maxUnits) as LogLine,
  logLines: (text) => listLogLines(redact(text)) as LogLine[],
  annotation: (text) => escapeAnnotation(redact(text)) as AnnotationText,
  annotationTitle: (text) => escapeAnnotationTitle(redact(text)) as AnnotationText,
  markdown: (text, maxUnits) => escapeMarkdown(redact(text), maxUnits),
  code: (text, maxUnits) => escapeCode(redact(text), maxUnits),
  codeBlock: (text, maxUnits) => formatCodeBlock(redact(text), maxUnits),
  html: (text, maxUnits) => escapeHtml(redact(text), maxUnits),
  htmlCode: (text, maxUnits) => escapeHtmlCode(redact(text), maxUnits),
  link: (text, address) => formatLink(redact(text), redact(address)),
  output: (text) => toLine(redact(text)),
})

/**
 * The runner reads `::` at a line's start, after any white space, as a command, and `##[` anywhere (its ActionCommand.cs). Its
 * comparison ignores characters of no width, so a visible one is inserted.
 */
const disarmCommands = (line: string): string =>
  line
    .replace(/^((?:\s|\p{Default_Ignorable_Code_Point})*):(?=\p{Default_Ignorable_Code_Point}*:)/u, '$1: ')
    .replace(/#(?=\p{Default_Ignorable_Code_Point}*#\p{Default_Ignorable_Code_Point}*\[)/gu, '# ')

/** Keeps the indentation. */
const escapeLogLine = (text: string, maxUnits = 2000): string =>
  cutText(
    disarmCommands(
      cleanUpTo(text, maxUnits)
        .replace(/[\t\n]/g, ' ')
        .trimEnd(),
    ),
    maxUnits,
  )

const listLogLines = (text: string, maxLines = 500): string[] => {
  const lines = cleanUpTo(text, 250_000).trimEnd().split('\n')
  const shown = lines.slice(0, maxLines).map((line) => escapeLogLine(line))
  return lines.length > maxLines ? [...shown, `${cutMark} ${lines.length - maxLines} more lines`] : shown
}

/** The runner keeps 4,096 characters. */
const escapeAnnotation = (text: string, maxUnits = 4096): string => {
  const lines = cleanUpTo(text, maxUnits).trim().split('\n')
  return cutText(lines.map((line) => disarmCommands(line.replaceAll('\t', ' ').trimEnd())).join('\n'), maxUnits)
}

const escapeAnnotationTitle = (text: string, maxUnits = 200): string => cutText(disarmCommands(toLine(text)), maxUnits)

/**
 * Words that GitHub turns into links, mentions, references, emoji or formulas, even when they are escaped: it searches the rendered
 * page for most of them. Not in code, so that is what they become.
 */
const activeWord =
  /:\/\/|www\.|[@$]|#\d|\bgh-\d|\bghsa-|\b[A-Z][A-Z0-9]+-\d|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:/

const isActive = (word: string): boolean => activeWord.test(word) || activeWord.test(word.toLowerCase())

type Piece = { readonly kind: 'text' | 'code'; readonly text: string }

/** Text between backticks, and every active word, is code. Joins neighbours of a kind. */
const splitPieces = (line: string): readonly Piece[] => {
  // A line with an active word is active as a whole. Most lines aren't, and are one piece.
  if (!line.includes('`') && !isActive(line)) return [{ kind: 'text', text: line }]
  const pieces: Piece[] = []
  for (const piece of [...line.matchAll(/`([^`|]+)`|[`|]|\s|[^\s`|]+/g)].flatMap(toPieces)) {
    const last = pieces.at(-1)
    if (last && last.kind === piece.kind) pieces.splice(-1, 1, { kind: piece.kind, text: last.text + piece.text })
    else if (piece.text) pieces.push(piece)
  }
  return pieces
}

const toPieces = ([part = '', quoted = '']: readonly string[]): readonly Piece[] => {
  if (quoted.trim()) return [{ kind: 'code', text: quoted }]
  if (!isActive(part)) return [{ kind: 'text', text: part }]
  const before = /^[("'“‘]*/.exec(part)?.[0] ?? ''
  const code = cutPunctuation(part.slice(before.length))
  return [
    { kind: 'text', text: before },
    { kind: 'code', text: code },
    { kind: 'text', text: part.slice(before.length + code.length) },
  ]
}

/** Without the punctuation after the word, but with the colon that ends an emoji's name. */
const cutPunctuation = (word: string): string => {
  const cut = word.replace(/(?<=.)[)"'”’.,;:!?]+$/, '')
  return isActive(cut) ? cut : word.replace(/(?<=.)[)"'”’.,;!?]+$/, '')
}

/** Brackets and pipes become entities: a backslash doesn't escape them within a link's text and a table's cell. */
const escapeMarkdownText = (text: string): string =>
  escapeHtmlText(text)
    .replace(/[\\`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll('|', '&#124;')
    .replaceAll('[', '&#91;')
    .replaceAll(']', '&#93;')

/** Escapes what would begin a heading, a list or an underline. */
const escapeLineStart = (markdown: string): string =>
  markdown.replace(/^[#+=-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2')

const escapeMarkdown = (text: string, maxUnits = 1000): string =>
  escapeLineStart(
    splitPieces(toLine(text, maxUnits))
      .map((piece) => (piece.kind === 'code' ? formatCodeSpan(piece.text) : escapeMarkdownText(piece.text)))
      .join(''),
  )

/** Fenced by more backticks than any run in it. */
const formatCodeSpan = (code: string): string => {
  const fence = '`'.repeat(maxRun(code) + 1)
  const padding = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
  return fence + padding + code + padding + fence
}

const maxRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))

/** In a table's cell a backslash can't escape a pipe, so the code is split there. */
const escapeCode = (text: string, maxUnits = 300): string =>
  toLine(text, maxUnits)
    .split('|')
    .map((code) => code.trim() && formatCodeSpan(code.trim()))
    .join('&#124;')

const formatCodeBlock = (text: string, maxUnits = 100_000): string => {
  const code = cutText(cleanUpTo(text, maxUnits).replace(/^\n+/, '').trimEnd(), maxUnits)
  const fence = '`'.repeat(Math.max(3, maxRun(code) + 1))
  return `${fence}text\n${code}\n${fence}`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escapeHtmlText = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character] ?? '')

const escapeHtml = (text: string, maxUnits = 300): string =>
  splitPieces(toLine(text, maxUnits))
    .map(({ kind, text }) => (kind === 'code' ? `<code>${escapeHtmlText(text)}</code>` : escapeHtmlText(text)))
    .join('')

const escapeHtmlCode = (text: string, maxUnits = 300): string => {
  const code = toLine(text, maxUnits)
  return code && `<code>${escapeHtmlText(code)}</code>`
}

const formatLink = (text: string, address: string): string => {
  const target = formatLinkTarget(address)
  return target === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${target})`
}

const formatLinkTarget = (address: string): string | undefined => {
  const url = address.length <= 2000 && /^https?:\/\//i.test(address) ? URL.parse(address) : null
  if (url?.username !== '' || url.password !== '') return undefined
  const rest = url.pathname + url.search + url.hash
  return url.origin + rest.replace(/[()[\]<>{}|\\^`'"*_~$]/g, percentEncode).replaceAll('&', '&amp;')
}

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** A row's cells, in Markdown without line breaks and bare pipes: made by a writer. */
export type Row = readonly string[]

export const formatTable = (header: Row, rows: readonly Row[]): string =>
  [formatRow(header), formatRow(header.map(() => '---')), ...rows.map(formatRow)].join('\n')

const formatRow = (cells: Row): string => `| ${cells.join(' | ')} |`

/** `title` is HTML. `content` is Markdown: the blank line before it makes GitHub read it as such. */
export const formatFold = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`
