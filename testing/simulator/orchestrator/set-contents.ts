import { hash } from 'node:crypto'
import { isJsonObject, type JsonObject } from './delta-patches.ts'

/** All that is deployed, but for what differs by environment. */
export type SetContents = {
  readonly modules: Readonly<Record<string, JsonObject>>
  /** Resources that the workloads share, by id. */
  readonly shared: JsonObject
  /** Generic Mode: Score specs kept as they are. */
  readonly workloads: Readonly<Record<string, JsonObject>>
}

export const emptySet: SetContents = { modules: {}, shared: {}, workloads: {} }

/** A workload, completed; or what is wrong with it. */
export type Parse = (given: unknown) => JsonObject | string

/** As scripts state one. */
export type GivenSet = Partial<SetContents>

/** @throws Error when a workload isn't one */
export const completeSet = ({ modules = {}, shared = {}, workloads = {} }: GivenSet): SetContents => ({
  modules: completeAll(modules, completeModule),
  shared,
  workloads: completeAll(workloads, completeWorkload),
})

const completeAll = (workloads: Readonly<Record<string, JsonObject>>, parse: Parse): SetContents['modules'] =>
  Object.fromEntries(
    Object.entries(workloads).map(([name, given]) => {
      const completed = parse(given)
      if (typeof completed === 'string') throw new Error(`${name}: ${completed}`)
      return [name, completed]
    }),
  )

/** With the fields that an answer always has; others than these are dropped. */
export const completeModule: Parse = (given) => {
  if (!isJsonObject(given)) return 'it must be an object.'
  const { profile, spec, externals, deploy } = given
  if (typeof (profile ?? '') !== 'string') return 'profile must be a string.'
  if (!isJsonObject(spec ?? {}) || !isJsonObject(externals ?? {})) return 'spec and externals must be objects.'
  if (!isJsonObject(deploy ?? {})) return 'deploy must be an object.'
  const condition = isJsonObject(deploy) && { when: 'deploy', success: 'deploy', timeout: 0, ...deploy }
  return {
    profile: profile ?? '',
    spec: spec ?? {},
    externals: externals ?? {},
    ...(condition && { deploy: condition }),
  }
}

export const completeWorkload: Parse = (given) => {
  if (!isJsonObject(given)) return 'it must be an object.'
  const { class: resourceClass, extensions, spec } = given
  if (typeof (resourceClass ?? '') !== 'string') return 'class must be a string.'
  if (!isJsonObject(spec ?? {}) || !isJsonObject(extensions ?? {})) return 'spec and extensions must be objects.'
  return { spec: spec ?? {}, ...(resourceClass ? { class: resourceClass } : {}), ...(extensions ? { extensions } : {}) }
}

/** A Set's id is a hash of its contents, whatever their order: 43 characters of base64url. */
export const determineSetId = (contents: SetContents): string => {
  let id = ids.get(contents)
  if (id === undefined) {
    id = hash('sha256', toCanonicalText(contents), 'base64url')
    ids.set(contents, id)
  }
  return id
}

const ids = new WeakMap<SetContents, string>()

/** The same for equal values, whatever the order of their fields. What is frozen is written once. */
export const toCanonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(toCanonicalText).join()}]`
  if (!isJsonObject(value)) return JSON.stringify(value ?? null)
  const text = texts.get(value) ?? writeObject(value)
  if (Object.isFrozen(value)) texts.set(value, text)
  return text
}

const texts = new WeakMap<JsonObject, string>()

const writeObject = (object: JsonObject): string => {
  const fields = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${toCanonicalText(object[name])}`)
  return `{${fields.join()}}`
}

/** As the API tells it; `workloads` is left out when there are none. */
export const describeSet = (id: string, { modules, shared, workloads }: SetContents): JsonObject => ({
  id,
  version: 0,
  modules,
  shared,
  ...(Object.keys(workloads).length > 0 && { workloads }),
})
