import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

export const timeout: Scene = {
  name: 'timeout',
  title: 'A deployment that takes longer than the step may wait',
  play: async (stage) => {
    addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.planNext(production, { durationMs: 1_500_000 })
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage), timeout: '3m' },
      ends: { outcome: 'timed_out', exit: 1 },
    })
  },
}
