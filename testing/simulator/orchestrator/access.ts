import type { ApiAnswer } from '../exchange.ts'
import { refuseNoToken, refuseRole, refuseToken } from './refusals.ts'
import type { Grant, State } from './state.ts'
import { formatTime } from './times.ts'

/** The token's grant, or the answer to one that isn't there (401) or isn't known (403). */
export const authenticate = (world: State, token: string | undefined): Grant | ApiAnswer =>
  token === undefined || token === '' ? refuseNoToken : (world.grants.get(token) ?? refuseToken)

export const isRefusal = (found: Grant | ApiAnswer): found is ApiAnswer => 'status' in found

/** Viewers read; Developers and Owners also change. */
export const refuseUnlessAllowed = (grant: Grant, isChange: boolean): ApiAnswer | undefined => {
  if (grant.role === 'none') return refuseRole('Insufficient permissions.')
  return isChange && grant.role === 'viewer'
    ? refuseRole('Insufficient permissions: the role Developer is needed.')
    : undefined
}

export const refuseUnlessDeployer = (grant: Grant, environmentType: string): ApiAnswer | undefined =>
  grant.deployerFor && !grant.deployerFor.includes(environmentType)
    ? refuseRole(`Insufficient permissions: the role Deployer is needed for environments of type ${environmentType}.`)
    : undefined

/** Of a good token, whatever it may do. */
export const describeUser = (world: State, grant: Grant, nowMs: number): ApiAnswer => ({
  status: 200,
  body: {
    id: grant.user,
    name: grant.user,
    type: 'service',
    created_at: formatTime(nowMs - 90 * 86_400_000),
    properties: {},
    roles: Object.fromEntries(
      [...world.apps.keys()].map((path) => [`/orgs/${path.replace('/', '/apps/')}`, grant.role]),
    ),
  },
})
