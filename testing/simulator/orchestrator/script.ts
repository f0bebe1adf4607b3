import { type ClusterScript, createClusterScript } from './cluster.ts'
import { type ClusterInspection, createClusterInspection } from './cluster-inspection.ts'
import { createElsewhere, type Elsewhere } from './elsewhere.ts'
import { createInspection, type Inspection } from './inspection.ts'
import { createLagScript, type LagScript } from './lag.ts'
import { createPipelineScript, type PipelineScript } from './pipeline-script.ts'
import { createPlanning, type Planning } from './planning.ts'
import { createRateScript, type RateScript } from './rate-limit.ts'
import { createSetup, type Setup } from './setup.ts'
import type { State } from './state.ts'
import { createValueSets, type ValueSets } from './value-sets.ts'

/** How tests, the demo and the simulation on a virtual clock steer the orchestrator past its API. */
export type Script = Setup &
  Planning &
  Elsewhere &
  Inspection &
  PipelineScript &
  ClusterScript &
  ClusterInspection &
  LagScript &
  RateScript &
  ValueSets

/** @param now settles what is due, and says the time */
export const createScript = (world: State, now: () => number): Script => ({
  ...createSetup(world, now),
  ...createPlanning(world),
  ...createElsewhere(world, now),
  ...createInspection(world, now),
  ...createPipelineScript(world, now),
  ...createClusterScript(world, now),
  ...createClusterInspection(world),
  ...createLagScript(world, now),
  ...createRateScript(world, now),
  ...createValueSets(world, now),
})
