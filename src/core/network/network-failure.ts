import { textOf } from '../text/json.ts'
import { certificateCodes, connectionCodes, handshakeFailures } from './network-codes.ts'
import type { Reach } from './reach.ts'

/** How far our own fetch got: to the proxy, to the host (tunnel and TLS), or the request itself. Built-in fetch doesn't tell. */
export type Phase = 'proxy' | 'connect' | 'request'

/** What is known of a request without an answer beside its kind; sentences are made from it. */
export type NetworkDetails = {
  readonly phase?: Phase
  /** What the proxy answered instead of making a tunnel. */
  readonly proxyStatus?: number
  readonly reach?: Reach
}

export type NetworkFailure = NetworkDetails & {
  /** As in `FailureDetails`. */
  readonly kind: 'not_sent' | 'lost' | 'untrusted'
  /** Node's, OpenSSL's or undici's code, else the error's name (`TimeoutError`). */
  readonly code: string
  /** What the network said. Text from outside. */
  readonly detail: string
}

/**
 * As `determineFailure`, for a request that may have been ended by our own limit of time.
 *
 * @param timedOutAfterMs the limit, when it was over
 */
export const determineTimedFailure = (error: unknown, timedOutAfterMs: number | undefined): NetworkFailure => {
  const seen = determineFailure(error)
  // A host that wasn't even connected in time got nothing sent.
  if (timedOutAfterMs === undefined || seen.kind !== 'lost') return seen
  return { kind: 'lost', code: 'TIMEOUT', detail: `no answer within ${Math.round(timedOutAfterMs / 1000)} s` }
}

/**
 * What a thrown error means for the request: whatever isn't known to have stopped it on the way may have been carried out.
 * The codes were seen on Node 24: built-in fetch has them in `cause`, Node's own clients in the error itself.
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

const isPhase = (value: unknown): value is Phase => value === 'proxy' || value === 'connect' || value === 'request'
const isObject = (value: unknown): value is Cause => typeof value === 'object' && value !== null

/** The error and what caused it, outermost first. The limit is for causes that go in a circle. */
const listCauses = (error: unknown, limit = 8): Cause[] =>
  isObject(error) && limit > 0 ? [error, ...listCauses(error.cause, limit - 1)] : []

const determineKind = (cause: Cause, proxyStatus: number | undefined): NetworkFailure['kind'] => {
  const code = textOf(cause.code)
  if (certificateCodes.has(code) || proxyStatus === 407) return 'untrusted'
  if (proxyStatus !== undefined || code === 'ERR_PROXY_TUNNEL') return 'not_sent'
  if (cause.phase === 'proxy' || cause.phase === 'connect') return 'not_sent'
  // One error for each address of a host that was tried.
  if (Array.isArray(cause.errors) && cause.errors.length > 0)
    return cause.errors.every((each) => determineFailure(each).kind === 'not_sent') ? 'not_sent' : 'lost'
  return isBeforeRequest(cause, code) ? 'not_sent' : 'lost'
}

const isBeforeRequest = (cause: Cause, code: string): boolean => {
  if (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo') return true
  if (isHandshakeFailure(code) || isHandshakeFailure(textOf(cause.message))) return true
  // A connection that was there can break with the same codes (`read EHOSTUNREACH`).
  return connectionCodes.has(code) && cause.syscall === undefined
}

/** OpenSSL writes the same words with blanks and with underscores, in either case. */
const isHandshakeFailure = (codeOrText: string): boolean => {
  const words = codeOrText.toLowerCase().replaceAll('_', ' ')
  return handshakeFailures.some((failure) => words.includes(failure))
}

/** Built-in fetch, told by `NODE_USE_ENV_PROXY` to use a proxy, has its answer only in the text. */
const findProxyStatus = ({ code, statusCode, message }: Cause): number | undefined => {
  if (code === 'ERR_PROXY_TUNNEL') return typeof statusCode === 'number' ? statusCode : undefined
  const status = /^Proxy response \((\d{3})\)/.exec(textOf(message))?.[1]
  return status === undefined ? undefined : Number(status)
}

/** OpenSSL's errors say it in the fourth of their fields, between a thread's number and a file of its source. */
const tidy = (message: string): string => /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] ?? message
