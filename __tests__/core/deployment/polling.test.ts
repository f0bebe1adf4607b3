import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { determineExpectedEnd, type PastDeployment, schedulePolls } from '../../../src/core/polling.ts'
import {
  averageProducts,
  countBusiestHour,
  measurePolling,
  renderPolling,
  schedules,
  type Workload,
  workloads,
} from '../../../testing/bench/polling.ts'

const seconds = (...durations: number[]): PastDeployment[] =>
  durations.map((duration) => ({ durationMs: duration * 1000, succeeded: true }))
const eight = seconds(300, 310, 290, 305, 280, 330, 295, 315)
const hourMs = 3_600_000

const pastDeployment = fc.record({
  durationMs: fc.oneof(
    fc.integer({ min: 1, max: 120 * hourMs }),
    fc.double({ min: 0, max: 1, noNaN: true }).map((x) => 5000 * 1440 ** x),
  ),
  succeeded: fc.boolean(),
})
/** Histories without any order, and histories of one to three kinds, which make the schedule dense. */
const history = fc.oneof(
  fc.array(pastDeployment, { maxLength: 40 }),
  fc
    .tuple(
      fc.array(pastDeployment, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(), fc.double({ min: -0.3, max: 0.3, noNaN: true })), { minLength: 1, maxLength: 30 }),
    )
    .map(([kinds, members]) =>
      members.map(([kind, deviation]) => {
        const { durationMs, succeeded } = kinds[kind % kinds.length] ?? { durationMs: 60_000, succeeded: true }
        return { durationMs: durationMs * Math.exp(deviation), succeeded }
      }),
    ),
)
const elapsedMs = fc.integer({ min: 0, max: 120 * hourMs })

const checkProperty = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>, numRuns: number): void =>
  fc.assert(property, { seed: 20, numRuns })

describe('the gap', () => {
  it('is 5 s at first when there is no history', () => {
    expect(schedulePolls([])(0)).toBe(5000)
  })

  it.each([
    [60, 5185],
    [300, 6000],
    [600, 7201],
    [1200, 10_371],
    [3600, 30_000],
    [120 * 3600, 30_000],
  ])('is, %d s after the start and without a history, %d ms', (elapsed, expected) => {
    expect(schedulePolls([])(elapsed * 1000)).toBe(expected)
  })

  it('is at least 1 s, and at most 12 s or 8 % of the elapsed time or 2 min, whatever the history', () => {
    checkProperty(
      fc.property(history, elapsedMs, (past, elapsed) => {
        const delay = schedulePolls(past)(elapsed)
        const most = Math.min(120_000, Math.max(12_000, 0.08 * elapsed))
        expect({ delay, is: Number.isInteger(delay) && delay >= 1000 && delay <= most }).toEqual({ delay, is: true })
      }),
      3000,
    )
  })

  it('is the same for the same history and elapsed time', () => {
    checkProperty(
      fc.property(history, elapsedMs, (past, elapsed) => {
        expect(schedulePolls([...past])(elapsed)).toBe(schedulePolls(past)(elapsed))
      }),
      200,
    )
  })

  it('is long before the end is likely, short where it is, and longer again after', () => {
    const nextDelayMs = schedulePolls(eight)
    expect(nextDelayMs(200_000)).toBeGreaterThan(12_000)
    expect(nextDelayMs(300_000)).toBeLessThan(3000)
    expect(nextDelayMs(600_000)).toBeGreaterThan(10_000)
  })

  it('looks ahead: from before the likely end it does not reach over it', () => {
    expect(270_000 + schedulePolls(eight)(270_000)).toBeLessThan(285_000)
  })

  it('grows after a history that came out too short, up to 1 min, and stays below it', () => {
    const delays = [600, 1200, 2400, 4800, 432_000].map((elapsed) => schedulePolls(eight)(elapsed * 1000))
    expect(delays).toEqual(delays.toSorted((a, b) => a - b))
    expect(delays.at(-1)).toBeGreaterThan(50_000)
    expect(delays.at(-1)).toBeLessThan(60_000)
  })

  it('is shorter where failed deployments ended than without these', () => {
    const failed = [25, 22].map((duration) => ({ durationMs: duration * 1000, succeeded: false }))
    expect(schedulePolls([...failed, ...eight])(22_000)).toBeLessThan(6000)
    expect(schedulePolls(eight)(22_000)).toBeGreaterThan(10_000)
  })

  it('follows the newer of two kinds more than the older', () => {
    const older = seconds(100, 102, 98, 101)
    const newer = seconds(300, 303, 297, 301)
    expect(schedulePolls([...newer, ...older])(300_000)).toBeLessThanOrEqual(
      schedulePolls([...older, ...newer])(300_000),
    )
    expect(schedulePolls([...newer, ...older])(98_000)).toBeGreaterThan(schedulePolls([...older, ...newer])(98_000))
  })

  it.each([
    ['a duration of zero', 0],
    ['a negative duration', -5000],
    ['a duration that could not be read', Number.NaN],
  ])('disregards %s', (_, durationMs) => {
    expect(schedulePolls([{ durationMs, succeeded: true }, ...eight])(290_000)).toBe(schedulePolls(eight)(290_000))
    expect(schedulePolls([{ durationMs, succeeded: true }])(290_000)).toBe(schedulePolls([])(290_000))
  })

  it('disregards all but the newest 30', () => {
    const thirty = Array.from({ length: 30 }, (_, i) => eight[i % 8] ?? { durationMs: 300_000, succeeded: true })
    expect(schedulePolls([...thirty, ...seconds(60, 61, 62)])(61_000)).toBe(schedulePolls(thirty)(61_000))
    expect(schedulePolls([...seconds(60, 61, 62), ...thirty])(61_000)).toBeLessThan(schedulePolls(thirty)(61_000))
  })

  it('takes a clock that runs behind as the start', () => {
    expect(schedulePolls(eight)(-3000)).toBe(schedulePolls(eight)(0))
  })
})

