import { isId } from './inputs/input-reader.ts'
import { classifyComment } from './mark.ts'
import { expectFields, expectList, InvalidResponse } from './responses/humanitec.ts'
import { type Fields, fieldsOf, textOf } from './text/json.ts'

/** Which step of which run a deployment comes from: a deployment's `pipeline`. */
export type PipelineReference = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  readonly step_index: number | undefined
}

/** Humanitec's word for a run of a pipeline. Text that is left out is `''`. */
export type PipelineRun = {
  readonly id: string
  readonly pipeline_id: string
  readonly etag: string
  /** `queued`, `executing`, `failed`, `cancelled` were seen; the word for success is written nowhere. */
  readonly status: string
  readonly status_message: string
  readonly created_at: string
  readonly completed_at: string
  readonly env_ids: readonly string[]
  /** Whatever it was asked for with. */
  readonly inputs: Fields
  /** Which event each of its jobs waits for. */
  readonly waiting_for: Readonly<Record<string, string>>
}

/** `steps`: those so far; none where the job was read as part of a list. */
export type PipelineJob = {
  readonly id: string
  readonly status: string
  readonly status_message: string
  readonly completed_at: string
  readonly steps: readonly PipelineStep[]
}

export type PipelineStep = {
  readonly index: number | undefined
  readonly name: string
  readonly status: string
  readonly status_message: string
  readonly created_at: string
  readonly completed_at: string
  /** Of `related_entities`. */
  readonly env_id: string
  readonly deployment_id: string
}

export type PipelineApproval = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  /** Who may deploy there may approve. */
  readonly env_id: string
  readonly message: string
  /** `waiting`, `approved`, `denied`, `cancelled`. */
  readonly status: string
}

/** `undefined` for a deployment that comes from no pipeline, as far as can be read. */
export const toPipelineReference = (value: unknown): PipelineReference | undefined => {
  const { id, run_id, job_id, step_index } = fieldsOf(value)
  if (textOf(id) === '' && textOf(run_id) === '') return undefined
  return { id: textOf(id), run_id: textOf(run_id), job_id: textOf(job_id), step_index: indexOf(step_index) }
}

const indexOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** @throws InvalidResponse for one without a usable id: nothing else is sure to be there */
export const toPipelineRun = (value: unknown): PipelineRun => {
  const fields = expectFields(value, 'a pipeline run')
  const { env_ids } = fields
  return {
    id: expectId(fields, 'pipeline run'),
    pipeline_id: textOf(fields['pipeline_id']),
    etag: textOf(fields['etag']),
    status: textOf(fields['status']),
    status_message: textOf(fields['status_message']),
    created_at: textOf(fields['created_at']),
    completed_at: textOf(fields['completed_at']),
    env_ids: Array.isArray(env_ids) ? env_ids.map(textOf).filter(Boolean) : [],
    inputs: fieldsOf(fields['inputs']),
    waiting_for: textsOf(fields['waiting_for']),
  }
}

/** @throws InvalidResponse as `toPipelineRun` */
export const toPipelineJob = (value: unknown): PipelineJob => {
  const fields = expectFields(value, 'a job of a pipeline run')
  const { steps } = fields
  return {
    id: expectId(fields, 'job'),
    status: textOf(fields['status']),
    status_message: textOf(fields['status_message']),
    completed_at: textOf(fields['completed_at']),
    steps: Array.isArray(steps) ? steps.map(fieldsOf).map(toStep) : [],
  }
}

const toStep = (fields: Fields): PipelineStep => {
  const related = fieldsOf(fields['related_entities'])
  return {
    index: indexOf(fields['index']),
    name: textOf(fields['name']),
    status: textOf(fields['status']),
    status_message: textOf(fields['status_message']),
    created_at: textOf(fields['created_at']),
    completed_at: textOf(fields['completed_at']),
    env_id: textOf(related['env_id']),
    deployment_id: textOf(related['deployment_id']),
  }
}

/** @throws InvalidResponse as `toPipelineRun` */
export const toPipelineApproval = (value: unknown): PipelineApproval => {
  const fields = expectFields(value, 'an approval')
  return {
    id: expectId(fields, 'approval'),
    run_id: textOf(fields['run_id']),
    job_id: textOf(fields['job_id']),
    env_id: textOf(fields['env_id']),
    message: textOf(fields['message']),
    status: textOf(fields['status']),
  }
}

const expectId = ({ id }: Fields, what: string): string => {
  if (typeof id === 'string' && isId(id)) return id
  throw new InvalidResponse(`the ${what} has no usable id`)
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Array.isArray(value)
    ? {}
    : Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, text]) => [name, textOf(text)]))

/** A list counts by the entries that fit; `null` is an empty one. */
export const toListOf =
  <Item>(toItem: (value: unknown) => Item) =>
  (value: unknown): readonly Item[] =>
    (value === null ? [] : expectList(value)).flatMap((entry) => {
      try {
        return [toItem(entry)]
      } catch (error) {
        if (error instanceof InvalidResponse) return []
        throw error
      }
    })

const goodWords: ReadonlySet<string> = new Set(['succeeded', 'successful'])
const badWords: ReadonlySet<string> = new Set(['failed', 'cancelled'])

export const isGoodWord = (status: string): boolean => goodWords.has(status)
export const isBadWord = (status: string): boolean => badWords.has(status)

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
  JSON.stringify([status, etag, Object.entries(waiting_for).toSorted(([a], [b]) => (a < b ? -1 : 1))])

/** `untold`: neither its environments nor its inputs name one. */
export const determineRunEnvironment = ({ env_ids, inputs }: PipelineRun, env: string): 'this' | 'other' | 'untold' => {
  const named = [...env_ids, textOf(inputs['env_id']), textOf(inputs['environment'])].filter(Boolean)
  if (named.includes(env)) return 'this'
  return named.length === 0 ? 'untold' : 'other'
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

export type PipelineRunName = { readonly pipelineId: string; readonly runId: string }

/** `pipelineId/runId`, as the input and the output `pipeline_run` have it; `undefined` for anything else. */
export const parsePipelineRunName = (text: string): PipelineRunName | undefined => {
  const [pipelineId = '', runId = '', ...more] = text.split('/')
  return more.length === 0 && isId(pipelineId) && isId(runId) ? { pipelineId, runId } : undefined
}
