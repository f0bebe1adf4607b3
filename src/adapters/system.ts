import { createHash } from 'node:crypto'
import type { Sha256Hex } from '../core/mark.ts'
import type { Clock } from '../ports.ts'

/** Monotonic: a correction of the machine's time doesn't change a wait. */
export const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      // setTimeout takes at most 2^31 - 1 ms, and fires at once above it.
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        },
        Math.min(ms, 2 ** 31 - 1),
      )
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

export const sha256hex: Sha256Hex = (data) => createHash('sha256').update(data).digest('hex')
