import { describe, expect, it } from '@jest/globals'
import { createRateLimiter } from '../../src/operations/rate-limiter.ts'
import { badGateway, type Fault, tooManyRequests } from '../../testing/simulator/faults.ts'
import { createVirtualClock } from '../../testing/virtual/virtual-clock.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const hourMs = 3_600_000
const mostRequests = 320

/** The most requests within any hour. */
const findBusiestHour = (timesMs: readonly number[]): number =>
  Math.max(0, ...timesMs.map((fromMs) => timesMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + hourMs).length))

/** What is read beside a deployment has its own budget. */
const isBeside = (operation: string): boolean => ['GET runtime', 'GET set'].includes(operation)

const listTimes = (world: ReturnType<typeof createWorld>): readonly number[] =>
  world.orchestrator.record.flatMap(({ operation, atMs }) => (isBeside(operation) ? [] : [atMs]))

const history = (durations: readonly number[]) =>
  durations.map((durationSeconds, index) => {
    return { agoSeconds: 900_000 - 50_000 * index, durationSeconds, status: 'succeeded' as const }
  })

const createLongWorld = (options: WorldOptions, durations: readonly number[], faults: readonly Fault[]) => {
  const world = createWorld({ ...options, inputs: { timeout: '7h', ...options.inputs } })
  world.orchestrator.seedHistory(place, history(durations))
  world.orchestrator.planAll(place, { durationMs: 6 * hourMs })
  for (const fault of faults) world.orchestrator.addFault(fault)
  return world
}

describe('poll_interval auto keeps to 320 requests in any hour, over six', () => {
  it.each<[string, readonly number[], readonly Fault[]]>([
    ['without a history', [], []],
    ['with a history of two minutes', [120, 125, 118, 121], []],
    ['with a history of an hour', [3_600, 3_500, 3_700, 3_650], []],
    ['with a history of all kinds', [10, 5_000, 100, 20_000, 60, 900, 2_500, 300], []],
    ['when polls fail for hours', [120], [{ on: 'GET deploy', times: 300, do: badGateway() }]],
    ['when every poll is throttled', [], [{ on: 'GET deploy', times: 100, do: tooManyRequests('0') }]],
    ['when the start gets lost', [], [{ on: 'POST deploys', times: 2, do: { kind: 'cut' } }]],
  ])('%s', async (_, durations, faults) => {
    const world = createLongWorld({}, durations, faults)
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - nowMs).toBeGreaterThan(6 * hourMs)
    expect(findBusiestHour(listTimes(world))).toBeLessThanOrEqual(mostRequests)
  })

  /** A second: three hours, in which four hundred others deploy. */
  it('when others deploy one after another, and are waited for', async () => {
    const world = createLongWorld({ inputs: { on_conflict: 'wait', timeout: '3h' } }, [], [])
    const startNext = (): void => {
      world.orchestrator.startElsewhere(place, { comment: 'Next', plan: { durationMs: 20_000 } })
    }
    startNext()
    const others = (async () => {
      for (let count = 0; count < 400; count++) await world.clock.sleep(20_001).then(startNext)
    })()
    await world.run()
    expect(findBusiestHour(listTimes(world))).toBeLessThanOrEqual(mostRequests)
    await world.clock.run(others)
  })

  it('when a conflict is told that nobody sees', async () => {
    const world = createLongWorld(
      { inputs: { on_conflict: 'wait', timeout: '2h' } },
      [],
      [{ on: 'POST deploys', times: Infinity, do: { kind: 'answer', status: 409 } }],
    )
    expect(await world.run()).toBe('timed_out')
    expect(findBusiestHour(listTimes(world))).toBeLessThanOrEqual(mostRequests)
  })

  it('when the API is out of reach before the start', async () => {
    const world = createLongWorld(
      { inputs: { timeout: '2h' } },
      [],
      [
        { on: 'POST deploys', do: { kind: 'cut' } },
        { on: 'GET deploys', times: Infinity, do: badGateway() },
      ],
    )
    expect(await world.run()).toBe('unknown')
    expect(findBusiestHour(listTimes(world))).toBeLessThanOrEqual(mostRequests)
  })
})

