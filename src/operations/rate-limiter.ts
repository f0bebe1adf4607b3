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

/** Of any hour. What follows one another without a pause, such as a start, comes on top of it before the limiter can tell. */
const maxRequests = 312
/** How many of them may come as close together as they like. */
const denseRequests = 230
/** For each request at most: at this rate the others would do for an hour. */
const maxDelayMs = 45_000
const hourMs = 3_600_000

/**
 * Keeps a step to 320 requests an hour: when many have been sent, what is left of them is spread over the time until the
 * first of them is an hour ago. A wait for one deployment keeps to them by its own schedule; a step that waits for several,
 * or is refused again and again, needs to be slowed down.
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
      if (sentMs.length < denseRequests) return 0
      const evenDelayMs = (firstMs + hourMs - now()) / Math.max(1, maxRequests - sentMs.length)
      return requests * Math.min(evenDelayMs, maxDelayMs)
    },
  }
}

/** No limit at all: the workflow says how often. */
export const noRateLimit: RateLimiter = { count: () => undefined, takeDelayMs: () => 0 }

/** For what is read beside a deployment that is waited for: the runtime, a pipeline's run, its approvals. */
export type SideLimiter = RateLimiter & {
  /** Whether there is room for one look more. */
  hasRoom(): boolean
}

const maxSideRequests = 80
/** One look's, at most, as a rule. */
const requestsOfALook = 5

/** 80 requests an hour, on top of the others; when they are used up, what is beside is left out. */
export const createSideLimiter = ({ now }: Clock): SideLimiter => {
  let sentMs: number[] = []
  return {
    count: () => sentMs.push(now()),
    takeDelayMs: () => 0,
    hasRoom: () => {
      sentMs = sentMs.filter((timeMs) => timeMs > now() - hourMs)
      return sentMs.length + requestsOfALook <= maxSideRequests
    },
  }
}

/** Without a limit of its own: the workflow says how often. */
export const noSideLimit: SideLimiter = { ...noRateLimit, hasRoom: () => true }

export type ApiState = {
  /** Whether it has given a valid answer: from then on it is out of reach at most, no longer mistyped. */
  hasAnswered: boolean
  /** Whether it is asked at its usual address. */
  readonly isDefaultUrl: boolean
  /** How far apart requests are sent, by the refusals that came for their number. */
  pace: Pace
  /** Until when, on the clock, it wishes not to be asked: the longest of what was told, and the refusal that said so. */
  backoff?: { readonly untilMs: number; readonly error: RequestError }
}

/** What it takes to space requests out. */
type Paced = { readonly api: ApiState; readonly clock: Clock; readonly random: () => number }

/** What Humanitec's refusals ask of all requests of the step: how far apart they are sent, and until when some aren't. */
export const notePace = (context: Paced, error: RequestError, sentMs: number): void => {
  noteBackoff(context, error)
  if (error.details.status === 429) noteRateLimit(context, sentMs)
}

/** At Humanitec's own address it is Humanitec's answer; another one may be mistyped, and limit whoever asks it. */
const noteRateLimit = ({ api, clock }: Paced, sentMs: number): void => {
  api.hasAnswered ||= api.isDefaultUrl
  api.pace = slowDown(api.pace, sentMs, clock.now())
}

const noteBackoff = ({ api, clock }: Paced, error: RequestError): void => {
  const untilMs = clock.now() + Math.min(error.details.retryAfterMs ?? 0, maxRetryAfterMs)
  if (untilMs > Math.max(clock.now(), api.backoff?.untilMs ?? 0)) api.backoff = { untilMs, error }
}

/** For how long Humanitec still wishes not to be asked (`Retry-After`), a minute at most, in milliseconds; 0 when it doesn't. */
export const getBackoffMs = ({ api, clock }: Paced): number => Math.max(0, (api.backoff?.untilMs ?? 0) - clock.now())

/** What can be done without is left out, but not Humanitec's wish to wait. */
export const rethrowBackoff = <Answer>(answer: Answer | RequestError): Answer | RequestError => {
  if (answer instanceof RequestError && answer.details.retryAfterMs) throw answer
  return answer
}

/** How long to pause because of the pace that refusals have brought the step to; 0 without any. */
export const takePaceDelayMs = (context: Paced): number => {
  const gapMs = findGapMs(context)
  return gapMs === 0 ? 0 : determinePaceDelayMs(gapMs, context.random())
}

/** How long until a start that was refused is sent again: within a minute, or within as long as Humanitec asks for. */
export const determineStartDelayMs = (context: Paced, { details }: RequestError): number =>
  determineLeastDelayMs(details.retryAfterMs) + determinePacedStartMs(findGapMs(context), context.random())

const findGapMs = ({ api, clock }: Paced): number => determineGapMs(api.pace, clock.now())

/**
 * Whether what the deployment's end doesn't need may be read now: not while Humanitec wishes not to be asked, nor when the
 * token's rate limit has brought the step so far that its next request would not be due within the ten seconds that such a
 * thing is given.
 */
export const mayReadOptional = (context: Paced): boolean =>
  getBackoffMs(context) === 0 && findGapMs(context) <= changesPatienceMs

/** Whether anything may be read beside the deployment that is waited for: not when the requests for all that are used up. */
export const mayReadDuringWait = (context: Paced & { readonly sideLimiter: SideLimiter }): boolean =>
  context.sideLimiter.hasRoom() && getBackoffMs(context) === 0
