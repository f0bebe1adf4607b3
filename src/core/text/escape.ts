import { cleanUpTo, cutMark, cutText, toLine } from './clean-text.ts'

/** The one place where text from outside is made neutral: one function for each place that it is written to. */

/**
 * The runner takes `::` for a command at a line's start, after any white space, and `##[` anywhere (its ActionCommand.cs).
 * It compares by culture, which skips characters of no width: only something that is seen breaks a command up.
 */
const disarmCommands = (line: string): string =>
  line
    .replace(/^((?:\s|\p{Default_Ignorable_Code_Point})*):(?=\p{Default_Ignorable_Code_Point}*:)/u, '$1: ')
    .replace(/#(?=\p{Default_Ignorable_Code_Point}*#\p{Default_Ignorable_Code_Point}*\[)/gu, '# ')

/** A line of the log. Its indentation stays. */
export const escapeLogLine = (text: string, maxUnits = 2000): string =>
  cutText(
    disarmCommands(
      cleanUpTo(text, maxUnits)
        .replace(/[\t\n]/g, ' ')
        .trimEnd(),
    ),
    maxUnits,
  )

/** A text of several lines as lines of the log, `maxLines` at most, the last one telling how many there would be. */
export const listLogLines = (text: string, maxLines = 500): string[] => {
  const lines = cleanUpTo(text, 250_000).trimEnd().split('\n')
  const shown = lines.slice(0, maxLines).map((line) => escapeLogLine(line))
  return lines.length > maxLines ? [...shown, `${cutMark} ${lines.length - maxLines} more lines`] : shown
}

/** An annotation's message; the runner keeps 4,096 characters of it. */
export const escapeAnnotation = (text: string, maxUnits = 4096): string => {
  const lines = cleanUpTo(text, maxUnits).trim().split('\n')
  return cutText(lines.map((line) => disarmCommands(line.replaceAll('\t', ' ').trimEnd())).join('\n'), maxUnits)
}

export const escapeAnnotationTitle = (text: string, maxUnits = 200): string =>
  cutText(disarmCommands(toLine(text)), maxUnits)

/**
 * Words that GitHub makes links, mentions, references, emoji or formulas of, even when they are escaped:
 * it looks for most of them in the finished page. In code they stay what they are.
 */
const activeWord =
  /:\/\/|www\.|[@$]|#\d|\bgh-\d|\bghsa-|\b[A-Z][A-Z0-9]+-\d|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:/

const isActive = (word: string): boolean => activeWord.test(word) || activeWord.test(word.toLowerCase())

type Piece = { readonly kind: 'text' | 'code'; readonly text: string }

/** Code is what stands between backticks, and every word that would come alive. Neighbours of a kind become one. */
const splitPieces = (line: string): readonly Piece[] => {
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

/** What ends a sentence or a clause is no part of the word, but for the colon that ends an emoji's name. */
const cutPunctuation = (word: string): string => {
  const cut = word.replace(/(?<=.)[)"'”’.,;:!?]+$/, '')
  return isActive(cut) ? cut : word.replace(/(?<=.)[)"'”’.,;!?]+$/, '')
}

/** Brackets and pipes as entities: behind a backslash they may come alive within a link's text and a table's cell. */
const escapeMarkdownText = (text: string): string =>
  escapeHtmlText(text)
    .replace(/[\\`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll('|', '&#124;')
    .replaceAll('[', '&#91;')
    .replaceAll(']', '&#93;')

/** What would begin a heading, a list, an underline at the start of a line. */
const escapeLineStart = (markdown: string): string =>
  markdown.replace(/^[#+=-]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2')

/** Text within a paragraph, a table's cell, a link or a heading; what stands between backticks becomes code. */
export const escapeMarkdown = (text: string, maxUnits = 1000): string =>
  escapeLineStart(
    splitPieces(toLine(text, maxUnits))
      .map((piece) => (piece.kind === 'code' ? formatCodeSpan(piece.text) : escapeMarkdownText(piece.text)))
      .join(''),
  )

/** Fenced by more backticks than any run in it. */
const formatCodeSpan = (code: string): string => {
  const fence = '`'.repeat(longestRun(code) + 1)
  const padding = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
  return fence + padding + code + padding + fence
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))

/** Inline code, in a table's cell too: a pipe can't be kept in there behind a backslash, so it stands between two pieces. */
export const escapeCode = (text: string, maxUnits = 300): string =>
  toLine(text, maxUnits)
    .split('|')
    .map((code) => code.trim() && formatCodeSpan(code.trim()))
    .join('&#124;')

/** A block of code, fenced by more backticks than any run in it. No line of it can be Markdown. */
export const formatCodeBlock = (text: string, maxUnits = 100_000): string => {
  const code = cutText(cleanUpTo(text, maxUnits).replace(/^\n+/, '').trimEnd(), maxUnits)
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  return `${fence}text\n${code}\n${fence}`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escapeHtmlText = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character] ?? '')

/** Text in an HTML element, such as a fold's title. */
export const escapeHtml = (text: string, maxUnits = 300): string =>
  splitPieces(toLine(text, maxUnits))
    .map(({ kind, text }) => (kind === 'code' ? `<code>${escapeHtmlText(text)}</code>` : escapeHtmlText(text)))
    .join('')

/** Code in an HTML element. */
export const escapeHtmlCode = (text: string, maxUnits = 300): string => {
  const code = toLine(text, maxUnits)
  return code && `<code>${escapeHtmlText(code)}</code>`
}

/** A link; where the address is none of the web's, or longer than 2,000 characters, the text alone. `text` is from outside, too. */
export const formatLink = (text: string, address: string): string => {
  const target = formatLinkTarget(address)
  return target === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${target})`
}

const formatLinkTarget = (address: string): string | undefined => {
  if (address.length > 2000 || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return undefined
  const rest = url.pathname + url.search + url.hash
  return url.origin + rest.replace(/[()[\]<>{}|\\^`'"*_~$]/g, percentEncode).replaceAll('&', '&amp;')
}

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
