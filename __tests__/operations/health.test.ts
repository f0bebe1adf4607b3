import { describe, expect, it } from '@jest/globals'
import type { Behaviour } from '../../simulator/orchestrator/containers.ts'
import { createWorld, place, type WorldOptions } from '../world.ts'

type World = ReturnType<typeof createWorld>
type Plan = NonNullable<Parameters<World['orchestrator']['planWorkload']>[2]>

it('x', async () => {
  const world = createWorld({ inputs: { log_lines: '5' } })
  world.orchestrator.planWorkload(place, 'web', { containers: { main: { does: 'fail to pull its image' } } })
  world.orchestrator.planNext(place, { durationMs: 178_000, pendingMs: 3_000 })
  console.log(await world.run(), world.log.join('\n'), world.annotations, world.outputs, world.requests(), world.summaries.join())
})
it('y', async () => {
  const world = createWorld({ inputs: { log_lines: '5', wait_for: 'healthy' } })
  world.orchestrator.planWorkload(place, 'web', { containers: { main: { does: 'crash' } } })
  world.orchestrator.planLogs(place, { workload: 'web', lines: ['a', '::error::x', '<b>'] })
  console.log(await world.run(), world.log.join('\n'), world.annotations, world.outputs, world.requests(), world.summaries.join())
})
it('z', async () => {
  const world = createWorld({ inputs: { log_lines: '5', wait_for: 'healthy' } })
  world.orchestrator.planWorkload(place, 'web')
  console.log(await world.run(), world.log.join('\n'), world.annotations, world.outputs, world.requests(), world.summaries.join())
})
