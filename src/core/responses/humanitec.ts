import type {
  ActiveResource,
  DeltaContents,
  Deployment,
  DeploymentError,
  Environment,
  PipelineApproval,
  PipelineJob,
  PipelineReference,
  PipelineRun,
  PipelineStep,
} from '../api.ts'
import { type Delta, type DeploymentSet, readDelta, readDeploymentSet } from '../delta.ts'
import {
  expectFields,
  expectList,
  type Fields,
  fieldsOf,
  formatJson,
  InvalidResponse,
  listOf,
  nonNegativeIntegerOf,
  textOf,
} from '../text/json.ts'
import { isId } from '../text/words.ts'

/** Requires an id and a status; everything else is known to be missing, `null` or empty at times. */
export const toDeployment = (value: unknown): Deployment => {
  const deployment = toStartedDeployment(value)
  if (deployment.status === '') throw new InvalidResponse('the deployment has no status')
  return deployment
}

/** Requires an id only, for a deployment that was just started, or is listed. Without a status it is active. */
export const toStartedDeployment = (value: unknown): Deployment => {
  const fields = expectFields(value, 'a deployment')
  const { id, pipeline_id } = fields
  // Where a pipeline handles a start, the answer may be its run, which has this field; a deployment has `pipeline`.
  if (textOf(pipeline_id) !== '') throw new InvalidResponse('it is the run of a pipeline, not a deployment')
  const pipeline = toPipelineReference(fields['pipeline'])
  if (typeof id !== 'string' || !isId(id)) throw new InvalidResponse('the deployment has no usable id')
  return {
    id,
    status: formatJson(fields['status']),
    comment: formatJson(fields['comment']),
    delta_id: textOf(fields['delta_id']),
    set_id: textOf(fields['set_id']),
    from_id: textOf(fields['from_id']),
    created_at: textOf(fields['created_at']),
    created_by: formatJson(fields['created_by']),
    status_changed_at: textOf(fields['status_changed_at']),
    ...(pipeline && { pipeline }),
  }
}

/** `undefined` for a deployment that comes from no pipeline, as far as can be read. */
export const toPipelineReference = (value: unknown): PipelineReference | undefined => {
  const { id, run_id, job_id, step_index } = fieldsOf(value)
  if (textOf(id) === '' && textOf(run_id) === '') return undefined
  return {
    id: textOf(id),
    run_id: textOf(run_id),
    job_id: textOf(job_id),
    step_index: nonNegativeIntegerOf(step_index),
  }
}

/** Requires an id. The deployments are missing, or `null`, before the first one. */
export const toEnvironment = (value: unknown): Environment => {
  const fields = expectFields(value, 'an environment')
  const { id, from_deploy, last_deploy } = fields
  if (typeof id !== 'string' || id === '') throw new InvalidResponse('the environment has no id')
  return {
    id,
    name: formatJson(fields['name']),
    type: formatJson(fields['type']),
    status: textOf(fields['status']),
    created_at: textOf(fields['created_at']),
    ...(from_deploy != null && { from_deploy: toDeployment(from_deploy) }),
    ...(last_deploy != null && { last_deploy: toDeployment(last_deploy) }),
  }
}

/** Any field may be missing. */
export const toDeploymentError = (value: unknown): DeploymentError => {
  const fields = expectFields(value, 'an error of a deployment')
  return {
    scope: formatJson(fields['scope']),
    object_id: formatJson(fields['object_id']),
    code: formatJson(fields['code']),
    summary: formatJson(fields['summary']),
    message: formatJson(fields['message']),
    error_type: formatJson(fields['error_type']),
  }
}

/** Any field may be missing; a resource that isn't provisioned has no `resource`. */
export const toActiveResource = (value: unknown): ActiveResource => {
  const fields = expectFields(value, 'an active resource')
  const { resource } = fields
  return {
    res_id: textOf(fields['res_id']),
    type: textOf(fields['type']),
    status: textOf(fields['status']),
    host: resource == null ? '' : textOf(expectFields(resource, 'an active resource')['host']),
  }
}

/** The answer to a new Delta is its id, or the Delta. */
export const toDeltaId = (value: unknown): string => expectId(fieldsOf(value)['id'] ?? value, 'Delta')

/** Unchecked: it is only sent on. */
export const toDeltaContents = (value: unknown): DeltaContents => {
  const { modules, workloads, shared } = expectFields(value, 'a Delta')
  return {
    ...(modules != null && { modules }),
    ...(workloads != null && { workloads }),
    ...(shared != null && { shared }),
  }
}

