import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type DeploymentSet, emptySet, formatPointer, parsePointer, readDelta } from '../../src/core/delta.ts'
import { type Change, compareSets, listDiffChanges } from '../../src/core/set-diff.ts'
import { ownField } from '../../src/core/text/json.ts'
import { fuzzTimeoutMs } from './hostile.ts'
import { canary, choices, diffOf, oddSet, randomSet } from './random-sets.ts'

const web = {
  profile: 'humanitec/default-module',
  spec: {
    containers: {
      main: {
        id: 'main',
        image: 'shop:1',
        variables: { A: '1', B: '2' },
        args: ['a'],
        resources: { limits: { cpu: 1 } },
      },
    },
    replicas: 1,
  },
  externals: { db: { type: 'postgres', params: { size: 1, extensions: { uuid: {} } } } },
}
const before: DeploymentSet = {
  modules: {
    web,
    old: { profile: 'p', spec: { containers: { main: { image: 'old:1', variables: { X: '1' } } } }, externals: {} },
  },
  workloads: { job: { spec: { containers: { main: { image: 'job:1' } }, resources: { queue: { type: 'amqp' } } } } },
  shared: { dns: { type: 'dns' }, cache: { type: 'redis', params: { gb: 1 } } },
}

/** Of the answer of `GET sets/{new}/diff/{old}`. */
const changesOf = (diff: unknown, set: DeploymentSet | undefined = before): readonly string[] => {
  const delta = readDelta(diff)
  return delta ? listDiffChanges(set, delta).map(toText) : ['no difference']
}
const toText = ({ workload, kind, name, change, from, to }: Change): string =>
  [`${workload}:`, kind, name, change, from, to].filter(Boolean).join(' ')

const updateWeb = (...patches: readonly object[]) => ({ modules: { update: { web: patches } } })
const main = '/spec/containers/main'

