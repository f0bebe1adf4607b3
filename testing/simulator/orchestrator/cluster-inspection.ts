import { describeEntry, listPods, listRollouts, type Pod } from './rollout.ts'
import { getEnvironmentAt, type Place, type State } from './state.ts'

export type InspectedWorkload = {
  readonly name: string
  /** False where the runtime tells nothing of it. */
  readonly isSeen: boolean
  /** When the version that it should have reached the cluster. */
  readonly appliedMs: number
  readonly replicas: number
  /** Of that version alone. */
  readonly pods: readonly Pod[]
}

/** What is true of the cluster at a moment, whatever requests are told. */
export type ClusterInspection = {
  inspectWorkloads(place: Place, atMs: number): readonly InspectedWorkload[]
  /** What a Set says of a workload, as one text; `''` where it has none. */
  inspectEntry(place: Place, setId: string, workload: string): string
}

export const createClusterInspection = (world: State): ClusterInspection => ({
  inspectWorkloads: (place, atMs) => {
    const { app, environment } = getEnvironmentAt(world, place)
    const { plan, workloads } = environment.cluster
    return [...new Set(workloads.map(({ name }) => name))].flatMap((name) => {
      const rollouts = listRollouts(app, environment, name, world.speed, atMs)
      const current = rollouts.at(-1)
      if (!current) return []
      const { revision, appliedMs } = current
      const isSeen = current.plan.controllers === 'seen' && !plan.isGitOps
      const pods = listPods(rollouts, atMs).filter((pod) => pod.revision === revision)
      return [{ name, isSeen, appliedMs, replicas: current.plan.replicas, pods }]
    })
  },
  inspectEntry: (place, setId, workload) => describeEntry(getEnvironmentAt(world, place).app.sets.get(setId), workload),
})
