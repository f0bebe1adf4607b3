import type { Variables } from '../inputs/request.ts'
import type { InvalidRoute, Reach } from './request-error.ts'

/**
 * Whose fetch takes the route: Node's own (`builtin`), or that of `src/adapters/proxy.ts` (`own`), which is only loaded then.
 * Built-in fetch ignores proxies, unless Node itself was started with `NODE_USE_ENV_PROXY=1`.
 */
type Client = 'builtin' | 'own'

type ProxyAddress = {
  /** With scheme and credentials, in a form that Node takes. Secret. */
  readonly url: string
  /** Scheme, host and port, for people. */
  readonly address: string
  readonly hasCredentials: boolean
}

type DirectRoute = {
  readonly kind: 'direct'
  readonly client: Client
  readonly bypass?: NonNullable<Reach['bypass']>
}

type ProxyRoute = ProxyAddress & {
  readonly kind: 'proxy'
  readonly client: Client
  /** The variable that names the proxy, as it is spelt in the environment. */
  readonly variableName: string
}

export type Route = DirectRoute | ProxyRoute | InvalidRoute

/**
 * How a host is reached, by the variables that the runner and other tools use: `https_proxy` for https, `http_proxy` for http, and `no_proxy`.
 * The lower-case name wins. Loopback is never proxied.
 *
 * @param address an absolute http(s) URL that is asked
 * @param variables the environment
 * @param nodeVersion `process.versions.node`; the `proxyEnv` of `https.Agent` came with 24.5.0
 */
export const determineProxy = (address: string, variables: Variables, nodeVersion: string): Route => {
  const target = new URL(address)
  const proxy = findVariable(variables, target.protocol === 'https:' ? 'https_proxy' : 'http_proxy')
  const isByNode = isNodeProxying(variables)
  const client = isByNode ? 'own' : 'builtin'
  if (!proxy || isLoopback(target.hostname)) return { kind: 'direct', client }
  const bypass = findBypass(variables, target)
  if (bypass) return { kind: 'direct', client, bypass }
  const parsed = parseProxyAddress(proxy.value)
  if (!parsed) return { kind: 'invalid', variableName: proxy.name }
  if (!hasProxyEnv(nodeVersion) && !isByNode) return { kind: 'invalid', variableName: proxy.name, oldNode: nodeVersion }
  return { kind: 'proxy', client: hasProxyEnv(nodeVersion) ? 'own' : 'builtin', variableName: proxy.name, ...parsed }
}

/** An address, and the input or variable that gave it. */
type Given = { readonly address: string; readonly setting: string }

export const determineReach = ({ address, setting }: Given, route: Route, variables: Variables): Reach => ({
  host: new URL(address).host,
  setting,
  extraCaFile: variables['NODE_EXTRA_CA_CERTS'] ?? '',
  ...(route.kind === 'proxy' && {
    proxy: { address: route.address, variableName: route.variableName, hasCredentials: route.hasCredentials },
  }),
  ...(route.kind === 'direct' && route.bypass && { bypass: route.bypass }),
})

const findVariable = (variables: Variables, name: string): { name: string; value: string } | undefined =>
  [name, name.toUpperCase()]
    .map((spelling) => ({ name: spelling, value: variables[spelling]?.trim() ?? '' }))
    .find(({ value }) => value !== '')

/** True when Node's own clients were told to use a proxy: they then take `http_proxy` for https too, and proxy loopback. */
const isNodeProxying = (variables: Variables): boolean =>
  ['https_proxy', 'http_proxy'].some((name) => findVariable(variables, name) !== undefined) &&
  (variables['NODE_USE_ENV_PROXY'] === '1' || /--use-env-proxy\b/.test(variables['NODE_OPTIONS'] ?? ''))

const hasProxyEnv = (nodeVersion: string): boolean => {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 5)
}

/** The entry that exempts the target: `*`, a host, a domain (`corp.example`, `.corp.example`, `*.corp.example`), an IP address, each with or without a port. */
const findBypass = (variables: Variables, target: URL): DirectRoute['bypass'] => {
  const list = findVariable(variables, 'no_proxy')
  const entry = list?.value
    .split(/[\s,]+/)
    .find((candidate) => candidate !== '' && isExempt(candidate.toLowerCase(), target))
  return list && entry ? { variableName: list.name, entry } : undefined
}

const isExempt = (entry: string, target: URL): boolean => {
  if (entry === '*') return true
  const { name, port } = splitPort(entry)
  const host = trimDot(target.hostname)
  return (
    (port === '' || port === portOf(target)) && (isIpAddress(host) ? host === canonize(name) : isWithin(host, name))
  )
}

const splitPort = (entry: string): { readonly name: string; readonly port: string } => {
  const match = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry)
  // More than one colon outside of brackets is an IPv6 address.
  return match ? { name: match[1] ?? '', port: match[2] ?? '' } : { name: `[${entry}]`, port: '' }
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

/** Of a host name as a URL tells it. */
const isIpAddress = (host: string): boolean => /^(?:\[.*\]|[\d.]+)$/.test(host)

/** As a URL tells it: IPv6 shortened. */
const canonize = (name: string): string => (URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name)

/** A domain holds itself and what is below it; written as `*.corp.example`, only what is below. */
const isWithin = (host: string, name: string): boolean => {
  const domain = trimDot(name.replace(/^\*?\./, ''))
  return domain !== '' && ((host === domain && !name.startsWith('*')) || host.endsWith(`.${domain}`))
}

const trimDot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host)

/**
 * What ends the host in a URL, unencoded before the last `@`: the parser would take a part of the password for the host and its
 * port, or a Windows domain for the host.
 */
const brokenCredentials = /:\/\/.*[#/?\\].*@/s

/** @returns `undefined` when it isn't the address of an http(s) proxy; the scheme may be missing, the credentials loosely encoded */
const parseProxyAddress = (value: string): ProxyAddress | undefined => {
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
const minPart = 3

const listSecretForms = (value: string): string[] => {
  // Up to the last @: of an address that can't be parsed, too.
  const credentials = /\/\/(.*)@/s.exec(withScheme(value))?.[1]
  if (credentials === undefined) return []
  const [user = '', ...rest] = credentials.split(':')
  const secret = rest.join(':') || user
  const decoded = decodeLoosely(secret)
  const basic = `${decodeLoosely(user)}:${decodeLoosely(rest.join(':'))}`
  const parts = secret.split(/[#/?\\]/).filter((part) => part.length >= minPart)
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

/** Node then takes any certificate, and the token goes to whoever shows one. */
export const findTlsWarning = (
  variables: Variables,
): { readonly level: 'warning'; readonly title: string; readonly message: string } | undefined =>
  variables['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
    ? {
        level: 'warning',
        title: 'TLS certificates are not verified',
        message:
          'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever stands between the runner and the host can read the token. ' +
          'Remove it, and name the authority’s certificate in NODE_EXTRA_CA_CERTS instead.',
      }
    : undefined

/** A host name of a URL that never leaves the machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
