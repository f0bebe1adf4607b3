import type { Clock } from '../../src/ports.ts'

/** A process that can come to its end in the middle of things. */
export type KillableProcess = {
  readonly isOver: () => boolean
  readonly end: () => void
  /** What is waited for after the end never comes. */
  readonly guard: <Result>(work: Promise<Result>) => Promise<Result>
  /** Who sleeps by it at the end never wakes. */
  readonly wrapClock: (clock: Clock) => Clock
}

export const createKillableProcess = (): KillableProcess => {
  let isOver = false
  const guard = <Result>(work: Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      work.then(
        (value) => isOver || resolve(value),
        (error) => isOver || reject(error),
      )
    })
  return {
    isOver: () => isOver,
    end: () => {
      isOver = true
    },
    guard,
    wrapClock: (clock) => ({ now: clock.now, sleep: (ms, signal) => guard(clock.sleep(ms, signal)) }),
  }
}
