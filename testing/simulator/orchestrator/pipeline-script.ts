import { createId, decide } from './approvals.ts'
import { beginRun, cancelRun, createRun } from './pipeline-progress.ts'
import { deployJobs } from './pipeline-shapes.ts'
import type { JobPlan, PipelinePlan, RunState } from './pipelines.ts'
import { type App, getApp, getEnvironmentAt, type Place, parsePlace, type State } from './state.ts'

type RunElsewhere = { readonly pipeline?: string; readonly comment?: string; readonly jobs?: readonly JobPlan[] }

export type InspectedRun = {
  readonly id: string
  readonly pipelineId: string
  readonly status: string
  readonly comment: string
  readonly isOver: boolean
  readonly createdMs: number
  /** Infinite while it goes on. */
  readonly completedMs: number
  /** Of the deployment that the request was answered with, there yet or not. */
  readonly askedId: string
  /** Since when it has been waiting for an approval, or has deployed elsewhere, after its own deployment; infinite without. */
  readonly leftOurMs: number
  /** Of all environments that it deployed to. */
  readonly deploymentIds: readonly string[]
}

export type PipelineScript = {
  /**
   * From now on a pipeline of the application takes the requests for deployments; by default it is called `default`, takes
   * all of them and does what the default pipeline does. Planned again under the same id, it keeps its runs.
   */
  planPipeline(place: Place, plan?: Partial<PipelinePlan> & { readonly id?: string; readonly name?: string }): void
  /** Decides the oldest approval of the application that waits. False when none does. */
  decideApproval(place: Place, status: 'approved' | 'denied', by?: string): boolean
  /** By default the newest run of the application that isn't over. False when there is none. */
  cancelRun(place: Place, runId?: string): boolean
  /** Somebody else's run for `org/app/env`, in the pipeline's concurrency group if it has one. Returns its id. */
  startRunElsewhere(place: Place, run?: RunElsewhere): string
  /** Newest first, of all pipelines of the application. */
  inspectRuns(place: Place): readonly InspectedRun[]
}

const usualPipelinePlan: PipelinePlan = {
  takes: [{}],
  jobs: deployJobs(),
  answer: 'deployment',
  queuedMs: 500,
  isDeploymentMadeAtOnce: false,
  fromId: 'empty',
  successWord: 'succeeded',
  timeoutMs: 3_600_000,
}

export const createPipelineScript = (world: State, now: () => number): PipelineScript => ({
  planPipeline: (place, { id = 'default', name = 'Default Pipeline', ...plan } = {}) => {
    const app = getApp(world, parsePlace(place).home)
    const pipeline = app.pipelines.get(id) ?? { id, name, version: createId(world), plan: usualPipelinePlan, runs: [] }
    pipeline.plan = { ...usualPipelinePlan, ...plan }
    app.pipelines.set(id, pipeline)
  },
  decideApproval: (place, status, by = 'jo@example.com') => {
    const nowMs = now()
    const { approvals } = getApp(world, parsePlace(place).home)
    const approval = approvals.find((candidate) => candidate.status === 'waiting')
    if (approval) decide(approval, status, nowMs, by)
    return approval !== undefined
  },
  cancelRun: (place, runId) => {
    const nowMs = now()
    const run = listRuns(getApp(world, parsePlace(place).home)).find(
      ({ id, completedMs }) => completedMs === undefined && (runId ?? id) === id,
    )
    if (run) cancelRun(world, run, nowMs)
    return run !== undefined
  },
  startRunElsewhere: (place, run = {}) => {
    const nowMs = now()
    const begun = createRunElsewhere(world, place, run, nowMs)
    beginRun(world, begun, nowMs)
    return begun.id
  },
  inspectRuns: (place) => {
    now()
    return listRuns(getApp(world, parsePlace(place).home)).map(inspectRun)
  },
})

const createRunElsewhere = (world: State, place: Place, given: RunElsewhere, nowMs: number): RunState => {
  const { app, environment } = getEnvironmentAt(world, place)
  const { pipeline: id = 'default', comment = '', jobs } = given
  const pipeline = app.pipelines.get(id)
  if (!pipeline) throw new Error(`The simulator has no pipeline ${id}.`)
  return createRun(
    world,
    {
      pipeline,
      plan: { ...pipeline.plan, ...(jobs && { jobs }) },
      app,
      envId: environment.id,
      start: { comment, deltaId: '', setId: environment.base?.setId ?? '', mode: '', valueSetVersionId: '' },
      deploymentPlan: environment.plan,
      createdBy: 'jo@example.com',
      inputs: { env_id: environment.id, comment },
    },
    nowMs,
  )
}

const listRuns = ({ pipelines }: App): readonly RunState[] =>
  [...pipelines.values()]
    .flatMap(({ runs }) => runs)
    .reverse()
    .sort((one, other) => other.createdMs - one.createdMs)

const inspectRun = (run: RunState): InspectedRun => ({
  id: run.id,
  pipelineId: run.pipeline.id,
  status: run.status,
  comment: run.start.comment,
  isOver: run.completedMs !== undefined,
  createdMs: run.createdMs,
  completedMs: run.completedMs ?? Number.POSITIVE_INFINITY,
  askedId: run.deploymentId,
  leftOurMs: findLeavingMs(run),
  deploymentIds: run.jobs.flatMap(({ steps }) => steps.flatMap(({ related }) => related['deployment_id'] ?? [])),
})

const findLeavingMs = ({ jobs, envId }: RunState): number => {
  const steps = jobs.flatMap((job) => job.steps)
  const own = steps.findIndex(({ plan, related }) => plan.does === 'deploy' && related['env_id'] === envId)
  const further = own < 0 ? [] : steps.slice(own + 1)
  const leaving = further.find(({ plan }) => plan.does === 'approval' || (plan.does === 'deploy' && plan.env))
  return leaving?.createdMs ?? Number.POSITIVE_INFINITY
}
