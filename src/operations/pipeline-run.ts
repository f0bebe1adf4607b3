import type { Deployment, PipelineJob, PipelineRun } from '../core/api.ts'
import type { PipelineRunId } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { formatChangeKey, hasMarkInInputs, isCompleted, listOpenRuns, type RunDetails } from '../core/pipelines.ts'
import type { Limits } from '../ports.ts'
import { type Context, isPastDeadline } from './context.ts'
import { rethrowBackoff } from './rate-limiter.ts'
import { catchRequestError, sendRequest } from './request.ts'

/** Reads one run again and again: its jobs and approvals only when it has changed. */
export type RunReader = {
  /** Without retries. A completed run is not read again. Rejects with a RequestError when it can't be read. */
  read(): Promise<RunDetails>
}

export const createRunReader = (context: Context, id: PipelineRunId): RunReader => {
  const { humanitec } = context
  let key = ''
  let known: RunDetails | undefined
  const completed = new Map<string, PipelineJob>()
  const readJob = async (listed: PipelineJob): Promise<PipelineJob> => {
    const known = completed.get(listed.id)
    if (known) return known
    const job = await once(context, (limits) => humanitec.getPipelineJob(id, listed.id, limits))
    // A completed job doesn't change any more.
    if (isCompleted(job)) completed.set(job.id, job)
    return job
  }
  const readJobs = async (): Promise<readonly PipelineJob[]> => {
    const jobs: PipelineJob[] = []
    for (const listed of await once(context, (limits) => humanitec.listPipelineJobs(id, limits)))
      jobs.push(await readJob(listed))
    return jobs
  }
  const readRun = () => once(context, (limits) => humanitec.getPipelineRun(id, limits))
  const readApprovals = () => once(context, (limits) => humanitec.listApprovals(id, limits))
  return {
    read: async () => {
      const run = known && isCompleted(known.run) ? known.run : await readRun()
      const nowKey = formatChangeKey(run)
      if (known && nowKey === key) return { ...known, run }
      if (isCompleted(run)) {
        // Its status is kept even if its jobs can't be read.
        known = { approvals: [], ...known, run }
        if (isPastDeadline(context)) return known
      }
      const jobs = rethrowBackoff(await catchRequestError(readJobs()))
      // For a completed run they only show which one was denied.
      const answer = await catchRequestError(readApprovals())
      const approvals = isCompleted(run) ? answer : rethrowBackoff(answer)
      const isWhole = !(jobs instanceof RequestError || approvals instanceof RequestError)
      known = {
        run,
        ...(!(jobs instanceof RequestError) && { jobs }),
        approvals: approvals instanceof RequestError ? (known?.approvals ?? []) : approvals,
      }
      // What could not be read is read again next time.
      key = isWhole ? nowKey : ''
      return known
    },
  }
}

const once = <Answer>(context: Context, call: (limits: Limits) => Promise<Answer>): Promise<Answer> =>
  sendRequest(context, call, { patience: 'once' })

/** The runs of one pipeline that an earlier attempt of ours has started. */
type EarlierRuns = {
  /** One that goes on: it may wait for an approval, without a deployment yet. */
  readonly open: PipelineRun | undefined
  /** Of all with our mark. */
  readonly ids: readonly string[]
}

/**
 * On a re-run, before a start: runs of the pipeline that made the environment's newest deployment.
 *
 * @throws RequestError, DeadlineError: without them a second start could be sent
 */
export const findEarlierRuns = async (
  context: Context,
  env: string,
  { mark, newest }: { readonly mark: string; readonly newest: Deployment | undefined },
): Promise<EarlierRuns> => {
  const pipelineId = newest?.pipeline?.id ?? ''
  if (pipelineId === '' || context.workflow.attempt <= 1) return { open: undefined, ids: [] }
  const list = () => sendRequest(context, (limits) => context.humanitec.listPipelineRuns(pipelineId, limits))
  const first = await list()
  // An empty list lacks even the newest deployment's run, and may lack ours: it is read once more.
  const runs = first.length === 0 ? await list() : first
  const ours = runs
    .filter((run) => hasMarkInInputs(run, mark))
    .map((run) => ({ ...run, pipeline_id: run.pipeline_id || pipelineId }))
  return { open: listOpenRuns(ours, env)[0], ids: ours.map(({ id }) => id) }
}

/** The run of the newest deployment's pipeline that is newer than it, and goes on in this environment. */
export const findNewerRun = async (
  context: Context,
  env: string,
  newest: Deployment,
): Promise<PipelineRunId | undefined> => {
  const { pipeline } = newest
  if (!pipeline?.id) return undefined
  const runs = await catchRequestError(
    sendRequest(context, (limits) => context.humanitec.listPipelineRuns(pipeline.id, limits)),
  )
  if (runs instanceof RequestError) return undefined
  const until = runs.findIndex(({ id }) => id === pipeline.run_id)
  const [run] = listOpenRuns(until < 0 ? runs : runs.slice(0, until), env)
  return run && { pipelineId: pipeline.id, runId: run.id }
}
