import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, redirectTo, tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const wait = { operation: 'wait', delta_id: '' }
const answered = (status: number): FaultAction => ({
  kind: 'answer',
  status,
  body: { error: 'API-000', message: 'no' },
})

/** A world in which somebody else's deployment has been going on for a while. */
const createFollowed = (plan: object = {}, options: WorldOptions = {}) => {
  const world = createWorld({ ...options, inputs: { ...wait, ...options.inputs } })
  const id =
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 90_000, ...plan } }) ?? ''
  return { world, id }
}

const findGaps = (world: ReturnType<typeof createWorld>, operation: string): readonly number[] => {
  const times = world.orchestrator.record.filter((entry) => entry.operation === operation).map(({ atMs }) => atMs)
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
}

describe('operation: wait', () => {
  it('without an id follows the environment’s last deployment to its end, and starts nothing', async () => {
    const { world, id } = createFollowed()
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(0, 3)).toEqual(['GET env', 'GET deploys', 'GET deploy'])
    expect(new Set(world.ownRequests().slice(2, -2))).toEqual(new Set(['GET deploy']))
    expect(world.ownRequests().slice(-2).toSorted()).toEqual(['GET env', 'GET resources'])
    expect(world.outputs).toMatchObject({ deployment_id: id, status: 'succeeded', duration_seconds: '90' })
  })

  it('with an id asks for that one, and for the environment only after its end', async () => {
    const { world, id } = createFollowed()
    expect(await world.run({ deployment_id: id })).toBe('succeeded')
    expect(world.requests().slice(0, 3)).toEqual(['GET deploy', 'GET deploys', 'GET deploy'])
    expect(world.requests().indexOf('GET env')).toBeGreaterThan(world.requests().lastIndexOf('GET deploy'))
    expect(world.outputs['deployment_url']).toMatch(new RegExp(`/envs/production/deploys/${id}$`))
  })

  it('tells a failure with its errors, as deploy does', async () => {
    const errors = [{ scope: 'workload', object_id: 'web', code: 'CLD-001', summary: 'Provider error' }]
    const { world } = createFollowed({ status: 'failed', errors })
    expect(await world.run()).toBe('failed')
    expect(world.count('GET errors')).toBe(1)
    expect(world.outputs).toMatchObject({ error_count: '1', status: 'failed' })
    expect(world.annotations.map(({ level }) => level)).toEqual(['error', 'error'])
  })

  it.each([
    ['succeeded', 'succeeded', ['GET env', 'GET deploys', 'GET resources', 'GET env']],
    ['failed', 'failed', ['GET env', 'GET errors', 'GET deploys', 'GET env']],
  ] as const)('reports one that has %s at once', async (status, outcome, requests) => {
    const world = createWorld({ inputs: wait })
    const [id] = world.orchestrator.seedHistory(place, [{ agoSeconds: 60, durationSeconds: 30, status }])
    expect(await world.run()).toBe(outcome)
    expect(world.ownRequests()).toEqual(requests)
    expect(world.outputs).toMatchObject({ deployment_id: id, status })
    expect(world.clock.now() - nowMs).toBeLessThan(1_000)
  })

  it('reports one that is over, named by its id, at once', async () => {
    const world = createWorld({ inputs: wait })
    const [older] = world.orchestrator.seedHistory(place, [
      { agoSeconds: 600, durationSeconds: 30, status: 'failed', errors: [{ code: 'RES-101' }] },
      { agoSeconds: 60, durationSeconds: 30, status: 'succeeded' },
    ])
    expect(await world.run({ deployment_id: older ?? '' })).toBe('failed')
    expect(world.ownRequests()).toEqual(['GET deploy', 'GET errors', 'GET deploys', 'GET env'])
    expect(world.outputs['errors']).toContain('RES-101')
  })

  it('keeps to the deployment that was the last one at its beginning', async () => {
    const { world, id } = createFollowed({ durationMs: 20_000 })
    const meanwhile = world.clock
      .sleep(21_000)
      .then(() => world.orchestrator.startElsewhere(place, { comment: 'Next' }))
    expect(await world.run({ poll_interval: '30s' })).toBe('succeeded')
    expect(await meanwhile).not.toBe(id)
    expect(world.outputs['deployment_id']).toBe(id)
  })

  it('says so when there is none', async () => {
    const world = createWorld({ inputs: { ...wait, env: 'staging' } })
    world.orchestrator.addEnvironment('acme/shop/staging')
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]?.message).toMatch(/staging has no deployment to wait for.*check env/s)
  })

  it('says so when there is no such environment', async () => {
    const world = createWorld({ inputs: { ...wait, env: 'staging' } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toMatch(/no environment staging.*shop.*acme/)
  })

  it('says so when there is no such deployment', async () => {
    const world = createWorld({ inputs: { ...wait, deployment_id: '0123456789abcdef' } })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET deploy'])
    expect(world.annotations[0]?.message).toMatch(/404.*0123456789abcdef/s)
    expect(world.outputs['deployment_id']).toBe('')
  })

  it('counts the time from the deployment’s own beginning', async () => {
    const { world } = createFollowed({ durationMs: 400_000 })
    await world.clock.run(world.clock.sleep(300_000))
    expect(await world.run()).toBe('succeeded')
    expect(world.log.find((line) => line.includes('in progress'))).toMatch(/^ {2}05:00 {2}in progress/)
  })

  it('is timed out as deploy is, with the deployment’s id', async () => {
    const { world, id } = createFollowed({ durationMs: 600_000 }, { inputs: { timeout: '1m' } })
    expect(await world.run()).toBe('timed_out')
    expect(world.outputs).toMatchObject({ deployment_id: id, status: 'in progress' })
    expect(world.annotations[0]?.message).toContain('it goes on in Humanitec')
  })

  it('that is cancelled says that the deployment goes on', async () => {
    const { world, id } = createFollowed()
    const cancelled = world.clock.sleep(15_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.annotations[0]?.message).toMatch(new RegExp(`${id?.slice(0, 8)} goes on`))
    expect(world.outputs['deployment_id']).toBe(id)
  })
})

