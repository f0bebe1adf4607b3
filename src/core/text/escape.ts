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

/** Code is what is between backticks, and every word that would come alive. Neighbours of a kind become one. */
const splitPieces = (line: string): readonly Piece[] => {
  // A word that is active is so within its line, too: most lines have none, and are one piece.
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

/** Text within a paragraph, a table's cell, a link or a heading; what is between backticks becomes code. */
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
  const url = address.length <= 2000 && /^https?:\/\//i.test(address) ? URL.parse(address) : null
  if (url?.username !== '' || url.password !== '') return undefined
  const rest = url.pathname + url.search + url.hash
  return url.origin + rest.replace(/[()[\]<>{}|\\^`'"*_~$]/g, percentEncode).replaceAll('&', '&amp;')
}

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Put where a text was cut. */
const cutMark = '…'
const replacement = '\uFFFD'

/** Cuts to `maxUnits` UTF-16 units, between whole characters, the mark `…` included. */
export const cutText = (text: string, maxUnits: number): string => {
  if (text.length <= maxUnits) return text
  if (maxUnits < 1) return ''
  let end = maxUnits - cutMark.length
  for (let steps = 0; steps < 32 && end > 0 && isJoined(text, end); steps++) end--
  return text.slice(0, isWithinPair(text, end) ? end - 1 : end) + cutMark
}

/** Whether what stands at `index` belongs to the character before: accents, skin tones, emoji made of several. */
const isJoined = (text: string, index: number): boolean =>
  isWithinPair(text, index) ||
  /^[\p{M}\p{EMod}\u200D]/u.test(text.slice(index, index + 2)) ||
  text.charAt(index - 1) === '\u200D'

const isWithinPair = (text: string, index: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(index)) && /[\uD800-\uDBFF]/.test(text.charAt(index - 1))

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals' sequences begin with one
const terminalTitle = /\u001B\][^\u0007\u001B\n]*(?:\u0007|\u001B\\)/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals' sequences begin with one
const terminalSequence = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -~]/g
const lineBreaks = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
/** What shows nothing lets two texts look alike; but scripts and emoji need joiners and variants. */
const invisible = /(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu

/** Nothing in it is cleaned: most texts are such, and are looked at once instead of seven times. */
const clean = /^[\t\n -~]*$/

/** Well-formed, lines ended by `\n`, no control but tab and that, no terminal sequences, nothing that turns the direction. */
const cleanText = (text: string): string =>
  clean.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(terminalTitle, '')
        .replace(terminalSequence, '')
        .replace(lineBreaks, '\n')
        .replace(directionMarks, replacement)
        .replace(invisible, '')
        .replace(/(?![\t\n])\p{Cc}/gu, replacement)

/** Looks at no more of an absurdly long text than can be shown of it. */
const cleanUpTo = (text: string, maxUnits: number): string => {
  const enough = 4 * maxUnits + 1000
  return text.length <= enough ? cleanText(text) : cleanText(text.slice(0, enough)) + cutMark
}

/** One clean line, runs of blanks and line breaks made one space. */
export const toLine = (text: string, maxUnits = 1000): string =>
  cutText(cleanUpTo(text, maxUnits).replace(blanks, ' ').trim(), maxUnits)

/** A single space stays as it is. */
const blanks = /\s{2,}|[^\S ]/g

/** A row's cells, in Markdown that holds neither line breaks nor bare pipes: made by the functions of `escape.ts`. */
export type Row = readonly string[]

export const formatTable = (header: Row, rows: readonly Row[]): string =>
  [formatRow(header), formatRow(header.map(() => '---')), ...rows.map(formatRow)].join('\n')

const formatRow = (cells: Row): string => `| ${cells.join(' | ')} |`

/** `title` is HTML, `content` Markdown; the blank line between them makes GitHub read it as such. */
export const formatFold = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`

const utf8 = new TextEncoder()

export const countBytes = (text: string): number => utf8.encode(text).length

const beginning = /^\s*<(?:!doctype|html|head|body|\?xml)/i
/** A page's title stands near its beginning. One that doesn't end there is none: half a secret would not be known for one. */
const longestHead = 10_000

/** What an answer's text comes to in a sentence: of a page its title, since the rest of it is for browsers; else the text. */
export const summarizePage = (text: string): string => {
  if (!beginning.test(text)) return text
  const [, title = ''] = /<title\b[^>]*>([^<]+)</i.exec(text.slice(0, longestHead)) ?? []
  return title.trim() ? `a page with the title “${title.trim()}”` : 'a page without a title'
}
