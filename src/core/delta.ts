import { type Fields, listOf, objectOf, ownField, textOf } from './text/json.ts'
import { compareTexts } from './text/words.ts'

/** Where a Set keeps workloads: `modules` usually; `workloads` for unconverted Score specs ("Generic Mode"). */
export type SectionName = 'modules' | 'workloads'

/** The answer of `GET sets/{id}`. Entries are checked where they are used, so that an invalid one doesn't hide the others. */
export type DeploymentSet = {
  readonly modules: Fields
  readonly workloads: Fields
  /** Resources that belong to no workload. */
  readonly shared: Fields
}

/** Of an environment without any deployment. */
export const emptySet: DeploymentSet = { modules: {}, workloads: {}, shared: {} }

/** A section that isn't an object counts as missing. @returns `undefined` for an answer that isn't an object */
export const readDeploymentSet = (value: unknown): DeploymentSet | undefined =>
  objectOf(value) && {
    modules: objectOf(ownField(value, 'modules')) ?? {},
    workloads: objectOf(ownField(value, 'workloads')) ?? {},
    shared: objectOf(ownField(value, 'shared')) ?? {},
  }

/** `key`: in the map of containers, not the container's own `id`. `image`: `''` where there is none. */
type Container = { readonly key: string; readonly image: string }

export type Workload = {
  readonly workload: string
  readonly section: SectionName
  /** Empty for a workload without `spec.containers`. Includes init containers. */
  readonly containers: readonly Container[]
}

/** A container's image, and the one that replaces it. `from` is `''` where it has none. */
export type ImageChange = {
  readonly workload: string
  readonly container: string
  readonly section: SectionName
  readonly from: string
  readonly to: string
}

/** By name; of two with the same name, the one in `workloads` first, since a Set with any is deployed in Generic Mode. */
export const listWorkloads = (set: DeploymentSet): readonly Workload[] =>
  [...listSection('workloads', set), ...listSection('modules', set)].toSorted((a, b) =>
    compareTexts(a.workload, b.workload),
  )

const listSection = (section: SectionName, set: DeploymentSet): readonly Workload[] =>
  Object.entries(set[section]).map(([workload, entry]) => ({
    workload,
    section,
    containers: Object.entries(objectOf(ownField(ownField(entry, 'spec'), 'containers')) ?? {})
      .map(([key, container]) => ({ key, image: textOf(ownField(container, 'image')) }))
      .toSorted((a, b) => compareTexts(a.key, b.key)),
  }))

/** A JSON Patch (RFC 6902): the API takes `add`, `remove` and `replace`. `path` is a JSON Pointer. */
export type Patch = { readonly op: string; readonly path: string; readonly value: unknown }

type SectionDelta = {
  readonly add: Fields
  readonly remove: readonly string[]
  readonly update: readonly (readonly [workload: string, patches: readonly Patch[]])[]
}

/** A Delta, or the difference of two Sets, which has the same form without metadata. */
export type Delta = Readonly<Record<SectionName, SectionDelta>> & { readonly shared: readonly Patch[] }

/** A part of another form counts as missing. @returns `undefined` for an answer that isn't an object */
export const readDelta = (value: unknown): Delta | undefined =>
  objectOf(value) && {
    modules: readSection(ownField(value, 'modules')),
    workloads: readSection(ownField(value, 'workloads')),
    shared: readPatches(ownField(value, 'shared')),
  }

const readSection = (value: unknown): SectionDelta => ({
  add: objectOf(ownField(value, 'add')) ?? {},
  remove: listOf(ownField(value, 'remove')).filter((name) => typeof name === 'string'),
  update: Object.entries(objectOf(ownField(value, 'update')) ?? {}).map(([workload, patches]) => [
    workload,
    readPatches(patches),
  ]),
})

/** The API may leave out a value of `null`. */
const readPatches = (value: unknown): readonly Patch[] =>
  listOf(value).flatMap((patch) =>
    objectOf(patch)
      ? [
          {
            op: textOf(ownField(patch, 'op')),
            path: textOf(ownField(patch, 'path')),
            value: ownField(patch, 'value') ?? null,
          },
        ]
      : [],
  )

