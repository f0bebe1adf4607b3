import { createPullRequestEvent, type PullRequestChange } from '../../simulator/runner/events.ts'
import type { Given, Scene, SceneStep } from '../scene.ts'
import { addWithHistory, at, home, writeExpression } from '../shop.ts'

const pull = { number: 14, title: 'Recommend books' }
const preview14 = `${home}/pr-${pull.number}`
const sha = 'beefca7'.padEnd(40, '5e1f0a9b')

/** As people write them; the first one has a typing error. */
const formatScore = (imageKey: string): string => `apiVersion: score.dev/v1b1
metadata:
  name: recommender
containers:
  main:
    ${imageKey}: .
    variables:
      DB: postgres://\${resources.db.host}/\${resources.db.name}
    files:
      - target: /etc/recommender.toml
        source: recommender.toml
resources:
  db:
    type: postgres
`

const filesWith = (imageKey: string): NonNullable<SceneStep['files']> => ({
  'score.yaml': formatScore(imageKey),
  'recommender.toml': 'books = 5\n',
})

export const score: Scene = {
  name: 'score',
  title: 'A preview from a Score file: with a mistake, corrected, planned, closed',
  play: async (stage) => {
    const { orchestrator, github } = stage.simulator
    addWithHistory(stage, 'development', 'development')
    orchestrator.planResources(home, [{ type: 'dns', host: '{env}.shop.example.com', hostAfterMs: 4_000 }])
    orchestrator.planDeletion(home, 20_000)
    orchestrator.planAll(home, { durationMs: 54_000 })
    github.addPull(home, { ...pull, sha, headRef: 'books' })

    await stage.run(deploy('opened', filesWith('imge'), { outcome: 'error', exit: 1 }))

    stage.tell('octocat corrects the key and pushes: the environment is created, with the new workload.')
    await stage.run(deploy('synchronize', filesWith('image'), { outcome: 'succeeded', exit: 0 }))

    stage.tell('A plan shows what merging it would change in development.')
    await stage.run({
      name: 'Plan',
      event: createEvent('synchronize'),
      inputs: { dry_run: 'true', ...at('development'), ...scoreInputs, pr_comment: 'true' },
      files: filesWith('image'),
      ends: { outcome: 'planned', exit: 0 },
    })

    stage.tell('octocat closes the pull request.')
    github.setPullState(home, pull.number, 'closed')
    await stage.run({
      name: 'Delete the preview',
      event: createEvent('closed'),
      inputs: { operation: 'delete', ...at(env), ...shown },
      ends: { outcome: 'deleted', exit: 0 },
    })
    if (orchestrator.inspectEnvironment(preview14)) throw new Error('The preview is still there.')
  },
}

const env: Given = { written: `pr-${writeExpression('github.event.number')}`, value: `pr-${pull.number}` }

const shown = { pr_comment: 'true', github_deployment: 'true' }

const scoreInputs: SceneStep['inputs'] = {
  score: 'score.yaml',
  images: {
    written: `ghcr.io/acme/recommender:${writeExpression('github.event.pull_request.head.sha')}`,
    value: `ghcr.io/acme/recommender:${sha}`,
  },
}

const createEvent = (action: PullRequestChange['action']) => createPullRequestEvent({ ...pull, action, sha })

const deploy = (
  action: PullRequestChange['action'],
  files: NonNullable<SceneStep['files']>,
  ends: SceneStep['ends'],
): SceneStep => ({
  name: 'Deploy the preview',
  event: createEvent(action),
  inputs: { ...at(env), create_from: 'development', ...scoreInputs, ...shown },
  files,
  ends,
})
