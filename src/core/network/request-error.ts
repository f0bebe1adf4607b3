import { textOf } from '../text/json.ts'

/**
 * How one request failed, by what the server may have done:
 * - `not_sent`: it never left (name not resolved, refused, connect timeout, proxy didn't tunnel)
 * - `lost`: it may have been carried out (connection cut, timed out)
 * - `answered`: an answer other than 2xx, in `status`
 * - `unreadable`: a 2xx that doesn't parse, doesn't fit, is too large, or is about another id
 * - `untrusted`: stopped by something that only a person can fix (a certificate, a proxy's 407)
 */
export type FailureKind = 'not_sent' | 'lost' | 'answered' | 'unreadable' | 'untrusted'

export type FailureDetails = NetworkDetails & {
  readonly kind: FailureKind
  /** `GET /orgs/…/deploys/9f2c01ab`, without host or query. */
  readonly request: string
  /** Which call of Humanitec's API was answered; absent without an answer, and for other servers. */
  readonly operation?: string
  readonly status?: number
  /** `Retry-After`, in milliseconds from now; absent where it is missing or invalid. */
  readonly retryAfterMs?: number
  /** The `Location` of a redirect: its host only. */
  readonly redirectHost?: string
  /** `error` and `message` of the API's error body, a page's title, or what the network said. Text from outside. */
  readonly detail: string
  /** A 4xx that a proxy or gateway may have sent instead of Humanitec: a page's title, or the first line. Text from outside. */
  readonly intermediary?: { readonly title: string }
  /** `details` of the API's error body as indented JSON. Text from outside. */
  readonly more?: string
  /** How often the request was tried; `overMs`: from the first try to the last answer. Absent where it wasn't repeated. */
  readonly attempts?: { readonly count: number; readonly overMs: number }
  /** Node's or undici's error code (`ECONNREFUSED`), for the log. */
  readonly code?: string
}

/** The only error of a port's calls, apart from an abort's reason. */
export class RequestError extends Error {
  override readonly name = 'RequestError' as const
  readonly details: FailureDetails

  constructor(details: FailureDetails, options?: ErrorOptions) {
    super(formatRequestError(details), options)
    this.details = details
  }
}

/** `GET /orgs/…: 503 unavailable`, for the log. */
export const formatRequestError = ({ request, status, code, kind, detail }: FailureDetails): string =>
  `${request}: ${status ?? code ?? kind}${detail && ` ${detail}`}`

/** The server and the way to it, for messages. Holds no secret. */
export type Reach = {
  /** With its port, unless that is the default. */
  readonly host: string
  /** The input or variable that names the host: `api_url`. */
  readonly setting: string
  /** `address`: scheme, host and port. `variableName`: as it is spelt in the environment. */
  readonly proxy?: { readonly address: string; readonly variableName: string; readonly hasCredentials: boolean }
  /** Why a configured proxy isn't used: the entry of `no_proxy`, as written. */
  readonly bypass?: { readonly variableName: string; readonly entry: string }
  /** The file that `NODE_EXTRA_CA_CERTS` names, or `''`. */
  readonly extraCaFile: string
}

/**
 * A configured proxy that can't be used: the step stops, since it must not be bypassed silently. Either the variable isn't a
 * proxy's address, or this version of Node (`oldNode`) doesn't support proxies.
 */
export type InvalidRoute = { readonly kind: 'invalid'; readonly variableName: string; readonly oldNode?: string }

/** How far the fetch of src/adapters/proxy.ts got: to the proxy, to the host (tunnel and TLS), or to the request. Built-in fetch doesn't say. */
export type ConnectionPhase = 'proxy' | 'connect' | 'request'

/** For messages about a request without an answer. */
export type NetworkDetails = {
  readonly phase?: ConnectionPhase
  /** What the proxy answered instead of making a tunnel. */
  readonly proxyStatus?: number
  readonly reach?: Reach
}

type NetworkFailure = NetworkDetails & {
  /** As in `FailureDetails`. */
  readonly kind: 'not_sent' | 'lost' | 'untrusted'
  /** Node's, OpenSSL's or undici's code, else the error's name (`TimeoutError`). */
  readonly code: string
  /** What the network said. Text from outside. */
  readonly detail: string
}

