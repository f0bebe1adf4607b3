import { describe, expect, it } from '@jest/globals'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const unavailable: FaultAction = { kind: 'answer', status: 503 }

const listOurs = (world: World) =>
  world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions')

/** A gateway sends our start twice: the answer is the 409 to the second one. */
const createRepeated = (options: Parameters<typeof createWorld>[0] = {}): World => {
  const world = createWorld(options)
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'repeat' } })
  return world
}

describe('a start that a gateway repeats, not to be seen after the 409', () => {
  it.each([20_000, 300_000])('is found before another is sent, when it lasts %d ms', async (durationMs) => {
    const world = createRepeated({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.planAll(place, { durationMs })
    world.orchestrator.addFault({ on: 'GET deploys', times: 12, do: unavailable })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
    expect(world.summaries.join('\n')).not.toContain('builds on')
  })

  it('is found after another one has come in between, listed late', async () => {
    const world = createRepeated({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.planNext(place, { durationMs: 300, listedAfterMs: 20_000 })
    void world.clock
      .sleep(1_000)
      .then(() => world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 30_000 } }))
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('is not denied where nothing is waited for', async () => {
    const world = createRepeated()
    world.orchestrator.addFault({ on: 'GET deploys', do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    const [error] = world.annotations
    expect(error?.message).toContain('may be this run’s own')
    expect(error?.message).not.toContain('Nothing was started')
  })

  it('is not denied where the deadline cuts the look', async () => {
    const world = createRepeated({ inputs: { timeout: '5s' } })
    world.orchestrator.planAll(place, { listedAfterMs: 60_000, shownAfterMs: 60_000, durationMs: 600_000 })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('may be this run’s own')
    expect(world.annotations[0]?.message).toContain('The timeout passed before the list of deployments was read.')
  })

  it('is found by the post step, where the step is killed while it waits for the other one', async () => {
    const world = createRepeated({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.planAll(place, { durationMs: 20_000 })
    world.orchestrator.addFault({ on: 'GET deploys', do: { kind: 'answer', status: 403 } })
    await world.kill(10_000)
    await world.finish()
    const [ours] = listOurs(world)
    expect(world.summaries.join('\n')).toContain(ours?.id)
    expect(world.annotations.map(({ message }) => message).join('\n')).not.toContain('before anything was started')
  })

  it.each([
    ['timed_out', undefined],
    ['cancelled', 30_000],
  ])('is not denied while the other one is waited for: %s', async (outcome, cancelAfterMs) => {
    const world = createRepeated({ inputs: { on_conflict: 'wait', timeout: '1m' } })
    world.orchestrator.planAll(place, { durationMs: 600_000, shownAfterMs: 300_000 })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: unavailable })
    if (cancelAfterMs) void world.clock.sleep(cancelAfterMs).then(() => world.cancel())
    expect(await world.run()).toBe(outcome)
    const told = [...world.annotations.map(({ message }) => message), ...world.summaries].join('\n')
    expect(told).toContain('Whether this run’s deployment was started could not be read.')
    expect(told).not.toMatch(/before (?:anything|shop) was/)
  })

  it('is not denied after a signal within the look: unknown', async () => {
    const world = createRepeated()
    world.orchestrator.addFault({ on: 'GET deploys', times: 12, do: unavailable })
    void world.sent('GET deploys').then(() => world.cancel())
    expect(await world.run()).toBe('unknown')
  })
})

it('a start that a gateway repeats is followed as soon as it is seen, not waited for as another’s', async () => {
  const world = createRepeated({ inputs: { on_conflict: 'wait', timeout: '2m' } })
  world.orchestrator.planAll(place, { durationMs: 600_000 })
  world.orchestrator.addFault({ on: 'GET deploys', times: 12, do: unavailable })
  expect(await world.run()).toBe('timed_out')
  expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
})
