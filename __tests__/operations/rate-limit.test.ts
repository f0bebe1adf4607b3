import { describe, expect, it } from '@jest/globals'
import { tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const listTimes = ({ orchestrator }: World, wanted: string): readonly number[] =>
  orchestrator.record.filter(({ operation }) => operation === wanted).map(({ atMs }) => atMs - nowMs)

const listGaps = (timesMs: readonly number[]): readonly number[] =>
  timesMs.slice(1).map((atMs, index) => atMs - (timesMs[index] ?? 0))

const createLongWorld = (options: WorldOptions = {}, durationMs = 3_600_000): World => {
  const world = createWorld({ ...options, inputs: { timeout: '3h', ...options.inputs } })
  world.orchestrator.planNext(place, { durationMs })
  return world
}

/** From one request on, so many in a row are refused. */
const refuse = (world: World, on: string, times: number, after = 0, wish?: string): World => {
  world.orchestrator.addFault({ on, times, after, do: tooManyRequests(wish) })
  return world
}

const drawing = (random: number): WorldOptions => ({ random: () => random })

describe('steps that begin together', () => {
  it.each([
    [0, 2_500],
    [0.5, 5_000],
    [1, 7_500],
  ])('poll first between half and one and a half of five seconds: drawn %d, after %d ms', async (random, ms) => {
    const world = createLongWorld(drawing(random), 60_000)
    expect(await world.run()).toBe('succeeded')
    const [start = 0] = listTimes(world, 'POST deploys')
    const [poll = 0] = listTimes(world, 'GET deploy')
    expect(poll - start).toBeGreaterThanOrEqual(ms)
    expect(poll - start).toBeLessThan(ms + 100)
  })

  it('poll first after a poll_interval that was given, to the millisecond', async () => {
    const world = createLongWorld({ ...drawing(1), inputs: { poll_interval: '10s' } }, 60_000)
    await world.run()
    const [start = 0] = listTimes(world, 'POST deploys')
    expect((listTimes(world, 'GET deploy')[0] ?? 0) - start).toBeLessThan(10_100)
  })

  it.each([
    ['the first read', 'GET env'],
    ['the start', 'POST deploys'],
    ['a poll', 'GET deploy'],
  ])('and are told to come back at one time spread over the second after it: %s', async (_, on) => {
    const pauses = [0, 1].map(async (random) => {
      const world = refuse(createLongWorld(drawing(random), 60_000), on, 1, 0, '20')
      expect(await world.run()).toBe('succeeded')
      const refused = world.orchestrator.record.findIndex(({ status }) => status === 429)
      const { record } = world.orchestrator
      return (record[refused + 1]?.atMs ?? 0) - (record[refused]?.atMs ?? 0)
    })
    const [least = 0, most = 0] = await Promise.all(pauses)
    expect(least).toBeGreaterThanOrEqual(20_000)
    expect(least).toBeLessThan(20_100)
    expect(most).toBeGreaterThanOrEqual(21_000)
    expect(most).toBeLessThan(21_100)
  })
})

describe('a poll that is refused for its number', () => {
  it('once, changes only its own pause', async () => {
    const world = refuse(createLongWorld({}, 300_000), 'GET deploy', 1, 3)
    const calm = createLongWorld({}, 300_000)
    expect([await world.run(), await calm.run()]).toEqual(['succeeded', 'succeeded'])
    const [polls, calmPolls] = [world, calm].map((each) => listTimes(each, 'GET deploy').length)
    expect(Math.abs((polls ?? 0) - (calmPolls ?? 0))).toBeLessThanOrEqual(1)
  })

  it('five times in a row, slows the step’s polls down to minutes, and less so with the time', async () => {
    const world = refuse(createLongWorld(), 'GET deploy', 5, 3)
    expect(await world.run()).toBe('succeeded')
    const gaps = listGaps(listTimes(world, 'GET deploy').slice(8))
    expect(gaps[0]).toBeGreaterThan(120_000)
    expect(gaps[0]).toBeLessThanOrEqual(240_000)
    expect(gaps.at(-1)).toBeLessThan(60_000)
    expect(gaps.slice(0, 8)).toEqual(gaps.slice(0, 8).toSorted((a, b) => b - a))
  })

  it('slows down a given poll_interval, too', async () => {
    const world = refuse(createLongWorld({ inputs: { poll_interval: '5s' } }, 900_000), 'GET deploy', 5, 3)
    await world.run()
    expect(listGaps(listTimes(world, 'GET deploy'))[9]).toBeGreaterThan(60_000)
  })
})

describe('a start that is refused for its number', () => {
  it('comes again after pauses that grow to a minute', async () => {
    const world = refuse(createLongWorld(), 'POST deploys', 6)
    expect(await world.run()).toBe('succeeded')
    const gaps = listGaps(listTimes(world, 'POST deploys')).map((ms) => Math.round(ms / 1_000))
    expect(gaps).toEqual([1, 2, 5, 30, 53, 53])
  })

  it('once, is sent again within a second or so', async () => {
    const world = refuse(createLongWorld(drawing(1)), 'POST deploys', 1)
    expect(await world.run()).toBe('succeeded')
    expect(listGaps(listTimes(world, 'POST deploys'))[0]).toBeLessThan(1_300)
  })
})

describe('while the step is slowed down', () => {
  it('what can be done without is left out, and said to be', async () => {
    const world = refuse(createLongWorld({}, 60_000), 'POST deploys', 5)
    expect(await world.run()).toBe('succeeded')
    const after = world.requests().slice(world.requests().lastIndexOf('POST deploys') + 1)
    expect(new Set(after)).toEqual(new Set(['GET deploy', 'GET resources']))
    expect(world.summaries.join()).toContain('Humanitec is rate-limiting this token')
    expect(world.outputs['health']).toBe('')
  })

  it('the look before the start’s effect is kept for `wait_for: healthy`', async () => {
    const world = refuse(createLongWorld({ inputs: { wait_for: 'healthy' } }, 60_000), 'POST deploys', 5)
    await world.run()
    const { record } = world.orchestrator
    const started = record.findLastIndex(({ operation }) => operation === 'POST deploys')
    expect(record[started + 1]?.operation).toBe('GET runtime')
  })

  it('what is told of a failure is not left out', async () => {
    const world = createWorld({ inputs: { timeout: '3h' } })
    world.orchestrator.planNext(place, { durationMs: 60_000, status: 'failed', errors: [{ code: 'A-1' }] })
    refuse(world, 'POST deploys', 5)
    expect(await world.run()).toBe('failed')
    expect(world.outputs['error_count']).toBe('1')
    expect(world.count('GET runtime')).toBe(1)
  })
})

describe('an API that has answered nothing but 429', () => {
  it('is waited for at its usual address', async () => {
    const world = refuse(createLongWorld({}, 60_000), 'GET env', 7)
    expect(await world.run()).toBe('succeeded')
    expect(listTimes(world, 'POST deploys')[0]).toBeGreaterThan(180_000)
  })

  it('until the deadline, is what the step ends with', async () => {
    const world = refuse(createWorld({ inputs: { timeout: '10m' } }), 'GET env', Infinity)
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain('Humanitec is rate-limiting this token (429)')
  })
})
