import { describe, expect, it } from '@jest/globals'
import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, execute, parse, validate } from 'graphql'
import { createGitHub, type GitHubTransport } from '../../src/adapters/github.ts'
import { fieldsOf, textOf } from '../../src/core/text/json.ts'
import type { GitHub } from '../../src/ports.ts'

/** GitHub's public schema. */
const schema = buildSchema(published.idl, { assumeValid: true })

type Document = { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }

/** What a call sends to GraphQL; whatever the answer is. */
const record = async (call: (github: GitHub) => Promise<unknown>): Promise<readonly Document[]> => {
  const sent: Document[] = []
  const deployment = { id: 3_200_000_001, node_id: 'DE_kwDOAAAAAc6-vCAB', payload: {} }
  const transport: GitHubTransport = async ({ path, json }) => {
    if (path !== 'graphql') return { status: 200, body: [deployment], headers: {} }
    const { query, variables } = fieldsOf(json)
    sent.push({ query: textOf(query), variables: fieldsOf(variables) })
    return { status: 200, body: {}, headers: {} }
  }
  await call(createGitHub(transport, { repository: 'acme/shop', now: () => 0, redact: (text) => text })).catch(
    () => undefined,
  )
  return sent
}

const limits = { timeoutMs: 5_000 }
const calls: readonly (readonly [string, (github: GitHub) => Promise<unknown>])[] = [
  ['the token’s user', (github) => github.getOwnUserId(limits)],
  ['the states of pull requests', (github) => github.listPullRequestStates([1, 12, 2 ** 31 - 1], limits)],
  ['the states of GitHub Deployments', (github) => github.listDeployments('shop/pr-12', limits)],
]

describe('a query for', () => {
  it.each(calls)('%s is allowed by GitHub’s public schema', async (_, call) => {
    const sent = await record(call)
    expect(sent).toHaveLength(1)
    for (const { query } of sent) expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([])
  })

  it.each(calls)('%s comes with the variables that it declares, of their types', async (_, call) => {
    for (const { query, variables } of await record(call)) {
      const rootValue = { viewer: null, repository: null, nodes: [] }
      const { errors = [] } = await execute({ schema, document: parse(query), variableValues: variables, rootValue })
      expect(errors.filter(({ message }) => /Variable/.test(message))).toEqual([])
    }
  })
})

it('the schema refuses what it does not know', () => {
  const messages = (query: string) => validate(schema, parse(query)).map(({ message }) => message)
  expect(messages('{ viewer { shoeSize } }')).toEqual([expect.stringContaining('shoeSize')])
  expect(messages('query($ids: [ID!]!) { nodes(ids: $ids) { latestStatus { state } } }')).toHaveLength(1)
})
