import { readFileSync } from 'node:fs'
import { descriptionPath } from '../../testing/openapi.ts'

type Schema = { readonly $ref?: string; readonly properties?: Readonly<Record<string, unknown>> }
type Operation = {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
}
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The description allows any further field in a body, so that a misspelt one would pass: these are the ones it names. */
const listDescribedFields = (method: string, path: string): ReadonlySet<string> => {
  const { paths, components } = JSON.parse(readFileSync(descriptionPath, 'utf8')) as Description
  const template = Object.keys(paths).find((each) => new RegExp(`^${each.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path))
  const schema = paths[template ?? '']?.[method.toLowerCase()]?.requestBody?.content['application/json'].schema ?? {}
  const { properties = {} } = components.schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema
  return new Set(Object.keys(properties))
}

/** Fields of a request's body that the official description doesn't name. */
export const listUnknownFields = (method: string, path: string, body: unknown): readonly string[] => {
  if (typeof body !== 'object' || body === null) return []
  const described = listDescribedFields(method, path)
  return Object.keys(body).filter((field) => !described.has(field))
}