describe('what a difference changes', () => {
  it('is nothing, where there is none', () => {
    expect(changesOf({ modules: { add: {}, remove: [], update: {} }, shared: [] })).toEqual([])
    expect(changesOf({ modules: null, shared: null })).toEqual([])
  })

  it('is one change, with all that the output needs', () => {
    const diff = readDelta(updateWeb({ op: 'replace', path: `${main}/image`, value: 'shop:2' }))
    expect(diff && listDiffChanges(before, diff)).toEqual([
      { workload: 'web', kind: 'image', name: 'main', change: 'changed', from: 'shop:1', to: 'shop:2' },
    ])
  })

  it.each<[string, object, readonly string[]]>([
    ['a variable', { op: 'replace', path: `${main}/variables/A`, value: '9' }, ['web: variable A changed']],
    ['a new variable', { op: 'add', path: `${main}/variables/C~1D`, value: '9' }, ['web: variable C/D added']],
    ['one variable fewer', { op: 'remove', path: `${main}/variables/B` }, ['web: variable B removed']],
    ['one that stays the same', { op: 'replace', path: `${main}/variables/A`, value: '1' }, []],
    [
      'all variables at once',
      { op: 'replace', path: `${main}/variables`, value: { A: '1', B: '3', C: '4' } },
      ['web: variable B changed', 'web: variable C added'],
    ],
    [
      'all variables gone',
      { op: 'remove', path: `${main}/variables` },
      ['web: variable A removed', 'web: variable B removed'],
    ],
    [
      'a container at once',
      { op: 'add', path: main, value: { id: 'main', image: 'shop:2', variables: { A: '1', B: '2' }, command: ['x'] } },
      [
        'web: image main changed shop:1 shop:2',
        `web: other ${main}/args removed`,
        `web: other ${main}/command added`,
        `web: other ${main}/resources removed`,
      ],
    ],
    [
      'the spec at once',
      {
        op: 'replace',
        path: '/spec',
        value: { containers: { other: { image: 'shop:1', variables: { A: '1' } } }, replicas: 1 },
      },
      [
        'web: image main removed shop:1',
        'web: image other added shop:1',
        'web: variable A added',
        'web: variable A removed',
        'web: variable B removed',
      ],
    ],
    [
      'a new container',
      { op: 'add', path: '/spec/containers/proxy', value: { image: 'envoy:1', variables: { P: '1' }, args: ['x'] } },
      ['web: image proxy added envoy:1', 'web: variable P added'],
    ],
    [
      'a new container without an image',
      { op: 'add', path: '/spec/containers/proxy', value: { args: ['x'] } },
      ['web: other /spec/containers/proxy added'],
    ],
    ['arguments', { op: 'add', path: `${main}/args/-`, value: 'b' }, [`web: other ${main}/args changed`]],
    [
      'arguments that are no list',
      {
        op: 'replace',
        path: '',
        value: {
          ...web,
          spec: { ...web.spec, containers: { main: { ...web.spec.containers.main, args: { [`-${canary}`]: 1 } } } },
        },
      },
      [`web: other ${main}/args changed`],
    ],
    [
      'a command that is none',
      { op: 'remove', path: `${main}/command/${canary}` },
      [`web: other ${main}/command removed`],
    ],
    [
      'a limit',
      { op: 'replace', path: `${main}/resources/limits/cpu`, value: 2 },
      [`web: other ${main}/resources/limits/cpu changed`],
    ],
    [
      'a file',
      { op: 'add', path: `${main}/files`, value: { '/etc/a': { value: 'x' } } },
      [`web: other ${main}/files added`],
    ],
    ['replicas', { op: 'replace', path: '/spec/replicas', value: 2 }, ['web: other /spec/replicas changed']],
    ['the profile', { op: 'replace', path: '/profile', value: 'x' }, ['web: other /profile changed']],
    ['a new resource', { op: 'add', path: '/externals/q', value: { type: 'amqp' } }, ['web: resource q added amqp']],
    ['one resource fewer', { op: 'remove', path: '/externals/db' }, ['web: resource db removed postgres']],
    ['no resources', { op: 'remove', path: '/externals' }, ['web: resource db removed postgres']],
    [
      'a resource of another type',
      { op: 'replace', path: '/externals/db/type', value: 'mysql' },
      ['web: resource db changed postgres mysql'],
    ],
    ['a resource without a type', { op: 'remove', path: '/externals/db/type' }, ['web: resource db changed postgres']],
    [
      'a resource replaced whole',
      {
        op: 'replace',
        path: '/externals/db',
        value: { type: 'mysql', class: 'large', params: { size: 2, extensions: {} } },
      },
      [
        'web: resource db changed postgres mysql',
        'web: other /externals/db/class added',
        'web: other /externals/db/params/extensions changed',
        'web: other /externals/db/params/size changed',
      ],
    ],
    [
      'the whole workload',
      { op: 'replace', path: '', value: before.modules['old'] },
      [
        'web: image main changed shop:1 old:1',
        'web: resource db removed postgres',
        'web: variable A removed',
        'web: variable B removed',
        'web: variable X added',
        'web: other /profile changed',
        `web: other ${main}/args removed`,
        `web: other ${main}/id removed`,
        `web: other ${main}/resources removed`,
        'web: other /spec/replicas removed',
      ],
    ],
  ])('is %s', (_, patch, expected) => {
    expect(changesOf(updateWeb(patch)).toSorted()).toEqual(expected.toSorted())
  })

  it('is several patches after one another', () => {
    const diff = updateWeb(
      { op: 'remove', path: `${main}/variables` },
      { op: 'add', path: `${main}/variables`, value: { A: '1' } },
      { op: 'add', path: `${main}/variables/C`, value: '1' },
    )
    expect(changesOf(diff)).toEqual(['web: variable B removed', 'web: variable C added'])
  })

  it('is a workload that is new, with its images, resources and variables', () => {
    const add = {
      api: {
        spec: { containers: { main: { image: 'api:1', variables: { A: '1' }, args: ['x'] } } },
        externals: { db: { type: 'mysql' } },
      },
    }
    expect(changesOf({ modules: { add } })).toEqual([
      'api: workload added',
      'api: image main added api:1',
      'api: resource db added mysql',
      'api: variable A added',
    ])
  })

  it('is a workload that is gone, with what it had', () => {
    expect(changesOf({ modules: { remove: ['old', 'none'] }, workloads: { remove: ['job'] } })).toEqual([
      'job: workload removed',
      'old: workload removed',
      'job: image main removed job:1',
      'old: image main removed old:1',
      'job: resource queue removed amqp',
      'old: variable X removed',
    ])
  })

  it('is what differs of a workload that was added over an earlier one', () => {
    const old = { profile: 'p', spec: { containers: { main: { image: 'old:2', variables: { X: '1' } } } } }
    expect(changesOf({ modules: { add: { old } } })).toEqual(['old: image main changed old:1 old:2'])
  })

  it('is in the other kind of workloads, too, whose resources stand in the spec', () => {
    const update = {
      job: [
        { op: 'replace', path: `${main}/image`, value: 'job:2' },
        { op: 'add', path: `${main}/variables`, value: { A: '1' } },
        { op: 'replace', path: '/spec/resources/queue/type', value: 'sqs' },
        { op: 'add', path: '/spec/resources/db', value: { type: 'postgres', params: { x: 1 } } },
        { op: 'add', path: '/extensions', value: { kubernetes: {} } },
      ],
    }
    expect(changesOf({ workloads: { update } })).toEqual([
      'job: image main changed job:1 job:2',
      'job: resource db added postgres',
      'job: resource queue changed amqp sqs',
      'job: variable A added',
      'job: other /extensions added',
    ])
  })

  it('is of shared resources', () => {
    const shared = [
      { op: 'remove', path: '/dns' },
      { op: 'add', path: '/bucket', value: { type: 's3', params: { acl: 'x' } } },
      { op: 'replace', path: '/cache', value: { type: 'memcached', params: { gb: 2 } } },
    ]
    expect(changesOf({ shared })).toEqual([
      ': resource bucket added s3',
      ': resource cache changed redis memcached',
      ': resource dns removed dns',
      ': other /cache/params/gb changed',
    ])
  })

  it('is everything, where nothing was before', () => {
    const diff = {
      modules: { add: before.modules },
      workloads: { add: before.workloads },
      shared: Object.entries(before.shared).map(([id, value]) => ({ op: 'add', path: `/${id}`, value })),
    }
    const delta = readDelta(diff)
    const all = delta ? listDiffChanges(undefined, delta) : []
    expect(all.map(toText)).toEqual([
      'job: workload added',
      'old: workload added',
      'web: workload added',
      'job: image main added job:1',
      'old: image main added old:1',
      'web: image main added shop:1',
      ': resource cache added redis',
      ': resource dns added dns',
      'job: resource queue added amqp',
      'web: resource db added postgres',
      'old: variable X added',
      'web: variable A added',
      'web: variable B added',
    ])
    expect(compareSets(undefined, before)).toEqual(all)
  })

  it('is a variable that two containers change listed once', () => {
    const one = { image: 'a', variables: { A: '1' } }
    const two = { image: 'a', variables: { A: '2' } }
    const set = (container: object) => ({
      ...emptySet,
      modules: { web: { spec: { containers: { a: container, b: container } } } },
    })
    expect(compareSets(set(one), set(two)).map(toText)).toEqual(['web: variable A changed'])
  })

  it.each<[string, object, string]>([
    ['of an operation unknown', { op: 'move', path: `${main}/image`, from: '/x' }, `web: other ${main}/image changed`],
    ['of what isn’t there', { op: 'remove', path: `${main}/variables/Z` }, `web: other ${main}/variables/Z removed`],
    [
      'within a value',
      { op: 'add', path: `${main}/variables/A/${canary}`, value: 1 },
      `web: other ${main}/variables/A added`,
    ],
    [
      'within a parameter',
      { op: 'replace', path: `/externals/db/params/size/${canary}/y`, value: 1 },
      'web: other /externals/db/params/size changed',
    ],
    ['without a path', { op: 'add', path: canary, value: 1 }, 'web: other added'],
  ])('is told by its path where the old Set has no place for it: %s', (_, patch, expected) => {
    expect(changesOf(updateWeb(patch))).toEqual([expected])
  })

  it('is told where the old Set has no such workload', () => {
    const update = { api: [{ op: 'replace', path: `${main}/image`, value: 'api:2' }] }
    expect(changesOf({ modules: { update } })).toEqual([`api: other ${main}/image changed`])
  })

  it('is told of what isn’t what it should be', () => {
    const variables = (value: unknown) => ({
      ...emptySet,
      modules: { web: { spec: { containers: { main: { image: 'a', variables: value } } } } },
    })
    const changes = (old: unknown, young: unknown) => compareSets(variables(old), variables(young)).map(toText)
    expect(changes([canary], { A: '1' })).toEqual(['web: variable A added', `web: other ${main}/variables changed`])
    expect(changes('a', 'b')).toEqual([`web: other ${main}/variables changed`])
    expect(changes(null, {})).toEqual([])
    expect(changes(undefined, null)).toEqual([])
  })

  it('is arguments as a whole, whatever they are', () => {
    const set = (args: unknown) => ({
      ...emptySet,
      modules: { web: { spec: { containers: { main: { image: 'a', args } } } } },
    })
    expect(compareSets(set({ [canary]: 1 }), set({ [canary]: 2 })).map(toText)).toEqual([
      `web: other ${main}/args changed`,
    ])
  })

  it('is of lists by what they hold, in whichever order', () => {
    const set = (value: unknown) => ({ ...emptySet, modules: { web: { spec: { value } } } })
    const changes = (old: string, young: string) =>
      compareSets(set(JSON.parse(old)), set(JSON.parse(young))).map(toText)
    expect(changes('[{"a":1,"b":2}]', '[{"b":2,"a":1}]')).toEqual([])
    for (const young of ['[{"a":1}]', '[{"a":1,"b":2,"c":3}]', '[{"a":1,"b":2},1]', '[{"a":1,"c":2}]', '[[1,2]]'])
      expect(changes('[{"a":1,"b":2}]', young)).toEqual(['web: other /spec/value changed'])
    expect(changes('[{"__proto__":{}}]', '[{}]')).toEqual(['web: other /spec/value changed'])
  })

  it('ends, however deep an answer is', () => {
    const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
    const set = (value: unknown) => ({ ...emptySet, modules: { web: { spec: { value } } } })
    expect(compareSets(set(deep(20_000)), set(deep(20_000))).map(toText)).toEqual(['web: other /spec/value changed'])
    expect(compareSets(set(nested(20_000)), set(nested(20_001))).map(toText)).toEqual([
      'web: other /spec/value/a/a/a/a/a/a changed',
    ])
    expect(compareSets(set(nested(50)), set(nested(50)))).toEqual([])
  })
})

