import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { delta } from '../example.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { runMainStep, type StepRun } from '../simulator/runner/run-action.ts'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import { type Authority, type Certificate, createAuthority, issueCertificate } from './certificate.ts'

/** What the network's proxy does. `password` wants `robot:p@ss`, `forbids` refuses the host. */
export type ProxyKind = 'tunnels' | 'password' | 'forbids' | 'down' | 'closes' | 'stalls' | 'inspects'

type RunningProxy = {
  readonly port: number
  /** Resolves with the number of CONNECTs that it got. */
  readonly stop: () => Promise<number>
}

export type Driver = {
  readonly kinds: readonly ProxyKind[]
  /** The host that only the proxy can resolve, or else one that it leads to. */
  readonly host: (simulatorPort: string) => string
  readonly start: (kind: ProxyKind, network: Network) => Promise<RunningProxy>
}

export type Network = {
  readonly simulator: Simulator
  readonly certificate: Certificate
  readonly trusted: Authority
  readonly company: Authority
}

type Names = {
  readonly proxy: string
  readonly host: string
  readonly files: Readonly<Record<'trusted' | 'company', string>>
}

type Cell = {
  readonly name: string
  readonly kind: ProxyKind
  /** Asks an address of this machine that is no loopback by its name, so that it can be reached without the proxy, too. */
  readonly isDirect?: boolean
  readonly variables: (names: Names) => Readonly<Record<string, string>>
  readonly outcome: 'started' | 'error'
  /** How often the proxy is asked: as often as requests arrive, or a few times in three seconds. */
  readonly connects: 'each' | 'few' | 0 | 1
  readonly sentences?: (names: Names) => readonly string[]
  readonly usesProxy: boolean
  /** Forms of the password that the runner is told to mask. */
  readonly masked?: readonly string[]
}

const withUser = (proxy: string, user: string): string => proxy.replace('://', `://${user}@`)
const askAllowed = ({ host }: Names): string =>
  `Allow ${host} on the proxy. If the runner may reach ${host} without a proxy, add ${host.replace(/:\d+$/, '')} to no_proxy.`
const credentialsAdvice = (name: string): string =>
  `Write them as user:password@ before the host in ${name}, special characters percent-encoded (% as %25, # as %23, / as %2F, ? as %3F, \\ as %5C).`
const unknownAuthority = ({ host }: Names): string =>
  `The certificate of ${host} is signed by an authority that Node doesn’t trust (`

const works = { outcome: 'started', connects: 'each', usesProxy: true } as const
const passes = { outcome: 'started', connects: 0, usesProxy: false, isDirect: true } as const
const fails = { outcome: 'error', usesProxy: true } as const

