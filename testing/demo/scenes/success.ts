import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

export const success: Scene = {
  name: 'success',
  title: 'A Delta is deployed successfully',
  play: async (stage) => {
    addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.planNext(production, { durationMs: 161_000 })
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage) },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
