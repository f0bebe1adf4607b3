import { describe, expect, it } from '@jest/globals'
import { badGateway } from '../../simulator/faults.ts'
import { createWorld, nowMs, place } from '../world.ts'

describe('the post step', () => {
  it('names a deployment that can’t be read', async () => {
    const world = createWorld()
    await world.kill(30_000)
    world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: badGateway() })
    await world.finish()
    expect(world.summaries.join()).toContain(world.orchestrator.inspectDeployments(place)[0]?.id)
    expect(world.clock.now() - nowMs).toBeLessThan(90_000)
  })

  it('says so when nothing was started before the kill', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('before anything') }])
  })
})
