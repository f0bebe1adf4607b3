import type { DeltaContents, Operations } from './delta-contents.ts'
import { applyPatches, type JsonObject } from './delta-patches.ts'
import { completeModule, completeWorkload, type Parse, type SetContents } from './set-contents.ts'

/** The Set after a Delta, or why the Delta doesn't fit it. */
export const applyDelta = (set: SetContents, delta: DeltaContents): SetContents | string => {
  const modules = applyOperations(set.modules, delta.modules, completeModule)
  if (typeof modules === 'string') return `The Delta does not fit: module ${modules}`
  const workloads = applyOperations(set.workloads, delta.workloads, completeWorkload)
  if (typeof workloads === 'string') return `The Delta does not fit: workload ${workloads}`
  const shared = applyPatches(set.shared, delta.shared)
  return typeof shared === 'string' ? `The Delta does not fit: shared: ${shared}` : { modules, shared, workloads }
}

/** The workloads of one kind after a Delta's operations, or why they don't fit. */
const applyOperations = (
  workloads: Readonly<Record<string, JsonObject>>,
  { add, remove, update }: Operations,
  parse: Parse,
): Readonly<Record<string, JsonObject>> | string => {
  const missing = remove.find((name) => !Object.hasOwn(workloads, name))
  if (missing !== undefined) return `${missing} can not be removed: it does not exist.`
  const kept = Object.entries(workloads).filter(([name]) => !remove.includes(name))
  const changed: Record<string, JsonObject> = { ...Object.fromEntries(kept), ...add }
  for (const [name, patches] of Object.entries(update)) {
    const updated = Object.hasOwn(changed, name) ? applyPatches(changed[name] ?? {}, patches) : 'it does not exist.'
    const parsed = typeof updated === 'string' ? updated : parse(updated)
    if (typeof parsed === 'string') return `${name}: ${parsed}`
    changed[name] = parsed
  }
  return changed
}