describe('any hour has at most 300 polls', () => {
  it('whatever the history, whenever it came, from any moment, however long requests take', () => {
    checkProperty(
      fc.property(
        history,
        fc.integer({ min: 0, max: 60 }),
        fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7200 })),
        fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
        (past, readAfter, start, requestSeconds) => {
          const [before, after] = [schedulePolls([]), schedulePolls(past)]
          const nextDelay = (waited: number): number =>
            (waited <= readAfter ? before : after)((start + waited) * 1000) / 1000 + requestSeconds
          expect(countBusiestHour(nextDelay)).toBeLessThanOrEqual(300)
        },
      ),
      1500,
    )
  })

  it.each([0.03, 0.1, 0.2, 0.4])('with durations around every length up to 80 min that deviate by %d', (deviation) => {
    const lengths = Array.from({ length: 60 }, (_, i) => 10 * 1.1 ** i)
    const hours = lengths.map((length) => {
      const past = seconds(...Array.from({ length: 9 }, (_, i) => length * Math.exp((deviation * (i - 4)) / 2.6)))
      return countBusiestHour((elapsed) => schedulePolls(past)(elapsed * 1000) / 1000)
    })
    expect(Math.max(...hours)).toBeLessThanOrEqual(300)
  })
})

describe('the product of lag and requests, over that of a fixed 5 s poll', () => {
  const single = workloads.filter(({ name, medians }) => medians.length === 1 && name !== '20 s')
  const measure = (name: string, on: readonly Workload[], runs = 300) =>
    measurePolling({ runs, from: schedules.filter((schedule) => schedule.name === name), on })

  it.each([
    ['ours, history of 8', 0.05, 0.25],
    ['ours, history of 8', 0.1, 0.35],
    ['ours, history of 8', 0.2, 0.6],
    ['ours, history of 8', 0.3, 0.85],
    ['ours, history of 30', 0.1, 0.35],
    ['ours, history of 3', 0.1, 0.45],
    ['ours, history of 1', 0.1, 0.65],
  ])('%s: at a spread of %d at most %d', (name, spread, most) => {
    const rows = measure(
      name,
      single.filter((workload) => workload.spread === spread),
    )
    expect(rows).toHaveLength(5)
    expect(averageProducts(rows, name, spread)).toBeLessThanOrEqual(most)
    expect(rows.every(({ product, bound }) => product > bound)).toBe(true)
  })

  it.each([0.05, 0.1, 0.2, 0.3, 0.6])(
    'without a history, at a spread of %d: at most 1.25, never over 1.6',
    (spread) => {
      const on = single.filter((workload) => workload.spread === spread)
      const rows = measure('ours, history of 0', on, 1000)
      expect(averageProducts(rows, 'ours, history of 0', spread)).toBeLessThanOrEqual(1.25)
      expect(Math.max(...rows.map(({ product }) => product))).toBeLessThanOrEqual(1.6)
    },
  )

  it('is below a half when two kinds are mixed', () => {
    const mixed = workloads.filter(({ medians }) => medians.length === 2)
    const products = measure('ours, history of 8', mixed).map(({ product }) => product)
    expect(products).toHaveLength(2)
    expect(Math.max(...products)).toBeLessThan(0.5)
  })

  it.each(['ours, history of 8, ten times shorter', 'ours, history of 8, ten times longer'])(
    '%s: the worst lag is at most 12 s or 8 % of the duration',
    (name) => {
      const wide = workloads.filter(({ spread }) => spread === 0.1 || spread === 0.6)
      const shares = measure(name, wide, 100).map(({ worstShare }) => worstShare)
      expect(shares).toHaveLength(14)
      expect(Math.max(...shares)).toBeLessThanOrEqual(1)
    },
  )

  it.each([
    [0.05, 0.1005],
    [0.1, 0.1948],
    [0.2, 0.3645],
    [0.3, 0.5099],
    [0.6, 0.8113],
  ])('has, for a spread of %d, the bound %d', (spread, bound) => {
    const rows = measurePolling({ runs: 1, on: single.filter((workload) => workload.spread === spread) })
    for (const row of rows) expect(row.bound).toBeCloseTo(bound, 3)
  })
})

