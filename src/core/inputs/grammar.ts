/** 2 to 50 of a–z, 0–9 and single hyphens between them: the API's grammar, in a form that takes linear time. */
export const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= 50 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
export const nameRule = '2 to 50 lower-case letters, digits and single hyphens between them'
/** A name with one `*` that stands for a number. */
export const isNamePattern = (text: string): boolean => text.split('*').length === 2 && isName(text.replace('*', '1'))
/** Ids of deployments, Deltas, Sets and value set versions: whether they exist is the API's to say. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text)
export const isPlainWord = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text)
/** What an HTTP header can carry. */
export const isHeaderSafe = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** White space within is refused: the URL parser would drop it without a word. */
const parseUrl = (text: string): URL | undefined =>
  /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) ? new URL(text) : undefined

export const isWebUrl = (text: string): boolean => {
  const url = parseUrl(text)
  return url !== undefined && url.username === '' && url.password === ''
}

/** A host name of a URL that never leaves the machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** An API's or an app's base address: https, or http on loopback. */
export const isAddress = (text: string): boolean => {
  const url = parseUrl(text)
  if (!url || !isWebUrl(text) || /[?#@\\]/.test(text)) return false
  return url.protocol === 'https:' || isLoopback(url.hostname)
}
