import {
  findComment,
  type ListedDeployment,
  listFitting,
  toComment,
  toId,
  toListedDeployment,
  toOpenNumber,
  toPullRequestHead,
} from '../core/responses/github.ts'
import { expectList } from '../core/responses/humanitec.ts'
import type { Redact } from '../core/text/redact.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { Ask } from './http.ts'

export type GitHubCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Relative to the REST API's address, encoded; `graphql` for the GraphQL API, wherever that is. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
}

export /** Whatever GitHub answered; `body` is `undefined` when it wasn't JSON. Headers by their names in lower case. */
type GitHubAnswer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string | undefined>>
}

export type AskGitHub = Ask<GitHubCall, GitHubAnswer>

/** One page of an environment's GitHub Deployments, newest first. */
type ListDeployments = (environment: string, page: number, limits: Limits) => Promise<Page<ListedDeployment>>

type Rest = { readonly listDeploymentPage: ListDeployments } & Pick<
  GitHub,
  | 'listComments'
  | 'createComment'
  | 'updateComment'
  | 'deleteComment'
  | 'findOpenPullRequest'
  | 'getPullRequestHead'
  | 'createDeployment'
  | 'createDeploymentStatus'
>

/** GitHub's own limit, and the most entries of a page. */
const pageSize = 100

/** What is asked of the REST API (GitHub's documentation, "REST API endpoints"), for the repository `owner/name`. */
export const createRest = (ask: AskGitHub, owner: string, name: string, redact: Redact): Rest => {
  const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  const comments = (pullRequest: number) => `${repository}/issues/${pullRequest}/comments`
  const comment = (id: number) => `${repository}/issues/comments/${id}`
  const deployments = `${repository}/deployments`

  return {
    listComments: async (pullRequest, limits) =>
      (await listAll((page) => listPage(ask, comments(pullRequest), { page }, limits, findComment))).sort(
        (one, other) => one.id - other.id,
      ),
    createComment: (pullRequest, body, limits) =>
      ask(
        { method: 'POST', path: comments(pullRequest), json: { body: redactComment(redact, body) } },
        limits,
        toComment,
      ),
    updateComment: (id, body, limits) =>
      ask({ method: 'PATCH', path: comment(id), json: { body: redactComment(redact, body) } }, limits, ignoreBody),
    deleteComment: (id, limits) => ask({ method: 'DELETE', path: comment(id) }, limits, ignoreBody),
    findOpenPullRequest: async (sha, limits) => {
      const path = `${repository}/commits/${encodeURIComponent(sha)}/pulls`
      const open = await listAll((page) => listPage(ask, path, { page }, limits, toOpenNumber))
      return open.length === 0 ? undefined : Math.max(...open)
    },
    getPullRequestHead: (pullRequest, limits) =>
      ask({ method: 'GET', path: `${repository}/pulls/${pullRequest}` }, limits, toPullRequestHead),
    listDeploymentPage: (environment, page, limits) =>
      listPage(ask, deployments, { environment, page }, limits, toListedDeployment),
    createDeployment: (body, limits) => {
      // Otherwise GitHub merges the default branch into the commit, and refuses one whose checks aren't all green.
      const json = { ...body, auto_merge: false, required_contexts: [] }
      return ask({ method: 'POST', path: deployments, json }, limits, toId)
    },
    createDeploymentStatus: (id, body, limits) => {
      // Which others become inactive is decided here, for transient environments too, and not by GitHub.
      const json = { ...body, description: redact(body.description), auto_inactive: false }
      return ask({ method: 'POST', path: `${deployments}/${id}/statuses`, json }, limits, ignoreBody)
    },
  }
}

/** All behind the hidden marker in the first line, by which the comment is found again. */
const redactComment = (redact: Redact, body: string): string => {
  const marker = /^<!--[^\n]*-->\n/.exec(body)?.[0] ?? ''
  return marker + redact(body.slice(marker.length))
}

const ignoreBody = (): void => undefined

type Page<Item> = { readonly items: readonly Item[]; readonly isLast: boolean }

/**
 * One page of a list. Where the header that names the next one is missing, a proxy may have taken it: after a full page there
 * may be another.
 *
 * @param query `page` counts from 1: a token must not follow a link to wherever it leads
 */
const listPage = <Item>(
  ask: AskGitHub,
  path: string,
  { page, ...query }: Readonly<Record<string, string | number>>,
  limits: Limits,
  toItem: (entry: unknown) => Item | undefined,
): Promise<Page<Item>> =>
  ask(
    { method: 'GET', path, query: { ...query, per_page: String(pageSize), page: String(page) } },
    limits,
    (body, { headers: { link } }) => ({
      items: listFitting(body, toItem),
      isLast: link ? !link.includes('rel="next"') : expectList(body).length < pageSize,
    }),
  )

const listAll = async <Item>(getPage: (page: number) => Promise<Page<Item>>): Promise<Item[]> => {
  const items: Item[] = []
  for (let page = 1; ; page++) {
    const found = await getPage(page)
    items.push(...found.items)
    if (found.isLast) return items
  }
}
