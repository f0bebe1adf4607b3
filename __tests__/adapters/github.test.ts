import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connectGitHub, type GitHubOptions } from '../../src/adapters/github.ts'
import { determineReach } from '../../src/core/network/proxy.ts'
import { RequestError } from '../../src/core/network/request-error.ts'
import { createRedactor } from '../../src/core/text/redact.ts'
import type { GitHub } from '../../src/ports.ts'
import { redirectTo, secondaryRateLimit, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualGitHubToken, workflowUser } from '../../testing/simulator/github.ts'
import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'

const repository = 'acme/shop'

const sha = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4'

const limits = { timeoutMs: 5_000 }

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator()
  simulator.github.addPull(repository, { number: 12, sha })
})

afterEach(() => simulator.close())

const connect = (options: Partial<GitHubOptions> = {}): GitHub =>
  connectGitHub({
    apiUrl: simulator.githubUrl,
    graphqlUrl: `${simulator.githubUrl}/graphql`,
    token: usualGitHubToken,
    repository,
    fetch,
    reach: determineReach(
      { address: simulator.githubUrl, setting: 'GITHUB_API_URL' },
      { kind: 'direct', client: 'builtin' },
      {},
    ),
    redact: createRedactor([]),
    now: Date.now,
    ...options,
  })

/** How a call failed, or `undefined` when it didn't. */
const getFailure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof RequestError ? error.details : error),
  )

describe('comments', () => {
  it('are written, read, changed and deleted', async () => {
    const github = connect()
    const created = await github.createComment(12, 'one', limits)
    expect(created).toEqual({ id: expect.any(Number), user: { id: workflowUser.id }, body: 'one' })
    await github.updateComment(created.id, 'two', limits)
    expect(await github.listComments(12, limits)).toEqual([{ ...created, body: 'two' }])
    await github.deleteComment(created.id, limits)
    expect(await github.listComments(12, limits)).toEqual([])
  })

  it('are read from all pages', async () => {
    for (let index = 0; index < 230; index++) simulator.github.addComment(repository, 12, { body: `${index}` })
    expect(await connect().listComments(12, limits)).toHaveLength(230)
    expect(simulator.github.record).toHaveLength(3)
  })

  it('go out without secrets', async () => {
    const github = connect({ redact: createRedactor(['a-secret-token-of-humanitec']) })
    expect(await github.createComment(12, 'It is a-secret-token-of-humanitec.', limits)).toMatchObject({
      body: 'It is ***.',
    })
  })

  it('keep their hidden first line, by which they are found again', async () => {
    const github = connect({ redact: createRedactor(['shop']) })
    const marker = '<!-- humanitec-deploy:acme/shop/production -->'
    const { id, body } = await github.createComment(12, `${marker}\n\nshop is being deployed`, limits)
    expect(body).toBe(`${marker}\n\n*** is being deployed`)
    await github.updateComment(id, `${marker}\n\nshop is deployed`, limits)
    expect(await github.listComments(12, limits)).toMatchObject([{ body: `${marker}\n\n*** is deployed` }])
  })
})

describe('pull requests', () => {
  it('are found by a commit: the newest open one', async () => {
    simulator.github.addPull(repository, { number: 13, sha })
    simulator.github.addPull(repository, { number: 14, sha, state: 'closed' })
    expect(await connect().findOpenPullRequest(sha, limits)).toBe(13)
  })

  it('are not found by a commit that none holds', async () => {
    expect(await connect().findOpenPullRequest('0'.repeat(40), limits)).toBeUndefined()
  })

  it('tell what is at their head, and where that comes from', async () => {
    simulator.github.addPull(repository, { number: 13, sha, headRepository: 'mallory/shop' })
    expect(await connect().getPullRequestHead(13, limits)).toEqual({ sha, repository: 'mallory/shop' })
    const gone = { head: { sha, repo: null } }
    simulator.github.addFault({ on: 'GET pull', do: { kind: 'answer', status: 200, body: gone } })
    expect(await connect().getPullRequestHead(13, limits)).toEqual({ sha, repository: '' })
  })

  it('tell their states, a hundred in one request, without those that are none', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index + 12)
    simulator.github.addPull(repository, { number: 13, state: 'closed' })
    simulator.github.addPull(repository, { number: 14, state: 'merged' })
    const states = await connect().listPullRequestStates(numbers, limits)
    expect(Object.fromEntries(states)).toEqual({ 12: 'OPEN', 13: 'CLOSED', 14: 'MERGED' })
    expect(simulator.github.record).toHaveLength(1)
  })
})

