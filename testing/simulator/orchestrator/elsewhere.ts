import { createId } from './approvals.ts'
import { findActive } from './deployment-state.ts'
import { createDeployment } from './deployments.ts'
import type { PipelineReference } from './pipelines.ts'
import type { DeploymentPlan } from './plan.ts'
import { getEnvironmentAt, type Place, removeEnvironment, type State } from './state.ts'

type StartElsewhere = {
  readonly comment?: string
  readonly deltaId?: string
  readonly setId?: string
  readonly createdBy?: string
  /** It names a run of that pipeline. */
  readonly pipelineId?: string
  readonly plan?: Partial<DeploymentPlan>
}

/** What other people do meanwhile, past the record. */
export type Elsewhere = {
  /** Starts a deployment. Returns its id, or `undefined` when another one is active. */
  startElsewhere(place: Place, start?: StartElsewhere): string | undefined
  /** Sets the base. */
  rebaseElsewhere(place: Place, deploymentId: string): void
  /** Deletes the environment, at once. */
  deleteElsewhere(place: Place): void
}

export const createElsewhere = (world: State, now: () => number): Elsewhere => ({
  startElsewhere: (place, given = {}) => {
    const { comment = '', deltaId = '', setId = '', createdBy = 'jo@example.com', plan = {}, pipelineId } = given
    const { app, environment } = getEnvironmentAt(world, place)
    const nowMs = now()
    if (findActive(environment, nowMs) || environment.deletion) return undefined
    const start = { comment, deltaId, setId, mode: '', valueSetVersionId: '' }
    return createDeployment(world, app, environment, {
      start,
      plan: { ...environment.plan, ...plan },
      nowMs,
      createdBy,
      ...(pipelineId !== undefined && { pipeline: referTo(world, pipelineId) }),
    }).id
  },
  rebaseElsewhere: (place, deploymentId) => {
    now()
    const { app, environment } = getEnvironmentAt(world, place)
    environment.base = app.deployments.get(deploymentId) ?? environment.base
  },
  deleteElsewhere: (place) => {
    now()
    const { app, environment } = getEnvironmentAt(world, place)
    removeEnvironment(app, environment)
  },
})

const referTo = (world: State, id: string): PipelineReference => ({
  told: { id, run_id: createId(world), job_id: 'deploy', step_index: 1 },
  fromId: '',
})