export const cells: readonly Cell[] = [
  { name: 'none', kind: 'tunnels', variables: () => ({}), ...passes },
  { name: 'lower case', kind: 'tunnels', variables: ({ proxy }) => ({ https_proxy: proxy }), ...works },
  { name: 'upper case', kind: 'tunnels', variables: ({ proxy }) => ({ HTTPS_PROXY: proxy }), ...works },
  {
    name: 'lower case before upper case',
    kind: 'tunnels',
    variables: ({ proxy }) => ({ https_proxy: proxy, HTTPS_PROXY: 'http://127.0.0.1:9' }),
    ...works,
  },
  { name: 'no scheme', kind: 'tunnels', variables: ({ proxy }) => ({ https_proxy: proxy.slice(7) }), ...works },
  { name: 'http_proxy alone', kind: 'tunnels', variables: ({ proxy }) => ({ http_proxy: proxy }), ...passes },
  {
    name: 'a password with %40',
    kind: 'password',
    masked: ['p%2540ss', 'p@ss', 'cm9ib3Q6cEBzcw=='],
    variables: ({ proxy }) => ({ HTTPS_PROXY: withUser(proxy, 'robot:p%40ss') }),
    ...works,
  },
  {
    name: 'a password with %40, no scheme',
    kind: 'password',
    variables: ({ proxy }) => ({ https_proxy: withUser(proxy, 'robot:p%40ss').slice(7) }),
    ...works,
  },
  {
    name: 'no_proxy hits',
    kind: 'tunnels',
    variables: ({ proxy }) => ({ https_proxy: proxy, no_proxy: 'localhost,0.0.0.0' }),
    ...passes,
  },
  {
    name: 'no_proxy hits, though Node was told to use the proxy',
    kind: 'tunnels',
    variables: ({ proxy }) => ({ https_proxy: proxy, no_proxy: '0.0.0.0', NODE_USE_ENV_PROXY: '1' }),
    ...passes,
    usesProxy: true,
  },
  {
    name: 'no_proxy misses',
    kind: 'tunnels',
    variables: ({ proxy }) => ({ https_proxy: proxy, no_proxy: 'localhost,humanitec.com' }),
    ...works,
  },
  {
    name: 'down',
    kind: 'down',
    variables: ({ proxy }) => ({ https_proxy: proxy }),
    ...fails,
    connects: 0,
    sentences: ({ proxy, host }) => [
      `The proxy ${proxy} (https_proxy) refused the connection (ECONNREFUSED).`,
      `Check its address in https_proxy, and that it runs. If the runner may reach ${host} without a proxy`,
    ],
  },
  {
    name: '407, no password',
    kind: 'password',
    variables: ({ proxy }) => ({ https_proxy: proxy }),
    ...fails,
    connects: 1,
    sentences: ({ proxy }) => [
      `The proxy ${proxy} (https_proxy) requires a user name and a password (407).`,
      credentialsAdvice('https_proxy'),
    ],
  },
  {
    name: '407, a wrong password',
    kind: 'password',
    masked: ['s3cret%2521', 's3cret!', 'cm9ib3Q6czNjcmV0IQ=='],
    variables: ({ proxy }) => ({ HTTPS_PROXY: withUser(proxy, 'robot:s3cret%21') }),
    ...fails,
    connects: 1,
    sentences: ({ proxy }) => [
      `The proxy ${proxy} (HTTPS_PROXY) refused the user name or the password (407).`,
      credentialsAdvice('HTTPS_PROXY'),
    ],
  },
  {
    name: 'the host is not allowed',
    kind: 'forbids',
    variables: ({ proxy }) => ({ https_proxy: proxy }),
    ...fails,
    connects: 'few',
    sentences: (names) => [
      `The proxy ${names.proxy} (https_proxy) made no connection to ${names.host}: it answered 403.`,
      askAllowed(names),
    ],
  },
  {
    name: 'closes on CONNECT',
    kind: 'closes',
    variables: ({ proxy }) => ({ https_proxy: proxy }),
    ...fails,
    connects: 'few',
    sentences: (names) => [
      `The proxy ${names.proxy} (https_proxy) closed the connection before it had connected to ${names.host}.`,
      askAllowed(names),
    ],
  },
  {
    name: 'stalls on CONNECT',
    kind: 'stalls',
    variables: ({ proxy }) => ({ https_proxy: proxy, TIMER_SPEED: '20' }),
    ...fails,
    connects: 'few',
    sentences: (names) => [
      `The proxy ${names.proxy} (https_proxy) made no connection to ${names.host} in time.`,
      askAllowed(names),
    ],
  },
  {
    name: 'inspects TLS, its authority in NODE_EXTRA_CA_CERTS',
    kind: 'inspects',
    variables: ({ proxy, files }) => ({ https_proxy: proxy, NODE_EXTRA_CA_CERTS: files.company }),
    ...works,
  },
  {
    name: 'inspects TLS, no NODE_EXTRA_CA_CERTS',
    kind: 'inspects',
    variables: ({ proxy }) => ({ https_proxy: proxy, NODE_EXTRA_CA_CERTS: '' }),
    ...fails,
    connects: 1,
    sentences: (names) => [
      unknownAuthority(names),
      'name the file with its authority’s certificate (PEM) in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1',
    ],
  },
  {
    name: 'inspects TLS, another file in NODE_EXTRA_CA_CERTS',
    kind: 'inspects',
    variables: ({ proxy }) => ({ https_proxy: proxy }),
    ...fails,
    connects: 1,
    sentences: (names) => [
      unknownAuthority(names),
      `NODE_EXTRA_CA_CERTS names ${names.files.trusted}, but it doesn’t hold that authority’s certificate`,
    ],
  },
  {
    name: 'an old Node',
    kind: 'tunnels',
    variables: ({ proxy }) => ({ https_proxy: proxy, CLAIMED_NODE: '24.4.1' }),
    ...fails,
    connects: 0,
    usesProxy: false,
    sentences: () => [
      'https_proxy is set, but Node 24.4.1, which comes with this runner, can’t go through a proxy by itself (24.5 can).',
      'add this line under the step’s env: NODE_USE_ENV_PROXY: 1',
    ],
  },
  {
    name: 'an address that is none',
    kind: 'tunnels',
    masked: ['s3cret%2521', 's3cret!', 'cm9ib3Q6czNjcmV0IQ=='],
    variables: () => ({ HTTPS_PROXY: 'socks5://robot:s3cret%21@proxy.corp.example:1080' }),
    ...fails,
    connects: 0,
    usesProxy: false,
    sentences: () => ['HTTPS_PROXY isn’t the address of a proxy that can be used.', 'It takes http://host:port'],
  },
]

