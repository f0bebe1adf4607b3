/** When a request is carried out, though its answer is withheld: milliseconds after it arrived. */
export type EffectAfter = number | 'never'

/** For how long a started deployment can't be seen, in milliseconds since its start. */
export type Visibility = {
  readonly listedAfterMs?: number
  /** `GET deploy` answers 404 until then. */
  readonly foundAfterMs?: number
  /** `last_deploy` and `from_deploy` of the environment. */
  readonly shownAfterMs?: number
}

/**
 * What goes wrong with one request:
 * - `cut`: the connection is reset, before the first byte, within the headers or within the body. At the start, the request
 *   is not carried out, unless `effectAfterMs` says when.
 * - `answer`: another answer instead (429, 502, a redirect, a 201 without a deployment). Not carried out either, unless said.
 *   A 4xx without `body` and `text` has an error's body, as the API's own.
 * - `stall`: carried out, but the answer stops before the headers or within the body, for `ms`, or for ever. With
 *   `effectAfterMs` the answer never comes.
 * - `trickle`: the body comes a few bytes a second.
 * - `padded`: the body is followed by blanks, up to so many bytes; it is still valid JSON.
 * - `truncate`: half of the body, as if it were the whole.
 * - `text`: another body, of another content type, under the true status.
 * - `merge`: fields of the answer replaced (another id, an unknown status), in each element of a list.
 * - `hide`: what the request starts shows up late.
 * - `repeat`: a gateway sends it twice by itself; the second answer is the one that comes back.
 */
export type FaultAction =
  | { readonly kind: 'cut'; readonly at?: 'start' | 'headers' | 'body'; readonly effectAfterMs?: EffectAfter }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
      readonly text?: string
      readonly effectAfterMs?: EffectAfter
    }
  | {
      readonly kind: 'stall'
      readonly at: 'headers' | 'body'
      readonly ms?: number
      readonly effectAfterMs?: EffectAfter
    }
  | { readonly kind: 'trickle'; readonly bytesPerSecond: number }
  | { readonly kind: 'padded'; readonly bytes: number }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'text'; readonly text: string; readonly contentType?: string }
  | { readonly kind: 'merge'; readonly fields: Readonly<Record<string, unknown>> }
  | ({ readonly kind: 'hide' } & Visibility)
  | { readonly kind: 'repeat' }

export type Fault = {
  /** An operation (`POST deploys`), a method with a star (`GET *`), or `*`. */
  readonly on: string
  /** How many requests that fit are left alone first; 0 by default. */
  readonly after?: number
  /** How many are hit; 1 by default, `Infinity` for all. */
  readonly times?: number
  readonly do: FaultAction
}

export type FaultList = {
  add(fault: Fault): void
  clear(): void
  /** The fault that hits this request. The first of the list that fits is used up; later ones wait for the next request. */
  take(operation: string): FaultAction | undefined
}

export const createFaultList = (): FaultList => {
  let waiting: { readonly fault: Fault; after: number; times: number }[] = []
  return {
    add: (fault) => {
      waiting.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 })
    },
    clear: () => {
      waiting = []
    },
    take: (operation) => {
      for (const entry of waiting) {
        if (entry.times <= 0 || !isOn(entry.fault.on, operation)) continue
        if (entry.after > 0) {
          entry.after--
          continue
        }
        entry.times--
        return entry.fault.do
      }
      return undefined
    },
  }
}

const isOn = (on: string, operation: string): boolean =>
  on === '*' || on === operation || (on.endsWith(' *') && operation.startsWith(on.slice(0, -1)))

/** What a gateway says when the service behind it doesn't answer: a page for people. */
export const badGateway = (status = 502, effectAfterMs: EffectAfter = 'never'): FaultAction => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  text: `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`,
  effectAfterMs,
})

/** `retryAfter` is sent as it is: seconds, a date, or nonsense. */
export const tooManyRequests = (retryAfter?: string): FaultAction => ({
  kind: 'answer',
  status: 429,
  ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
  body: { error: 'API-429', message: 'Too many requests.' },
})

export const redirectTo = (status: 301 | 302 | 303 | 307 | 308, location: string): FaultAction => ({
  kind: 'answer',
  status,
  headers: { location },
  text: '',
})

/** GitHub's answer to too much at once (its documentation, "Rate limits for the REST API"). */
export const secondaryRateLimit = (retryAfterSeconds: number): FaultAction => ({
  kind: 'answer',
  status: 403,
  headers: { 'retry-after': String(retryAfterSeconds) },
  body: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  },
})
