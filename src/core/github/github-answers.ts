import type { GitHubComment, GitHubDeployment, PullRequestState } from '../../ports.ts'
import { UnfitAnswer } from '../deployment/answers.ts'

type Fields = { readonly [name: string]: unknown }

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** @throws UnfitAnswer when it isn't one */
export const toNumber = (value: unknown, what: string): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw new UnfitAnswer(`${what} was expected`)
}

/** Something that was made: its id. */
export const toId = (value: unknown): number => toNumber(fieldsOf(value)['id'], 'an id')

export const toComment = (value: unknown): GitHubComment => {
  const { user, body } = fieldsOf(value)
  // A comment whose author is gone has no user: it is nobody's that we know.
  return { id: toId(value), user: { id: Number(fieldsOf(user)['id']) || 0 }, body: textOf(body) }
}

/** Of a list of pull requests, the newest open one's number. */
export const findNewestOpen = (value: unknown): number | undefined => {
  if (!Array.isArray(value)) throw new UnfitAnswer('a list of pull requests was expected')
  const open = value.filter((pullRequest) => fieldsOf(pullRequest)['state'] === 'open').map(toPullRequestNumber)
  return open.length === 0 ? undefined : Math.max(...open)
}

const toPullRequestNumber = (value: unknown): number => toNumber(fieldsOf(value)['number'], 'a number')

/** `endCursor` only when there are more. */
export type DeploymentPage = { readonly deployments: readonly GitHubDeployment[]; readonly endCursor?: string }

export const toDeploymentPage = (data: unknown): DeploymentPage => {
  const { nodes, pageInfo } = fieldsOf(fieldsOf(fieldsOf(data)['repository'])['deployments'])
  if (!Array.isArray(nodes)) throw new UnfitAnswer('a list of GitHub Deployments was expected')
  const { hasNextPage, endCursor } = fieldsOf(pageInfo)
  const deployments = nodes.map((node) => {
    const { databaseId, latestStatus, payload } = fieldsOf(node)
    const state = textOf(fieldsOf(latestStatus)['state']).toLowerCase()
    return { id: toNumber(databaseId, 'the id of a GitHub Deployment'), state, payload: textOf(payload) }
  })
  return { deployments, ...(hasNextPage === true && { endCursor: textOf(endCursor) }) }
}

/** The query's aliases are `p12` for number 12; a number that is no pull request's is `null`. */
export const toPullRequestStates = (
  data: unknown,
  numbers: readonly number[],
): ReadonlyMap<number, PullRequestState> => {
  const { repository } = fieldsOf(data)
  if (typeof repository !== 'object' || repository === null) throw new UnfitAnswer('a repository was expected')
  const states = new Map<number, PullRequestState>()
  for (const number of numbers) {
    const found = fieldsOf(repository)[`p${number}`]
    if (found === undefined) throw new UnfitAnswer(`the state of #${number} is missing`)
    if (found !== null) states.set(number, toState(fieldsOf(found)['state']))
  }
  return states
}

const toState = (value: unknown): PullRequestState => {
  if (value === 'OPEN' || value === 'CLOSED' || value === 'MERGED') return value
  throw new UnfitAnswer('the state of a pull request was expected')
}

export type GraphqlError = { readonly type: string; readonly message: string }

/** GraphQL answers 200 whatever it thinks of the query: its errors stand beside what could be answered. */
export const listGraphqlErrors = (body: unknown): readonly GraphqlError[] => {
  const { errors } = fieldsOf(body)
  if (!Array.isArray(errors)) return []
  return errors.map((error) => ({ type: textOf(fieldsOf(error)['type']), message: textOf(fieldsOf(error)['message']) }))
}

/** What a refusal says: `Validation Failed (body is too long)`. */
export const formatGitHubDetail = (body: unknown): string => {
  const { message, errors } = fieldsOf(body)
  const more = Array.isArray(errors) ? errors.map((error) => textOf(fieldsOf(error)['message']) || textOf(error)) : []
  const shown = more.filter(Boolean).join(', ')
  return `${textOf(message)}${shown && ` (${shown})`}`
}
