import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  determineGapMs,
  determinePaceDelayMs,
  determinePacedStartMs,
  noPace,
  type Pace,
  slowDown,
} from '../../../src/core/network/pace.ts'

const nowMs = Date.parse('2026-11-23T17:00:00Z')

/** So many refusals, one right after the other. */
const refuse = (times: number): Pace =>
  Array.from({ length: times }).reduce<Pace>((pace) => slowDown(pace, nowMs, nowMs), noPace)

describe('the gap between two requests', () => {
  it.each([
    [0, 0],
    [1, 1_000],
    [2, 2_500],
    [3, 9_882],
    [4, 60_000],
    [5, 240_000],
    [50, 240_000],
  ])('is after %d refusals in a row %d ms', (times, gapMs) => {
    expect(Math.round(determineGapMs(refuse(times), nowMs))).toBe(gapMs)
  })

  it('is half as long after eight minutes without a refusal, and a quarter after sixteen', () => {
    const pace = refuse(5)
    expect(determineGapMs(pace, nowMs + 480_000)).toBeCloseTo(120_000)
    expect(determineGapMs(pace, nowMs + 960_000)).toBeCloseTo(60_000)
  })

  it('grows once for requests that were on their way together', () => {
    const first = slowDown(noPace, nowMs, nowMs + 100)
    expect(slowDown(first, nowMs + 10, nowMs + 110)).toEqual(first)
    expect(slowDown(first, nowMs + 100, nowMs + 200).gapMs).toBeGreaterThan(first.gapMs)
  })

  it('is not longer for a clock that went back', () => {
    expect(determineGapMs(refuse(3), nowMs - 3_600_000)).toBe(determineGapMs(refuse(3), nowMs))
  })
})

describe('a delay', () => {
  it.each([
    [1_000, 0, 0],
    [1_000, 1, 1_000],
    [60_000, 0, 0],
    [60_000, 0.5, 30_000],
    [240_000, 0, 90_000],
    [240_000, 0.5, 165_000],
    [240_000, 1, 240_000],
  ])('for a gap of %d ms, drawn %d, is %d ms', (gapMs, random, delayMs) => {
    expect(determinePaceDelayMs(gapMs, random)).toBe(delayMs)
  })

  it('is never longer than the gap, and spreads over more than half of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 240_000, noNaN: true }), (gapMs) => {
        const [shortest, longest] = [determinePaceDelayMs(gapMs, 0), determinePaceDelayMs(gapMs, 1)]
        expect(longest).toBeCloseTo(gapMs)
        expect(longest - shortest).toBeGreaterThan(gapMs / 2)
      }),
      { seed: 1 },
    )
  })
})

describe('a start that is refused', () => {
  it.each([
    [60_000, 0, 0],
    [60_000, 1, 60_000],
    [240_000, 0, 45_000],
    [240_000, 1, 60_000],
  ])('comes again within a minute: for a gap of %d ms, drawn %d, after %d ms', (gapMs, random, delayMs) => {
    expect(determinePacedStartMs(gapMs, random)).toBe(delayMs)
  })
})
