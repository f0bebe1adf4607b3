import { describe, expect, it } from '@jest/globals'
import { secondaryRateLimit } from '../../testing/simulator/faults.ts'
import { createGitHub, type GitHub, usualGitHubToken, workflowUser } from '../../testing/simulator/github.ts'
import { fieldsOf, listOf, startMs } from './shop.ts'

const repository = 'acme/shop'
const comments = '/repos/acme/shop/issues/12/comments'
const sha = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4'

const tokens = {
  [usualGitHubToken]: { user: workflowUser, permissions: { pull_requests: 'write', deployments: 'write' } },
  reader: { user: workflowUser, permissions: { pull_requests: 'read', deployments: 'read' } },
  nothing: { user: workflowUser, permissions: {} },
  person: { user: { login: 'octocat', id: 583_231, type: 'User' }, permissions: { issues: 'write' } },
} as const

const createRepository = () => {
  const github = createGitHub({ now: () => startMs, tokens })
  github.addPull(repository, { number: 12, sha, title: 'Add a basket' })
  return { github, ask: createAsk(github) }
}

const createAsk =
  (github: GitHub) =>
  (operation: string, body?: unknown, token: string = usualGitHubToken) => {
    const [method = '', target = ''] = operation.split(' ')
    const [path = '', search = ''] = target.split('?')
    const query = Object.fromEntries(new URLSearchParams(search))
    return github.handle({ method, path, query, token, ...(body !== undefined && { body }) })
  }

describe('comments', () => {
  it('are written, changed, listed oldest first, and deleted', () => {
    const { ask, github } = createRepository()
    github.addComment(repository, 12, { body: 'Looks good' })
    const made = ask(`POST ${comments}`, { body: 'deploying' })
    expect(made).toMatchObject({ status: 201, body: { body: 'deploying', user: { id: workflowUser.id } } })
    const one = `/repos/acme/shop/issues/comments/${made.acceptedId}`
    expect(ask(`PATCH ${one}`, { body: 'ready' })).toMatchObject({ status: 200, body: { body: 'ready' } })
    expect(listOf(ask(`GET ${comments}`)).map(({ body }) => body)).toEqual(['Looks good', 'ready'])
    expect(ask(`DELETE ${one}`)).toEqual({ status: 204 })
    expect([ask(`GET ${one}`).status, ask(`DELETE ${one}`).status, ask(`PATCH ${one}`).status]).toEqual([404, 404, 404])
    expect(github.inspectComments(repository, 12)).toMatchObject([{ body: 'Looks good' }])
  })

  it('come in pages of 30, or of what was asked for, 100 at most', () => {
    const { ask, github } = createRepository()
    for (let count = 0; count < 150; count++) github.addComment(repository, 12, { body: String(count) })
    const lengths = ['', '?per_page=50', '?per_page=500', '?per_page=100&page=2', '?page=9'].map(
      (query) => listOf(ask(`GET ${comments}${query}`)).length,
    )
    expect(lengths).toEqual([30, 50, 100, 50, 0])
  })

  it('have a link to the next page, by the id of the repository, which can be followed', () => {
    const { ask, github } = createRepository()
    for (let count = 0; count < 150; count++) github.addComment(repository, 12, { body: String(count) })
    const { headers } = ask(`GET ${comments}?per_page=100`)
    const next = /<https?:\/\/[^/]+(\/repositories\/\d+\/issues\/12\/comments\?per_page=100&page=2)>; rel="next"/
    expect(headers?.['link']).toMatch(next)
    const followed = ask(`GET ${next.exec(headers?.['link'] ?? '')?.[1]}`)
    expect(listOf(followed).map(({ body }) => body)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(index + 100)),
    )
    expect(followed.headers?.['link']).not.toContain('rel="next"')
  })

  it.each([
    ['without a text', { body: '' }, 422],
    ['of more than 65,536 characters', { body: 'x'.repeat(65_537) }, 422],
    ['of 65,536 characters', { body: 'x'.repeat(65_536) }, 201],
  ])('%s are answered', (_, body, status) => {
    expect(createRepository().ask(`POST ${comments}`, body).status).toBe(status)
  })

  it('of an issue that is not there are not found', () => {
    const { ask } = createRepository()
    expect(ask('POST /repos/acme/shop/issues/13/comments', { body: 'x' }).status).toBe(404)
    expect(ask('GET /repos/acme/shop/issues/13/comments').status).toBe(404)
    expect(ask('GET /repos/acme/other/issues/12/comments').status).toBe(404)
  })
})

