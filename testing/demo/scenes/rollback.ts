import { createOtherEvent } from '../../simulator/runner/events.ts'
import type { Scene } from '../scene.ts'
import { addWithHistory, at, production, writeExpression } from '../shop.ts'

export const rollback: Scene = {
  name: 'rollback',
  title: 'Back to an earlier deployment',
  play: async (stage) => {
    const [, before = ''] = addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.planNext(production, { durationMs: 97_000 })
    await stage.run({
      name: 'Roll back',
      event: createOtherEvent('workflow_dispatch'),
      inputs: {
        ...at('production'),
        from_deploy_id: { written: writeExpression('inputs.deployment_id'), value: before },
        comment: 'Prices are wrong since yesterday',
      },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}
