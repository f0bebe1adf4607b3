import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createConnections } from '../../src/adapters/connect.ts'
import { usualGitHubToken, workflowUser } from '../../testing/simulator/github.ts'
import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'
import { request } from '../core/report-base.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator()
  simulator.github.addPull('acme/shop', { number: 12 })
})
afterEach(() => simulator.close())

const limits = { timeoutMs: 5_000 }

/** What the runner's variables say of GitHub, and where its two APIs were asked then. */
const askBoth = async (variables: Readonly<Record<string, string>>) => {
  const { connectGitHub } = createConnections(variables, { repository: 'acme/shop', runUrl: '' }, (text) => text)
  const github = await connectGitHub({ ...request, githubToken: usualGitHubToken })
  expect(await github.getOwnUserId(limits)).toBe(workflowUser.id)
  expect(await github.listComments(12, limits)).toEqual([])
  return simulator.github.record.map(({ request }) => request.path.split('?')[0])
}

describe('GitHub is asked at the addresses that the runner names', () => {
  it('as GitHub Enterprise Server has them', async () => {
    const { githubUrl } = simulator
    expect(
      await askBoth({ GITHUB_API_URL: `${githubUrl}/api/v3`, GITHUB_GRAPHQL_URL: `${githubUrl}/api/graphql` }),
    ).toEqual(['/api/graphql', '/api/v3/repos/acme/shop/issues/12/comments'])
  })

  it.each([undefined, ''])(
    'with GraphQL below the other one, where it has none of its own (%j)',
    async (graphqlUrl) => {
      const own = graphqlUrl === undefined ? {} : { GITHUB_GRAPHQL_URL: graphqlUrl }
      expect(await askBoth({ GITHUB_API_URL: simulator.githubUrl, ...own })).toEqual([
        '/graphql',
        '/repos/acme/shop/issues/12/comments',
      ])
    },
  )
})

it('without a token there is no way to GitHub', async () => {
  const { connectGitHub } = createConnections(
    { GITHUB_API_URL: simulator.githubUrl },
    { repository: 'acme/shop', runUrl: '' },
    (text) => text,
  )
  await expect(connectGitHub({ ...request, githubToken: '' })).rejects.toMatchObject({
    name: 'StepEndError',
    result: { outcome: 'error', reason: { kind: 'no_connection', why: { kind: 'no_github_token' } } },
  })
  expect(simulator.github.record).toEqual([])
})
