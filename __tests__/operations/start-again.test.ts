import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const

/** Production with two deployments of the past, and a run that goes back to the older one. */
const createTwo = (options: WorldOptions = {}) => {
  const world = createWorld(options)
  const [newer = ''] = world.orchestrator.seedHistory(place, [succeeded])
  const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
  const run = () => world.run({ delta_id: '', from_deploy_id: older })
  const baseId = () => world.orchestrator.inspectEnvironment(place)?.baseId
  return { world, run, baseId, older, newer }
}

describe('an earlier attempt’s deployment', () => {
  it('told by a 409, is followed though we had set the base', async () => {
    const { world, run, baseId, older, newer } = createTwo({ workflow: { attempt: 2 } })
    world.orchestrator.rebaseElsewhere(place, older)
    const plan = { shownAfterMs: 3_600_000, durationMs: 60_000 }
    const id = world.orchestrator.startElsewhere(place, {
      comment: `x ${world.formatOwnMark({ delta_id: '', from_deploy_id: older })}`,
      plan,
    })
    world.orchestrator.rebaseElsewhere(place, newer)
    expect(await run()).toBe('succeeded')
    expect(baseId()).toBe(newer)
    expect(world.outputs['deployment_id']).toBe(id)
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'PUT from_deploy_id', 'POST deploys', 'GET deploys'])
  })
})

describe('a further send', () => {
  it('after one that never left gives way to what someone has started meanwhile', async () => {
    let failures = 1
    const { world, run } = createTwo({
      strike: ({ method }) => {
        if (method !== 'POST' || failures-- <= 0) return undefined
        world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
        return { network: 'not_sent' }
      },
    })
    expect(await run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.annotations[0]?.message).toContain('Hotfix')
  })

  it('after a 429 doesn’t come when something alike has come up: unknown', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: tooManyRequests('5') })
    const start = world.clock.sleep(1_000).then(() => world.orchestrator.startElsewhere(place, { deltaId: delta }))
    expect(await world.run()).toBe('unknown')
    await start
    expect(world.count('POST deploys')).toBe(1)
  })

  it('after a lost answer, answered 409, means looking again: ours is found', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 12_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(
      world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions'),
    ).toHaveLength(1)
  })
})

describe('a conflict', () => {
  it('with a deployment that lacks its times is waited for', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 20_000 } })
    const strip = { kind: 'merge', fields: { last_deploy: { id: 'a1', status: 'pending' } } } as const
    world.orchestrator.addFault({ on: 'GET env', do: strip })
    const end = { kind: 'answer', status: 200, body: { id: 'a1', status: 'failed' } } as const
    world.orchestrator.addFault({ on: 'GET deploy', do: end })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.join('\n')).toContain('Waiting for deployment a1')
  })
})

describe('a start that is answered after the deadline', () => {
  it('gets one last look, and no history', async () => {
    const world = createWorld({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.requests()).toEqual(['GET env', 'POST deploys', 'GET deploy'])
    expect(world.outputs['deployment_id']).toBe(world.orchestrator.inspectDeployments(place)[0]?.id)
  })

  it('and carried out nevertheless, cut there, is unknown', async () => {
    const world = createWorld({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    expect(await world.run()).toBe('unknown')
    expect(world.clock.now() - nowMs).toBeLessThan(20_000)
  })
})
