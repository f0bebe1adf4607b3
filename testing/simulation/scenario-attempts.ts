import type { Random } from '../simulator/chance.ts'
import type { Moment } from '../virtual/virtual-process.ts'
import type { StepScript } from './attempt.ts'
import { drawByMagnitude, drawInteger, happens } from './draw.ts'

export type AttemptScript = StepScript & {
  /** After the end of the attempt before, which is 10 s at least. */
  readonly beginsAfterMs: number
}

/** Attempts that are killed or cancelled, and re-runs. */
export const drawAttempts = (random: Random): readonly AttemptScript[] => {
  const count = happens(random, 0.3) ? (happens(random, 0.2) ? 3 : 2) : 1
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1
    const times = {
      beginsAfterMs: drawByMagnitude(random, 10_000, 600_000),
      ...(happens(random, 0.8) && { postAfterMs: drawByMagnitude(random, 100, 10_000) }),
    }
    if (happens(random, isLast ? 0.03 : 0.6)) return { ...times, crash: drawMoment(random) }
    return happens(random, isLast ? 0.15 : 0.3) ? { ...times, signal: drawMoment(random) } : times
  })
}

/** Around the start there are only some six calls; most of the time passes later. */
const drawMoment = (random: Random): Moment => {
  if (happens(random, 0.3)) return { afterMs: drawByMagnitude(random, 1, 600_000) }
  const laterMs = happens(random, 0.5) ? 0 : drawByMagnitude(random, 1, 200)
  return { atCall: happens(random, 0.7) ? drawInteger(random, 1, 12) : drawInteger(random, 1, 60), laterMs }
}
