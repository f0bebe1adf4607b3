import type { Clock, Humanitec } from '../ports.ts'

/** Of any hour. What follows one another without a pause, such as a start, comes on top of it before the pace can tell. */
const mostRequests = 312
/** How many of them may come as close together as they like. */
const denseRequests = 230
/** For each request at most: at this rate the others would do for an hour. */
const longestGapMs = 45_000
const hourMs = 3_600_000

/**
 * Keeps a step to 320 requests an hour: when many have been sent, what is left of them is spread over the time until the
 * first of them is an hour ago. A wait for one deployment keeps to them by its own schedule; a step that waits for several,
 * or is refused again and again, needs to be slowed down.
 */
export type Pace = {
  note(): void
  /** How long to pause at least, before more is sent. */
  takeGapMs(): number
}

export const createPace = ({ now }: Clock): Pace => {
  let sentMs: number[] = []
  let sinceLastPause = 0
  return {
    note: () => {
      sentMs.push(now())
      sinceLastPause++
    },
    takeGapMs: () => {
      const requests = sinceLastPause
      sinceLastPause = 0
      sentMs = sentMs.filter((timeMs) => timeMs > now() - hourMs)
      const [firstMs = 0] = sentMs
      if (sentMs.length < denseRequests) return 0
      const evenGapMs = (firstMs + hourMs - now()) / Math.max(1, mostRequests - sentMs.length)
      return requests * Math.min(evenGapMs, longestGapMs)
    },
  }
}

/** No pace at all: the workflow says how often. */
export const freePace: Pace = { note: () => undefined, takeGapMs: () => 0 }

/** The same API; the pace is told of each request. */
export const countRequests = (humanitec: Humanitec, pace: Pace): Humanitec => {
  const count =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Result) =>
    (...args: Arguments): Result => {
      pace.note()
      return call(...args)
    }
  return {
    getEnvironment: count(humanitec.getEnvironment),
    listEnvironments: count(humanitec.listEnvironments),
    createEnvironment: count(humanitec.createEnvironment),
    deleteEnvironment: count(humanitec.deleteEnvironment),
    putBase: count(humanitec.putBase),
    listDeployments: count(humanitec.listDeployments),
    getDeployment: count(humanitec.getDeployment),
    listDeploymentErrors: count(humanitec.listDeploymentErrors),
    startDeployment: count(humanitec.startDeployment),
    listActiveResources: count(humanitec.listActiveResources),
  }
}
