import type { Clock } from '../src/ports.ts'

type Timer = { readonly atMs: number; readonly order: number; readonly wake: () => void }

export type VirtualClock = Clock & {
  /** Lets the time pass, from one sleeper's end to the next, until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>
}

/** Hours in milliseconds: a sleep ends as soon as everything else has come to rest. */
export const createVirtualClock = (startMs: number): VirtualClock => {
  const timers: Timer[] = []
  let nowMs = startMs
  let order = 0

  const remove = (timer: Timer): void => {
    const index = timers.indexOf(timer)
    if (index >= 0) timers.splice(index, 1)
  }

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = (): void => {
        remove(timer)
        reject(signal?.reason)
      }
      const timer: Timer = {
        atMs: nowMs + Math.max(0, ms),
        order: order++,
        wake: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      signal?.addEventListener('abort', stop, { once: true })
      const later = timers.findIndex(({ atMs }) => atMs > timer.atMs)
      timers.splice(later < 0 ? timers.length : later, 0, timer)
    })

  const run = async <Result>(work: Promise<Result>): Promise<Result> => {
    let isDone = false
    const done = () => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      await new Promise(setImmediate)
      if (isDone) return work
      const timer = timers.shift()
      if (!timer) throw new Error('Nothing sleeps, and the work is not done: it waits for something that never comes.')
      nowMs = Math.max(nowMs, timer.atMs)
      timer.wake()
    }
  }

  return { now: () => nowMs, sleep, run }
}
