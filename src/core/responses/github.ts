import type { GitHubComment, GitHubDeployment, PullRequestState } from '../../ports.ts'
import { fieldsOf, positiveIntegerOf, textOf } from '../text/json.ts'
import { expectList, InvalidResponse } from './humanitec.ts'

const expectNumber = (value: unknown, what: string): number => {
  const number = positiveIntegerOf(value)
  if (number === undefined) throw new InvalidResponse(`${what} was expected`)
  return number
}

/** Something that was made: its id. */
export const toId = (value: unknown): number => expectNumber(fieldsOf(value)['id'], 'an id')

/** Whose token it is. */
export const toViewerId = (data: unknown): number =>
  expectNumber(fieldsOf(fieldsOf(data)['viewer'])['databaseId'], 'a user’s id')

export const toComment = (value: unknown): GitHubComment => {
  const { user, body } = fieldsOf(value)
  // A comment whose author is gone has no user: it is nobody's that we know.
  return { id: toId(value), user: { id: Number(fieldsOf(user)['id']) || 0 }, body: textOf(body) }
}

/** Of a list of pull requests, the newest open one's number. */
export const findNewestOpen = (value: unknown): number | undefined => {
  const open = expectList(value, 'a list of pull requests')
    .map(fieldsOf)
    .filter(({ state }) => state === 'open')
    .map(({ number }) => expectNumber(number, 'a number'))
  return open.length === 0 ? undefined : Math.max(...open)
}

/** Of a pull request. */
export const toHeadSha = (value: unknown): string => {
  const sha = textOf(fieldsOf(fieldsOf(value)['head'])['sha'])
  if (sha === '') throw new InvalidResponse('a pull request’s head was expected')
  return sha
}

/** `endCursor` only when there are more. */
type DeploymentPage = { readonly deployments: readonly GitHubDeployment[]; readonly endCursor?: string }

export const toDeploymentPage = (data: unknown): DeploymentPage => {
  const { nodes, pageInfo } = fieldsOf(fieldsOf(fieldsOf(data)['repository'])['deployments'])
  const deployments = expectList(nodes, 'a list of GitHub Deployments').map(toDeployment)
  const { hasNextPage, endCursor } = fieldsOf(pageInfo)
  return { deployments, ...(hasNextPage === true && { endCursor: textOf(endCursor) }) }
}

const toDeployment = (node: unknown): GitHubDeployment => {
  const { databaseId, latestStatus, payload } = fieldsOf(node)
  return {
    id: expectNumber(databaseId, 'the id of a GitHub Deployment'),
    state: textOf(fieldsOf(latestStatus)['state']).toLowerCase(),
    payload: textOf(payload),
  }
}

/** The query's aliases are `p12` for number 12; a number that is no pull request's is `null`. */
export const toPullRequestStates = (
  data: unknown,
  numbers: readonly number[],
): ReadonlyMap<number, PullRequestState> => {
  const { repository } = fieldsOf(data)
  if (typeof repository !== 'object' || repository === null) throw new InvalidResponse('a repository was expected')
  const states = new Map<number, PullRequestState>()
  for (const number of numbers) {
    const found = fieldsOf(repository)[`p${number}`]
    if (found === undefined) throw new InvalidResponse(`the state of #${number} is missing`)
    if (found !== null) states.set(number, toState(fieldsOf(found)['state']))
  }
  return states
}

const toState = (value: unknown): PullRequestState => {
  if (value === 'OPEN' || value === 'CLOSED' || value === 'MERGED') return value
  throw new InvalidResponse('the state of a pull request was expected')
}

/** What a refusal says: `Validation Failed (body is too long)`. */
export const formatGitHubDetail = (body: unknown): string => {
  const { message, errors } = fieldsOf(body)
  const more = Array.isArray(errors) ? errors.map((error) => textOf(fieldsOf(error)['message']) || textOf(error)) : []
  const shown = more.filter(Boolean).join(', ')
  return `${textOf(message)}${shown && ` (${shown})`}`
}

/**
 * Ours, oldest first: our own user wrote it, and its first line holds the marker. A comment that a person wrote is never ours,
 * marker or not.
 */
export const listOwnComments = (
  comments: readonly GitHubComment[],
  ownUserId: number,
  marker: string,
): readonly GitHubComment[] =>
  comments
    .filter(({ user, body }) => user.id === ownUserId && getFirstLine(body).includes(marker))
    .toSorted((one, other) => one.id - other.id)

const getFirstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? ''
