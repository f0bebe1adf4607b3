import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type CellResult, runCell } from '../../testing/faults/cell.ts'
import { expectSeconds } from '../../testing/faults/expected-time.ts'
import { listCells } from '../../testing/faults/matrix-page.ts'
import { runMany } from '../../testing/faults/pool.ts'
import { openSetting, type Setting } from '../../testing/faults/setting.ts'

/** The others, which really wait for half a minute and more, are `npm run faults`'s. */
const longestSeconds = 15
const atATime = 24

const cells = listCells()
  .filter((cell) => cell.table === 'once' && (cell.site === 'start' || cell.site === 'poll'))
  .filter((cell) => expectSeconds(cell) <= longestSeconds)
  .toSorted((one, other) => expectSeconds(other) - expectSeconds(one))

describe('the built action, with one request hit', () => {
  let setting: Setting
  let results: readonly CellResult[]

  beforeAll(async () => {
    setting = await openSetting()
    results = await runMany(cells, atATime, (cell, isUnderWay) => runCell(cell, setting, isUnderWay))
  }, 300_000)

  afterAll(() => setting.close())

  it.each(cells.map((cell, index) => [cell.site, cell.fault, cell.code, index] as const))(
    'ends as declared: %s, %s → %s',
    (_site, _fault, _code, index) => {
      expect(results[index]?.problems).toEqual([])
    },
  )
})
