import { approvalBefore, checkAfter } from '../../simulator/orchestrator/pipeline-shapes.ts'
import type { Scene } from '../scene.ts'
import { addWithHistory, at, home, madeDelta, production } from '../shop.ts'

export const approval: Scene = {
  name: 'approval',
  title: 'A deployment that waits for an approval, and gets it',
  play: async (stage) => {
    const { orchestrator, github } = stage.simulator
    addWithHistory(stage, 'production', 'production')
    github.addRepository(home)
    orchestrator.planPipeline(home, {
      jobs: approvalBefore({ message: 'Deploy the shop to production?', approvedAfterMs: 135_000 }),
      isDeploymentMadeAtOnce: true,
    })
    orchestrator.planNext(production, { durationMs: 62_000 })
    stage.tell('jo@example.com looks at the run two minutes after it has asked, and approves it.')
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage), github_deployment: 'true' },
      ends: { outcome: 'succeeded', exit: 0 },
    })
  },
}

export const readiness: Scene = {
  name: 'readiness',
  title: 'A step of the pipeline fails after a successful deployment: not green',
  play: async (stage) => {
    const { orchestrator } = stage.simulator
    addWithHistory(stage, 'production', 'production')
    orchestrator.planPipeline(home, {
      jobs: checkAfter({ durationMs: 48_000, fails: 'web: 1 of 2 replicas is ready after 45 s.' }),
    })
    orchestrator.planNext(production, { durationMs: 54_000 })
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage) },
      ends: { outcome: 'failed', exit: 1 },
    })
  },
}
