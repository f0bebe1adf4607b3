import type { Random } from '../chance.ts'
import type { Later } from '../later.ts'
import type { ClusterState } from './cluster.ts'
import type { LogLine } from './container-logs.ts'
import type { DeltaHabits, DeltaState } from './deltas.ts'
import type { Lag } from './lag.ts'
import type { ApprovalState, PipelineReference, PipelineState } from './pipelines.ts'
import type { DeploymentPlan, ErrorPlan, Phase } from './plan.ts'
import type { Bucket } from './rate-limit.ts'
import type { ResourcePlan } from './resources.ts'
import type { SetContents } from './set-contents.ts'
import type { ValueSetVersion } from './value-sets.ts'

/** Everything that the orchestrator knows. Status follows from the time: nothing in here moves by itself. */
export type State = {
  readonly apps: Map<string, App>
  readonly grants: ReadonlyMap<string, Grant>
  readonly environmentTypes: readonly string[]
  readonly random: Random
  readonly later: Later
  /** Durations are divided by it. */
  readonly speed: number
  readonly acceptsAnyDelta: boolean
  /** By token; those without one may ask as often as they like. */
  readonly buckets: Map<string, Bucket>
}

/** What a token may do. */
export type Grant = {
  /** Shown as `created_by`. */
  readonly user: string
  /** In every application; `none`: the token is good, but nothing may be seen. */
  readonly role: 'none' | 'viewer' | 'developer' | 'owner'
  /** The environment types that it is Deployer for; absent: all. */
  readonly deployerFor?: readonly string[]
}

/** What was planned. An application's is taken over by the environments that are made by requests. */
export type Life = {
  /** For each start that the queue has nothing for. */
  plan: DeploymentPlan
  readonly queue: DeploymentPlan[]
  deletionMs: number
  resources: readonly ResourcePlan[]
  cluster: ClusterState
  lag: Lag
}

export type App = Life & {
  readonly org: string
  readonly id: string
  readonly environments: Map<string, EnvironmentState>
  /** By id, of all environments. */
  readonly deployments: Map<string, DeploymentState>
  readonly deltas: Map<string, DeltaState>
  deltaHabits: DeltaHabits
  /** By id, of all environments. */
  readonly sets: Map<string, SetContents>
  readonly pipelines: Map<string, PipelineState>
  /** Of all pipelines, oldest first. */
  readonly approvals: ApprovalState[]
}

export type EnvironmentState = Life & {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly createdMs: number
  readonly createdBy: string
  /** Oldest first. */
  deployments: DeploymentState[]
  base: DeploymentState | undefined
  /** A base that is still shown, though another one was set. */
  staleBase?: {
    readonly shown: DeploymentState | undefined
    readonly untilMs: number
    readonly deploymentCount: number
  }
  /** What somebody sets as a base right before each start to come, by the deployments' ids. */
  readonly basesBeforeStarts: string[]
  logs: readonly LogLine[]
  /** Oldest first. */
  readonly valueSetVersions: ValueSetVersion[]
  deletion?: { readonly sinceMs: number; readonly goneMs: number }
  /** For each start that the queue has nothing for. */
  plan: DeploymentPlan
  readonly queue: DeploymentPlan[]
  deletionMs: number
  resources: readonly ResourcePlan[]
}

export type DeploymentState = {
  readonly id: string
  readonly envId: string
  readonly comment: string
  readonly deltaId: string
  readonly setId: string
  /** Told from the start, since the request named it. */
  readonly isSetForced: boolean
  readonly base: DeploymentState | undefined
  readonly mode?: string
  readonly valueSetVersionId?: string
  readonly createdMs: number
  readonly createdBy: string
  /** Replaced when a pipeline comes to a deployment that was there before. */
  phases: readonly Phase[]
  readonly errors: readonly ErrorPlan[]
  readonly listedFromMs: number
  readonly foundFromMs: number
  readonly shownFromMs: number
  readonly pipeline?: PipelineReference
  /** Whether it gets as far as the cluster. */
  readonly isRolledOut: boolean
  /** As last told: within a phase nothing changes, and writing times takes time. */
  told?: { readonly phase: Phase; readonly fields: Readonly<Record<string, unknown>> }
}

/** `org/app/env`, or `org/app`: how scripts and tests name a place. */
export type Place = string

/** The application that is named `org/app`. */
export const findApp = (world: State, place: Place): App | undefined => world.apps.get(place)

/** An organization is there when it has an application. */
export const hasOrganization = ({ apps }: State, org: string): boolean =>
  [...apps.values()].some((app) => app.org === org)

/** @throws Error when a script names what isn't there */
export const getApp = (world: State, place: Place): App => {
  const app = findApp(world, place)
  if (app) return app
  throw new Error(`The simulator has no application ${place}.`)
}

export const parsePlace = (place: Place): { readonly home: Place; readonly env: string } => {
  const [org = '', app = '', env = ''] = place.split('/')
  return { home: `${org}/${app}`, env }
}

/** @throws Error when a script names what isn't there */
export const getEnvironmentAt = (
  world: State,
  place: Place,
): { readonly app: App; readonly environment: EnvironmentState } => {
  const { home, env } = parsePlace(place)
  const app = getApp(world, home)
  const environment = app.environments.get(env)
  if (environment) return { app, environment }
  throw new Error(`The simulator has no environment ${place}.`)
}

/** The environment as it is now: one whose deletion has ended is gone, with its history. */
export const findEnvironment = (app: App, id: string, nowMs: number): EnvironmentState | undefined => {
  const environment = app.environments.get(id)
  if (!environment?.deletion || environment.deletion.goneMs > nowMs) return environment
  removeEnvironment(app, environment)
  return undefined
}

export const removeEnvironment = (app: App, environment: EnvironmentState): void => {
  app.environments.delete(environment.id)
  for (const { id } of environment.deployments) app.deployments.delete(id)
}
