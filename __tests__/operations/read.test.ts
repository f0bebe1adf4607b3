import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const answered = (status: number): FaultAction => ({
  kind: 'answer',
  status,
  body: { error: 'API-000', message: 'no' },
})

const runWith = async (action: FaultAction, times: number, options: WorldOptions = {}) => {
  const world = createWorld(options)
  world.orchestrator.addFault({ on: 'GET env', times, do: action })
  const outcome = await world.run()
  const reads = world.orchestrator.record.filter(({ operation }) => operation === 'GET env').map(({ atMs }) => atMs)
  return { world, outcome, reads, elapsedMs: world.clock.now() - nowMs }
}

describe('a read', () => {
  it.each<[string, FaultAction]>([
    ['408', answered(408)],
    ['429', answered(429)],
    ['500', answered(500)],
    ['501', answered(501)],
    ['502, a web page', badGateway()],
    ['504', answered(504)],
    ['a cut connection', { kind: 'cut' }],
    ['cut headers', { kind: 'cut', at: 'headers' }],
    ['a cut body', { kind: 'cut', at: 'body' }],
    ['a stall', { kind: 'stall', at: 'body' }],
    ['half an answer', { kind: 'truncate' }],
    ['a web page with status 200', { kind: 'text', text: '<html>' }],
    ['an empty answer', { kind: 'answer', status: 200 }],
    ['another environment', { kind: 'merge', fields: { id: 'staging' } }],
  ])('is repeated after %s', async (_, action) => {
    const { world, outcome, reads } = await runWith(action, 3)
    expect(outcome).toBe('succeeded')
    expect(reads).toHaveLength(4)
    expect(world.count('POST deploys')).toBe(1)
  })

  it.each([400, 401, 402, 403, 405, 407, 410, 422])('is not repeated after %d', async (status) => {
    const { world, outcome, reads } = await runWith(answered(status), 1)
    expect(outcome).toBe('error')
    expect(reads).toHaveLength(1)
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]?.message).toContain(`(${status})`)
  })

  it('is repeated after pauses that grow', async () => {
    const { reads } = await runWith(answered(503), 6)
    const gaps = reads.slice(1).map((atMs, index) => atMs - (reads[index] ?? 0))
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other))
    expect(gaps[5]).toBeGreaterThan(4 * (gaps[0] ?? 0))
  })

  it.each([
    ['seconds', '20', 20_000, 21_000],
    ['a date', new Date(nowMs + 30_000).toUTCString(), 29_900, 31_000],
    ['an hour, of which it gets a minute', '3600', 60_000, 61_000],
    ['nonsense, which is nothing', 'soon', 200, 1_200],
  ])('is repeated after the time that the server wishes: %s', async (_, wish, leastMs, mostMs) => {
    const { reads } = await runWith(tooManyRequests(wish), 1)
    const gapMs = (reads[1] ?? 0) - (reads[0] ?? 0)
    expect(gapMs).toBeGreaterThanOrEqual(leastMs)
    expect(gapMs).toBeLessThan(mostMs)
  })

  it('is not repeated past the deadline', async () => {
    const { outcome, elapsedMs, world } = await runWith(tooManyRequests('60'), 9, { inputs: { timeout: '30s' } })
    expect(outcome).toBe('timed_out')
    expect(elapsedMs).toBeLessThanOrEqual(31_000)
    expect(world.count('POST deploys')).toBe(0)
  })
})

describe('an API that has never given a valid answer', () => {
  const api_url = 'https://humanitec.corp.example'
  const elsewhere = { inputs: { api_url } }
  const neverReached = { ...elsewhere, strike: () => ({ network: 'not_sent' }) as const }

  it.each<[string, FaultAction]>([
    ['502', badGateway()],
    ['a web page with status 200', { kind: 'text', text: '<html>login</html>' }],
    ['nothing at all', { kind: 'stall', at: 'headers' }],
    ['another environment', { kind: 'merge', fields: { id: 'staging' } }],
    ['a wish to wait an hour', tooManyRequests('3600')],
  ])('but %s is doubted after two minutes, by the name of its input', async (_, action) => {
    const { world, outcome, elapsedMs } = await runWith(action, Infinity, elsewhere)
    expect(outcome).toBe('error')
    expect(elapsedMs).toBeGreaterThan(100_000)
    expect(elapsedMs).toBeLessThanOrEqual(135_000)
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]?.message).toContain('api_url')
    expect(world.count('POST deploys')).toBe(0)
  })

  it('since it can’t be reached, is doubted after two minutes', async () => {
    const world = createWorld(neverReached)
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeLessThanOrEqual(121_000)
    expect(world.annotations[0]?.message).toContain('api_url')
  })

  it('is doubted at the deadline where that is sooner', async () => {
    const world = createWorld({ ...neverReached, inputs: { api_url, timeout: '30s' } })
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeLessThanOrEqual(31_000)
    expect(world.annotations[0]?.message).toContain('api_url')
  })

  it('is doubted with operation wait, too', async () => {
    const world = createWorld({
      ...neverReached,
      inputs: { api_url, operation: 'wait', delta_id: '', deployment_id: 'a1' },
    })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('api_url')
  })

  it('is no matter of patience where a certificate can’t be trusted', async () => {
    const world = createWorld({ strike: () => ({ network: 'untrusted' }) as const })
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeLessThan(1_000)
  })
})

describe('an API that has given one', () => {
  it('and is out of reach then, is waited for until the deadline: nothing is started, timed_out', async () => {
    let calls = 0
    const world = createWorld({
      strike: () => (calls++ > 0 ? ({ network: 'not_sent' } as const) : undefined),
      inputs: { timeout: '10m' },
    })
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeGreaterThanOrEqual(600_000)
    expect(world.clock.now() - nowMs).toBeLessThan(615_000)
    expect(world.annotations[0]?.message).toMatch(/before anything was started/)
  })

  it('a 404 is one: the environment is not there, and it is told at once', async () => {
    const world = createWorld({ inputs: { env: 'staging' } })
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeLessThan(1_000)
  })
})

it('that is repeated for long tells so about every half minute', async () => {
  const times: number[] = [nowMs]
  const world = createWorld({ inputs: { timeout: '5m' } })
  const { info } = world.runner
  world.runner.info = (line) => {
    times.push(world.clock.now())
    info(line)
  }
  world.orchestrator.addFault({ on: 'GET env', after: 1, times: Infinity, do: { kind: 'answer', status: 503 } })
  world.orchestrator.startElsewhere(place, { plan: { durationMs: 20_000 } })
  expect(await world.run({ on_conflict: 'wait' })).toBe('timed_out')
  const gaps = [...times, world.clock.now()].map((time, index, all) => time - (all[index - 1] ?? time))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(31_000)
})
