import { createHex } from '../chance.ts'
import { noCluster } from './cluster.ts'
import { parseDelta } from './delta-contents.ts'
import { type DeltaState, usualHabits } from './deltas.ts'
import { addEnvironment } from './environments.ts'
import { type HistoryEntry, seedHistory } from './history.ts'
import { type DeploymentPlan, usualPlan } from './plan.ts'
import type { ResourcePlan } from './resources.ts'
import type { GivenSet } from './set-contents.ts'
import { type App, findApp, getApp, getEnvironmentAt, type Place, parsePlace, type State } from './state.ts'
import { describeUsualDelta } from './usual-contents.ts'

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
  /** By default 30 days ago. */
  readonly createdMs?: number
  readonly history?: readonly HistoryEntry[]
  /** What its base holds: deployed by each of the history that says no other, or an hour ago where there is no history. */
  readonly set?: GivenSet
}

type DeltaScript = {
  readonly id?: string
  /** Why no environment takes it, though it may fit. */
  readonly refusal?: string
  readonly envId?: string
  readonly name?: string
  readonly isArchived?: boolean
  /** `modules`, `shared` and `workloads`, as in a request; by default the usual workloads, with an image of its own. */
  readonly contents?: object
}

/** What there is at the beginning. Durations are divided by `speed`; ages are not. */
export type Setup = {
  /** `org/app`. It has no environment yet. What is said here holds for environments that are made by requests. */
  addApp(place: Place, usual?: UsualLife): void
  /** `org/app/env`; makes the application too. */
  addEnvironment(place: Place, environment?: EnvironmentScript): void
  /** Returns the ids, in the order given. Each deployment is the base of the next younger one. */
  seedHistory(place: Place, history: readonly HistoryEntry[]): readonly string[]
  /** Makes a Delta, of the application `org/app`. Returns its id. */
  addDelta(place: Place, delta?: DeltaScript): string
}

export const createSetup = (world: State, now: () => number): Setup => ({
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
      createdMs: script.createdMs ?? now() - 30 * 86_400_000,
      createdBy: 'jo@example.com',
      base: undefined,
    })
    environment.plan = { ...environment.plan, ...script.plan }
    environment.deletionMs = script.deletionMs ?? environment.deletionMs
    environment.resources = script.resources ?? environment.resources
    const history = script.history ?? (script.set ? [anHourAgo] : [])
    const usual = script.set && { set: script.set }
    seedHistory(
      world,
      app,
      environment,
      history.map((entry) => ({ ...usual, ...entry })),
      now(),
    )
  },
  seedHistory: (place, history) => {
    const { app, environment } = getEnvironmentAt(world, place)
    return seedHistory(world, app, environment, history, now())
  },
  addDelta: (place, script = {}) => {
    const delta = createDeltaState(script.id ?? createHex(world.random, 40), script, now())
    getApp(world, parsePlace(place).home).deltas.set(delta.id, delta)
    return delta.id
  },
})

const anHourAgo: HistoryEntry = { agoSeconds: 3600, durationSeconds: 120, status: 'succeeded' }

const createDeltaState = (id: string, script: DeltaScript, nowMs: number): DeltaState => {
  const { envId = '', name = '', isArchived = false, refusal } = script
  const contents = script.contents ? parseDelta(script.contents) : describeUsualDelta(id)
  if (typeof contents === 'string') throw new Error(contents)
  const about = { id, envId, name, createdBy: 'jo@example.com', createdMs: nowMs, modifiedMs: nowMs }
  return { ...about, contents, isArchived, ...(refusal !== undefined && { refusal }) }
}

const addApp = (world: State, place: Place, usual: UsualLife = {}): App => {
  const [org = '', id = ''] = place.split('/')
  const app: App = {
    org,
    id,
    environments: new Map(),
    deployments: new Map(),
    deltas: new Map(),
    pipelines: new Map(),
    approvals: [],
    deltaHabits: usualHabits,
    sets: new Map(),
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
