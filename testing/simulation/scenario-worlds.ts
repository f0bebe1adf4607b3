import type { Random } from '../simulator/chance.ts'
import type { Lag } from '../simulator/orchestrator/lag.ts'
import { happens } from './draw.ts'
import type { Scenario } from './scenario.ts'
import { type ClusterWorld, drawCluster, drawClusterInputs } from './scenario-cluster.ts'
import { type ContentsWorld, drawContents } from './scenario-contents.ts'
import { rebases } from './scenario-inputs.ts'
import { drawLag } from './scenario-lag.ts'
import { drawPipeline, type PipelineWorld } from './scenario-pipelines.ts'

/** What not every application has; each absent in most scenarios. */
export type Worlds = {
  readonly pipeline?: PipelineWorld
  readonly lag?: Lag
  readonly cluster?: ClusterWorld
  readonly contents?: ContentsWorld
}

/** Adds worlds to a scenario, each at its own rate; several may meet. */
export const withWorlds = (random: Random, scenario: Scenario): Scenario => {
  const steps = [addPipeline, addLag, addBaseOfOthers, addCluster, addContents]
  return steps.reduce((sum, add) => add(random, sum), scenario)
}

type Add = (random: Random, scenario: Scenario) => Scenario

const add = (scenario: Scenario, worlds: Worlds, more: Partial<Scenario> = {}): Scenario => ({
  ...scenario,
  ...more,
  worlds: { ...scenario.worlds, ...worlds },
})

/** By the environment's past the action knows that there is a pipeline: without one, it can't. */
const addPipeline: Add = (random, scenario) => {
  if (!scenario.history?.length || !happens(random, 0.14)) return scenario
  const { pipeline: _, ...plan } = scenario.plan
  return add(scenario, { pipeline: drawPipeline(random) }, { plan, losesComments: false })
}

const addLag: Add = (random, scenario) =>
  happens(random, 0.1) ? add(scenario, { lag: drawLag(random, scenario.plan.listedAfterMs ?? 0) }) : scenario

/** Somebody sets a base between our requests: right before our start is carried out. */
const addBaseOfOthers: Add = (random, scenario) => {
  if (!rebases(scenario.kind) || !happens(random, 0.15)) return scenario
  const other = { when: { beforeStart: 1 }, act: { kind: 'rebase' } } as const
  return { ...scenario, otherPeople: [...scenario.otherPeople, other] }
}

const addCluster: Add = (random, scenario) =>
  happens(random, 0.1)
    ? add(scenario, { cluster: drawCluster(random) }, { inputs: drawClusterInputs(random, scenario.inputs) })
    : scenario

const addContents: Add = (random, scenario) => {
  const drawn = happens(random, 0.1) ? drawContents(random, scenario.inputs) : undefined
  return drawn ? add(scenario, { contents: drawn.world }, { inputs: drawn.inputs }) : scenario
}
