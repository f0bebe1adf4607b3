import type { FaultAction } from './faults.ts'

export type ApiRequest = {
  readonly method: string
  /** As sent: percent-encoded, with the prefix, without the query. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** The query as sent, where a name may stand in it more than once. */
  readonly search?: string
  /** Of `Authorization: Bearer …`. */
  readonly token?: string
  /** Names in lower case. Absent when the model is called directly. */
  readonly headers?: Readonly<Record<string, string>>
  /** Parsed JSON. */
  readonly body?: unknown
  /** The body was there, but wasn't JSON. */
  readonly isUnparsable?: boolean
}

/** `body` is sent as JSON, `text` as it is; neither: an empty body. */
export type ApiAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly text?: string
  /** What the request has made: never sent, but recorded. */
  readonly acceptedId?: string
}

/** How an answer gets to the one who asked. `stall` without `ms`: it never goes on. */
export type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'cut'; readonly at: 'start' | 'headers' | 'body' }
  | { readonly kind: 'stall'; readonly at: 'headers' | 'body'; readonly ms?: number }
  | { readonly kind: 'trickle'; readonly bytesPerSecond: number }
  | { readonly kind: 'padded'; readonly bytes: number }

export type Exchange = { readonly answer?: ApiAnswer; readonly delivery: Delivery }

/** One request that arrived, whatever became of it. */
export type RequestRecord = {
  readonly atMs: number
  /** In the API's words: `POST deploys`, `GET deploy`. */
  readonly operation: string
  readonly request: ApiRequest
  readonly fault?: FaultAction['kind']
  /** The status that went out; absent when none did. */
  readonly status?: number
  /** When the request was carried out; absent: never (yet). */
  readonly effectAtMs?: number
  /** What it made: the id of a deployment, an environment, a comment. */
  readonly acceptedId?: string
}
