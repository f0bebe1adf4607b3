import { describe, expect, it } from '@jest/globals'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place } from '../../testing/virtual/world.ts'

const staging = 'acme/shop/staging'

/** Production with two deployments of the past: `older` and, as its base, the usual one. */
const createTwoDeployments = (options: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld(options)
  const entry = { agoSeconds: 3_600, durationSeconds: 99, status: 'succeeded' } as const
  const [newer = ''] = world.orchestrator.seedHistory(place, [entry])
  const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
  return { world, older, newer }
}
const rollback = (id: string) => ({ delta_id: '', from_deploy_id: id })

describe('a rollback', () => {
  it('sets the base right before the start', async () => {
    const { world, older } = createTwoDeployments()
    expect(await world.run(rollback(older))).toBe('succeeded')
    expect(world.requests().slice(0, 3)).toEqual(['GET env', 'PUT from_deploy_id', 'POST deploys'])
    expect(world.outputs['from_id']).toBe(older)
  })

  it('may apply a Delta on top', async () => {
    const { world, older } = createTwoDeployments()
    expect(await world.run({ from_deploy_id: older })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(older)
    expect(world.orchestrator.inspectDeployments(place)[0]?.deltaId).not.toBe('')
  })

  it('is sent also when the base is that already', async () => {
    const { world, newer } = createTwoDeployments()
    await world.run(rollback(newer))
    expect(world.count('PUT from_deploy_id')).toBe(1)
  })

  it('to a deployment that isn’t there is an error, and nothing is started', async () => {
    const { world, newer } = createTwoDeployments()
    expect(await world.run(rollback('0123456789abcdef'))).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'PUT from_deploy_id'])
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
    expect(world.state['open']).toBe('')
  })
})

describe('a base that no start has taken', () => {
  const refuse: FaultAction = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } }

  it('is put back where somebody else refused it who had let it through', async () => {
    const { world, older, newer } = createTwoDeployments()
    const forbidden = { kind: 'answer', status: 403, body: { message: 'Forbidden' }, effectAfterMs: 0 } as const
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', times: 20, do: forbidden })
    const set = world.taken('PUT from_deploy_id').then(() => world.orchestrator.inspectEnvironment(place)?.baseId)
    expect(await world.run(rollback(older))).toBe('error')
    expect(await set).toBe(older)
    expect(world.count('POST deploys')).toBe(0)
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
  })

  it('is put back after a refusal', async () => {
    const { world, older, newer } = createTwoDeployments()
    world.orchestrator.addFault({ on: 'POST deploys', do: refuse })
    expect(await world.run(rollback(older))).toBe('error')
    expect(world.requests().slice(-3)).toEqual(['POST deploys', 'GET env', 'PUT from_deploy_id'])
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
    expect(JSON.parse(world.state['open'] || '{}')).toEqual({})
  })

  it('is put back although the API stumbles meanwhile', async () => {
    const { world, older, newer } = createTwoDeployments()
    world.orchestrator.addFault({ on: 'POST deploys', do: refuse })
    world.orchestrator.addFault({ on: 'GET env', after: 1, times: 2, do: { kind: 'answer', status: 502 } })
    await world.run(rollback(older))
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
  })

  it('is put back at the deadline', async () => {
    const strike = ({ method }: { method: string }) =>
      method === 'POST' ? ({ network: 'not_sent' } as const) : undefined
    const { world, older, newer } = createTwoDeployments({ strike, inputs: { timeout: '1m' } })
    expect(await world.run(rollback(older))).toBe('timed_out')
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(newer)
  })

  it('is left and named after an unknown fate', async () => {
    const { world, older } = createTwoDeployments()
    world.orchestrator.addFault({ on: 'POST deploys', times: 3, do: { kind: 'cut' } })
    expect(await world.run(rollback(older))).toBe('unknown')
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(older)
    expect(world.summaries.join()).toContain(older)
  })

  it('is left to the post step after a signal', async () => {
    const { world, older, newer } = createTwoDeployments()
    const strike = { on: 'PUT from_deploy_id', do: { kind: 'stall', at: 'headers' } } as const
    world.orchestrator.addFault(strike)
    const cancelled = world.taken('PUT from_deploy_id').then(world.cancel)
    expect(await world.run(rollback(older))).toBe('cancelled')
    await cancelled
    expect(JSON.parse(world.state['open'] ?? '')).toMatchObject({
      phase: { kind: 'rebasing', rebase: { newBaseId: older, previousBaseId: newer } },
    })
  })
})

