import { describe, expect, it } from '@jest/globals'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const staging = 'acme/shop/staging'
const refusal: FaultAction = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } }

/** An environment to which nothing was ever deployed. */
const createEmpty = (options: WorldOptions = {}) => {
  const world = createWorld({ ...options, inputs: { env: 'staging', ...options.inputs } })
  world.orchestrator.addEnvironment(staging)
  return world
}

describe('the first deployment of an environment', () => {
  it('has no base and no history, and succeeds all the same', async () => {
    const world = createEmpty()
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs).toMatchObject({ status: 'succeeded', from_id: '' })
    expect(world.log.slice(0, 3)).toEqual([
      'Deploy Delta 4a6330d to acme / shop / staging',
      expect.stringMatching(/^ {2}comment {3}/),
      expect.stringMatching(/^Started deployment /),
    ])
  })

  it('is found in the list when its answer was lost', async () => {
    const world = createEmpty()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 2_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.orchestrator.inspectDeployments(staging)).toHaveLength(1)
  })

  it('is found by the environment when its answer was lost, and the list stays empty', async () => {
    const world = createEmpty()
    world.orchestrator.planLag(staging, { listMs: 60_000 })
    world.orchestrator.planNext(staging, { durationMs: 1_000 })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.orchestrator.inspectDeployments(staging)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('is not started again when the environment shows one that only may be it, and the list stays empty', async () => {
    const world = createEmpty()
    world.orchestrator.planLag(staging, { listMs: 60_000 })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    void world
      .sent('POST deploys')
      .then(() => world.orchestrator.startElsewhere(staging, { plan: { durationMs: 500 } }))
    expect(await world.run()).toBe('unknown')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('is found by the post step when its run was killed', async () => {
    const world = createEmpty()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.summaries.join()).toContain(world.orchestrator.inspectDeployments(staging)[0]?.id)
  })

  it('by a clone that is refused leaves the base, of which there was none before, and says so', async () => {
    const world = createEmpty({ inputs: { from_env: 'production' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await world.run()).toBe('error')
    const source = world.orchestrator.inspectDeployments(place)[0]?.id ?? ''
    expect(world.orchestrator.inspectEnvironment(staging)?.baseId).toBe(source)
    expect(world.summaries.join()).toContain(source)
    expect(world.count('PUT from_deploy_id')).toBe(1)
  })
})
