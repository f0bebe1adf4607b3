import type { ApiAnswer } from '../exchange.ts'
import { refuseUnlessDeployer } from './access.ts'
import type { Asked, AskedOfApp } from './asked.ts'
import { describeDeployment, findActive } from './deployment-state.ts'
import { determineSeenMs, findStaleBase, isActiveAgain, keepStaleBase } from './lag.ts'
import { refuseBadRequest, refuseConflict } from './refusals.ts'
import { type App, type DeploymentState, type EnvironmentState, findEnvironment, removeEnvironment } from './state.ts'
import { formatTime } from './times.ts'

export const getEnvironment = ({ environment, nowMs }: Asked): ApiAnswer => ({
  status: 200,
  body: describeEnvironment(environment, nowMs),
})

export const listEnvironments = ({ app, nowMs }: AskedOfApp): ApiAnswer => ({
  status: 200,
  body: [...app.environments.keys()]
    .map((id) => findEnvironment(app, id, nowMs))
    .filter((environment) => environment !== undefined)
    .map((environment) => describeEnvironment(environment, nowMs)),
})

const describeEnvironment = (environment: EnvironmentState, nowMs: number): Record<string, unknown> => {
  const { deletion, createdMs } = environment
  const seenMs = determineSeenMs(environment, nowMs)
  const last = environment.deployments.findLast(({ shownFromMs }) => shownFromMs <= seenMs)
  const base = findStaleBase(environment, nowMs) ?? findShownBase(environment.base, seenMs)
  return {
    id: environment.id,
    name: environment.name,
    type: environment.type,
    created_at: formatTime(createdMs),
    created_by: environment.createdBy,
    status: deletion && !isActiveAgain(environment, nowMs) ? 'deleting' : 'active',
    status_changed_at: formatTime(deletion?.sinceMs ?? createdMs),
    // The description doesn't know this one: clients must not mind.
    labels: {},
    ...(base && { from_deploy: describeDeployment(base, seenMs) }),
    ...(last && { last_deploy: describeDeployment(last, seenMs) }),
  }
}

/** While a start isn't shown yet, the environment looks as before it. */
const findShownBase = (base: DeploymentState | undefined, nowMs: number): DeploymentState | undefined =>
  base && base.shownFromMs > nowMs ? findShownBase(base.base, nowMs) : base

/** Linear in the length: the expression in the API's description is not. */
const isEnvironmentId = (text: string): boolean =>
  text.length >= 2 && text.length <= 50 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)

/** Deploys nothing. The new environment starts from a deployment of the same application. */
export const createEnvironment = ({ world, app, grant, body, nowMs }: AskedOfApp): ApiAnswer => {
  const { id, name, type = 'development', from_deploy_id } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (typeof id !== 'string' || !isEnvironmentId(id)) return refuseBadRequest('Invalid id.', { id })
  if (typeof name !== 'string' || name === '') return refuseBadRequest('name is required.')
  if (typeof type !== 'string' || !world.environmentTypes.includes(type))
    return refuseBadRequest('Unknown environment type.', { type })
  const refusal = refuseUnlessDeployer(grant, type)
  if (refusal) return refusal
  if (findEnvironment(app, id, nowMs)) return refuseConflict(`An environment with the id ${id} exists already.`)
  const base = typeof from_deploy_id === 'string' ? app.deployments.get(from_deploy_id) : undefined
  if (!base) return refuseBadRequest('from_deploy_id must name a deployment of the application.', { from_deploy_id })
  const environment = addEnvironment(app, { id, name, type, createdMs: nowMs, createdBy: grant.user, base })
  return { status: 201, body: describeEnvironment(environment, nowMs), acceptedId: id }
}

type NewEnvironment = Pick<EnvironmentState, 'id' | 'name' | 'type' | 'createdMs' | 'createdBy' | 'base'>

export const addEnvironment = (app: App, environment: NewEnvironment): EnvironmentState => {
  const { plan, deletionMs, resources, cluster, lag } = app
  const own = { deployments: [], queue: [], basesBeforeStarts: [], valueSetVersions: [], logs: [] }
  const added: EnvironmentState = { ...environment, ...own, plan, deletionMs, resources, cluster, lag }
  app.environments.set(added.id, added)
  return added
}

/** 204 when it was quick, 202 when it goes on: then it is `deleting` until it is gone. */
export const deleteEnvironment = ({ world, app, environment, nowMs }: Asked): ApiAnswer => {
  if (environment.deletion) return { status: 202 }
  const others = [...app.environments.values()].filter((other) => other !== environment && !other.deletion)
  if (others.length === 0) return refuseBadRequest('The last environment of an application can not be deleted.')
  const active = findActive(environment, nowMs)
  if (active) return refuseConflict('The environment has an active deployment.', { deploy_id: active.id })
  const lastsMs = environment.deletionMs / world.speed
  environment.deletion = { sinceMs: nowMs, goneMs: nowMs + lastsMs }
  if (lastsMs > 0) return { status: 202, acceptedId: environment.id }
  removeEnvironment(app, environment)
  return { status: 204, acceptedId: environment.id }
}

/** Rebase: the body is a JSON string. Lasts until the next deployment. */
export const putBase = ({ app, environment, body, nowMs }: Asked): ApiAnswer => {
  if (typeof body !== 'string') return refuseBadRequest('The body must be a JSON string.')
  const base = app.deployments.get(body)
  if (!base) return refuseBadRequest(`No deployment ${body} in the application.`)
  keepStaleBase(environment, nowMs)
  environment.base = base
  return { status: 204 }
}
