import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'

/** Where and as whom every simulated run deploys. */
export const place = 'acme/shop/shop-env'
export const sourcePlace = 'acme/shop/staging'
/** Where some pipelines go on to. */
export const furtherEnvironment = 'production'

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
  commitTitle: 'Show the price',
}
