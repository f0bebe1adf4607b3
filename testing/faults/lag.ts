/**
 * How late this process comes to its own timers. It is the servers that a run asks: where it waits for a processor, so do the
 * runs beside it, and the times that they keep say nothing of the action.
 */
export type LagMeter = {
  /** The longest since then, in milliseconds; `sinceMs` as `performance.now()` has it. */
  readonly findLongest: (sinceMs: number) => number
  readonly stop: () => void
}

const everyMs = 50
/** What is shorter is of no interest, and not kept. */
const shortestMs = 100

export const startLagMeter = (): LagMeter => {
  const late: { readonly atMs: number; readonly lagMs: number }[] = []
  let lastMs = performance.now()
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const lagMs = nowMs - lastMs - everyMs
    if (lagMs >= shortestMs) late.push({ atMs: nowMs, lagMs })
    lastMs = nowMs
  }, everyMs)
  return {
    findLongest: (sinceMs) => Math.max(0, ...late.filter(({ atMs }) => atMs >= sinceMs).map(({ lagMs }) => lagMs)),
    stop: () => clearInterval(timer),
  }
}
