import { determineExpectedEnd, type PastDeployment } from '../core/deployment/polling.ts'
import type { RequestFailure } from '../core/network/failure.ts'
import { heartbeatMs } from '../core/network/limits.ts'
import { formatStatusLine } from '../core/report/log.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Step } from './step.ts'

/** The lines of one wait: one per change, and a sign of life where nothing changes. */
export type WaitLog = {
  tellStatus(status: string): void
  tellTrouble(failure: RequestFailure): void
  /** From now on the expected end is known. */
  learn(history: readonly PastDeployment[]): void
  /** Sleeps, not past the deadline, telling about every half minute that the wait goes on. */
  pause(ms: number): Promise<void>
}

export const createWaitLog = (step: Step, sinceMs: number, env?: string): WaitLog => {
  const { clock, runner } = step
  let history: readonly PastDeployment[] = []
  let told = ''
  let troubleToldMs = Number.NEGATIVE_INFINITY
  let isTroubleTold = false
  const tell = (status: string, note?: string): void => {
    const elapsedMs = clock.now() - sinceMs
    const expected = determineExpectedEnd(elapsedMs, history)
    runner.info(
      formatStatusLine({
        elapsedMs,
        status,
        ...(env !== undefined && { env }),
        ...(note !== undefined && { note }),
        ...(expected && { expected }),
      }),
    )
    heartbeat.reset()
  }
  const heartbeat = createHeartbeat(step, () => tell(told))
  return {
    learn: (known) => {
      history = known
    },
    tellStatus: (status) => {
      if (status !== told || isTroubleTold) tell(status)
      told = status
      isTroubleTold = false
    },
    tellTrouble: (failure) => {
      // Polls that fail every now and then must not fill the log.
      if (isTroubleTold || clock.now() < troubleToldMs + heartbeatMs) return
      tell(told, `${formatFailure(failure.details).what} Asking again.`)
      troubleToldMs = clock.now()
      isTroubleTold = true
    },
    pause: heartbeat.pause,
  }
}
