import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { badGateway } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const linePattern = /^ {2}(?:(\d+):)?(\d\d):(\d\d) {2}(.+)$/

/** The lines of the wait: seconds since the deployment's start, and what they say. */
const listLines = ({ log }: World): readonly { readonly seconds: number; readonly text: string }[] =>
  log.flatMap((line) => {
    const [, hours = '0', minutes = '', seconds = '', text = ''] = linePattern.exec(line) ?? []
    return text ? [{ seconds: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds), text }] : []
  })

const listGaps = (world: World): readonly number[] =>
  listLines(world)
    .map(({ seconds }, index, lines) => seconds - (lines[index - 1]?.seconds ?? seconds))
    .slice(1)

const history = (durations: readonly number[]) =>
  durations.map((durationSeconds, index) => {
    return { agoSeconds: 100_000 - 5_000 * index, durationSeconds, status: 'succeeded' as const }
  })

const runFor = async (durationMs: number, options: WorldOptions = {}, durations: readonly number[] = []) => {
  const world = createWorld(options)
  world.orchestrator.seedHistory(place, history(durations))
  world.orchestrator.planAll(place, { durationMs, pendingMs: 3_000 })
  const outcome = await world.run()
  return { world, outcome }
}

describe('the log of a wait', () => {
  it.each([
    ['without a history', [], 'auto'],
    ['with a history', [600, 620, 590, 610], 'auto'],
    ['with a poll a second', [], '1s'],
    ['with a poll an hour', [], '1h'],
    ['with a poll every 31 s', [], '31s'],
  ])('has a line about every half minute %s, none per poll', async (_, durations, pollInterval) => {
    const { world } = await runFor(600_000, { inputs: { poll_interval: pollInterval } }, durations)
    const gaps = listGaps(world)
    const halfMinutes = (listLines(world).at(-1)?.seconds ?? 0) / 30
    expect(gaps.length).toBeGreaterThanOrEqual(halfMinutes - 1)
    expect(gaps.length).toBeLessThanOrEqual(halfMinutes + 3)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(31)
    // A change may follow a sign of life at once; two signs of life don't.
    expect(gaps.filter((gap) => gap < 29).length).toBeLessThanOrEqual(3)
  })

  it('has a line for each change, at the time when it was seen', async () => {
    const world = createWorld({ inputs: { poll_interval: '5s' } })
    const phases = ['pending', 'in progress', 'paused', 'in progress', 'succeeded'].map((status, index) => {
      return { afterMs: index * 7_000, status }
    })
    world.orchestrator.planNext(place, { phases })
    await world.run()
    const words = listLines(world).map(({ text }) => text.split(' · ')[0])
    expect(words).toEqual(['pending', 'in progress', 'paused', 'in progress', 'succeeded'])
  })

  it('says what the last ones took, then what is left, then that it takes longer', async () => {
    const { world } = await runFor(300_000, {}, [140, 150, 160, 150])
    const texts = listLines(world).map(({ text }) => text)
    expect(texts.find((text) => text.includes('took'))).toMatch(/the last \d took 2 min 20 s to 2 min 40 s/)
    expect(texts.filter((text) => /about .* left/.test(text)).length).toBeGreaterThanOrEqual(2)
    expect(texts.filter((text) => text.includes('longer than the last')).length).toBeGreaterThanOrEqual(2)
    expect(texts.at(-1)).toBe('succeeded')
  })

  it('says nothing of an end that nothing lets expect', async () => {
    const world = createWorld({ inputs: { env: 'staging' } })
    world.orchestrator.addEnvironment('acme/shop/staging', { history: [] })
    await world.run()
    expect(new Set(listLines(world).map(({ text }) => text))).toEqual(new Set(['pending', 'in progress', 'succeeded']))
  })

  it('goes on within an outage', async () => {
    const world = createWorld({ inputs: { poll_interval: '10s' } })
    world.orchestrator.planNext(place, { durationMs: 300_000, pendingMs: 3_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 3, times: 15, do: badGateway(503) })
    expect(await world.run()).toBe('succeeded')
    expect(Math.max(...listGaps(world))).toBeLessThanOrEqual(31)
    expect(world.log.filter((line) => line.includes('503'))).toHaveLength(1)
  })
})

describe('polls that fail every now and then', () => {
  it('are told once in half a minute', async () => {
    const world = createWorld({ inputs: { poll_interval: '5s' } })
    world.orchestrator.planNext(place, { durationMs: 600_000, pendingMs: 3_000 })
    for (let after = 1; after < 120; after += 2)
      world.orchestrator.addFault({ on: 'GET deploy', after, do: badGateway() })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('GET deploy')).toBeGreaterThan(110)
    expect(world.log.filter((line) => line.includes('502')).length).toBeLessThanOrEqual(20)
    expect(world.log.length).toBeLessThan(60)
  })
})

describe('the log is never silent for longer than half a minute', () => {
  it('while a start can’t be sent', async () => {
    const world = createWorld({
      inputs: { timeout: '10m' },
      strike: ({ method }) => (method === 'POST' ? { network: 'not_sent' } : undefined),
    })
    expect(await world.run()).toBe('timed_out')
    expect(world.log.length).toBeGreaterThanOrEqual(20)
  })

  it('while an environment is being deleted, to be made anew', async () => {
    const env = 'pr-12'
    const world = createWorld({ inputs: { env, create_from: 'production', env_type: 'development' } })
    world.orchestrator.addEnvironment(`acme/shop/${env}`, { type: 'development', name: 'acme/shop' })
    world.orchestrator.planDeletion(`acme/shop/${env}`, 300_000)
    world.orchestrator.handle({ method: 'DELETE', path: `/orgs/acme/apps/shop/envs/${env}`, token: usualToken })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.filter((line) => line.includes('still being deleted')).length).toBeGreaterThanOrEqual(8)
  })
})

describe('no line says the same as the one before it', () => {
  const faulty = (world: World) => {
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, times: 9, do: badGateway(503) })
  }

  it.each<[string, WorldOptions, (world: World) => void]>([
    ['in a plain deployment', {}, () => undefined],
    ['in one with bad days', {}, faulty],
    [
      'in a failed one',
      {},
      (world) =>
        world.orchestrator.planNext(place, {
          status: 'failed',
          errors: [{ code: 'A-1' }, { code: 'A-2', message: 'm' }],
        }),
    ],
    [
      'after a conflict that is waited for',
      { inputs: { on_conflict: 'wait' } },
      (world) => world.orchestrator.startElsewhere(place, { comment: 'Hotfix', deltaId: delta }),
    ],
    [
      'in one that is timed out',
      { inputs: { timeout: '4m' } },
      (world) => world.orchestrator.planAll(place, { durationMs: 1e7 }),
    ],
    [
      'with operation wait',
      { inputs: { operation: 'wait', delta_id: '' } },
      (world) => world.orchestrator.startElsewhere(place),
    ],
    ['with wrong inputs', { inputs: { env: '?' } }, () => undefined],
  ])('%s', async (_, options, prepare) => {
    const world = createWorld(options)
    prepare(world)
    await world.run()
    const lines = [...world.log, ...world.annotations.map(({ message }) => message)]
    expect(lines.filter((line, index) => line === lines[index - 1])).toEqual([])
  })
})
