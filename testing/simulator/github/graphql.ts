import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import { mayRead } from './access.ts'
import { getFields } from './asked.ts'
import { parseQuery, type Selection } from './graphql-document.ts'
import {
  formatNodeId,
  type GitHubDeployment,
  type GitHubGrant,
  type GitHubState,
  type Pull,
  type Repository,
} from './state.ts'

/** What stands in `errors`; the field is `null` then. */
type Problem = { readonly problem: { readonly type?: string; readonly message: string } }

/** A field is a value, an object or a list of them, or what its arguments lead to. */
type Source = { readonly [name: string]: unknown }
type Lookup = (args: Readonly<Record<string, unknown>>) => unknown

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

type Path = readonly (string | number)[]

/** What was asked for, and nothing else. */
const pick = (source: Source, selections: readonly Selection[], path: Path, errors: unknown[]): object =>
  Object.assign(
    {},
    ...selections.map((selection) => {
      const { key, on, fields } = selection
      if (on !== undefined) return source['__typename'] === on ? pick(source, fields, path, errors) : {}
      return { [key]: resolve(source, selection, [...path, key], errors) }
    }),
  )

const resolve = (source: Source, selection: Selection, path: Path, errors: unknown[]): unknown => {
  const { name, args } = selection
  if (!(name in source)) throw new QueryMistake(`Field '${name}' doesn't exist on this type`)
  const field = source[name]
  return complete(typeof field === 'function' ? (field as Lookup)(args) : field, selection, path, errors)
}

const complete = (value: unknown, selection: Selection, path: Path, errors: unknown[]): unknown => {
  const { name, fields } = selection
  if (Array.isArray(value)) return value.map((item, index) => complete(item, selection, [...path, index], errors))
  if (isProblem(value)) {
    errors.push({ ...value.problem, path })
    return null
  }
  if (typeof value !== 'object' || value === null) return value
  if (fields.length === 0) throw new QueryMistake(`Field must have selections (field '${name}' returns an object)`)
  return pick(value as Source, fields, path, errors)
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value

const problem = (type: string, message: string): Problem => ({ problem: { type, message } })

const forbidden = problem('FORBIDDEN', 'Resource not accessible by integration')

/** The most that a list hands out, or takes, at once. */
const mostNodes = 100

const describeRoot = (state: GitHubState, grant: GitHubGrant): Source => ({
  viewer: (): Source => ({ login: grant.user.login, databaseId: grant.user.id }),
  repository: ({ owner, name }: Readonly<Record<string, unknown>>) => {
    const repository = state.repositories.get(`${owner}/${name}`)
    return repository
      ? describeRepository(state, repository, grant)
      : problem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
  },
  nodes: ({ ids }: Readonly<Record<string, unknown>>) => {
    const wanted = Array.isArray(ids) ? ids.map(String) : []
    return wanted.length > mostNodes
      ? problem('ARGUMENT_LIMIT', `You may not provide more than ${mostNodes} node ids; you provided ${wanted.length}.`)
      : wanted.map((id) => findNode(state, grant, id))
  },
})

const findNode = (state: GitHubState, grant: GitHubGrant, nodeId: string): Source | Problem => {
  const wanted = Number(nodeId.replace(/^DE_/, ''))
  for (const repository of state.repositories.values()) {
    const found = repository.deployments.find(({ id }) => id === wanted)
    if (found) return mayRead(repository, grant, ['deployments']) ? describeDeployment(state, found) : forbidden
  }
  return problem('NOT_FOUND', `Could not resolve to a node with the global id of '${nodeId}'`)
}

const describeRepository = (state: GitHubState, repository: Repository, grant: GitHubGrant): Source => ({
  nameWithOwner: repository.name,
  pullRequest: ({ number }: Readonly<Record<string, unknown>>) => {
    if (!mayRead(repository, grant, ['pull_requests'])) return forbidden
    const pull = repository.pulls.get(Number(number))
    return pull
      ? describePullForGraphql(pull)
      : problem('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
  },
  deployments: (args: Readonly<Record<string, unknown>>) =>
    mayRead(repository, grant, ['deployments']) ? listDeployments(state, repository, args) : forbidden,
})

/** Newest first, whatever `orderBy` says; the cursor is the number of those that came before. */
const listDeployments = (
  state: GitHubState,
  { deployments }: Repository,
  { first, after, environments }: Readonly<Record<string, unknown>>,
): Source | Problem => {
  const size = Number(first)
  if (size > mostNodes)
    return problem(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`deployments\` connection exceeds the \`first\` limit of ${mostNodes} records.`,
    )
  const named = Array.isArray(environments) ? environments : undefined
  const fitting = deployments.filter(({ environment }) => !named || named.includes(environment)).reverse()
  const from = Number(after ?? 0)
  const to = Math.min(from + size, fitting.length)
  return {
    totalCount: fitting.length,
    nodes: fitting.slice(from, to).map((deployment) => describeDeployment(state, deployment)),
    pageInfo: { hasNextPage: to < fitting.length, endCursor: String(to) },
  }
}

const describeDeployment = (state: GitHubState, deployment: GitHubDeployment): Source => {
  const word = deployment.statuses.at(-1)?.state
  return {
    __typename: 'Deployment',
    id: formatNodeId(deployment.id),
    databaseId: describeInt(state, deployment.id),
    environment: deployment.environment,
    commitOid: deployment.sha,
    payload: JSON.stringify(deployment.payload),
    latestStatus: word === undefined ? null : { state: word.toUpperCase() },
  }
}

/** `databaseId` is an `Int` of 32 bits, which ids of Deployments have outgrown. */
const describeInt = ({ outgrown }: GitHubState, value: number): number | null | Problem => {
  if (value < 2 ** 31) return value
  return outgrown === 'null' ? null : { problem: { message: `Integer out of bounds: ${value}` } }
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
