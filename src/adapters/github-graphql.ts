import { RequestError } from '../core/network/request-error.ts'
import { listGraphqlErrors, toDeploymentPage, toPullRequestStates, toViewerId } from '../core/responses/github.ts'
import { fieldsOf } from '../core/text/json.ts'
import type { GitHub, GitHubDeployment, Limits } from '../ports.ts'
import type { AskGitHub, GitHubCall } from './github.ts'
import { formatCall } from './http.ts'

type Graphql = Pick<GitHub, 'getOwnUserId' | 'listPullRequestStates' | 'listDeployments'>

/** What the REST API doesn't tell a workflow's token, or not at once (GitHub's documentation, "GraphQL API"), for the repository `owner/name`. */
export const createGraphql = (ask: AskGitHub, owner: string, name: string): Graphql => ({
  getOwnUserId: (limits) => query(ask, { query: viewerQuery, variables: {} }, limits, toViewerId),
  listPullRequestStates: (numbers, limits) => {
    const json = { query: formatStatesQuery(numbers), variables: { owner, name } }
    return query(ask, json, limits, (data) => toPullRequestStates(data, numbers))
  },
  listDeployments: async (environment, limits) => {
    const deployments: GitHubDeployment[] = []
    for (let after: string | undefined; ; ) {
      const variables = { owner, name, environments: [environment], orderBy: newestFirst, after: after ?? null }
      const page = await query(ask, { query: deploymentsQuery, variables }, limits, toDeploymentPage)
      deployments.push(...page.deployments)
      if (page.endCursor === undefined) return deployments
      after = page.endCursor
    }
  },
})

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

const query = async <Result>(
  ask: AskGitHub,
  json: { readonly query: string; readonly variables: object },
  limits: Limits,
  toResult: (data: unknown) => Result,
): Promise<Result> => {
  const call: GitHubCall = { method: 'POST', path: 'graphql', json }
  return ask(call, limits, (body) => {
    const failure = findFailure(formatCall(call), body)
    if (failure) throw failure
    return toResult(fieldsOf(body)['data'])
  })
}

/** The REST API's statuses for what GraphQL answers with 200. */
const statusesByType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
}

/** A thing in a repository that isn't there is no failure: it is `null` in the data. */
const findFailure = (request: string, body: unknown): RequestError | undefined => {
  const hasRepository = Boolean(fieldsOf(fieldsOf(body)['data'])['repository'])
  const error = listGraphqlErrors(body).find(({ type }) => type !== 'NOT_FOUND' || !hasRepository)
  if (!error) return undefined
  const details = { request, detail: error.message }
  const status = statusesByType[error.type]
  return new RequestError(
    status === undefined ? { ...details, kind: 'unreadable', status: 200 } : { ...details, kind: 'answered', status },
  )
}
