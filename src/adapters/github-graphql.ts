import { RequestError } from '../core/network/request-error.ts'
import { findGraphqlFailure } from '../core/report/github-problems.ts'
import { toDeploymentPage, toPullRequestStates, toViewerId } from '../core/responses/github.ts'
import { fieldsOf } from '../core/text/json.ts'
import type { GitHub, GitHubDeployment, Limits } from '../ports.ts'
import type { AskGitHub, GitHubCall } from './github.ts'
import { formatCall } from './http.ts'

type Graphql = Pick<GitHub, 'getOwnUserId' | 'listPullRequestStates' | 'listDeployments'>

/** What the REST API doesn't tell a workflow's token, or not at once (GitHub's documentation, "GraphQL API"), for the repository `owner/name`. */
export const createGraphql = (ask: AskGitHub, owner: string, name: string, now: () => number): Graphql => {
  const query = createQuery(ask, now)
  return {
    getOwnUserId: (limits) => query({ query: viewerQuery, variables: {} }, limits, toViewerId),
    listPullRequestStates: (numbers, limits) => {
      const json = { query: formatStatesQuery(numbers), variables: { owner, name } }
      return query(json, limits, (data) => toPullRequestStates(data, numbers))
    },
    listDeployments: async (environment, limits) => {
      const deployments: GitHubDeployment[] = []
      for (let after: string | undefined; ; ) {
        const variables = { owner, name, environments: [environment], orderBy: newestFirst, after: after ?? null }
        const page = await query({ query: deploymentsQuery, variables }, limits, toDeploymentPage)
        deployments.push(...page.deployments)
        if (page.endCursor === undefined) return deployments
        after = page.endCursor
      }
    },
  }
}

const viewerQuery = 'query { viewer { databaseId } }'

const formatStatesQuery = (numbers: readonly number[]): string => {
  const fields = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { state }`)
  return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`
}

const newestFirst = { field: 'CREATED_AT', direction: 'DESC' }

/** A page is as large as GitHub allows. */
const deploymentsQuery = `query($owner: String!, $name: String!, $environments: [String!], $orderBy: DeploymentOrder, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: 100, environments: $environments, orderBy: $orderBy, after: $after) {
      nodes { databaseId payload latestStatus { state } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

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
