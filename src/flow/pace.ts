import type { Clock, Humanitec } from '../ports.ts'

/** How many requests of an hour may come as close together as they like. */
const denseRequests = 230
/** How far apart, on average, the others are: 75 in an hour. */
const sparseGapMs = 48_000
const hourMs = 3_600_000

/**
 * Keeps a step to 320 requests an hour. A wait for one deployment keeps to them by its own schedule; a step that waits for
 * several, or is refused again and again, needs to be slowed down.
 */
export type Pace = {
  note(): void
  /** How long to pause at least, before more is sent. */
  determineGapMs(): number
}

export const createPace = ({ now }: Clock): Pace => {
  let sentMs: number[] = []
  let sinceLastPause = 0
  return {
    note: () => {
      sentMs.push(now())
      sinceLastPause++
    },
    determineGapMs: () => {
      const requests = sinceLastPause
      sinceLastPause = 0
      if (sentMs.length < denseRequests) return 0
      sentMs = sentMs.filter((timeMs) => timeMs > now() - hourMs)
      return sentMs.length < denseRequests ? 0 : requests * sparseGapMs
    },
  }
}

/** No pace at all: the workflow says how often. */
export const freePace: Pace = { note: () => undefined, determineGapMs: () => 0 }

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
