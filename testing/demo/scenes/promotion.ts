import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

export const promotion: Scene = {
  name: 'promotion',
  title: 'What runs in staging goes to production, with a Delta on top',
  play: async (stage) => {
    addWithHistory(stage, 'staging', 'staging')
    addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.planNext(production, { durationMs: 132_000 })
    await stage.run({
      name: 'Promote',
      inputs: { ...at('production'), from_env: 'staging', delta_id: madeDelta(stage) },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
