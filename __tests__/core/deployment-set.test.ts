import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { emptySet, listWorkloads, readDeploymentSet } from '../../src/core/delta.ts'

const container = (image: string) => ({ id: 'x', image, variables: {} })

describe('a Set', () => {
  it('is read by its three parts', () => {
    const set = {
      id: 'abc',
      version: 0,
      modules: { web: { profile: 'p' } },
      shared: { dns: { type: 'dns' } },
      workloads: { job: { spec: {} } },
    }
    expect(readDeploymentSet(set)).toEqual({
      modules: { web: { profile: 'p' } },
      shared: { dns: { type: 'dns' } },
      workloads: { job: { spec: {} } },
    })
  })

  it.each([
    ['left out', {}],
    ['null', { modules: null, shared: null, workloads: null }],
    ['lists', { modules: [1], shared: [], workloads: ['web'] }],
    ['text', { modules: 'web', shared: 'x', workloads: 'y' }],
  ])('has none of what is %s', (_, answer) => {
    expect(readDeploymentSet(answer)).toEqual(emptySet)
  })

  it.each([[null], ['a Set'], [[]], [7], [undefined]])('can not be read from %j', (answer) => {
    expect(readDeploymentSet(answer)).toBeUndefined()
  })

  it('keeps odd entries beside good ones', () => {
    const set = readDeploymentSet({ modules: { odd: 'text', web: { spec: { containers: { main: 7 } } } } })
    expect(set?.modules['odd']).toBe('text')
    expect(set && listWorkloads(set)).toEqual([
      { workload: 'odd', section: 'modules', containers: [] },
      { workload: 'web', section: 'modules', containers: [{ key: 'main', image: '' }] },
    ])
  })
})

describe('the workloads of a Set', () => {
  it('are those of both sections by name, their containers by key', () => {
    const set = {
      ...emptySet,
      modules: {
        web: { spec: { containers: { proxy: container('envoy:1'), main: container('shop:1') } } },
        cache: { profile: 'humanitec/redis' },
      },
      workloads: { job: { spec: { containers: { main: container('job:1') } } } },
    }
    expect(listWorkloads(set)).toEqual([
      { workload: 'cache', section: 'modules', containers: [] },
      { workload: 'job', section: 'workloads', containers: [{ key: 'main', image: 'job:1' }] },
      {
        workload: 'web',
        section: 'modules',
        containers: [
          { key: 'main', image: 'shop:1' },
          { key: 'proxy', image: 'envoy:1' },
        ],
      },
    ])
  })

  it('of one name in both sections begin with the one that is deployed', () => {
    const web = { spec: { containers: { main: container('shop:1') } } }
    expect(listWorkloads({ ...emptySet, modules: { web }, workloads: { web } }).map(({ section }) => section)).toEqual([
      'workloads',
      'modules',
    ])
  })

  it('may be named as what every object has', () => {
    const set = readDeploymentSet(JSON.parse('{"modules":{"__proto__":{"spec":{"containers":{"constructor":{}}}}}}'))
    expect(set && listWorkloads(set)).toEqual([
      { workload: '__proto__', section: 'modules', containers: [{ key: 'constructor', image: '' }] },
    ])
  })

  it('are listed whatever an answer holds', () => {
    const part = fc.dictionary(fc.constantFrom('web', 'spec', 'containers', 'image', '__proto__'), fc.jsonValue())
    fc.assert(
      fc.property(fc.record({ modules: part, workloads: part, shared: fc.jsonValue() }), (answer) => {
        const set = readDeploymentSet(answer)
        const names = [...Object.keys(answer.modules), ...Object.keys(answer.workloads)]
        expect(set && listWorkloads(set).map(({ workload }) => workload)).toEqual(names.toSorted())
      }),
    )
  })
})
