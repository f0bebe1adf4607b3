import { expect, it } from '@jest/globals'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createPullRequestEvent, createWorkflowRunEvent } from '../../testing/simulator/runner/events.ts'
import { runInShop } from './shop.ts'

const repository = 'acme/shop'

it.concurrent('a preview is made, shown, and told on GitHub; each host sees its own token alone', async () => {
  const inputs = { env: 'pr-12', create_from: 'staging', pr_comment: 'true', github_deployment: 'true' }
  const event = createPullRequestEvent({ action: 'opened', number: 12 })
  const { run, simulator } = await runInShop(
    { event, inputs: { ...inputs, github_token: usualGitHubToken } },
    (shop) => {
      shop.simulator.github.addPull(repository, { number: 12 })
      shop.simulator.orchestrator.planResources('acme/shop', [{ type: 'dns', host: '{env}.example.com' }])
      return undefined
    },
  )
  expect(run).toMatchObject({
    exit: 0,
    outputs: { environment_created: 'true', environment_url: 'https://pr-12.example.com' },
  })
  expect(run.log.map(({ kind }) => kind)).not.toContain('warning')
  expect(simulator.github.inspectComments(repository, 12)).toMatchObject([
    { body: expect.stringContaining('https://pr-12.example.com') },
  ])
  expect(simulator.github.inspectGitHubDeployments(repository)).toMatchObject([
    { environment: 'shop/pr-12', isTransient: true, statuses: [{ state: 'in_progress' }, { state: 'success' }] },
  ])
  const tokensOf = (record: readonly { readonly request: { readonly headers?: Readonly<Record<string, string>> } }[]) =>
    new Set(record.map(({ request }) => request.headers?.['authorization']))
  expect(tokensOf(simulator.orchestrator.record)).toEqual(new Set([`Bearer ${usualToken}`]))
  expect(tokensOf(simulator.github.record)).toEqual(new Set([`token ${usualGitHubToken}`]))
})

it.concurrent('the pull request of another workflow’s run is checked with the workflow’s own token, without a comment', async () => {
  const sha = '0d'.repeat(20)
  const event = createWorkflowRunEvent({ sha, headRepository: repository })
  const inputs = { env: 'pr-12', create_from: 'staging', pull_request: '12', github_token: usualGitHubToken }
  const { run } = await runInShop({ event, inputs }, (shop) => {
    shop.simulator.github.addPull(repository, { number: 12, sha })
    return undefined
  })
  expect(run).toMatchObject({ exit: 0, outputs: { environment_created: 'true', outcome: 'succeeded' } })
})