describe('GitHub Deployments', () => {
  const body = { ref: sha, environment: 'shop/pr-12', transient_environment: true, payload: { run: 'r/1/attempts/1' } }

  it('are made, told of, and listed newest first with their last state', async () => {
    const github = connect()
    const first = await github.createDeployment(body, limits)
    const second = await github.createDeployment(body, limits)
    await github.createDeployment({ ...body, environment: 'cart/pr-12' }, limits)
    const status = {
      state: 'success',
      description: 'Done',
      log_url: 'https://a.example',
      environment_url: 'https://b.example',
    } as const
    await github.createDeploymentStatus(second, status, limits)
    expect(await github.listDeployments('shop/pr-12', limits)).toEqual([
      { id: second, state: 'success', payload: '{"run":"r/1/attempts/1"}' },
      { id: first, state: '', payload: '{"run":"r/1/attempts/1"}' },
    ])
    expect(simulator.github.inspectGitHubDeployments(repository)[0]?.statuses).toEqual([])
  })

  it.each(['shop', 'deploy', 'state', 'query', 'success', 'attempts', 'nodes', 'databaseId', 'acme'])(
    'keep all but their description when a secret is %j',
    async (secret) => {
      const github = connect({ redact: createRedactor([secret]) })
      const id = await github.createDeployment(body, limits)
      const status = {
        state: 'success',
        description: `It is ${secret}.`,
        log_url: `https://a.example/${secret}`,
      } as const
      await github.createDeploymentStatus(id, status, limits)
      expect(await github.listDeployments('shop/pr-12', limits)).toEqual([
        { id, state: 'success', payload: '{"run":"r/1/attempts/1"}' },
      ])
      expect(simulator.github.inspectGitHubDeployments(repository)[0]?.statuses).toMatchObject([
        { description: 'It is ***.', logUrl: `https://a.example/${secret}` },
      ])
      expect([...(await github.listPullRequestStates([12], limits))]).toEqual([[12, 'OPEN']])
      expect(await github.getOwnUserId(limits)).toBe(workflowUser.id)
    },
  )

  it('are listed as far as the first page that is all inactive', async () => {
    simulator.github.addGitHubDeployments(repository, 'shop/pr-12', 1, 'in_progress')
    simulator.github.addGitHubDeployments(repository, 'shop/pr-12', 300, 'inactive')
    simulator.github.addGitHubDeployments(repository, 'shop/pr-12', 120, 'success')
    const listed = await connect().listDeployments('shop/pr-12', limits)
    expect(listed).toHaveLength(300)
    expect(listed.filter(({ state }) => state === 'success')).toHaveLength(120)
    expect(simulator.github.record.map(({ operation }) => operation)).toEqual([
      'GET deployments',
      'POST graphql',
      'GET deployments',
      'POST graphql',
      'GET deployments',
      'POST graphql',
    ])
  })

  it('that are none take one request', async () => {
    expect(await connect().listDeployments('shop/pr-12', limits)).toEqual([])
    expect(simulator.github.record).toHaveLength(1)
  })

  it('that are gone by the time their states are asked for are left out', async () => {
    const github = connect()
    const [first, , third] = [
      await github.createDeployment(body, limits),
      await github.createDeployment(body, limits),
      await github.createDeployment(body, limits),
    ]
    const latestStatus = { state: 'SUCCESS' }
    const answer = {
      data: { nodes: [{ latestStatus }, null, { latestStatus: null }] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 1], message: 'Could not resolve to a node' }],
    }
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, body: answer } })
    expect(await github.listDeployments('shop/pr-12', limits)).toMatchObject([
      { id: third, state: 'success' },
      { id: first, state: '' },
    ])
  })

  it('whose states are fewer than they are is an answer that does not fit', async () => {
    const github = connect()
    await github.createDeployment(body, limits)
    simulator.github.addFault({
      on: 'POST graphql',
      do: { kind: 'answer', status: 200, body: { data: { nodes: [] } } },
    })
    expect(await getFailure(github.listDeployments('shop/pr-12', limits))).toMatchObject({ kind: 'unreadable' })
  })
})

describe('the token', () => {
  it('says whose it is', async () => {
    expect(await connect().getOwnUserId(limits)).toBe(workflowUser.id)
  })

  it('does not follow a redirect', async () => {
    simulator.github.addFault({ on: 'GET comments', do: redirectTo(302, `${simulator.url}/orgs/acme`) })
    expect(await getFailure(connect().listComments(12, limits))).toMatchObject({ kind: 'answered', status: 302 })
    expect(simulator.orchestrator.record).toEqual([])
  })

  it('works at GitHub Enterprise Server’s addresses', async () => {
    const github = connect({
      apiUrl: `${simulator.githubUrl}/api/v3`,
      graphqlUrl: `${simulator.githubUrl}/api/graphql`,
    })
    expect(await github.getOwnUserId(limits)).toBe(workflowUser.id)
    expect(await github.listComments(12, limits)).toEqual([])
  })
})

