import type { Clock } from '../ports.ts'

/** Of any hour. What follows one another without a pause, such as a start, comes on top of it before the limiter can tell. */
const mostRequests = 312
/** How many of them may come as close together as they like. */
const denseRequests = 230
/** For each request at most: at this rate the others would do for an hour. */
const longestDelayMs = 45_000
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
      const evenDelayMs = (firstMs + hourMs - now()) / Math.max(1, mostRequests - sentMs.length)
      return requests * Math.min(evenDelayMs, longestDelayMs)
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

const mostSideRequests = 80
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
      return sentMs.length + requestsOfALook <= mostSideRequests
    },
  }
}

/** Without a limit of its own: the workflow says how often. */
export const unlimitedSide: SideLimiter = { ...noRateLimit, hasRoom: () => true }
