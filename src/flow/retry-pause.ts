import type { RequestFailure } from '../core/network/failure.ts'
import { formatStillAsking } from '../core/report/log.ts'
import { formatFailure } from '../core/report/request-problem.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Step } from './step.ts'

/** Sleeps before another try, but not past the deadline. About every half minute the log tells what is in the way. */
export type RetryPause = (ms: number, failure: RequestFailure) => Promise<void>

/** For the tries of one request. */
export const createRetryPause = (step: Step): RetryPause => {
  let last: RequestFailure | undefined
  const heartbeat = createHeartbeat(step, () => {
    if (last) step.runner.info(formatStillAsking(step.clock.now() - step.startedMs, formatFailure(last.details)))
  })
  return (ms, failure) => {
    last = failure
    return heartbeat.pause(ms)
  }
}
