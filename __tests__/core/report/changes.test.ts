import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ImageChange } from '../../../src/core/delta.ts'
import * as report from '../../../src/core/report/changes.ts'
import * as images from '../../../src/core/report/image-changes.ts'
import * as outputs from '../../../src/core/report/outputs.ts'
import { type Change, compareSets } from '../../../src/core/set-diff.ts'
import { fuzzTimeoutMs } from '../hostile.ts'
import { hostileChange } from '../hostile-report.ts'
import { canary, oddSet, randomSet } from '../random-sets.ts'
import { countPipes, listForeign, renderPage } from '../rendered-page.ts'
import { writer } from '../report-base.ts'

const formatChangedImages = (changes: readonly Change[]) => images.formatChangedImages(changes, writer)

const formatChangeLines = (changes: readonly Change[]) => report.formatChangeLines(changes, writer)

const formatChangeSummary = (changes: readonly Change[]) => report.formatChangeSummary(changes, writer)

const formatChangesOutput = (changes: readonly Change[]) => outputs.formatChangesOutput(changes, writer)

const formatChangeTable = (changes: readonly Change[]) => report.formatChangeTable(changes, writer)

const formatImageLines = (changes: readonly ImageChange[]) => report.formatImageLines(changes, writer)

const change = (
  workload: string,
  kind: Change['kind'],
  name: string,
  change: Change['change'],
  from = '',
  to = '',
): Change => ({
  workload,
  kind,
  name,
  change,
  from,
  to,
})

const sha = (digit: string) => digit.repeat(40)

const image = change('web', 'image', 'main', 'changed', 'ghcr.io/acme/shop:9c1e7d2', 'ghcr.io/acme/shop:f5a2c1d')

const sketch = [
  image,
  change('', 'resource', 'cache', 'added', '', 'redis'),
  change('web', 'variable', 'DB_POOL', 'changed'),
  change('web', 'variable', 'FEATURE_BASKET', 'added'),
]

const everything = [
  change('api', 'workload', '', 'added'),
  change('old', 'workload', '', 'removed'),
  change('api', 'image', 'main', 'added', '', 'ghcr.io/acme/api:1'),
  change('old', 'image', 'main', 'removed', 'ghcr.io/acme/old:1'),
  image,
  change('web', 'image', 'proxy', 'added', '', 'envoy:1'),
  change('', 'resource', 'dns', 'removed', 'dns'),
  change('', 'resource', 'x', 'added'),
  change('api', 'resource', 'db', 'added', '', 'postgres'),
  change('web', 'resource', 'db', 'changed', 'postgres', 'mysql'),
  change('api', 'variable', 'A', 'added'),
  change('web', 'variable', 'B', 'removed'),
  change('', 'other', '/cache/params/gb', 'changed'),
  change('web', 'other', '/spec/replicas', 'changed'),
]

const variables = (count: number) =>
  Array.from({ length: count }, (_, index) => change('web', 'variable', `V${index}`, 'added'))

describe('changes in the log', () => {
  it('have a line each', () => {
    expect(formatChangeLines(sketch)).toEqual([
      '  web       image ghcr.io/acme/shop:9c1e7d2 → f5a2c1d',
      '  shared    resource cache added: redis',
      '  web       variable DB_POOL changed',
      '  web       variable FEATURE_BASKET added',
    ])
  })

  it('are said by kind', () => {
    const lines = [...formatChangeLines(everything.slice(0, 7)), ...formatChangeLines(everything.slice(7))]
    expect(lines.map((line) => line.trim().replace(/ {2,}/, ' · '))).toEqual([
      'api · added',
      'old · removed',
      'api · image of main added: ghcr.io/acme/api:1',
      'old · image of main removed: ghcr.io/acme/old:1',
      'web · image ghcr.io/acme/shop:9c1e7d2 → f5a2c1d',
      'web · image of proxy added: envoy:1',
      'shared · resource dns removed: dns',
      'shared · resource x added',
      'api · resource db added: postgres',
      'web · resource db changed: postgres → mysql',
      'api · variable A added',
      'web · variable B removed',
      'shared · /cache/params/gb changed',
      'web · /spec/replicas changed',
    ])
  })

  it('have ten lines at most, then a count', () => {
    expect(formatChangeLines(variables(10))).toHaveLength(10)
    expect(formatChangeLines(variables(11)).slice(9)).toEqual([
      '  web       variable V9 added',
      '  … and 1 more change',
    ])
    expect(formatChangeLines(variables(1234)).at(-1)).toBe('  … and 1,224 more changes')
  })

  it('stand in columns, of which a long name has its own', () => {
    const long = 'a-workload-with-a-name'
    expect(formatChangeLines([change(long, 'workload', '', 'added'), ...variables(1)])).toEqual([
      `  ${long}  added`,
      `  web${' '.repeat(long.length - 1)}variable V0 added`,
    ])
  })

  it('are none for none', () => {
    expect(formatChangeLines([])).toEqual([])
  })
})