export const toDelta = (value: unknown): Delta => {
  const delta = readDelta(value)
  if (!delta) throw new InvalidResponse('the difference of two Sets was expected')
  return delta
}

/** The Set's id may be missing, but must not be another one. */
export const toSet =
  (id: string) =>
  (value: unknown): DeploymentSet => {
    const set = readDeploymentSet(value)
    if (!set) throw new InvalidResponse('a Set was expected')
    const named = textOf(fieldsOf(value)['id']) || id
    if (named !== id) throw new InvalidResponse(`it is about ${named}`)
    return set
  }

export const toSetId = (value: unknown): string => expectId(value, 'Set')

const expectId = (id: unknown, what: string): string => {
  if (typeof id !== 'string' || !isId(id)) throw new InvalidResponse(`the ${what} has no usable id`)
  return id
}

/** For a list: an environment whose deployments don't fit is kept without them. */
export const toListedEnvironment = (value: unknown): Environment => {
  try {
    return toEnvironment(value)
  } catch {
    return toEnvironment({ ...expectFields(value, 'an environment'), from_deploy: null, last_deploy: null })
  }
}

/**
 * For an answer that is a list; `null` counts as empty. Leaves out entries that don't fit.
 *
 * @param isNeeded whether an entry must fit, because leaving it out would hide a start of this run
 * @throws InvalidResponse where no entry fits, or a needed one doesn't
 */
export const toList =
  <Item>(toItem: (value: unknown) => Item, isNeeded: (entry: unknown) => boolean = () => false) =>
  (value: unknown): Item[] => {
    const all = value === null ? [] : expectList(value)
    const fits = all.map((entry) => ({ entry, items: orNone(toItem, entry) }))
    const missing = fits.filter(({ items }) => items.length === 0)
    if (all.length > 0 && missing.length === all.length) throw new InvalidResponse('no entry of the list could be used')
    if (missing.some(({ entry }) => isNeeded(entry)))
      throw new InvalidResponse('an entry about this workflow run could not be used')
    return fits.flatMap(({ items }) => items)
  }

const orNone = <Item>(toItem: (value: unknown) => Item, entry: unknown): readonly Item[] => {
  try {
    return [toItem(entry)]
  } catch (error) {
    if (error instanceof InvalidResponse) return []
    throw error
  }
}

/** @throws InvalidResponse for an answer about another id */
export const withId =
  <Thing extends { readonly id: string }>(id: string, toThing: (value: unknown) => Thing) =>
  (value: unknown): Thing => {
    const thing = toThing(value)
    if (thing.id !== id) throw new InvalidResponse(`it is about ${thing.id}`)
    return thing
  }

/** @throws InvalidResponse for another content type; its parameters don't matter */
export const expectType = (body: unknown, wanted: string, contentType: string | null): unknown => {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== wanted)
    throw new InvalidResponse(
      type ? `its content type is ${type}, not ${wanted}` : `it has no content type; ${wanted} was expected`,
    )
  return body
}

/** @throws InvalidResponse without a usable id: any other field may be missing */
export const toPipelineRun = (value: unknown): PipelineRun => {
  const fields = expectFields(value, 'a pipeline run')
  return {
    id: expectId(fields['id'], 'pipeline run'),
    pipeline_id: textOf(fields['pipeline_id']),
    etag: textOf(fields['etag']),
    status: textOf(fields['status']),
    status_message: textOf(fields['status_message']),
    completed_at: textOf(fields['completed_at']),
    env_ids: listOf(fields['env_ids']).map(textOf).filter(Boolean),
    inputs: fieldsOf(fields['inputs']),
    waiting_for: textsOf(fields['waiting_for']),
  }
}

/** @throws InvalidResponse as `toPipelineRun` */
export const toPipelineJob = (value: unknown): PipelineJob => {
  const fields = expectFields(value, 'a job of a pipeline run')
  return {
    id: expectId(fields['id'], 'job'),
    status: textOf(fields['status']),
    status_message: textOf(fields['status_message']),
    completed_at: textOf(fields['completed_at']),
    steps: listOf(fields['steps']).map(fieldsOf).map(toStep),
  }
}

const toStep = (fields: Fields): PipelineStep => {
  const related = fieldsOf(fields['related_entities'])
  return {
    index: nonNegativeIntegerOf(fields['index']),
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
    id: expectId(fields['id'], 'approval'),
    run_id: textOf(fields['run_id']),
    job_id: textOf(fields['job_id']),
    env_id: textOf(fields['env_id']),
    message: textOf(fields['message']),
    status: textOf(fields['status']),
  }
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Array.isArray(value)
    ? {}
    : Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, text]) => [name, textOf(text)]))
