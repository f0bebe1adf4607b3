import { RequestError } from '../core/network/request-error.ts'
import { findGraphqlFailure } from '../core/report/github-problems.ts'
import { toDeploymentStates, toPullRequestStates, toViewerId } from '../core/responses/github.ts'
import { fieldsOf } from '../core/text/json.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { AskGitHub, GitHubCall } from './github-rest.ts'
import { formatCall } from './http.ts'

type Graphql = Pick<GitHub, 'getOwnUserId' | 'listPullRequestStates'> & {
  /** For each id, 100 at most: the state of its newest status, `''` before the first; `undefined` where it is gone. */
  readonly listDeploymentStates: (
    nodeIds: readonly string[],
    limits: Limits,
  ) => Promise<readonly (string | undefined)[]>
}

/** What the REST API doesn't tell a workflow's token, or not at once (GitHub's documentation, "GraphQL API"), for the repository `owner/name`. */
export const createGraphql = (ask: AskGitHub, owner: string, name: string, now: () => number): Graphql => {
  const query = createQuery(ask, now)
  return {
    getOwnUserId: (limits) => query({ query: viewerQuery, variables: {} }, limits, toViewerId),
    listPullRequestStates: (numbers, limits) => {
      const json = { query: formatStatesQuery(numbers), variables: { owner, name } }
      return query(json, limits, (data) => toPullRequestStates(data, numbers))
    },
    listDeploymentStates: (ids, limits) =>
      query({ query: deploymentStatesQuery, variables: { ids } }, limits, (data) =>
        toDeploymentStates(data, ids.length),
      ),
  }
}

const viewerQuery = 'query { viewer { databaseId } }'

const formatStatesQuery = (numbers: readonly number[]): string => {
  const fields = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { state }`)
  return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`
}

const deploymentStatesQuery =
  'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Deployment { latestStatus { state } } } }'

type Query = <Result>(
  json: { readonly query: string; readonly variables: object },
  limits: Limits,
  toResult: (data: unknown) => Result,
) => Promise<Result>

/** @param now milliseconds since the epoch, for the times in headers */
const createQuery =
  (ask: AskGitHub, now: () => number): Query =>
  (json, limits, toResult) => {
    const call: GitHubCall = { method: 'POST', path: 'graphql', json }
    return ask(call, limits, (body, { headers }) => {
      const failure = findGraphqlFailure(body, headers, now())
      if (failure) throw new RequestError({ kind: 'answered', request: formatCall(call), ...failure })
      return toResult(fieldsOf(body)['data'])
    })
  }
