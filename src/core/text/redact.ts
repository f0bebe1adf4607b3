const mask = '***'

export type Redact = (text: string) => string

/**
 * Replaces secrets by `***`: raw, escaped for JSON, URIs and XML, in hex, and in base64 and base64url at each shift; and the
 * credentials of an `Authorization` header, a `Bearer` or a `Basic`. To be called before a text is cut.
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

/** Includes overlapping matches. */
const findMatches = (text: string, pattern: RegExp): Range[] => {
  const ranges: Range[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    ranges.push([match.index, pattern.lastIndex])
    pattern.lastIndex = match.index + 1
  }
  return ranges
}

/** Extends it over the neighbouring characters of base64 that hold bits of the secret. */
const extendRange = (text: string, at: number, { core, charactersBefore, charactersAfter }: Form): Range => {
  let start = at
  let end = at + core.length
  while (at - start < charactersBefore && isBase64(text.charAt(start - 1))) start--
  while (end - at - core.length < charactersAfter && isBase64(text.charAt(end))) end++
  while (charactersAfter > 0 && text.charAt(end) === '=') end++
  return [start, end]
}

const isBase64 = (character: string): boolean => /[A-Za-z0-9+/_-]/.test(character)

/** Merges overlapping ranges, so that nothing remains of two secrets that share characters. */
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
/** One or two words (a scheme and a token), and the list of `name="value"` of Digest and others; not the prose after it. */
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

/** "Bearer token" and "Basic authentication" contain no credentials. */
const isWord = (value: string): boolean => /^[A-Za-z]?[a-z]{0,19}(?:-[a-z]{1,12})?[.=:]?$/.test(value)

// The forms in which a secret may appear in a text.

/** Found by its middle, `core`. Up to this many characters of base64 before and after it hold bits of the secret as well. */
type Form = { readonly core: string; readonly charactersBefore: number; readonly charactersAfter: number }

/** One or two characters are no protection, and masking them would make every text unreadable. */
const minLength = 3
/** A shorter piece of base64 would be found in ordinary words. */
const minBase64Length = 4

const utf8 = new TextEncoder()

/** The secrets in hex, base64 and base64url. */
const listForms = (secrets: readonly string[]): readonly Form[] =>
  secrets
    .filter(isLongEnough)
    .flatMap((secret) => [
      ...listHexForms(secret).map((core) => ({ core, charactersBefore: 0, charactersAfter: 0 })),
      ...listBase64Forms(secret),
    ])

const isLongEnough = (text: string): boolean => text.trim().length >= minLength

/**
 * For each secret, trimmed, a pattern in which any character may be escaped for JSON, URIs or XML, once or twice: encoders differ
 * in what they escape, and may be applied one after another. The patterns are global: the caller sets `lastIndex`.
 */
const listPatterns = (secrets: readonly string[]): readonly RegExp[] =>
  [...new Set(secrets.filter(isLongEnough).flatMap(listPatternSources))].map((source) => new RegExp(source, 'g'))

/** V8 refuses patterns of thousands of characters, so a long secret is searched for in pieces. The last is its end. */
const pieceLength = 256

const listPatternSources = (secret: string): string[] => {
  const parts = (secret.trim().match(/\\{0,64}(?:[\ud800-\udbff][\udc00-\udfff]|[^\\])|\\{1,64}/g) ?? []).map(toPattern)
  const starts = Array.from({ length: Math.ceil(parts.length / pieceLength) }, (_, index) => index * pieceLength)
  const lastStart = Math.max(0, parts.length - pieceLength)
  return starts.map((start) => parts.slice(Math.min(start, lastStart)).slice(0, pieceLength).join(''))
}

/** A JSON string in a JSON string in a JSON string has seven before a quote, and eight for each backslash. */
const maxBackslashes = 8
const percent = '%(?:25)?'
const ampersand = '(?:&|u0026)(?:amp;)?'
const backslash = String.raw`(?:\\(?:u005[cC])?|${percent}5[cC]|${ampersand}(?:bsol|#0{0,6}92|#[xX]0{0,6}5[cC]);)`
/** Before an escaped character. Without XML's entities, which don't escape others. */
const escapingBackslash = String.raw`(?:\\|${percent}5[cC])`

/**
 * The pattern of one character and the backslashes before it. These are counted together with those that escape the character:
 * two separate counts would backtrack exponentially.
 */
const toPattern = (part: string): string => {
  const character = part.replace(/^\\+/, '')
  const count = part.length - character.length
  const most = maxBackslashes * (count + 1) - 1
  if (/^[A-Za-z0-9_.~-]?$/.test(character)) {
    return (count > 0 ? `${backslash}{${count},${most}}` : '') + toLiteral(character)
  }
  const before = count > 0 ? `${backslash}{${count},${most}}` : `${escapingBackslash}{0,${most}}`
  return `${before}(?:${listEscapes(character).join('|')}|${toLiteral(character)})`
}

const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const letters: Readonly<Record<string, string>> = { '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', ' ': '\\+' }

/** The escapes of a character, without the backslashes before it. */
const listEscapes = (character: string): string[] => {
  const code = character.codePointAt(0) ?? 0
  const units = listUnits(character).map((unit) => `u${inAnyCase(unit)}`)
  const bytes = [...utf8.encode(character)].map((byte) => percent + inAnyCase(hexOf(byte)))
  const entities = [names[character], `#0{0,6}${code}`, `#[xX]0{0,6}${inAnyCase(code.toString(16))}`]
  return [
    units.join(`${escapingBackslash}{1,${maxBackslashes - 1}}`),
    bytes.join(''),
    `${ampersand}(?:${entities.filter((entity) => entity !== undefined).join('|')});`,
    ...(letters[character] === undefined ? [] : [letters[character]]),
  ]
}

const toLiteral = (text: string): string =>
  /^\w?$/.test(text)
    ? text
    : listUnits(text)
        .map((unit) => `\\u${unit}`)
        .join('')

const listUnits = (text: string): string[] =>
  text.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))

const inAnyCase = (hex: string): string => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

/** Lower case and upper case. */
const listHexForms = (secret: string): readonly [string, string] => {
  const hex = [...utf8.encode(secret.trim())].map(hexOf).join('')
  return [hex, hex.toUpperCase()]
}

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0')

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const toBase64Url = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/**
 * Base64 encodes groups of three bytes, so a secret within a longer text has one of three forms, by how many of its bytes belong
 * to a group that began before it. `core` has the whole groups; those at both ends also hold bits of the text around.
 */
const listBase64Forms = (secret: string): Form[] => {
  const bytes = utf8.encode(secret.trim())
  return [0, 1, 2].flatMap((shift) => {
    const shifted = bytes.subarray(shift)
    const whole = toBase64(shifted.subarray(0, shifted.length - (shifted.length % 3)))
    if (whole.length < minBase64Length) return []
    const charactersBefore = shift === 0 ? 0 : shift + 1
    const charactersAfter = shifted.length % 3 === 0 ? 0 : (shifted.length % 3) + 1
    return [...new Set([whole, toBase64Url(whole)])].map((core) => ({ core, charactersBefore, charactersAfter }))
  })
}

/** For the runner to mask besides the secrets: it derives eleven encodings by itself, but none of these. */
export const listMaskForms = (secrets: readonly string[]): readonly string[] => {
  const forms = secrets
    .filter(isLongEnough)
    .flatMap((secret) => [...listHexForms(secret), ...listBase64Forms(secret).map(({ core }) => core)])
  return [...new Set(forms)].filter((form) => form.length >= 8)
}
