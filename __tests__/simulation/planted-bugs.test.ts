import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { plantedBugs } from '../../scripts/planted-bugs-list.ts'
import { plantedTestBugs } from '../../scripts/planted-test-bugs-list.ts'

const all = [...plantedBugs, ...plantedTestBugs]

it.each(all.flatMap(({ name, edits }) => edits.map(({ file, from }) => [name, file, from] as const)))(
  'the bug can still be planted: %s (%s)',
  (_, file, from) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(source.split(from)).toHaveLength(2)
  },
)
