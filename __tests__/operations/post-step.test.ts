import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { badGateway } from '../../testing/simulator/faults.ts'
import { workflowUser } from '../../testing/simulator/github.ts'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

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

  it('says so when the start was refused, and somebody was waited for', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.startElsewhere(place, { deltaId: delta, plan: { shownAfterMs: 3_600_000, durationMs: 600_000 } })
    await world.kill(30_000)
    expect(world.count('POST deploys')).toBe(1)
    await world.finish()
    expect(world.summaries).toHaveLength(1)
    expect(world.summaries[0]).toContain('before anything was started')
  })

  it('has nothing to do after a signal, where GitHub is shown nothing', async () => {
    const world = createWorld({ inputs: { github_deployment: 'true', wait: 'false' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    const cancelled = world.clock.sleep(1_000).then(world.cancel)
    expect(await world.run()).toBe('unknown')
    await cancelled
    expect(world.state['open']).toBe('')
  })

  it('says so when the kill came before the environment was read', async () => {
    const world = createWorld()
    await world.kill(world.sent('GET env'))
    await world.finish()
    expect(world.summaries).toHaveLength(1)
    expect(world.summaries[0]).toContain('before anything was started')
    expect(world.count('POST deploys')).toBe(0)
  })
})

describe('the post step after a kill of a deletion', () => {
  const preview = 'acme/shop/pr-12'
  const inputs = { operation: 'delete', env: 'pr-12', delta_id: '' }
  const createDoomed = () => {
    const world = createWorld({ inputs })
    world.orchestrator.addEnvironment(preview, { type: 'development', name: 'acme/shop#12', history: [] })
    return world
  }

  it.each([
    ['is being deleted', 'DELETE env', 0, 'goes on in Humanitec', 1],
    ['is gone meanwhile', 'DELETE env', 60_000, 'pr-12 of shop was deleted', 1],
    ['was not asked for yet', 'GET env', 0, 'before the environment pr-12 was deleted', 0],
  ])('tells of an environment that %s', async (_, taken, pausedMs, words, deletions) => {
    const world = createDoomed()
    world.orchestrator.planDeletion(preview, 30_000)
    await world.kill(world.taken(taken))
    await world.clock.run(world.clock.sleep(pausedMs))
    await world.finish()
    expect(world.summaries).toHaveLength(1)
    expect(world.summaries[0]).toContain(words)
    expect(world.annotations).toMatchObject([{ level: 'warning' }])
    expect(world.count('DELETE env')).toBe(deletions)
  })

  it('tells of an environment whose DELETE never came', async () => {
    const world = createDoomed()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.summaries[0]).toContain('pr-12 is still there')
    expect(world.count('DELETE env')).toBe(1)
  })

  it.each([
    ['out of reach', badGateway()],
    ['not to be read', { kind: 'answer', status: 403 } as const],
  ])('can’t know of an environment that is %s', async (_, action) => {
    const world = createDoomed()
    await world.kill(world.taken('DELETE env'))
    world.orchestrator.addFault({ on: 'GET env', times: Infinity, do: action })
    await world.finish()
    expect(world.summaries).toHaveLength(1)
    expect(world.summaries[0]).toContain('pr-12 may have been deleted: it could not be checked')
    expect(world.clock.now() - nowMs).toBeLessThan(90_000)
  })

  it('tells GitHub of what it finds of a prune, though one environment can’t be read', async () => {
    const world = createWorld({ inputs: { ...inputs, operation: 'prune', env: 'pr-*', pr_comment: 'true' } })
    for (const number of [12, 13]) {
      const place = `acme/shop/pr-${number}`
      world.orchestrator.addEnvironment(place, { type: 'development', name: `acme/shop#${number}`, deletionMs: 20_000 })
      world.github.addPull('acme/shop', { number, state: 'closed' })
      const body = `<!-- humanitec-deploy:${place} -->\nready`
      world.github.addComment('acme/shop', number, { body, user: workflowUser })
    }
    await world.kill(10_000)
    await world.clock.run(world.clock.sleep(60_000))
    world.orchestrator.addFault({ on: 'GET env', do: { kind: 'answer', status: 403 } })
    await world.finish()
    expect(world.summaries[0]).toContain('1 has finished, 1 could not be checked')
    expect(world.github.inspectComments('acme/shop', 13)[0]?.body).toContain('was deleted')
  })

  it('doesn’t look again at what a prune has deleted and reported', async () => {
    const world = createWorld({ inputs: { ...inputs, operation: 'prune', env: 'pr-*' } })
    for (const number of [12, 13]) {
      world.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { type: 'development', name: `acme/shop#${number}` })
      world.github.addPull('acme/shop', { number, state: 'closed' })
    }
    world.orchestrator.planDeletion('acme/shop/pr-12', 30_000)
    world.orchestrator.planDeletion('acme/shop/pr-13', 600_000)
    await world.kill(120_000)
    expect(JSON.parse(world.state['open'] ?? '')).toMatchObject({ deletions: [{ env: 'pr-13', pullRequest: 13 }] })
  })

  it('tells how much of a prune was done', async () => {
    const world = createWorld({ inputs: { ...inputs, operation: 'prune', env: 'pr-*' } })
    for (const number of [12, 13]) {
      world.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { type: 'development', name: `acme/shop#${number}` })
      world.github.addPull('acme/shop', { number, state: 'closed' })
    }
    world.orchestrator.planDeletion('acme/shop/pr-12', 30_000)
    world.orchestrator.planDeletion('acme/shop/pr-13', 300_000)
    await world.kill(10_000)
    await world.clock.run(world.clock.sleep(60_000))
    await world.finish()
    expect(world.summaries).toHaveLength(1)
    expect(world.summaries[0]).toContain('of 2 deletions under way, 1 has finished')
    expect(world.count('DELETE env')).toBe(2)
  })
})