/** Every value of a Set by its pointer, down to what has no fields. */
const flatten = (value: unknown, pointer = ''): readonly (readonly [string, string])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) =>
        flatten(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
      )
    : [[pointer, JSON.stringify(value)]]

/** What differs, found in another way: by expressions on pointers, of which no field's order and no recursion is part. */
const compareFlat = (before: DeploymentSet, after: DeploymentSet) => {
  const [old, young] = [new Map(flatten(before)), new Map(flatten(after))]
  const pointers = [...new Set([...old.keys(), ...young.keys()])]
  const entriesOf = (values: ReadonlyMap<string, string>, pattern: RegExp) => {
    const found = new Map<string, string>()
    for (const [pointer, value] of values) {
      const [entry] = pattern.exec(pointer) ?? []
      if (entry !== undefined) found.set(entry, `${found.get(entry) ?? ''}${pointer.slice(entry.length)}=${value};`)
    }
    return found
  }
  const differing = (pattern: RegExp) => {
    const [olds, youngs] = [entriesOf(old, pattern), entriesOf(young, pattern)]
    return [...new Set([...olds.keys(), ...youngs.keys()])]
      .filter((entry) => olds.get(entry) !== youngs.get(entry))
      .map((entry) => ({ entry, change: !olds.has(entry) ? 'added' : !youngs.has(entry) ? 'removed' : 'changed' }))
  }
  return { old, young, pointers, differing }
}

