import type { ApiAnswer } from '../exchange.ts'
import type { GitHubAsked } from './asked.ts'

/** One page of a list, with the links to the others; 30 entries by default, 100 at most. */
export const answerPage = <Item>(
  asked: GitHubAsked,
  all: readonly Item[],
  describe: (item: Item) => unknown = (item) => item,
): ApiAnswer => {
  const { query = {} } = asked.request
  const size = Math.min(100, Math.max(1, Number.parseInt(query['per_page'] ?? '', 10) || 30))
  const page = Math.max(1, Number.parseInt(query['page'] ?? '', 10) || 1)
  const link = formatLink(asked, page, Math.max(1, Math.ceil(all.length / size)))
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map((item) => describe(item)),
    ...(link && { headers: { link } }),
  }
}

/** The links go to `/repositories/{id}`, not to the path that was asked for. */
const formatLink = (asked: GitHubAsked, page: number, last: number): string => {
  const { path, query = {}, headers } = asked.request
  const workflow = `http://${headers?.['host'] ?? 'api.github.com'}`
  const byId = path.replace(/\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)\//, `/repositories/${asked.repository.id}/`)
  const to = (target: number, rel: string): string =>
    `<${workflow}${byId}?${new URLSearchParams({ ...query, page: String(target) })}>; rel="${rel}"`
  const back = page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []
  const on = page < last ? [to(page + 1, 'next'), to(last, 'last')] : []
  return [...back, ...on].join(', ')
}
