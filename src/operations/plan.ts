import type { DeltaContents, Deployment, Environment } from '../core/api.ts'
import { applyDelta, emptySet, readDelta } from '../core/delta.ts'
import { findActive, findNewestSucceeded, hasSucceeded, isFinal } from '../core/deployments.ts'
import type { DeployRequest } from '../core/inputs/request.ts'
import { type Result, StepEndError } from '../core/run/result.ts'
import { type Change, compareSets } from '../core/set-diff.ts'
import { compareSetsById } from './changes.ts'
import type { Context } from './context.ts'
import { buildDeltaContents, getBaseSetId, readSetId } from './delta.ts'
import { checkEnvironment, findEnvironment, getCopySource } from './environment.ts'
import { listDeployments } from './read.ts'
import { noteBase, resolveBase } from './rebase.ts'
import { type Send, sendRequest } from './request.ts'

/**
 * `dry_run` of a deployment: what it would change. Nothing is started, created or changed, except for a Set that nobody sees.
 *
 * @throws StepEndError with `error` where the deployment itself would end so; RequestError for a Delta that doesn't fit, or a
 *   difference that can't be read
 */
export const plan = async (context: Context, request: DeployRequest): Promise<Result> => {
  context.log({ kind: 'opening', request, comment: '' })
  const basis = await findPlanBasis(context, request)
  const { running, runningEnv } = basis
  const comparison = { ...(running && { base: running }), ...(runningEnv !== request.env && { env: runningEnv }) }
  const changes = await planChanges(context, request, basis)
  context.store.note({ changes, comparison })
  context.log({ kind: 'changes', request, changes, comparison })
  return { outcome: 'planned' }
}

/** What the deployment would build on, and what it would replace. */
type PlanBasis = {
  readonly base?: Deployment
  /** The latest successful deployment of the environment, or of the one that it would be created from. */
  readonly running?: Deployment
  readonly runningEnv: string
}

const findPlanBasis = async (context: Context, request: DeployRequest): Promise<PlanBasis> => {
  const environment = await findEnvironment(context, request.env)
  if (environment && environment.status !== 'deleting')
    return findPlanBasisOf(context, request, checkEnvironment(context, request, environment))
  const { createFrom } = request
  if (createFrom === undefined)
    throw new StepEndError('error', { kind: 'no_environment', ...(environment && { environment }) })
  const { source, deployment } = await getCopySource(context, request, createFrom)
  const base = request.base ? await resolveBase(context, source, request.base) : deployment
  notePlannedBase(context, request, { base, from: createFrom })
  return { base, running: deployment, runningEnv: createFrom }
}

const findPlanBasisOf = async (
  context: Context,
  request: DeployRequest,
  environment: Environment,
): Promise<PlanBasis> => {
  const active = findActive(environment)
  if (active) context.store.remark({ kind: 'active_beside_plan', id: active.id })
  const running = await findRunning(context, environment)
  const base = request.base
    ? await resolveBase(context, environment, request.base)
    : chooseBase(environment.from_deploy, running)
  if (base) notePlannedBase(context, request, { base })
  return { ...(base && { base }), ...(running && { running }), runningEnv: request.env }
}

/** `from`: what the environment would be created from. */
type PlannedBase = { readonly base: Deployment; readonly from?: string }

/** Of the input `from_deploy_id`, only the id may be known yet. */
const notePlannedBase = (context: Context, request: DeployRequest, { base, from }: PlannedBase): void => {
  const env = request.base?.kind === 'environment' ? request.base.env : from
  if (request.base?.kind === 'deployment') context.store.note({ base })
  else noteBase(context, base, env === request.env ? undefined : env)
}

/** A deployment that has just begun has no Set yet: until then, what runs is all that is known. */
const chooseBase = (base: Deployment | undefined, running: Deployment | undefined): Deployment | undefined =>
  base && base.set_id === '' && !isFinal(base) ? running : base

/** The list, which can be long, is read only when the environment itself doesn't show it. */
const findRunning = async (context: Context, { id, last_deploy }: Environment): Promise<Deployment | undefined> => {
  if (!last_deploy || hasSucceeded(last_deploy)) return last_deploy
  return findNewestSucceeded(await listDeployments(context, id))
}

const planChanges = async (context: Context, request: DeployRequest, basis: PlanBasis): Promise<readonly Change[]> => {
  const { base, running, runningEnv } = basis
  const contents = await getContents(context, request, base)
  if (contents && !base) return listAdditions(contents)
  const setId = await getPlannedSetId(context, request, { base, contents })
  const oldId = running && (await readSetId(context, runningEnv, running))
  return (await compareSetsById(context, createRead(context), { newId: setId, oldId })) ?? []
}

const createRead =
  (context: Context) =>
  <Answer>(call: Send<Answer>): Promise<Answer> =>
    sendRequest(context, call)

const getContents = (
  context: Context,
  request: DeployRequest,
  base: Deployment | undefined,
): Promise<DeltaContents | undefined> => {
  const { deltaId } = request
  if (deltaId === undefined) return buildDeltaContents(context, request, base)
  return sendRequest(context, (limits) => context.humanitec.getDelta(deltaId, limits))
}

/** Without a base no request is needed: everything in the Delta is added. */
const listAdditions = (contents: DeltaContents): readonly Change[] => {
  const delta = readDelta(contents)
  return delta ? compareSets(undefined, applyDelta(emptySet, delta).set) : []
}

type Planned = { readonly base: Deployment | undefined; readonly contents: DeltaContents | undefined }

const getPlannedSetId = async (
  context: Context,
  request: DeployRequest,
  { base, contents }: Planned,
): Promise<string> => {
  if (request.setId !== undefined) return request.setId
  if (!base) throw new StepEndError('error', { kind: 'nothing_succeeded', env: request.env })
  const baseId = await getBaseSetId(context, request, base)
  return contents ? sendRequest(context, (limits) => context.humanitec.applyDelta(baseId, contents, limits)) : baseId
}
