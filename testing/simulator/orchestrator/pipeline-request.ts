import type { ApiAnswer } from '../exchange.ts'
import type { Asked } from './asked.ts'
import { describeStarted } from './deployment-state.ts'
import { createDeployment, refuseStart, startDeployment } from './deployments.ts'
import { meetStart } from './lag.ts'
import { findPipeline } from './pipeline-criteria.ts'
import { findOwnDeployStep } from './pipeline-deploy.ts'
import { beginRun, createRun } from './pipeline-progress.ts'
import { describeRun } from './pipeline-runs.ts'
import type { RunState } from './pipelines.ts'
import { refuseBadRequest, refuseNotFound } from './refusals.ts'
import { findStartProblem, readStart, type Start } from './start.ts'
import { formatTime } from './times.ts'

/** A request for a deployment: taken by the pipeline whose criteria fit, or carried out at once where none is planned. */
export const takeStart = (asked: Asked): ApiAnswer => {
  const { world, app, environment, nowMs } = asked
  if (meetStart(asked)) return refuseNotFound('Environment')
  const start = readStart(asked.body)
  const plan = environment.queue[0] ?? app.queue[0] ?? environment.plan
  const pipeline = typeof start === 'string' || plan.pipeline ? undefined : findPipeline(app, environment, start)
  if (typeof start === 'string' || !pipeline) return startDeployment(asked)
  const problem = findStartProblem(app, environment, start, world.acceptsAnyDelta)
  // Whether a Delta fits, a run finds out only when it comes to that.
  if (problem && !app.deltas.has(start.deltaId)) return refuseBadRequest(problem)
  const refusal = refuseStart(environment, nowMs)
  if (refusal) return refusal
  const run = createRun(
    world,
    {
      pipeline,
      plan: pipeline.plan,
      app,
      envId: environment.id,
      start,
      deploymentPlan: environment.queue.shift() ?? app.queue.shift() ?? environment.plan,
      createdBy: asked.grant.user,
      inputs: describeInputs(environment.id, start, environment.base?.id ?? ''),
    },
    nowMs,
  )
  const earlier = environment.deployments.at(-1)
  if (run.plan.isDeploymentMadeAtOnce && !problem) run.early = createEarly(asked, run)
  beginRun(world, run, nowMs)
  const answer = run.plan.answer === 'earlier deployment' && !earlier ? 'no id' : run.plan.answer
  const accepted = { acceptedId: run.deploymentId }
  switch (answer) {
    case 'empty':
      return { status: 201, ...accepted }
    case 'run':
      return { status: 202, body: describeRun(run), ...accepted }
    case 'earlier deployment':
      return { status: 201, body: earlier && describeStarted(earlier, nowMs), ...accepted }
    case 'no id':
      return { status: 201, body: { ...describeRequested(run), id: '' }, ...accepted }
    default:
      return { status: 201, body: describeRequested(run), ...accepted }
  }
}

/** As the description tells them of a run that is asked for. */
const describeInputs = (envId: string, start: Start, baseId: string): Readonly<Record<string, string>> => ({
  env_id: envId,
  comment: start.comment,
  ...(start.deltaId && { delta_id: start.deltaId }),
  ...(!start.deltaId && start.setId && { set_id: start.setId }),
  ...(!start.deltaId && !start.setId && { deployment_id: baseId }),
  ...(start.valueSetVersionId && { value_set_version_id: start.valueSetVersionId }),
  ...(start.mode && { mode: start.mode }),
})

/** Listed from the request on, `pending` until the run comes to it. */
const createEarly = ({ world, app, environment, nowMs, grant, visibility }: Asked, run: RunState) => {
  const { start, plan, deploymentPlan, deploymentId } = run
  return createDeployment(world, app, environment, {
    start,
    plan: { ...deploymentPlan, phases: [{ afterMs: 0, status: 'pending' }] },
    visibility,
    nowMs,
    createdBy: grant.user,
    id: deploymentId,
    pipeline: {
      told: { id: run.pipeline.id, run_id: run.id, ...findOwnDeployStep(plan) },
      fromId: plan.fromId === 'base' ? (environment.base?.id ?? '') : '',
    },
  })
}

/** A deployment that isn't there yet: what a 201 can say of it. Whether the real one names the run isn't known. */
const describeRequested = (run: RunState): Readonly<Record<string, unknown>> => ({
  id: run.deploymentId,
  env_id: '',
  from_id: '',
  comment: run.start.comment,
  value_set_version_id: run.start.valueSetVersionId || null,
  status: 'pending',
  status_changed_at: formatTime(run.createdMs),
  created_at: formatTime(run.createdMs),
  created_by: run.createdBy,
  pipeline: { id: run.pipeline.id, run_id: run.id, ...findOwnDeployStep(run.plan) },
})
