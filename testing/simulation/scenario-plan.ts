import type { Random } from '../simulator/chance.ts'
import type { DeploymentPlan, Phase } from '../simulator/orchestrator/plan.ts'
import { drawByMagnitude, drawInteger, happens, pick } from './draw.ts'

/** A request that was lost shows in the list within this, or never: what the action relies on, with two seconds to spare. */
export const latestSightMs = 8_000

/** What our deployments do. */
export const drawPlan = (random: Random, timeoutS: number, rebases: boolean): Partial<DeploymentPlan> => {
  const durationMs = drawDurationMs(random, timeoutS)
  const plan = {
    durationMs,
    pendingMs: drawInteger(random, 0, 5_000),
    status: happens(random, 0.75) ? 'succeeded' : 'failed',
    errors: drawErrors(random),
    ...drawVisibility(random),
    ...drawOddity(random, timeoutS),
  } as const
  return rebases || plan.phases || happens(random, 0.85) ? plan : { ...plan, ...hideWhileActive(random, durationMs) }
}

/** The environment may not show what is active; what is over, it shows. Whoever changes a base has to see who is deploying. */
const hideWhileActive = (random: Random, durationMs: number): Partial<DeploymentPlan> => ({
  shownAfterMs: Math.min(durationMs, drawInteger(random, 0, 60_000)),
})

const drawErrors = (random: Random): DeploymentPlan['errors'] =>
  Array.from({ length: happens(random, 0.8) ? drawInteger(random, 0, 3) : 12 }, () => {
    return { code: 'RES-101', object_id: 'web', message: 'No.' }
  })

const drawDurationMs = (random: Random, timeoutS: number): number => {
  const dice = random()
  if (dice < 0.12) return drawInteger(random, 0, 3_000)
  if (dice < 0.9) return drawByMagnitude(random, 3_000, Math.max(4_000, timeoutS * 400))
  return drawByMagnitude(random, timeoutS * 500, timeoutS * 2_000)
}

const drawVisibility = (random: Random): Partial<DeploymentPlan> => ({
  ...(happens(random, 0.2) && { listedAfterMs: drawInteger(random, 0, latestSightMs) }),
  ...(happens(random, 0.2) && { foundAfterMs: drawInteger(random, 0, 40_000) }),
})

const drawOddity = (random: Random, timeoutS: number): Partial<DeploymentPlan> => {
  const dice = random()
  if (dice < 0.04) return { phases: [{ afterMs: 0, status: 'pending' }] }
  if (dice < 0.12) return { phases: drawPhases(random, timeoutS) }
  return dice < 0.15
    ? {
        pipeline: {
          status: pick(random, [200, 202, 204]),
          ...(happens(random, 0.5) && { startsAfterMs: drawByMagnitude(random, 1, 60_000) }),
        },
      }
    : {}
}

/** Words that nobody knows, and going back; the end comes once. */
const drawPhases = (random: Random, timeoutS: number): readonly Phase[] => {
  const words = ['pending', 'in progress', 'queued', 'waiting for approval', 'rolling back', 'cancelling'] as const
  const stepMs = drawByMagnitude(random, 200, Math.max(1_000, timeoutS * 100))
  const running = Array.from({ length: drawInteger(random, 1, 5) }, (_, index) => ({
    afterMs: index * stepMs,
    status: pick(random, [...words]),
  }))
  return [...running, { afterMs: running.length * stepMs, status: pick(random, ['succeeded', 'succeeded', 'failed']) }]
}