/** `determineFailure` for a request with a time limit. @param timedOutAfterMs the limit, if it was reached */
export const determineTimedFailure = (error: unknown, timedOutAfterMs: number | undefined): NetworkFailure => {
  const seen = determineFailure(error)
  // `not_sent` stays: nothing is sent before the host is connected.
  if (timedOutAfterMs === undefined || seen.kind !== 'lost') return seen
  return { kind: 'lost', code: 'TIMEOUT', detail: `no answer within ${Math.round(timedOutAfterMs / 1000)} s` }
}

/**
 * What a thrown error means for the request: unless it is known not to have been sent, it may have been carried out. The codes
 * were seen on Node 24: built-in fetch has them in `cause`, Node's own clients in the error itself.
 *
 * @param error as thrown by fetch, by ky or by Octokit, also while a body was read
 */
export const determineFailure = (error: unknown): NetworkFailure => {
  const causes = listCauses(error)
  const cause = causes.find(({ code }) => typeof code === 'string') ?? causes.at(-1) ?? {}
  const proxyStatus = findProxyStatus(cause)
  const phase = isPhase(cause.phase) ? cause.phase : undefined
  return {
    kind: determineKind(cause, proxyStatus),
    code: typeof cause.code === 'string' ? cause.code : textOf(cause.name),
    detail: tidy(textOf(cause.message)),
    ...(phase && { phase }),
    ...(proxyStatus && { proxyStatus }),
  }
}

type Cause = {
  readonly [field in 'code' | 'name' | 'message' | 'syscall' | 'phase' | 'statusCode' | 'errors' | 'cause']?: unknown
}

const isPhase = (value: unknown): value is ConnectionPhase =>
  value === 'proxy' || value === 'connect' || value === 'request'

const isObject = (value: unknown): value is Cause => typeof value === 'object' && value !== null

/** The error and its causes, outermost first. Causes may be circular, hence the limit. */
const listCauses = (error: unknown, limit = 8): Cause[] =>
  isObject(error) && limit > 0 ? [error, ...listCauses(error.cause, limit - 1)] : []

const determineKind = (cause: Cause, proxyStatus: number | undefined): NetworkFailure['kind'] => {
  const code = textOf(cause.code)
  if (certificateCodes.has(code) || proxyStatus === 407) return 'untrusted'
  if (proxyStatus !== undefined || code === 'ERR_PROXY_TUNNEL') return 'not_sent'
  if (cause.phase === 'proxy' || cause.phase === 'connect') return 'not_sent'
  // One error for each address of the host.
  if (Array.isArray(cause.errors) && cause.errors.length > 0)
    return cause.errors.every((each) => determineFailure(each).kind === 'not_sent') ? 'not_sent' : 'lost'
  return isBeforeRequest(cause, code) ? 'not_sent' : 'lost'
}

const isBeforeRequest = (cause: Cause, code: string): boolean => {
  if (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo') return true
  if (isHandshakeFailure(code) || isHandshakeFailure(textOf(cause.message))) return true
  // An established connection can break with the same codes (`read EHOSTUNREACH`).
  return connectionCodes.has(code) && cause.syscall === undefined
}

/** OpenSSL writes these with blanks or underscores, in upper or lower case. */
const isHandshakeFailure = (codeOrText: string): boolean => {
  const words = codeOrText.toLowerCase().replaceAll('_', ' ')
  return handshakeFailures.some((failure) => words.includes(failure))
}

/** Built-in fetch, with `NODE_USE_ENV_PROXY`, has the proxy's answer only in the message. */
const findProxyStatus = ({ code, statusCode, message }: Cause): number | undefined => {
  if (code === 'ERR_PROXY_TUNNEL') return typeof statusCode === 'number' ? statusCode : undefined
  const status = /^Proxy response \((\d{3})\)/.exec(textOf(message))?.[1]
  return status === undefined ? undefined : Number(status)
}

/** OpenSSL's errors have the reason between a thread's number and a file of its source. */
const tidy = (message: string): string => /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] ?? message

/** Of connections that were never established. */
const connectionCodes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
])

/** In the code or message of a failed TLS handshake: OpenSSL's (`ERR_SSL_WRONG_VERSION_NUMBER`, `EPROTO … wrong version number`), or Node's. */
const handshakeFailures: readonly string[] = [
  'alert protocol version',
  'before secure tls connection was established',
  'handshake failure',
  'legacy renegotiation',
  'unrecognized name',
  'unsupported protocol',
  'wrong version number',
]

/** The codes of Node's documentation ("X509 certificate error codes"), and those of its host name check. */
const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
