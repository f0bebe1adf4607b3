import { describe, expect, it } from '@jest/globals'
import { measureSources } from '../../scripts/source-figures.ts'

const measure = (sources: Readonly<Record<string, string>>) =>
  measureSources(new Map(Object.entries(sources).map(([path, text]) => [`src/${path}`, text])))

const chain = {
  'a.ts': "import { b, type B } from './b.ts'\nexport const a = (x: B) => b(x)\n",
  'b.ts':
    "import { c } from './deep/c.ts'\nimport { join } from 'node:path'\nexport type B = (x: string) => void\nexport const b = c\n",
  'deep/c.ts': 'export const c = 1\n',
  'd.ts': "import { c } from './deep/c.ts'\nconst { b } = await import('./b.ts')\n",
}

describe('imports', () => {
  it('are counted between files, packages left out', () => {
    expect(measure(chain)).toMatchObject({ files: 4, lines: 9, arrows: 4, filesInCircles: [] })
  })

  it('make chains', () => {
    expect(measure(chain).longestChain).toEqual(['src/a.ts', 'src/b.ts', 'src/deep/c.ts'])
  })

  it('tell which names only one file uses', () => {
    expect(measure(chain)).toMatchObject({ importedNames: 3, namesOfOneUser: 1 })
  })

  it('in a circle are found, and end', () => {
    const circle = { 'x.ts': "import { y } from './y.ts'\n", 'y.ts': "import { x } from './x.ts'\n" }
    expect(measure({ ...chain, ...circle })).toMatchObject({ filesInCircles: ['src/x.ts', 'src/y.ts'] })
  })
})

describe('functions', () => {
  const text = `type Four = (a: A, b: B, c: C, d: D) => void

export const one = (a: A) => a

const four = async (
  a: A,
  { b, c }: { b: B; c: C },
  d: Map<D, E>,
  then: (x: X, y: Y) => void,
): Promise<void> => {
  const inner = (x: X) => {
    return x
  }

  await inner(a)
}

const notOne = (a + b) * 2
const called = call(a, b, c, d)
const single =
  (a: A) =>
  (b: B) =>
    a

function declared(a: A): void {}
const api = {
  get: (a: A) => a,
  value: (a + b),
}
`
  it('are found with their lines, types and calls left out', () => {
    expect(measure({ 'f.ts': text })).toMatchObject({
      functions: 6,
      longestFunction: { name: 'four', lines: 12, parameters: 4 },
      manyParameters: 1,
      medianFunctionLines: 2,
      p90FunctionLines: 12,
    })
  })
})

describe('files', () => {
  it('are measured by their lines', () => {
    const lines = (count: number) => 'x\n'.repeat(count)
    const sources = { '1.ts': lines(10), '2.ts': lines(20), '3.ts': lines(30), '4.ts': lines(40) }
    expect(measure(sources)).toMatchObject({ lines: 100, medianFileLines: 25, smallFiles: 2 })
  })
})
