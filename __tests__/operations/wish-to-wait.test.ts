import { describe, expect, it } from '@jest/globals'
import { type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { approvalBefore, checkAfter } from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, place } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>
type DeploymentPlan = Parameters<World['orchestrator']['planNext']>[1]

const wish = tooManyRequests('60')
const unwell: FaultAction = { kind: 'answer', status: 503, headers: { 'retry-after': '60' }, body: {} }

type Refusal = { readonly on?: string; readonly action?: FaultAction; readonly plan?: DeploymentPlan }

/** A deployment of a minute: the second look at its workloads (45 s after the start) is refused. */
const createRefused = (inputs: Inputs, { on = 'GET runtime', action = wish, plan = {} }: Refusal = {}): World => {
  const world = createWorld({ inputs: { timeout: '10m', ...inputs } })
  world.orchestrator.planWorkload(place, 'web', {}, 0)
  world.orchestrator.planNext(place, { durationMs: 60_000, ...plan })
  world.orchestrator.addFault({ on, after: on === 'GET runtime' ? 1 : 0, do: action })
  return world
}

/** What is sent between the refusal and the end of the wish: operations, one of each. */
const listHasty = ({ orchestrator: { record } }: World): readonly string[] => {
  const hit = record.findIndex(({ fault }) => fault !== undefined)
  const untilMs = (record[hit]?.atMs ?? 0) + 60_000
  return [...new Set(record.slice(hit + 1).flatMap(({ operation, atMs }) => (atMs < untilMs ? [operation] : [])))]
}

describe('a look beside the deployment that is to be repeated in a minute', () => {
  it.each<[string, Inputs]>([
    ['once after the end', {}],
    ['for a poll_interval of its own', { poll_interval: '5s' }],
    ['until all workloads run', { wait_for: 'healthy' }],
    ['behind the environment, with the address known', { environment_url: 'https://shop.example.com' }],
  ])('is repeated no sooner, and nothing but the deployment is read before: %s', async (_, inputs) => {
    const world = createRefused(inputs)
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).toEqual(['GET deploy'])
    expect(world.outputs['health']).toBe('healthy')
    expect(world.annotations).toEqual([])
  })

  it('tells while it waits what it waits for', async () => {
    const world = createRefused({})
    expect(await world.run()).toBe('succeeded')
    expect(world.log.filter((line) => line.includes('429'))).toEqual([
      expect.stringMatching(/^ {2}0\d:\d\d {2}.*rate-limiting this token.*\(429\).* Trying again\.$/),
    ])
  })

  it('is repeated no sooner after an outage that says how long it lasts, either', async () => {
    const world = createRefused({}, { action: unwell })
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).toEqual(['GET deploy'])
  })

  it('holds up what a failure is, but not its errors', async () => {
    const world = createRefused({}, { plan: { status: 'failed', errors: [{ code: 'RUN-004' }] } })
    const containers = { main: { does: 'fail to pull its image' } } as const
    world.orchestrator.planWorkload(place, 'web', { containers })
    expect(await world.run()).toBe('failed')
    expect(listHasty(world)).toEqual(['GET deploy', 'GET errors'])
    expect(world.outputs['health']).toBe('unhealthy')
  })

  it('holds up a Set’s workloads where the Set was refused', async () => {
    const world = createRefused({}, { on: 'GET set' })
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).toEqual(['GET deploy'])
  })

  it('holds up no end past the deadline', async () => {
    const world = createRefused({ timeout: '70s', poll_interval: '5s' })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).toEqual(['GET deploy'])
    expect(world.clock.now() - beganMs).toBeLessThan(72_000)
  })

  it('is cut by a signal: the deployment has succeeded', async () => {
    const world = createRefused({})
    world.clock.schedule(world.clock.now() + 80_000, world.cancel)
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThan(81_000)
    expect(listHasty(world)).toEqual(['GET deploy'])
  })
})

describe('a newer deployment that is looked for', () => {
  it.each(['deployed', 'healthy'])('with a wish to wait: workloads are looked at no sooner (%s)', async (wait_for) => {
    const world = createWorld({ inputs: { operation: 'wait', delta_id: '', wait_for } })
    world.orchestrator.planWorkload(place, 'web', {}, 0)
    world.orchestrator.planNext(place, { durationMs: 60_000 })
    world.orchestrator.startElsewhere(place, { comment: 'Theirs' })
    world.orchestrator.addFault({ on: 'GET env', after: 1, do: wish })
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).not.toContain('GET runtime')
  })
})

describe('a pipeline’s run that is to be asked for again in a minute', () => {
  it('is asked no sooner when the deployment has ended', async () => {
    const world = createWorld()
    world.orchestrator.planPipeline('acme/shop', {
      jobs: [...approvalBefore({ approvedAfterMs: 70_000 }), ...checkAfter({ durationMs: 1_000 }).slice(1)],
      isDeploymentMadeAtOnce: true,
    })
    world.orchestrator.planNext(place, { durationMs: 10_000 })
    world.orchestrator.addFault({ on: 'GET run', do: wish })
    expect(await world.run()).toBe('succeeded')
    expect(listHasty(world)).toEqual(['GET deploy'])
  })
})
