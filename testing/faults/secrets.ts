/** What one run is given, and no other. */
export type Tokens = { readonly humanitec: string; readonly github: string }

/**
 * Two tokens that no encoding leaves as they are, and that occur nowhere else.
 *
 * @param run six letters and digits, by which a request tells whose it is: too few to be a piece that both have in common
 */
export const createTokens = (run: string): Tokens => ({
  humanitec: `hct-cAnary/${run}+Q=&<b>"q"'%41\\z~J`,
  github: `ghs_cAnary+${run}/W=&<i>"r"'%42\\y~K`,
})

/** The run that a whole token was made for. */
export const readRun = (token: string): string | undefined => /^(?:hct-|ghs_)cAnary[/+]([a-z\d]+)[/+]/.exec(token)?.[1]

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')

/** The part of the base64 that is the secret's alone, when so many bytes stand before it. */
const cutBase64 = (secret: string, before: number): string => {
  const [first, last] = [Math.ceil((before * 8) / 6), Math.floor(((before + secret.length) * 8) / 6)]
  return toBase64('#'.repeat(before) + secret).slice(first, last)
}

const listXmlForms = (secret: string): readonly string[] => {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [text, text.replaceAll('"', '&quot;'), text.replaceAll('"', '&quot;').replaceAll("'", '&#39;')]
}

/** Ways in which a token can be written. Made without the code under test. */
export const listEncodings = (secret: string): readonly string[] => {
  const hex = Buffer.from(secret).toString('hex')
  const base64 = [0, 1, 2].map((before) => cutBase64(secret, before))
  const uri = encodeURIComponent(secret)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    uri,
    uri.replaceAll(/%../g, (byte) => byte.toLowerCase()),
    ...listXmlForms(secret),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

/** Every form of both tokens in one text, as a server may echo them. */
export const formatEcho = ({ humanitec, github }: Tokens): string =>
  [humanitec, github]
    .flatMap((secret) => [`Bearer ${secret}`, `Basic ${toBase64(`x:${secret}`)}`, ...listEncodings(secret)])
    .join(' , ')

/** What was cut is looked for by its pieces. */
const pieceLength = 14

const listPieces = (text: string): readonly string[] =>
  Array.from({ length: Math.max(1, text.length - pieceLength + 1) }, (_, start) =>
    text.slice(start, start + pieceLength),
  )

const listNeedles = (secret: string): readonly string[] => [...new Set(listEncodings(secret).flatMap(listPieces))]

const names = { humanitec: 'Humanitec', github: 'GitHub' } as const
const owners = ['humanitec', 'github'] as const

/** Makes the search for a run's tokens: whose a text tells, and in what form. */
export const createSearch = (tokens: Tokens) => {
  const needles = { humanitec: listNeedles(tokens.humanitec), github: listNeedles(tokens.github) }
  return (text: string): readonly string[] =>
    owners.flatMap((owner) => {
      const found = needles[owner].find((needle) => text.includes(needle))
      return found === undefined ? [] : [`${names[owner]}’s token as ${found}`]
    })
}
