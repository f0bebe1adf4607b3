import {
  determineGapMs,
  determinePaceDelayMs,
  determinePacedStartMs,
  type Pace,
  slowDown,
} from '../core/network/pace.ts'
import { RequestError } from '../core/network/request-error.ts'
import { changesPatienceMs, determineLeastDelayMs, maxRetryAfterMs } from '../core/network/retry-policy.ts'
import type { Clock } from '../ports.ts'

/** Per hour. Bursts such as a start may add up to 8 before the limiter can react: 320 in all. */
const maxRequests = 312
/** Sent without delay. */
const burstRequests = 230
/** Longest delay per request: 82 remaining requests × 45 s ≈ 1 h. */
const maxPacingDelayMs = 45_000
const hourMs = 3_600_000

/**
 * Keeps a step to 320 requests an hour: after many, the rest is spread over the time until the first of them is an hour ago. A
 * wait for one deployment stays below that by its own schedule; a step that waits for several, or is refused again and again, is
 * slowed down.
 */
export type RateLimiter = {
  /** A request is being sent. */
  count(): void
  /** How long to pause at least, before more is sent. */
  takeDelayMs(): number
}

export const createRateLimiter = ({ now }: Clock): RateLimiter => {
  let sentMs: number[] = []
  let sinceLastPause = 0
  return {
    count: () => {
      sentMs.push(now())
      sinceLastPause++
    },
    takeDelayMs: () => {
      const requests = sinceLastPause
      sinceLastPause = 0
      sentMs = sentMs.filter((timeMs) => timeMs > now() - hourMs)
      const [firstMs = 0] = sentMs
      if (sentMs.length < burstRequests) return 0
      const evenDelayMs = (firstMs + hourMs - now()) / Math.max(1, maxRequests - sentMs.length)
      return requests * Math.min(evenDelayMs, maxPacingDelayMs)
    },
  }
}

/** No limit at all: the workflow says how often. */
export const noRateLimit: RateLimiter = { count: () => undefined, takeDelayMs: () => 0 }

/** For side checks during a wait for a deployment: of the runtime, a pipeline run, its approvals. */
export type SideLimiter = RateLimiter & {
  /** Whether there is room for one more check. */
  hasRoom(): boolean
}

const maxSideRequests = 80
/** At most, as a rule. */
const requestsOfACheck = 5

/** 80 requests an hour, on top of the others; when they are used up, side checks are left out. */
export const createSideLimiter = ({ now }: Clock): SideLimiter => {
  let sentMs: number[] = []
  return {
    count: () => sentMs.push(now()),
    takeDelayMs: () => 0,
    hasRoom: () => {
      sentMs = sentMs.filter((timeMs) => timeMs > now() - hourMs)
      return sentMs.length + requestsOfACheck <= maxSideRequests
    },
  }
}

/** Without a limit of its own: the workflow says how often. */
export const noSideLimit: SideLimiter = { ...noRateLimit, hasRoom: () => true }

export type ApiState = {
  /** Whether it has ever given a valid answer: then its address can't be mistyped. */
  hasAnswered: boolean
  /** Whether its address is the default one. */
  readonly isDefaultUrl: boolean
  /** How far apart requests are sent, after answers with 429. */
  pace: Pace
  /** The longest `Retry-After` so far: until when, on the clock, and in which refusal. */
  backoff?: { readonly untilMs: number; readonly error: RequestError }
}

/** What it takes to space requests out. */
type Paced = { readonly api: ApiState; readonly clock: Clock; readonly random: () => number }

/** Notes what a refusal means for all requests of the step: how far apart they are sent, and until when some wait. */
export const notePace = (context: Paced, error: RequestError, sentMs: number): void => {
  noteBackoff(context, error)
  if (error.details.status === 429) noteRateLimit(context, sentMs)
}

/** At the default address a 429 is Humanitec's answer; another address may be mistyped, and its server limit everybody. */
const noteRateLimit = ({ api, clock }: Paced, sentMs: number): void => {
  api.hasAnswered ||= api.isDefaultUrl
  api.pace = slowDown(api.pace, sentMs, clock.now())
}

const noteBackoff = ({ api, clock }: Paced, error: RequestError): void => {
  const untilMs = clock.now() + Math.min(error.details.retryAfterMs ?? 0, maxRetryAfterMs)
  if (untilMs > Math.max(clock.now(), api.backoff?.untilMs ?? 0)) api.backoff = { untilMs, error }
}

/** What is left of the longest `Retry-After`, a minute at most, in milliseconds; 0 without one. */
export const getBackoffMs = ({ api, clock }: Paced): number => Math.max(0, (api.backoff?.untilMs ?? 0) - clock.now())

/** For optional reads, whose failures are ignored: but a `Retry-After` is kept. @throws the RequestError that has one */
export const rethrowBackoff = <Answer>(answer: Answer | RequestError): Answer | RequestError => {
  if (answer instanceof RequestError && answer.details.retryAfterMs) throw answer
  return answer
}

/** How long to pause because of earlier answers with 429; 0 without any. */
export const takePaceDelayMs = (context: Paced): number => {
  const gapMs = findGapMs(context)
  return gapMs === 0 ? 0 : determinePaceDelayMs(gapMs, context.random())
}

/** How long until a start that was answered with 429 is sent again: up to a minute, or as long as `Retry-After` says. */
export const determineStartDelayMs = (context: Paced, { details }: RequestError): number =>
  determineLeastDelayMs(details.retryAfterMs) + determinePacedStartMs(findGapMs(context), context.random())

const findGapMs = ({ api, clock }: Paced): number => determineGapMs(api.pace, clock.now())

/**
 * Whether optional things may be read now: not during a `Retry-After`, and not if the rate limit has slowed the step down so far
 * that the next request would not be due within the 10 s that an optional read gets.
 */
export const mayReadOptional = (context: Paced): boolean =>
  getBackoffMs(context) === 0 && findGapMs(context) <= changesPatienceMs

/** Whether side checks may be made now: not during a `Retry-After`, and not when their requests are used up. */
export const mayReadDuringWait = (context: Paced & { readonly sideLimiter: SideLimiter }): boolean =>
  context.sideLimiter.hasRoom() && getBackoffMs(context) === 0
