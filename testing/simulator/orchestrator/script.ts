import { type ClusterScript, createClusterScript } from './cluster.ts'
import { createInspection, type Inspection } from './inspection.ts'
import { createLagScript, type LagScript } from './lag.ts'
import { createOthers, type Others } from './others.ts'
import { createPipelineScript, type PipelineScript } from './pipeline-script.ts'
import { createPlanning, type Planning } from './planning.ts'
import { createRateScript, type RateScript } from './rate-limit.ts'
import { createSetting, type Setting } from './setting.ts'
import { createValueSets, type ValueSets } from './value-sets.ts'
import type { World } from './world.ts'

/** How tests, the demo and the simulation on a virtual clock steer the orchestrator past its API. */
export type Script = Setting &
  Planning &
  Others &
  Inspection &
  PipelineScript &
  ClusterScript &
  LagScript &
  RateScript &
  ValueSets

/** @param now settles what is due, and says the time */
export const createScript = (world: World, now: () => number): Script => ({
  ...createSetting(world, now),
  ...createPlanning(world),
  ...createOthers(world, now),
  ...createInspection(world, now),
  ...createPipelineScript(world, now),
  ...createClusterScript(world, now),
  ...createLagScript(world, now),
  ...createRateScript(world, now),
  ...createValueSets(world, now),
})
