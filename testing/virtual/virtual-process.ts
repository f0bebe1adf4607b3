import { CancelledError } from '../../src/core/run/result.ts'
import type { Clock } from '../../src/ports.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** When a process is hit: after so long, or when it makes its so many-th call to the world (and a little later). */
export type Moment = { readonly afterMs: number } | { readonly atCall: number; readonly laterMs: number }

export type ProcessScript = {
  readonly crash?: Moment
  readonly signal?: Moment
  /** It may be killed from outside, too. */
  readonly isKillable?: boolean
}

/** A process as it can be hit: by a signal, or by its sudden end. */
export type VirtualProcess = {
  readonly cancel: AbortSignal
  readonly isOver: () => boolean
  /** Counts a call to the world: what was planned for it happens. */
  readonly touch: () => void
  /** What a dead process waits for never comes. */
  readonly guard: <Result>(promise: Promise<Result>) => Promise<Result>
  readonly onSignal: (act: () => void) => void
  readonly signal: () => void
  readonly kill: () => void
  /** Resolves when it dies. */
  readonly death: Promise<void>
  /** It has come to its own end: nothing hits it any more. */
  readonly end: () => void
}

export const createVirtualProcess = (clock: VirtualClock, script: ProcessScript = {}): VirtualProcess => {
  const controller = new AbortController()
  let isOver = false
  let calls = 0
  let signalled = () => {}
  let died = () => {}
  const death = new Promise<void>((resolve) => {
    died = resolve
  })
  const signal = (): void => {
    if (isOver || controller.signal.aborted) return
    signalled()
    controller.abort(new CancelledError())
  }
  const kill = (): void => {
    if (isOver) return
    isOver = true
    died()
  }
  const planned: readonly { readonly moment: Moment; readonly act: () => void }[] = [
    ...(script.signal ? [{ moment: script.signal, act: signal }] : []),
    ...(script.crash ? [{ moment: script.crash, act: kill }] : []),
  ]
  for (const { moment, act } of planned) {
    if ('afterMs' in moment) clock.schedule(clock.now() + moment.afterMs, act)
  }
  return {
    cancel: controller.signal,
    isOver: () => isOver,
    touch: () => {
      calls++
      for (const { moment, act } of planned) {
        if (!('atCall' in moment) || moment.atCall !== calls) continue
        // A crash comes in the middle of things; a signal is heard when the process waits.
        if (act === kill && moment.laterMs === 0) kill()
        else clock.schedule(clock.now() + moment.laterMs, act)
      }
    },
    guard: script.crash || script.isKillable ? (promise) => guard(promise, () => isOver) : (promise) => promise,
    onSignal: (act) => {
      signalled = act
    },
    signal,
    kill,
    death,
    end: () => {
      isOver = true
    },
  }
}

const guard = <Result>(work: Promise<Result>, isOver: () => boolean): Promise<Result> =>
  new Promise((resolve, reject) => {
    work.then(
      (value) => isOver() || resolve(value),
      (error) => isOver() || reject(error),
    )
  })

/** The process's own clock, which may be wrong, and which stops with it. */
export const createProcessClock = (clock: Clock, process: VirtualProcess, skewMs = 0): Clock => ({
  now: () => clock.now() + skewMs,
  sleep: (ms, signal) => {
    process.touch()
    return process.guard(clock.sleep(ms, signal))
  },
})
