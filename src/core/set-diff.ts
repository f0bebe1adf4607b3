import type { Deployment } from './api.ts'
import {
  applyDelta,
  type Delta,
  type DeploymentSet,
  emptySet,
  formatPointer,
  parsePointer,
  type SectionName,
  type UnfitPatch,
} from './delta.ts'
import { objectOf, ownField, textOf } from './text/json.ts'
import { compareTexts } from './text/words.ts'

/** The most important to a reader first. */
const kinds = ['workload', 'image', 'resource', 'variable', 'other'] as const

/** One difference between two Sets, as in the output `changes`. It never holds the contents of variables, files, parameters or arguments. */
export type Change = {
  /** `''` for shared resources. */
  readonly workload: string
  readonly kind: (typeof kinds)[number]
  /** The container's key, the variable's name, the resource's id; `''` for a workload; else a JSON Pointer within the workload or `shared`. */
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  /** An image, or a resource's type; else `''`. */
  readonly from: string
  readonly to: string
}

/** What the new Set is compared with. `base`: the deployment of the old Set; absent where there was none. `env`: its environment, if another one. */
export type Comparison = {
  readonly base?: Deployment
  readonly env?: string
  /** Why the difference could not be read, in a few words. */
  readonly unread?: string
}

/**
 * The changes from the answer of `GET sets/{new}/diff/{old}`. That has new values only, and may replace whole objects, so it is
 * applied to the old Set, and the two Sets are compared.
 *
 * @param before the old Set; `undefined` for none: everything is added
 */
export const listDiffChanges = (before: DeploymentSet | undefined, diff: Delta): readonly Change[] => {
  const { set, unfit } = applyDelta(before ?? emptySet, diff)
  return sortChanges([...compareSections(before ?? emptySet, set), ...unfit.map(describeUnfit)])
}

/** @param before `undefined` for none: everything is added */
export const compareSets = (before: DeploymentSet | undefined, after: DeploymentSet): readonly Change[] =>
  sortChanges(compareSections(before ?? emptySet, after))

/** By kind, workload and name, without duplicates: two containers may change a variable of the same name. */
const sortChanges = (changes: readonly Change[]): readonly Change[] =>
  [...new Map(changes.map((change) => [JSON.stringify(Object.values(change)), change])).values()].toSorted(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      compareTexts(a.workload, b.workload) ||
      compareTexts(a.name, b.name) ||
      compareTexts(a.change, b.change) ||
      compareTexts(a.from + a.to, b.from + b.to),
  )

type Section = SectionName | 'shared'

/** The path of two values: `keys` are within the workload, or within `shared`. */
type Position = { readonly section: Section; readonly workload: string; readonly keys: readonly string[] }

const compareSections = (before: DeploymentSet, after: DeploymentSet): readonly Change[] => [
  ...compareWorkloads('modules', before, after),
  ...compareWorkloads('workloads', before, after),
  ...compareFields({ section: 'shared', workload: '', keys: [] }, before.shared, after.shared),
]

/** A workload that is added or removed is listed with its images, variables and resources, but not with other paths. */
const compareWorkloads = (section: SectionName, before: DeploymentSet, after: DeploymentSet): readonly Change[] =>
  listKeys(before[section], after[section]).flatMap((workload) => {
    const position = { section, workload, keys: [] }
    const [old, young] = [ownField(before[section], workload), ownField(after[section], workload)]
    const changes = compare(position, old, young)
    return old === undefined || young === undefined
      ? [describe(position, 'workload', old, young), ...changes.filter(({ kind }) => kind !== 'other')]
      : changes
  })

type PathKind = 'branch' | 'container' | 'image' | 'variable' | 'resource' | 'resource type' | 'rest'

/** In `parts`, a `*` stands for any key. */
type Pattern = { readonly parts: readonly string[]; readonly kind: PathKind }

const toPattern = (path: string, kind: PathKind): Pattern => ({ parts: path.split('/').slice(1), kind })

const containerPatterns: readonly Pattern[] = [
  toPattern('', 'branch'),
  toPattern('/spec', 'branch'),
  toPattern('/spec/containers', 'branch'),
  toPattern('/spec/containers/*', 'container'),
  toPattern('/spec/containers/*/image', 'image'),
  toPattern('/spec/containers/*/variables', 'branch'),
  toPattern('/spec/containers/*/variables/*', 'variable'),
]

/** A Score spec, as in `workloads`, has `resources` where a module has `externals`. */
const patterns: Readonly<Record<Section, readonly Pattern[]>> = {
  modules: [
    ...containerPatterns,
    toPattern('/externals', 'branch'),
    toPattern('/externals/*', 'resource'),
    toPattern('/externals/*/type', 'resource type'),
  ],
  workloads: [
    ...containerPatterns,
    toPattern('/spec/resources', 'branch'),
    toPattern('/spec/resources/*', 'resource'),
    toPattern('/spec/resources/*/type', 'resource type'),
  ],
  shared: [toPattern('/*', 'resource'), toPattern('/*/type', 'resource type')],
}

