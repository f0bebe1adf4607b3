import type { Random } from '../simulator/chance.ts'
import type { Lag } from '../simulator/orchestrator/lag.ts'
import { drawInteger, happens } from './draw.ts'
import { latestSightMs } from './scenario-plan.ts'

/** How far views are behind. What is behind in the list is so within what the action relies on. */
export const drawLag = (random: Random, listedAfterMs: number): Lag => ({
  ...(happens(random, 0.6) && { environmentMs: drawInteger(random, 0, latestSightMs) }),
  ...(happens(random, 0.4) && { listMs: drawInteger(random, 0, latestSightMs - listedAfterMs) }),
  ...(happens(random, 0.4) && { runsMs: drawInteger(random, 0, latestSightMs - listedAfterMs) }),
  ...(happens(random, 0.5) && { baseMs: drawInteger(random, 0, 20_000) }),
  ...(happens(random, 0.5) && { startNotFoundMs: drawInteger(random, 0, 50_000) }),
})

/** So late may what we sent take effect, that it still shows in time. */
export const determineLatestEffectMs = (
  { listMs = 0, environmentMs = 0, runsMs = 0 }: Lag,
  listedAfterMs = 0,
): number => Math.max(0, latestSightMs - listedAfterMs - Math.max(listMs, environmentMs, runsMs))
