import type { Variables } from '../inputs/variables.ts'
import type { DirectRoute, ProxyRoute, Route } from './proxy.ts'

/** Who is asked and by which way, for sentences: nothing of it is secret. */
export type Reach = {
  /** With its port, where it isn't the usual one. */
  readonly host: string
  /** The input or variable that names the host: `api_url`. */
  readonly setting: string
  readonly proxy?: Pick<ProxyRoute, 'address' | 'variableName' | 'hasCredentials'>
  readonly bypass?: NonNullable<DirectRoute['bypass']>
  /** The file that `NODE_EXTRA_CA_CERTS` names, or `''`. */
  readonly extraCaFile: string
}

/** @param setting the input or variable that gave the address */
export const determineReach = (address: string, setting: string, route: Route, variables: Variables): Reach => ({
  host: new URL(address).host,
  setting,
  extraCaFile: variables['NODE_EXTRA_CA_CERTS'] ?? '',
  ...(route.kind === 'proxy' && {
    proxy: { address: route.address, variableName: route.variableName, hasCredentials: route.hasCredentials },
  }),
  ...(route.kind === 'direct' && route.bypass && { bypass: route.bypass }),
})
