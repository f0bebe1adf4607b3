import { describe, expect, it } from '@jest/globals'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, type WorldOptions } from '../../testing/virtual/world.ts'

describe('a deletion', () => {
  const pullRequest = { number: 12, title: '', isFromFork: false }
  const preview = 'acme/shop/pr-12'
  const createDeletion = (inputs: WorldOptions['inputs'] = {}, isThere = true) => {
    const world = createWorld({
      inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...inputs },
      workflow: { pullRequest },
    })
    if (isThere) world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs: 60_000 })
    return world
  }
  const deleteElsewhere = ({ orchestrator }: ReturnType<typeof createWorld>) =>
    orchestrator.exchange({ method: 'DELETE', path: '/orgs/acme/apps/shop/envs/pr-12', token: usualToken })

  it('in a dry run says what is there: nothing', async () => {
    const world = createDeletion({ dry_run: 'true' }, false)
    expect(await world.run()).toBe('skipped')
    expect(world.summaries.join()).toContain('nothing would be deleted')
  })

  it('in a dry run says what is there: one that is being deleted', async () => {
    const world = createDeletion({ dry_run: 'true' })
    deleteElsewhere(world)
    expect(await world.run()).toBe('skipped')
    expect(world.summaries.join()).toContain('is already being deleted')
    expect(world.count('DELETE env')).toBe(1)
  })

  it('is an error when the list of environments is refused', async () => {
    const world = createDeletion({}, false)
    world.orchestrator.addFault({ on: 'GET envs', do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('403')
  })

  it('under a deployment that nobody sees is asked for again', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', times: 2, do: { kind: 'answer', status: 409 } })
    expect(await world.run()).toBe('deleted')
    expect(world.count('DELETE env')).toBe(3)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
  })

  it('is over when someone else has deleted the environment under the deployment that was waited for', async () => {
    const world = createDeletion()
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 300_000 } })
    const deletion = world.clock.sleep(90_000).then(() => world.orchestrator.deleteElsewhere(preview))
    expect(await world.run()).toBe('deleted')
    await deletion
    expect(world.outputs['deleted_environments']).toBe('[]')
  })

  it('ends as an error when the deployment that it waits for may no longer be read', async () => {
    const world = createDeletion()
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 300_000 } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, times: 2, do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(0)
  })

  it('that lasts is told about every half minute', async () => {
    const world = createDeletion()
    world.orchestrator.planDeletion(preview, 200_000)
    expect(await world.run()).toBe('deleted')
    expect(world.log.filter((line) => line.includes('still being deleted')).length).toBeGreaterThanOrEqual(5)
  })
})
