/** Two tokens that no encoding leaves as they are, and that occur nowhere else. */
export const humanitecToken = 'hct-cAnary/7+Q=&<b>"q"\'%41\\z~J'
export const githubToken = 'ghs_cAnary+9/W=&<i>"r"\'%42\\y~K'

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
export const echoedSecrets: string = [humanitecToken, githubToken]
  .flatMap((secret) => [`Bearer ${secret}`, `Basic ${toBase64(`x:${secret}`)}`, ...listEncodings(secret)])
  .join(' , ')

/** What was cut is looked for by its pieces. */
const pieceLength = 14

const listPieces = (text: string): readonly string[] =>
  Array.from({ length: Math.max(1, text.length - pieceLength + 1) }, (_, start) =>
    text.slice(start, start + pieceLength),
  )

const listNeedles = (secret: string): readonly string[] => [...new Set(listEncodings(secret).flatMap(listPieces))]

const needles = { Humanitec: listNeedles(humanitecToken), GitHub: listNeedles(githubToken) } as const

/** Which of the tokens a text tells, and in what form. */
export const findSecrets = (text: string, owners: readonly (keyof typeof needles)[] = ['Humanitec', 'GitHub']) =>
  owners.flatMap((owner) => {
    const found = needles[owner].find((needle) => text.includes(needle))
    return found === undefined ? [] : [`${owner}’s token as ${found}`]
  })
