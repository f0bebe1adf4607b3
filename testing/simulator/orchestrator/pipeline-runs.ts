import { hash } from 'node:crypto'
import type { ApiAnswer } from '../exchange.ts'
import type { AskedOfApp } from './asked.ts'
import { answerPage, getQuery } from './pages.ts'
import type { JobState, RunState, StepState } from './pipelines.ts'
import { refuseBadRequest, refuseNotFound } from './refusals.ts'
import { formatTime } from './times.ts'

/** Newest first, by the description's filters: `env`, `status` (more than once), `completed`, `created_after`, `created_before`. */
export const listRuns = ({ app, ids: [pipelineId = ''], request, nowMs }: AskedOfApp): ApiAnswer => {
  const pipeline = app.pipelines.get(pipelineId)
  if (!pipeline) return refuseNotFound('Pipeline')
  const query = getQuery(request)
  const wrong = ['created_after', 'created_before'].find((name) => Number.isNaN(parseTime(query.get(name))))
  if (wrong) return refuseBadRequest(`${wrong} must be a time.`)
  const runs = pipeline.runs.filter((run) => isWanted(run, query) && run.createdMs <= nowMs - findLagMs(run))
  return answerPage(request, runs.map(describeRun).reverse())
}

const findLagMs = ({ app, envId }: RunState): number => app.environments.get(envId)?.lag.runsMs ?? 0

const isWanted = (run: RunState, query: URLSearchParams): boolean => {
  const env = query.get('env')
  const completed = query.get('completed')
  return (
    (env === null || run.envIds.has(env)) &&
    (!query.has('status') || query.getAll('status').includes(run.status)) &&
    (completed === null || (completed === 'true') === (run.completedMs !== undefined)) &&
    run.createdMs > (parseTime(query.get('created_after')) ?? Number.NEGATIVE_INFINITY) &&
    run.createdMs < (parseTime(query.get('created_before')) ?? Number.POSITIVE_INFINITY)
  )
}

const parseTime = (text: string | null): number | undefined => (text === null ? undefined : Date.parse(text))

const findRun = ({ app, ids: [pipelineId = '', runId] }: AskedOfApp): RunState | undefined =>
  app.pipelines.get(pipelineId)?.runs.find(({ id }) => id === runId)

export const getRun = (asked: AskedOfApp): ApiAnswer => {
  const run = findRun(asked)
  return run
    ? { status: 200, headers: { etag: createEtag(run) }, body: describeRun(run) }
    : refuseNotFound('Pipeline run')
}

/** Those that have begun, without their steps. */
export const listJobs = (asked: AskedOfApp): ApiAnswer => {
  const run = findRun(asked)
  if (!run) return refuseNotFound('Pipeline run')
  const statuses = getQuery(asked.request).getAll('status')
  const jobs = run.jobs.filter(({ status }) => statuses.length === 0 || statuses.includes(status))
  return answerPage(
    asked.request,
    jobs.map((job) => describeJob(run, job)),
  )
}

export const getJob = (asked: AskedOfApp): ApiAnswer => {
  const run = findRun(asked)
  const job = run?.jobs.find(({ id }) => id === asked.ids[2])
  if (!run || !job) return refuseNotFound('Pipeline job')
  return {
    status: 200,
    headers: { etag: createEtag(run) },
    body: { ...describeJob(run, job), steps: job.steps.map(describeStep) },
  }
}

/** Another one after each change. */
const createEtag = ({ id, changes }: RunState): string => hash('sha1', `${id}/${changes}`).slice(0, 16)

export const describeRun = (run: RunState): Readonly<Record<string, unknown>> => ({
  id: run.id,
  etag: createEtag(run),
  ...describePlace(run),
  env_ids: [...run.envIds],
  status: run.status,
  status_message: run.message,
  created_at: formatTime(run.createdMs),
  created_by: run.createdBy,
  ...describeTimes({
    executing_at: run.executingMs,
    cancellation_requested_at: run.cancellationMs,
    completed_at: run.completedMs,
  }),
  timeout_seconds: run.plan.timeoutMs / 1000,
  trigger: 'deployment_request',
  inputs: run.inputs,
  run_as: run.createdBy,
  ...(run.plan.concurrencyGroup !== undefined && { concurrency_group: run.plan.concurrencyGroup }),
  waiting_for: Object.fromEntries(
    run.jobs.flatMap(({ id, waitingFor }) => (waitingFor === undefined ? [] : [[id, waitingFor]])),
  ),
})

const describePlace = ({ app, pipeline }: RunState): Readonly<Record<string, unknown>> => ({
  org_id: app.org,
  app_id: app.id,
  pipeline_id: pipeline.id,
  pipeline_version: pipeline.version,
})

const describeTimes = (times: Readonly<Record<string, number | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(times).flatMap(([name, ms]) => (ms === undefined ? [] : [[name, formatTime(ms)]])))

const describeJob = (run: RunState, job: JobState): Readonly<Record<string, unknown>> => ({
  id: job.id,
  name: job.id,
  etag: createEtag(run),
  ...describePlace(run),
  run_id: run.id,
  status: job.status,
  ...(job.waitingFor !== undefined && { waiting_for: job.waitingFor }),
  status_message: job.message,
  created_at: formatTime(job.createdMs),
  updated_at: formatTime(job.updatedMs),
  ...describeTimes({ completed_at: job.completedMs }),
  timeout_seconds: 3600,
})

const describeStep = (step: StepState, index: number): Readonly<Record<string, unknown>> => ({
  index,
  name: step.plan.name ?? `Step ${index + 1}`,
  uses: step.plan.uses ?? 'actions/humanitec/log@v1',
  status: step.status,
  status_message: step.message,
  created_at: formatTime(step.createdMs),
  ...describeTimes({ completed_at: step.completedMs }),
  timeout_seconds: 3600,
  related_entities: step.related,
})
