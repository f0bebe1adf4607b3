/** Prints figures of `src`: of the files as they are, or with `--ref main~50` as they were at a commit. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Figures, measureSources, type Sources } from './source-figures.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { ref: { type: 'string' }, folder: { type: 'string', default: 'src' } } })
const { ref, folder } = values

const git = (args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

const listPaths = (): readonly string[] => {
  const args = ref === undefined ? ['ls-files', '--cached', '--others', '--exclude-standard'] : ['ls-tree', '-r', ref]
  const listed = git([...args, ...(ref === undefined ? [] : ['--name-only']), '--', folder])
  return listed.split('\n').filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
}

const readAt = (path: string): string =>
  ref === undefined ? readFileSync(join(root, path), 'utf8') : git(['show', `${ref}:${path}`])

const readSources = (): Sources => new Map(listPaths().map((path) => [path, readAt(path)]))

const formatShare = (part: number, whole: number): string =>
  `${part} of ${whole} (${Math.round((100 * part) / Math.max(whole, 1))} %)`

const formatFigures = (figures: Figures): readonly (readonly [string, string | number])[] => [
  ['files', figures.files],
  ['lines', figures.lines],
  ['median file, lines', figures.medianFileLines],
  ['files of 20 lines at most', figures.smallFiles],
  ['imports between files', `${figures.arrows} (${(figures.arrows / Math.max(figures.files, 1)).toFixed(1)} per file)`],
  ['longest import chain, files', figures.longestChain.length],
  ['files in import circles', figures.filesInCircles.length],
  ['imported names that one file uses', formatShare(figures.namesOfOneUser, figures.importedNames)],
  ['functions', figures.functions],
  ['function, lines: median, p90', `${figures.medianFunctionLines}, ${figures.p90FunctionLines}`],
  ['longest function', `${figures.longestFunction.lines} (${figures.longestFunction.name})`],
  ['functions with 4 parameters or more', figures.manyParameters],
]

const figures = measureSources(readSources())
console.log(`${folder} at ${ref ?? 'the working tree'}\n`)
for (const [what, figure] of formatFigures(figures)) console.log(`${what.padEnd(38)}${figure}`)
const shorten = (paths: readonly string[], between: string): string =>
  paths.map((path) => path.replace(`${folder}/`, '')).join(between)
console.log(`\nThe longest chain: ${shorten(figures.longestChain, ' → ')}`)
if (figures.filesInCircles.length > 0) console.log(`\nIn circles: ${shorten(figures.filesInCircles, ', ')}`)
