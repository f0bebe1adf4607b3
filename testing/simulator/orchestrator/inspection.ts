import type { DeltaState } from './deltas.ts'
import { findActive, findPhase } from './deployment-state.ts'
import type { SetContents } from './set-contents.ts'
import { type DeploymentState, findApp, findEnvironment, getApp, type Place, parsePlace, type State } from './state.ts'

export type InspectedDeployment = {
  readonly id: string
  readonly status: string
  readonly comment: string
  readonly deltaId: string
  readonly setId: string
  readonly fromId: string
  readonly createdBy: string
  readonly createdMs: number
  /** Since when it has its status. */
  readonly statusChangedMs: number
}

export type InspectedEnvironment = {
  readonly status: 'active' | 'deleting'
  readonly name: string
  readonly type: string
  /** By which one that was deleted and made anew is told from the one before. */
  readonly createdMs: number
  /** Of the base; `''` when there is none. */
  readonly baseId: string
  /** Of the active deployment; `''` when there is none. */
  readonly activeId: string
}

/** The truth, seen by requests or not. */
export type Inspection = {
  /** Newest first; empty where there is no such environment. */
  inspectDeployments(place: Place): readonly InspectedDeployment[]
  inspectEnvironment(place: Place): InspectedEnvironment | undefined
  /** Ids of the application's environments. */
  inspectEnvironments(place: Place): readonly string[]
  /** Of the application `org/app`, oldest first. */
  inspectDeltas(place: Place): readonly Readonly<DeltaState>[]
  /** What a Set of the application `org/app` holds. */
  inspectSet(place: Place, id: string): SetContents | undefined
}

export const createInspection = (world: State, now: () => number): Inspection => ({
  inspectDeployments: (place) => {
    const nowMs = now()
    const environment = findPlace(world, place, nowMs)
    return environment ? environment.deployments.map((deployment) => inspect(deployment, nowMs)).reverse() : []
  },
  inspectEnvironment: (place) => {
    const nowMs = now()
    const environment = findPlace(world, place, nowMs)
    return (
      environment && {
        status: environment.deletion ? 'deleting' : 'active',
        name: environment.name,
        type: environment.type,
        createdMs: environment.createdMs,
        baseId: environment.base?.id ?? '',
        activeId: findActive(environment, nowMs)?.id ?? '',
      }
    )
  },
  inspectEnvironments: (place) => {
    const app = getApp(world, place)
    const nowMs = now()
    return [...app.environments.keys()].filter((env) => findEnvironment(app, env, nowMs))
  },
  inspectDeltas: (place) => [...getApp(world, place).deltas.values()],
  inspectSet: (place, id) => getApp(world, place).sets.get(id),
})

const findPlace = (world: State, place: Place, nowMs: number) => {
  const { home, env } = parsePlace(place)
  const app = findApp(world, home)
  return app && findEnvironment(app, env, nowMs)
}

const inspect = (deployment: DeploymentState, nowMs: number): InspectedDeployment => {
  const { id, comment, deltaId, setId, createdBy, createdMs } = deployment
  const phase = findPhase(deployment, nowMs)
  return {
    id,
    status: phase.status,
    comment,
    deltaId,
    setId,
    fromId: deployment.base?.id ?? '',
    createdBy,
    createdMs,
    statusChangedMs: createdMs + phase.afterMs,
  }
}