describe('a poll that failed', () => {
  it.each<[string, FaultAction]>([
    ['408', answered(408)],
    ['429', answered(429)],
    ['500', answered(500)],
    ['502, a web page', badGateway()],
    ['503', answered(503)],
    ['504', answered(504)],
    ['a cut connection', { kind: 'cut' }],
    ['a cut body', { kind: 'cut', at: 'body' }],
    ['a stall', { kind: 'stall', at: 'headers' }],
    ['half an answer', { kind: 'truncate' }],
    ['a web page with status 200', { kind: 'text', text: '<html>' }],
    ['another deployment', { kind: 'merge', fields: { id: '0123456789abcdef', status: 'failed' } }],
    ['a deployment without a status', { kind: 'merge', fields: { status: null } }],
    ['more than 50 MiB', { kind: 'padded', bytes: 60 * 1024 * 1024 }],
  ])('with %s is a poll: the next one comes when it would have come anyway', async (_, action) => {
    const { world, id } = createFollowed({}, { inputs: { poll_interval: '10s' } })
    world.orchestrator.addFault({ on: 'GET deploy', times: 3, do: action })
    expect(await world.run()).toBe('succeeded')
    expect(Math.min(...findGaps(world, 'GET deploy'))).toBeGreaterThanOrEqual(10_000)
    expect(world.outputs).toMatchObject({ deployment_id: id, status: 'succeeded', error_count: '0' })
  })

  it('is told once, and that it went well again', async () => {
    const { world } = createFollowed({ pendingMs: 0 }, { inputs: { poll_interval: '10s' } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 1, times: 2, do: badGateway(503) })
    await world.run()
    const told = world.log.filter((line) => line.includes('503'))
    expect(told).toEqual([expect.stringMatching(/in progress · .*\(503\).*Trying again\.$/)])
    const after = world.log.slice(world.log.indexOf(told[0] ?? '') + 1)
    expect(after[0]).toMatch(/^ {2}00:\d\d {2}in progress/)
  })

  it('waits as long as the server wishes', async () => {
    const { world } = createFollowed({}, { inputs: { poll_interval: '5s' } })
    world.orchestrator.addFault({ on: 'GET deploy', do: tooManyRequests('40') })
    expect(await world.run()).toBe('succeeded')
    const [first = 0, second = 0] = findGaps(world, 'GET deploy')
    expect(first).toBeGreaterThanOrEqual(40_000)
    expect(first).toBeLessThan(41_000)
    expect(second).toBeLessThan(6_000)
  })

  it('waits until the date that the server wishes', async () => {
    const { world } = createFollowed({}, { inputs: { poll_interval: '5s' } })
    const date = new Date(nowMs + 50_000).toUTCString()
    world.orchestrator.addFault({ on: 'GET deploy', do: tooManyRequests(date) })
    await world.run()
    const polls = world.orchestrator.record.filter(({ operation }) => operation === 'GET deploy')
    expect((polls[1]?.atMs ?? 0) - nowMs).toBeGreaterThanOrEqual(50_000)
  })

  it('waits no longer than a minute, whatever the server wishes', async () => {
    const { world } = createFollowed({}, { inputs: { poll_interval: '5s' } })
    world.orchestrator.addFault({ on: 'GET deploy', do: tooManyRequests('86400') })
    expect(await world.run()).toBe('succeeded')
    const [first = 0] = findGaps(world, 'GET deploy')
    expect(first).toBeGreaterThanOrEqual(60_000)
    expect(first).toBeLessThan(61_000)
  })

  it('waits no longer than until the deadline', async () => {
    const { world } = createFollowed({}, { inputs: { poll_interval: '5s', timeout: '20s' } })
    world.orchestrator.addFault({ on: 'GET deploy', do: tooManyRequests('60') })
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeLessThan(21_000)
  })

  it.each([400, 407, 410, 422])('with %d ends the wait at once, id and link kept', async (status) => {
    const { world, id } = createFollowed()
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, do: answered(status) })
    expect(await world.run()).toBe('error')
    expect(world.count('GET deploy')).toBe(3)
    expect(world.outputs).toMatchObject({ deployment_id: id, outcome: 'error', status: 'in progress' })
    expect(world.outputs['deployment_url']).toContain(id)
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]?.message).toContain(String(status))
  })

  it.each([301, 302, 303, 307, 308] as const)('with %d ends the wait at once, and names api_url', async (status) => {
    const { world, id } = createFollowed()
    world.orchestrator.addFault({ on: 'GET deploy', do: redirectTo(status, 'https://login.example.com/') })
    expect(await world.run()).toBe('error')
    expect(world.count('GET deploy')).toBe(1)
    expect(world.outputs['deployment_id']).toBe(id)
    expect(world.annotations[0]?.message).toMatch(/login\.example\.com.*api_url/s)
  })

  it('with a certificate of nobody known ends the wait at once', async () => {
    const strike = ({ path }: { path: string }) =>
      /deploys\/\w+$/.test(path) ? ({ network: 'untrusted' } as const) : undefined
    const { world, id } = createFollowed({}, { strike })
    expect(await world.run()).toBe('error')
    expect(world.outputs['deployment_id']).toBe(id)
  })
})

