import { getOctokit } from '@actions/github'
import type { Reach } from '../core/network/reach.ts'
import { product } from '../core/run/product.ts'
import { fieldsOf } from '../core/text/json.ts'
import type { Redact } from '../core/text/redact.ts'
import type { GitHub } from '../ports.ts'
import { formatCall } from './ask.ts'
import { createGitHub } from './github-api.ts'
import type { GitHubAnswer, GitHubCall, GitHubTransport } from './github-ask.ts'
import { sendWithinLimits } from './within-limits.ts'

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
