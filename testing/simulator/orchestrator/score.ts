import type { ApiAnswer } from '../exchange.ts'
import { isJsonObject, type JsonObject } from './delta-patches.ts'
import { refuseBadRequest } from './refusals.ts'
import { convertScore, type Extensions } from './score-conversion.ts'

const fieldNames = ['spec', 'image', 'overrides', 'property_overrides', 'resource_type_aliases', 'extensions']

/**
 * A small part of what Humanitec does with a Score file (score.dev/v1b1): containers, files, variables, probes, ports and
 * resources. Keeps nothing.
 */
export const answerConversion = (body: unknown): ApiAnswer => {
  const problem = findRequestProblem(body)
  if (problem) return refuseBadRequest(problem)
  const request = body as Request
  const spec = fillImages(applyOverrides(request), request.image)
  const specProblem = findSpecProblem(spec)
  if (specProblem) return refuseBadRequest(specProblem)
  const converted = convertScore(spec, request.resource_type_aliases ?? {}, request.extensions)
  return typeof converted === 'string' ? refuseBadRequest(converted) : { status: 200, body: converted }
}

type Request = {
  readonly spec: JsonObject
  readonly image?: string
  readonly overrides?: JsonObject
  readonly property_overrides?: JsonObject
  readonly resource_type_aliases?: Readonly<Record<string, string>>
  readonly extensions?: Extensions
}

const findRequestProblem = (body: unknown): string | undefined => {
  if (!isJsonObject(body)) return 'The body must be a JSON object.'
  const unknown = Object.keys(body).find((name) => !fieldNames.includes(name))
  if (unknown) return `${unknown} is not known.`
  if (!isJsonObject(body['spec'])) return 'spec must be an object.'
  if (typeof (body['image'] ?? '') !== 'string') return 'image must be a string.'
  const wrong = fieldNames.slice(2).find((name) => body[name] !== undefined && !isJsonObject(body[name]))
  if (wrong) return `${wrong} must be an object.`
  const { extensions } = body
  return isJsonObject(extensions) && typeof extensions['apiVersion'] !== 'string'
    ? 'extensions: apiVersion is required.'
    : undefined
}

const applyOverrides = ({ spec, overrides = {}, property_overrides: properties = {} }: Request): JsonObject =>
  Object.entries(properties).reduce(
    (merged, [path, value]) => setProperty(merged, path.split('.'), value),
    mergeObjects(spec, overrides),
  )

/** Field by field; lists are replaced, and `null` takes a field away. */
const mergeObjects = (one: JsonObject, other: JsonObject): JsonObject => {
  const merged = Object.entries(other).map(([name, value]) => {
    const below = Object.hasOwn(one, name) ? one[name] : undefined
    return [name, isJsonObject(value) ? mergeObjects(isJsonObject(below) ? below : {}, value) : value] as const
  })
  return Object.fromEntries(
    Object.entries({ ...one, ...Object.fromEntries(merged) }).filter(([, value]) => value !== null),
  )
}

/** What is missing on the way is made; the value replaces what is there, and `null` takes it away. */
const setProperty = (object: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject => {
  if (rest.length === 0 && value === null)
    return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name))
  const below = object[name]
  return { ...object, [name]: rest.length === 0 ? value : setProperty(isJsonObject(below) ? below : {}, rest, value) }
}

const fillImages = (spec: JsonObject, image: string | undefined): JsonObject => {
  const { containers } = spec
  if (!image || !isJsonObject(containers)) return spec
  const filled = Object.entries(containers).map(([name, container]) => {
    const isOpen = isJsonObject(container) && (!container['image'] || container['image'] === '.')
    return [name, isOpen ? { ...container, image } : container]
  })
  return { ...spec, containers: Object.fromEntries(filled) }
}

/** An image that is still `.` is let pass, as by Humanitec. */
const findSpecProblem = ({ apiVersion, metadata, containers, resources = {} }: JsonObject): string | undefined => {
  if (apiVersion !== 'score.dev/v1b1') return 'apiVersion must be score.dev/v1b1.'
  const name = isJsonObject(metadata) ? metadata['name'] : undefined
  if (typeof name !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    return 'metadata.name is required, in lower-case letters, digits and hyphens.'
  if (!isJsonObject(containers) || Object.keys(containers).length === 0) return 'containers: at least one is required.'
  if (!isJsonObject(resources)) return 'resources must be a map.'
  return (
    findProblemIn(containers, 'containers', findContainerProblem) ??
    findProblemIn(resources, 'resources', ({ type }) => (typeof type === 'string' ? undefined : 'type is required.'))
  )
}

type FindProblem = (entry: JsonObject) => string | undefined

const findProblemIn = (entries: JsonObject, place: string, find: FindProblem): string | undefined => {
  for (const [name, entry] of Object.entries(entries)) {
    const problem = isJsonObject(entry) ? find(entry) : 'it must be a map.'
    if (problem) return `${place}.${name}: ${problem}`
  }
  return undefined
}

/** A file's `source` is for the client to read. */
const findContainerProblem: FindProblem = ({ image, variables = {}, files = {}, volumes = {} }) => {
  if (typeof image !== 'string' || image === '') return 'image is required.'
  if (!isJsonObject(variables)) return 'variables must be a map.'
  if (!isJsonObject(files)) return 'files must be a map by target.'
  if (!isJsonObject(volumes)) return 'volumes must be a map by target.'
  return findProblemIn(files, 'files', ({ content, binaryContent }) =>
    typeof (content ?? binaryContent) === 'string' ? undefined : 'content or binaryContent is required.',
  )
}
