import { UnfitAnswer } from '../core/deployment/answers.ts'
import {
  type DeploymentPage,
  findNewestOpen,
  formatGitHubDetail,
  listGraphqlErrors,
  toComment,
  toDeploymentPage,
  toId,
  toNumber,
  toPullRequestStates,
} from '../core/github/github-answers.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { parseRetryAfterMs } from '../core/network/retry.ts'
import type { GitHub, GitHubComment, GitHubDeployment, Limits } from '../ports.ts'

type GitHubCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Relative to the REST API's address, encoded; `graphql` for the GraphQL API, wherever that is. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
}

/** Whatever GitHub answered; `body` is `undefined` when it wasn't JSON. Headers by their names in lower case. */
export type GitHubAnswer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Rejects with a `RequestFailure` when there was no answer, or with the signal's reason. */
export type GitHubTransport = (call: GitHubCall, limits: Limits) => Promise<GitHubAnswer>

/** GitHub's own limit, and the most entries of a page. */
const pageSize = 100

/**
 * The endpoints of GitHub's REST API and the queries of its GraphQL API, each answer checked before it goes further.
 *
 * @param repository `owner/repo`
 * @param now milliseconds since the epoch, for the times in headers
 */
export const createGitHub = (transport: GitHubTransport, repository: string, now: () => number): GitHub => {
  const ask = async <Result>(
    call: GitHubCall,
    limits: Limits,
    toResult: (body: unknown, answer: GitHubAnswer) => Result,
  ): Promise<Result> => {
    const answer = await transport(call, limits)
    if (answer.status < 200 || answer.status >= 300) throw toFailure(call, answer, now())
    try {
      return toResult(answer.body, answer)
    } catch (error) {
      if (!(error instanceof UnfitAnswer)) throw error
      const details = { kind: 'unreadable' as const, request: formatCall(call), status: answer.status }
      throw new RequestFailure({ ...details, detail: error.message }, { cause: error })
    }
  }

  const query = async <Result>(
    json: { readonly query: string; readonly variables: object },
    limits: Limits,
    toResult: (data: unknown) => Result,
  ): Promise<Result> => {
    const call: GitHubCall = { method: 'POST', path: 'graphql', json }
    return ask(call, limits, (body) => {
      const failure = findGraphqlFailure(call, body)
      if (failure) throw failure
      return toResult((body as { readonly data?: unknown } | undefined)?.data)
    })
  }

  /** The page's number is counted here: a token must not follow a link to wherever it leads. */
  const listAll = async <Item>(path: string, limits: Limits, toItem: (value: unknown) => Item): Promise<Item[]> => {
    const items: Item[] = []
    for (let page = 1; ; page++) {
      const call: GitHubCall = { method: 'GET', path, query: { per_page: String(pageSize), page: String(page) } }
      const hasMore = await ask(call, limits, (body, { headers }) => {
        if (!Array.isArray(body)) throw new UnfitAnswer('a list was expected')
        items.push(...body.map(toItem))
        return /rel="next"/.test(headers['link'] ?? '')
      })
      if (!hasMore) return items
    }
  }

  const [owner = '', name = ''] = repository.split('/')
  const repositoryPath = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  const comments = (pullRequest: number) => `${repositoryPath}/issues/${pullRequest}/comments`
  const comment = (id: number) => `${repositoryPath}/issues/comments/${id}`
  const deployments = `${repositoryPath}/deployments`

  return {
    getOwnUserId: (limits) => query({ query: viewerQuery, variables: {} }, limits, toViewerId),
    listComments: async (pullRequest, limits) =>
      (await listAll(comments(pullRequest), limits, toComment)).sort((one, other) => one.id - other.id),
    createComment: (pullRequest, body, limits): Promise<GitHubComment> =>
      ask({ method: 'POST', path: comments(pullRequest), json: { body } }, limits, toComment),
    updateComment: (id, body, limits) =>
      ask({ method: 'PATCH', path: comment(id), json: { body } }, limits, () => undefined),
    deleteComment: (id, limits) => ask({ method: 'DELETE', path: comment(id) }, limits, () => undefined),
    findOpenPullRequest: (sha, limits) => {
      const path = `${repositoryPath}/commits/${encodeURIComponent(sha)}/pulls`
      return ask({ method: 'GET', path, query: { per_page: String(pageSize) } }, limits, findNewestOpen)
    },
    listPullRequestStates: (numbers, limits) =>
      query({ query: formatStatesQuery(numbers), variables: { owner, name } }, limits, (data) =>
        toPullRequestStates(data, numbers),
      ),
    listDeployments: async (environment, limits) => {
      const all: GitHubDeployment[] = []
      const variables = { owner, name, environments: [environment], orderBy: newestFirst }
      for (let after: string | undefined; ; ) {
        const json = { query: deploymentsQuery, variables: { ...variables, after: after ?? null } }
        const page: DeploymentPage = await query(json, limits, toDeploymentPage)
        all.push(...page.deployments)
        if (page.endCursor === undefined) return all
        after = page.endCursor
      }
    },
    createDeployment: (body, limits) => {
      // Otherwise GitHub merges the default branch into the commit, and refuses one whose checks aren't all green.
      const json = { ...body, auto_merge: false, required_contexts: [] }
      return ask({ method: 'POST', path: deployments, json }, limits, toId)
    },
    createDeploymentStatus: (id, body, limits) =>
      // Which others become inactive is decided here, for transient environments too, and not by GitHub.
      ask(
        { method: 'POST', path: `${deployments}/${id}/statuses`, json: { ...body, auto_inactive: false } },
        limits,
        () => undefined,
      ),
  }
}

