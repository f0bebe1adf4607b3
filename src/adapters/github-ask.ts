import { formatGitHubDetail } from '../core/github/github-answers.ts'
import { parseRetryAfterMs } from '../core/network/retry.ts'
import type { Limits } from '../ports.ts'
import { type Ask, createAsk, type Refusal } from './ask.ts'

export type GitHubCall = {
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

export type AskGitHub = Ask<GitHubCall, GitHubAnswer>

/** @param now milliseconds since the epoch, for the times in headers */
export const createAskGitHub = (transport: GitHubTransport, now: () => number): AskGitHub =>
  createAsk(transport, (answer) => toRefusal(answer, now()))

const toRefusal = ({ body, headers }: GitHubAnswer, nowMs: number): Refusal => {
  const retryAfterMs = determineRetryAfterMs(headers, nowMs)
  return { detail: formatGitHubDetail(body), ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** `Retry-After`, or the time at which a used up limit is renewed (GitHub's documentation, "Rate limits for the REST API"). */
const determineRetryAfterMs = (headers: GitHubAnswer['headers'], nowMs: number): number | undefined => {
  const wishMs = parseRetryAfterMs(headers['retry-after'] ?? null, nowMs)
  const resetSeconds = Number(headers['x-ratelimit-reset'])
  if (wishMs !== undefined || headers['x-ratelimit-remaining'] !== '0' || !(resetSeconds > 0)) return wishMs
  return Math.max(0, resetSeconds * 1000 - nowMs)
}
