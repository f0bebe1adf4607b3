import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { Call } from '../request-log.ts'
import { authenticate, isRefusal, mayRead, mayWrite, type Permission } from './access.ts'
import type { GitHubAsked } from './asked.ts'
import { createComment, deleteComment, getComment, listComments, updateComment } from './comments.ts'
import { createGitHubDeployment, getGitHubDeployment, listGitHubDeployments } from './deployments.ts'
import { answerGraphql } from './graphql.ts'
import { getPull, listPullsOfCommit } from './pulls.ts'
import { refuseNotFound, refusePermission, refuseUnparsable } from './refusals.ts'
import { type GitHubRoute, parseGitHubRoute } from './routes.ts'
import { describeGitHubUser, type GitHubGrant, type GitHubState, type Repository } from './state.ts'
import { createStatus, listStatuses } from './statuses.ts'

type Handler = { readonly one: readonly Permission[]; readonly answer: (asked: GitHubAsked) => ApiAnswer }

/** Who answers, and one of which permissions is needed. */
const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['GET comments', { one: ['issues', 'pull_requests'], answer: listComments }],
  ['POST comments', { one: ['issues', 'pull_requests'], answer: createComment }],
  ['GET comment', { one: ['issues', 'pull_requests'], answer: getComment }],
  ['PATCH comment', { one: ['issues', 'pull_requests'], answer: updateComment }],
  ['DELETE comment', { one: ['issues', 'pull_requests'], answer: deleteComment }],
  ['GET pull', { one: ['pull_requests'], answer: getPull }],
  ['GET commit-pulls', { one: ['pull_requests', 'contents'], answer: listPullsOfCommit }],
  ['GET deployments', { one: ['deployments'], answer: listGitHubDeployments }],
  ['POST deployments', { one: ['deployments'], answer: createGitHubDeployment }],
  ['GET deployment', { one: ['deployments'], answer: getGitHubDeployment }],
  ['GET statuses', { one: ['deployments'], answer: listStatuses }],
  ['POST statuses', { one: ['deployments'], answer: createStatus }],
])

/** Understands a request; nothing is carried out before `act`. */
export const routeGitHubRequest = (state: GitHubState, request: ApiRequest): Call => {
  const route = parseGitHubRoute(request.path)
  return {
    operation: `${request.method} ${route?.noun ?? 'elsewhere'}`,
    act: (atMs) => (route ? answerGitHubRequest(state, route, request, atMs) : refuseNotFound),
  }
}

const answerGitHubRequest = (state: GitHubState, route: GitHubRoute, request: ApiRequest, nowMs: number): ApiAnswer => {
  const grant = authenticate(state, request.token)
  if (isRefusal(grant)) return grant
  if (request.isUnparsable) return refuseUnparsable
  if (route.noun === 'graphql') return answerGraphql(state, grant, request)
  if (route.noun === 'user') return answerUser(grant)
  const handler = handlers.get(`${request.method} ${route.noun}`)
  const repository = findRepository(state, route.repository)
  if (!handler || !repository) return refuseNotFound
  const isAllowed = request.method === 'GET' ? mayRead(repository, grant, handler.one) : mayWrite(grant, handler.one)
  return isAllowed ? handler.answer({ state, grant, repository, id: route.id, request, nowMs }) : refusePermission
}

const findRepository = (state: GitHubState, nameOrId: string): Repository | undefined =>
  state.repositories.get(nameOrId) ?? [...state.repositories.values()].find(({ id }) => String(id) === nameOrId)

/** A workflow's token is no user's: only GraphQL tells who it is. */
const answerUser = ({ user }: GitHubGrant): ApiAnswer =>
  user.type === 'Bot' ? refusePermission : { status: 200, body: describeGitHubUser(user) }
