import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type PlantedBug, plantedBugs } from './planted-bugs-list.ts'
import { plantedTestBugs } from './planted-test-bugs-list.ts'
import { copyTree } from './tree-copy.ts'

// npm run planted-bugs                      all that the simulation must find
// npm run planted-bugs -- redirect          those whose name has that in it
// npm run planted-bugs -- --tests [WORDS]   those that tests must find

const mostRuns = 10_000
/** Few of the seeds are of previews. */
const mostPreviewRuns = 100_000
const root = fileURLToPath(new URL('..', import.meta.url))

/** Returns how to take the bug out again. A bug that no longer fits the sources is an error: it would prove nothing. */
const plant = (copy: string, { name, edits }: PlantedBug): (() => void) => {
  const files = [...new Set(edits.map(({ file }) => file))]
  const before = files.map((file) => ({ path: join(copy, file), text: readFileSync(join(copy, file), 'utf8') }))
  for (const { file, from, to } of edits) {
    const path = join(copy, file)
    const parts = readFileSync(path, 'utf8').split(from)
    if (parts.length !== 2) throw new Error(`“${name}” doesn't fit: ${file} has ${parts.length - 1} times: ${from}`)
    writeFileSync(path, parts.join(to))
  }
  return () => {
    for (const { path, text } of before) writeFileSync(path, text)
  }
}

type Finding = { readonly isFound: boolean; readonly by: string; readonly seeds: string }

const { values, positionals } = parseArgs({ options: { tests: { type: 'boolean' } }, allowPositionals: true })

/** Whether all of them pass, up to the first that doesn't. */
const runTest = (copy: string, test: string): boolean => {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
  return (
    spawnSync(process.execPath, [...jest, '--forceExit', '--bail', '--passWithNoTests', '--rootDir', copy, test], {
      cwd: copy,
      stdio: 'ignore',
      timeout: 600_000,
    }).status === 0
  )
}

/** Its own file, and in the mode for tests the rest of its folder: the first that fails. */
const findTest = (copy: string, test: string): Finding => {
  const places = values.tests ? [test, dirname(test)] : [test]
  const by = places.find((place) => !runTest(copy, place))
  return { isFound: by !== undefined, by: by ?? 'nothing', seeds: '' }
}

const simulateUntilFound = async (copy: string, isOfPreviewsOnly: boolean): Promise<Finding> => {
  const { runPool } = (await import(
    join(copy, 'testing/simulation/thread-pool.ts')
  )) as typeof import('../testing/simulation/thread-pool.ts')
  const { failures } = await runPool({
    firstSeed: 1,
    runs: isOfPreviewsOnly ? mostPreviewRuns : mostRuns,
    isOfPreviewsOnly,
    threads: availableParallelism(),
    stopsAtFailure: true,
  })
  const [first] = failures
  return { isFound: first !== undefined, by: first?.broken[0] ?? 'nothing', seeds: first ? String(first.seed) : '' }
}

const find = async (copy: string, bug: PlantedBug): Promise<Finding> => {
  const takeOut = plant(copy, bug)
  try {
    if (bug.test === undefined) return await simulateUntilFound(copy, bug.isOfPreviews === true)
    return findTest(copy, bug.test)
  } finally {
    takeOut()
  }
}

const formatRow = ({ name }: PlantedBug, { isFound, by, seeds }: Finding): string =>
  `${isFound ? 'found' : 'MISSED'}  ${seeds.padStart(6)}  ${name.padEnd(75)}  ${by.replaceAll(/\b[0-9a-f]{16}\b/g, '…')}`

const words = positionals.join(' ')
const chosen = (values.tests ? plantedTestBugs : plantedBugs).filter(({ name }) => name.includes(words))
if (chosen.length === 0) throw new Error(`No bug has “${words}” in its name.`)
const copy = copyTree(root, 'planted-bugs')
try {
  for (const bug of chosen) plant(copy, bug)()
  const tests = new Set(chosen.flatMap(({ test }) => test ?? []))
  for (const test of tests) if (!runTest(copy, test)) throw new Error(`${test} fails without any bug.`)
  console.log(`        seeds  ${'bug'.padEnd(75)}  found by`)
  let missed = 0
  for (const bug of chosen) {
    const finding = await find(copy, bug)
    if (!finding.isFound) missed++
    console.log(formatRow(bug, finding))
  }
  console.log(`\n${chosen.length - missed} of ${chosen.length} found`)
  process.exitCode = missed === 0 ? 0 : 1
} finally {
  rmSync(copy, { recursive: true })
}
