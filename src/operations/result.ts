import { RequestError } from '../core/network/request-error.ts'
import { Cancelled, Failed, type Result, TimeoutError } from '../core/run/outcome.ts'
import type { PlainRunner } from './context.ts'

/** The one place where an exception becomes an ending. */
export const determineResult = (error: unknown, runner: Pick<PlainRunner, 'debug'>): Result => {
  if (error instanceof Failed) return error.result
  if (error instanceof RequestError) return { outcome: 'error', reason: { kind: 'request', error: error.details } }
  if (error instanceof Cancelled) return { outcome: 'cancelled', reason: { kind: 'cancelled' } }
  if (error instanceof TimeoutError) {
    const last = error.cause instanceof RequestError ? { error: error.cause.details } : {}
    return { outcome: 'timed_out', reason: { kind: 'timed_out', ...last } }
  }
  runner.debug(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return {
    outcome: 'error',
    reason: { kind: 'own_fault', message: error instanceof Error ? error.message : String(error) },
  }
}
