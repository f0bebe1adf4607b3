import type { ApiAnswer } from '../exchange.ts'
import { refuseTooMany } from './refusals.ts'
import type { State } from './state.ts'

type RateLimit = {
  /** How many requests may come at once. */
  readonly capacity: number
  readonly refillPerSecond: number
  /** Whether a refusal says in whole seconds when the next request may come; by default it doesn't. */
  readonly tellsRetryAfter?: boolean
}

/** A token bucket: what was left in it, and when. */
export type Bucket = { readonly limit: RateLimit; left: number; atMs: number }

export type RateScript = {
  /** For one token, from a full bucket on. Humanitec publishes no numbers: none by default. */
  limitRate(token: string, limit: RateLimit): void
}

export const createRateScript = (world: State, now: () => number): RateScript => ({
  limitRate: (token, limit) => {
    world.buckets.set(token, { limit, left: limit.capacity, atMs: now() })
  },
})

/** Takes one out of the token's bucket, or refuses with 429; a refused request costs nothing. */
export const refuseBeyondRate = (world: State, token: string | undefined, nowMs: number): ApiAnswer | undefined => {
  const bucket = world.buckets.get(token ?? '')
  if (!bucket) return undefined
  const { capacity, refillPerSecond, tellsRetryAfter } = bucket.limit
  bucket.left = Math.min(capacity, bucket.left + ((nowMs - bucket.atMs) / 1000) * refillPerSecond)
  bucket.atMs = nowMs
  if (bucket.left >= 1) {
    bucket.left--
    return undefined
  }
  return refuseTooMany(tellsRetryAfter ? Math.ceil((1 - bucket.left) / refillPerSecond) : undefined)
}
