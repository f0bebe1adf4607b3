import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'

/** The official description is not part of the project: it is looked for here. */
export const descriptionPath =
  process.env['HUMANITEC_OPENAPI'] || fileURLToPath(new URL('../../shared/humanitec-openapi.json', import.meta.url))

export const hasDescription = existsSync(descriptionPath)

/** Tests against the official description. Where that isn't there, they are in the count as skipped, and say why. */
export const describeByDescription = (what: string, tests: () => void): void => {
  if (hasDescription) describe(`by the official description, ${what}`, tests)
  else describe.skip(`LEFT OUT, since there is no official description at ${descriptionPath}: ${what}`, tests)
}

/** The description's id pattern takes exponential time; this one takes the same strings in linear time. */
const slowIdPattern = '^[a-z0-9](?:-?[a-z0-9]+)+$'
const fastIdPattern = '^(?!.$)[a-z0-9]+(?:-[a-z0-9]+)*$'

/** Real times have nine decimals, where the description wants three or none. */
const describedTimePattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$'
const realTimePattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$'

/** Required, but left out by the real service, and by the description's own examples. */
const oftenMissing: ReadonlySet<string> = new Set([
  ...['set_id', 'export_status', 'export_file'],
  ...['scope', 'object_id', 'code', 'summary', 'message', 'error_type'],
  // Of a container; among its properties it is spelt restart_count.
  'restartCount',
])

type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

/**
 * How a request, or with `status` an answer, leaves the official description; empty when it fits. The ways in which real
 * answers are known to leave it are let pass: those named above, those in `isKnownStatus`, and the usual body of an error that
 * is described without one.
 *
 * @param path as in the request, without query and prefix
 * @param contentType of an answer, where the description has several
 */
export const violations = (
  method: string,
  path: string,
  body: unknown,
  status?: number,
  contentType = 'application/json',
): readonly string[] => {
  const { description, validate } = getLoaded()
  const template = findTemplate(description, path)
  const operation = template && description.paths[template]?.[method.toLowerCase()]
  if (!template || !operation) return [`${method} ${path} is not described`]
  const pointer = ['paths', template, method.toLowerCase()]
  if (status === undefined) return checkRequest(operation, pointer, body, validate)
  const response = operation.responses[status]
  if (!response)
    return isKnownStatus(method, path, status) ? [] : [`${status} is not described for ${method} ${template}`]
  const schema = [...pointer, 'responses', String(status), 'content', contentType, 'schema']
  if (response.content?.[contentType]) return validate(schema, body)
  return body === undefined || status >= 400 ? [] : [`${status} of ${method} ${template} has no body`]
}

type Validate = (pointer: readonly string[], body: unknown) => readonly string[]

const checkRequest = (
  operation: object,
  pointer: readonly string[],
  body: unknown,
  validate: Validate,
): readonly string[] => {
  if (!('requestBody' in operation)) return body === undefined ? [] : ['no body is described']
  return validate([...pointer, 'requestBody', 'content', 'application/json', 'schema'], body)
}

/** Everywhere: 401, 403, 429, 5xx. A 404 where something above doesn't exist. 409 where a deployment is active. 201 of a Delta. */
const isKnownStatus = (method: string, path: string, status: number): boolean =>
  [401, 403, 404, 429].includes(status) ||
  status >= 500 ||
  (status === 201 && method === 'POST' && /\/deltas$/.test(path)) ||
  (status === 409 && method === 'DELETE' && /\/envs\/[^/]+$/.test(path))

const findTemplate = ({ paths }: Description, path: string): string | undefined =>
  Object.keys(paths).find((template) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path))

let loaded: ReturnType<typeof load> | undefined

const getLoaded = (): ReturnType<typeof load> => {
  loaded ??= load()
  return loaded
}

const load = (): { readonly description: Description; readonly validate: Validate } => {
  const description = JSON.parse(readFileSync(descriptionPath, 'utf8'), dropIdleNullable) as Description
  const regExp = Object.assign((pattern: string, flags: string) => new RegExp(toRealPattern(pattern), flags), {
    code: 'new RegExp',
  })
  const ajv = new Ajv({ strict: false, allErrors: true, code: { regExp } })
  addFormats.default(ajv)
  ajv.addSchema(description, 'api')
  const validate: Validate = (pointer, body) => {
    const escaped = pointer
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const check = ajv.getSchema(`api#/${escaped}`)
    if (!check) return [`there is no schema at ${pointer.join(' ')}`]
    return check(body) === true ? [] : (check.errors ?? []).filter((error) => !isKnown(error)).map(formatError)
  }
  return { description, validate }
}

/** Ajv refuses `nullable` without a type, where everything is allowed anyway. */
const dropIdleNullable = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value
  const { nullable, ...schema } = value
  return schema
}

const toRealPattern = (pattern: string): string => {
  if (pattern === slowIdPattern) return fastIdPattern
  return pattern === describedTimePattern ? realTimePattern : pattern
}

const isKnown = ({ keyword, params }: ErrorObject): boolean =>
  keyword === 'required' && oftenMissing.has(String(params['missingProperty']))

const formatError = ({ instancePath, message }: ErrorObject): string => `${instancePath || 'body'} ${message}`
