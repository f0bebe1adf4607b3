import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import { refuseBadRequest } from './refusals.ts'

/** The query, with names that stand in it more than once. */
export const getQuery = ({ search, query }: ApiRequest): URLSearchParams => new URLSearchParams(search ?? query ?? {})

/** The query of a request of which most have none. */
export const getFields = (request: ApiRequest): Readonly<Record<string, string>> =>
  request.search || request.query ? Object.fromEntries(getQuery(request)) : noFields

const noFields = {}

const usualPageSize = 50
const largestPageSize = 100

/**
 * One page of a list, by `per_page` (1 to 100, 50 by default) and `page` (a token that means nothing to the client), with a
 * `Link` to the next one while there is more.
 */
export const answerPage = (request: ApiRequest, items: readonly unknown[]): ApiAnswer => {
  const query = getQuery(request)
  const size = Number(query.get('per_page') ?? usualPageSize)
  if (!Number.isInteger(size) || size < 1 || size > largestPageSize)
    return refuseBadRequest(`per_page must be 1 to ${largestPageSize}.`)
  const begin = parseToken(query.get('page'))
  if (begin === undefined) return refuseBadRequest('page is not a page token.')
  const end = begin + size
  return {
    status: 200,
    ...(end < items.length && { headers: { link: `<${formatNext(request, query, end)}>; rel="next"` } }),
    body: items.slice(begin, end),
  }
}

const formatNext = ({ path }: ApiRequest, query: URLSearchParams, begin: number): string => {
  const next = new URLSearchParams(query)
  next.set('page', formatToken(begin))
  return `${path}?${next}`
}

const formatToken = (begin: number): string => Buffer.from(`from ${begin}`).toString('base64url')

const parseToken = (token: string | null): number | undefined => {
  if (token === null || token === '') return 0
  const begin = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  return begin === undefined ? undefined : Number(begin)
}