describe('a failure', () => {
  it('tells status, text and the wish to wait', async () => {
    simulator.github.addFault({ on: 'GET comments', do: secondaryRateLimit(7) })
    expect(await getFailure(connect().listComments(12, limits))).toEqual({
      kind: 'answered',
      request: 'GET /repos/acme/shop/issues/12/comments',
      status: 403,
      detail: expect.stringContaining('secondary rate limit'),
      retryAfterMs: 7_000,
    })
  })

  it('tells when a used up limit is renewed', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000060' }
    simulator.github.addFault({ on: 'GET comments', do: { kind: 'answer', status: 403, headers, body: {} } })
    const github = connect({ now: () => 1_700_000_000_000 })
    expect(await getFailure(github.listComments(12, limits))).toMatchObject({ status: 403, retryAfterMs: 60_000 })
  })

  it('with requests left is a refusal, whenever they are renewed', async () => {
    const headers = { 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': '1700000060' }
    simulator.github.addFault({ on: 'GET comments', do: { kind: 'answer', status: 403, headers, body: {} } })
    const github = connect({ now: () => 1_700_000_000_000 })
    expect(await getFailure(github.listComments(12, limits))).toEqual({
      kind: 'answered',
      request: 'GET /repos/acme/shop/issues/12/comments',
      status: 403,
      detail: '',
    })
  })

  it.each([
    ['FORBIDDEN', 403],
    ['RATE_LIMITED', 429],
    ['NOT_FOUND', 404],
  ])('of GraphQL, which says 200, is one: %s', async (type, status) => {
    const body = { data: { repository: null }, errors: [{ type, message: 'No.' }] }
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, body } })
    const failure = await getFailure(connect().listPullRequestStates([12], limits))
    expect(failure).toMatchObject({ kind: 'answered', status, detail: 'No.' })
  })

  it('of GraphQL by a used up limit tells when it is renewed', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000754' }
    const body = { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, headers, body } })
    const github = connect({ now: () => 1_700_000_000_000 })
    expect(await getFailure(github.getOwnUserId(limits))).toMatchObject({ status: 429, retryAfterMs: 754_000 })
  })

  it.each([
    ['a message alone', { message: 'You have exceeded a secondary rate limit.' }],
    ['an error without a type', { errors: [{ message: 'You have exceeded a secondary rate limit.' }] }],
  ])('of GraphQL by a secondary limit is one, though it is %s', async (_, body) => {
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, body } })
    const failure = await getFailure(connect().getOwnUserId(limits))
    expect(failure).toMatchObject({ kind: 'answered', status: 429, retryAfterMs: 60_000 })
  })

  it('of GraphQL without a type is a refusal for good, in its own words', async () => {
    const body = { errors: [{ message: 'Field ‘x’ doesn’t exist' }] }
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, body } })
    const failure = await getFailure(connect().getOwnUserId(limits))
    expect(failure).toEqual({
      kind: 'answered',
      request: 'POST /graphql',
      status: 200,
      detail: 'Field ‘x’ doesn’t exist',
    })
  })

  it('of GraphQL by something that went wrong there passes', async () => {
    const body = {
      data: null,
      errors: [{ message: 'Something went wrong while executing your query. This may be the result of a timeout.' }],
    }
    simulator.github.addFault({ on: 'POST graphql', do: { kind: 'answer', status: 200, body } })
    expect(await getFailure(connect().getOwnUserId(limits))).toMatchObject({ kind: 'answered', status: 502 })
  })

  it.each<[string, Parameters<Simulator['github']['addFault']>[0]['do'], string]>([
    ['a page for people', { kind: 'text', text: '<html>' }, 'unreadable'],
    ['half an answer', { kind: 'truncate' }, 'unreadable'],
    ['another answer', { kind: 'answer', status: 200, body: { ok: true } }, 'unreadable'],
    ['a cut connection', { kind: 'cut' }, 'lost'],
    ['a cut within the body', { kind: 'cut', at: 'body' }, 'unreadable'],
    ['too many requests', tooManyRequests(), 'answered'],
  ])('by %s is told', async (_, action, kind) => {
    simulator.github.addComment(repository, 12, { body: 'x'.repeat(20_000) })
    simulator.github.addFault({ on: 'GET comments', do: action })
    expect(await getFailure(connect().listComments(12, limits))).toMatchObject({ kind })
  })

  it.each(['headers', 'body'] as const)('comes at the limit of time, when the %s don’t', async (at) => {
    simulator.github.addComment(repository, 12, { body: 'x'.repeat(20_000) })
    simulator.github.addFault({ on: 'GET comments', do: { kind: 'stall', at } })
    expect(await getFailure(connect().listComments(12, { timeoutMs: 50 }))).toMatchObject({
      kind: 'lost',
      code: 'TIMEOUT',
    })
  })

  it('is the signal’s reason after a signal', async () => {
    const cancel = new AbortController()
    const reason = new Error('cancelled')
    simulator.github.addFault({ on: 'GET comments', do: { kind: 'stall', at: 'headers' } })
    const call = getFailure(connect().listComments(12, { timeoutMs: 5_000, signal: cancel.signal }))
    cancel.abort(reason)
    expect(await call).toBe(reason)
    expect(await getFailure(connect().listComments(12, { timeoutMs: 5_000, signal: cancel.signal }))).toBe(reason)
  })

  it('is told when nobody listens', async () => {
    await simulator.origins.github.pause()
    expect(await getFailure(connect().getOwnUserId(limits))).toMatchObject({ kind: 'not_sent', code: 'ECONNREFUSED' })
  })
})
