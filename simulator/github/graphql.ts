import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import { mayRead } from './access.ts'
import { getFields } from './asked.ts'
import { parseQuery, type Selection } from './graphql-document.ts'
import type { GitHubDeployment, GitHubGrant, GitHubState, Pull, Repository } from './state.ts'

type Problem = { readonly type: string; readonly message: string }

/** A field is a value, or what its arguments lead to: an object, or a problem, which makes it `null`. */
type Source = { readonly [name: string]: unknown }
type Lookup = (args: Readonly<Record<string, unknown>>) => Source | Problem

class QueryMistake extends Error {}

/** Errors come with status 200, beside what could be answered. */
export const answerGraphql = (state: GitHubState, grant: GitHubGrant, request: ApiRequest): ApiAnswer => {
  const { query, variables } = getFields(request)
  const errors: unknown[] = []
  try {
    const selections = parseQuery(String(query), (variables ?? {}) as Readonly<Record<string, unknown>>)
    const data = pick(describeRoot(state, grant), selections, [], errors)
    return { status: 200, body: { data, ...(errors.length > 0 && { errors }) } }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof QueryMistake)) throw error
    return { status: 200, body: { errors: [{ message: error.message }] } }
  }
}

const pick = (source: Source, selections: readonly Selection[], path: readonly string[], errors: unknown[]): unknown =>
  Object.fromEntries(selections.map((selection) => [selection.key, resolve(source, selection, path, errors)]))

const resolve = (source: Source, selection: Selection, parents: readonly string[], errors: unknown[]): unknown => {
  const { key, name, args, fields } = selection
  if (!(name in source)) throw new QueryMistake(`Field '${name}' doesn't exist on this type`)
  const field = source[name]
  if (typeof field !== 'function') return field
  const found = (field as Lookup)(args)
  const path = [...parents, key]
  if (!isProblem(found)) return pick(found, fields, path, errors)
  errors.push({ ...found, path })
  return null
}

const isProblem = (found: Source | Problem): found is Problem => 'message' in found

const describeRoot = (state: GitHubState, grant: GitHubGrant): Source => ({
  viewer: (): Source => ({ login: grant.user.login, databaseId: grant.user.id }),
  repository: ({ owner, name }: Readonly<Record<string, unknown>>) => {
    const repository = state.repositories.get(`${owner}/${name}`)
    return repository
      ? describeRepository(repository, grant)
      : { type: 'NOT_FOUND', message: `Could not resolve to a Repository with the name '${owner}/${name}'.` }
  },
})

const describeRepository = (repository: Repository, grant: GitHubGrant): Source => ({
  nameWithOwner: repository.name,
  pullRequest: ({ number }: Readonly<Record<string, unknown>>) => {
    if (!mayRead(repository, grant, ['pull_requests'])) {
      return { type: 'FORBIDDEN', message: 'Resource not accessible by integration' }
    }
    const pull = repository.pulls.get(Number(number))
    return pull
      ? describePullForGraphql(pull)
      : { type: 'NOT_FOUND', message: `Could not resolve to a PullRequest with the number of ${number}.` }
  },
  deployments: (args: Readonly<Record<string, unknown>>) =>
    mayRead(repository, grant, ['deployments'])
      ? listDeploymentsForGraphql(repository, args)
      : { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
})

/** Newest first, whatever `orderBy` says; the cursor is the number of those that came before. */
const listDeploymentsForGraphql = (
  { deployments }: Repository,
  { first, after, environments }: Readonly<Record<string, unknown>>,
): Source => {
  const named = Array.isArray(environments) ? environments : undefined
  const fitting = deployments.filter(({ environment }) => !named || named.includes(environment)).reverse()
  const from = Number(after ?? 0)
  const to = from + Math.min(100, Number(first))
  return {
    totalCount: fitting.length,
    nodes: fitting.slice(from, to).map(describeDeploymentForGraphql),
    pageInfo: { hasNextPage: to < fitting.length, endCursor: String(Math.min(to, fitting.length)) },
  }
}

const describeDeploymentForGraphql = (deployment: GitHubDeployment): Source => {
  const state = deployment.statuses.at(-1)?.state
  return {
    databaseId: deployment.id,
    environment: deployment.environment,
    commitOid: deployment.sha,
    payload: JSON.stringify(deployment.payload),
    latestStatus: state === undefined ? null : { state: state.toUpperCase() },
  }
}

const describePullForGraphql = (pull: Pull): Source => ({
  number: pull.number,
  title: pull.title,
  state: pull.state.toUpperCase(),
  closed: pull.state !== 'open',
  merged: pull.state === 'merged',
  headRefOid: pull.commits.at(-1) ?? '',
  headRefName: pull.headRef,
})
