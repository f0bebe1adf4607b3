import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeSection } from '../section.ts'
import { expectSeconds, isHeavy } from './expected-time.ts'
import { type FaultCase, type FaultCaseResult, runFaultCase } from './fault-case.ts'
import { renderFound } from './found-page.ts'
import { openKeptResults } from './kept-results.ts'
import { type KillResult, runKill } from './kill.ts'
import { renderKills, renderPostStep } from './kill-page.ts'
import { listSeeds, planKill } from './kill-plan.ts'
import { listFaultCases, renderMatrix } from './matrix-page.ts'
import { measurePostStep } from './post-time.ts'
import { type PairEnd, renderRollbackPairs, runRollbackPairs } from './rollback-pairs.ts'
import { runMany } from './run-many.ts'
import { openSetting, type Setting } from './setting.ts'

// npm run faults                                  everything, and its part of docs/reliability.md
// npm run faults -- --table once                  the cases of one table
// npm run faults -- --site start,poll --fault 500 some cases
// npm run faults -- --at-a-time 12                fewer beside each other, for a busy machine
// npm run faults -- --seed 17                     one kill
// npm run faults -- --pairs 100                   pairs of rollbacks at the same moment
// npm run faults -- --dist elsewhere              another build
// npm run faults -- --kept results.jsonl          everything, but the cases that ended as declared before, by this file
const { values } = parseArgs({
  options: {
    table: { type: 'string' },
    site: { type: 'string' },
    fault: { type: 'string' },
    seed: { type: 'string' },
    pairs: { type: 'string' },
    kept: { type: 'string' },
    kills: { type: 'string', default: '240' },
    'at-a-time': { type: 'string', default: '48' },
    dist: { type: 'string', default: join(import.meta.dirname, '../../dist') },
  },
})

const mostCases = Number(values['at-a-time'])
const mostHeavy = 4
/** Fewer, since how soon they leave is measured. */
const mostKills = 10

const runFaultCases = async (setting: Setting, cases: readonly FaultCase[]): Promise<readonly FaultCaseResult[]> => {
  const kept = openKeptResults(values.kept, setting.dist)
  const earlier = cases.flatMap((faultCase) => kept.find(faultCase) ?? [])
  const longestFirst = cases
    .filter((faultCase) => !kept.find(faultCase))
    .toSorted((one, other) => expectSeconds(other) - expectSeconds(one))
  let over = earlier.length
  const tell = (result: FaultCaseResult): void => {
    tellFaultCase(result)
    kept.keep(result)
    over++
    if (over % 250 === 0) console.log(`${over} cases of ${cases.length}`)
  }
  const run = (some: readonly FaultCase[], atATime: number) =>
    runMany(some, atATime, (faultCase, isUnderWay) => runFaultCase(faultCase, setting, isUnderWay), tell)
  const light = await run(
    longestFirst.filter((faultCase) => !isHeavy(faultCase)),
    mostCases,
  )
  const heavy = await run(longestFirst.filter(isHeavy), mostHeavy)
  const all = [...earlier, ...light, ...heavy]
  const isUntold = ({ problems, isBusy }: FaultCaseResult): boolean => problems.length > 0 && isBusy
  const again = all.filter(isUntold).map(({ faultCase }) => faultCase)
  if (again.length > 0) console.log(`${again.length} cases are run again, a few at a time: the machine was too busy.`)
  return [...all.filter((result) => !isUntold(result)), ...(await run(again, mostHeavy))]
}

const tellFaultCase = ({ faultCase, run, problems, isBusy }: FaultCaseResult): void => {
  const { table, site, fault } = faultCase
  const when = isBusy ? ', on a busy machine' : ''
  if (problems.length > 0)
    console.log(`✗ ${table}, ${site}, ${fault} (run ${run}${when}):\n    ${problems.join('\n    ')}`)
}

const runKills = (setting: Setting, seeds: readonly number[]): Promise<readonly KillResult[]> =>
  runMany(seeds.map(planKill), mostKills, (plan, isUnderWay) => runKill(plan, setting, isUnderWay), tellKill)

const tellKill = ({ plan: { seed, kind, scenarioName }, run, problems }: KillResult): void => {
  if (problems.length > 0)
    console.log(`✗ kill ${seed}, ${kind}, ${scenarioName} (run ${run}):\n    ${problems.join('\n    ')}`)
}

const runSome = async (setting: Setting): Promise<number> => {
  const { table, site, fault, seed } = values
  if (seed !== undefined) {
    const [result] = await runKills(setting, [Number(seed)])
    console.log(result)
    return result?.problems.length ?? 1
  }
  if (values.pairs !== undefined) {
    const pairs = await runRollbackPairs(Number(values.pairs), setting.dist)
    console.log(renderRollbackPairs(pairs))
    return countWrong(pairs)
  }
  const cases = listFaultCases().filter(
    (faultCase) =>
      (!table || table === faultCase.table) &&
      (!site || site.split(',').includes(faultCase.site)) &&
      (!fault || faultCase.fault.includes(fault)),
  )
  const results = await runFaultCases(setting, cases)
  for (const { faultCase, run, tookMs } of results)
    console.log(
      `${faultCase.site} · ${faultCase.fault} · declared ${faultCase.code} · run ${run} · ${Math.round(tookMs)} ms`,
    )
  return countBroken(results)
}

const runAll = async (setting: Setting): Promise<number> => {
  const began = performance.now()
  const post = await measurePostStep(setting.dist)
  const cases = await runFaultCases(setting, listFaultCases())
  const seconds = Math.round((performance.now() - began) / 1000)
  const kills = await runKills(setting, listSeeds(Number(values.kills)))
  const pairs = await runRollbackPairs(100, setting.dist)
  const took = values.kept === undefined ? `in ${seconds} s` : 'of one build, run in several parts'
  const parts = [renderMatrix(cases, took), renderKills(kills), renderRollbackPairs(pairs), renderPostStep(post)]
  const text = [...parts, renderFound()].join('\n\n')
  console.log(text)
  writeSection({
    path: join(import.meta.dirname, '../../docs/reliability.md'),
    title: 'Reliability',
    command: 'npm run faults',
    text,
  })
  console.log(`\n${Math.round((performance.now() - began) / 1000)} s in all`)
  return countBroken(cases) + countBroken(kills) + countWrong(pairs)
}

const countWrong = (pairs: readonly PairEnd[]): number => pairs.reduce((sum, { onOthersBase }) => sum + onOthersBase, 0)

const countBroken = (results: readonly { readonly problems: readonly string[] }[]): number =>
  results.filter(({ problems }) => problems.length > 0).length

const setting = await openSetting(values.dist)
try {
  const { table, site, fault, seed, pairs } = values
  const isSome = [table, site, fault, seed, pairs].some((value) => value !== undefined)
  process.exitCode = (await (isSome ? runSome(setting) : runAll(setting))) > 0 ? 1 : 0
} finally {
  setting.close()
}
