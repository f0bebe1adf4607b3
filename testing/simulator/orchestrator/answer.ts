import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { Visibility } from '../faults.ts'
import type { Call } from '../request-log.ts'
import { authenticate, describeUser, isRefusal, refuseUnlessAllowed, refuseUnlessDeployer } from './access.ts'
import type { AskedOfApp } from './asked.ts'
import { handlers } from './handlers.ts'
import { getFields } from './pages.ts'
import { refuseBeyondRate } from './rate-limit.ts'
import { refuseBadRequest, refuseMethod, refuseNotFound, refuseRoute } from './refusals.ts'
import { parseRoute, type Route } from './routes.ts'
import { answerConversion } from './score.ts'
import { findApp, findEnvironment, type Grant, hasOrganization, type State } from './state.ts'

/** Understands a request; nothing is carried out before `act`. */
export const routeRequest = (world: State, prefix: string, request: ApiRequest): Call => {
  const route = parseRoute(request.path, prefix)
  if (!route) return { operation: `${request.method} elsewhere`, act: () => refuseRoute }
  return {
    operation: `${request.method} ${route.noun}`,
    act: (atMs, visibility) => answerRequest(world, route, request, atMs, visibility),
  }
}

/** Rate, token, application, environment, role, body, in this order: the first that is wrong is told. */
const answerRequest = (
  world: State,
  route: Route,
  request: ApiRequest,
  nowMs: number,
  visibility: Visibility | undefined,
): ApiAnswer => {
  const limited = refuseBeyondRate(world, request.token, nowMs)
  if (limited) return limited
  const grant = authenticate(world, request.token)
  if (isRefusal(grant)) return grant
  if (route.noun === 'current-user') return request.method === 'GET' ? describeUser(world, grant, nowMs) : refuseMethod
  if (route.noun === 'convert-score') return answerForOrganization(world, grant, route, request)
  const app = findApp(world, `${route.org}/${route.app}`)
  if (!app) return refuseNotFound('Application')
  const { id, sourceId, ids = [] } = route
  const { body } = request
  const query = getFields(request)
  return answerForApp({ world, grant, app, id, sourceId, ids, request, query, body, nowMs, visibility }, route, request)
}

/** Nothing says which role a conversion needs: here, that of all who may see something. */
const answerForOrganization = (world: State, grant: Grant, route: Route, request: ApiRequest): ApiAnswer => {
  if (request.method !== 'POST') return refuseMethod
  if (!hasOrganization(world, route.org)) return refuseNotFound('Organization')
  const refusal = refuseUnlessAllowed(grant, false)
  return refusal ?? (request.isUnparsable ? refuseBadRequest('The body is not JSON.') : answerConversion(request.body))
}

const answerForApp = (asked: AskedOfApp, route: Route, { method, isUnparsable }: ApiRequest): ApiAnswer => {
  const handler = handlers.get(`${method} ${route.noun}`)
  if (!handler) return refuseMethod
  const refusal = refuseUnlessAllowed(asked.grant, handler.isChange)
  if (handler.of === 'app')
    return refusal ?? (isUnparsable ? refuseBadRequest('The body is not JSON.') : handler.answer(asked))
  const environment = findEnvironment(asked.app, route.env, asked.nowMs)
  if (!environment) return handler.isMute ? { status: 404 } : refuseNotFound('Environment')
  const typeRefusal = handler.needsDeployer ? refuseUnlessDeployer(asked.grant, environment.type) : undefined
  return (
    refusal ??
    typeRefusal ??
    (isUnparsable ? refuseBadRequest('The body is not JSON.') : handler.answer({ ...asked, environment }))
  )
}
