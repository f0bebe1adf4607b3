import type { Clock } from '../../src/ports.ts'
import { createTimerQueue } from './timer-queue.ts'

// Loaded late by the action; here nothing may wait for a disk while the time moves on.
import '../../src/core/report/score-problems.ts'
import '../../src/operations/follow.ts'
import '../../src/operations/github-pull-request.ts'
import '../../src/operations/github-reporter.ts'
import '../../src/operations/pipeline.ts'
import '../../src/operations/plan.ts'
import '../../src/operations/removal.ts'
import '../../src/operations/report.ts'
import '../../src/operations/score.ts'
import '../../src/operations/wait.ts'

export type VirtualClock = Clock & {
  /** Does something at a time; what is due at the same time keeps its order. Returns how to call it off. */
  schedule(atMs: number, act: () => void): () => void
  /** Lets the time pass, from one timer to the next, until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>
}

/** How far a loop may run without an end in sight, before the clock gives up. A turn lets one timer act. */
type Patience = {
  /** At one and the same time. */
  readonly standingTurns: number
  /** In one `run`, the time moving on. */
  readonly turns: number
  /** Looks at the clock, and sleeps begun, within one turn: a loop that awaits nothing real never ends its turn. */
  readonly looks: number
}

/** Thirty times and more what the tests need: 10 turns at one time, 4,000 in all, 27,000 looks. */
const usualPatience: Patience = { standingTurns: 10_000, turns: 300_000, looks: 1_000_000 }

/** An endless loop would hang its test file without a name. */
class NoProgress extends Error {
  override readonly name = 'NoProgress'
}

/**
 * Hours in milliseconds: a sleep ends as soon as everything else has come to rest.
 *
 * `run` rejects with `NoProgress` when its patience is at an end, and `now` throws it within a turn that doesn't end.
 */
export const createVirtualClock = (
  startMs: number,
  { standingTurns, turns, looks }: Patience = usualPatience,
): VirtualClock => {
  const timers = createTimerQueue()
  let nowMs = startMs
  let looksLeft = looks
  let hung: NoProgress | undefined

  const look = (): number => {
    if (looksLeft-- > 0) return nowMs
    hung = new NoProgress(`no progress in ${looks} looks at the clock within one turn`)
    throw hung
  }

  const schedule = (atMs: number, act: () => void): (() => void) => timers.add({ atMs, act })

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      // Never woken: a rejection could be caught by the loop that is to be ended.
      if (looksLeft-- <= 0) {
        hung = new NoProgress(`no progress in ${looks} sleeps within one turn`)
        return
      }
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
    for (let turn = 1, standing = 0; ; turn++) {
      // Everything that is ready runs before the time moves on.
      await new Promise(setImmediate)
      if (hung) throw hung
      if (isDone) return work
      if (standing >= standingTurns) throw new NoProgress(`no progress in ${standing} turns: the time stands still`)
      if (turn > turns) throw new NoProgress(`no progress in ${turns} turns: the work goes on and on`)
      const timer = timers.take()
      if (!timer) throw new Error('Nothing sleeps, and the work is not done: it waits for something that never comes.')
      standing = timer.atMs > nowMs ? 0 : standing + 1
      nowMs = Math.max(nowMs, timer.atMs)
      looksLeft = looks
      timer.act()
    }
  }

  return { now: look, sleep, schedule, run }
}
