import type { WorkflowContext } from '../src/core/run/workflow-context.ts'

/** The example application's Delta, which whatever runs the action without images deploys. */
export const delta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'

/** A push to its main branch. */
export const workflow: WorkflowContext = {
  eventName: 'push',
  repository: 'acme/shop',
  runUrl: 'https://github.com/acme/shop/actions/runs/7001',
  attempt: 1,
  job: 'deploy',
  step: '__humanitec',
  actor: 'octocat',
  sha: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4',
  ref: 'main',
  commitTitle: 'Merge pull request #12',
}
