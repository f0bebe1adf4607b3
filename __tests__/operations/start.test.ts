import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place } from '../../testing/virtual/world.ts'

const lost: FaultAction = { kind: 'cut' }
const carriedOut: FaultAction = { kind: 'cut', effectAfterMs: 0 }
const carriedOutLater: FaultAction = { kind: 'cut', effectAfterMs: 8_000 }
const answered = (status: number, more: object = {}): FaultAction => ({ kind: 'answer', status, ...more })

const runWith = async (faults: readonly FaultAction[], options: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld(options)
  for (const action of faults) world.orchestrator.addFault({ on: 'POST deploys', do: action })
  const outcome = await world.run()
  const started = world.orchestrator
    .inspectDeployments(place)
    .filter(({ createdBy }) => createdBy === 's-github-actions')
  return {
    world,
    outcome,
    sends: world.count('POST deploys'),
    started: started.length,
    id: world.outputs['deployment_id'],
  }
}

describe('a start whose answer was lost', () => {
  it.each<[string, FaultAction]>([
    ['cut after it was carried out', carriedOut],
    ['carried out eight seconds later', carriedOutLater],
    ['carried out, answered 502', answered(502, { effectAfterMs: 0 })],
    ['carried out, answered 408', answered(408, { effectAfterMs: 0 })],
    ['carried out, answered 504 and shown later', answered(504, { effectAfterMs: 3_000 })],
    ['timed out', { kind: 'stall', at: 'headers' }],
    ['cut within the body of the 201', { kind: 'cut', at: 'body' }],
    ['a 201 without a usable id', { kind: 'merge', fields: { id: '' } }],
    ['a 201 that is a web page', { kind: 'text', text: '<html>' }],
    [
      'redirected by one who passed it on',
      answered(307, { headers: { location: 'https://x.test/' }, effectAfterMs: 0 }),
    ],
  ])('%s: it is found and followed, not sent again', async (_, fault) => {
    const { outcome, sends, started, id } = await runWith([fault])
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 1, started: 1 })
    expect(id).toMatch(/^[0-9a-f]{16}$/)
  })

  it.each<[string, FaultAction]>([
    ['cut', lost],
    ['answered 500', answered(500)],
    ['answered 503', answered(503)],
  ])('%s and not carried out: it is sent again', async (_, fault) => {
    const { world, outcome, sends, started } = await runWith([fault])
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 2, started: 1 })
    const [first, second] = world.orchestrator.record.filter(({ operation }) => operation === 'POST deploys')
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(10_000)
  })

  it('three times, and absent each time: unknown', async () => {
    const { outcome, sends, started } = await runWith([lost, lost, lost])
    expect({ outcome, sends, started }).toEqual({ outcome: 'unknown', sends: 3, started: 0 })
  })

  it('is not sent again before the list could be read', async () => {
    const world = createWorld({ inputs: { timeout: '5m' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: lost })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: answered(502) })
    expect(await world.run()).toBe('unknown')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('is unknown when the list is refused', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: lost })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: answered(403) })
    expect(await world.run()).toBe('unknown')
    expect(world.count('POST deploys')).toBe(1)
  })

  it.each([
    ['the same Delta and no run’s page', { deltaId: delta, comment: 'by hand' }, 'unknown', 1],
    [
      'the same Delta and another run’s page',
      { deltaId: delta, comment: 'x https://github.com/a/b/actions/runs/1' },
      'succeeded',
      2,
    ],
    ['another Delta', { deltaId: delta.replace('4a', '5b'), comment: 'by hand' }, 'succeeded', 2],
  ] as const)('and someone else’s with %s: %s', async (_, start, outcome, sends) => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: lost })
    const meanwhile = world.clock
      .sleep(1000)
      .then(() => world.orchestrator.startElsewhere(place, { ...start, plan: { durationMs: 5000 } }))
    expect(await world.run()).toBe(outcome)
    await meanwhile
    expect(world.count('POST deploys')).toBe(sends)
  })

  it('is told from another’s, which may be active by then, by on_conflict', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: lost })
    const start = { deltaId: delta, comment: 'x https://github.com/a/b/actions/runs/1' }
    const meanwhile = world.clock.sleep(1000).then(() => world.orchestrator.startElsewhere(place, start))
    expect(await world.run()).toBe('error')
    await meanwhile
    expect(world.count('POST deploys')).toBe(1)
  })
})