export type Shown = StepRun & {
  readonly connects: number
  /** Method and operation of each request that arrived. */
  readonly requests: readonly string[]
  /** The file of dist/ with our own fetch was loaded. */
  readonly usedProxy: boolean
  readonly sentences: readonly string[]
}

export const openNetwork = async (): Promise<Network> => {
  const trusted = createAuthority('A public authority')
  const certificate = issueCertificate(
    ['api.humanitec.test', 'api.github.test', 'graphql.github.test', '0.0.0.0'],
    trusted,
  )
  const simulator = await startSimulator({ certificate, acceptsAnyDelta: true })
  return { simulator, certificate, trusted, company: createAuthority('The authority of a company') }
}

/** One run of the bundle behind a proxy. */
export const runCell = async (cell: Cell, driver: Driver): Promise<Shown> => {
  const network = await openNetwork()
  const { simulator } = network
  simulator.orchestrator.addEnvironment('acme/shop/production')
  const proxy = await driver.start(cell.kind, network)
  const folder = mkdtempSync(join(tmpdir(), 'network-'))
  const files = writeAuthorities(folder, network)
  const { port } = new URL(simulator.url)
  const host = cell.isDirect ? `0.0.0.0:${port}` : driver.host(port)
  const names = { proxy: `http://127.0.0.1:${proxy.port}`, host, files }
  const loaded = join(folder, 'loaded')
  const run = await runMainStep({
    simulator,
    inputs: { ...inputs, api_url: `https://${host}`, timeout: isRepeated(cell) ? '6s' : '30s' },
    variables: { NODE_EXTRA_CA_CERTS: files.trusted, ...cell.variables(names), LOADED_FILES: loaded },
    nodeArguments: ['--import', preload],
  })
  const [connects] = await Promise.all([proxy.stop(), simulator.close()])
  const usedProxy = readFileSync(loaded, 'utf8').split('\n').some(hasProxy)
  rmSync(folder, { recursive: true })
  const requests = simulator.orchestrator.record.map(({ operation }) => operation)
  return { ...run, connects, requests, usedProxy, sentences: cell.sentences?.(names) ?? [] }
}

const hasProxy = (url: string): boolean =>
  /\/dist\/[^/]+$/.test(url) && readFileSync(new URL(url), 'utf8').includes('proxyEnv')

const preload = new URL('preload.ts', import.meta.url).href

const writeAuthorities = (folder: string, { trusted, company }: Network): Names['files'] => {
  const files = { trusted: join(folder, 'trusted.pem'), company: join(folder, 'company.pem') }
  writeFileSync(files.trusted, trusted.cert)
  writeFileSync(files.company, company.cert)
  return files
}

const inputs = {
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: usualToken,
  delta_id: delta,
  wait: 'false',
}

/** Whatever a person need not mend is tried again, until the timeout. */
const isRepeated = ({ connects, kind }: Cell): boolean => connects === 'few' || kind === 'down'

/** What differs from what the cell says: nothing, when all is well. */
export const listDifferences = (cell: Cell, shown: Shown): string[] => {
  const lines = `${shown.stdout}${shown.stderr}`.split('\n')
  const told = lines
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')
  const wishes: readonly (readonly [string, boolean])[] = [
    [`outcome ${shown.outputs['outcome']} instead of ${cell.outcome}`, shown.outputs['outcome'] === cell.outcome],
    [`exit ${shown.exit}`, shown.exit === (cell.outcome === 'started' ? 0 : 1)],
    [`${shown.connects} CONNECTs`, fitsConnects(cell, shown)],
    [`requests ${shown.requests}`, shown.requests.join() === (cell.outcome === 'started' ? expectedRequests : '')],
    [`our own fetch loaded: ${shown.usedProxy}`, shown.usedProxy === cell.usesProxy],
    ['the password was told', !/s3cret|p@ss|p%40ss|cm9ib3Q6/.test(`${told}${Object.values(shown.files).join()}`)],
    ...(cell.masked ?? []).map((form) => [`not masked: ${form}`, lines.includes(`::add-mask::${form}`)] as const),
    ...shown.sentences.map((sentence) => [`not told: ${sentence}`, told.includes(sentence)] as const),
  ]
  return wishes.filter(([, isFulfilled]) => !isFulfilled).map(([difference]) => difference)
}

const expectedRequests = 'GET env,POST deploys'

const fitsConnects = ({ connects }: Cell, shown: Shown): boolean => {
  if (connects === 'each') return shown.connects === shown.requests.length
  if (connects === 'few') return shown.connects >= 1 && shown.connects <= 12
  return shown.connects === connects
}
