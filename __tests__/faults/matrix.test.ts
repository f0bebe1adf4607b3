import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { expectSeconds } from '../../testing/faults/expected-time.ts'
import { type FaultCaseResult, runFaultCase } from '../../testing/faults/fault-case.ts'
import { listFaultCases } from '../../testing/faults/matrix-page.ts'
import { runMany } from '../../testing/faults/run-many.ts'
import { openSetting, type Setting } from '../../testing/faults/setting.ts'

/** The others, which really wait for half a minute and more, are `npm run faults`'s. */
const longestSeconds = 15
const atATime = 24

const cases = listFaultCases()
  .filter((faultCase) => faultCase.table === 'once' && (faultCase.site === 'start' || faultCase.site === 'poll'))
  .filter((faultCase) => expectSeconds(faultCase) <= longestSeconds)
  .toSorted((one, other) => expectSeconds(other) - expectSeconds(one))

describe('the built action, with one request hit', () => {
  let setting: Setting
  let results: readonly FaultCaseResult[]

  beforeAll(async () => {
    setting = await openSetting()
    results = await runMany(cases, atATime, (faultCase, isUnderWay) => runFaultCase(faultCase, setting, isUnderWay))
  }, 300_000)

  afterAll(() => setting.close())

  it.each(cases.map((faultCase, index) => [faultCase.site, faultCase.fault, faultCase.code, index] as const))(
    'ends as declared: %s, %s → %s',
    (_site, _fault, _code, index) => {
      expect(results[index]?.problems).toEqual([])
    },
  )
})
