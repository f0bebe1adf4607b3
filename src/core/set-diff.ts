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

/** In the order in which they matter to a reader. */
const kinds = ['workload', 'image', 'resource', 'variable', 'other'] as const

/**
 * One difference between two Sets, as the output `changes` has it. It never holds what a variable, a file, a parameter or an
 * argument contains: names only.
 */
export type Change = {
  /** `''` for shared resources. */
  readonly workload: string
  readonly kind: (typeof kinds)[number]
  /**
   * The container's key, the variable's name, the resource's id, `''` for a workload; else the path, a JSON Pointer within the
   * workload, or within `shared`.
   */
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Of images, and of resources their types; else `''`. */
  readonly from: string
  readonly to: string
}

/** What changes were found against. `base`: the deployment whose Set is the older one; absent where nothing was there. `env`: its environment, if another one. */
export type Comparison = {
  readonly base?: Deployment
  readonly env?: string
  /** Why the difference could not be read, in a few words of ours or of the request's. */
  readonly unread?: string
}

/**
 * What the answer of `GET sets/{new}/diff/{old}` changes in the old Set. It has new values only, and may replace whole objects,
 * so it is carried out here, and the two Sets are compared by what they hold.
 *
 * @param before the old Set; `undefined` for none: everything is added
 */
export const listDiffChanges = (before: DeploymentSet | undefined, diff: Delta): readonly Change[] => {
  const { set, unfit } = applyDelta(before ?? emptySet, diff)
  return order([...compareSections(before ?? emptySet, set), ...unfit.map(describeUnfit)])
}

/** What differs between two Sets. @param before `undefined` for none: everything is added */
export const compareSets = (before: DeploymentSet | undefined, after: DeploymentSet): readonly Change[] =>
  order(compareSections(before ?? emptySet, after))

/** By kind, workload and name. Two containers that change a variable of one name look the same: it is listed once. */
const order = (changes: readonly Change[]): readonly Change[] =>
  [...new Map(changes.map((change) => [JSON.stringify(Object.values(change)), change])).values()].toSorted(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      compareTexts(a.workload, b.workload) ||
      compareTexts(a.name, b.name) ||
      compareTexts(a.change, b.change) ||
      compareTexts(a.from + a.to, b.from + b.to),
  )

type Section = SectionName | 'shared'

/** Where two values stand: the keys are those within the workload, or within `shared`. */
type Position = { readonly section: Section; readonly workload: string; readonly keys: readonly string[] }

const compareSections = (before: DeploymentSet, after: DeploymentSet): readonly Change[] => [
  ...compareWorkloads('modules', before, after),
  ...compareWorkloads('workloads', before, after),
  ...compareFields({ section: 'shared', workload: '', keys: [] }, before.shared, after.shared),
]

/** Of a workload that is new or gone: its images, variables and resources, too, but nothing by path. */
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

/** A `*` stands for any key. */
type Pattern = { readonly parts: readonly string[]; readonly place: PathKind }

const toPattern = (path: string, place: PathKind): Pattern => ({ parts: path.split('/').slice(1), place })

const containerPatterns: readonly Pattern[] = [
  toPattern('', 'branch'),
  toPattern('/spec', 'branch'),
  toPattern('/spec/containers', 'branch'),
  toPattern('/spec/containers/*', 'container'),
  toPattern('/spec/containers/*/image', 'image'),
  toPattern('/spec/containers/*/variables', 'branch'),
  toPattern('/spec/containers/*/variables/*', 'variable'),
]

/** A Score spec, as `workloads` keep it, has resources where a module has `externals`. */
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

const placeOf = ({ section, keys }: Position): PathKind => {
  const fits = ({ parts }: Pattern): boolean =>
    parts.length === keys.length && parts.every((part, index) => part === '*' || part === keys[index])
  return patterns[section].find(fits)?.place ?? 'rest'
}

/** `undefined` is what isn't there. */
const compare = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  if (before === after) return []
  switch (placeOf(position)) {
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

/** One that isn't there, or is `null`, is an empty one. What should be an object and isn't is told by its path. */
const compareBranch = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  const isOdd = [before, after].some((value) => value != null && !objectOf(value))
  return [...(isOdd ? compareRest(position, before, after) : []), ...compareFields(position, before, after)]
}

/** One that is new or gone is told by its image, and by its path where it has none. */
const compareContainer = (position: Position, before: unknown, after: unknown): readonly Change[] => {
  if (objectOf(before) && objectOf(after)) return compareFields(position, before, after)
  const parts = compareFields(position, before, after).filter(({ kind }) => kind !== 'other')
  return parts.some(({ kind }) => kind === 'image') ? parts : [...compareRest(position, before, after), ...parts]
}

const compareRest = (position: Position, before: unknown, after: unknown): readonly Change[] =>
  isEqual(before, after) ? [] : [describe(position, 'other', before, after)]

/** How far a path is told: no further than a name that is known to be one. */
const maxKeys = 8

/** Whether the value is told as one: within it are a file's contents, a parameter's value, arguments, or anything. */
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

/** A difference that says something about what the old Set doesn't have. */
const describeUnfit = ({ section, workload, patch }: UnfitPatch): Change => {
  const keys = parsePointer(patch.path) ?? []
  const end = keys.findIndex((_, index) => holdsContents(keys.slice(0, index + 1)))
  const position = { section, workload, keys: end === -1 ? keys : keys.slice(0, end + 1) }
  const change = patch.op === 'add' ? 'added' : patch.op === 'remove' ? 'removed' : 'changed'
  return { ...describe(position, 'other', patch, patch), change }
}

/** Deeper than any configuration is. */
const maxLevels = 200

/** Whether two values of JSON are the same; the order of an object's fields doesn't count. */
const isEqual = (a: unknown, b: unknown, level = 0): boolean => {
  if (a === b) return true
  if (level > maxLevels) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index], level + 1))
  const [one, other] = [objectOf(a), objectOf(b)]
  if (!one || !other) return false
  return listKeys(one, other).every((key) => isEqual(ownField(one, key), ownField(other, key), level + 1))
}