const patterns = {
  workload: /^\/(?:modules|workloads)\/[^/]+/,
  container: /^\/(?:modules|workloads)\/[^/]+\/spec\/containers\/[^/]+/,
  image: /^\/(?:modules|workloads)\/[^/]+\/spec\/containers\/[^/]+\/image/,
  variable: /^\/(?:modules|workloads)\/[^/]+\/spec\/containers\/[^/]+\/variables\/[^/]+/,
  resource: /^\/(?:modules\/[^/]+\/externals|workloads\/[^/]+\/spec\/resources|shared)\/[^/]+/,
  type: /^\/(?:modules\/[^/]+\/externals|workloads\/[^/]+\/spec\/resources|shared)\/[^/]+\/type/,
}

const toKey = (key: string | undefined): string => (key ?? '').replaceAll('~1', '/').replaceAll('~0', '~')

/** The changes that must be there, but for those by path. */
const expectedChanges = (before: DeploymentSet, after: DeploymentSet): ReadonlySet<string> => {
  const { old, young, differing } = compareFlat(before, after)
  const shown = (values: ReadonlyMap<string, string>, pointer: string): string =>
    JSON.parse(values.get(pointer) ?? '""')
  const workloadOf = (pointer: string): string => (pointer.startsWith('/shared') ? '' : toKey(pointer.split('/')[2]))
  const text = (kind: string, pointer: string, change: string, shownAt = '') =>
    [
      `${workloadOf(pointer)}:`,
      kind,
      kind === 'workload' ? '' : toKey(pointer.split('/').at(kind === 'image' ? -2 : -1)),
      change,
      shownAt && shown(old, shownAt),
      shownAt && shown(young, shownAt),
    ]
      .filter(Boolean)
      .join(' ')
  const oneSided = ({ change }: { readonly change: string }) => change !== 'changed'
  return new Set([
    ...differing(patterns.workload)
      .filter(oneSided)
      .map(({ entry, change }) => text('workload', entry, change)),
    ...differing(patterns.image).map(({ entry, change }) => text('image', entry, change, entry)),
    ...differing(patterns.variable).map(({ entry, change }) => text('variable', entry, change)),
    ...differing(patterns.resource)
      .filter(oneSided)
      .map(({ entry, change }) => text('resource', entry, change, `${entry}/type`)),
    ...differing(patterns.type)
      .filter(({ change }) => change === 'changed')
      .map(({ entry }) => text('resource', entry.slice(0, -'/type'.length), 'changed', entry)),
  ])
}

