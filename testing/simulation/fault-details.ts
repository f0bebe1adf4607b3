import type { Random } from '../simulator/chance.ts'
import type { EffectAfter, FaultAction } from '../simulator/faults.ts'
import type { Strike } from '../virtual/virtual-transport.ts'
import { drawBetween, drawInteger, pick } from './draw.ts'

/** What a fault is drawn from. */
export type FaultContext = {
  readonly random: Random
  /** `POST deploys`, `GET env`. */
  readonly operation: string
  /** How long after its arrival a lost request may still take effect. */
  readonly latestEffectMs: number
  /** A deployment that isn't the one asked for. */
  readonly otherId: string
  readonly nowMs: number
}

const writes = /^(?:POST|PUT|DELETE)/

/** A request without a good answer is carried out at once, later, or never. */
export const drawEffect = ({ random, operation, latestEffectMs }: FaultContext): EffectAfter => {
  if (!writes.test(operation)) return 'never'
  return pick<EffectAfter>(random, ['never', 'never', 0, Math.round(drawBetween(random, 0, latestEffectMs))])
}

export const answer = (status: number, more: object = {}): Strike => ({ action: { kind: 'answer', status, ...more } })
export const act = (action: FaultAction): Strike => ({ action })

/** Seconds, a date, and every kind of nonsense. */
export const drawRetryAfter = ({ random, nowMs }: FaultContext): string | undefined =>
  pick(random, [
    undefined,
    undefined,
    '0',
    '1',
    '7',
    ' 20 ',
    '60',
    '3600',
    '1000000000',
    '99999999999999999999999999',
    '-5',
    '1.5',
    'soon',
    '',
    'NaN',
    '0x10',
    new Date(nowMs + drawInteger(random, -600_000, 600_000)).toUTCString(),
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '2099-01-01T00:00:00Z',
  ])

export const withRetryAfter = (context: FaultContext): object => {
  const retryAfter = drawRetryAfter(context)
  return retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }
}

export const drawRefusal = (random: Random): Strike =>
  answer(pick(random, [400, 401, 403, 404, 405, 410, 422]), { body: { error: 'API-4xx', message: 'No.' } })