const viewerQuery = 'query { viewer { databaseId } }'

const toViewerId = (data: unknown): number =>
  toNumber((data as { readonly viewer?: { readonly databaseId?: unknown } } | null)?.viewer?.databaseId, 'a user’s id')

const formatStatesQuery = (numbers: readonly number[]): string => {
  const fields = numbers.map((number) => `p${number}: pullRequest(number: ${number}) { state }`)
  return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`
}

const newestFirst = { field: 'CREATED_AT', direction: 'DESC' }

const deploymentsQuery = `query($owner: String!, $name: String!, $environments: [String!], $orderBy: DeploymentOrder, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: ${pageSize}, environments: $environments, orderBy: $orderBy, after: $after) {
      nodes { databaseId payload latestStatus { state } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

const formatCall = ({ method, path }: GitHubCall): string => `${method} /${path}`

const statusesByType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
}

/** A thing in a repository that isn't there is no failure: it is `null` in the data. */
const findGraphqlFailure = (call: GitHubCall, body: unknown): RequestFailure | undefined => {
  const hasRepository = Boolean(
    (body as { readonly data?: { readonly repository?: unknown } } | undefined)?.data?.repository,
  )
  const error = listGraphqlErrors(body).find(({ type }) => type !== 'NOT_FOUND' || !hasRepository)
  if (!error) return undefined
  const status = statusesByType[error.type]
  const details = { request: formatCall(call), detail: error.message }
  return new RequestFailure(
    status === undefined ? { ...details, kind: 'unreadable', status: 200 } : { ...details, kind: 'answered', status },
  )
}

const toFailure = (call: GitHubCall, { status, body, headers }: GitHubAnswer, nowMs: number): RequestFailure => {
  const retryAfterMs = determineRetryAfterMs(headers, nowMs)
  return new RequestFailure({
    kind: 'answered',
    request: formatCall(call),
    status,
    detail: formatGitHubDetail(body),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** `Retry-After`, or the time at which a used up limit is renewed (GitHub's documentation, "Rate limits for the REST API"). */
const determineRetryAfterMs = (headers: GitHubAnswer['headers'], nowMs: number): number | undefined => {
  const wishMs = parseRetryAfterMs(headers['retry-after'] ?? null, nowMs)
  const resetSeconds = Number(headers['x-ratelimit-reset'])
  if (wishMs !== undefined || headers['x-ratelimit-remaining'] !== '0' || !(resetSeconds > 0)) return wishMs
  return Math.max(0, resetSeconds * 1000 - nowMs)
}
