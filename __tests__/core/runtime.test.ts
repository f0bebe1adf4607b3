import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { toRuntime } from '../../src/core/runtime.ts'
import { InvalidResponse } from '../../src/core/text/json.ts'

const container = {
  name: 'main',
  ready: true,
  restart_count: 2,
  status: 'Success',
  state: { running: { started_at: 't' } },
}

const pod = { podName: 'web-1', phase: 'Running', status: 'Success', revision: 3, containerStatuses: [container] }

const controller = { kind: 'Deployment', status: 'Running', replicas: 1, message: 'm', revision: 3, pods: [pod] }

const module = { status: 'Running', status_class: 'Success', controllers: { web: controller } }

const read = (modules: unknown) => toRuntime({ namespace: 'shop', modules }).modules

const readController = (fields: unknown) => read({ web: { ...module, controllers: { web: fields } } })[0]?.controllers

const readPod = (fields: unknown) => readController({ ...controller, pods: [fields] })?.[0]?.pods

const readContainer = (fields: unknown) => readPod({ ...pod, containerStatuses: [fields] })?.[0]?.containers

const readState = (state: unknown) => readContainer({ ...container, state })?.[0]?.state

describe('the runtime', () => {
  it('is read as it is, its maps as lists', () => {
    expect(read({ web: module })).toEqual([
      {
        id: 'web',
        status: 'Running',
        status_class: 'Success',
        controllers: [
          {
            name: 'web',
            kind: 'Deployment',
            replicas: 1,
            message: 'm',
            revision: 3,
            pods: [
              {
                podName: 'web-1',
                phase: 'Running',
                revision: 3,
                containers: [
                  { name: 'main', ready: true, restart_count: 2, state: { kind: 'running', started_at: 't' } },
                ],
              },
            ],
          },
        ],
      },
    ])
  })

  it('may be empty', () => {
    expect(read({})).toEqual([])
    expect(read(null)).toEqual([])
  })

  it('may lack everything but its modules', () => {
    expect(read({ web: {} })).toEqual([{ id: 'web', status: '', status_class: '', controllers: [] }])
    expect(readController({})).toEqual([
      { name: 'web', kind: '', message: '', replicas: undefined, revision: undefined, pods: [] },
    ])
    expect(readPod({})).toEqual([{ podName: '', phase: '', revision: undefined, containers: [] }])
    expect(readContainer({})).toEqual([{ name: '', ready: undefined, restart_count: 0, state: { kind: 'unknown' } }])
  })

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { modules: undefined },
    { modules: [] },
    { modules: [module] },
    { modules: 'x' },
  ])('is none: %j', (value) => {
    expect(() => toRuntime(value)).toThrow(InvalidResponse)
  })

  it('leaves out what is no entry', () => {
    expect(read({ a: null, b: 7, c: [module], web: {} }).map(({ id }) => id)).toEqual(['web'])
    expect(read({ web: { controllers: [controller] } })[0]?.controllers).toEqual([])
    expect(readController({ pods: { a: pod } })?.[0]?.pods).toEqual([])
    expect(readController({ pods: [null, 7, [pod], {}] })?.[0]?.pods).toHaveLength(1)
    expect(readPod({ containerStatuses: { main: container } })?.[0]?.containers).toEqual([])
  })

  it('has workloads of any name', () => {
    expect(read(JSON.parse('{"__proto__": {}, "constructor": {}}')).map(({ id }) => id)).toEqual([
      '__proto__',
      'constructor',
    ])
  })

  it('counts restarts under both names', () => {
    const restarts = (fields: unknown) => readContainer(fields)?.[0]?.restart_count
    expect(restarts({ restartCount: 4 })).toBe(4)
    expect(restarts({ restart_count: 5, restartCount: 4 })).toBe(5)
    expect(restarts({ restart_count: null, restartCount: 4 })).toBe(4)
    expect(restarts({ restart_count: -1 })).toBe(0)
    expect(restarts({ restart_count: '3' })).toBe(0)
  })

  it.each([0, -1, 1.5, '3', null])('has no revision %j', (revision) => {
    expect(readController({ revision })?.[0]?.revision).toBeUndefined()
  })

  it('may want no replicas', () => {
    expect(readController({ replicas: 0 })?.[0]?.replicas).toBe(0)
    for (const replicas of [-1, 1.5, '1']) expect(readController({ replicas })?.[0]?.replicas).toBeUndefined()
  })
})

describe('a container', () => {
  const ended = { kind: 'terminated', exit_code: undefined, reason: '', message: '', finished_at: '' }

  it.each<[string, unknown, unknown]>([
    ['waits', { waiting: { reason: 'r', message: 'm' } }, { kind: 'waiting', reason: 'r', message: 'm' }],
    ['waits, nobody knows why', { waiting: {} }, { kind: 'waiting', reason: '', message: '' }],
    ['runs, nobody knows since when', { running: { started_at: 7 } }, { kind: 'running', started_at: '' }],
    [
      'ended',
      { terminated: { exit_code: 3, reason: 'Error', finished_at: 't' } },
      { ...ended, exit_code: 3, reason: 'Error', finished_at: 't' },
    ],
    [
      'ended well, its code left out',
      { terminated: { reason: 'Completed' } },
      { ...ended, exit_code: 0, reason: 'Completed' },
    ],
    ['ended, nobody knows how', { terminated: { exit_code: '1' } }, ended],
    [
      'waits, with the other states null',
      { waiting: { reason: 'r' }, running: null, terminated: null },
      { kind: 'waiting', reason: 'r', message: '' },
    ],
    ['both ended and runs: it ended', { running: {}, terminated: { exit_code: 1 } }, { ...ended, exit_code: 1 }],
    ['does something unknown', { paused: {} }, { kind: 'unknown' }],
    ['has no state', null, { kind: 'unknown' }],
    ['has a text as state', 'running', { kind: 'unknown' }],
  ])('%s', (_, state, expected) => {
    expect(readState(state)).toEqual(expected)
  })
})

it('whatever the modules are, the rest is read', () => {
  const anyModules = fc.dictionary(
    fc.string(),
    fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.jsonValue(),
        fc.record(
          {
            controllers: tie('value'),
            pods: tie('value'),
            containerStatuses: tie('value'),
            state: tie('value'),
            web: tie('value'),
          },
          { requiredKeys: [] },
        ),
        fc.array(tie('value'), { maxLength: 2 }),
      ),
    })).value,
  )
  fc.assert(
    fc.property(anyModules, (modules) => {
      const json: unknown = JSON.parse(JSON.stringify({ web: module, ...modules, last: module }))
      expect(read(json).some(({ id, status }) => id === 'last' && status === 'Running')).toBe(true)
    }),
  )
})
