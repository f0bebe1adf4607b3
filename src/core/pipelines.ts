import type { PipelineApproval, PipelineJob, PipelineReference, PipelineRun, PipelineStep } from './api.ts'
import type { PipelineRunId } from './inputs/request.ts'
import { classifyComment } from './mark.ts'
import type { RunFailure } from './run/reason.ts'
import { fieldsOf, textOf } from './text/json.ts'
import { compareTexts, parseTimeMs } from './text/words.ts'

const goodWords: ReadonlySet<string> = new Set(['succeeded', 'successful'])

const badWords: ReadonlySet<string> = new Set(['failed', 'cancelled'])

const isGoodWord = (status: string): boolean => goodWords.has(status)

const isBadWord = (status: string): boolean => badWords.has(status)

/** Of a run, job or step: it has an end, or a final status. Go writes the year 1 for no time. */
export const isCompleted = ({
  status,
  completed_at,
}: {
  readonly status: string
  readonly completed_at: string
}): boolean => (completed_at !== '' && !completed_at.startsWith('0001-')) || isGoodWord(status) || isBadWord(status)

/** A run's jobs and approvals are read again only when this has changed. */
export const formatChangeKey = ({ status, etag, waiting_for }: PipelineRun): string =>
  JSON.stringify([status, etag, Object.entries(waiting_for).toSorted(([a], [b]) => compareTexts(a, b))])

/** `unknown`: neither its environments nor its inputs name one. */
export const determineRunEnvironment = (
  { env_ids, inputs }: PipelineRun,
  env: string,
): 'this' | 'other' | 'unknown' => {
  const named = [...env_ids, textOf(inputs['env_id']), textOf(inputs['environment'])].filter(Boolean)
  if (named.includes(env)) return 'this'
  return named.length === 0 ? 'unknown' : 'other'
}

/** Those of an environment that haven't ended, in the order of the list. */
export const listOpenRuns = (runs: readonly PipelineRun[], env: string): readonly PipelineRun[] =>
  runs.filter((run) => !isCompleted(run) && determineRunEnvironment(run, env) === 'this')

/** Whether a run is our start's: any text in its inputs, such as the start's comment, has our mark. */
export const hasMarkInInputs = ({ inputs }: PipelineRun, mark: string): boolean => {
  const left: unknown[] = [inputs]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && classifyComment(value, mark) === 'ours') return true
    for (const each of Object.values(fieldsOf(value))) left.push(each)
  }
  return false
}

/** The run of a deployment; `undefined` where one of the two ids is missing. */
export const toRunId = (pipeline: PipelineReference | undefined): PipelineRunId | undefined =>
  pipeline && pipeline.id !== '' && pipeline.run_id !== ''
    ? { pipelineId: pipeline.id, runId: pipeline.run_id }
    : undefined

/** `jobs` is absent where they could not be read. */
export type RunDetails = {
  readonly run: PipelineRun
  readonly jobs?: readonly PipelineJob[]
  readonly approvals: readonly PipelineApproval[]
}

/** A job's id and a step's name; `''` where unknown. */
type RunPlace = Pick<RunFailure, 'job' | 'step'>