/** A patch of something that the Set doesn't have. `workload` is `''` for one of `shared`. */
export type UnfitPatch = {
  readonly section: SectionName | 'shared'
  readonly workload: string
  readonly patch: Patch
}

/** The Set that results from a Delta. Patches that don't fit are skipped and listed; the API refuses such a Delta as a whole. */
export const applyDelta = (
  set: DeploymentSet,
  delta: Delta,
): { readonly set: DeploymentSet; readonly unfit: readonly UnfitPatch[] } => {
  const unfit: UnfitPatch[] = []
  const applyPatches = (
    section: UnfitPatch['section'],
    workload: string,
    entry: unknown,
    patches: readonly Patch[],
  ): unknown =>
    patches.reduce((current, patch) => {
      const patched = applyPatch(current, patch)
      if (patched === undefined) unfit.push({ section, workload, patch })
      return patched ?? current
    }, entry)
  const applySection = (section: SectionName): Fields => {
    const entries = new Map(Object.entries(set[section]))
    for (const workload of delta[section].remove) entries.delete(workload)
    for (const [workload, entry] of Object.entries(delta[section].add)) entries.set(workload, entry)
    for (const [workload, patches] of delta[section].update) {
      const entry = entries.get(workload)
      if (entry === undefined) unfit.push(...patches.map((patch) => ({ section, workload, patch })))
      else entries.set(workload, applyPatches(section, workload, entry, patches))
    }
    return Object.fromEntries(entries)
  }
  const shared = objectOf(applyPatches('shared', '', set.shared, delta.shared)) ?? {}
  return { set: { modules: applySection('modules'), workloads: applySection('workloads'), shared }, unfit }
}

/** `undefined` where the patch doesn't fit. */
const applyPatch = (target: unknown, { op, path, value }: Patch): unknown => {
  const keys = parsePointer(path)
  return keys && ['add', 'remove', 'replace'].includes(op) ? patchAt(target, keys, { op, path, value }) : undefined
}

/** Humanitec's patches treat `null`, or a missing object, as an empty one. */
const patchAt = (target: unknown, [key, ...rest]: readonly string[], patch: Patch): unknown => {
  const isRemoval = patch.op === 'remove'
  if (key === undefined) return isRemoval ? undefined : patch.value
  if (Array.isArray(target)) return patchList(target, [key, ...rest], patch)
  const fields = target == null ? {} : objectOf(target)
  if (!fields) return undefined
  if (isRemoval && rest.length === 0) return Object.hasOwn(fields, key) ? omit(fields, key) : undefined
  const patched = patchAt(ownField(fields, key), rest, patch)
  return patched === undefined ? undefined : { ...fields, [key]: patched }
}

const omit = (fields: Fields, key: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))

type Path = readonly [key: string, ...rest: string[]]

const patchList = (list: readonly unknown[], [key, ...rest]: Path, patch: Patch): unknown => {
  const isInsertion = patch.op === 'add' && rest.length === 0
  if (key === '-' && isInsertion) return [...list, patch.value]
  const index = /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : Number.NaN
  if (!(index < list.length + (isInsertion ? 1 : 0))) return undefined
  if (isInsertion) return list.toSpliced(index, 0, patch.value)
  if (patch.op === 'remove' && rest.length === 0) return list.toSpliced(index, 1)
  const patched = patchAt(list[index], rest, patch)
  return patched === undefined ? undefined : list.with(index, patched)
}

/** Bounds the recursion: real paths have far fewer keys. */
const maxKeys = 200

/** The keys of a JSON Pointer (RFC 6901); `undefined` for any other text. */
export const parsePointer = (pointer: string): readonly string[] | undefined => {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined
  const keys = pointer.split('/', maxKeys + 2).slice(1)
  return keys.length > maxKeys ? undefined : keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export const formatPointer = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
