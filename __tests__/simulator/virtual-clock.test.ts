import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')

/** Of the action itself; what its adapters load is not there in a virtual world. */
const listLoadedLate = (): readonly string[] => {
  const operations = readdirSync(join(import.meta.dirname, '../../src/operations')).map(
    (name) => `src/operations/${name}`,
  )
  const sources = ['src/run.ts', 'src/post-step.ts', ...operations].map(read)
  return sources.flatMap((source) =>
    [...source.matchAll(/\bimport\('.*?([\w-]+\.ts)'\)/g)].map(([, name = '']) => name),
  )
}

it('the virtual clock has loaded what the action loads late, so that no time passes meanwhile', () => {
  const loaded = [...read('simulator/virtual-clock.ts').matchAll(/^import '\.\.\/src\/operations\/(.*)'$/gm)]
  const late = [...new Set(listLoadedLate())].sort()
  expect(late.length).toBeGreaterThan(0)
  expect(loaded.map(([, name]) => name)).toEqual(late)
})
