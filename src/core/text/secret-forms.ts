/** The forms in which a secret may turn up in a text. */

/** Found by its middle, `core`; around it up to so many characters of base64 tell of the secret, too. */
export type Form = { readonly core: string; readonly charactersBefore: number; readonly charactersAfter: number }

/** One or two characters protect nothing, and taking them out would leave no text readable. */
const leastLength = 3
/** A shorter piece of base64 would be found in ordinary words. */
const leastBase64Length = 4

const utf8 = new TextEncoder()

/** The secrets in hex, base64 and base64url. */
export const listForms = (secrets: readonly string[]): readonly Form[] =>
  secrets
    .filter(isLongEnough)
    .flatMap((secret) => [
      ...listHexForms(secret).map((core) => ({ core, charactersBefore: 0, charactersAfter: 0 })),
      ...listBase64Forms(secret),
    ])

const isLongEnough = (text: string): boolean => text.trim().length >= leastLength

/**
 * For each secret, trimmed, a pattern of all it may become where each character is escaped, or not, for JSON, URIs or XML, once or twice:
 * encoders differ in what they escape and how, and one works on what another has written. Global: `lastIndex` is the caller's.
 */
export const listPatterns = (secrets: readonly string[]): readonly RegExp[] =>
  [...new Set(secrets.filter(isLongEnough).flatMap(listPatternSources))].map((source) => new RegExp(source, 'g'))

/** V8 refuses patterns of thousands of characters, so a long secret is sought in pieces of this many, the last from its end. */
const pieceLength = 256

const listPatternSources = (secret: string): string[] => {
  const parts = (secret.trim().match(/\\{0,64}(?:[\ud800-\udbff][\udc00-\udfff]|[^\\])|\\{1,64}/g) ?? []).map(toPattern)
  const starts = Array.from({ length: Math.ceil(parts.length / pieceLength) }, (_, index) => index * pieceLength)
  const lastStart = Math.max(0, parts.length - pieceLength)
  return starts.map((start) => parts.slice(Math.min(start, lastStart)).slice(0, pieceLength).join(''))
}

/** A JSON string within a JSON string within a third has seven before a quote, and eight for each backslash. */
const mostBackslashes = 8
const percent = '%(?:25)?'
const ampersand = '(?:&|u0026)(?:amp;)?'
const backslash = String.raw`(?:\\(?:u005[cC])?|${percent}5[cC]|${ampersand}(?:bsol|#0{0,6}92|#[xX]0{0,6}5[cC]);)`
/** Those of an escape: without the entities, which are left to the character itself. */
const escapingBackslash = String.raw`(?:\\|${percent}5[cC])`

/**
 * Of a character and the backslashes before it. They are counted together with those that escape the character:
 * counted apart, they could be shared out in so many ways that the search would not end.
 */
const toPattern = (part: string): string => {
  const character = part.replace(/^\\+/, '')
  const count = part.length - character.length
  const most = mostBackslashes * (count + 1) - 1
  if (/^[A-Za-z0-9_.~-]?$/.test(character)) {
    return (count > 0 ? `${backslash}{${count},${most}}` : '') + toLiteral(character)
  }
  const before = count > 0 ? `${backslash}{${count},${most}}` : `${escapingBackslash}{0,${most}}`
  return `${before}(?:${listEscapes(character).join('|')}|${toLiteral(character)})`
}

const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const letters: Readonly<Record<string, string>> = { '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', ' ': '\\+' }

/** What may stand for a character, each without the backslashes before it. */
const listEscapes = (character: string): string[] => {
  const code = character.codePointAt(0) ?? 0
  const units = listUnits(character).map((unit) => `u${inAnyCase(unit)}`)
  const bytes = [...utf8.encode(character)].map((byte) => percent + inAnyCase(hexOf(byte)))
  const entities = [names[character], `#0{0,6}${code}`, `#[xX]0{0,6}${inAnyCase(code.toString(16))}`]
  return [
    units.join(`${escapingBackslash}{1,${mostBackslashes - 1}}`),
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

/** In lower and in upper case. */
const listHexForms = (secret: string): readonly [string, string] => {
  const hex = [...utf8.encode(secret.trim())].map(hexOf).join('')
  return [hex, hex.toUpperCase()]
}

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0')

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const toBase64Url = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/**
 * Base64 takes three bytes at a time, so a secret within a longer text has one of three forms, by how many of its bytes go to
 * the group that began before it. Whole groups are sure; the groups at both ends are shared with the neighbours.
 */
const listBase64Forms = (secret: string): Form[] => {
  const bytes = utf8.encode(secret.trim())
  return [0, 1, 2].flatMap((shift) => {
    const shifted = bytes.subarray(shift)
    const whole = toBase64(shifted.subarray(0, shifted.length - (shifted.length % 3)))
    if (whole.length < leastBase64Length) return []
    const charactersBefore = shift === 0 ? 0 : shift + 1
    const charactersAfter = shifted.length % 3 === 0 ? 0 : (shifted.length % 3) + 1
    return [...new Set([whole, toBase64Url(whole)])].map((core) => ({ core, charactersBefore, charactersAfter }))
  })
}

/** What the runner is to mask beside the secrets. Of a masked value it finds eleven encodings by itself, but none of these. */
export const listMaskForms = (secrets: readonly string[]): readonly string[] => {
  const forms = secrets
    .filter(isLongEnough)
    .flatMap((secret) => [...listHexForms(secret), ...listBase64Forms(secret).map(({ core }) => core)])
  return [...new Set(forms)].filter((form) => form.length >= 8)
}