const toChange = (workload: string, container: string, from: string, to: string): ImageChange => ({
  workload,
  container,
  section: 'modules',
  from,
  to,
})

describe('new images in the log', () => {
  it('have a line each, also those that stay the same', () => {
    const images = [
      toChange('web', 'main', 'ghcr.io/acme/shop:9c1e7d2', 'ghcr.io/acme/shop:f5a2c1d'),
      toChange('worker', 'main', 'ghcr.io/acme/worker:9c1e7d2', 'ghcr.io/acme/worker:9c1e7d2'),
      toChange('job', 'a', 'job:1', 'other:1'),
      toChange('job', 'b', '', 'job:1'),
    ]
    expect(formatImageLines(images)).toEqual([
      '  web       ghcr.io/acme/shop:9c1e7d2 → f5a2c1d',
      '  worker    ghcr.io/acme/worker:9c1e7d2, unchanged',
      '  job/a     job:1 → other:1',
      '  job/b     job:1',
    ])
  })

  it.each([
    ['localhost:5000/shop:1', 'localhost:5000/shop:2', 'localhost:5000/shop:1 → 2'],
    ['localhost:5000/shop', 'localhost:5000/shop:2', 'localhost:5000/shop → localhost:5000/shop:2'],
    ['shop:1', 'shop@sha256:abc', 'shop:1 → shop@sha256:abc'],
    ['shop@sha256:abc', 'shop@sha256:def', 'shop@sha256:abc → sha256:def'],
    ['shop:1@sha256:abc', 'shop:2@sha256:def', 'shop:1@sha256:abc → 2@sha256:def'],
    ['docker.io/shop:1', 'ghcr.io/shop:1', 'docker.io/shop:1 → ghcr.io/shop:1'],
    ['shop', 'shop-two', 'shop → shop-two'],
  ])('from %s to %s say what stays the same once', (from, to, text) => {
    expect(formatImageLines([toChange('web', 'main', from, to)])).toEqual([`  web       ${text}`])
  })
})

