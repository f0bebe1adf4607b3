import { getOctokit } from '@actions/github'
import { RequestFailure } from '../core/network/failure.ts'
import { determineTimedFailure } from '../core/network/network.ts'
import type { Reach } from '../core/network/reach.ts'
import { product } from '../core/run/product.ts'
import { type Redact, redactData } from '../core/text/redact.ts'
import type { GitHub } from '../ports.ts'
import { createGitHub, type GitHubAnswer, type GitHubTransport } from './github-api.ts'

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
  /** Applied to all that is sent, and to every answer: escaped or cut, a secret in it would no longer be known. */
  readonly redact: Redact
  readonly now: () => number
}

/** GitHub over HTTP. To be loaded only when an input asks for it: Octokit is as large as all the rest. */
export const connectGitHub = (options: GitHubOptions): GitHub =>
  createGitHub(createTransport(options), options.repository, options.now)

const silence = () => undefined
const silentLog = { debug: silence, info: silence, warn: silence, error: silence }

const createTransport = ({ apiUrl, graphqlUrl, token, fetch, reach, redact }: GitHubOptions): GitHubTransport => {
  const octokit = getOctokit(token, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: `${product.name}/${product.version}`,
    // Its own would write to the job's log past our escaping.
    log: silentLog,
    // Without a redirect followed, the token stays with its host.
    request: { fetch, redirect: 'manual', log: silentLog },
  })
  return async (call, { timeoutMs, signal }) => {
    const limit = AbortSignal.timeout(Math.ceil(timeoutMs))
    const combined = signal ? AbortSignal.any([signal, limit]) : limit
    signal?.throwIfAborted()
    const fail = (error: unknown): never => {
      if (signal?.aborted) throw signal.reason
      const failure = determineTimedFailure(error, limit.aborted ? timeoutMs : undefined)
      const request = `${call.method} /${call.path}`
      throw new RequestFailure({ ...failure, reach, request }, { cause: error })
    }
    const json = call.json === undefined ? undefined : redactData(redact, call.json)
    const response = await octokit
      .request({
        method: call.method,
        url: call.path === 'graphql' ? graphqlUrl : `/${call.path}`,
        ...call.query,
        ...(json !== undefined && { data: json }),
        request: { signal: combined },
      })
      .catch((error: unknown) => findResponse(error) ?? fail(error))
    // Octokit takes a body that broke off for an empty one.
    if (combined.aborted) return fail(combined.reason)
    return redactData(redact, toAnswer(response))
  }
}

type Response = { readonly status: number; readonly data: unknown; readonly headers: object }

/** Of a refusal; `undefined` when there was no answer at all. */
const findResponse = (error: unknown): Response | undefined =>
  (error as { readonly response?: Response } | undefined)?.response

const toAnswer = ({ status, data, headers }: Response): GitHubAnswer => ({
  status,
  body: typeof data === 'object' && data !== null ? data : undefined,
  headers: headers as GitHubAnswer['headers'],
})
