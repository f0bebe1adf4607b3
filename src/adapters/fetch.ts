import type { Route } from '../core/network/proxy.ts'
import { Stop } from '../core/run/stop.ts'

/** The fetch for a route. Ours, with its agent, is only loaded when a proxy asks for it. Rejects with a `Stop` where there is no way. */
export const chooseFetch = async (route: Route): Promise<typeof fetch> => {
  if (route.kind === 'invalid') throw new Stop('error', route.problem)
  if (route.client === 'builtin') return fetch
  const { createProxyFetch } = await import('./proxy.ts')
  return createProxyFetch(route.kind === 'proxy' ? route.url : undefined)
}