describe('changes in the summary', () => {
  it('are a table', () => {
    expect(formatChangeTable(sketch)).toBe(
      [
        '| changed | from | to |',
        '| --- | --- | --- |',
        '| web · image | `shop:9c1e7d2` | `shop:f5a2c1d` |',
        '| web · variables |  | `DB_POOL` changed, `FEATURE_BASKET` added |',
        '| shared · `cache` |  | redis, added |',
      ].join('\n'),
    )
  })

  it('are a table by workload, whatever they are', () => {
    expect(formatChangeTable(everything).split('\n').slice(2)).toEqual([
      '| api |  | added |',
      '| api · image `main` |  | `api:1`, added |',
      '| api · `db` |  | postgres, added |',
      '| api · variables |  | `A` added |',
      '| old |  | removed |',
      '| old · image `main` | `old:1` | removed |',
      '| web · image `main` | `shop:9c1e7d2` | `shop:f5a2c1d` |',
      '| web · image `proxy` |  | `envoy:1`, added |',
      '| web · `db` | postgres | mysql |',
      '| web · variables |  | `B` removed |',
      '| web · other |  | `/spec/replicas` changed |',
      '| shared · `dns` | dns | removed |',
      '| shared · `x` |  | added |',
      '| shared · other |  | `/cache/params/gb` changed |',
    ])
  })

  it('of one kind share a word', () => {
    const [a, b, c] = variables(3)
    const gone = change('web', 'variable', 'X', 'removed')
    expect(a && b && c && formatChangeTable([a, gone, b, c])).toContain('| `V0`, `V1`, `V2` added, `X` removed |')
  })

  it('have twenty names in a row and a hundred rows at most', () => {
    expect(formatChangeTable(variables(23))).toContain('`V19` added, 3 more |')
    const many = Array.from({ length: 103 }, (_, index) => change(`w${index}`, 'workload', '', 'added'))
    const table = formatChangeTable(many)
    expect(table.split('\n').filter((line) => line.startsWith('| w'))).toHaveLength(100)
    expect(table.endsWith('\n\n… and 3 more rows')).toBe(true)
  })

  it('are none for none', () => {
    expect(formatChangeTable([])).toBe('')
  })

  it.each([
    ['ghcr.io/acme/shop:1', 'ghcr.io/acme/shop:2', '`shop:1` → `shop:2`'],
    [`ghcr.io/acme/shop:${sha('a')}`, `ghcr.io/acme/shop:${sha('b')}`, '`shop:aaaaaaa` → `shop:bbbbbbb`'],
    [`shop@sha256:${sha('a')}`, `shop@sha256:${sha('b')}`, '`shop@sha256:aaaaaaa` → `shop@sha256:bbbbbbb`'],
    [`shop:${sha('a')}0`, `shop:${sha('a')}1`, `\`shop:${sha('a')}0\` → \`shop:${sha('a')}1\``],
    ['docker.io/shop:1', 'ghcr.io/shop:2', '`docker.io/shop:1` → `ghcr.io/shop:2`'],
    ['localhost:5000/shop:1', 'localhost:5001/shop:1', '`localhost:5000/shop:1` → `localhost:5001/shop:1`'],
  ])('from %s to %s are as short as can be told apart', (from, to, text) => {
    expect(formatChangedImages([change('web', 'image', 'main', 'changed', from, to)])).toBe(`web: ${text}`)
  })
})

describe('changes in the comment', () => {
  it('are images', () => {
    expect(formatChangedImages(everything)).toBe(
      'api: `api:1` added · old: `old:1` removed · web/main: `shop:9c1e7d2` → `shop:f5a2c1d` · web/proxy: `envoy:1` added',
    )
    expect(formatChangedImages(variables(3))).toBe('')
  })

  it('are five of them at most', () => {
    const images = Array.from({ length: 8 }, (_, index) => ({ ...image, workload: `w${index}` }))
    const line = formatChangedImages(images)
    expect(line).toContain('w4: `shop:9c1e7d2` → `shop:f5a2c1d` · 3 more images')
    expect(line).not.toContain('w5')
  })
})

describe('a plan in one line', () => {
  it('has images, and counts the rest', () => {
    expect(formatChangeSummary(sketch)).toBe('web: `shop:9c1e7d2` → `shop:f5a2c1d` · 2 variables · 1 resource added')
  })

  it('has workloads that are new or gone in place of what is theirs', () => {
    expect(formatChangeSummary(everything)).toBe(
      'api added · old removed · web/main: `shop:9c1e7d2` → `shop:f5a2c1d` · web/proxy: `envoy:1` added · 1 variable · 2 resources added · 1 resource removed · 1 resource of another type · 2 other changes',
    )
  })

  it('counts workloads where they are many', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      change(`w${index}`, 'workload', '', index < 8 ? 'added' : 'removed'),
    )
    expect(formatChangeSummary(many)).toBe('8 workloads added · 1 workload removed')
    expect(formatChangeSummary(many.slice(0, 6))).toBe('6 workloads added')
  })

  it('is nothing for no changes', () => {
    expect(formatChangeSummary([])).toBe('')
  })
})

