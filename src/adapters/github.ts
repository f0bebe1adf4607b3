import { getOctokit } from '@actions/github'
import type { GitHubDeployment } from '../core/api.ts'
import type { Reach } from '../core/network/request-error.ts'
import { determineGitHubRetryAfterMs } from '../core/report/github-problems.ts'
import { formatGitHubDetail } from '../core/responses/github.ts'
import { product } from '../core/run/product.ts'
import { fieldsOf } from '../core/text/json.ts'
import type { Redact } from '../core/text/redact.ts'
import type { GitHub, Limits } from '../ports.ts'
import { createGraphql } from './github-graphql.ts'
import { type AskGitHub, createRest, type GitHubAnswer, type GitHubCall } from './github-rest.ts'
import { createAsk, formatCall, type Refusal, sendWithinLimits } from './http.ts'

export type GitHubOptions = {
  /** The runner's `GITHUB_API_URL` and `GITHUB_GRAPHQL_URL`. */
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly token: string
  /** `owner/repo`. */
  readonly repository: string
  /** The way to `apiUrl`. */
  readonly fetch: typeof globalThis.fetch
  readonly reach: Reach
  /** Applied to the texts that people get to see there. What GitHub answers is redacted where it is shown. */
  readonly redact: Redact
  readonly now: () => number
}

/** GitHub over HTTP. To be loaded only when an input asks for it: Octokit is as large as all the rest. */
export const connectGitHub = (options: GitHubOptions): GitHub =>
  createGitHub(createTransport(options), options.repository, options.now, options.redact)

const silence = () => undefined
const silentLog = { debug: silence, info: silence, warn: silence, error: silence }

const createTransport = ({ apiUrl, graphqlUrl, token, fetch, reach }: GitHubOptions): GitHubTransport => {
  const octokit = getOctokit(token, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: `${product.name}/${product.version}`,
    // Its own would write to the job's log past our escaping.
    log: silentLog,
    // Without a redirect followed, the token stays with its host.
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
      // Octokit takes a body that broke off for an empty one.
      signal.throwIfAborted()
      return response
    }
    const response = await sendWithinLimits(limits, send, () => ({ reach, request: formatCall(call) }))
    return toAnswer(response)
  }
}

type OctokitResponse = { readonly status: number; readonly data: unknown; readonly headers: object }

/** Octokit throws a refusal as an error that holds what was answered. An error without that is thrown again. */
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
 * The endpoints of GitHub's REST API and the queries of its GraphQL API, each answer checked before it goes further. Of its
 * Deployments REST alone tells the numbers (GraphQL's `databaseId` has 32 bits, which they have outgrown), and GraphQL alone a
 * hundred states at once.
 *
 * @param repository `owner/repo`
 * @param now milliseconds since the epoch, for the times in headers
 * @param redact applied to the texts that people get to see; not to names, states and queries, by which things are found again
 */
export const createGitHub = (
  transport: GitHubTransport,
  repository: string,
  now: () => number,
  redact: Redact,
): GitHub => {
  const ask = createAskGitHub(transport, now)
  const [owner = '', name = ''] = repository.split('/')
  const { listDeploymentPage, ...rest } = createRest(ask, owner, name, redact)
  const { listDeploymentStates, ...graphql } = createGraphql(ask, owner, name, now)
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

/** Rejects with a `RequestError` when there was no answer, or with the signal's reason. */
export type GitHubTransport = (call: GitHubCall, limits: Limits) => Promise<GitHubAnswer>

/** @param now milliseconds since the epoch, for the times in headers */
const createAskGitHub = (transport: GitHubTransport, now: () => number): AskGitHub =>
  createAsk(transport, (answer) => toRefusal(answer, now()))

const toRefusal = ({ status, body, headers }: GitHubAnswer, nowMs: number): Refusal => {
  const detail = formatGitHubDetail(body)
  const retryAfterMs = determineGitHubRetryAfterMs({ status, detail, headers, nowMs })
  return { detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}
