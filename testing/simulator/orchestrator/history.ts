import { createHex } from '../chance.ts'
import { createDeployment } from './deployments.ts'
import { type ErrorPlan, usualPlan } from './plan.ts'
import { completeSet, type GivenSet } from './set-contents.ts'
import type { App, EnvironmentState, State } from './state.ts'

/** A deployment of the past. */
export type HistoryEntry = {
  /** Since it was created. */
  readonly agoSeconds: number
  readonly durationSeconds: number
  readonly status: 'succeeded' | 'failed'
  readonly comment?: string
  /** By default one that is made for it. */
  readonly deltaId?: string
  readonly createdBy?: string
  readonly errors?: readonly ErrorPlan[]
  /** What it deployed; by default what follows from its Delta. */
  readonly set?: GivenSet
}

/** Makes the deployments of an environment's past, oldest first, and returns their ids in the order given. */
export const seedHistory = (
  world: State,
  app: App,
  environment: EnvironmentState,
  history: readonly HistoryEntry[],
  nowMs: number,
): readonly string[] => {
  const oldestFirst = [...history].sort((one, other) => other.agoSeconds - one.agoSeconds)
  const ids = new Map(oldestFirst.map((entry) => [entry, seedDeployment(world, app, environment, entry, nowMs)]))
  return history.map((entry) => ids.get(entry) ?? '')
}

const seedDeployment = (
  world: State,
  app: App,
  environment: EnvironmentState,
  entry: HistoryEntry,
  nowMs: number,
): string => {
  const { deltaId = createHex(world.random, 40), comment = 'Earlier deployment', createdBy = 'jo@example.com' } = entry
  const start = { comment, deltaId, setId: '', mode: '', valueSetVersionId: '' }
  const plan = {
    ...usualPlan,
    durationMs: entry.durationSeconds * 1000,
    status: entry.status,
    errors: entry.errors ?? [],
  }
  const createdMs = nowMs - entry.agoSeconds * 1000
  const contents = entry.set && { contents: completeSet(entry.set) }
  return createDeployment(world, app, environment, { start, plan, nowMs: createdMs, createdBy, ...contents }).id
}
