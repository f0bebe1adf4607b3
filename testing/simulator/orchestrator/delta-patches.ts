/** What `JSON.parse` makes of `{…}`. */
export type JsonObject = Readonly<Record<string, unknown>>

/** One change of a Delta: JSON Patch without `test`, `move` and `copy`. */
export type Patch = {
  readonly op: 'add' | 'remove' | 'replace'
  /** A JSON Pointer. */
  readonly path: string
  readonly value?: unknown
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The patches that a body lists, or why they are none. `null` and absence are an empty list. */
export const parsePatches = (list: unknown): readonly Patch[] | string => {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) return 'patches must be a list.'
  return list.map(findPatchProblem).find((problem) => problem !== undefined) ?? list.map(toPatch)
}

const findPatchProblem = (patch: unknown): string | undefined => {
  if (!isJsonObject(patch)) return 'a patch must be an object.'
  const { op, path } = patch
  if (op !== 'add' && op !== 'remove' && op !== 'replace') return 'only add, remove and replace are supported.'
  return typeof path === 'string' && (path === '' || path.startsWith('/')) ? undefined : 'path must be a JSON Pointer.'
}

const toPatch = ({ op, path, value }: Patch): Patch =>
  op === 'remove' ? { op, path, ...(value !== undefined && { value }) } : { op, path, value: value ?? null }

/** The document after all patches, one after the other; or why it doesn't take them. The document itself stays as it is. */
export const applyPatches = (document: JsonObject, patches: readonly Patch[]): JsonObject | string => {
  let current: unknown = document
  for (const patch of patches) {
    const changed = change(current, parsePointer(patch.path), patch)
    if (!changed) return `can not ${patch.op} ${patch.path}: there is nothing to change.`
    current = changed.value
  }
  return isJsonObject(current) ? current : 'it would not be an object any more.'
}

/** In a JSON Pointer, `~1` is a slash and `~0` a tilde; in this order, so that `~01` stays `~1`. */
const parsePointer = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Wrapped, since every value may be one. */
type Changed = { readonly value: unknown }

const change = (node: unknown, [token, ...rest]: readonly string[], patch: Patch): Changed | undefined => {
  if (token === undefined) return patch.op === 'remove' ? undefined : { value: patch.value }
  if (rest.length === 0 && patch.op === 'add') return insertMember(node, token, patch.value)
  if (!hasMember(node, token)) return undefined
  if (rest.length === 0)
    return { value: patch.op === 'remove' ? cutMember(node, token) : set(node, token, patch.value) }
  const changed = change(Reflect.get(node, token), rest, patch)
  return changed && { value: set(node, token, changed.value) }
}

type Parent = JsonObject | readonly unknown[]

const hasMember = (node: unknown, token: string): node is Parent => {
  if (Array.isArray(node)) return isIndex(token) && Number(token) < node.length
  return isJsonObject(node) && Object.hasOwn(node, token)
}

const isIndex = (token: string): boolean => /^(?:0|[1-9]\d*)$/.test(token)

const set = (parent: Parent, token: string, value: unknown): Parent =>
  Array.isArray(parent) ? parent.with(Number(token), value) : { ...parent, [token]: value }

const cutMember = (parent: Parent, token: string): Parent =>
  Array.isArray(parent)
    ? parent.toSpliced(Number(token), 1)
    : Object.fromEntries(Object.entries(parent).filter(([name]) => name !== token))

/** Into a list before the one with that index, or at its end. */
const insertMember = (parent: unknown, token: string, value: unknown): Changed | undefined => {
  if (isJsonObject(parent)) return { value: { ...parent, [token]: value } }
  if (!Array.isArray(parent)) return undefined
  const index = token === '-' ? parent.length : isIndex(token) ? Number(token) : Number.POSITIVE_INFINITY
  return index <= parent.length ? { value: parent.toSpliced(index, 0, value) } : undefined
}
