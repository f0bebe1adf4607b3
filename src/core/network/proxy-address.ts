import type { Variables } from '../inputs/variables.ts'

export type ProxyAddress = {
  /** With scheme and credentials, in a form that Node takes. Secret. */
  readonly url: string
  /** Scheme, host and port, for people. */
  readonly address: string
  readonly hasCredentials: boolean
}

/**
 * What ends the host in a URL, unencoded before the last `@`: the parser would take a part of the password for the host and its
 * port, or a Windows domain for the host.
 */
const brokenCredentials = /:\/\/.*[#/?\\].*@/s

/** @returns `undefined` when it isn't the address of an http(s) proxy; the scheme may be missing, the credentials loosely encoded */
export const parseProxyAddress = (value: string): ProxyAddress | undefined => {
  const text = withScheme(value)
  const url = URL.canParse(text) && !brokenCredentials.test(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  const user = decodeLoosely(url.username)
  const password = decodeLoosely(url.password)
  const hasCredentials = user !== '' || password !== ''
  const credentials = hasCredentials ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : ''
  return {
    url: `${url.protocol}//${credentials}${url.host}`,
    address: `${url.protocol}//${url.host}`,
    hasCredentials,
  }
}

/**
 * All forms in which the passwords of the proxy variables show, whether a proxy is used or not: as written, decoded, encoded,
 * in the `Basic` value, and the parts that a parser of URLs would take it for. A user without a password is a token.
 */
export const listProxySecrets = (variables: Variables): readonly string[] => {
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
  return [...new Set(names.flatMap((name) => listSecretForms(variables[name]?.trim() ?? '')))]
}

/** A shorter one would be found in ordinary words, and tells little. */
const shortestPart = 3

const listSecretForms = (value: string): string[] => {
  // Up to the last @: of an address that can't be parsed, too.
  const credentials = /\/\/(.*)@/s.exec(withScheme(value))?.[1]
  if (credentials === undefined) return []
  const [user = '', ...rest] = credentials.split(':')
  const secret = rest.join(':') || user
  const decoded = decodeLoosely(secret)
  const basic = `${decodeLoosely(user)}:${decodeLoosely(rest.join(':'))}`
  const parts = secret.split(/[#/?\\]/).filter((part) => part.length >= shortestPart)
  return [secret, decoded, encodeURIComponent(decoded), encodeBase64(basic), ...parts].filter((form) => form !== '')
}

const withScheme = (value: string): string => (/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`)

const encodeBase64 = (text: string): string => Buffer.from(text).toString('base64')

/** Percent-decoded; what isn't valid percent-encoding stays as it is, as curl does it (Node throws instead). */
const decodeLoosely = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
  } catch {
    return text
  }
}
