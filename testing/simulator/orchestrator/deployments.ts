import { createHex } from '../chance.ts'
import type { ApiAnswer } from '../exchange.ts'
import type { Visibility } from '../faults.ts'
import type { Asked } from './asked.ts'
import { describeDeployment, describeStarted, findActive, findPhase } from './deployment-state.ts'
import { getQuery } from './pages.ts'
import type { PipelineReference } from './pipelines.ts'
import { type DeploymentPlan, determinePhases } from './plan.ts'
import { refuseBadRequest, refuseConflict, refuseNotFound } from './refusals.ts'
import type { SetContents } from './set-contents.ts'
import { keepSet, resolveSet } from './sets.ts'
import { parseStart, type Start } from './start.ts'
import type { App, DeploymentState, EnvironmentState, State } from './state.ts'

/** Newest first, all of them at once: the real list has no pages either. */
export const listDeployments = ({ environment, nowMs, request }: Asked): ApiAnswer => {
  const seenMs = nowMs - (environment.lag.listMs ?? 0)
  const run = getQuery(request).get('pipelineRunId')
  return {
    status: 200,
    body: environment.deployments
      .filter(({ listedFromMs }) => listedFromMs <= seenMs)
      .filter(({ pipeline }) => run === null || run === `${pipeline?.told.id},${pipeline?.told.run_id}`)
      .map((deployment) => describeDeployment(deployment, seenMs))
      .reverse(),
  }
}

const findDeployment = ({ app, environment, id, nowMs }: Asked): DeploymentState | undefined => {
  const deployment = app.deployments.get(id)
  return deployment?.envId === environment.id && deployment.foundFromMs <= nowMs ? deployment : undefined
}

export const getDeployment = (asked: Asked): ApiAnswer => {
  const deployment = findDeployment(asked)
  return deployment ? { status: 200, body: describeDeployment(deployment, asked.nowMs) } : refuseNotFound('Deployment')
}

/** Empty until it has failed. */
export const listErrors = (asked: Asked): ApiAnswer => {
  const deployment = findDeployment(asked)
  if (!deployment) return refuseNotFound('Deployment')
  const hasFailed = findPhase(deployment, asked.nowMs).status === 'failed'
  return { status: 200, body: hasFailed ? deployment.errors : [] }
}

export const startDeployment = (asked: Asked): ApiAnswer => {
  const { world, app, environment, nowMs, visibility, grant } = asked
  const start = parseStart(app, environment, asked.body, world.acceptsAnyDelta)
  if (typeof start === 'string') return refuseBadRequest(start)
  const refusal = refuseStart(environment, nowMs)
  if (refusal) return refusal
  const plan = environment.queue.shift() ?? app.queue.shift() ?? environment.plan
  if (plan.pipeline) return leaveToPipeline(asked, start, plan)
  const deployment = createDeployment(world, app, environment, {
    start,
    plan,
    visibility,
    nowMs,
    createdBy: grant.user,
  })
  return { status: 201, body: describeStarted(deployment, nowMs), acceptedId: deployment.id }
}

/** Why no deployment can begin now. */
export const refuseStart = (environment: EnvironmentState, nowMs: number): ApiAnswer | undefined => {
  if (environment.deletion) return refuseConflict('The environment is being deleted.')
  const active = findActive(environment, nowMs)
  return active && refuseConflict('There is already an active deployment in the environment.', { deploy_id: active.id })
}

/** The pipeline's own deployment comes later, when nothing else is active then, and the Delta still fits. */
const leaveToPipeline = (asked: Asked, start: Start, { pipeline, ...plan }: DeploymentPlan): ApiAnswer => {
  const { world, app, environment, nowMs, visibility, grant } = asked
  if (pipeline?.startsAfterMs !== undefined) {
    world.later.add(nowMs + pipeline.startsAfterMs / world.speed, (atMs) => {
      if (refuseStart(environment, atMs) || typeof resolveSet(app, environment.base, start) === 'string') return
      createDeployment(world, app, environment, { start, plan, visibility, nowMs: atMs, createdBy: grant.user })
    })
  }
  return { status: pipeline?.status ?? 202, body: pipeline?.body }
}

export type Making = {
  readonly start: Start
  readonly plan: DeploymentPlan
  readonly visibility?: Visibility | undefined
  readonly nowMs: number
  readonly createdBy: string
  /** The run that makes it, and the id that its start was answered with, if it was. */
  readonly pipeline?: PipelineReference
  readonly id?: string
  /** Instead of what the start says. */
  readonly contents?: SetContents
}

/**
 * Makes a deployment of the environment's base, and makes it the next one's base.
 *
 * @throws Error when the Delta or the Set doesn't fit: requests are refused before
 */
export const createDeployment = (
  world: State,
  app: App,
  environment: EnvironmentState,
  making: Making,
): DeploymentState => {
  const { start, plan, nowMs } = making
  const seen = { ...plan, ...making.visibility }
  const contents = making.contents ?? resolveSet(app, environment.base, start)
  if (typeof contents === 'string') throw new Error(contents)
  const valueSetVersionId = start.valueSetVersionId || environment.valueSetVersions.at(-1)?.id
  const deployment: DeploymentState = {
    id: making.id ?? createHex(world.random, 16),
    envId: environment.id,
    comment: start.comment,
    deltaId: start.deltaId,
    setId: keepSet(app, contents),
    isSetForced: start.deltaId === '' && start.setId !== '',
    base: environment.base,
    ...(start.mode && { mode: start.mode }),
    ...(valueSetVersionId && { valueSetVersionId }),
    createdMs: nowMs,
    createdBy: making.createdBy,
    phases: determinePhases(plan, world.speed),
    errors: plan.errors,
    isRolledOut: plan.isRolledOut ?? true,
    ...(making.pipeline && { pipeline: making.pipeline }),
    listedFromMs: nowMs + (seen.listedAfterMs ?? 0),
    foundFromMs: nowMs + (seen.foundAfterMs ?? 0),
    shownFromMs: nowMs + (seen.shownAfterMs ?? 0),
  }
  environment.deployments.push(deployment)
  environment.base = deployment
  app.deployments.set(deployment.id, deployment)
  return deployment
}
