import type { GitHubComment, GitHubDeployment, PullRequestHead, PullRequestState } from '../api.ts'
import type { FailureDetails } from '../network/request-error.ts'
import { determineGitHubRetryAfterMs, type LimitSigns, mentionsRateLimit } from '../network/retry-policy.ts'
import { expectList, fieldsOf, InvalidResponse, listOf, positiveIntegerOf, textOf } from '../text/json.ts'

const expectNumber = (value: unknown, what: string): number => {
  const number = positiveIntegerOf(value)
  if (number === undefined) throw new InvalidResponse(`${what} was expected`)
  return number
}

/** The id of a created object. */
export const toId = (value: unknown): number => expectNumber(fieldsOf(value)['id'], 'an id')

/** The database id of the token's user. */
export const toViewerId = (data: unknown): number =>
  expectNumber(fieldsOf(fieldsOf(data)['viewer'])['databaseId'], 'a user’s id')

/** @returns `undefined` for anything but a comment */
export const findComment = (value: unknown): GitHubComment | undefined =>
  positiveIntegerOf(fieldsOf(value)['id']) === undefined ? undefined : toComment(value)

export const toComment = (value: unknown): GitHubComment => {
  const { user, body } = fieldsOf(value)
  // A comment whose author was deleted has no user.
  return { id: toId(value), user: { id: Number(fieldsOf(user)['id']) || 0 }, body: textOf(body) }
}

/** A listed pull request's number; `undefined` unless it is open. */
export const toOpenNumber = (value: unknown): number | undefined => {
  const { state, number } = fieldsOf(value)
  return state === 'open' ? expectNumber(number, 'a number') : undefined
}

export const toPullRequestHead = (value: unknown): PullRequestHead => {
  const { sha, repo } = fieldsOf(fieldsOf(value)['head'])
  if (textOf(sha) === '') throw new InvalidResponse('a pull request’s head was expected')
  return { sha: textOf(sha), repository: textOf(fieldsOf(repo)['full_name']) }
}

/** Leaves out entries that don't fit. */
export const listFitting = <Item>(value: unknown, toItem: (entry: unknown) => Item | undefined): readonly Item[] =>
  expectList(value)
    .map(toItem)
    .filter((item) => item !== undefined)

/** A GitHub Deployment from the REST API, which doesn't show its state. `nodeId`: its id for GraphQL. */
export type ListedDeployment = Pick<GitHubDeployment, 'id' | 'payload'> & { readonly nodeId: string }

/** The payload may be any JSON. */
export const toListedDeployment = (value: unknown): ListedDeployment | undefined => {
  const { id, node_id, payload } = fieldsOf(value)
  const known = positiveIntegerOf(id)
  if (known === undefined || textOf(node_id) === '') return undefined
  return { id: known, nodeId: textOf(node_id), payload: textOf(payload) || JSON.stringify(payload ?? '') }
}

/** For each of `count` requested ids: the state of its newest status, `''` before the first; `undefined` where it was deleted. */
export const toDeploymentStates = (data: unknown, count: number): readonly (string | undefined)[] => {
  const nodes = expectList(fieldsOf(data)['nodes'], 'a list of GitHub Deployments')
  if (nodes.length !== count) throw new InvalidResponse(`${count} GitHub Deployments were expected`)
  return nodes.map((node) =>
    node === null ? undefined : textOf(fieldsOf(fieldsOf(node)['latestStatus'])['state']).toLowerCase(),
  )
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

/** Of a refusal: `Validation Failed (body is too long)`. */
export const formatGitHubDetail = (body: unknown): string => {
  const { message, errors } = fieldsOf(body)
  const more = listOf(errors).map((error) => textOf(fieldsOf(error)['message']) || textOf(error))
  const shown = more.filter(Boolean).join(', ')
  return `${textOf(message)}${shown && ` (${shown})`}`
}

/** The action's comments, oldest first: the token's user wrote them, and their first line has the marker, which anybody could write. */
export const listOwnComments = (
  comments: readonly GitHubComment[],
  ownUserId: number,
  marker: string,
): readonly GitHubComment[] =>
  comments
    .filter(({ user, body }) => user.id === ownUserId && getFirstLine(body).includes(marker))
    .toSorted((one, other) => one.id - other.id)

const getFirstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? ''

/** The REST API's statuses for errors that GraphQL answers with 200. Any other type is not repeated. */
const statusesByType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  INTERNAL: 500,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
}

type Failure = Pick<FailureDetails, 'detail' | 'retryAfterMs'> & { readonly status: number }

/**
 * GraphQL answers 200 in any case, with errors beside the data, or with a message alone for a secondary rate limit. `NOT_FOUND` is
 * not a failure while something else was found: that is `null` in the data.
 *
 * @param nowMs milliseconds since the epoch
 */
export const findGraphqlFailure = (
  body: unknown,
  headers: LimitSigns['headers'],
  nowMs: number,
): Failure | undefined => {
  const { data, errors, message } = fieldsOf(body)
  const isAnswered = Object.values(fieldsOf(data)).some((value) => value !== null)
  const listed = Array.isArray(errors) ? errors.map(fieldsOf) : data === undefined && message ? [{ message }] : []
  const error = listed.find(({ type }) => type !== 'NOT_FOUND' || !isAnswered)
  if (!error) return undefined
  const detail = textOf(error['message'])
  const status = determineStatus(textOf(error['type']), detail)
  const retryAfterMs = status === 429 ? determineGitHubRetryAfterMs({ status, detail, headers, nowMs }) : undefined
  return { status, detail, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** A query that timed out has no type, only this message. */
const determineStatus = (type: string, detail: string): number => {
  if (mentionsRateLimit(detail)) return 429
  if (/^Something went wrong/.test(detail)) return 502
  return statusesByType[type] ?? 200
}
