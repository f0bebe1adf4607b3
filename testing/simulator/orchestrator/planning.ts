import type { DeltaHabits } from './deltas.ts'
import type { DeploymentPlan } from './plan.ts'
import type { ResourcePlan } from './resources.ts'
import { findApp, getApp, getEnvironmentAt, type Life, type Place, type State } from './state.ts'

/** What will happen. Of a place `org/app`: in environments that say nothing themselves, or are yet to be made. */
export type Planning = {
  /** For the next start, after those planned before. */
  planNext(place: Place, plan: Partial<DeploymentPlan>): void
  /** For each start that `planNext` has nothing for. */
  planAll(place: Place, plan: Partial<DeploymentPlan>): void
  /** How long a deletion lasts: 0 is answered 204, more 202. */
  planDeletion(place: Place, durationMs: number): void
  planResources(place: Place, resources: readonly ResourcePlan[]): void
  /** How the application `org/app` treats Deltas. */
  planDeltas(place: Place, habits: Partial<DeltaHabits>): void
}

export const createPlanning = (world: State): Planning => ({
  planNext: (place, plan) => {
    const life = getLife(world, place)
    life.queue.push({ ...life.plan, ...plan })
  },
  planAll: (place, plan) => {
    const life = getLife(world, place)
    life.plan = { ...life.plan, ...plan }
  },
  planDeletion: (place, durationMs) => {
    getLife(world, place).deletionMs = durationMs
  },
  planResources: (place, resources) => {
    getLife(world, place).resources = resources
  },
  planDeltas: (place, habits) => {
    const app = getApp(world, place)
    app.deltaHabits = { ...app.deltaHabits, ...habits }
  },
})

const getLife = (world: State, place: Place): Life =>
  findApp(world, place) ?? getEnvironmentAt(world, place).environment
