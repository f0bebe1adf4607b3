import type { DeltaContents, Operations } from './delta-contents.ts'
import { isJsonObject, type JsonObject, type Patch } from './delta-patches.ts'
import { type SetContents, toCanonicalText } from './set-contents.ts'

/** The Delta that makes the older Set the newer one: it has new values only. A list that changed is replaced whole. */
export const diffSets = (newer: SetContents, older: SetContents): DeltaContents => ({
  modules: diffWorkloads(newer.modules, older.modules),
  shared: diffObjects(newer.shared, older.shared, ''),
  workloads: diffWorkloads(newer.workloads, older.workloads),
})

type Workloads = Readonly<Record<string, JsonObject>>

const diffWorkloads = (newer: Workloads, older: Workloads): Operations => {
  const added = Object.entries(newer).filter(([name]) => !Object.hasOwn(older, name))
  const updates = Object.entries(newer)
    .filter(([name]) => Object.hasOwn(older, name))
    .map(([name, workload]) => [name, diffObjects(workload, older[name] ?? {}, '')] as const)
    .filter(([, patches]) => patches.length > 0)
  return {
    add: Object.fromEntries(added),
    remove: Object.keys(older).filter((name) => !Object.hasOwn(newer, name)),
    update: Object.fromEntries(updates),
  }
}

const diffObjects = (newer: JsonObject, older: JsonObject, path: string): readonly Patch[] => [
  ...Object.keys(older)
    .filter((name) => !Object.hasOwn(newer, name))
    .map((name): Patch => ({ op: 'remove', path: `${path}/${escapeToken(name)}` })),
  ...Object.entries(newer).flatMap(([name, value]): readonly Patch[] => {
    const below = `${path}/${escapeToken(name)}`
    return Object.hasOwn(older, name) ? diffValues(value, older[name], below) : [{ op: 'add', path: below, value }]
  }),
]

const diffValues = (newer: unknown, older: unknown, path: string): readonly Patch[] => {
  if (isJsonObject(newer) && isJsonObject(older)) return diffObjects(newer, older, path)
  return toCanonicalText(newer) === toCanonicalText(older) ? [] : [{ op: 'replace', path, value: newer }]
}

const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
