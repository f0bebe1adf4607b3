import type { Asked } from './asked.ts'
import {
  type DeploymentState,
  type EnvironmentState,
  findApp,
  getEnvironmentAt,
  type Life,
  type Place,
  type State,
} from './state.ts'

/** How far views are behind, in milliseconds; nothing is behind by default. */
export type Lag = {
  /** `GET env` shows `last_deploy`, its status, and the base that follows from it, as they were so long ago. */
  readonly environmentMs?: number
  /** `GET deploys` lists what there was so long ago. */
  readonly listMs?: number
  /** `GET runs` doesn't list runs that are younger. */
  readonly runsMs?: number
  /** `GET env` shows the earlier base for so long after a PUT of another one. */
  readonly baseMs?: number
  /** A start is answered 404 for so long after the environment was made. */
  readonly startNotFoundMs?: number
  /** `GET env` says `active` once more, so long after a deletion began, and for so long. */
  readonly activeAgain?: { readonly afterMs: number; readonly forMs: number }
}

export type LagScript = {
  /** Adds to what was said before. Of `org/app`: for environments that are made by requests. */
  planLag(place: Place, lag: Lag): void
  /** Somebody sets a base between the step's requests: right before the next start is carried out, after its own PUT. */
  rebaseBeforeNextStart(place: Place, deploymentId: string): void
}

export const createLagScript = (world: State, now: () => number): LagScript => ({
  planLag: (place, lag) => {
    now()
    const life: Life = findApp(world, place) ?? getEnvironmentAt(world, place).environment
    life.lag = { ...life.lag, ...lag }
  },
  rebaseBeforeNextStart: (place, deploymentId) => {
    now()
    getEnvironmentAt(world, place).environment.basesBeforeStarts.push(deploymentId)
  },
})

/** What comes in between before a start is looked at; true: the environment isn't known there yet. */
export const meetStart = ({ app, environment, nowMs }: Asked): boolean => {
  const base = app.deployments.get(environment.basesBeforeStarts.shift() ?? '')
  if (base) environment.base = base
  return nowMs < environment.createdMs + (environment.lag.startNotFoundMs ?? 0)
}

/** The time as of which the environment shows its deployments. */
export const determineSeenMs = ({ lag }: EnvironmentState, nowMs: number): number => nowMs - (lag.environmentMs ?? 0)

/** Called before a PUT takes effect. */
export const keepStaleBase = (environment: EnvironmentState, nowMs: number): void => {
  const { baseMs } = environment.lag
  if (baseMs === undefined) return
  environment.staleBase = {
    shown: environment.base,
    untilMs: nowMs + baseMs,
    deploymentCount: environment.deployments.length,
  }
}

/** A start ends it: what is deployed is what is shown from then on. */
export const findStaleBase = (environment: EnvironmentState, nowMs: number): DeploymentState | undefined => {
  const { staleBase, deployments } = environment
  if (!staleBase || nowMs >= staleBase.untilMs) return undefined
  return deployments.length === staleBase.deploymentCount ? staleBase.shown : undefined
}

export const isActiveAgain = ({ lag, deletion }: EnvironmentState, nowMs: number): boolean => {
  if (!lag.activeAgain || !deletion) return false
  const sinceMs = deletion.sinceMs + lag.activeAgain.afterMs
  return nowMs >= sinceMs && nowMs < sinceMs + lag.activeAgain.forMs
}
