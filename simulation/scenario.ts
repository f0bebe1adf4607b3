import { createRandom, type Random } from '../simulator/chance.ts'
import type { HistoryEntry } from '../simulator/orchestrator/history.ts'
import type { DeploymentPlan } from '../simulator/orchestrator/plan.ts'
import type { InputName } from '../src/core/input-names.ts'
import { drawBetween, drawByMagnitude, drawInteger, happens, pick, pickByWeight } from './draw.ts'
import { drawOthers, type Other } from './scenario-others.ts'
import { drawPlan } from './scenario-plan.ts'
import { drawStartFaults, drawWeather, type Weather } from './scenario-weather.ts'

/** Everything that happens from outside in one simulation, made from its seed alone. Times count from its beginning. */
export type Scenario = {
  readonly seed: number
  readonly kind: ScenarioKind
  readonly inputs: Partial<Record<InputName, string>>
  /** Of the environment that is deployed to; `undefined`: there is none yet. */
  readonly history: readonly HistoryEntry[] | undefined
  /** Of the other environment, which states are taken from. */
  readonly sourceHistory: readonly HistoryEntry[]
  /** Which entry of the history is rolled back to, or whose Set is forced. */
  readonly chosen: number
  /** What our deployments do. */
  readonly plan: Partial<DeploymentPlan>
  /** One way, milliseconds. */
  readonly latency: { readonly least: number; readonly most: number }
  /** How far the runner's clock is ahead. */
  readonly skewMs: number
  readonly weather: Weather
  /** What hits the first starts, whatever the weather. */
  readonly startFaults: readonly (string | undefined)[]
  /** What is started keeps no comment: nobody can tell whose it is. */
  readonly losesComments: boolean
  readonly others: readonly Other[]
  /** One for each attempt; a further one is made only when there is a script for it. */
  readonly attempts: readonly AttemptScript[]
}

type ScenarioKind =
  | 'a Delta'
  | 'the base again'
  | 'rollback'
  | 'rollback with a Delta'
  | 'clone'
  | 'last good state'
  | 'a Set'
  | 'a new environment'
  | 'operation: wait'

/** When a process is hit: after so long, or when it makes its so many-th call to the world (and a little later). */
export type Moment = { readonly afterMs: number } | { readonly atCall: number; readonly laterMs: number }

export type AttemptScript = {
  /** After the end of the attempt before, which is 10 s at least. */
  readonly beginsAfterMs: number
  readonly crash?: Moment
  readonly signal?: Moment
  /** When the post step begins, after the end; absent: the runner goes down, and there is none. */
  readonly postAfterMs?: number
}

const kinds: readonly [
  { readonly kind: ScenarioKind; readonly weight: number },
  ...{ readonly kind: ScenarioKind; readonly weight: number }[],
] = [
  { kind: 'a Delta', weight: 50 },
  { kind: 'the base again', weight: 8 },
  { kind: 'rollback', weight: 11 },
  { kind: 'rollback with a Delta', weight: 4 },
  { kind: 'clone', weight: 7 },
  { kind: 'last good state', weight: 5 },
  { kind: 'a Set', weight: 5 },
  { kind: 'a new environment', weight: 6 },
  { kind: 'operation: wait', weight: 4 },
]

export const ourDelta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'

/** The same seed gives the same scenario. */
export const createScenario = (seed: number): Scenario => {
  const random = createRandom(seed)
  const scenario = drawScenario(random, seed)
  if (happens(random, 0.015)) return withSlowList(random, scenario)
  return scenario.others.some(({ act }) => act.kind === 'keep busy') ? withPatience(random, scenario) : scenario
}

const drawScenario = (random: Random, seed: number): Scenario => {
  const { kind } = pickByWeight(random, kinds)
  const timeoutS = drawTimeoutSeconds(random)
  const history = drawHistory(random, kind)
  return {
    seed,
    kind,
    history: kind === 'a new environment' && happens(random, 0.8) ? undefined : history,
    sourceHistory: drawHistory(random, kind),
    chosen: drawInteger(random, 0, 2),
    inputs: { ...drawInputs(random, kind, timeoutS), timeout: String(timeoutS) },
    plan: drawPlan(random, timeoutS, rebases(kind)),
    latency: happens(random, 0.85) ? { least: 10, most: 80 } : { least: 100, most: drawByMagnitude(random, 200, 3000) },
    skewMs: happens(random, 0.9) ? 0 : drawInteger(random, -900_000, 900_000),
    weather: drawWeather(random),
    startFaults: kind === 'operation: wait' ? [] : drawStartFaults(random),
    losesComments: happens(random, 0.02),
    others: drawOthers(random),
    attempts: drawAttempts(random),
  }
}