describe('a token', () => {
  it.each([
    ['', 401, 401],
    ['wrong', 401, 401],
    ['nothing', 403, 403],
    ['reader', 200, 403],
    [usualGitHubToken, 200, 201],
    ['person', 200, 201],
  ])('%p is answered %d for a read, %d for a comment', (token, read, write) => {
    const { ask } = createRepository()
    expect(ask(`GET ${comments}`, undefined, token).status).toBe(read)
    expect(ask(`POST ${comments}`, { body: 'x' }, token).status).toBe(write)
  })

  it('without the permission is told what GitHub tells', () => {
    const { ask } = createRepository()
    expect(ask('POST /repos/acme/shop/deployments', { ref: sha }, 'person').body).toMatchObject({
      message: 'Resource not accessible by integration',
    })
  })

  it('may read what is public without a permission', () => {
    const { ask, github } = createRepository()
    github.addRepository('acme/open', { isPublic: true })
    github.addPull('acme/open', { number: 1 })
    expect(ask('GET /repos/acme/open/pulls/1', undefined, 'nothing').status).toBe(200)
    expect(ask('POST /repos/acme/open/issues/1/comments', { body: 'x' }, 'nothing').status).toBe(403)
  })

  it('of a workflow is told who it is by GraphQL only', () => {
    const { ask } = createRepository()
    expect(ask('GET /user').status).toBe(403)
    expect(ask('GET /user', undefined, 'person').body).toMatchObject({ login: 'octocat' })
    expect(ask('POST /graphql', { query: '{ viewer { databaseId login } }' }).body).toEqual({
      data: { viewer: { databaseId: 41_898_282, login: 'github-actions[bot]' } },
    })
  })
})

