import { expect, it } from '@jest/globals'
import { createPullRequestEvent, createPushEvent } from '../../testing/simulator/runner/events.ts'
import { listKinds, runInShop } from './shop.ts'

it.concurrent('tells wrong inputs together, and asks nothing', async () => {
  const { run, operations, simulator } = await runInShop({
    inputs: {
      org: 'Acme!',
      env: '',
      timeout: '30 minutes',
      mode: 'quick',
      pr_comment: 'yes',
      github_deployment: 'true',
    },
  })
  const errors = run.log.filter(({ kind }) => kind === 'error')
  expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error', deployment_id: '' } })
  expect(errors).toHaveLength(1)
  for (const input of ['org', 'env', 'timeout', 'mode', 'pr_comment']) {
    expect(errors[0]?.text).toMatch(new RegExp(`^ *${input}: `, 'm'))
    expect(run.summary).toContain(`\`${input}\``)
  }
  expect(operations).toEqual([])
  expect(simulator.github.record).toEqual([])
})

it.concurrent.each(['', '  ', '\n'])('deploys nothing for a delta_id that came out empty: %j', async (delta_id) => {
  const { run, operations } = await runInShop({ inputs: { delta_id } })
  expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
  expect(operations).toEqual([])
})

it.concurrent('takes the token from the variable when the input is empty', async () => {
  const token = 'another-service-users-token'
  const { run, record } = await runInShop({
    inputs: { token: '', wait: 'false' },
    variables: { HUMANITEC_TOKEN: token },
  })
  expect(run.commands.map(({ data }) => data)).toContain(token)
  expect(record.map(({ request }) => request.token)).toEqual([token])
  expect(run.outputs).toMatchObject({ outcome: 'error' })
})

it.concurrent('is skipped, with one notice, where there are no secrets', async () => {
  const event = createPullRequestEvent({ action: 'opened', actor: 'dependabot[bot]' })
  const { run, operations } = await runInShop({ event, inputs: { token: '' } })
  expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'skipped' } })
  expect(listKinds(run.log)).toEqual(['notice'])
  expect(operations).toEqual([])
})

it.concurrent('is red where Dependabot’s merge reaches main without secrets: nothing was deployed', async () => {
  const event = createPushEvent({ actor: 'dependabot[bot]' })
  const { run, operations } = await runInShop({ event, inputs: { token: '' } })
  expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
  expect(listKinds(run.log)).toEqual(['error'])
  expect(operations).toEqual([])
})
