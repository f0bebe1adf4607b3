import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'

const dist = join(import.meta.dirname, '../../dist')
const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'))

/** The packages that the bundler names in its comments, above each module it took in. */
function listBundledPackages(): string[] {
  const code = scripts.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n')
  const names = [...code.matchAll(/\.\/(?:\S*\/)?node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/g)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(names)]
}

it('gives the licence of every package in the bundle and its chunks', () => {
  const titles = readFileSync(join(dist, 'licenses.txt'), 'utf8').match(/^\S+ \d+\.\d+\.\d+$/gm) ?? []
  const licensed = new Set(titles.map((title) => title.split(' ')[0]))
  const bundled = listBundledPackages()
  expect(bundled).toContain('ky')
  expect(bundled.filter((name) => !licensed.has(name))).toEqual([])
})
