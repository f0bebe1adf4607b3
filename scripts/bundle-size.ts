/** Prints how large the bundle is: what every step loads at its start, and all of it. With `--ref A --ref B`, at these commits. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, root } from './bundle.ts'

const { values } = parseArgs({ options: { ref: { type: 'string', multiple: true, default: [] } } })

/** The packages are today's: they are linked. */
const bundleAt = async (ref: string): Promise<Map<string, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  try {
    // With an index of its own, so that neither the checkout nor what is staged is touched.
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, '.index') }
    execFileSync('git', ['read-tree', ref], { cwd: root, env })
    execFileSync('git', ['checkout-index', '--all', `--prefix=${folder}/`], { cwd: root, env })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    build(folder)
    return await bundle(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const build = (folder: string): void => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: folder,
  })
}

const measure = (files: Map<string, string>): readonly [number, number] => {
  const scripts = [...files].filter(([name]) => name.endsWith('.js'))
  const sizes = scripts.map(([, code]) => Buffer.byteLength(code))
  return [Buffer.byteLength(files.get('index.js') ?? ''), sizes.reduce((sum, size) => sum + size, 0)]
}

const print = (name: string, [eager, all]: readonly [number, number]): void =>
  console.log(`${name.padEnd(20)} at the start ${String(eager).padStart(8)} B, in all ${String(all).padStart(8)} B`)

if (values.ref.length === 0) {
  build(root)
  print('the working tree', measure(await bundle()))
}
let before: readonly [number, number] | undefined
for (const ref of values.ref) {
  const now = measure(await bundleAt(ref))
  print(ref, now)
  if (before) print('  grown by', [now[0] - before[0], now[1] - before[1]])
  before = now
}
