import { createDeployment, refuseStart } from './deployments.ts'
import type { JobState, PipelinePlan, PipelineReference, RunState, StepPlan, StepState } from './pipelines.ts'
import { determinePhases } from './plan.ts'
import { resolveSet } from './sets.ts'
import { findStartProblem } from './start.ts'
import { type DeploymentState, type EnvironmentState, findEnvironment, type State } from './state.ts'

/** One step of a run, while it is carried out. */
export type Position = {
  readonly world: State
  readonly run: RunState
  readonly job: JobState
  readonly step: StepState
}

/** Works out what is to be deployed, from the base as it is now; or says why it can't be. */
export const applyStart = ({ world, run }: Position, atMs: number): string | undefined => {
  const environment = findEnvironment(run.app, run.envId, atMs)
  if (!environment) return 'The environment was not found.'
  const problem = findStartProblem(run.app, environment, run.start, world.acceptsAnyDelta)
  const contents = problem ?? resolveSet(run.app, environment.base, run.start)
  if (typeof contents === 'string') return `Unable to apply the Delta: ${contents}`
  run.contents = contents
  return undefined
}

/**
 * Deploys to an environment of the application and waits for its end.
 *
 * @param end is told the failure's message, or nothing when all went well
 */
export const deploy = (
  position: Position,
  envId: string,
  atMs: number,
  end: (failure: string | undefined, atMs: number) => void,
): void => {
  const { world, run, job, step } = position
  const environment = findEnvironment(run.app, envId, atMs)
  const isApplied = run.contents !== undefined || envId !== run.envId
  const problem = findProblem(run, environment, atMs) ?? (isApplied ? undefined : applyStart(position, atMs))
  if (!environment || problem) {
    end(problem ?? 'The environment was not found.', atMs)
    return
  }
  const deployment =
    envId === run.envId ? deployOwn(position, environment, atMs) : deployFurther(position, environment, atMs)
  run.setId ??= deployment.setId
  run.envIds.add(envId)
  step.related = { env_id: envId, deployment_id: deployment.id }
  job.waitingFor = `application.environment.deployment(${deployment.id})`
  const { afterMs = 0, status = '' } = deployment.phases.at(-1) ?? {}
  if (status !== 'succeeded' && status !== 'failed') return
  const failure = status === 'failed' ? `Deployment ${deployment.id} failed.` : undefined
  world.later.add(deployment.createdMs + afterMs, (endMs) => end(failure, endMs))
}

/** The one that was listed early doesn't stand in its own way. */
const findProblem = (run: RunState, environment: EnvironmentState | undefined, atMs: number): string | undefined => {
  if (!environment) return undefined
  if (run.early && environment.deployments.at(-1) === run.early) return undefined
  return refuseStart(environment, atMs) && 'There is already an active deployment in the environment.'
}

const deployOwn = (
  { world, run, job, step }: Position,
  environment: EnvironmentState,
  atMs: number,
): DeploymentState => {
  const { app, start, deploymentPlan: plan, createdBy, early } = run
  if (early) {
    const shiftMs = atMs - early.createdMs
    const phases = determinePhases(plan, world.speed).filter(({ status }) => status !== 'pending')
    early.phases = [
      { afterMs: 0, status: 'pending' },
      ...phases.map(({ afterMs, status }) => ({ afterMs: afterMs + shiftMs, status })),
    ]
    return early
  }
  const pipeline = refer(run, job, step, environment)
  return createDeployment(world, app, environment, {
    start,
    plan,
    nowMs: atMs,
    createdBy,
    pipeline,
    id: run.deploymentId,
    ...(run.contents && { contents: run.contents }),
  })
}

/** The Set of our deployment goes on to another environment, with the same comment. */
const deployFurther = (
  { world, run, job, step }: Position,
  environment: EnvironmentState,
  atMs: number,
): DeploymentState => {
  const { app, start, createdBy } = run
  return createDeployment(world, app, environment, {
    start: { ...start, deltaId: '', setId: run.setId ?? '' },
    plan: environment.queue.shift() ?? environment.plan,
    nowMs: atMs,
    createdBy,
    pipeline: refer(run, job, step, environment),
  })
}

const refer = (run: RunState, job: JobState, step: StepState, { base }: EnvironmentState): PipelineReference => ({
  told: { id: run.pipeline.id, run_id: run.id, job_id: job.id, step_index: job.steps.indexOf(step) },
  fromId: run.plan.fromId === 'base' ? (base?.id ?? '') : '',
})

/** Where a run deploys to the environment that it was asked for. */
export const findOwnDeployStep = ({ jobs }: PipelinePlan): { readonly job_id: string; readonly step_index: number } => {
  const isOwn = (step: StepPlan): boolean => step.does === 'deploy' && step.env === undefined
  const job = jobs.find(({ steps }) => steps.some(isOwn))
  return { job_id: job?.id ?? '', step_index: job?.steps.findIndex(isOwn) ?? 0 }
}