describe('a start that was answered', () => {
  it.each([400, 401, 403, 404, 422])('%d: an error, not sent again', async (status) => {
    const { outcome, sends } = await runWith([answered(status)])
    expect({ outcome, sends }).toEqual({ outcome: 'error', sends: 1 })
  })

  it.each([301, 302, 303, 307, 308])('%d: an error that names api_url, not followed', async (status) => {
    const { world, outcome, sends } = await runWith([answered(status, { headers: { location: 'https://x.test/a' } })])
    expect({ outcome, sends }).toEqual({ outcome: 'error', sends: 1 })
    expect(world.annotations[0]?.message).toContain('api_url')
  })

  it('2xx without a deployment, and none in the list: unknown, with a word on pipelines', async () => {
    const { world, outcome, sends } = await runWith([answered(202, { body: {} })])
    expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 1 })
    expect(world.annotations[0]?.message).toContain('pipeline')
  })

  it('429: after the time that the server wishes, and a look at the environment, again', async () => {
    const { world, outcome, sends } = await runWith([answered(429, { headers: { 'retry-after': '20' } })])
    expect({ outcome, sends }).toEqual({ outcome: 'succeeded', sends: 2 })
    const [, first, environment, second] = world.orchestrator.record
    expect([first, environment, second].map((entry) => entry?.operation)).toEqual([
      'POST deploys',
      'GET env',
      'POST deploys',
    ])
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(20_000)
  })

  it('429 for minutes: is no send, and waits within the timeout', async () => {
    const { outcome, sends, started } = await runWith(Array.from({ length: 9 }, () => answered(429)))
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 10, started: 1 })
  })

  it('429 until the deadline: timed_out, saying so', async () => {
    const world = createWorld({ inputs: { timeout: '5m' } })
    world.orchestrator.addFault({ on: 'POST deploys', times: Infinity, do: answered(429) })
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain('429')
    expect(world.log.join('\n')).toContain('Humanitec is rate-limiting this token (429)')
  })

  it('by somebody in between: looked for, and sent again', async () => {
    const { outcome, sends, started } = await runWith([answered(403, { body: { message: 'Forbidden' } })])
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 2, started: 1 })
  })

  it('by somebody in between, carried out all the same: found and followed', async () => {
    const { outcome, sends, started } = await runWith([
      answered(404, { body: { message: 'no route' }, effectAfterMs: 2_000 }),
    ])
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 1, started: 1 })
  })

  it('by somebody in between three times, absent each time: an error with the page’s title', async () => {
    const page = answered(403, { body: { message: 'Forbidden' } })
    const { world, outcome, sends } = await runWith([page, page, page, page])
    expect({ outcome, sends }).toEqual({ outcome: 'error', sends: 3 })
    expect(world.annotations[0]?.message).toContain('not Humanitec’s answer')
    expect(world.annotations[0]?.message).toContain('Forbidden')
  })

  it('by somebody in between, and lost in between: unknown', async () => {
    const page = answered(403, { body: { message: 'Forbidden' } })
    const { outcome, sends } = await runWith([page, lost, page])
    expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 3 })
  })

  it('409 on the very first send, ours by the mark: a gateway repeated it, and it is followed', async () => {
    const { outcome, sends, started } = await runWith([answered(409, { effectAfterMs: 0 })])
    expect({ outcome, sends, started }).toEqual({ outcome: 'succeeded', sends: 1, started: 1 })
  })

  it('429 with a wish of years waits a minute', async () => {
    const { world } = await runWith([answered(429, { headers: { 'retry-after': '999999999' } })])
    const [first, second] = world.orchestrator.record.filter(({ operation }) => operation === 'POST deploys')
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeLessThan(62_000)
  })
})

describe('a start that never left', () => {
  it('is sent until it is received, however often', async () => {
    let failures = 5
    const strike = ({ method }: { method: string }) =>
      method === 'POST' && failures-- > 0 ? ({ network: 'not_sent' } as const) : undefined
    const { outcome, started, sends } = await runWith([], { strike })
    expect({ outcome, started, sends }).toEqual({ outcome: 'succeeded', started: 1, sends: 1 })
  })

  it('is timed_out at the deadline', async () => {
    const strike = ({ method }: { method: string }) =>
      method === 'POST' ? ({ network: 'not_sent' } as const) : undefined
    const { outcome, started } = await runWith([], { strike, inputs: { timeout: '2m' } })
    expect({ outcome, started }).toEqual({ outcome: 'timed_out', started: 0 })
  })
})
