import { describe, expect, it } from '@jest/globals'
import { formatAge, formatUtc, parseTimeMs } from '../../../src/core/text/words.ts'

describe('a time of the API', () => {
  it.each([
    ['2026-11-23T17:00:00Z', Date.UTC(2026, 10, 23, 17)],
    ['2026-11-23T17:00:00.5Z', Date.UTC(2026, 10, 23, 17, 0, 0, 500)],
    ['2026-11-23T17:00:00.123456789Z', Date.UTC(2026, 10, 23, 17, 0, 0, 123)],
    ['2026-11-23T18:30:00.001+01:30', Date.UTC(2026, 10, 23, 17, 0, 0, 1)],
    ['1970-01-01T00:00:00Z', 0],
  ])('%s', (text, timeMs) => {
    expect(parseTimeMs(text)).toBe(timeMs)
  })

  it.each([
    '',
    'now',
    '2026-11-23',
    '2026-11-23 17:00:00Z',
    '2026-11-23T17:00:00',
    '2026-13-40T17:00:00Z',
    '0001-01-01T00:00:00Z',
  ])('is not %j', (text) => {
    expect(parseTimeMs(text)).toBeUndefined()
    expect(formatUtc(text)).toBe('')
    expect(formatAge(text, 0)).toBe('')
  })

  it('is told in UTC', () => {
    expect(formatUtc('2026-11-23T21:07:12.999999999+01:00')).toBe('2026-11-23 20:07:12 UTC')
  })
})

describe('an age', () => {
  const nowMs = Date.UTC(2026, 10, 23, 17)
  const agoMs = (ms: number): string => new Date(nowMs - ms).toISOString()

  it.each([
    [-5_000, '0 s ago'],
    [999, '0 s ago'],
    [48_900, '48 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_399_999, '23 h ago'],
    [86_400_000, '1 day ago'],
    [3 * 86_400_000, '3 days ago'],
  ])('of %d ms is %s', (ms, text) => {
    expect(formatAge(agoMs(ms), nowMs)).toBe(text)
  })
})
