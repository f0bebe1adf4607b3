import { describe, expect, it } from '@jest/globals'
import { createSideLimiter } from '../../src/operations/rate-limiter.ts'
import { tooManyRequests } from '../../testing/simulator/faults.ts'
import { approvalBefore } from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { createVirtualClock } from '../../testing/virtual/virtual-clock.ts'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

describe('what is read beside a deployment that is waited for', () => {
  it('is left out when its 80 requests of the hour are used up', async () => {
    const clock = createVirtualClock(0)
    const limiter = createSideLimiter(clock)
    let looks = 0
    for (; limiter.hasRoom(); looks++) for (let request = 0; request < 5; request++) limiter.count()
    expect(looks).toBe(16)
    await clock.run(clock.sleep(3_599_000))
    expect(limiter.hasRoom()).toBe(false)
    await clock.run(clock.sleep(2_000))
    expect(limiter.hasRoom()).toBe(true)
    expect(limiter.takeDelayMs()).toBe(0)
  })

  it.each(['', '7s'])('waits when Humanitec wishes not to be asked (poll_interval: %s)', async (poll_interval) => {
    const world = createWorld({ inputs: { poll_interval } })
    world.orchestrator.planWorkload(place, 'web', {}, 0)
    world.orchestrator.planNext(place, { durationMs: 300_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, do: tooManyRequests('60') })
    expect(await world.run()).toBe('succeeded')
    const { record } = world.orchestrator
    const hit = record.findIndex(({ fault }) => fault !== undefined)
    const pauseMs = (record[hit + 1]?.atMs ?? 0) - (record[hit]?.atMs ?? 0)
    expect(pauseMs).toBeGreaterThanOrEqual(60_000)
    expect(record[hit]?.atMs).toBeLessThan(nowMs + 45_000)
  })

  it('never takes more than 80 an hour, and no poll’s place', async () => {
    const world = createWorld({ inputs: { timeout: '3h' } })
    const jobs = approvalBefore({ approvedAfterMs: 9_000_000 })
    world.orchestrator.planPipeline('acme/shop', { jobs, isDeploymentMadeAtOnce: true, timeoutMs: 36_000_000 })
    expect(await world.run()).toBe('succeeded')
    const { record } = world.orchestrator
    const lastPollMs = record.findLast(({ operation }) => operation === 'GET deploy')?.atMs ?? 0
    const beside = record.filter(({ operation, atMs }) => !/deploy|env|set/.test(operation) && atMs < lastPollMs)
    const busiest = Math.max(
      ...beside.map(({ atMs }) => beside.filter((other) => other.atMs >= atMs && other.atMs < atMs + 3_600_000).length),
    )
    expect(busiest).toBeLessThanOrEqual(80)
    expect(beside.length).toBeGreaterThan(60)
  })
})