describe('the benchmark', () => {
  const few = { runs: 20, on: workloads.slice(3, 4) }

  it('gives the same rows for the same seed, and others for another', () => {
    expect(measurePolling(few)).toEqual(measurePolling(few))
    expect(measurePolling({ ...few, seed: 2 })).not.toEqual(measurePolling(few))
  })

  it('counts the history as a read', () => {
    const [row] = measurePolling({ runs: 20, on: [{ name: 'short', medians: [2], spread: 0.05 }] })
    expect(row).toMatchObject({ schedule: 'ours, history of 0', requests: 2 })
  })

  it('polls a fixed 5 s 720 times an hour, half a gap late', () => {
    const row = measurePolling(few).find(({ schedule, workload }) => schedule === 'fixed 5 s' && workload === '5 min')
    expect(row?.busiestHour).toBe(720)
    expect(row?.product).toBeCloseTo(1, 9)
    expect(row?.meanLag).toBeCloseTo(2.5, 0)
  })

  it('renders a line per schedule and table', () => {
    const lines = renderPolling(measurePolling({ runs: 1 })).split('\n')
    expect(lines.filter((line) => line.startsWith('| fixed 10 s |'))).toHaveLength(3)
    expect(lines.filter((line) => /NaN|undefined/.test(line))).toEqual([])
  })
})

describe('the expected end', () => {
  it.each([
    ['without a history', [], 10, undefined],
    ['only failed ones', [{ durationMs: 9000, succeeded: false }], 10, undefined],
    ['one', seconds(120), 10, { count: 1, shortestMs: 120_000, longestMs: 120_000, remainingMs: undefined }],
    ['three', seconds(140, 185, 160), 30, { count: 3, shortestMs: 140_000, longestMs: 185_000, remainingMs: 130_000 }],
    [
      'three, one exceeded',
      seconds(140, 185, 160),
      150,
      { count: 3, shortestMs: 140_000, longestMs: 185_000, remainingMs: 35_000 },
    ],
    [
      'three, all exceeded',
      seconds(140, 185, 160),
      185,
      { count: 3, shortestMs: 140_000, longestMs: 185_000, remainingMs: undefined },
    ],
    [
      'two that disagree',
      seconds(60, 300),
      10,
      { count: 2, shortestMs: 60_000, longestMs: 300_000, remainingMs: undefined },
    ],
    [
      'two kinds, one exceeded',
      seconds(60, 300, 310),
      90,
      { count: 3, shortestMs: 60_000, longestMs: 310_000, remainingMs: 220_000 },
    ],
    [
      'eight, all but one exceeded',
      eight,
      320,
      { count: 8, shortestMs: 280_000, longestMs: 330_000, remainingMs: undefined },
    ],
    [
      'a ninth is too old',
      [...eight, ...seconds(900)],
      320,
      { count: 8, shortestMs: 280_000, longestMs: 330_000, remainingMs: undefined },
    ],
    [
      'a failed one between',
      [{ durationMs: 9000, succeeded: false }, ...seconds(100, 110)],
      40,
      { count: 2, shortestMs: 100_000, longestMs: 110_000, remainingMs: 70_000 },
    ],
  ])('%s', (_, past, elapsed, expected) => {
    expect(determineExpectedEnd(elapsed * 1000, past)).toEqual(expected)
  })

  it('is never in the past', () => {
    checkProperty(
      fc.property(history, elapsedMs, (past, elapsed) => {
        expect(determineExpectedEnd(elapsed, past)?.remainingMs ?? 1).toBeGreaterThan(0)
      }),
      500,
    )
  })
})
