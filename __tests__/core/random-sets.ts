import fc from 'fast-check'
import { type DeploymentSet, formatPointer } from '../../src/core/delta.ts'

/** Stands in every value that nobody may be shown: variables, files, parameters, arguments. */
export const canary = 'c0ntents-0f-a-5et'

const names = ['main', 'web', 'a/b', '~1', '__proto__', 'constructor', 'params', 'files', 'x y'] as const
const name = fc.constantFrom(...names)
/** An object without a prototype's help: a key `__proto__` is one like others. */
const named = <Value>(value: fc.Arbitrary<Value>, maxKeys = 2) =>
  fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: maxKeys })
    .map((entries) => Object.fromEntries(entries) as Readonly<Record<string, Value>>)

const secret = fc.constantFrom(canary, `${canary}2`, `\${values.${canary}}`)
const secrets: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    secret,
    fc.constantFrom(1, true, null),
    fc.array(tie('value'), { maxLength: 2 }),
    named(tie('value'), 2),
  ),
})).value

const image = fc.constantFrom('shop:1', 'shop:2', 'ghcr.io/acme/worker:1', 'ghcr.io/acme/worker@sha256:abc')
const container = fc.record(
  {
    image,
    variables: named(secret, 3),
    args: fc.array(secret, { maxLength: 2 }),
    files: named(fc.record({ mode: fc.constantFrom('0644', '0600'), value: secret })),
    resources: named(named(fc.constantFrom(1, 2))),
  },
  { requiredKeys: [] },
)
const resource = fc.record(
  { type: fc.constantFrom('postgres', 'redis', 'dns'), class: fc.constantFrom('default', 'large'), params: secrets },
  { requiredKeys: ['type'] },
)
const spec = fc.record(
  { containers: named(container), annotations: named(secret), replicas: fc.nat(2) },
  { requiredKeys: [] },
)
const moduleEntry = fc.record(
  { profile: fc.constantFrom('default', 'cron'), spec, externals: named(resource) },
  { requiredKeys: [] },
)
const workloadEntry = fc.record(
  { spec: fc.tuple(spec, named(resource)).map(([rest, resources]) => ({ ...rest, resources })), extensions: secrets },
  { requiredKeys: ['spec'] },
)

export const randomSet: fc.Arbitrary<DeploymentSet> = fc.record({
  modules: named(moduleEntry, 3),
  workloads: named(workloadEntry, 2),
  shared: named(resource),
})

/** What isn't what it should be may stand anywhere. */
const oddWithin = (value: unknown, seeds: readonly number[], depth = 0): unknown => {
  const seed = seeds[depth % seeds.length] ?? 0
  if (seed % 7 === 1) return [canary]
  if (seed % 7 === 2) return canary
  if (seed % 7 === 3) return null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner], index) => [
      key,
      key === 'image' || key === 'type' ? inner : oddWithin(inner, seeds.slice(index), depth + 1),
    ]),
  )
}

export const oddSet: fc.Arbitrary<DeploymentSet> = fc
  .tuple(randomSet, fc.array(fc.nat(30), { minLength: 3, maxLength: 12 }))
  .map(([set, seeds]) => ({
    modules: oddEntries(set.modules, seeds),
    workloads: oddEntries(set.workloads, seeds),
    shared: oddEntries(set.shared, seeds),
  }))

const oddEntries = (entries: object, seeds: readonly number[]) =>
  Object.fromEntries(
    Object.entries(entries).map(([key, entry], index) => [key, oddWithin(entry, [...seeds.slice(index), 0])]),
  )

type Choices = readonly boolean[]
export const choices: fc.Arbitrary<Choices> = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 })

type Patch = { readonly op: 'add' | 'remove' | 'replace'; readonly path: string; readonly value?: unknown }

/**
 * A Delta that leads from one Set to the other, as the API describes the difference of two: as JSON, new values only. Whether an
 * object that differs is patched within or replaced whole is decided by the choices.
 */
export const diffOf = (before: DeploymentSet, after: DeploymentSet, choices: Choices): unknown => {
  let count = 0
  const replacesWhole = () => choices[count++ % choices.length] === true
  const patches = (old: unknown, young: unknown, keys: readonly string[]): readonly Patch[] => {
    if (JSON.stringify(old) === JSON.stringify(young)) return []
    const path = formatPointer(keys)
    if (young === undefined) return [{ op: 'remove', path }]
    if (old === undefined) return [{ op: 'add', path, value: young }]
    if (!isMap(old) || !isMap(young) || (keys.length > 0 && replacesWhole()))
      return [{ op: replacesWhole() ? 'add' : 'replace', path, value: young }]
    return namesOf(old, young).flatMap((key) => patches(own(old, key), own(young, key), [...keys, key]))
  }
  const section = (name: 'modules' | 'workloads') => {
    const [olds, youngs] = [before[name], after[name]]
    const [add, update] = [new Map<string, unknown>(), new Map<string, unknown>()]
    for (const [key, young] of Object.entries(youngs)) {
      const old = own(olds, key)
      if (JSON.stringify(old) === JSON.stringify(young)) continue
      if (!isMap(old) || !isMap(young) || replacesWhole()) add.set(key, young)
      else update.set(key, patches(old, young, []))
    }
    const remove = Object.keys(olds).filter((key) => own(youngs, key) === undefined)
    return { add: Object.fromEntries(add), remove, update: Object.fromEntries(update) }
  }
  const delta = {
    modules: section('modules'),
    workloads: section('workloads'),
    shared: patches(before.shared, after.shared, []),
  }
  return JSON.parse(JSON.stringify(delta))
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (value: object, key: string): unknown => new Map(Object.entries(value)).get(key)
const namesOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])]
