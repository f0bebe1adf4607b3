import type { Humanitec } from '../../ports.ts'
import type { NetworkDetails } from './network-failure.ts'

/**
 * How one request failed, told by what it means for the server:
 * - `not_sent`: it never left (name not resolved, refused, connect timeout, proxy didn't tunnel)
 * - `lost`: it may have been carried out (connection cut, timed out)
 * - `answered`: an answer other than 2xx, in `status`
 * - `unreadable`: a 2xx that doesn't parse, doesn't fit, is too large, or speaks of another id
 * - `untrusted`: stopped by what only a person mends (certificate, a proxy's 407)
 */
export type FailureKind = 'not_sent' | 'lost' | 'answered' | 'unreadable' | 'untrusted'

export type FailureDetails = NetworkDetails & {
  readonly kind: FailureKind
  /** `GET /orgs/…/deploys/9f2c01ab`, without host or query. */
  readonly request: string
  /** Which of Humanitec’s calls was answered; absent where none was, and for other servers. */
  readonly operation?: keyof Humanitec
  readonly status?: number
  /** The server's wish, already turned into milliseconds from now; absent when there was none or it couldn't be read. */
  readonly retryAfterMs?: number
  /** The `Location` of a redirect: its host only. */
  readonly redirectHost?: string
  /** `error` and `message` of the API's error body, or what the network said. Text from outside. */
  readonly detail: string
  /** Node's or undici's error code (`ECONNREFUSED`), for the log. */
  readonly code?: string
}

/** The one way in which a call of a port fails, apart from an abort. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure' as const
  readonly details: FailureDetails

  constructor(details: FailureDetails, options?: ErrorOptions) {
    super(
      `${details.request}: ${details.status ?? details.code ?? details.kind}${details.detail && ` ${details.detail}`}`,
      options,
    )
    this.details = details
  }
}
