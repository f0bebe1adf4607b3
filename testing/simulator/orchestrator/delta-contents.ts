import { isJsonObject, type JsonObject, type Patch, parsePatches } from './delta-patches.ts'
import { completeModule, completeWorkload, type Parse } from './set-contents.ts'

/** What a Delta does to a Set. */
export type DeltaContents = {
  readonly modules: Operations
  readonly shared: readonly Patch[]
  readonly workloads: Operations
}

/** By workload; carried out in this order: remove, add (a workload that exists is replaced whole), update. */
export type Operations = {
  readonly add: Readonly<Record<string, JsonObject>>
  readonly remove: readonly string[]
  readonly update: Readonly<Record<string, readonly Patch[]>>
}

/** The contents of a Delta that a body states, or what is wrong with it. What isn't known (`updates`) has no effect. */
export const parseDelta = (body: unknown): DeltaContents | string => {
  if (!isJsonObject(body)) return 'The body must be a JSON object.'
  const modules = parseOperations(body['modules'], completeModule)
  if (typeof modules === 'string') return `modules: ${modules}`
  const workloads = parseOperations(body['workloads'], completeWorkload)
  if (typeof workloads === 'string') return `workloads: ${workloads}`
  const shared = parsePatches(body['shared'])
  return typeof shared === 'string' ? `shared: ${shared}` : { modules, shared: shared.filter(isEffective), workloads }
}

const parseOperations = (given: unknown, parse: Parse): Operations | string => {
  const { add, remove, update } = (given ?? {}) as JsonObject
  if (!isJsonObject(given ?? {})) return 'it must be an object.'
  if (!isJsonObject(add ?? {}) || !isJsonObject(update ?? {})) return 'add and update must be objects.'
  if (!isTextList(remove ?? [])) return 'remove must list names.'
  const added = mapEntries(dropNull(add ?? {}), parse)
  if (typeof added === 'string') return added
  const updated = mapEntries((update ?? {}) as JsonObject, parsePatches)
  if (typeof updated === 'string') return updated
  const patches = Object.entries(updated).map(([name, list]) => [name, list.filter(isEffective)])
  return { add: added, remove: (remove ?? []) as readonly string[], update: Object.fromEntries(patches) }
}

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')

/** `null` in place of a workload adds none. */
const dropNull = (entries: object): JsonObject =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null))

/** All entries parsed, or the first problem, with its name in front. */
const mapEntries = <Item>(
  entries: JsonObject,
  parse: (value: unknown) => Item | string,
): Readonly<Record<string, Item>> | string => {
  const parsed: [string, Item][] = []
  for (const [name, value] of Object.entries(entries)) {
    const item = parse(value)
    if (typeof item === 'string') return `${name}: ${item}`
    parsed.push([name, item])
  }
  return Object.fromEntries(parsed)
}

/** The API's own extension: a removal that only takes earlier patches out of the Delta, and does nothing to a Set. */
const isOfDelta = ({ op, value }: Patch): boolean =>
  op === 'remove' && isJsonObject(value) && value['scope'] === 'delta'

const isEffective = (patch: Patch): boolean => !isOfDelta(patch)

/** A Delta's operations as an answer has them; `workloads` is left out when it has none. */
export const describeContents = ({ modules, shared, workloads }: DeltaContents): JsonObject => ({
  modules,
  shared,
  ...(isIdle(workloads) ? {} : { workloads }),
})

const isIdle = ({ add, remove, update }: Operations): boolean =>
  Object.keys(add).length + remove.length + Object.keys(update).length === 0

/** Both, the second on top of the first. */
export const combineContents = (first: DeltaContents, second: DeltaContents): DeltaContents => ({
  modules: combineOperations(first.modules, second.modules),
  shared: [...first.shared, ...second.shared],
  workloads: combineOperations(first.workloads, second.workloads),
})

/** What the second adds or removes makes the first's operations on that workload idle. */
const combineOperations = (first: Operations, second: Operations): Operations => {
  const isIdleNow = (name: string): boolean => Object.hasOwn(second.add, name) || second.remove.includes(name)
  const keep = <Item>(entries: Readonly<Record<string, Item>>): Record<string, Item> =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => !isIdleNow(name)))
  const update = keep(first.update)
  for (const [name, patches] of Object.entries(second.update)) update[name] = [...(update[name] ?? []), ...patches]
  return {
    add: { ...keep(first.add), ...second.add },
    remove: [...first.remove.filter((name) => !isIdleNow(name)), ...second.remove],
    update,
  }
}
