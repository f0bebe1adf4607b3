import { describe, expect, it } from '@jest/globals'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

/** A run that is killed `afterMs` from its start: nothing of it runs on. Then its post step, with the state that it left. */
const killAndFinish = async (world: ReturnType<typeof createWorld>, afterMs: number) => {
  await world.kill(afterMs)
  const asked = world.requests().length
  await world.finish()
  return world.requests().slice(asked)
}

describe('the post step after a kill', () => {
  it('reads the deployment once, and tells that it goes on', async () => {
    const world = createWorld()
    expect(await killAndFinish(world, 30_000)).toEqual(['GET deploy'])
    expect(world.summaries).toHaveLength(1)
    expect(world.annotations).toMatchObject([{ level: 'warning' }])
    expect(world.summaries[0]).toContain(world.orchestrator.inspectDeployments(place)[0]?.id)
  })

  it('doesn’t say that it goes on where it could not be read', async () => {
    const world = createWorld()
    await world.kill(30_000)
    world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: { kind: 'answer', status: 403 } })
    await world.finish()
    expect(world.summaries[0]).toMatch(/may still be running: its status could not be read\./)
    expect(world.summaries[0]).not.toContain('goes on in Humanitec')
  })

  it('tells the end of a deployment that has ended meanwhile', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { durationMs: 20_000, status: 'failed', errors: [{ code: 'CLD-001' }] })
    await world.kill(10_000)
    await world.clock.run(world.clock.sleep(60_000))
    await world.finish()
    const requests = world.requests()
    expect(requests.slice(requests.lastIndexOf('GET deploy'))).toEqual([
      ...['GET deploy', 'GET errors', 'GET deploys', 'GET diff', 'GET set'],
      // Health reads the Set that was deployed, for its workloads.
      ...['GET set', 'GET runtime'],
    ])
    expect(world.summaries[0]).toContain('CLD-001')
  })

  it('finds a deployment whose answer never came', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    expect(await killAndFinish(world, 1_000)).toEqual(['GET deploys'])
    expect(world.summaries[0]).toContain(world.orchestrator.inspectDeployments(place)[0]?.id)
  })

  it('finds one that was carried out after the kill', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 8_000 } })
    await killAndFinish(world, 1_000)
    expect(world.summaries[0]).toContain(world.orchestrator.inspectDeployments(place)[0]?.id)
  })

  it('puts a base back whose start never came', async () => {
    const world = createWorld()
    const entry = { agoSeconds: 3_600, durationSeconds: 99, status: 'succeeded' } as const
    const [newer = ''] = world.orchestrator.seedHistory(place, [entry])
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.kill(1_000, { delta_id: '', from_deploy_id: older })
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(older)
    await world.finish({ delta_id: '', from_deploy_id: older })
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
    expect(world.count('POST deploys')).toBe(1)
  })

  it.each([0, 15, 25, 70, 120, 5_030, 60_000])('starts nothing, killed after %d ms', async (afterMs) => {
    const world = createWorld()
    await world.kill(afterMs)
    const starts = world.count('POST deploys')
    await world.finish()
    expect(world.count('POST deploys')).toBe(starts)
    expect(world.clock.now() - nowMs).toBeLessThan(afterMs + 60_000)
  })
})

it('leaves nothing open after an end of its own', async () => {
  const world = createWorld()
  await world.run()
  expect(world.state['open']).toBe('')
})