describe('a fixed poll_interval', () => {
  it.each([
    ['1s', 1_000],
    ['10s', 10_000],
    ['2m', 120_000],
  ])('of %s is the time between two polls, whatever the history', async (text, intervalMs) => {
    const world = createLongWorld({ inputs: { poll_interval: text } }, [60, 60, 60], [])
    world.orchestrator.planNext(place, { durationMs: 600_000 })
    expect(await world.run()).toBe('succeeded')
    const polls = world.orchestrator.record
      .filter(({ operation }) => operation === 'GET deploy')
      .map(({ atMs }) => atMs)
    const gaps = polls.slice(1).map((atMs, index) => atMs - (polls[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(intervalMs + 100)
  })
})

describe('the timeout', () => {
  it.each([
    ['1s', 1],
    ['45s', 45],
    ['10m', 600],
    ['2h', 7_200],
  ])('of %s is kept within 15 s, from the start of the action, with one last look', async (timeout, seconds) => {
    const world = createLongWorld({ inputs: { timeout } }, [], [])
    expect(await world.run()).toBe('timed_out')
    const elapsedMs = world.clock.now() - nowMs
    expect(elapsedMs).toBeGreaterThanOrEqual(seconds * 1_000)
    expect(elapsedMs).toBeLessThan(seconds * 1_000 + 15_000)
    expect(world.orchestrator.record.at(-1)?.operation).toBe('GET deploy')
  })
})

describe('a pace', () => {
  it('asks for no pause before an hour has had many requests', () => {
    const clock = createVirtualClock(nowMs)
    const limiter = createRateLimiter(clock)
    for (let count = 0; count < 200; count++) limiter.count()
    expect(limiter.takeDelayMs()).toBe(0)
  })

  it.each([1, 3, 7])('kept to, %d requests between two pauses, lets no hour have too many', async (together) => {
    const clock = createVirtualClock(nowMs)
    const limiter = createRateLimiter(clock)
    const timesMs: number[] = []
    const hurry = async (): Promise<void> => {
      while (clock.now() < nowMs + 5 * hourMs) {
        for (let count = 0; count < together; count++) {
          timesMs.push(clock.now())
          limiter.count()
        }
        await clock.sleep(Math.max(1, limiter.takeDelayMs()))
      }
    }
    await clock.run(hurry())
    expect(findBusiestHour(timesMs)).toBeLessThanOrEqual(mostRequests)
    expect(timesMs.length).toBeGreaterThan(4 * 280)
  })

  it('spreads what is left of an hour evenly', async () => {
    const clock = createVirtualClock(nowMs)
    const limiter = createRateLimiter(clock)
    for (let count = 0; count < 230; count++) {
      limiter.takeDelayMs()
      limiter.count()
    }
    const pausesMs: number[] = []
    const keepTo = async (): Promise<void> => {
      for (let count = 0; count < 60; count++) {
        const pauseMs = limiter.takeDelayMs()
        await clock.sleep(pauseMs)
        pausesMs.push(pauseMs)
        limiter.count()
      }
    }
    await clock.run(keepTo())
    expect(Math.max(...pausesMs) / Math.min(...pausesMs)).toBeLessThan(1.1)
  })

  it('grows shorter the sooner the first request is an hour ago', async () => {
    const clock = createVirtualClock(nowMs)
    const limiter = createRateLimiter(clock)
    const keepTo = async (): Promise<void> => {
      for (let count = 0; count < 231; count++) {
        limiter.takeDelayMs()
        limiter.count()
        await clock.sleep(10_000)
      }
    }
    await clock.run(keepTo())
    // 38.5 minutes have passed, so that 81 requests have 21.5 minutes.
    expect(limiter.takeDelayMs()).toBeCloseTo(1_290_000 / 81, 0)
  })

  it('forgets what is more than an hour ago', async () => {
    const clock = createVirtualClock(nowMs)
    const limiter = createRateLimiter(clock)
    for (let count = 0; count < 300; count++) limiter.count()
    await clock.run(clock.sleep(hourMs + 1))
    limiter.count()
    expect(limiter.takeDelayMs()).toBe(0)
  })
})
