import type { Clock } from '../src/ports.ts'

// Loaded late by the action; here nothing may wait for a disk while the time moves on.
import '../src/core/report/score-problems.ts'
import '../src/operations/github-reporter.ts'
import '../src/operations/prune.ts'
import '../src/operations/score.ts'

type Timer = { readonly atMs: number; readonly act: () => void }

export type VirtualClock = Clock & {
  /** Does something at a time; what is due at the same time keeps its order. Returns how to call it off. */
  schedule(atMs: number, act: () => void): () => void
  /** Lets the time pass, from one timer to the next, until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>
}

/** Hours in milliseconds: a sleep ends as soon as everything else has come to rest. */
export const createVirtualClock = (startMs: number): VirtualClock => {
  /** Latest first: the next one is taken off the end. */
  const timers: Timer[] = []
  let nowMs = startMs

  const schedule = (atMs: number, act: () => void): (() => void) => {
    const timer = { atMs, act }
    let index = timers.length
    while (index > 0 && (timers[index - 1] as Timer).atMs <= atMs) index--
    timers.splice(index, 0, timer)
    return () => {
      const place = timers.lastIndexOf(timer)
      if (place >= 0) timers.splice(place, 1)
    }
  }

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = (): void => {
        callOff()
        reject(signal?.reason)
      }
      const callOff = schedule(nowMs + Math.max(0, ms), () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      })
      signal?.addEventListener('abort', stop, { once: true })
    })

  const run = async <Result>(work: Promise<Result>): Promise<Result> => {
    let isDone = false
    const done = () => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      // Everything that is ready runs before the time moves on.
      await new Promise(setImmediate)
      if (isDone) return work
      const timer = timers.pop()
      if (!timer) throw new Error('Nothing sleeps, and the work is not done: it waits for something that never comes.')
      nowMs = Math.max(nowMs, timer.atMs)
      timer.act()
    }
  }

  return { now: () => nowMs, sleep, schedule, run }
}
