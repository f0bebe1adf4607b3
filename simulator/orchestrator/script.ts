import { createInspection, type Inspection } from './inspection.ts'
import { createOthers, type Others } from './others.ts'
import { createPlanning, type Planning } from './planning.ts'
import { createSetting, type Setting } from './setting.ts'
import { createValueSets, type ValueSets } from './value-sets.ts'
import type { World } from './world.ts'

/** How tests, the demo and the simulation on a virtual clock steer the orchestrator past its API. */
export type Script = Setting & Planning & Others & Inspection & ValueSets

/** @param now settles what is due, and says the time */
export const createScript = (world: World, now: () => number): Script => ({
  ...createSetting(world, now),
  ...createPlanning(world),
  ...createOthers(world, now),
  ...createInspection(world, now),
  ...createValueSets(world, now),
})
