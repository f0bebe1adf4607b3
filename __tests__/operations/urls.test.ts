import { describe, expect, it } from '@jest/globals'
import { createWorld, place } from '../../testing/virtual/world.ts'

const home = 'acme/shop'
const preview = { env: 'pr-12', create_from: 'production', env_type: 'development' }
const dns = { type: 'dns', host: '{env}.example.com' }

describe('the environment’s address', () => {
  it('is read once after a success', async () => {
    const world = createWorld()
    world.orchestrator.planResources(place, [dns, { type: 'ingress', host: 'in.example.com' }])
    expect(await world.run()).toBe('succeeded')
    expect(world.count('GET resources')).toBe(1)
    expect(world.outputs).toMatchObject({
      environment_url: 'https://production.example.com',
      environment_urls: '["https://production.example.com","https://in.example.com"]',
    })
  })

  it('is not read after a failure', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { status: 'failed' })
    await world.run()
    expect(world.count('GET resources')).toBe(0)
  })

  it('is not read when it is given, and known from the start', async () => {
    const world = createWorld({ inputs: { environment_url: 'https://shop.example.com/pr-12', wait: 'false' } })
    expect(await world.run()).toBe('started')
    expect(world.count('GET resources')).toBe(0)
    expect(world.outputs['environment_url']).toBe('https://shop.example.com/pr-12')
  })

  it('is waited for while it is being provisioned', async () => {
    const world = createWorld({ inputs: preview })
    world.orchestrator.planResources(home, [{ ...dns, hostAfterMs: 22_000 }])
    world.orchestrator.planAll(home, { durationMs: 4_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['environment_url']).toBe('https://pr-12.example.com')
    expect(world.count('GET resources')).toBe(6)
  })

  it('is waited for no longer than a minute', async () => {
    const world = createWorld({ inputs: preview })
    world.orchestrator.planResources(home, [{ ...dns, hostAfterMs: 300_000 }])
    world.orchestrator.planAll(home, { durationMs: 0 })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThan(66_000)
    expect(world.outputs['environment_url']).toBe('')
    expect(world.summaries.join()).toContain('URL is not known')
  })

  it('is not waited for past the deadline', async () => {
    const world = createWorld({ inputs: { ...preview, timeout: '40s' } })
    world.orchestrator.planResources(home, [{ ...dns, hostAfterMs: 300_000 }])
    world.orchestrator.planAll(home, { durationMs: 0 })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(41_000)
  })

  it.each([403, 500])('leaves a success one when it can’t be read (%d)', async (status) => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'GET resources', times: Infinity, do: { kind: 'answer', status } })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs).toMatchObject({ outcome: 'succeeded', environment_url: '' })
  })

  it('leaves a success one when a signal comes while it is waited for', async () => {
    const world = createWorld({ inputs: preview })
    world.orchestrator.planResources(home, [{ ...dns, hostAfterMs: 300_000 }])
    world.orchestrator.planAll(home, { durationMs: 0 })
    const cancelled = world.clock.sleep(20_000).then(world.cancel)
    expect(await world.run()).toBe('succeeded')
    await cancelled
  })
})
