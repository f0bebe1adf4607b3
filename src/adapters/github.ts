import { getOctokit } from '@actions/github'
import type { GitHubDeployment } from '../core/api.ts'
import { type Reach, RequestError } from '../core/network/request-error.ts'
import { determineGitHubRetryAfterMs } from '../core/network/retry-policy.ts'
import {
  findComment,
  findGraphqlFailure,
  formatGitHubDetail,
  type ListedDeployment,
  listFitting,
  toComment,
  toDeploymentStates,
  toId,
  toListedDeployment,
  toOpenNumber,
  toPullRequestHead,
  toPullRequestStates,
  toViewerId,
} from '../core/responses/github.ts'
import { product } from '../core/run/product.ts'
import { expectList, fieldsOf, InvalidResponse } from '../core/text/json.ts'
import type { Redact } from '../core/text/redact.ts'
import type { GitHub, Limits } from '../ports.ts'
import { type Ask, createAsk, formatCall, type Refusal, sendWithinLimits } from './http.ts'

export type GitHubOptions = {
  /** The runner's `GITHUB_API_URL` and `GITHUB_GRAPHQL_URL`. */
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly token: string
  /** `owner/repo`. */
  readonly repository: string
  /** For `apiUrl`. */
  readonly fetch: typeof globalThis.fetch
  readonly reach: Reach
  /** Applied to texts that are shown on GitHub. GitHub's answers are redacted where they are shown. */
  readonly redact: Redact
  readonly now: () => number
}

/** GitHub over HTTP. */
export const connectGitHub = (options: GitHubOptions): GitHub => createGitHub(createTransport(options), options)

const silence = () => undefined

const silentLog = { debug: silence, info: silence, warn: silence, error: silence }

const createTransport = ({ apiUrl, graphqlUrl, token, fetch, reach }: GitHubOptions): GitHubTransport => {
  const octokit = getOctokit(token, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: `${product.name}/${product.version}`,
    // Octokit's own log would write to the job's log without our escaping.
    log: silentLog,
    // No redirect is followed, so that the token stays with its host.
    request: { fetch, redirect: 'manual', log: silentLog },
  })
  const toParameters = ({ method, path, query, json }: GitHubCall) => ({
    method,
    url: path === 'graphql' ? graphqlUrl : `/${path}`,
    ...query,
    ...(json !== undefined && { data: json }),
  })
  return async (call, limits) => {
    const parameters = toParameters(call)
    const send = async (signal: AbortSignal): Promise<OctokitResponse> => {
      const response = await octokit.request({ ...parameters, request: { signal } }).catch(toResponse)
      // Octokit takes an aborted body for an empty one.
      signal.throwIfAborted()
      return response
    }
    const response = await sendWithinLimits(limits, send, () => ({ reach, request: formatCall(call) }))
    return toAnswer(response)
  }
}

type OctokitResponse = { readonly status: number; readonly data: unknown; readonly headers: object }

/** Octokit throws a refusal as an error with the response. An error without one is thrown again. */
const toResponse = (error: unknown): OctokitResponse => {
  const { response } = fieldsOf(error)
  if (response === undefined) throw error
  return response as OctokitResponse
}

const toAnswer = ({ status, data, headers }: OctokitResponse): GitHubAnswer => ({
  status,
  body: typeof data === 'object' && data !== null ? data : undefined,
  headers: headers as GitHubAnswer['headers'],
})

/**
 * The endpoints of GitHub's REST API and the queries of its GraphQL API, with every answer checked. Deployments need both: only
 * REST has their ids (GraphQL's `databaseId` has 32 bits, which they exceed), and only GraphQL a hundred states at once.
 *
 * @param repository `owner/repo`
 * @param now milliseconds since the epoch, for the times in headers
 * @param redact applied to texts that are shown on GitHub, not to names, states and queries
 */
export const createGitHub = (
  transport: GitHubTransport,
  { repository, now, redact }: Pick<GitHubOptions, 'repository' | 'now' | 'redact'>,
): GitHub => {
  const ask = createAskGitHub(transport, now)
  const [owner = '', name = ''] = repository.split('/')
  const { listDeploymentPage, ...rest } = createRest(ask, { owner, name, redact })
  const { listDeploymentStates, ...graphql } = createGraphql(ask, { owner, name, now })
  return {
    ...rest,
    ...graphql,
    listDeployments: async (environment, limits) => {
      const deployments: GitHubDeployment[] = []
      for (let page = 1; ; page++) {
        const { items, isLast } = await listDeploymentPage(environment, page, limits)
        const nodeIds = items.map(({ nodeId }) => nodeId)
        const states = nodeIds.length === 0 ? [] : await listDeploymentStates(nodeIds, limits)
        const found = items.flatMap(({ id, payload }, index) => {
          const state = states[index]
          return state === undefined ? [] : [{ id, payload, state }]
        })
        deployments.push(...found)
        if (isLast || found.every(({ state }) => state === 'inactive')) return deployments
      }
    },
  }
}

/** Rejects with a `RequestError` where there was no answer, or with the signal's reason. */
export type GitHubTransport = (call: GitHubCall, limits: Limits) => Promise<GitHubAnswer>

/** @param now milliseconds since the epoch, for the times in headers */
const createAskGitHub = (transport: GitHubTransport, now: () => number): AskGitHub =>
  createAsk(transport, (answer) => toRefusal(answer, now()))

const toRefusal = ({ status, body, headers }: GitHubAnswer, nowMs: number): Refusal => {
  const detail = formatGitHubDetail(body)
  const retryAfterMs = determineGitHubRetryAfterMs({ status, detail, headers, nowMs })
  return { detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

type GitHubCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Relative to the REST API's address, encoded; `graphql` for the GraphQL API's address. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
}

/** `body` is `undefined` where it isn't JSON. Headers by their names in lower case. */
type GitHubAnswer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string | undefined>>
}