describe('GraphQL', () => {
  const query = (github: GitHub, text: string, token = usualGitHubToken, variables: object = {}) =>
    createAsk(github)('POST /graphql', { query: text, variables }, token)

  it('tells the states of a hundred pull requests in one request', () => {
    const { github } = createRepository()
    for (let number = 1; number <= 100; number++) github.addPull(repository, { number })
    github.setPullState(repository, 7, 'closed')
    github.setPullState(repository, 8, 'merged')
    const fields = Array.from(
      { length: 100 },
      (_, index) => `p${index + 1}: pullRequest(number: ${index + 1}) { state }`,
    )
    const text = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join('\n')} } }`
    const answer = query(github, text, usualGitHubToken, { owner: 'acme', name: 'shop' })
    const { data } = answer.body as { data: { repository: Readonly<Record<string, { state: string }>> } }
    expect(Object.keys(data.repository)).toHaveLength(100)
    expect([6, 7, 8].map((number) => data.repository[`p${number}`]?.state)).toEqual(['OPEN', 'CLOSED', 'MERGED'])
  })

  it('answers null for a number that is not there, and errors beside the rest', () => {
    const { github } = createRepository()
    const text =
      '{ repository(owner: "acme", name: "shop") { p12: pullRequest(number: 12) { state title } p13: pullRequest(number: 13) { state } } }'
    expect(query(github, text)).toMatchObject({
      status: 200,
      body: {
        data: { repository: { p12: { state: 'OPEN', title: 'Add a basket' }, p13: null } },
        errors: [{ type: 'NOT_FOUND', path: ['repository', 'p13'] }],
      },
    })
  })

  it.each([
    ['a repository that is not there', '{ repository(owner: "acme", name: "no") { nameWithOwner } }', 'NOT_FOUND'],
    ['no permission', '{ repository(owner: "acme", name: "shop") { pullRequest(number: 12) { state } } }', 'FORBIDDEN'],
  ])('has errors for %s', (_, text, type) => {
    expect(query(createRepository().github, text, 'nothing').body).toMatchObject({ errors: [{ type }] })
  })

  const deployments = (first: number, fields: string) =>
    `{ repository(owner: "acme", name: "shop") { deployments(first: ${first}) { nodes { ${fields} } } } }`

  it('tells what was asked for, and nothing else', () => {
    const { github } = createRepository()
    github.addGitHubDeployments(repository, 'shop/pr-12', 2, 'inactive')
    const node = { environment: 'shop/pr-12', latestStatus: { state: 'INACTIVE' } }
    expect(query(github, deployments(100, 'environment latestStatus { state }')).body).toEqual({
      data: { repository: { deployments: { nodes: [node, node] } } },
    })
  })

  it('hands out a hundred at most', () => {
    const { github } = createRepository()
    expect(query(github, deployments(500, 'environment')).body).toMatchObject({
      data: { repository: { deployments: null } },
      errors: [{ type: 'EXCESSIVE_PAGINATION', message: expect.stringContaining('100') }],
    })
  })

  it('tells nodes by their ids, in the order asked for, null for what is not there', () => {
    const { ask, github } = createRepository()
    github.addGitHubDeployments(repository, 'shop/pr-12', 2, 'inactive')
    const ids = listOf(ask('GET /repos/acme/shop/deployments')).map(({ node_id }) => node_id)
    const text = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Deployment { id } ... on Issue { title } } }'
    expect(query(github, text, usualGitHubToken, { ids: [ids[1], 'DE_7', ids[0]] }).body).toMatchObject({
      data: { nodes: [{ id: ids[1] }, null, { id: ids[0] }] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 1] }],
    })
    const many = Array.from({ length: 101 }, () => 'DE_7')
    expect(query(github, text, usualGitHubToken, { ids: many }).body).toMatchObject({ data: { nodes: null } })
  })

  it.each([
    ['null', undefined],
    ['error', [{ message: expect.stringContaining('out of bounds'), path: expect.arrayContaining(['databaseId']) }]],
  ] as const)('has no number for what is beyond 32 bits: %s', (outgrown, errors) => {
    const github = createGitHub({ now: () => startMs, tokens, outgrown })
    github.addRepository(repository)
    github.addGitHubDeployments(repository, 'shop/pr-12', 1, 'success')
    const { body } = query(github, deployments(1, 'databaseId'))
    expect(body).toEqual({
      data: { repository: { deployments: { nodes: [{ databaseId: null }] } } },
      ...(errors && { errors }),
    })
  })

  it.each([
    ['{ viewer }'],
    ['{ viewer { shoeSize } }'],
    ['{ viewer { login }'],
    ['mutation { x }'],
    ['query'],
    ['{ viewer { 7 } }'],
  ])('has nothing but errors for %s', (text) => {
    const { body } = query(createRepository().github, text)
    expect(body).toEqual({ errors: [{ message: expect.any(String) }] })
  })
})

describe('pull requests', () => {
  it('are found by number, and by each of their commits', () => {
    const { ask, github } = createRepository()
    const next = '0'.repeat(40)
    github.pushToPull(repository, 12, next)
    github.addPull(repository, { number: 13, sha, state: 'closed' })
    const numbers = (commit: string) =>
      listOf(ask(`GET /repos/acme/shop/commits/${commit}/pulls`)).map(({ number }) => number)
    expect([numbers(sha), numbers(next), numbers('1'.repeat(40))]).toEqual([[13, 12], [12], []])
    expect(ask('GET /repos/acme/shop/pulls/12').body).toMatchObject({ state: 'open', head: { sha: next } })
    expect(ask('GET /repos/acme/shop/pulls/99').status).toBe(404)
    expect(ask('GET /repos/acme/shop/commits/main/pulls').status).toBe(422)
  })

  it('are closed and reopened', () => {
    const { ask, github } = createRepository()
    const state = () => fieldsOf(ask('GET /repos/acme/shop/pulls/12'))['state']
    github.setPullState(repository, 12, 'merged')
    expect([state(), fieldsOf(ask('GET /repos/acme/shop/pulls/12'))['merged']]).toEqual(['closed', true])
    github.setPullState(repository, 12, 'open')
    expect(state()).toBe('open')
  })
})

describe('Deployments', () => {
  const deployments = '/repos/acme/shop/deployments'
  const wanted = { ref: sha, environment: 'shop/pr-12', auto_merge: false, required_contexts: [] }

  it('are created, given statuses and listed newest first, by environment', () => {
    const { ask, github } = createRepository()
    const ids = ['shop/pr-12', 'shop/pr-13', 'shop/pr-12'].map(
      (environment) => ask(`POST ${deployments}`, { ...wanted, environment, transient_environment: true }).acceptedId,
    )
    const listed = listOf(ask(`GET ${deployments}?environment=shop%2Fpr-12`))
    expect(listed.map(({ id }) => String(id))).toEqual([ids[2], ids[0]])
    expect(listed[0]).toMatchObject({ environment: 'shop/pr-12', sha, transient_environment: true })
    for (const state of ['in_progress', 'success']) {
      const status = ask(`POST ${deployments}/${ids[0]}/statuses`, {
        state,
        environment_url: 'https://pr-12.example.com',
      })
      expect(status).toMatchObject({ status: 201, body: { state, environment_url: 'https://pr-12.example.com' } })
    }
    expect(listOf(ask(`GET ${deployments}/${ids[0]}/statuses`)).map(({ state }) => state)).toEqual([
      'success',
      'in_progress',
    ])
    expect(github.inspectGitHubDeployments(repository)).toHaveLength(3)
  })

  it.each([
    ['merged into instead, without auto_merge: false', { auto_merge: undefined }, 202],
    ['refused without required_contexts: []', { required_contexts: undefined }, 409],
    ['refused without a ref', { ref: undefined }, 422],
  ])('are %s', (_, difference, status) => {
    const { ask, github } = createRepository()
    expect(ask(`POST ${deployments}`, { ...wanted, ...difference }).status).toBe(status)
    expect(github.inspectGitHubDeployments(repository)).toEqual([])
  })

  it.each([
    ['lasting ones', {}, {}, 'inactive'],
    ['transient ones', { transient_environment: true }, {}, 'success'],
    ['production', { production_environment: true }, {}, 'success'],
    ['with auto_inactive: false', {}, { auto_inactive: false }, 'success'],
  ])('are made inactive by a newer success: %s', (_, difference, status, word) => {
    const { ask, github } = createRepository()
    for (const more of [{}, status]) {
      const id = ask(`POST ${deployments}`, { ...wanted, ...difference }).acceptedId
      ask(`POST ${deployments}/${id}/statuses`, { state: 'success', ...more })
    }
    const states = github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.at(-1)?.state)
    expect(states).toEqual([word, 'success'])
  })

  it.each([
    ['an unknown state', { state: 'done' }],
    ['a description of more than 140 characters', { state: 'success', description: 'x'.repeat(141) }],
  ])('refuse %s', (_, body) => {
    const { ask } = createRepository()
    const id = ask(`POST ${deployments}`, wanted).acceptedId
    expect(ask(`POST ${deployments}/${id}/statuses`, body).status).toBe(422)
  })
})

it('is found where GitHub Enterprise Server has it, too', () => {
  const { ask } = createRepository()
  expect(ask('GET /api/v3/repos/acme/shop/pulls/12').status).toBe(200)
  expect(ask('POST /api/graphql', { query: '{ viewer { login } }' }).body).toHaveProperty('data')
})

it('can be asked too much', () => {
  const { github } = createRepository()
  github.addFault({ on: 'POST comments', do: secondaryRateLimit(3) })
  const request = { method: 'POST', path: comments, token: usualGitHubToken, body: { body: 'x' } }
  expect(github.exchange(request).answer).toMatchObject({ status: 403, headers: { 'retry-after': '3' } })
  expect(github.exchange(request).answer?.status).toBe(201)
  expect(github.record.map(({ operation, status }) => [operation, status])).toEqual([
    ['POST comments', 403],
    ['POST comments', 201],
  ])
})