/** The list shows a start later than we rely on: all else being well, the 409 to a second one must save it. */
const withSlowList = (random: Random, scenario: Scenario): Scenario => ({
  ...scenario,
  kind: 'a Delta',
  inputs: { delta_id: ourDelta, timeout: '600', ...(happens(random, 0.5) && { on_conflict: 'wait' }) },
  history: scenario.history ?? [],
  plan: { durationMs: drawInteger(random, 60_000, 300_000), listedAfterMs: drawInteger(random, 10_000, 35_000) },
  weather: { rate: 0, outages: [] },
  startFaults: [pick(random, ['cut in the headers', 'answer never comes', 'cut before an answer'])],
  losesComments: false,
  others: [],
  attempts: [{ beginsAfterMs: 0 }],
})

/** Who makes way for others again and again needs time. */
const withPatience = (random: Random, scenario: Scenario): Scenario => {
  const { poll_interval: _, ...inputs } = scenario.inputs
  return { ...scenario, inputs: { ...inputs, timeout: String(drawInteger(random, 1800, 7200)), on_conflict: 'wait' } }
}

/** They set the base first. */
const rebases = (kind: ScenarioKind): boolean =>
  kind.startsWith('rollback') || kind === 'clone' || kind === 'last good state'

/** Some environments are new, some have failed only; most have a past. */
const drawHistory = (random: Random, kind: ScenarioKind): readonly HistoryEntry[] => {
  const needsPast = kind === 'rollback' || kind === 'rollback with a Delta' || kind === 'a Set'
  const count = needsPast ? drawInteger(random, 1, 5) : drawInteger(random, 0, 4)
  const goodShare = happens(random, 0.9) ? 0.8 : 0
  const usualSeconds = drawByMagnitude(random, 5, 600)
  return Array.from({ length: count }, (_, index) => ({
    agoSeconds: (index + 1) * 7200 + drawInteger(random, 0, 3600),
    durationSeconds: Math.round(usualSeconds * drawBetween(random, 0.8, 1.25)),
    status: happens(random, goodShare) ? 'succeeded' : 'failed',
  }))
}

const drawInputs = (random: Random, kind: ScenarioKind, timeoutS: number): Scenario['inputs'] => ({
  ...drawChange(random, kind),
  ...(happens(random, 0.3) && { comment: pick(random, ['Release 4.2', 'by hand', '🚀 · https://example.com']) }),
  ...(kind !== 'operation: wait' && happens(random, 0.08) && { wait: 'false' }),
  ...(happens(random, 0.5) && { on_conflict: 'wait' }),
  ...(happens(random, 0.25) && {
    poll_interval: pick(random, [timeoutS > 300 ? '15s' : '1', '5s', '30s', '2m', '1h']),
  }),
})

const drawChange = (random: Random, kind: ScenarioKind): Scenario['inputs'] => {
  switch (kind) {
    case 'a Delta':
      return { delta_id: ourDelta }
    case 'the base again':
      return { redeploy: 'true' }
    case 'rollback with a Delta':
      return { delta_id: ourDelta }
    case 'clone':
      return { from_env: 'staging', ...(happens(random, 0.3) && { delta_id: ourDelta }) }
    case 'last good state':
      return { from_env: 'shop-env' }
    case 'a new environment':
      return { create_from: 'staging', ...(happens(random, 0.7) ? { delta_id: ourDelta } : { redeploy: 'true' }) }
    case 'operation: wait':
      return { operation: 'wait' }
    case 'rollback':
    case 'a Set':
      return {}
  }
}

const drawTimeoutSeconds = (random: Random): number => {
  const dice = random()
  if (dice < 0.06) return drawInteger(random, 1, 10)
  if (dice < 0.3) return drawInteger(random, 10, 120)
  if (dice < 0.982) return drawByMagnitude(random, 120, 1800)
  return dice < 0.998 ? drawByMagnitude(random, 1800, 7200) : drawByMagnitude(random, 7200, 21_600)
}

const drawAttempts = (random: Random): readonly AttemptScript[] => {
  const count = happens(random, 0.3) ? (happens(random, 0.2) ? 3 : 2) : 1
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1
    const times = {
      beginsAfterMs: drawByMagnitude(random, 10_000, 600_000),
      ...(happens(random, 0.8) && { postAfterMs: drawByMagnitude(random, 100, 10_000) }),
    }
    if (happens(random, isLast ? 0.03 : 0.6)) return { ...times, crash: drawMoment(random) }
    return happens(random, isLast ? 0.15 : 0.3) ? { ...times, signal: drawMoment(random) } : times
  })
}

/** Around the start there are only some six calls; most of the time passes later. */
const drawMoment = (random: Random): Moment => {
  if (happens(random, 0.3)) return { afterMs: drawByMagnitude(random, 1, 600_000) }
  const laterMs = happens(random, 0.5) ? 0 : drawByMagnitude(random, 1, 200)
  return { atCall: happens(random, 0.7) ? drawInteger(random, 1, 12) : drawInteger(random, 1, 60), laterMs }
}
