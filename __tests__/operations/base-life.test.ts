import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const
const refusal: FaultAction = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } }
const hourMs = 3_600_000

/** Production with two deployments of the past, and a run that goes back to the older one. */
const createRollback = (options: WorldOptions = {}) => {
  const world = createWorld(options)
  const [newer = ''] = world.orchestrator.seedHistory(place, [succeeded])
  const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
  const inputs = { delta_id: '', from_deploy_id: older }
  return {
    ...world,
    older,
    newer,
    rollBack: () => world.run(inputs),
    killRollback: (end: number | Promise<void>) => world.kill(end, inputs),
    finishRollback: () => world.finish(inputs),
    baseId: () => world.orchestrator.inspectEnvironment(place)?.baseId,
    /** The bases that were asked for, in order. */
    bases: () =>
      world.orchestrator.record
        .filter(({ operation }) => operation === 'PUT from_deploy_id')
        .map(({ request }) => request.body),
    /** All that people are shown. */
    told: () => [...world.log, ...world.annotations.map(({ message }) => message), ...world.summaries].join('\n'),
  }
}

type Rollback = ReturnType<typeof createRollback>

const startHotfix = ({ orchestrator }: Rollback, durationMs: number): string =>
  orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs } }) ?? ''

describe('the base under somebody’s deployment', () => {
  it('is not set before a further send of a start that never left', async () => {
    let theirs = ''
    let failures = 1
    const world: Rollback = createRollback({
      strike: ({ method }) => {
        if (method !== 'POST' || failures-- <= 0) return undefined
        theirs = startHotfix(world, 600_000)
        return { network: 'not_sent' }
      },
    })
    expect(await world.rollBack()).toBe('error')
    expect(world.bases()).toEqual([world.older])
    expect(world.baseId()).toBe(theirs)
  })

  it('is not set again before a further send of a start that was lost, unseen in the list', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    let theirs = ''
    const hotfix = world.clock.sleep(3_000).then(() => {
      theirs =
        world.orchestrator.startElsewhere(place, {
          comment: 'Release · https://github.com/acme/shop/actions/runs/6999',
          deltaId: '5b'.repeat(20),
          plan: { durationMs: 600_000, listedAfterMs: hourMs },
        }) ?? ''
    })
    expect(await world.rollBack()).toBe('error')
    await hotfix
    expect(world.bases()).toEqual([world.older])
    expect(world.count('POST deploys')).toBe(1)
    expect(world.baseId()).toBe(theirs)
  })

  it('is not set again after a first request for it that was lost', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut' } })
    let theirs = ''
    const hotfix = world.clock.sleep(6_000).then(() => {
      theirs = startHotfix(world, 60_000)
    })
    expect(await world.rollBack()).toBe('error')
    await hotfix
    expect(world.bases()).toEqual([world.older, world.older])
    expect(world.baseId()).toBe(theirs)
  })

  it('is not set where only the list shows it', async () => {
    const world = createRollback()
    world.orchestrator.startElsewhere(place, { comment: 'Broken', plan: { durationMs: 1_000, status: 'failed' } })
    await world.clock.run(world.clock.sleep(60_000))
    const plan = { durationMs: 600_000, shownAfterMs: hourMs }
    const theirs = world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan }) ?? ''
    expect(await world.run({ delta_id: '', from_env: 'production' })).toBe('error')
    expect(world.bases()).toEqual([])
    expect(world.count('POST deploys')).toBe(0)
    expect(world.told()).toContain(theirs.slice(0, 8))
  })

  it('is set once more when that one has ended, and is what we start from', async () => {
    const world = createRollback({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut' } })
    const hotfix = world.clock.sleep(6_000).then(() => startHotfix(world, 60_000))
    expect(await world.rollBack()).toBe('succeeded')
    const endedMs = (await hotfix.then(() => world.orchestrator.inspectDeployments(place)[1]))?.statusChangedMs ?? 0
    const sentMs = world.orchestrator.record.findLast(({ operation }) => operation === 'PUT from_deploy_id')?.atMs
    expect(sentMs).toBeGreaterThanOrEqual(endedMs)
    expect(world.bases()).toEqual([world.older, world.older, world.older])
    expect(world.outputs['from_id']).toBe(world.older)
  })

  it('is not put back while it goes on, but named', async () => {
    const world: Rollback = createRollback({
      strike: ({ method }) => {
        if (method === 'PUT' && world.count('PUT from_deploy_id') === 0) startHotfix(world, 600_000)
        return undefined
      },
    })
    expect(await world.rollBack()).toBe('error')
    expect(world.bases()).toEqual([world.older])
    expect(world.told()).toContain(`base was left at ${world.older}`)
  })
})

describe('a start that a gateway repeated, the list out of reach after the 409', () => {
  it.each([5_000, 300_000])('has taken the base, which is not set again when it lasts %d ms', async (durationMs) => {
    const world = createRollback({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.planAll(place, { durationMs })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'repeat' } })
    world.orchestrator.addFault({ on: 'GET deploys', do: refusal })
    expect(await world.rollBack()).toBe('succeeded')
    expect(world.bases()).toEqual([world.older])
    expect(world.baseId()).toBe(world.outputs['deployment_id'])
  })
})

