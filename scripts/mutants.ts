import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { API, type Program } from 'typescript/unstable/sync'
import { createRandom } from '../testing/simulator/chance.ts'
import { listMutations, type Mutation } from './mutations.ts'
import { copyTree } from './tree-copy.ts'

// npm run mutants -- --seed 1 --count 200             small changes of src, each alone: what no test notices survives
// npm run mutants -- --count 20 --in src/operations   of some files alone
// npm run mutants -- --near                           asks only the tests that are fewest imports away: minutes, but what others notice is listed, too

const root = fileURLToPath(new URL('..', import.meta.url))
/** Of the tests of one step. A mutant for which they take longer loops for ever, or the machine is too busy: it is told apart. */
const mostMs = 300_000

type Mutant = Mutation & { readonly file: string; readonly text: string }
type Verdict = 'killed' | 'survived' | 'invalid' | 'too slow'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    in: { type: 'string', default: 'src' },
    near: { type: 'boolean', default: false },
  },
})

/** As many as are asked for, drawn by the seed from all that there are. */
const drawMutants = (program: Program, copy: string): readonly Mutant[] => {
  const files = program.getSourceFileNames().filter((path) => path.startsWith(join(copy, values.in)))
  const all = files.flatMap((path) => {
    const source = program.getSourceFile(path)
    if (!source) return []
    return listMutations(source).map((mutation) => ({ ...mutation, file: relative(copy, path), text: source.text }))
  })
  const random = createRandom(Number(values.seed))
  const keyed = all.map((mutant) => ({ mutant, key: random() })).toSorted((one, other) => one.key - other.key)
  return keyed.slice(0, Number(values.count)).map(({ mutant }) => mutant)
}

const importPattern = /(?:from|import) ?\(?'(\.[^']+)'/g

/** What a file reaches through imports, and how many steps away it is. */
const measureReach = (copy: string, file: string): ReadonlyMap<string, number> => {
  const reached = new Map([[file, 0]])
  for (const [path, steps] of reached) {
    if (path.startsWith('dist/')) continue
    for (const [, target = ''] of readFileSync(join(copy, path), 'utf8').matchAll(importPattern)) {
      const next = join(dirname(path), target)
      if (next.endsWith('.ts') && !reached.has(next)) reached.set(next, steps + 1)
    }
  }
  return reached
}

const listTests = (copy: string): readonly string[] =>
  readdirSync(join(copy, '__tests__'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !/^(?:bundle|faults|demo|simulation|package|product)\//.test(path))
    .map((path) => join('__tests__', path))

type Steps = (file: string) => readonly (readonly string[])[]

/** The tests of a file in steps: those that are fewest imports away, then the others that reach it, so that most end soon. */
const planSteps = (copy: string): Steps => {
  const reaches = listTests(copy).map((test) => ({ test, reach: measureReach(copy, test) }))
  return (file) => {
    const tests = reaches.map(({ test, reach }) => ({ test, imports: reach.get(file) ?? Infinity }))
    const fewest = Math.min(...tests.map(({ imports }) => imports))
    const near = tests.filter(({ imports }) => imports < Infinity && imports === fewest)
    const far = tests.filter(({ imports }) => imports < Infinity && imports > fewest)
    const steps = values.near ? [near] : [near, far]
    return steps.map((step) => step.map(({ test }) => test)).filter((step) => step.length > 0)
  }
}

/** Whether all of them pass, up to the first that doesn't; `undefined` when their time is over. */
const runTests = (copy: string, tests: readonly string[], timeout = mostMs): boolean | undefined => {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
  const options = ['--forceExit', '--bail', '--rootDir', copy, '--runTestsByPath', ...tests]
  const run = spawnSync(process.execPath, [...jest, ...options], { cwd: copy, stdio: 'ignore', timeout })
  return run.status === null ? undefined : run.status === 0
}

const judge = (copy: string, { file, start, end, to, text }: Mutant, api: API, steps: Steps): Verdict => {
  const path = join(copy, file)
  writeFileSync(path, text.slice(0, start) + to + text.slice(end))
  try {
    const snapshot = api.updateSnapshot({ fileChanges: { changed: [path] } })
    const { program } = getProject(snapshot)
    if (program.getSyntacticDiagnostics(path).length + program.getSemanticDiagnostics(path).length > 0) return 'invalid'
    for (const step of steps(file)) {
      const isPassed = runTests(copy, step)
      if (!isPassed) return isPassed === undefined ? 'too slow' : 'killed'
    }
    return 'survived'
  } finally {
    writeFileSync(path, text)
    api.updateSnapshot({ fileChanges: { changed: [path] } })
  }
}

const getProject = (snapshot: ReturnType<API['updateSnapshot']>) => {
  const [project] = snapshot.getProjects()
  if (!project) throw new Error('TypeScript found no project.')
  return project
}

const formatMutant = ({ file, start, end, to, text }: Mutant): string => {
  const before = text.slice(0, start).split('\n')
  const [line = '', was] = [before.at(-1)?.trimStart(), text.slice(start, end)]
  const oneLine = (part: string) => part.replaceAll(/\s+/g, ' ').slice(0, 70)
  return `${file}:${before.length}  ${oneLine(line)}⟦${oneLine(was)} → ${oneLine(to)}⟧`
}

const copy = copyTree(root, 'mutants')
const api = new API({ cwd: copy })
try {
  const { program } = getProject(api.updateSnapshot({ openProjects: [join(copy, 'tsconfig.json')] }))
  const mutants = drawMutants(program, copy)
  const steps = planSteps(copy)
  const counts: Record<Verdict, number> = { killed: 0, survived: 0, invalid: 0, 'too slow': 0 }
  const used = [...new Set(mutants.flatMap(({ file }) => steps(file).flat()))]
  if (used.length > 0 && !runTests(copy, used, 4 * mostMs)) throw new Error('The tests fail without any change.')
  for (const mutant of mutants) {
    const verdict = judge(copy, mutant, api, steps)
    counts[verdict]++
    console.log(`${verdict.padEnd(8)}  ${formatMutant(mutant)}`)
  }
  const valid = counts.killed + counts.survived || 1
  const rest = `${counts.invalid} invalid, ${counts['too slow']} too slow to tell`
  console.log(`\n${counts.killed} of ${valid} killed (${Math.round((100 * counts.killed) / valid)} %), ${rest}`)
} finally {
  api.close()
  rmSync(copy, { recursive: true })
}