/** Pointers of values that differ and belong to no change but one by path. An empty object has nothing that could. */
const expectedRest = (before: DeploymentSet, after: DeploymentSet): readonly string[] => {
  const { old, young, pointers, differing } = compareFlat(before, after)
  const whole = [patterns.workload, patterns.container, patterns.resource].flatMap((pattern) =>
    differing(pattern).filter(({ change }) => change !== 'changed'),
  )
  const isTold = (pointer: string) =>
    [patterns.image, patterns.variable, patterns.type].some((pattern) => pattern.test(pointer)) ||
    whole.some(({ entry }) => covers(entry, pointer))
  return pointers.filter(
    (pointer) =>
      old.get(pointer) !== young.get(pointer) &&
      [old, young].every((values) => values.get(pointer) !== '{}') &&
      !isTold(pointer),
  )
}

const covers = (path: string, pointer: string): boolean => pointer === path || pointer.startsWith(`${path}/`)

const valueAt = (set: DeploymentSet, pointer: string): unknown =>
  (parsePointer(pointer) ?? []).reduce<unknown>((value, key) => ownField(value, key), set)

describe('the changes between any two Sets', () => {
  it(
    'are those that another comparison finds, however the difference is written',
    () => {
      fc.assert(
        fc.property(randomSet, randomSet, choices, (before, after, choices) => {
          const diff = readDelta(diffOf(before, after, choices))
          const changes = diff ? listDiffChanges(before, diff) : []
          const told = new Set(changes.filter(({ kind }) => kind !== 'other').map(toText))
          expect([changes, told]).toEqual([compareSets(before, after), expectedChanges(before, after)])
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it(
    'tell by path what is left, all of it and nothing else',
    () => {
      // A change doesn't say in which section its workload is.
      const section = fc.constantFrom('modules', 'workloads')
      fc.assert(
        fc.property(randomSet, randomSet, section, (one, other, section) => {
          const [before, after] = [one, other].map((set) => ({
            ...emptySet,
            [section]: set[section],
            shared: set.shared,
          }))
          if (!before || !after) throw new Error('two Sets')
          const told = compareSets(before, after)
            .filter(({ kind }) => kind === 'other')
            .map(({ workload, name }) => (workload === '' ? '/shared' : formatPointer([section, workload])) + name)
          const rest = expectedRest(before, after)
          const untold = rest.filter((pointer) => !told.some((path) => covers(path, pointer)))
          const same = told.filter((path) => isDeepStrictEqual(valueAt(before, path), valueAt(after, path)))
          const twice = told.filter((path) => told.filter((other) => covers(other, path)).length !== 1)
          expect([untold, same, twice]).toEqual([[], [], []])
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it('are none between a Set and itself, and are in an order that fields’ order has no part in', () => {
    const reversed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value
    fc.assert(
      fc.property(randomSet, randomSet, (before, after) => {
        const [none, told] = [before, after].map((set) => compareSets(before, reversed(set) as DeploymentSet))
        expect([none, told]).toEqual([[], compareSets(before, after)])
      }),
    )
  })

  it(
    'never hold what the Sets contain, whatever has which shape',
    () => {
      const canaries = fc.oneof(randomSet, oddSet)
      fc.assert(
        fc.property(canaries, canaries, choices, (before, after, choices) => {
          const diff = readDelta(diffOf(before, after, choices))
          const lists = [before, emptySet].map((set) => (diff ? listDiffChanges(set, diff) : 'none'))
          expect(JSON.stringify([...lists, compareSets(undefined, after)])).not.toContain(canary)
        }),
      )
    },
    fuzzTimeoutMs,
  )
})
