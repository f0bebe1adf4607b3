import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { applyDelta, emptySet, formatPointer, type Patch, parsePointer, readDelta } from '../../src/core/delta.ts'
import { anyCharacter } from './any-character.ts'

const none = { add: {}, remove: [], update: [] }

describe('a Delta', () => {
  it('is read by what it does', () => {
    const patch = { op: 'replace', path: '/spec/containers/main/image', value: 'shop:2' }
    const delta = {
      id: 'x',
      metadata: {},
      modules: { add: { cache: { profile: 'p' } }, remove: ['old'], update: { web: [patch] } },
      workloads: { update: { job: [patch] } },
      shared: [{ op: 'remove', path: '/dns' }],
    }
    expect(readDelta(delta)).toEqual({
      modules: { add: { cache: { profile: 'p' } }, remove: ['old'], update: [['web', [patch]]] },
      workloads: { ...none, update: [['job', [patch]]] },
      shared: [{ op: 'remove', path: '/dns', value: null }],
    })
  })

  it.each([
    ['nothing is there', {}],
    ['all is null', { modules: null, shared: null, workloads: { add: null, remove: null, update: null } }],
    ['nothing has its shape', { modules: [], shared: 'x', workloads: { add: [], remove: {}, update: [1] } }],
    ['the description’s own examples are followed', { modules: { updates: { web: [{ op: 'remove', path: '/x' }] } } }],
  ])('does nothing where %s', (_, answer) => {
    const delta = readDelta(answer)
    expect(delta?.modules).toEqual(none)
    expect(delta?.workloads.add).toEqual({})
    expect(delta?.workloads.remove).toEqual([])
    expect(delta?.shared).toEqual([])
  })

  it('keeps good entries beside odd ones', () => {
    const answer = { modules: { remove: [7, 'old', null], update: { web: ['x', { path: 7 }], job: 'y' } } }
    expect(readDelta(answer)?.modules).toEqual({
      add: {},
      remove: ['old'],
      update: [
        ['web', [{ op: '', path: '', value: null }]],
        ['job', []],
      ],
    })
  })

  it.each([[null], ['4a6330d'], [[]]])('can not be read from %j', (answer) => {
    expect(readDelta(answer)).toBeUndefined()
  })
})

const web = { spec: { containers: { main: { image: 'shop:1', args: ['a', 'b'] } } } }
const set = { ...emptySet, modules: { web, old: {} }, shared: { dns: { type: 'dns' } } }
const patchWeb = (...patches: readonly Patch[]) =>
  applyDelta(set, { modules: { ...none, update: [['web', patches]] }, workloads: none, shared: [] })
const args = '/spec/containers/main/args'

describe('the Set that a Delta leads to', () => {
  it.each<[string, Patch, unknown]>([
    ['a replaced value', { op: 'replace', path: `${args}/0`, value: 'c' }, ['c', 'b']],
    ['an inserted one', { op: 'add', path: `${args}/1`, value: 'c' }, ['a', 'c', 'b']],
    ['one at the end', { op: 'add', path: `${args}/-`, value: 'c' }, ['a', 'b', 'c']],
    ['one fewer', { op: 'remove', path: `${args}/0`, value: null }, ['b']],
    ['one within', { op: 'add', path: `${args}/-`, value: { a: 1 } }, ['a', 'b', { a: 1 }]],
    ['another list', { op: 'replace', path: args, value: [] }, []],
  ])('has %s', (_, patch, expected) => {
    const result = patchWeb(patch)
    expect(result.set.modules['web']).toEqual({ spec: { containers: { main: { image: 'shop:1', args: expected } } } })
    expect(result.unfit).toEqual([])
  })

  it('has what was added, has not what was removed, and leaves the old one as it was', () => {
    const before = structuredClone(set)
    const delta = { add: { web: { profile: 'new' } }, remove: ['old'], update: [] }
    const shared = [{ op: 'add', path: '/cache', value: { type: 'redis' } }]
    expect(applyDelta(set, { modules: delta, workloads: none, shared }).set).toEqual({
      modules: { web: { profile: 'new' } },
      workloads: {},
      shared: { dns: { type: 'dns' }, cache: { type: 'redis' } },
    })
    expect(set).toEqual(before)
  })

  it('has objects where Humanitec leaves empty ones out', () => {
    const result = patchWeb({ op: 'add', path: '/externals/db', value: { type: 'postgres' } })
    expect(result.set.modules['web']).toEqual({ ...web, externals: { db: { type: 'postgres' } } })
  })

  it('may have a key that every object has', () => {
    const { modules } = patchWeb({ op: 'add', path: '/spec/__proto__', value: { polluted: true } }).set
    expect(JSON.stringify(modules['web'])).toContain('"__proto__":{"polluted":true}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    const removed = patchWeb({ op: 'remove', path: '/spec/constructor', value: null })
    expect(removed.unfit).toHaveLength(1)
  })

  it.each<[string, Patch]>([
    ['no operation that there is', { op: 'move', path: '/spec', value: null }],
    ['no pointer', { op: 'add', path: 'spec', value: null }],
    ['the removal of what isn’t there', { op: 'remove', path: '/spec/containers/none', value: null }],
    ['the removal of the whole', { op: 'remove', path: '', value: null }],
    ['a place within a text', { op: 'add', path: '/spec/containers/main/image/tag', value: '2' }],
    ['a place behind a list’s end', { op: 'add', path: `${args}/3`, value: 'c' }],
    ['a replacement at a list’s end', { op: 'replace', path: `${args}/2`, value: 'c' }],
    ['an index that is none', { op: 'add', path: `${args}/01`, value: 'c' }],
    ['a place within what a list doesn’t have', { op: 'add', path: `${args}/5/x`, value: 'c' }],
    ['more keys than any path has', { op: 'add', path: '/x'.repeat(100_000), value: 'c' }],
  ])('is not touched by %s, which is told', (_, patch) => {
    expect(patchWeb(patch)).toEqual({ set, unfit: [{ section: 'modules', workload: 'web', patch }] })
  })

  it('has no workload that was updated only', () => {
    const patch = { op: 'add', path: '/spec', value: {} }
    const delta = { modules: none, workloads: { ...none, update: [['job', [patch]] as const] }, shared: [] }
    expect(applyDelta(set, delta)).toEqual({ set, unfit: [{ section: 'workloads', workload: 'job', patch }] })
  })
})

describe('a JSON Pointer', () => {
  it('escapes what has a meaning in it', () => {
    expect(formatPointer(['spec', 'a/b', 'c~1d', ''])).toBe('/spec/a~1b/c~01d/')
    expect(parsePointer('/spec/a~1b/c~01d/')).toEqual(['spec', 'a/b', 'c~1d', ''])
  })

  it('comes back as the keys that it was made of', () => {
    const keys = fc.array(fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom('~', '/', '~1', '~01')))
    fc.assert(fc.property(keys, (keys) => expect(parsePointer(formatPointer(keys))).toEqual(keys)))
  })
})
