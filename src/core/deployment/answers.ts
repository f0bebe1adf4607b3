import type { ActiveResource, Deployment, DeploymentError, Environment } from '../../ports.ts'
import { isId } from '../inputs/grammar.ts'

/** An answer that isn't what the API promises. */
export class UnfitAnswer extends Error {
  override readonly name = 'UnfitAnswer' as const
}

type Fields = { readonly [name: string]: unknown }

const toFields = (value: unknown, what: string): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new UnfitAnswer(`${what} was expected`)
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A deployment has an id and a status; everything else is known to be left out, null, or empty at times. */
export const toDeployment = (value: unknown): Deployment => {
  const deployment = toStartedDeployment(value)
  if (deployment.status === '') throw new UnfitAnswer('the deployment has no status')
  return deployment
}

/** Of one that was just started, the id is enough. */
export const toStartedDeployment = (value: unknown): Deployment => {
  const fields = toFields(value, 'a deployment')
  const { id } = fields
  if (typeof id !== 'string' || !isId(id)) throw new UnfitAnswer('the deployment has no usable id')
  return {
    id,
    status: toText(fields['status']),
    comment: toText(fields['comment']),
    delta_id: toText(fields['delta_id']),
    set_id: toText(fields['set_id']),
    from_id: toText(fields['from_id']),
    created_at: toText(fields['created_at']),
    created_by: toText(fields['created_by']),
    status_changed_at: toText(fields['status_changed_at']),
  }
}

export const toEnvironment = (value: unknown): Environment => {
  const fields = toFields(value, 'an environment')
  const { id, from_deploy, last_deploy } = fields
  if (typeof id !== 'string' || id === '') throw new UnfitAnswer('the environment has no id')
  return {
    id,
    name: toText(fields['name']),
    type: toText(fields['type']),
    status: toText(fields['status']),
    created_at: toText(fields['created_at']),
    ...(from_deploy != null && { from_deploy: toDeployment(from_deploy) }),
    ...(last_deploy != null && { last_deploy: toDeployment(last_deploy) }),
  }
}

export const toDeploymentError = (value: unknown): DeploymentError => {
  const fields = toFields(value, 'an error of a deployment')
  return {
    scope: toText(fields['scope']),
    object_id: toText(fields['object_id']),
    code: toText(fields['code']),
    summary: toText(fields['summary']),
    message: toText(fields['message']),
    error_type: toText(fields['error_type']),
  }
}

export const toActiveResource = (value: unknown): ActiveResource => {
  const fields = toFields(value, 'an active resource')
  const { resource } = fields
  return {
    res_id: toText(fields['res_id']),
    type: toText(fields['type']),
    status: toText(fields['status']),
    host: resource == null ? '' : toText(toFields(resource, 'an active resource')['host']),
  }
}

export const toList =
  <Item>(toItem: (value: unknown) => Item) =>
  (value: unknown): Item[] => {
    if (!Array.isArray(value)) throw new UnfitAnswer('a list was expected')
    return value.map(toItem)
  }

/** For an answer about one thing: about another one it is as good as none. */
export const withId =
  <Thing extends { readonly id: string }>(id: string, toThing: (value: unknown) => Thing) =>
  (value: unknown): Thing => {
    const thing = toThing(value)
    if (thing.id !== id) throw new UnfitAnswer(`it speaks of ${thing.id}`)
    return thing
  }

/** `API-404: no such delta` of an error's body; the API also sends bare strings, and gateways send anything. */
export const formatErrorBody = (body: unknown): string => {
  if (typeof body === 'string') return body
  if (typeof body !== 'object' || body === null) return ''
  const { error, message } = body as Fields
  return [error, message].filter((part) => typeof part === 'string' && part !== '').join(': ')
}

/** @returns `undefined` for a text that isn't JSON */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
