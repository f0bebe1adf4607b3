import { delta as ourDelta } from '../example.ts'
import { createRandom, type Random } from '../simulator/chance.ts'
import type { HistoryEntry } from '../simulator/orchestrator/history.ts'
import type { DeploymentPlan } from '../simulator/orchestrator/plan.ts'
import { drawBetween, drawByMagnitude, drawInteger, happens, pick } from './draw.ts'
import { type AttemptScript, drawAttempts } from './scenario-attempts.ts'
import { drawNetworkConditions, drawStartFaults, type NetworkConditions } from './scenario-conditions.ts'
import { drawInputs, drawKind, drawTimeoutSeconds, type Inputs, rebases, type ScenarioKind } from './scenario-inputs.ts'
import { drawOtherPeople, type OtherPerson } from './scenario-other-people.ts'
import { drawPlan } from './scenario-plan.ts'
import { type Worlds, withWorlds } from './scenario-worlds.ts'

/** Everything that happens from outside in one simulation, made from its seed alone. Times count from its beginning. */
export type Scenario = {
  readonly seed: number
  readonly kind: ScenarioKind
  readonly inputs: Inputs
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
  readonly conditions: NetworkConditions
  /** What hits the first starts, whatever the network's conditions. */
  readonly startFaults: readonly (string | undefined)[]
  /** What is started keeps no comment: nobody can tell whose it is. */
  readonly losesComments: boolean
  readonly otherPeople: readonly OtherPerson[]
  readonly worlds: Worlds
  /** One for each attempt; a further one is made only when there is a script for it. */
  readonly attempts: readonly AttemptScript[]
}

/** The same seed gives the same scenario. */
export const createScenario = (seed: number): Scenario => {
  const random = createRandom(seed)
  const scenario = drawScenario(random, seed)
  if (happens(random, 0.015)) return withSlowList(random, scenario)
  const isKeptBusy = scenario.otherPeople.some(({ act }) => act.kind === 'keep busy')
  return withWorlds(createRandom(seed ^ 0x3a7e), isKeptBusy ? withPatience(random, scenario) : scenario)
}

const drawScenario = (random: Random, seed: number): Scenario => {
  const kind = drawKind(random)
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
    conditions: drawNetworkConditions(random),
    startFaults: kind === 'operation: wait' ? [] : drawStartFaults(random),
    losesComments: happens(random, 0.02),
    otherPeople: drawOtherPeople(random),
    worlds: {},
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
  conditions: { rate: 0, outages: [] },
  startFaults: [pick(random, ['cut in the headers', 'answer never comes', 'cut before an answer'])],
  losesComments: false,
  otherPeople: [],
  attempts: [{ beginsAfterMs: 0 }],
})

/** Who makes way for others again and again needs time. */
const withPatience = (random: Random, scenario: Scenario): Scenario => {
  const { poll_interval: _, ...inputs } = scenario.inputs
  return { ...scenario, inputs: { ...inputs, timeout: String(drawInteger(random, 1800, 7200)), on_conflict: 'wait' } }
}

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
