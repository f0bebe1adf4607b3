import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Cell, type CellResult, runCell } from './cell.ts'
import { expectSeconds, isHeavy } from './expected-time.ts'
import { renderFound } from './found-page.ts'
import { type KillResult, runKill } from './kill.ts'
import { renderKills, renderPostStep } from './kill-page.ts'
import { listSeeds, planKill } from './kill-plan.ts'
import { listCells, renderMatrix } from './matrix-page.ts'
import { runMany } from './pool.ts'
import { measurePostStep } from './post-time.ts'
import { writeSection } from './section.ts'
import { openSetting, type Setting } from './setting.ts'

// npm run faults                                  everything, and its part of docs/reliability.md
// npm run faults -- --site start --fault 500      some cells
// npm run faults -- --seed 17                     one kill
// npm run faults -- --dist elsewhere              another build
const { values } = parseArgs({
  options: {
    site: { type: 'string' },
    fault: { type: 'string' },
    seed: { type: 'string' },
    kills: { type: 'string', default: '240' },
    dist: { type: 'string', default: join(import.meta.dirname, '../../dist') },
  },
})

const mostCells = 48
const mostHeavy = 4
/** Fewer, since how soon they leave is measured. */
const mostKills = 10

const runCells = async (setting: Setting, cells: readonly Cell[]): Promise<readonly CellResult[]> => {
  const longestFirst = cells.toSorted((one, other) => expectSeconds(other) - expectSeconds(one))
  const run = (some: readonly Cell[], atATime: number) =>
    runMany(some, atATime, (cell, isUnderWay) => runCell(cell, setting, isUnderWay), tellCell)
  const light = await run(
    longestFirst.filter((cell) => !isHeavy(cell)),
    mostCells,
  )
  return [...light, ...(await run(longestFirst.filter(isHeavy), mostHeavy))]
}

const tellCell = ({ cell, run, problems }: CellResult): void => {
  const { table, site, fault } = cell
  if (problems.length > 0) console.log(`✗ ${table}, ${site}, ${fault} (run ${run}):\n    ${problems.join('\n    ')}`)
}

const runKills = (setting: Setting, seeds: readonly number[]): Promise<readonly KillResult[]> =>
  runMany(seeds.map(planKill), mostKills, (plan, isUnderWay) => runKill(plan, setting, isUnderWay), tellKill)

const tellKill = ({ plan: { seed, kind, journeyName }, run, problems }: KillResult): void => {
  if (problems.length > 0)
    console.log(`✗ kill ${seed}, ${kind}, ${journeyName} (run ${run}):\n    ${problems.join('\n    ')}`)
}

const runSome = async (setting: Setting): Promise<number> => {
  const { site, fault, seed } = values
  if (seed !== undefined) {
    const [result] = await runKills(setting, [Number(seed)])
    console.log(result)
    return result?.problems.length ?? 1
  }
  const cells = listCells().filter((cell) => (!site || cell.site === site) && (!fault || cell.fault.includes(fault)))
  const results = await runCells(setting, cells)
  for (const { cell, run, tookMs } of results)
    console.log(`${cell.site} · ${cell.fault} · declared ${cell.code} · run ${run} · ${Math.round(tookMs)} ms`)
  return countBroken(results)
}

const runAll = async (setting: Setting): Promise<number> => {
  const began = performance.now()
  const post = await measurePostStep(setting.dist)
  const cells = await runCells(setting, listCells())
  const seconds = Math.round((performance.now() - began) / 1000)
  const kills = await runKills(setting, listSeeds(Number(values.kills)))
  const text = [renderMatrix(cells, seconds), renderKills(kills), renderPostStep(post), renderFound()].join('\n\n')
  console.log(text)
  writeSection(join(import.meta.dirname, '../../docs/reliability.md'), 'Reliability', text)
  console.log(`\n${Math.round((performance.now() - began) / 1000)} s in all`)
  return countBroken(cells) + countBroken(kills)
}

const countBroken = (results: readonly { readonly problems: readonly string[] }[]): number =>
  results.filter(({ problems }) => problems.length > 0).length

const setting = await openSetting(values.dist)
try {
  const isSome = values.site !== undefined || values.fault !== undefined || values.seed !== undefined
  process.exitCode = (await (isSome ? runSome(setting) : runAll(setting))) > 0 ? 1 : 0
} finally {
  setting.close()
}
