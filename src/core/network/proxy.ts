import type { Variables } from '../inputs/request.ts'
import type { InvalidRoute, Reach } from './request-error.ts'

/**
 * Which fetch is used: Node's (`builtin`), or that of `src/adapters/proxy.ts` (`own`), which is only loaded then. Node's ignores
 * proxies, unless it was started with `NODE_USE_ENV_PROXY=1`.
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
 * How a host is reached, by the variables that the runner and other tools use: `https_proxy` for https, `http_proxy` for http, and
 * `no_proxy`. The lower-case name wins. Loopback is never proxied.
 *
 * @param address an absolute http(s) URL
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

/** `setting`: the input or variable that `address` comes from. */
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

/** Whether Node's own clients use a proxy: they then use `http_proxy` for https too, and proxy loopback. */
const isNodeProxying = (variables: Variables): boolean =>
  ['https_proxy', 'http_proxy'].some((name) => findVariable(variables, name) !== undefined) &&
  (variables['NODE_USE_ENV_PROXY'] === '1' || /--use-env-proxy\b/.test(variables['NODE_OPTIONS'] ?? ''))

const hasProxyEnv = (nodeVersion: string): boolean => {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 5)
}

/** The entry that exempts the target: `*`, a host, a domain (`corp.example`, `.corp.example`, `*.corp.example`), or an IP address, with or without a port. */
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

/** @param host as in `URL.hostname` */
const isIpAddress = (host: string): boolean => /^(?:\[.*\]|[\d.]+)$/.test(host)

/** As in `URL.hostname`: IPv6 is shortened. */
const canonize = (name: string): string => (URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name)

/** `corp.example` and `.corp.example` include the domain and its subdomains, `*.corp.example` only the subdomains. */
const isWithin = (host: string, name: string): boolean => {
  const domain = trimDot(name.replace(/^\*?\./, ''))
  return domain !== '' && ((host === domain && !name.startsWith('*')) || host.endsWith(`.${domain}`))
}

const trimDot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host)

/**
 * An unencoded `#`, `/`, `?` or `\` before the last `@`: the parser would read part of the password as host and port, or a Windows
 * domain as the host.
 */
const brokenCredentials = /:\/\/.*[#/?\\].*@/s

/** @returns `undefined` for anything but an http(s) proxy's address; its scheme may be missing, its credentials loosely encoded */
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
 * The passwords of the proxy variables, used or not: as written, decoded, encoded, in a `Basic` value, and the parts into which a
 * parser of URLs would split them. A user without a password is a token.
 */
export const listProxySecrets = (variables: Variables): readonly string[] => {
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
  return [...new Set(names.flatMap((name) => listSecretForms(variables[name]?.trim() ?? '')))]
}

/** A shorter part would match in ordinary words, and discloses little. */
const minPart = 3

const listSecretForms = (value: string): string[] => {
  // Up to the last @, also in an address that can't be parsed.
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

/** Leaves invalid percent-encoding as it is, as curl does; `decodeURIComponent` would throw. */
const decodeLoosely = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
  } catch {
    return text
  }
}

/** With the variable set to 0, Node accepts any certificate, and anybody in between can read the token. */
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
