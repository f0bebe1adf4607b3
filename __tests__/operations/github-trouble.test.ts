import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction } from '../../testing/simulator/faults.ts'
import { workflowUser } from '../../testing/simulator/github.ts'
import { createWorld, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

const createShown = ({ inputs, ...rest }: WorldOptions = {}) => {
  const world = createWorld({
    inputs: { pr_comment: 'true', github_deployment: 'true', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest },
    ...rest,
  })
  world.github.addPull(repository, { number: 12 })
  return {
    ...world,
    bodies: () => world.github.inspectComments(repository, 12).map(({ body }) => body),
    states: () =>
      world.github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.map(({ state }) => state)),
    countAsked: (operation: string) => world.github.record.filter((entry) => entry.operation === operation).length,
  }
}

describe('GitHub down only at the beginning', () => {
  it.each<[string, FaultAction]>([
    ['out of reach', { kind: 'cut' }],
    ['silent', { kind: 'stall', at: 'headers' }],
    ['behind a gateway that is down', badGateway(503)],
  ])('(%s) is told of the end', async (_, action) => {
    const world = createShown()
    world.github.addFault({ on: '*', times: Infinity, do: action })
    const back = world.clock.sleep(60_000).then(world.github.clearFaults)
    expect(await world.run()).toBe('succeeded')
    await back
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
    expect(world.states()).toEqual([['success']])
    expect(world.annotations).toEqual([])
    expect(world.state['open']).toBe('')
  })

  it('is told of a deletion', async () => {
    const world = createShown({ inputs: { operation: 'delete', env: 'pr-12', delta_id: '' } })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12', deletionMs: 60_000 })
    const body = '<!-- humanitec-deploy:acme/shop/pr-12 -->\nready'
    world.github.addComment(repository, 12, { body, user: workflowUser })
    world.github.addFault({ on: '*', times: 3, do: badGateway() })
    expect(await world.run()).toBe('deleted')
    expect(world.bodies()).toEqual([expect.stringContaining('was deleted')])
    expect(world.annotations).toEqual([])
  })
})

describe('a page that somebody else answers with, under a 200', () => {
  const page = {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'text/html' },
    text: '<html>Hi</html>',
  } as const
  const older = (text: string) => ({
    body: `<!-- humanitec-deploy:acme/shop/production -->\n${text}`,
    user: workflowUser,
  })

  it('is no comment brought up to date', async () => {
    const world = createShown({ inputs: { github_deployment: '' } })
    world.github.addFault({ on: 'PATCH comment', do: page })
    expect(await world.run()).toBe('succeeded')
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
  })

  it('is no surplus comment deleted', async () => {
    const world = createShown({ inputs: { github_deployment: '' } })
    for (const text of ['older', 'younger']) world.github.addComment(repository, 12, older(text))
    world.github.addFault({ on: 'DELETE comment', do: page })
    expect(await world.run()).toBe('succeeded')
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
  })

  it('is no status of a GitHub Deployment', async () => {
    const world = createShown({ inputs: { pr_comment: '' } })
    world.github.addFault({ on: 'POST statuses', after: 1, do: page })
    expect(await world.run()).toBe('succeeded')
    expect(world.states()).toEqual([['in_progress', 'success']])
  })
})

describe('GitHub’s 403', () => {
  const refuse = (headers: Readonly<Record<string, string>>, message = 'Resource not accessible by integration') =>
    ({ kind: 'answer', status: 403, headers, body: { message } }) as const

  it.each(['59', '1', '4999'])('with %s requests left is a missing permission, asked for once', async (left) => {
    const world = createShown()
    const headers = { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': '1795453200', 'x-ratelimit-limit': '5000' }
    world.github.addFault({ on: 'POST comments', times: Infinity, do: refuse(headers) })
    world.github.addFault({ on: 'POST deployments', times: Infinity, do: refuse(headers) })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations.map(({ message }) => message).toSorted()).toEqual([
      expect.stringMatching(
        /^The GitHub Deployment could not be created or updated\. .*permissions: deployments: write/,
      ),
      expect.stringMatching(/^The comment .*permissions: pull-requests: write/),
    ])
    expect([world.countAsked('POST comments'), world.countAsked('POST deployments')]).toEqual([1, 1])
  })

  it.each(['Must have admin rights to Repository.', 'Resource not accessible by personal access token', ''])(
    'with 59 requests left and in other words is asked for once, too: “%s”',
    async (message) => {
      const world = createShown({ inputs: { github_deployment: '' } })
      const renewedMs = world.clock.now() + 9_000
      const headers = { 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': String(renewedMs / 1000) }
      world.github.addFault({ on: 'POST comments', times: Infinity, do: refuse(headers, message) })
      expect(await world.run()).toBe('succeeded')
      expect(world.countAsked('POST comments')).toBe(1)
      expect(world.annotations).toEqual([{ level: 'warning', message: expect.stringContaining('(403)') }])
      expect(world.annotations[0]?.message).not.toContain('limit')
    },
  )

  it('with none left passes when the limit is renewed', async () => {
    const world = createShown({ inputs: { github_deployment: '' } })
    const renewedMs = world.clock.now() + 9_000
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(renewedMs / 1000) }
    world.github.addFault({ on: 'POST comments', do: refuse(headers, 'API rate limit exceeded') })
    expect(await world.run()).toBe('succeeded')
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
    expect(world.annotations).toEqual([])
    const tries = world.github.record.filter(({ operation }) => operation === 'POST comments')
    expect(tries).toHaveLength(2)
    expect(tries[1]?.atMs).toBeGreaterThanOrEqual(renewedMs)
  })
})

it('what GitHub refuses for good at the beginning is not asked for again at the end', async () => {
  const world = createShown()
  world.github.addFault({ on: 'GET comments', do: { kind: 'answer', status: 422, body: { message: 'No.' } } })
  expect(await world.run()).toBe('succeeded')
  expect(world.countAsked('GET comments')).toBe(1)
  expect(world.bodies()).toEqual([])
  expect(world.states()).toEqual([['in_progress', 'success']])
  expect(world.annotations).toEqual([{ level: 'warning', message: expect.stringContaining('(422)') }])
})
