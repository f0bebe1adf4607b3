import type {
  ActiveResource,
  DeltaContents,
  Deployment,
  DeploymentError,
  Environment,
  PipelineReference,
} from '../api.ts'
import { type Delta, readDelta } from '../delta.ts'
import { type DeploymentSet, readDeploymentSet } from '../deployment-set.ts'
import { isId } from '../inputs/input-reader.ts'
import { type Fields, fieldsOf, formatJson, textOf } from '../text/json.ts'

/** A deployment has an id and a status; everything else is known to be left out, null, or empty at times. */
export const toDeployment = (value: unknown): Deployment => {
  const deployment = toStartedDeployment(value)
  if (deployment.status === '') throw new InvalidResponse('the deployment has no status')
  return deployment
}

/** Of one that was just started, or stands in a list, the id is enough: without a status it is active. */
export const toStartedDeployment = (value: unknown): Deployment => {
  const fields = expectFields(value, 'a deployment')
  const { id } = fields
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
  return { id: textOf(id), run_id: textOf(run_id), job_id: textOf(job_id), step_index: indexOf(step_index) }
}

export const indexOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** An environment has an id. Its deployments are left out, or null, before the first one. */
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

/** No field of an error is sure to be there. */
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

/** No field of a resource is sure to be there; one that isn't provisioned has no `resource`. */
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

/** A Delta that was made is answered by its id, or whole. */
export const toDeltaId = (value: unknown): string => expectId(fieldsOf(value)['id'] ?? value, 'Delta')

/** As it is: it is sent on. */
export const toDeltaContents = (value: unknown): DeltaContents => {
  const { modules, workloads, shared } = expectFields(value, 'a Delta')
  return {
    ...(modules != null && { modules }),
    ...(workloads != null && { workloads }),
    ...(shared != null && { shared }),
  }
}

/** The difference of two Sets. */
export const toDelta = (value: unknown): Delta => {
  const delta = readDelta(value)
  if (!delta) throw new InvalidResponse('the difference of two Sets was expected')
  return delta
}

/** A Set need not name its own id, but no other one either. */
export const toSet =
  (id: string) =>
  (value: unknown): DeploymentSet => {
    const set = readDeploymentSet(value)
    if (!set) throw new InvalidResponse('a Set was expected')
    const named = textOf(fieldsOf(value)['id']) || id
    if (named !== id) throw new InvalidResponse(`it speaks of ${named}`)
    return set
  }

export const toSetId = (value: unknown): string => expectId(value, 'Set')

const expectId = (id: unknown, what: string): string => {
  if (typeof id !== 'string' || !isId(id)) throw new InvalidResponse(`the ${what} has no usable id`)
  return id
}

/** In a list its id is enough: one whose deployments don't fit is there all the same. */
export const toListedEnvironment = (value: unknown): Environment => {
  try {
    return toEnvironment(value)
  } catch {
    return toEnvironment({ ...expectFields(value, 'an environment'), from_deploy: null, last_deploy: null })
  }
}

/**
 * For an answer that is a list: it counts by the entries that fit, and `null` is an empty one. In one of which nothing fits
 * there may be anything.
 *
 * @throws InvalidResponse for anything else
 */
export const toList =
  <Item>(toItem: (value: unknown) => Item) =>
  (value: unknown): Item[] => {
    const all = value === null ? [] : expectList(value)
    const fits = all.flatMap((entry) => orNone(toItem, entry))
    if (all.length > 0 && fits.length === 0) throw new InvalidResponse('no entry of the list could be used')
    return fits
  }

const orNone = <Item>(toItem: (value: unknown) => Item, entry: unknown): readonly Item[] => {
  try {
    return [toItem(entry)]
  } catch (error) {
    if (error instanceof InvalidResponse) return []
    throw error
  }
}

/** For an answer about one thing: about another one it is as good as none. */
export const withId =
  <Thing extends { readonly id: string }>(id: string, toThing: (value: unknown) => Thing) =>
  (value: unknown): Thing => {
    const thing = toThing(value)
    if (thing.id !== id) throw new InvalidResponse(`it speaks of ${thing.id}`)
    return thing
  }

/** An answer that isn't what the API promises. */
export class InvalidResponse extends Error {
  override readonly name = 'InvalidResponse' as const
}

/** @throws InvalidResponse for an answer of another content type; what stands behind its `;` doesn't matter */
export const expectType = (body: unknown, wanted: string, told: string | null): unknown => {
  const type = told?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== wanted) throw new InvalidResponse(`${wanted} was expected, not ${type || 'an answer without a type'}`)
  return body
}

/** @throws InvalidResponse for what isn't an object, or is a list */
export const expectFields = (value: unknown, what: string): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new InvalidResponse(`${what} was expected`)
}

/** @throws InvalidResponse for what isn't a list */
export const expectList = (value: unknown, what = 'a list'): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw new InvalidResponse(`${what} was expected`)
}
