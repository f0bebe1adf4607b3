import { createRandom, type Random } from './chance.ts'
import type { ApiAnswer, RequestRecord } from './exchange.ts'
import { createLater } from './later.ts'
import { routeRequest } from './orchestrator/answer.ts'
import { createScript, type Script } from './orchestrator/script.ts'
import type { Grant, State } from './orchestrator/state.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'

export type OrchestratorOptions = {
  /** Milliseconds since the epoch, never going back. All times follow from it. */
  readonly now: () => number
  /** For ids; seeded with 1 by default, so that two runs alike give the same ids. */
  readonly random?: Random
  /** What each token may do; by default only `usualToken`, which may do all that a deployment needs. */
  readonly tokens?: Readonly<Record<string, Grant>>
  /** `development`, `staging`, `production` by default. */
  readonly environmentTypes?: readonly string[]
  /** In front of each path: `/humanitec/api`. */
  readonly pathPrefix?: string
  /**
   * All durations (deployments, those of seeded histories too, deletions, resources) are divided by it. The clock itself is
   * not touched: every time in an answer is true, no end lies in the future, and durations agree with what a client sees.
   */
  readonly speed?: number
  /** Every id of 40 hex digits is a Delta that exists. */
  readonly acceptsAnyDelta?: boolean
  readonly onAnswer?: (record: RequestRecord, answer: ApiAnswer) => void
}

export type Orchestrator = RequestLog & Script

export const usualToken = 'simulated-service-user-token'

const usualGrants: Readonly<Record<string, Grant>> = { [usualToken]: { user: 's-github-actions', role: 'developer' } }

/**
 * A Humanitec orchestrator in memory: `handle` and `exchange` answer requests as the API does, the rest scripts what it
 * holds and what will happen. Synchronous, without I/O and timers: its state follows from `now()`.
 */
export const createOrchestrator = (options: OrchestratorOptions): Orchestrator => {
  const later = createLater()
  const world: State = {
    apps: new Map(),
    grants: new Map(Object.entries(options.tokens ?? usualGrants)),
    environmentTypes: options.environmentTypes ?? ['development', 'staging', 'production'],
    random: options.random ?? createRandom(1),
    later,
    speed: options.speed ?? 1,
    acceptsAnyDelta: options.acceptsAnyDelta ?? false,
    buckets: new Map(),
  }
  const now = (): number => {
    const nowMs = options.now()
    later.settle(nowMs)
    return nowMs
  }
  const requestLog = createRequestLog({
    now: options.now,
    later,
    route: (request) => routeRequest(world, options.pathPrefix ?? '', request),
    onAnswer: options.onAnswer,
  })
  return { ...requestLog, ...createScript(world, now) }
}