const kindOf = ({ section, keys }: Position): PathKind => {
  const fits = ({ parts }: Pattern): boolean =>
    parts.length === keys.length && parts.every((part, index) => part === '*' || part === keys[index])
  return patterns[section].find(fits)?.kind ?? 'rest'
}

/** `undefined` stands for a missing value. */
const compare = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  if (before === after) return []
  switch (kindOf(position)) {
    case 'branch':
      return compareBranch(position, before, after)
    case 'container':
      return compareContainer(position, before, after)
    case 'resource':
      return before === undefined || after === undefined
        ? [describe(position, 'resource', before, after, typeOf)]
        : compareBranch(position, before, after)
    case 'image':
      return isEqual(before, after) ? [] : [describe(position, 'image', before, after, textOf)]
    case 'variable':
      return isEqual(before, after) ? [] : [describe(position, 'variable', before, after)]
    case 'resource type':
      return isEqual(before, after)
        ? []
        : [{ ...describe(position, 'resource', before, after, textOf), change: 'changed' }]
    case 'rest':
      return objectOf(before) && objectOf(after) && !holdsContents(position.keys)
        ? compareFields(position, before, after)
        : compareRest(position, before, after)
  }
}

const typeOf = (resource: unknown): string => textOf(ownField(resource, 'type'))

const compareFields = (position: Position, before: unknown, after: unknown): readonly Change[] =>
  listKeys(before, after).flatMap((key) =>
    compare({ ...position, keys: [...position.keys, key] }, ownField(before, key), ownField(after, key)),
  )

const listKeys = (before: unknown, after: unknown): readonly string[] => [
  ...new Set([...Object.keys(objectOf(before) ?? {}), ...Object.keys(objectOf(after) ?? {})]),
]

/** A missing object, or `null`, counts as empty. A value of another type is listed by its path. */
const compareBranch = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  const isOdd = [before, after].some((value) => value != null && !objectOf(value))
  return [...(isOdd ? compareRest(position, before, after) : []), ...compareFields(position, before, after)]
}

/** One that is added or removed is listed by its image, or by its path where it has none. */
const compareContainer = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  if (objectOf(before) && objectOf(after)) return compareFields(position, before, after)
  const parts = compareFields(position, before, after).filter(({ kind }) => kind !== 'other')
  return parts.some(({ kind }) => kind === 'image') ? parts : [...compareRest(position, before, after), ...parts]
}

const compareRest = (position: Position, before: unknown, after: unknown): readonly Change[] =>
  isEqual(before, after) ? [] : [describe(position, 'other', before, after)]

/** Deepest reported path. */
const maxKeys = 8

/** Whether to stop here: below are contents (of a file, a parameter, arguments, or unknown), which may be secret. */
const holdsContents = (keys: readonly string[]): boolean =>
  keys.length >= maxKeys ||
  ['params', 'files', 'variables'].includes(keys.at(-2) ?? '') ||
  ['args', 'command'].includes(keys.at(-1) ?? '')

const describe = (
  position: Position,
  kind: Change['kind'],
  before: unknown,
  after: unknown,
  show: (value: unknown) => string = () => '',
): Change => ({
  workload: position.workload,
  kind,
  name: nameOf(position, kind),
  change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
  from: show(before),
  to: show(after),
})

const nameOf = ({ section, keys }: Position, kind: Change['kind']): string => {
  switch (kind) {
    case 'workload':
      return ''
    case 'image':
      return keys[2] ?? ''
    case 'variable':
      return keys[4] ?? ''
    case 'resource':
      return keys[{ shared: 0, modules: 1, workloads: 2 }[section]] ?? ''
    case 'other':
      return formatPointer(keys)
  }
}

/** A patch of something that the old Set doesn't have. */
const describeUnfit = ({ section, workload, patch }: UnfitPatch): Change => {
  const keys = parsePointer(patch.path) ?? []
  const end = keys.findIndex((_, index) => holdsContents(keys.slice(0, index + 1)))
  const position = { section, workload, keys: end === -1 ? keys : keys.slice(0, end + 1) }
  const change = patch.op === 'add' ? 'added' : patch.op === 'remove' ? 'removed' : 'changed'
  return { ...describe(position, 'other', patch, patch), change }
}

const maxLevels = 200

/** Compares JSON; the order of an object's fields doesn't count. Values nested too deeply count as different. */
const isEqual = (a: unknown, b: unknown, level = 0): boolean => {
  if (a === b) return true
  if (level > maxLevels) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index], level + 1))
  const [one, other] = [objectOf(a), objectOf(b)]
  if (!one || !other) return false
  return listKeys(one, other).every((key) => isEqual(ownField(one, key), ownField(other, key), level + 1))
}
