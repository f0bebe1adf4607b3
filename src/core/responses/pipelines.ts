import type { PipelineApproval, PipelineJob, PipelineRun, PipelineStep } from '../api.ts'
import { isId } from '../inputs/input-reader.ts'
import { type Fields, fieldsOf, textOf } from '../text/json.ts'
import { expectFields, expectList, InvalidResponse, indexOf } from './humanitec.ts'

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
