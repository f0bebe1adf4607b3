import { Cancelled } from '../../src/core/run/result.ts'
import type { Clock } from '../../src/ports.ts'
import { createKillableProcess } from '../virtual/killable-process.ts'
import type { AttemptScript, Moment } from './scenario-attempts.ts'
import type { Simulation } from './simulation.ts'

/** A process as it can be hit: by a signal, or by its sudden end. */
export type StepProcess = {
  readonly cancel: AbortSignal
  readonly isOver: () => boolean
  /** Counts a call to the world: what was planned for it happens. */
  readonly touch: () => void
  /** What a dead process waits for never comes. */
  readonly guard: <Result>(promise: Promise<Result>) => Promise<Result>
  readonly onSignal: (act: () => void) => void
  /** Resolves when it dies. */
  readonly death: Promise<void>
  /** It has come to its own end: nothing hits it any more. */
  readonly end: () => void
}

export const createStepProcess = ({ clock }: Simulation, script: AttemptScript): StepProcess => {
  const controller = new AbortController()
  const killable = createKillableProcess()
  let calls = 0
  let signalled = () => {}
  let died = () => {}
  const death = new Promise<void>((resolve) => {
    died = resolve
  })
  const signal = (): void => {
    if (killable.isOver() || controller.signal.aborted) return
    signalled()
    controller.abort(new Cancelled())
  }
  const die = (): void => {
    if (killable.isOver()) return
    killable.end()
    died()
  }
  const planned: readonly { readonly moment: Moment; readonly act: () => void }[] = [
    ...(script.signal ? [{ moment: script.signal, act: signal }] : []),
    ...(script.crash ? [{ moment: script.crash, act: die }] : []),
  ]
  for (const { moment, act } of planned) {
    if ('afterMs' in moment) clock.schedule(clock.now() + moment.afterMs, act)
  }
  return {
    cancel: controller.signal,
    isOver: killable.isOver,
    touch: () => {
      calls++
      for (const { moment, act } of planned) {
        if (!('atCall' in moment) || moment.atCall !== calls) continue
        // A crash comes in the middle of things; a signal is heard when the process waits.
        if (act === die && moment.laterMs === 0) die()
        else clock.schedule(clock.now() + moment.laterMs, act)
      }
    },
    guard: (promise) => (script.crash ? killable.guard(promise) : promise),
    onSignal: (act) => {
      signalled = act
    },
    death,
    end: killable.end,
  }
}

/** The process's own clock, which may be wrong, and which stops with it. */
export const createProcessClock = (clock: Clock, skewMs: number, stepProcess: StepProcess): Clock => ({
  now: () => clock.now() + skewMs,
  sleep: (ms, signal) => {
    stepProcess.touch()
    return stepProcess.guard(clock.sleep(ms, signal))
  },
})