describe('an earlier attempt’s deployment that is followed, though we had set the base', () => {
  /** It can't be seen for `shownAfterMs`, so that a base is set and a start is sent: 409. */
  const createAttempt = (shownAfterMs: number) => {
    const world = createRollback({ workflow: { attempt: 2 } })
    world.orchestrator.rebaseElsewhere(place, world.older)
    const plan = { shownAfterMs, durationMs: 60_000 }
    const comment = `x ${world.formatOwnMark({ delta_id: '', from_deploy_id: world.older })}`
    const id = world.orchestrator.startElsewhere(place, { comment, plan }) ?? ''
    return { ...world, id }
  }

  it('leaves the base as it was before', async () => {
    const world = createAttempt(hourMs)
    world.orchestrator.rebaseElsewhere(place, world.newer)
    expect(await world.rollBack()).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(world.id)
    expect(world.bases()).toEqual([world.older, world.newer])
    expect(world.baseId()).toBe(world.newer)
    expect(world.told()).not.toContain('base was left')
  })

  it('leaves the base that we set while it is active for all to see, and names it', async () => {
    const world = createAttempt(90)
    world.orchestrator.rebaseElsewhere(place, world.newer)
    expect(await world.rollBack()).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(world.id)
    expect(world.bases()).toEqual([world.older])
    expect(world.baseId()).toBe(world.older)
    expect(world.told()).toContain(`base was left at ${world.older}`)
    expect(world.told()).toContain(`deploy with from_deploy_id: ${world.newer}`)
  })

  it.each(['cancelled', 'killed'])(
    'has the base put back by the post step, where the step is %s first',
    async (how) => {
      const world = createAttempt(hourMs)
      world.orchestrator.rebaseElsewhere(place, world.newer)
      const hit = world.taken('GET deploys').then(() => world.sent('GET env'))
      if (how === 'killed') await world.killRollback(hit)
      else expect((await Promise.all([world.rollBack(), hit.then(world.cancel)]))[0]).toBe('cancelled')
      expect(world.baseId()).toBe(world.older)
      await world.finishRollback()
      expect(world.bases()).toEqual([world.older, world.newer])
      expect(world.baseId()).toBe(world.newer)
      expect(world.told()).toContain(world.id)
    },
  )
})

describe('the base after a kill within the start', () => {
  it('is the start’s, which the post step finds: it is neither put back nor named', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    await world.killRollback(1_000)
    await world.finishRollback()
    const [ours] = world.orchestrator.inspectDeployments(place)
    expect(world.summaries[0]).toContain(ours?.id)
    expect(world.bases()).toEqual([world.older])
    expect(world.baseId()).toBe(ours?.id)
    expect(world.told()).not.toMatch(/base (?:was|may have been) left/)
  })

  it('is put back once, where the start never came', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.killRollback(1_000)
    await world.finishRollback()
    expect(world.bases()).toEqual([world.older, world.newer])
    expect(world.baseId()).toBe(world.newer)
  })

  it('is left to somebody who deploys meanwhile: theirs stays', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.killRollback(1_000)
    const theirs = startHotfix(world, 600_000)
    await world.finishRollback()
    expect(world.bases()).toEqual([world.older])
    expect(world.baseId()).toBe(theirs)
  })

  it('is named where it can’t be put back', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.killRollback(1_000)
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', times: Infinity, do: refusal })
    await world.finishRollback()
    expect(world.baseId()).toBe(world.older)
    expect(world.told()).toContain(`base was left at ${world.older}`)
  })

  it('after a request for the base that may still come, is put back only when it can’t come any more', async () => {
    const world = createRollback()
    world.orchestrator.addFault({
      on: 'PUT from_deploy_id',
      do: { kind: 'stall', at: 'headers', effectAfterMs: 7_000 },
    })
    await world.killRollback(1_000)
    await world.finishRollback()
    await world.clock.run(world.clock.sleep(60_000))
    expect(world.baseId()).toBe(world.newer)
  })
})

describe('a putting back of the base', () => {
  it('that meets a fault is tried for half a minute, and then named', async () => {
    const world = createRollback()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', after: 1, times: Infinity, do: badGateway() })
    const refused = world.taken('POST deploys').then(() => world.clock.now())
    expect(await world.rollBack()).toBe('error')
    const elapsedMs = world.clock.now() - (await refused)
    expect(elapsedMs).toBeGreaterThan(15_000)
    expect(elapsedMs).toBeLessThan(31_000)
    expect(world.told()).toContain(`base was left at ${world.older}`)
  })

  it('past the deadline is asked once', async () => {
    const world = createRollback({
      inputs: { timeout: '60s' },
      strike: ({ method }) => (method === 'POST' ? { network: 'not_sent' } : undefined),
    })
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', after: 1, times: Infinity, do: badGateway() })
    expect(await world.rollBack()).toBe('timed_out')
    expect(world.bases()).toEqual([world.older, world.newer])
    expect(world.told()).toContain(`base was left at ${world.older}`)
  })
})