describe('before a further send', () => {
  it('the environment is read, and a base that is no longer ours is set again', async () => {
    const { world, older, newer } = createTwoDeployments()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    const hijack = world.taken('POST deploys').then(() => world.orchestrator.rebaseElsewhere(place, newer))
    expect(await world.run(rollback(older))).toBe('succeeded')
    await hijack
    const requests = world.requests()
    const second = requests.lastIndexOf('POST deploys')
    expect(requests.slice(second - 2, second)).toEqual(['GET env', 'PUT from_deploy_id'])
    expect(world.outputs['from_id']).toBe(older)
  })

  it.each(['fail', 'wait'])('ours is followed, though the list lags behind: on_conflict %s', async (on_conflict) => {
    const { world, older } = createTwoDeployments({ inputs: { on_conflict } })
    world.orchestrator.planNext(place, { listedAfterMs: 40_000 })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run(rollback(older))).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(world.outputs['from_id']).toBe(older)
  })

  it('a base that is still ours is not set twice', async () => {
    const { world, older } = createTwoDeployments()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    await world.run(rollback(older))
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(world.count('POST deploys')).toBe(2)
  })
})

describe('a source that moves on while another deployment is waited for', () => {
  const moveOn = () => {
    const world = createWorld({
      inputs: { on_conflict: 'wait' },
      strike: ({ method }) => {
        if (method === 'POST' && world.count('POST deploys') === 0) {
          world.orchestrator.startElsewhere(place, { plan: { durationMs: 30_000 } })
          world.orchestrator.startElsewhere(staging, { plan: { durationMs: 1_000 } })
        }
        return undefined
      },
    })
    world.orchestrator.addEnvironment(staging, {
      history: [{ agoSeconds: 9, durationSeconds: 5, status: 'succeeded' }],
    })
    return world
  }

  it('gives its newest state', async () => {
    const world = moveOn()
    expect(await world.run({ delta_id: '', from_env: 'staging' })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(world.orchestrator.inspectDeployments(staging)[0]?.id)
  })

  it('leaves no base behind when the start is refused', async () => {
    const world = moveOn()
    world.orchestrator.addFault({ on: 'POST deploys', after: 1, do: { kind: 'answer', status: 400 } })
    expect(await world.run({ delta_id: '', from_env: 'staging' })).toBe('error')
    const [others] = world.orchestrator.inspectDeployments(place)
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(others?.id)
  })
})

describe('a clone', () => {
  const clone = { delta_id: '', from_env: 'staging' }
  const createStaging = (status: 'succeeded' | 'failed') => {
    const world = createWorld()
    world.orchestrator.addEnvironment(staging, {
      history: [
        { agoSeconds: 9_000, durationSeconds: 60, status: 'succeeded' },
        { agoSeconds: 600, durationSeconds: 60, status },
      ],
    })
    return world
  }

  it('takes the source’s last deployment when it succeeded, without reading its list', async () => {
    const world = createStaging('succeeded')
    expect(await world.run(clone)).toBe('succeeded')
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'GET env', 'PUT from_deploy_id', 'POST deploys'])
    expect(world.outputs['from_id']).toBe(world.orchestrator.inspectDeployments(staging)[0]?.id)
  })

  it('takes the newest that succeeded when the last one did not', async () => {
    const world = createStaging('failed')
    expect(await world.run(clone)).toBe('succeeded')
    expect(world.requests().slice(0, 5)).toEqual([
      'GET env',
      'GET env',
      'GET deploys',
      'PUT from_deploy_id',
      'POST deploys',
    ])
    expect(world.outputs['from_id']).toBe(world.orchestrator.inspectDeployments(staging)[1]?.id)
  })

  it('of the environment itself goes back to its last good state', async () => {
    const world = createWorld()
    world.orchestrator.seedHistory(place, [{ agoSeconds: 60, durationSeconds: 9, status: 'failed' }])
    expect(await world.run({ delta_id: '', from_env: 'production' })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(world.orchestrator.inspectDeployments(place).at(-1)?.id)
  })

  it('of an environment without a succeeded deployment is an error that says so', async () => {
    const world = createWorld()
    world.orchestrator.addEnvironment(staging)
    expect(await world.run(clone)).toBe('error')
    expect(world.annotations[0]?.message).toContain('staging has no successful deployment')
    expect(world.count('PUT from_deploy_id')).toBe(0)
  })
})
