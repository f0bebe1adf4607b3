import { type Fields, objectOf, ownField, textOf } from './text/json.ts'

/** Where a Set keeps workloads: `modules` as ever, `workloads` for those that are Score specs kept as they are ("Generic Mode"). */
export type SectionName = 'modules' | 'workloads'

/**
 * What `GET sets/{id}` answers, by name. An entry may be anything: it is looked into where it is used, so that one that is odd
 * doesn't hide the others.
 */
export type DeploymentSet = {
  readonly modules: Fields
  readonly workloads: Fields
  /** Resources that belong to no workload. */
  readonly shared: Fields
}

/** What an environment without any deployment has. */
export const emptySet: DeploymentSet = { modules: {}, workloads: {}, shared: {} }

/** What should be an object and isn't counts as missing. @returns `undefined` for an answer that isn't an object at all */
export const readDeploymentSet = (value: unknown): DeploymentSet | undefined =>
  objectOf(value) && {
    modules: objectOf(ownField(value, 'modules')) ?? {},
    workloads: objectOf(ownField(value, 'workloads')) ?? {},
    shared: objectOf(ownField(value, 'shared')) ?? {},
  }

/** `key` is the one in the map of containers, not the container's own `id`; `image` is `''` where there is none. */
type Container = { readonly key: string; readonly image: string }

export type Workload = {
  readonly workload: string
  readonly section: SectionName
  /** Of a workload without `spec.containers`, none. Init containers are entries like others. */
  readonly containers: readonly Container[]
}

/** By name; of two with one name the one in `workloads` first, since a Set that has any is deployed in Generic Mode. */
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

/** The same order on every machine. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
