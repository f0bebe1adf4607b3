import type { ApiAnswer } from '../exchange.ts'
import { refuseNoToken, refuseToken } from './refusals.ts'
import type { GitHubGrant, GitHubState, Repository } from './state.ts'

export type Permission = keyof GitHubGrant['permissions']

/** The token's grant, or the answer to one that isn't there or isn't known: 401 for both. */
export const authenticate = (state: GitHubState, token: string | undefined): GitHubGrant | ApiAnswer =>
  token === undefined || token === '' ? refuseNoToken : (state.grants.get(token) ?? refuseToken)

export const isRefusal = (found: GitHubGrant | ApiAnswer): found is ApiAnswer => 'status' in found

/** One of the permissions is enough. */
export const mayRead = ({ isPublic }: Repository, { permissions }: GitHubGrant, one: readonly Permission[]): boolean =>
  isPublic || one.some((name) => permissions[name] !== undefined)

export const mayWrite = ({ permissions }: GitHubGrant, one: readonly Permission[]): boolean =>
  one.some((name) => permissions[name] === 'write')
