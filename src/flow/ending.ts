import { RequestFailure } from '../core/network/failure.ts'
import { formatCancelled, formatTimedOut } from '../core/report/deployment-problem.ts'
import { formatOwnFault } from '../core/report/step-problem.ts'
import type { Ending, Facts } from '../core/run/outcome.ts'
import { Cancelled, DeadlinePassed, Stop } from '../core/run/stop.ts'
import type { Runner } from '../ports.ts'

/** The one place where an exception becomes an ending. */
export const determineEnding = (error: unknown, facts: Facts, runner: Runner): Ending => {
  if (error instanceof Stop) return error.ending
  if (error instanceof Cancelled) return { outcome: 'cancelled', problem: formatCancelled(facts) }
  if (error instanceof DeadlinePassed) {
    const lastFailure = error.cause instanceof RequestFailure ? error.cause.details : undefined
    return { outcome: 'timed_out', problem: formatTimedOut(facts, facts.request?.timeoutMs ?? 0, lastFailure) }
  }
  runner.debug(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return { outcome: 'error', problem: formatOwnFault(error) }
}
