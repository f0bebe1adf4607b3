import { createHex } from '../chance.ts'
import { createId, decide, requestApproval } from './approvals.ts'
import { applyStart, deploy, type Position } from './pipeline-deploy.ts'
import type { JobState, RunState, StepPlan } from './pipelines.ts'
import type { DeploymentState, State } from './state.ts'

type NewRun = Pick<
  RunState,
  'pipeline' | 'plan' | 'app' | 'envId' | 'start' | 'deploymentPlan' | 'createdBy' | 'inputs'
>

/** A run that is queued, and that nothing moves yet. */
export const createRun = (world: State, given: NewRun, nowMs: number): RunState => {
  const run: RunState = {
    ...given,
    id: createId(world),
    deploymentId: createHex(world.random, 16),
    createdMs: nowMs,
    envIds: new Set([given.envId]),
    jobs: [],
    changes: 0,
    status: 'queued',
    message: '',
  }
  given.pipeline.runs.push(run)
  return run
}

/** From now on the run goes on by itself, by what is due later. */
export const beginRun = (world: State, run: RunState, nowMs: number): void => {
  const { queuedMs, cancelledAfterMs, timeoutMs } = run.plan
  const atLater = (afterMs: number, act: (atMs: number) => void): void => {
    if (Number.isFinite(afterMs)) world.later.add(nowMs + afterMs / world.speed, act)
  }
  atLater(queuedMs, (atMs) => execute(world, run, atMs))
  atLater(cancelledAfterMs ?? Number.POSITIVE_INFINITY, (atMs) => cancelRun(world, run, atMs))
  atLater(timeoutMs, (atMs) => endRun(world, run, 'failed', 'The run timed out.', atMs))
}

/** A run that is over isn't; one that is deploying ends with its deployment. */
export const cancelRun = (world: State, run: RunState, atMs: number): void => {
  if (run.completedMs !== undefined) return
  run.cancellationMs = atMs
  run.changes++
  if (!isDeploying(run)) endRun(world, run, 'cancelled', 'The run was cancelled.', atMs)
}

const isDeploying = ({ jobs }: RunState): boolean => {
  const step = jobs.at(-1)?.steps.at(-1)
  return step?.plan.does === 'deploy' && step.completedMs === undefined
}

const execute = (world: State, run: RunState, atMs: number): void => {
  const isDue = atMs >= run.createdMs + run.plan.queuedMs / world.speed
  if (run.status !== 'queued' || !isDue || findHolder(run)) return
  run.status = 'executing'
  run.executingMs = atMs
  run.changes++
  beginJob(world, run, atMs)
}

/** Runs of one group go one by one, in the order in which they were asked for. */
const findHolder = (run: RunState): RunState | undefined => {
  const { concurrencyGroup } = run.plan
  if (concurrencyGroup === undefined) return undefined
  return listOpenRuns(run).find(
    (other) =>
      other !== run &&
      other.plan.concurrencyGroup === concurrencyGroup &&
      (other.status === 'executing' || other.createdMs < run.createdMs),
  )
}

const listOpenRuns = ({ app }: RunState): readonly RunState[] =>
  [...app.pipelines.values()].flatMap(({ runs }) => runs).filter(({ completedMs }) => completedMs === undefined)

const endRun = (world: State, run: RunState, status: string, message: string, atMs: number): void => {
  if (run.completedMs !== undefined) return
  Object.assign(run, { status, message, completedMs: atMs })
  run.changes++
  for (const job of run.jobs) {
    delete job.waitingFor
    for (const part of [...job.steps, job])
      if (part.completedMs === undefined) Object.assign(part, { status, message, completedMs: atMs, updatedMs: atMs })
  }
  for (const approval of run.app.approvals) if (approval.run === run) decide(approval, 'cancelled', atMs)
  if (run.early && run.setId === undefined) failEarly(run.early, atMs)
  for (const waiting of listOpenRuns(run)) execute(world, waiting, atMs)
}

/** The run ended before it came to the deployment that was listed from the request on. */
const failEarly = (early: DeploymentState, atMs: number): void => {
  early.phases = [
    { afterMs: 0, status: 'pending' },
    { afterMs: atMs - early.createdMs, status: 'failed' },
  ]
}

const beginJob = (world: State, run: RunState, atMs: number): void => {
  const plan = run.plan.jobs[run.jobs.length]
  if (!plan) {
    endRun(world, run, run.plan.successWord, '', atMs)
    return
  }
  const job = { id: plan.id, createdMs: atMs, updatedMs: atMs, steps: [], status: 'executing', message: '' }
  run.jobs.push(job)
  run.changes++
  beginStep(world, run, job, atMs)
}

const beginStep = (world: State, run: RunState, job: JobState, atMs: number): void => {
  const plan = run.plan.jobs.find(({ id }) => id === job.id)?.steps[job.steps.length]
  if (!plan) {
    Object.assign(job, { status: run.plan.successWord, completedMs: atMs, updatedMs: atMs })
    beginJob(world, run, atMs)
    return
  }
  const step = { plan, createdMs: atMs, related: {}, status: 'executing', message: '' }
  job.steps.push(step)
  job.updatedMs = atMs
  run.changes++
  perform({ world, run, job, step }, plan, atMs)
}

const perform = (position: Position, plan: StepPlan, atMs: number): void => {
  switch (plan.does) {
    case 'work':
      position.world.later.add(atMs + (plan.durationMs ?? 2_000) / position.world.speed, (endMs) =>
        endStep(position, plan.fails ?? (plan.appliesDelta && applyStart(position, endMs)), endMs),
      )
      return
    case 'approval':
      waitForApproval(position, plan, atMs)
      return
    case 'deploy':
      deploy(position, plan.env ?? position.run.envId, atMs, (failure, endMs) => endStep(position, failure, endMs))
  }
}

/** @param failure its message; absent when all went well */
const endStep = ({ world, run, job, step }: Position, failure: string | undefined, atMs: number): void => {
  if (run.completedMs !== undefined) return
  delete job.waitingFor
  if (failure !== undefined) {
    endRun(world, run, 'failed', failure, atMs)
    return
  }
  Object.assign(step, { status: run.plan.successWord, completedMs: atMs })
  run.changes++
  if (run.cancellationMs === undefined) beginStep(world, run, job, atMs)
  else endRun(world, run, 'cancelled', 'The run was cancelled.', atMs)
}

const waitForApproval = (position: Position, plan: Extract<StepPlan, { does: 'approval' }>, atMs: number): void => {
  const { world, run, job } = position
  const envId = plan.env ?? run.envId
  const approval = requestApproval(
    world,
    {
      run,
      jobId: job.id,
      envId,
      message: plan.message ?? `Deployment to ${envId}`,
      goOn: (isApproved, endMs) => endStep(position, isApproved ? undefined : 'The approval was denied.', endMs),
    },
    atMs,
  )
  job.waitingFor = `application.pipeline.approval(${approval.id})`
  const { approvedAfterMs, deniedAfterMs } = plan
  const decideLater = (status: 'approved' | 'denied', afterMs: number | undefined): void => {
    if (afterMs === undefined) return
    world.later.add(atMs + afterMs / world.speed, (endMs) => decide(approval, status, endMs, 'jo@example.com'))
  }
  decideLater('approved', approvedAfterMs)
  decideLater('denied', deniedAfterMs)
}
