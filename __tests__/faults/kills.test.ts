import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type KillResult, runKill } from '../../testing/faults/kill.ts'
import { listSeeds, planKill } from '../../testing/faults/kill-plan.ts'
import { runMany } from '../../testing/faults/run-many.ts'
import { openSetting, type Setting } from '../../testing/faults/setting.ts'

const atATime = 4
const plans = listSeeds(20).map(planKill)

describe('the built action, killed', () => {
  let setting: Setting
  let results: readonly KillResult[]

  beforeAll(async () => {
    setting = await openSetting()
    results = await runMany(plans, atATime, (plan, isUnderWay) => runKill(plan, setting, isUnderWay))
  }, 300_000)

  afterAll(() => setting.close())

  it.each(plans.map((plan) => [plan.kind, plan.scenarioName, plan.seed] as const))(
    'loses nothing and starts nothing twice: %s in %s (seed %d)',
    (_kind, _journey, seed) => {
      expect(results.find(({ plan }) => plan.seed === seed)?.problems).toEqual([])
    },
  )
})
