import type { PastDeployment } from '../../src/core/polling.ts'
import { drawDuration, drawDurations, type Workload } from '../bench/polling.ts'
import { createRandom } from '../simulator/chance.ts'

/** When the steps of a fleet begin. */
export type Arrival = 'at once' | 'within a minute' | 'around the clock'

/** Of the API, for the one token that all steps share: a token bucket, full at the beginning, that holds one second's requests. */
export type RateLimit = { readonly perSecond: number; readonly tellsRetryAfter: boolean }

/** What each step does: the whole action, or what others do. */
export type Kind = 'action' | 'fixed 5 s, a 429 ends it' | 'fixed 5 s, a 429 is a poll'

export type Cell = {
  readonly kind: Kind
  readonly steps: number
  readonly arrival: Arrival
  readonly limit: RateLimit
  readonly seed?: number
}

/** One step of the fleet, each in an environment of its own. */
export type PlannedStep = {
  readonly index: number
  /** Since the fleet's beginning. */
  readonly beginsMs: number
  readonly durationMs: number
  readonly history: readonly PastDeployment[]
}

/** The medians of the benchmark that leave room within half an hour, each as likely; and a history of eight. */
const workload: Workload = { name: '', medians: [20, 60, 120, 300, 600], spread: 0.1 }
const historyCount = 8

const minuteMs = 60_000
const hourMs = 3_600_000

const withinMs: Readonly<Record<Arrival, number>> = {
  'at once': 0,
  'within a minute': minuteMs,
  'around the clock': hourMs,
}

/** Those of a day around the clock: of these, an hour's are run. */
const countRun = ({ steps, arrival }: Cell): number => (arrival === 'around the clock' ? Math.ceil(steps / 24) : steps)

/** When the first minute is over: of steps that begin together, after the last of them. */
export const determineSettledMs = ({ arrival }: Cell): number =>
  arrival === 'within a minute' ? 2 * minuteMs : minuteMs

/** The same for the same seed, whatever the steps do. A step's history is of its own kind of deployment. */
export const planSteps = (cell: Cell): readonly PlannedStep[] => {
  const { arrival, seed = 1 } = cell
  const random = createRandom(seed)
  const durations = drawDurations(workload, countRun(cell), random)
  return durations.map((seconds, index) => {
    const median = workload.medians[index % workload.medians.length] ?? 0
    const own = { ...workload, medians: [median] }
    const history = Array.from({ length: historyCount }, () => {
      return { durationMs: Math.round(drawDuration(own, random) * 1000), succeeded: true }
    })
    const beginsMs = Math.floor(random() * withinMs[arrival])
    return { index, beginsMs, durationMs: Math.round(seconds * 1000), history }
  })
}
