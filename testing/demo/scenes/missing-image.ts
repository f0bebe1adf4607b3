import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

export const missingImage: Scene = {
  name: 'missing-image',
  title: 'An image that doesn’t exist: shown within the first minute, and a warning although the deployment succeeds',
  play: async (stage) => {
    const { orchestrator } = stage.simulator
    addWithHistory(stage, 'production', 'production')
    for (const workload of ['web', 'worker']) orchestrator.planWorkload(production, workload, {}, 0)
    const main = { does: 'fail to pull its image' } as const
    orchestrator.planWorkload(production, 'web', { containers: { main } })
    orchestrator.planNext(production, { durationMs: 178_000 })
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage) },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
