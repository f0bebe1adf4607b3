import { type Form, listForms, listPatterns } from './secret-forms.ts'

const mask = '***'

export type Redact = (text: string) => string

/**
 * Takes the secrets out of a text: raw, escaped for JSON, URIs and XML, in hex, base64 and base64url at each shift;
 * and the credentials of an `Authorization` header, a `Bearer` or a `Basic`. To be called before a text is cut.
 */
export const createRedactor = (secrets: readonly string[]): Redact => {
  const forms = listForms(secrets)
  const patterns = listPatterns(secrets)
  return (text) => {
    const ranges = [...findRanges(text, forms), ...patterns.flatMap((pattern) => findMatches(text, pattern))]
    return redactHeaders(replaceRanges(text, ranges))
  }
}

type Range = readonly [start: number, end: number]

const findRanges = (text: string, forms: readonly Form[]): Range[] => {
  const ranges: Range[] = []
  for (const form of forms) {
    for (let at = text.indexOf(form.core); at >= 0; at = text.indexOf(form.core, at + 1)) {
      ranges.push(extendRange(text, at, form))
    }
  }
  return ranges
}

/** Those that overlap, too. */
const findMatches = (text: string, pattern: RegExp): Range[] => {
  const ranges: Range[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    ranges.push([match.index, pattern.lastIndex])
    pattern.lastIndex = match.index + 1
  }
  return ranges
}

/** Over the characters of base64 beside the core that hold bits of the secret. */
const extendRange = (text: string, at: number, { core, charactersBefore, charactersAfter }: Form): Range => {
  let start = at
  let end = at + core.length
  while (at - start < charactersBefore && isBase64(text.charAt(start - 1))) start--
  while (end - at - core.length < charactersAfter && isBase64(text.charAt(end))) end++
  while (charactersAfter > 0 && text.charAt(end) === '=') end++
  return [start, end]
}

const isBase64 = (character: string): boolean => /[A-Za-z0-9+/_-]/.test(character)

/** Overlapping ranges become one, so that of two secrets that share characters nothing is left. */
const replaceRanges = (text: string, ranges: readonly Range[]): string => {
  if (ranges.length === 0) return text
  let result = ''
  let end = 0
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from >= end) result += text.slice(end, from) + mask
    end = Math.max(end, to)
  }
  return result + text.slice(end)
}

const quote = String.raw`(?:\\{0,7}(?:["']|u002[27])|%2[27]|&(?:quot|apos|#0{0,6}3[49]|#x0{0,6}2[27]);)`
const blank = '(?:[ \\t]|%20)'
const letter = String.raw`(?:\\{1,7}(?:\/|u002[bf]|u003d)|(?!%20|%0[ad]|,\s|,$|${quote})[^\s\\)\]}])`
const quoted = String.raw`(?:"(?:\\.|[^"\\\r\n])*"?|${quote}(?:(?!${quote})[^\r\n])*(?:${quote})?)`
const word = `${letter}+(?:(?<==)${quoted})?`
/** One or two words (a scheme and a token), and the list of `name="value"` that Digest and others have; not the prose behind. */
const credentials = String.raw`(?![[({]|\*{3}(?!\.?[\w+/=~-]))${word}(?:${blank}+${word})?(?:${blank}*,${blank}*(?=[\w-]+=)${word})*`
const authorization = new RegExp(
  `(authorization${quote}*${blank}*(?:=>|=(?!>)|:|%3[ad])(?:${blank}|${quote}|[[({])*)${credentials}`,
  'gi',
)
const scheme = /\b(?:(Bearer)(?:[ \t]+|%20)([A-Za-z0-9._~+/=%-]{6,})|(Basic)(?:[ \t]+|%20)([A-Za-z0-9+/]{8,}={0,2}))/gi

const redactHeaders = (text: string): string =>
  /authorization|bearer|basic/i.test(text)
    ? text.replace(authorization, `$1${mask}`).replace(scheme, redactCredentials)
    : text

const redactCredentials = (found: string, bearer?: string, token = '', basic = '', base64 = ''): string =>
  isWord(token || base64) ? found : `${bearer ?? basic} ${mask}`

/** "Bearer token", "Basic authentication" are no credentials. */
const isWord = (value: string): boolean => /^[A-Za-z]?[a-z]{0,19}(?:-[a-z]{1,12})?[.=:]?$/.test(value)

/** The same data with the secrets taken out of every string in it. For plain data: objects, arrays, strings. */
export const redactData = <Data>(redact: Redact, data: Data): Data => {
  if (typeof data === 'string') return redact(data) as Data
  if (Array.isArray(data)) return data.map((item) => redactData(redact, item)) as Data
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, redactData(redact, value)])) as Data
}
