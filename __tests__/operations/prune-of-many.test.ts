import { describe, expect, it } from '@jest/globals'
import { createWorld } from '../../testing/virtual/world.ts'

const createPrune = (count: number, state: 'open' | 'closed', deletionMs = 0) => {
  const world = createWorld({
    inputs: { operation: 'prune', env: 'pr-*', delta_id: '', timeout: '10h', poll_interval: '30m' },
    workflow: { eventName: 'schedule' },
  })
  for (let number = 1; number <= count; number++) {
    world.github.addPull('acme/shop', { number, state })
    world.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}`, deletionMs })
  }
  let value = ''
  const writes: string[] = []
  Object.defineProperty(world.outputs, 'deleted_environments', {
    enumerable: true,
    get: () => value,
    set: (text: string) => {
      value = text
      writes.push(text)
    },
  })
  return { ...world, writes }
}

describe('a prune of 5,000 previews whose pull request is open', () => {
  it('writes the output once, and decides in linear time', async () => {
    const world = createPrune(5_000, 'open')
    const before = process.cpuUsage()
    expect(await world.run()).toBe('pruned')
    const { user } = process.cpuUsage(before)
    expect(world.writes).toEqual(['[]'])
    expect(world.summaries.join()).toContain('5,000')
    // Quadratic, it was 18 s.
    expect(user / 1_000_000).toBeLessThan(6)
  })
})

describe('a prune of 200 that go', () => {
  it('tells of deletions while it goes on, but not at each one', async () => {
    const world = createPrune(200, 'closed')
    expect(await world.run()).toBe('pruned')
    expect(JSON.parse(world.outputs['deleted_environments'] ?? '')).toHaveLength(200)
    expect(world.writes.length).toBeLessThan(50)
    expect(JSON.parse(world.writes[0] ?? '')).toHaveLength(1)
  })
})

describe('a prune whose deletions take hours', () => {
  it('saves no more than 100 of them, and how many more there are', async () => {
    const world = createPrune(130, 'closed', 20 * 3_600_000)
    await world.kill(125_000 * 33)
    const saved = JSON.parse(world.state['open'] ?? '')
    expect(saved.deletions).toHaveLength(100)
    expect(saved.moreDeletions).toBe(30)
    expect(world.state['open']?.length).toBeLessThan(16_000)
  })
})
