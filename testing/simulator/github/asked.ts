import type { ApiRequest } from '../exchange.ts'
import type { GitHubGrant, GitHubState, Repository } from './state.ts'

/** A request of someone who may, about a repository that exists. */
export type GitHubAsked = {
  readonly state: GitHubState
  readonly grant: GitHubGrant
  readonly repository: Repository
  /** Of an issue, a comment or a deployment, or the commit; `''` where the path has none. */
  readonly id: string
  readonly request: ApiRequest
  readonly nowMs: number
}

/** The fields of the body; none when it isn't an object. */
export const getFields = ({ body }: ApiRequest): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {}

export const getText = (request: ApiRequest, name: string): string => {
  const value = getFields(request)[name]
  return typeof value === 'string' ? value : ''
}
