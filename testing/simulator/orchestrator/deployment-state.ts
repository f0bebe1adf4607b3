import type { Phase } from './plan.ts'
import type { DeploymentState, EnvironmentState } from './state.ts'
import { formatTime } from './times.ts'

/** The phase that a deployment is in: its last one that has begun. */
export const findPhase = (deployment: DeploymentState, nowMs: number): Phase => {
  const { phases, createdMs } = deployment
  for (let index = phases.length - 1; index > 0; index--) {
    const phase = phases[index]
    if (phase && createdMs + phase.afterMs <= nowMs) return phase
  }
  return phases[0] ?? { afterMs: 0, status: 'pending' }
}

/** Active is what isn't final. */
const isActive = (deployment: DeploymentState, nowMs: number): boolean => {
  const { status } = findPhase(deployment, nowMs)
  return status !== 'succeeded' && status !== 'failed'
}

/** An environment has one active deployment at most, and that is its newest. */
export const findActive = (environment: EnvironmentState, nowMs: number): DeploymentState | undefined => {
  const newest = environment.deployments.at(-1)
  return newest && isActive(newest, nowMs) ? newest : undefined
}

/** A deployment as the API tells it. */
export const describeDeployment = (deployment: DeploymentState, nowMs: number): Readonly<Record<string, unknown>> => {
  const phase = findPhase(deployment, nowMs)
  if (deployment.told?.phase !== phase) deployment.told = { phase, fields: describePhase(deployment, phase) }
  return deployment.told.fields
}

/** The Set is worked out while it is pending; fields that the description requires are left out, as in real answers. */
const describePhase = (deployment: DeploymentState, phase: Phase): Readonly<Record<string, unknown>> => ({
  id: deployment.id,
  env_id: deployment.envId,
  comment: deployment.comment,
  // The default pipeline turns a Delta into a Set and deploys that, which records no origin.
  delta_id: deployment.pipeline ? '' : deployment.deltaId,
  ...((deployment.isSetForced || deployment.pipeline || phase.status !== 'pending') && { set_id: deployment.setId }),
  from_id: deployment.pipeline ? deployment.pipeline.fromId : (deployment.base?.id ?? ''),
  ...(deployment.pipeline && { pipeline: deployment.pipeline.told }),
  value_set_version_id: deployment.valueSetVersionId ?? null,
  ...(deployment.mode && { mode: deployment.mode }),
  status: phase.status,
  status_changed_at: formatTime(deployment.createdMs + phase.afterMs),
  created_at: formatTime(deployment.createdMs),
  created_by: deployment.createdBy,
  // The description doesn't know this one: clients must not mind.
  runner: { kind: 'direct', labels: [] },
})

/** The answer to a start, with the holes that were seen in a real one. */
export const describeStarted = (deployment: DeploymentState, nowMs: number): Readonly<Record<string, unknown>> => {
  const { delta_id, ...fields } = describeDeployment(deployment, nowMs)
  return { ...fields, ...(delta_id !== '' && { delta_id }), env_id: '', from_id: '' }
}