/** `completed`: the run has ended, and nothing failed; whether it made a deployment, only the list shows. */
export type RunBefore =
  | { readonly kind: 'going_on'; readonly place: RunPlace }
  | { readonly kind: 'waiting_for_approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'failed'; readonly failure: RunFailure }
  | { readonly kind: 'completed' }

/** Before our deployment begins, or while it runs. A denial for another environment counts only once the run fails by it. */
export const judgeRunBefore = (details: RunDetails, env: string): RunBefore => {
  const { run } = details
  const denied = listApprovals(details, 'denied').find(({ env_id }) => env_id === env || env_id === '')
  if (isBadWord(run.status) || denied) return { kind: 'failed', failure: findFailure(details) }
  if (isCompleted(run)) return { kind: 'completed' }
  const approvals = listApprovals(details, 'waiting')
  if (approvals.length > 0) return { kind: 'waiting_for_approval', approvals }
  return { kind: 'going_on', place: findPlace(details) }
}

/** Why a run isn't waited for. `unreadable`: it has ended, and its jobs, which show whether well, could not be read. */
export type RunNotice =
  | { readonly kind: 'approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'other_environment'; readonly env: string; readonly place: RunPlace }
  | { readonly kind: 'still_running'; readonly place: RunPlace }
  | { readonly kind: 'unreadable'; readonly status: string }

export type RunAfter =
  | { readonly kind: 'going_on'; readonly place: RunPlace }
  | { readonly kind: 'good'; readonly notice?: RunNotice }
  | { readonly kind: 'failed'; readonly failure: RunFailure }

type SucceededDeployment = {
  readonly id: string
  readonly status_changed_at: string
  readonly pipeline?: PipelineReference
}

const maxAfterMs = 600_000

/**
 * After our deployment succeeded: a later step, such as a test, may still fail. A finished run counts as successful if its
 * status equals our step's: the API documents no status for success.
 *
 * @param afterMs how long the run has been followed since the deployment's end
 */
export const judgeRunAfter = (
  details: RunDetails,
  deployment: SucceededDeployment,
  { env, afterMs }: { readonly env: string; readonly afterMs: number },
): RunAfter => {
  const { run } = details
  if (isCompleted(run)) return judgeEnd(details, deployment)
  const approvals = listApprovals(details, 'waiting')
  if (approvals.length > 0) return { kind: 'good', notice: { kind: 'approval', approvals } }
  const elsewhere = findElsewhere(details, deployment, env)
  if (elsewhere) return { kind: 'good', notice: elsewhere }
  const place = findPlace(details)
  if (afterMs >= maxAfterMs) return { kind: 'good', notice: { kind: 'still_running', place } }
  return { kind: 'going_on', place }
}

const judgeEnd = (details: RunDetails, deployment: SucceededDeployment): RunAfter => {
  const { status } = details.run
  if (isGoodWord(status)) return { kind: 'good' }
  if (isBadWord(status)) return { kind: 'failed', failure: findFailure(details) }
  if (!details.jobs) return { kind: 'good', notice: { kind: 'unreadable', status } }
  const step = findOwnStep(details.jobs, deployment)
  const isGood = step !== undefined && status !== '' && isCompleted(step) && step.status === status
  return isGood ? { kind: 'good' } : { kind: 'failed', failure: findFailure(details) }
}

const findOwnStep = (jobs: readonly PipelineJob[], { id, pipeline }: SucceededDeployment): PipelineStep | undefined =>
  jobs.flatMap(({ steps }) => steps).find(({ deployment_id }) => deployment_id === id) ??
  jobs
    .find((job) => job.id === pipeline?.job_id)
    ?.steps.find(({ index }) => index !== undefined && index === pipeline?.step_index)

/** A deployment to another environment that runs, or began after ours had ended: not waited for. */
const findElsewhere = (
  { jobs = [] }: RunDetails,
  deployment: SucceededDeployment,
  env: string,
): RunNotice | undefined => {
  const endedMs = parseTimeMs(deployment.status_changed_at) ?? Number.POSITIVE_INFINITY
  for (const job of jobs) {
    for (const step of job.steps) {
      const { deployment_id, env_id, created_at, name } = step
      const isElsewhere = deployment_id !== '' && deployment_id !== deployment.id && env_id !== '' && env_id !== env
      if (!isElsewhere || (isCompleted(step) && (parseTimeMs(created_at) ?? 0) < endedMs)) continue
      return { kind: 'other_environment', env: env_id, place: { job: job.id, step: name } }
    }
  }
  return undefined
}

/** Of this run only, should the API list others' as well. */
const listApprovals = ({ run, approvals }: RunDetails, status: string): readonly PipelineApproval[] =>
  approvals.filter((approval) => approval.status === status && (approval.run_id === '' || approval.run_id === run.id))

/** The run's first unfinished job, and that job's first unfinished step. */
const findPlace = ({ jobs = [] }: RunDetails): RunPlace => {
  const open = jobs.filter((job) => !isCompleted(job))
  const job = open.find(({ steps }) => steps.length > 0) ?? open[0]
  return { job: job?.id ?? '', step: job?.steps.find((step) => !isCompleted(step))?.name ?? '' }
}

/** The job and step that failed, first those with the run's own status; a denial names its job. */
const findFailure = (details: RunDetails): RunFailure => {
  const { run, jobs = [] } = details
  const denied = listApprovals(details, 'denied')[0]
  if (denied) return { status: run.status, job: denied.job_id, step: '', message: denied.message, isDenied: true }
  const job = findBad(jobs, run.status)
  const step = job && findBad(job.steps, job.status)
  const message = step?.status_message || job?.status_message || run.status_message
  return { status: run.status, job: job?.id ?? '', step: step?.name ?? '', message, isDenied: false }
}

const findBad = <Part extends { readonly status: string }>(parts: readonly Part[], word: string): Part | undefined =>
  parts.find(({ status }) => status === word && word !== '' && !isGoodWord(word)) ??
  parts.find(({ status }) => isBadWord(status))
