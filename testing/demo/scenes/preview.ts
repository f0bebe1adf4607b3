import type { ErrorPlan } from '../../simulator/orchestrator/plan.ts'
import { createPullRequestEvent, type PullRequestChange } from '../../simulator/runner/events.ts'
import type { Given, Scene, SceneStep, Stage } from '../scene.ts'
import { addWithHistory, at, home, madeDelta, writeExpression } from '../shop.ts'

const pull = { number: 12, title: 'Add a basket' }

const errors: readonly ErrorPlan[] = [
  {
    scope: 'workload',
    object_id: 'modules.web',
    code: 'RUN-001',
    summary: 'Image could not be pulled',
    message: 'ghcr.io/acme/shop:0b1c2d3 was not found',
  },
  {
    scope: 'environment',
    object_id: '',
    code: 'RES-101',
    summary: 'Driver parameters invalid',
    message: "One of 'ip_address', 'ipv6_address' or 'name' should be specified",
  },
]

export const preview: Scene = {
  name: 'preview',
  title: 'A preview for a pull request: opened, pushed again, failed, closed',
  play: async (stage) => {
    const { orchestrator, github } = stage.simulator
    addWithHistory(stage, 'development', 'development')
    orchestrator.planResources(home, [{ type: 'dns', host: '{env}.shop.example.com', hostAfterMs: 4_000 }])
    orchestrator.planDeletion(home, 20_000)
    const [first, second, third] = ['c0ffee1', 'a11ce55', '0b1c2d3'].map((start) => start.padEnd(40, '5e1f0a9b'))
    github.addPull(home, { ...pull, sha: first ?? '', headRef: 'basket' })

    orchestrator.planAll(home, { durationMs: 72_000 })
    await stage.run(deploy(stage, 'opened', first, { outcome: 'succeeded', exit: 0 }))

    stage.tell('octocat pushes to the pull request: the preview exists, and its own state is the base.')
    github.pushToPull(home, pull.number, second ?? '')
    orchestrator.planNext(preview12, { durationMs: 41_000 })
    await stage.run(deploy(stage, 'synchronize', second, { outcome: 'succeeded', exit: 0 }))

    stage.tell('octocat pushes again, and this time it fails.')
    github.pushToPull(home, pull.number, third ?? '')
    orchestrator.planNext(preview12, { durationMs: 34_000, status: 'failed', errors })
    await stage.run(deploy(stage, 'synchronize', third, { outcome: 'failed', exit: 1 }))

    stage.tell('octocat closes the pull request.')
    github.setPullState(home, pull.number, 'closed')
    await stage.run({
      name: 'Delete the preview',
      event: createEvent('closed', third),
      inputs: { operation: 'delete', ...at(env), ...shown },
      ends: { outcome: 'deleted', exit: 0 },
    })
  },
}

const preview12 = `${home}/pr-${pull.number}`

const env: Given = { written: `pr-${writeExpression('github.event.number')}`, value: `pr-${pull.number}` }

const shown = { pr_comment: 'true', github_deployment: 'true' }

const createEvent = (action: PullRequestChange['action'], sha = '') => createPullRequestEvent({ ...pull, action, sha })

const deploy = (
  stage: Stage,
  action: PullRequestChange['action'],
  sha: string | undefined,
  ends: SceneStep['ends'],
): SceneStep => ({
  name: 'Deploy the preview',
  event: createEvent(action, sha),
  inputs: { ...at(env), create_from: 'development', delta_id: madeDelta(stage), ...shown },
  ends,
})
