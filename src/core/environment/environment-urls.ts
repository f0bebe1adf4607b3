import type { ActiveResource } from '../../ports.ts'

/** Resources that have a host, the ones that people open first. */
const typesByRank = ['dns', 'route', 'ingress']

/** Where the environment can be opened: `https://` and a host, by type (dns, route, ingress), then by id, each once. */
export const determineEnvironmentUrls = (resources: readonly ActiveResource[]): readonly string[] => {
  const ranked = listWithRank(resources).toSorted(
    (one, other) => one.rank - other.rank || compareText(one.resource.res_id, other.resource.res_id),
  )
  const urls = ranked.map(({ resource }) => formatHostUrl(resource.host)).filter((url) => url !== undefined)
  return [...new Set(urls)]
}

/** Whether an address may still come: none is there yet, and a `dns` or `route` is being provisioned, or has no host. */
export const isUrlToCome = (resources: readonly ActiveResource[]): boolean =>
  determineEnvironmentUrls(resources).length === 0 &&
  listWithRank(resources).some(
    ({ resource: { type, status, host } }) => type !== 'ingress' && (status === 'pending' || host === ''),
  )

type Ranked = { readonly resource: ActiveResource; readonly rank: number }

const listWithRank = (resources: readonly ActiveResource[]): readonly Ranked[] =>
  resources
    .map((resource) => ({ resource, rank: typesByRank.indexOf(resource.type) }))
    .filter(({ resource, rank }) => rank >= 0 && resource.status !== 'deleting')

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** `undefined` for what is more or less than a host, such as `*.example.com` or a whole address. */
const formatHostUrl = (host: string): string | undefined => {
  const address = `https://${host}`
  if (!/^[^\s/\\?#@*%]{1,260}$/.test(host) || !URL.canParse(address)) return undefined
  return new URL(address).origin
}
