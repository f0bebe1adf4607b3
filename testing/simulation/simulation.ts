import type { InputName } from '../../src/core/inputs/request.ts'
import { createRandom, type Random } from '../simulator/chance.ts'
import { createOrchestrator, type Orchestrator } from '../simulator/orchestrator.ts'
import { createVirtualClock, type VirtualClock } from '../virtual/virtual-clock.ts'
import { place, sourcePlace } from './place.ts'
import { giveContents, planCluster, planPipeline, preparePipeline } from './prepare-worlds.ts'
import type { Scenario } from './scenario.ts'
import type { Act, Attempt } from './trace.ts'

/** One simulation while it goes on. */
export type Simulation = {
  readonly scenario: Scenario
  readonly clock: VirtualClock
  readonly orchestrator: Orchestrator
  /** For whatever is decided on the way. */
  readonly random: Random
  readonly startedMs: number
  readonly historyIds: readonly string[]
  readonly inputs: Partial<Record<InputName, string>>
  readonly attempts: Attempt[]
  readonly acts: Act[]
  /** Starts that were sent, by all attempts. */
  starts: number
  /** The same of changes of the base. */
  rebases: number
}

const beginMs = Date.parse('2026-11-23T17:00:00Z')

export const createSimulation = (scenario: Scenario): Simulation => {
  const clock = createVirtualClock(beginMs)
  let beforeMs = 0
  const orchestrator = createOrchestrator({
    now: () => clock.now() - beforeMs,
    acceptsAnyDelta: true,
    random: createRandom(scenario.seed ^ 0x5eed),
  })
  const { pipeline, lag, cluster, contents } = scenario.worlds
  const toHistory = contents ? giveContents : (history: Scenario['sourceHistory']) => history
  orchestrator.addEnvironment(sourcePlace, { history: toHistory(scenario.sourceHistory) })
  if (scenario.history) orchestrator.addEnvironment(place)
  const directIds = scenario.history ? orchestrator.seedHistory(place, toHistory(scenario.history)) : []
  const where = scenario.history ? place : 'acme/shop'
  const at = (ms: number): void => {
    beforeMs = ms
  }
  const historyIds = pipeline ? [preparePipeline(orchestrator, scenario, at), ...directIds] : directIds
  orchestrator.planAll(where, scenario.plan)
  if (pipeline) planPipeline(orchestrator, pipeline)
  if (lag) orchestrator.planLag(where, lag)
  if (cluster) planCluster(orchestrator, where, cluster)
  if (contents) orchestrator.planDeltas('acme/shop', contents.deltas)
  return {
    scenario,
    clock,
    orchestrator,
    random: createRandom(scenario.seed ^ 0xfa17),
    startedMs: beginMs,
    historyIds,
    inputs: { ...scenario.inputs, ...chooseFromHistory(scenario, orchestrator, historyIds) },
    attempts: [],
    acts: [],
    starts: 0,
    rebases: 0,
  }
}

/** Ids that only the orchestrator knows. */
const chooseFromHistory = (
  { kind, chosen }: Scenario,
  orchestrator: Orchestrator,
  historyIds: readonly string[],
): Partial<Record<InputName, string>> => {
  const id = historyIds[chosen % Math.max(1, historyIds.length)] ?? '0123456789abcdef'
  switch (kind) {
    case 'rollback':
    case 'rollback with a Delta':
      return { from_deploy_id: id }
    case 'a Set':
      return {
        set_id: orchestrator.inspectDeployments(place).find((deployment) => deployment.id === id)?.setId ?? 'none',
      }
    default:
      return {}
  }
}