type AskGitHub = Ask<GitHubCall, GitHubAnswer>

/** One page of an environment's GitHub Deployments, newest first. */
type ListDeployments = (environment: string, page: number, limits: Limits) => Promise<Page<ListedDeployment>>

type Rest = { readonly listDeploymentPage: ListDeployments } & Pick<
  GitHub,
  | 'listComments'
  | 'createComment'
  | 'updateComment'
  | 'deleteComment'
  | 'findOpenPullRequest'
  | 'getPullRequestHead'
  | 'createDeployment'
  | 'createDeploymentStatus'
>

/** GitHub's largest page. */
const pageSize = 100

type RepositoryName = { readonly owner: string; readonly name: string }

/** The REST API (GitHub's documentation, "REST API endpoints") for one repository. */
const createRest = (ask: AskGitHub, { owner, name, redact }: RepositoryName & { readonly redact: Redact }): Rest => {
  const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  const comments = (pullRequest: number) => `${repository}/issues/${pullRequest}/comments`
  const comment = (id: number) => `${repository}/issues/comments/${id}`
  const deployments = `${repository}/deployments`

  return {
    listComments: async (pullRequest, limits) =>
      (await listAll((page) => listPage(ask, { path: comments(pullRequest), page, toItem: findComment }, limits))).sort(
        (one, other) => one.id - other.id,
      ),
    createComment: (pullRequest, body, limits) =>
      ask(
        { method: 'POST', path: comments(pullRequest), json: { body: redactComment(redact, body) } },
        limits,
        toComment,
      ),
    updateComment: (id, body, limits) =>
      ask({ method: 'PATCH', path: comment(id), json: { body: redactComment(redact, body) } }, limits, expectDone),
    deleteComment: (id, limits) => ask({ method: 'DELETE', path: comment(id) }, limits, expectNothing),
    findOpenPullRequest: async (sha, limits) => {
      const path = `${repository}/commits/${encodeURIComponent(sha)}/pulls`
      const open = await listAll((page) => listPage(ask, { path, page, toItem: toOpenNumber }, limits))
      return open.length === 0 ? undefined : Math.max(...open)
    },
    getPullRequestHead: (pullRequest, limits) =>
      ask({ method: 'GET', path: `${repository}/pulls/${pullRequest}` }, limits, toPullRequestHead),
    listDeploymentPage: (environment, page, limits) =>
      listPage(ask, { path: deployments, query: { environment }, page, toItem: toListedDeployment }, limits),
    createDeployment: (body, limits) => {
      // By default GitHub merges the default branch into the commit, and refuses commits whose checks haven't passed.
      const json = { ...body, auto_merge: false, required_contexts: [] }
      return ask({ method: 'POST', path: deployments, json }, limits, toId)
    },
    createDeploymentStatus: (id, body, limits) => {
      // The action sets others inactive itself, in transient environments too, which GitHub leaves out.
      const json = { ...body, description: redact(body.description), auto_inactive: false }
      return ask({ method: 'POST', path: `${deployments}/${id}/statuses`, json }, limits, expectDone)
    },
  }
}

/** Except the hidden marker in the first line, by which the comment is found again. */
const redactComment = (redact: Redact, body: string): string => {
  const marker = /^<!--[^\n]*-->\n/.exec(body)?.[0] ?? ''
  return marker + redact(body.slice(marker.length))
}

/** A proxy or gateway may answer with a page and 200. */
const expectDone = (body: unknown): void => void toId(body)

const expectNothing = (_: unknown, { status }: GitHubAnswer): void => {
  if (status !== 204) throw new InvalidResponse('an empty answer was expected')
}

type Page<Item> = { readonly items: readonly Item[]; readonly isLast: boolean }

/**
 * Pages are requested by number, from 1, since following the answer's link could send the token to another host. `toItem`:
 * `undefined` for an entry that doesn't fit.
 */
type PageOf<Item> = {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly page: number
  readonly toItem: (entry: unknown) => Item | undefined
}

/** A proxy may drop the `Link` header, which shows whether a page follows: then a full page isn't taken for the last one. */
const listPage = <Item>(
  ask: AskGitHub,
  { path, query, page, toItem }: PageOf<Item>,
  limits: Limits,
): Promise<Page<Item>> =>
  ask(
    { method: 'GET', path, query: { ...query, per_page: String(pageSize), page: String(page) } },
    limits,
    (body, { headers: { link } }) => ({
      items: listFitting(body, toItem),
      isLast: link ? !link.includes('rel="next"') : expectList(body).length < pageSize,
    }),
  )

const listAll = async <Item>(getPage: (page: number) => Promise<Page<Item>>): Promise<Item[]> => {
  const items: Item[] = []
  for (let page = 1; ; page++) {
    const found = await getPage(page)
    items.push(...found.items)
    if (found.isLast) return items
  }
}

type Graphql = Pick<GitHub, 'getOwnUserId' | 'listPullRequestStates'> & {
  /** For at most 100 ids: the state of each one's newest status, `''` before the first; `undefined` where it was deleted. */
  readonly listDeploymentStates: (
    nodeIds: readonly string[],
    limits: Limits,
  ) => Promise<readonly (string | undefined)[]>
}

/** What the REST API doesn't show to a workflow's token, or not in one request (GitHub's documentation, "GraphQL API"), for one repository. */
const createGraphql = (ask: AskGitHub, { owner, name, now }: RepositoryName & Pick<GitHubOptions, 'now'>): Graphql => {
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
