// Every text from outside is cleaned and cut here, whatever it is written to.

export const cutMark = '…'

const replacement = '\uFFFD'

/** Cuts to `maxUnits` UTF-16 units, between whole characters, including the `…` at the end. */
export const cutText = (text: string, maxUnits: number): string => {
  if (text.length <= maxUnits) return text
  if (maxUnits < 1) return ''
  let end = maxUnits - cutMark.length
  for (let steps = 0; steps < 32 && end > 0 && isJoined(text, end); steps++) end--
  return text.slice(0, isWithinPair(text, end) ? end - 1 : end) + cutMark
}

/** Whether the code point at `index` continues a character: accents, skin tones, emoji made of several. */
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

/** Invisible characters make different texts look alike; but some scripts and emoji need joiners and variation selectors. */
const invisible = /(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu

/** Nothing to clean. Most texts are such: this saves seven passes. */
const plainAscii = /^[\t\n -~]*$/

/** Well-formed, lines ended by `\n`, no control characters but that and tab, no terminal sequences, no direction marks. */
const cleanText = (text: string): string =>
  plainAscii.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(terminalTitle, '')
        .replace(terminalSequence, '')
        .replace(lineBreaks, '\n')
        .replace(directionMarks, replacement)
        .replace(invisible, '')
        .replace(/(?![\t\n])\p{Cc}/gu, replacement)

/** Cleans only as much of a very long text as can be shown. */
export const cleanUpTo = (text: string, maxUnits: number): string => {
  const enough = 4 * maxUnits + 1000
  return text.length <= enough ? cleanText(text) : cleanText(text.slice(0, enough)) + cutMark
}

/** One clean line: runs of blanks and line breaks become one space. */
export const toLine = (text: string, maxUnits = 1000): string =>
  cutText(cleanUpTo(text, maxUnits).replace(blanks, ' ').trim(), maxUnits)

const blanks = /\s{2,}|[^\S ]/g

const utf8 = new TextEncoder()

export const countBytes = (text: string): number => utf8.encode(text).length

const htmlStart = /^\s*<(?:!doctype|html|head|body|\?xml)/i

/** A page's title stands near its beginning. One cut off there is not used: half a secret isn't recognized, so not masked. */
const maxHead = 10_000

/** The title of an HTML page, `''` where it has none; `undefined` for any other text. */
export const findPageTitle = (text: string): string | undefined => {
  if (!htmlStart.test(text)) return undefined
  const [, title = ''] = /<title\b[^>]*>([^<]+)</i.exec(text.slice(0, maxHead)) ?? []
  return title.trim()
}

/** An answer's text for a sentence: an HTML page's title, since the rest is for browsers; else the text. */
export const summarizePage = (text: string): string => {
  const title = findPageTitle(text)
  if (title === undefined) return text
  return title ? `a page with the title “${title}”` : 'a page without a title'
}
