import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

export const conflict: Scene = {
  name: 'conflict',
  title: 'Somebody else is deploying: the step fails, or waits',
  play: async (stage) => {
    const { orchestrator } = stage.simulator
    addWithHistory(stage, 'production', 'production')
    orchestrator.startElsewhere(production, {
      comment: 'Hotfix: retry payments',
      plan: { durationMs: 75_000 },
    })
    orchestrator.planAll(production, { durationMs: 83_000 })
    const inputs = { ...at('production'), delta_id: madeDelta(stage) }
    stage.tell('jo@example.com has just started a deployment in Humanitec.')
    await stage.run({ name: 'Deploy', inputs, ends: { outcome: 'error', exit: 1 } })
    await stage.run({
      name: 'Deploy, and wait for the other one',
      inputs: { ...inputs, on_conflict: 'wait' },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
