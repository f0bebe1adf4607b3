import { createHex } from '../chance.ts'
import { noCluster } from './cluster.ts'
import { describeDelta } from './deltas.ts'
import { addEnvironment } from './environments.ts'
import { type HistoryEntry, seedHistory } from './history.ts'
import { type DeploymentPlan, usualPlan } from './plan.ts'
import type { ResourcePlan } from './resources.ts'
import { type App, findApp, getApp, getEnvironmentAt, type Place, parsePlace, type World } from './world.ts'

/** What environments do that nothing else is said of. */
type UsualLife = {
  readonly plan?: Partial<DeploymentPlan>
  readonly deletionMs?: number
  readonly resources?: readonly ResourcePlan[]
}

type EnvironmentScript = UsualLife & {
  /** By default `development`. */
  readonly type?: string
  /** By default the id. */
  readonly name?: string
  readonly history?: readonly HistoryEntry[]
}

/** What there is at the beginning. Durations are divided by `speed`; ages are not. */
export type Setting = {
  /** `org/app`. It has no environment yet. What is said here holds for environments that are made by requests. */
  addApp(place: Place, usual?: UsualLife): void
  /** `org/app/env`; makes the application too. */
  addEnvironment(place: Place, environment?: EnvironmentScript): void
  /** Returns the ids, in the order given. Each deployment is the base of the next younger one. */
  seedHistory(place: Place, history: readonly HistoryEntry[]): readonly string[]
  /** Makes a Delta, by itself or with this id; with a refusal, no environment takes it. Returns its id. */
  addDelta(place: Place, delta?: { readonly id?: string; readonly refusal?: string }): string
}

export const createSetting = (world: World, now: () => number): Setting => ({
  addApp: (place, usual) => {
    addApp(world, place, usual)
  },
  addEnvironment: (place, script = {}) => {
    const { home, env } = parsePlace(place)
    const app = findApp(world, home) ?? addApp(world, home)
    const environment = addEnvironment(app, {
      id: env,
      name: script.name ?? env,
      type: script.type ?? 'development',
      createdMs: now() - 30 * 86_400_000,
      createdBy: 'jo@example.com',
      base: undefined,
    })
    environment.plan = { ...environment.plan, ...script.plan }
    environment.deletionMs = script.deletionMs ?? environment.deletionMs
    environment.resources = script.resources ?? environment.resources
    if (script.history) seedHistory(world, app, environment, script.history, now())
  },
  seedHistory: (place, history) => {
    const { app, environment } = getEnvironmentAt(world, place)
    return seedHistory(world, app, environment, history, now())
  },
  addDelta: (place, { id = createHex(world.random, 40), refusal } = {}) => {
    const content = describeDelta(id, {}, 'jo@example.com', now())
    getApp(world, parsePlace(place).home).deltas.set(id, { id, content, ...(refusal !== undefined && { refusal }) })
    return id
  },
})

const addApp = (world: World, place: Place, usual: UsualLife = {}): App => {
  const [org = '', id = ''] = place.split('/')
  const app: App = {
    org,
    id,
    environments: new Map(),
    deployments: new Map(),
    deltas: new Map(),
    sets: new Set(),
    pipelines: new Map(),
    approvals: [],
    queue: [],
    plan: { ...usualPlan, ...usual.plan },
    deletionMs: usual.deletionMs ?? 0,
    resources: usual.resources ?? [],
    cluster: noCluster,
    lag: {},
  }
  world.apps.set(place, app)
  return app
}
