/** The forms in which a secret may turn up in a text. */

/** Found by its middle, `core`; around it up to so many characters of base64 tell of the secret, too. */
export type Form = { readonly core: string; readonly charactersBefore: number; readonly charactersAfter: number }

/** One or two characters protect nothing, and taking them out would leave no text readable. */
const leastLength = 3
/** A shorter piece of base64 would be found in ordinary words. */
const leastBase64Length = 4

const utf8 = new TextEncoder()

/** Every form of every secret, longest first. */
export const listForms = (secrets: readonly string[]): readonly Form[] => {
  const texts = new Set(
    secrets.filter(isLongEnough).flatMap((secret) => [...listPlainForms(secret), ...listHexForms(secret)]),
  )
  const plain = [...texts].filter(isLongEnough).map((core) => ({ core, charactersBefore: 0, charactersAfter: 0 }))
  return [...plain, ...secrets.filter(isLongEnough).flatMap(listBase64Forms)].sort(
    (a, b) => b.core.length - a.core.length,
  )
}

const isLongEnough = (text: string): boolean => text.trim().length >= leastLength

const listPlainForms = (secret: string): string[] => {
  const json = JSON.stringify(secret).slice(1, -1)
  const uri = encodeURIComponent(secret.toWellFormed())
  const strictUri = uri.replace(/[!'()*]/g, (character) => `%${hexOf(character.charCodeAt(0))}`)
  return [
    secret,
    secret.trim(),
    json,
    ...listJsonVariants(json),
    ...[uri, strictUri].flatMap(listUriVariants),
    ...listXmlForms(secret),
  ]
}

/** PHP and Java may write `\/`; Go, in which the API is written, `\u003c`, `\u003e` and `\u0026` (package encoding/json). */
const listJsonVariants = (json: string): string[] => [
  json.replaceAll('/', '\\/'),
  json.replace(/[<>&]/g, (character) => `\\u00${hexOf(character.charCodeAt(0))}`),
]

const listUriVariants = (uri: string): string[] => [
  uri,
  uri.replaceAll('%20', '+'),
  uri.replace(/%../g, (byte) => byte.toLowerCase()),
]

const listXmlForms = (secret: string): string[] => {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = text.replaceAll('"', '&quot;')
  return [
    text,
    quoted,
    quoted.replaceAll("'", '&apos;'),
    quoted.replaceAll("'", '&#39;'),
    quoted.replaceAll("'", '&#x27;'),
  ]
}

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