describe('the output changes', () => {
  it('is a list of objects with six texts', () => {
    expect(formatChangesOutput([])).toBe('[]')
    expect(formatChangesOutput(sketch.slice(0, 1))).toBe(
      '[{"workload":"web","kind":"image","name":"main","change":"changed","from":"ghcr.io/acme/shop:9c1e7d2","to":"ghcr.io/acme/shop:f5a2c1d"}]',
    )
    expect(JSON.parse(formatChangesOutput(everything))).toEqual(everything)
  })

  it('is cut at an element, as an environment variable can’t hold more', () => {
    const all = variables(1000)
    const output = formatChangesOutput(all)
    const shown = JSON.parse(output)
    expect(shown).toEqual(all.slice(0, shown.length))
    expect(output.length).toBeLessThanOrEqual(30_000)
    expect(output.length + JSON.stringify(all[shown.length]).length + 1).toBeGreaterThan(30_000)
  })

  it('has all that exactly fits', () => {
    const long = (length: number) => change('web', 'other', 'x'.repeat(length), 'added')
    const frame = JSON.stringify([long(0)]).length
    const fill = (rest: number) => [...Array.from({ length: 7 }, () => long(3900 - frame + 1)), long(rest)]
    const left = 30_000 - (7 * 3900 + frame)
    expect(formatChangesOutput(fill(left))).toHaveLength(30_000)
    expect(JSON.parse(formatChangesOutput(fill(left + 1)))).toHaveLength(7)
  })

  it('has something of a change that is too long', () => {
    const name = 'x'.repeat(100_000)
    expect(JSON.parse(formatChangesOutput([change(name, 'image', name, 'changed', name, name), ...sketch]))).toEqual([
      change(
        `${'x'.repeat(499)}…`,
        'image',
        `${'x'.repeat(499)}…`,
        'changed',
        `${'x'.repeat(499)}…`,
        `${'x'.repeat(499)}…`,
      ),
      ...sketch,
    ])
  })
})

const formatAll = (changes: readonly Change[]): string =>
  [
    ...formatChangeLines(changes),
    formatChangeTable(changes),
    formatChangedImages(changes),
    formatChangeSummary(changes),
    formatChangesOutput(changes),
  ].join('\n')

const ownTags = /^(?:p|code|table|thead|tbody|tr|th|td)$/

describe('names from outside', () => {
  it(
    'add no element, no link, no mention and no cell',
    () => {
      fc.assert(
        fc.property(fc.array(hostileChange, { minLength: 1, maxLength: 8 }), (changes) => {
          const table = formatChangeTable(changes)
          const markdown = [table, formatChangedImages(changes), formatChangeSummary(changes)].join('\n\n')
          const page = renderPage(markdown)
          expect([listForeign(page, ownTags), countPipes(table)]).toEqual([[], [[4]]])
          expect(JSON.parse(formatChangesOutput(changes))).toHaveLength(changes.length)
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it('of any length leave each text within bounds', () => {
    const long = '<|@_'.repeat(5_000)
    const kinds = ['workload', 'image', 'resource', 'variable', 'other'] as const
    const changes = Array.from({ length: 500 }, (_, index) =>
      change(`${index}${long}`, kinds[index % kinds.length] ?? 'other', long, 'changed', long, `${long}2`),
    )
    expect(formatChangesOutput(changes).length).toBeLessThanOrEqual(30_000)
    expect(formatChangeTable(changes).length).toBeLessThan(400_000)
    expect(formatChangeSummary(changes).length).toBeLessThan(20_000)
  })
})

describe('what Sets contain', () => {
  it(
    'stands nowhere',
    () => {
      const set = fc.oneof(randomSet, oddSet)
      fc.assert(
        fc.property(set, set, (before, after) => {
          expect(formatAll(compareSets(before, after))).not.toContain(canary)
        }),
      )
    },
    fuzzTimeoutMs,
  )
})
