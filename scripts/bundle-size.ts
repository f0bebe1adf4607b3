/**
 * Prints how large the bundle is: what every step loads at its start, and all of it. With `--ref A --ref B`, at these commits; with
 * `--score`, what the input `score` adds to it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, root } from './bundle.ts'
import { copyTree } from './tree-copy.ts'
import { cutScoreOut } from './without-score.ts'

const { values } = parseArgs({
  options: { ref: { type: 'string', multiple: true, default: [] }, score: { type: 'boolean', default: false } },
})

/** Types that don't fit keep nothing from being written: what is left without Score has some. */
const build = (folder: string): void => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder })
}

/** What a folder comes to, which is removed then, once `prepare` has put the sources there. */
const bundleOnce = async (folder: string, prepare: () => void): Promise<Map<string, string>> => {
  try {
    prepare()
    build(folder)
    return await bundle(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The packages are today's: they are linked. */
const bundleAt = (ref: string): Promise<Map<string, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  // With an index of its own, so that neither the checkout nor what is staged is touched.
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, '.index') }
  return bundleOnce(folder, () => {
    execFileSync('git', ['read-tree', ref], { cwd: root, env })
    execFileSync('git', ['checkout-index', '--all', `--prefix=${folder}/`], { cwd: root, env })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
}

const bundleWithoutScore = (): Promise<Map<string, string>> => {
  const folder = copyTree(root, 'bundle')
  return bundleOnce(folder, () => cutScoreOut(join(folder, 'src')))
}

/** In bytes: of what every step loads at its start, and of all. */
type Size = readonly [number, number]

const measure = (files: Map<string, string>): Size => {
  const scripts = [...files].filter(([name]) => name.endsWith('.js'))
  const sizes = scripts.map(([, code]) => Buffer.byteLength(code))
  return [Buffer.byteLength(files.get('index.js') ?? ''), sizes.reduce((sum, size) => sum + size, 0)]
}

const print = (name: string, [eager, all]: Size): void =>
  console.log(`${name.padEnd(20)} at the start ${String(eager).padStart(8)} B, in all ${String(all).padStart(8)} B`)

const printGrowth = (now: Size, before: Size): void => print('  grown by', [now[0] - before[0], now[1] - before[1]])

const measureTree = async (): Promise<Size> => {
  build(root)
  const size = measure(await bundle())
  print('the working tree', size)
  return size
}

if (values.score) {
  const before = measure(await bundleWithoutScore())
  print('without score', before)
  printGrowth(await measureTree(), before)
} else if (values.ref.length === 0) await measureTree()
let before: Size | undefined
for (const ref of values.ref) {
  const now = measure(await bundleAt(ref))
  print(ref, now)
  if (before) printGrowth(now, before)
  before = now
}
