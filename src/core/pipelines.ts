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

/** Whether a run, a job, a step has come to its end: it says when. Go writes the year 1 where there was no time. */
export const isCompleted = ({
  status,
  completed_at,
}: {
  readonly status: string
  readonly completed_at: string
}): boolean => (completed_at !== '' && !completed_at.startsWith('0001-')) || isGoodWord(status) || isBadWord(status)

/** What is told of the run may have changed only when this has: then its jobs and approvals are read. */
export const formatChangeKey = ({ status, etag, waiting_for }: PipelineRun): string =>
  JSON.stringify([status, etag, Object.entries(waiting_for).toSorted(([a], [b]) => compareTexts(a, b))])

/** `untold`: neither its environments nor its inputs name one. */
export const determineRunEnvironment = (
  { env_ids, inputs }: PipelineRun,
  env: string,
): 'this' | 'other' | 'unknown' => {
  const named = [...env_ids, textOf(inputs['env_id']), textOf(inputs['environment'])].filter(Boolean)
  if (named.includes(env)) return 'this'
  return named.length === 0 ? 'unknown' : 'other'
}

/** Those of an environment that go on, in the order of the list. */
export const listOpenRuns = (runs: readonly PipelineRun[], env: string): readonly PipelineRun[] =>
  runs.filter((run) => !isCompleted(run) && determineRunEnvironment(run, env) === 'this')

/** Whether a run is ours: a text somewhere in its inputs, as the comment that it was asked for with, has our mark. */
export const hasMarkInInputs = ({ inputs }: PipelineRun, mark: string): boolean => {
  const left: unknown[] = [inputs]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && classifyComment(value, mark) === 'ours') return true
    for (const each of Object.values(fieldsOf(value))) left.push(each)
  }
  return false
}

/** The run that a deployment belongs to; `undefined` where it isn't told whole. */
export const toRunId = (pipeline: PipelineReference | undefined): PipelineRunId | undefined =>
  pipeline && pipeline.id !== '' && pipeline.run_id !== ''
    ? { pipelineId: pipeline.id, runId: pipeline.run_id }
    : undefined

/** A run, and what was read of it. `jobs` is absent where they could not be read. */
export type RunDetails = {
  readonly run: PipelineRun
  readonly jobs?: readonly PipelineJob[]
  readonly approvals: readonly PipelineApproval[]
}

/** Ids of a job, name of a step; each `''` where it isn't told. */
type RunPlace = Pick<RunFailure, 'job' | 'step'>

/** `completed`: the run is over, and nothing failed; whether a deployment came of it is the list's to say. */
export type RunBefore =
  | { readonly kind: 'going_on'; readonly place: RunPlace }
  | { readonly kind: 'waiting_for_approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'failed'; readonly failure: RunFailure }
  | { readonly kind: 'completed' }

/** A run before our deployment, or while that goes on. A denial elsewhere is left to the run's end: it may be beside our way. */
export const judgeRunBefore = (details: RunDetails, env: string): RunBefore => {
  const { run } = details
  const denied = listApprovals(details, 'denied').find(({ env_id }) => env_id === env || env_id === '')
  if (isBadWord(run.status) || denied) return { kind: 'failed', failure: findFailure(details) }
  if (isCompleted(run)) return { kind: 'completed' }
  const approvals = listApprovals(details, 'waiting')
  if (approvals.length > 0) return { kind: 'waiting_for_approval', approvals }
  return { kind: 'going_on', place: findPlace(details) }
}

/** What the run still does when it is left alone. `unreadable`: it is over, and its jobs don't tell whether well. */
type RunNotice =
  | { readonly kind: 'approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'other_environment'; readonly env: string; readonly place: RunPlace }
  | { readonly kind: 'still_running'; readonly place: RunPlace }
  | { readonly kind: 'unreadable'; readonly status: string }

export type RunAfter =
  | { readonly kind: 'going_on'; readonly place: RunPlace }
  | { readonly kind: 'good'; readonly notice?: RunNotice }
  | { readonly kind: 'failed'; readonly failure: RunFailure }

/** Our deployment, which has succeeded. */
type SucceededDeployment = {
  readonly id: string
  readonly status_changed_at: string
  readonly pipeline?: PipelineReference
}

const maxAfterMs = 600_000

/**
 * A run behind our deployment's success: a test may fail there. `afterMs`: for how long it has been followed since. Over, it
 * was good by the word that our step has, since nobody says what the word is.
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

/** A deployment to another environment that goes on, or began after ours had ended: what comes of it isn't ours to wait for. */
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

/** Of this run, should the API have given others', too. */
const listApprovals = ({ run, approvals }: RunDetails, status: string): readonly PipelineApproval[] =>
  approvals.filter((approval) => approval.status === status && (approval.run_id === '' || approval.run_id === run.id))

/** Where the run stands: its first job that isn't over, and that job's first step that isn't. */
const findPlace = ({ jobs = [] }: RunDetails): RunPlace => {
  const open = jobs.filter((job) => !isCompleted(job))
  const job = open.find(({ steps }) => steps.length > 0) ?? open[0]
  return { job: job?.id ?? '', step: job?.steps.find((step) => !isCompleted(step))?.name ?? '' }
}

/** The job and step that ended badly, by the run's own word first; a denial says what was denied. */
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
