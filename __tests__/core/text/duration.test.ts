import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatDuration, formatDurationRange, formatElapsed, parseDurationMs } from '../../../src/core/text/words.ts'

describe('a duration as written in a workflow', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['1h30m', 5_400_000],
    ['1h30m15s', 5_415_000],
    ['1h15s', 3_615_000],
    ['2m5s', 125_000],
    ['90m', 5_400_000],
    ['600', 600_000],
    ['0', 0],
    ['007', 7_000],
  ])('%s', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs)
  })

  it.each([
    ...['', ' ', 's', 'm', 'h', 'hms', 'ms', '1.5h', '1,5h', '-1s', '+1s', '1e3', '5 m', ' 5m', '5m '],
    ...['30M', '1d', '500ms', '1m1h', '1s1m', '1m30', '1h30', '1h30m15', '5s5', '0x10', '٣s', '30m\n', 'PT30M'],
  ])('is not %j', (text) => {
    expect(parseDurationMs(text)).toBeUndefined()
  })

  it('is the sum of its units, whichever are there', () => {
    const count = fc.option(fc.nat(999), { nil: undefined })
    fc.assert(
      fc.property(count, count, count, (hours, minutes, seconds) => {
        const part = (value: number | undefined, unit: string) => (value === undefined ? '' : `${value}${unit}`)
        const text = part(hours, 'h') + part(minutes, 'm') + part(seconds, 's')
        const sum = (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
        expect(parseDurationMs(text)).toBe(text === '' ? undefined : sum)
      }),
      { seed: 1 },
    )
  })
})

describe('a duration for people', () => {
  it.each([
    [-1_000, '0 s'],
    [0, '0 s'],
    [499, '0 s'],
    [48_400, '48 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [60_000, '1 min'],
    [161_000, '2 min 41 s'],
    [3_599_000, '59 min 59 s'],
    [3_599_600, '1 h'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [47 * 3_600_000 + 1_800_000, '47 h 30 min'],
    [48 * 3_600_000, '2 days'],
    [120 * 3_600_000, '5 days'],
  ])('%d ms is %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text)
  })

  it.each([
    [-5, '00:00'],
    [999, '00:00'],
    [33_000, '00:33'],
    [161_999, '02:41'],
    [3_599_999, '59:59'],
    [3_761_000, '1:02:41'],
    [432_000_000, '120:00:00'],
  ])('%d ms have passed at %s', (elapsedMs, text) => {
    expect(formatElapsed(elapsedMs)).toBe(text)
  })
})

it.each([
  [[140_000, 185_000, 150_000], '2 min 20 s to 3 min 5 s'],
  [[48_000], '48 s'],
  [[48_000, 48_300], '48 s'],
])('the range of %j is %s', (durationsMs, text) => {
  expect(formatDurationRange(durationsMs)).toBe(text)
})
