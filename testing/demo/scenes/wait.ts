import { createOtherEvent } from '../../simulator/runner/events.ts'
import type { Scene } from '../scene.ts'
import { addWithHistory, at, production } from '../shop.ts'

export const wait: Scene = {
  name: 'wait',
  title: 'A deployment that was started elsewhere is followed until it has finished',
  play: async (stage) => {
    addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.startElsewhere(production, {
      comment: 'New payment provider, step 2',
      plan: { durationMs: 110_000 },
    })
    stage.tell('jo@example.com has just started a deployment in Humanitec.')
    await stage.run({
      name: 'Follow the deployment',
      event: createOtherEvent('workflow_dispatch'),
      inputs: { operation: 'wait', ...at('production') },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