describe('a 404 of a deployment', () => {
  it('that was just started gets a minute', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { foundAfterMs: 50_000, durationMs: 90_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('gets no more than that', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { foundAfterMs: 3_600_000, durationMs: 7_200_000 })
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeGreaterThan(59_000)
    expect(world.clock.now() - nowMs).toBeLessThan(75_000)
    expect(world.outputs['deployment_id']).not.toBe('')
    expect(world.annotations[0]?.message).toContain('404')
  })

  it('that has been there for longer ends the wait at once', async () => {
    const { world, id } = createFollowed({ durationMs: 600_000 })
    const deletion = world.clock.sleep(120_000).then(() => world.orchestrator.deleteElsewhere(place))
    expect(await world.run()).toBe('error')
    await deletion
    expect(world.clock.now() - nowMs).toBeLessThan(140_000)
    expect(world.outputs).toMatchObject({ deployment_id: id, status: 'in progress' })
  })
})

describe('an API out of reach', () => {
  it('after a valid answer is waited for: timed_out at the deadline, with the last thing heard', async () => {
    const { world, id } = createFollowed({}, { inputs: { timeout: '10m' } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 1, times: Infinity, do: badGateway(503) })
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeGreaterThanOrEqual(600_000)
    expect(world.clock.now() - nowMs).toBeLessThan(615_000)
    expect(world.outputs).toMatchObject({ deployment_id: id, status: 'in progress' })
    expect(world.annotations[0]?.message).toContain('503')
  })

  it('that comes back in time is no matter', async () => {
    const { world } = createFollowed()
    world.orchestrator.addFault({ on: 'GET *', after: 3, times: 20, do: { kind: 'cut' } })
    expect(await world.run()).toBe('succeeded')
  })

  it('at the deadline, stalling, is given up in time', async () => {
    const { world } = createFollowed({ durationMs: 3_600_000 }, { inputs: { timeout: '2m' } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, times: Infinity, do: { kind: 'stall', at: 'headers' } })
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeLessThanOrEqual(135_000)
  })
})
