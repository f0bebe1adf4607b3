import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import {
  determineRetryDelayMs,
  determineStartVerdict,
  isOwnRefusal,
  isRetryable,
  mayTakeEffect,
  parseRetryAfterMs,
} from '../../../src/core/network/retry-policy.ts'

const failure = (kind: FailureDetails['kind'], status?: number): FailureDetails => ({
  kind,
  request: 'GET /x',
  detail: '',
  ...(status !== undefined && { status }),
})

type Row = readonly [kind: FailureDetails['kind'], status: number | undefined, passes: boolean, start: string]

const verdicts: readonly Row[] = [
  ['not_sent', undefined, true, 'again'],
  ['untrusted', undefined, false, 'refused'],
  ['lost', undefined, true, 'lost'],
  ['lost', 201, true, 'accepted'],
  ['unreadable', 200, true, 'accepted'],
  ['unreadable', 201, true, 'accepted'],
  ['answered', 301, false, 'redirected'],
  ['answered', 302, false, 'redirected'],
  ['answered', 303, false, 'redirected'],
  ['answered', 307, false, 'redirected'],
  ['answered', 308, false, 'redirected'],
  ['answered', 400, false, 'refused'],
  ['answered', 401, false, 'refused'],
  ['answered', 403, false, 'refused'],
  ['answered', 404, false, 'refused'],
  ['answered', 407, false, 'refused'],
  ['answered', 408, true, 'lost'],
  ['answered', 409, false, 'conflict'],
  ['answered', 410, false, 'refused'],
  ['answered', 422, false, 'refused'],
  ['answered', 425, false, 'refused'],
  ['answered', 429, true, 'throttled'],
  ['answered', 500, true, 'lost'],
  ['answered', 501, true, 'lost'],
  ['answered', 502, true, 'lost'],
  ['answered', 503, true, 'lost'],
  ['answered', 504, true, 'lost'],
  ['answered', 599, true, 'lost'],
]

describe('a refusal that isn’t Humanitec’s', () => {
  it.each([400, 401, 403, 404, 409, 422])('%d passes by itself, and may have been a start', (status) => {
    const foreign = { ...failure('answered', status), intermediary: { title: 'default backend - 404' } }
    expect(isRetryable(foreign)).toBe(true)
    expect(mayTakeEffect(foreign)).toBe(true)
    expect(isOwnRefusal(foreign)).toBe(false)
    expect(determineStartVerdict(foreign)).toBe('intermediary')
  })
})

describe('what a failure means', () => {
  it.each(verdicts)('%s %s: passes by itself: %s, of the start %s', (kind, status, passes, start) => {
    expect(isRetryable(failure(kind, status))).toBe(passes)
    expect(determineStartVerdict(failure(kind, status))).toBe(start)
  })

  it.each(verdicts)('%s %s: may have been carried out only where the server may have seen it', (kind, status = 0) => {
    const isDoubtful = [301, 302, 303, 307, 308, 408].includes(status) || status >= 500
    const mayBe = kind === 'lost' || kind === 'unreadable' || (kind === 'answered' && isDoubtful)
    expect(mayTakeEffect(failure(kind, status))).toBe(mayBe)
  })

  it('a start is sent again by itself only when it never left', () => {
    const again = verdicts.filter(([kind, status]) => determineStartVerdict(failure(kind, status)) === 'again')
    expect(again.map(([kind]) => kind)).toEqual(['not_sent'])
  })
})

describe('the delay before another try', () => {
  it.each([
    [1, 0.5, 0, 500],
    [2, 0.5, 0, 1_000],
    [3, 0.5, 0, 2_000],
    [3, 1, 0, 4_000],
    [7, 1, 0, 60_000],
    [1_000_000, 1, 0, 60_000],
    [1, 0, 0, 200],
    [1, 0.1, 0, 200],
    [1, 0.5, 20_000, 20_000],
    [6, 1, 20_000, 32_000],
    [1, 0.5, 60_001, 60_000],
    [1, 0.5, Number.POSITIVE_INFINITY, 60_000],
  ])('after %d failures, drawn %d, with a wish for %d ms: %d ms', (failures, random, wishMs, delayMs) => {
    expect(determineRetryDelayMs(failures, random, wishMs)).toBe(delayMs)
  })

  it('lies between 200 ms and a minute, and is never shorter than a wish up to that', () => {
    const wish = fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), wish, (n, r, ms) => {
        const delayMs = determineRetryDelayMs(n, r, ms)
        expect(delayMs).toBeGreaterThanOrEqual(Math.max(200, Math.min(ms ?? 0, 60_000)))
        expect(delayMs).toBeLessThanOrEqual(60_000)
      }),
      { seed: 1 },
    )
  })
})

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 10, 23, 17, 0, 0)

  it.each([
    ['0', 0],
    ['20', 20_000],
    [' 20 ', 20_000],
    ['999999999', 999_999_999_000],
    ['Mon, 23 Nov 2026 17:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 16:59:30 GMT', 0],
    ['Monday, 23-Nov-26 17:01:00 GMT', 60_000],
    ['Mon Nov 23 17:00:05 2026 GMT', 5_000],
  ])('%j is %d ms from now', (header, delayMs) => {
    expect(parseRetryAfterMs(header, nowMs)).toBe(delayMs)
  })

  it.each([null, '', ' ', '-5', '1.5', '1e3', '+5', 'soon', '5 seconds please', 'NaN', '٣', '12:00'])(
    '%j is none',
    (header) => {
      expect(parseRetryAfterMs(header, nowMs)).toBeUndefined()
    },
  )
})
