import { heartbeatMs } from '../core/network/limits.ts'
import { type Step, sleep } from './step.ts'

/** Sleeps with a sign of life wherever nothing was told for half a minute. */
export type Heartbeat = {
  /** Something was told just now. */
  reset(): void
  /** Sleeps for `ms`, or as long as the pace asks for, but not past the deadline. */
  pause(ms: number): Promise<void>
}

export const createHeartbeat = (step: Step, tell: () => void): Heartbeat => {
  const { clock } = step
  let nextMs = clock.now() + heartbeatMs
  const reset = (): void => {
    nextMs = clock.now() + heartbeatMs
  }
  return {
    reset,
    pause: async (ms) => {
      const wishedMs = Math.max(ms, step.pace.takeGapMs())
      for (let endMs = Math.min(clock.now() + wishedMs, step.deadlineMs); clock.now() < endMs; ) {
        await sleep(step, Math.min(endMs, nextMs) - clock.now())
        if (clock.now() < nextMs || clock.now() >= endMs) continue
        tell()
        reset()
      }
    },
  }
}
