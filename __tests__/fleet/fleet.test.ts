import { describe, expect, it } from '@jest/globals'
import { runFleet } from '../../testing/fleet/fleet.ts'
import { renderFleet } from '../../testing/fleet/page.ts'
import { type Cell, planSteps } from '../../testing/fleet/plan.ts'

/** As crowded as 2,000 steps at 100 requests/s. */
const crowd: Cell = {
  kind: 'action',
  steps: 200,
  arrival: 'at once',
  limit: { perSecond: 10, tellsRetryAfter: false },
}

describe('two hundred steps of the action at once, at 10 requests/s', () => {
  const figures = runFleet(crowd)

  it('all end green', async () => {
    const { red, steps, started } = await figures
    expect({ red, steps, started }).toEqual({ red: 0, steps: 200, started: 200 })
  })

  it('are no storm: after the first minute, at most one in ten requests is refused', async () => {
    const { refusedShare, lateRefusedShare } = await figures
    expect(refusedShare).toBeGreaterThan(0.1)
    expect(lateRefusedShare).toBeLessThanOrEqual(0.1)
  })

  it('have begun their deployments within ten minutes', async () => {
    expect((await figures).slowestStartSeconds).toBeLessThan(600)
  })
})

describe('with Retry-After, which tells all of them the same second', () => {
  it('they all end green, without a storm', async () => {
    const { red, lateRefusedShare } = await runFleet({ ...crowd, limit: { perSecond: 10, tellsRetryAfter: true } })
    expect(red).toBe(0)
    expect(lateRefusedShare).toBeLessThanOrEqual(0.1)
  })
})

describe('the same two hundred, polling every 5 s', () => {
  it('end red almost all, where a 429 ends a step', async () => {
    expect((await runFleet({ ...crowd, kind: 'fixed 5 s, a 429 ends it' })).red).toBeGreaterThan(180)
  })

  it('are refused most of what they ask, where it doesn’t', async () => {
    expect((await runFleet({ ...crowd, kind: 'fixed 5 s, a 429 is a poll' })).lateRefusedShare).toBeGreaterThan(0.5)
  })
})

describe('ten steps within a minute', () => {
  const few: Cell = { ...crowd, steps: 10, arrival: 'within a minute' }

  it('meet no limit, and begin at once', async () => {
    const { refusedShare, slowestStartSeconds, peakPerSecond } = await runFleet(few)
    expect(refusedShare).toBe(0)
    expect(slowestStartSeconds).toBeLessThan(1)
    expect(peakPerSecond).toBeLessThanOrEqual(10)
  })

  it('give the same figures each time', async () => {
    expect(await runFleet(few)).toEqual(await runFleet(few))
  })
})

describe('a plan', () => {
  it('has the medians in turn, and as many steps as its cell', () => {
    const steps = planSteps({ ...crowd, steps: 50 })
    expect(steps).toHaveLength(50)
    expect(steps.every(({ history, beginsMs }) => history.length === 8 && beginsMs === 0)).toBe(true)
    const tenMinutes = steps.filter((_, index) => index % 5 === 4).map(({ durationMs }) => durationMs / 600_000)
    expect(Math.min(...tenMinutes)).toBeGreaterThan(0.7)
    expect(Math.max(...tenMinutes)).toBeLessThan(1.4)
  })

  it('of a day runs an hour', () => {
    const steps = planSteps({ ...crowd, steps: 240, arrival: 'around the clock' })
    expect(steps).toHaveLength(10)
    expect(Math.max(...steps.map(({ beginsMs }) => beginsMs))).toBeLessThan(3_600_000)
  })
})

describe('the page', () => {
  it('has a line for each fleet, with the kinds that were run', async () => {
    const few: Cell = { ...crowd, steps: 10 }
    const rows = [{ steps: 10, arrival: few.arrival, figures: { action: await runFleet(few) } }]
    const page = renderFleet([{ limit: few.limit, rows }], 'It shows something.')
    expect(page).toContain('10 requests/s, without `Retry-After`:')
    expect(page).toMatch(/^\| 10 at once \| 0 \| [\d,]+ \|/m)
    expect(page).not.toMatch(/NaN|undefined/)
  })
})
