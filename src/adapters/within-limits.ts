import { type FailureDetails, RequestFailure } from '../core/network/failure.ts'
import { determineTimedFailure } from '../core/network/network-failure.ts'
import type { Limits } from '../ports.ts'

/**
 * Sends one request and reads its answer, both under the same limits. Rejects with the caller's reason once its signal has
 * aborted, and with a `RequestFailure` for whatever else goes wrong on the way.
 *
 * @param send its signal aborts when the time is over, or when the caller's does
 * @param describe what is known of the request by the time it fails
 */
export const sendWithinLimits = async <Answer>(
  { timeoutMs, signal }: Limits,
  send: (signal: AbortSignal) => Promise<Answer>,
  describe: () => Pick<FailureDetails, 'request' | 'reach' | 'status'>,
): Promise<Answer> => {
  const limit = AbortSignal.timeout(Math.ceil(timeoutMs))
  try {
    signal?.throwIfAborted()
    return await send(signal ? AbortSignal.any([signal, limit]) : limit)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    const failure = determineTimedFailure(error, limit.aborted ? timeoutMs : undefined)
    throw new RequestFailure({ ...failure, ...describe() }, { cause: error })
  }
}
