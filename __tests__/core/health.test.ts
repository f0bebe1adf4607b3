import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { judgeHealth, type Rollout, readRevisions } from '../../src/core/health.ts'
import { at, controller, ended, msAt, pod, running, runtime, waiting, workload } from './cluster.ts'

type Json = Readonly<Record<string, unknown>>

const changed = new Set(['web'])
const rollout: Rollout = { workloads: ['web'], changed, createdAt: at(0) }
const nowSeconds = 200
const judge = (web: Json, more: Partial<Rollout> = {}) =>
  judgeHealth(runtime({ web }), { ...rollout, ...more }, msAt(nowSeconds))
const stateOf = (web: Json, more: Partial<Rollout> = {}) => judge(web, more).workloads[0]?.state

const ready = running(20)
const oldPod = pod([running(-500)], { podName: 'web-old', revision: 1 })
const evicted = pod([ended(137, 50)], { podName: 'web-evicted', phase: 'Failed' })
const init = (more: Json) => ended(0, 10, { name: 'init', ...more })
const replaced = { started_at: undefined }

describe('a workload', () => {
  it.each<[state: string, fact: string, web: Json]>([
    ['failing', 'waits since its image can’t be pulled', workload('Warning', [pod([waiting('ImagePullBackOff')])])],
    ['failing', 'waits in a crash loop', workload('Warning', [pod([waiting('CrashLoopBackOff')])])],
    ['failing', 'waits for a config map', workload('Warning', [pod([waiting('CreateContainerConfigError')])])],
    ['failing', 'waits for a reason that nobody knows', workload('Warning', [pod([waiting('Sulking')])])],
    ['failing', 'waits badly in one of two pods', workload('Success', [pod([ready]), pod([waiting('ErrImagePull')])])],
    [
      'failing',
      'waits badly in a container beside a good one',
      workload('Warning', [pod([ready, waiting('ErrImagePull')])]),
    ],
    [
      'failing',
      'waits badly in an init container',
      workload('Warning', [pod([waiting('CrashLoopBackOff'), waiting('PodInitializing')])]),
    ],
    ['failing', 'ended with 1', workload('Warning', [pod([ended(1, 190)])])],
    [
      'failing',
      'ended out of memory, its code untold',
      workload('Warning', [pod([{ state: { terminated: { reason: 'OOMKilled' } } }])]),
    ],
    [
      'failing',
      'was restarted 59 s ago and is ready in between',
      workload('Success', [pod([running(nowSeconds - 59, { restart_count: 1 })])]),
    ],
    [
      'running',
      'was restarted 60 s ago and has run since',
      workload('Success', [pod([running(nowSeconds - 60, { restart_count: 1 })])]),
    ],
    [
      'running',
      'was restarted before the deployment only',
      workload('Success', [pod([running(-1, { restart_count: 9 }), ready])]),
    ],
    [
      'starting',
      'was restarted nobody knows when',
      workload('Success', [pod([running(0, { restart_count: 1, state: { running: replaced } })])]),
    ],
    ['failing', 'ends with 0 again and again', workload('Warning', [pod([ended(0, 190, { restart_count: 3 })])])],
    [
      'failing',
      'is of the class Failure, with nobody failing',
      workload('Failure', [pod([running(20, { ready: false })])]),
    ],
    [
      'failing',
      'has the status Failed, and no class',
      { status: 'Failed', controllers: { web: controller([pod([ready])]) } },
    ],
    ['running', 'is of the class Success', workload('Success', [pod([ready]), pod([ready])])],
    [
      'running',
      'has the status Running, and no class',
      { status: 'Running', controllers: { web: controller([pod([ready])]) } },
    ],
    ['running', 'is of the class Success, and shows no pods', workload('Success', [])],
    ['running', 'has done its work, whatever the class', workload('Unknown', [pod([ended(0, 20)])], { kind: 'Job' })],
    [
      'running',
      'is a job that failed once, then did its work',
      workload('Warning', [pod([ended(0, 190, { restart_count: 1 })], { phase: 'Succeeded' })], { kind: 'Job' }),
    ],
    [
      'running',
      'has an init container that needed three tries',
      workload('Success', [pod([init({ restart_count: 2 }), ready])]),
    ],
    ['running', 'lost a pod with its node, and got another', workload('Success', [evicted, pod([ready])])],
    [
      'failing',
      'lost a pod with its node, and isn’t up again',
      workload('Warning', [evicted, pod([waiting('ContainerCreating')])]),
    ],
    ['running', 'has a pod that runs, of no container of which anything is told', workload('Success', [pod([])])],
    [
      'running',
      'has done its work, of no container of which anything is told',
      workload('Unknown', [pod([], { phase: 'Succeeded' })], { kind: 'Job' }),
    ],
    [
      'starting',
      'has a pod that is pending, of no container of which anything is told',
      workload('Success', [pod([], { phase: 'Pending' })]),
    ],
    ['stopped', 'wants no replicas', workload('Unknown', [], { replicas: 0 })],
    ['stopped', 'is of the class Stopped', workload('Stopped', [])],
    ['starting', 'has no replicas yet, but wants some', workload('Warning', [], { replicas: 0 })],
    ['starting', 'is creating its containers', workload('Warning', [pod([waiting('ContainerCreating')])])],
    ['starting', 'waits without a reason', workload('Warning', [pod([waiting('')])])],
    [
      'starting',
      'runs its init container',
      workload('Warning', [pod([running(5, { name: 'init' }), waiting('PodInitializing')])]),
    ],
    ['starting', 'ended, nobody knows how', workload('Warning', [pod([{ state: { terminated: {} } }])])],
    ['starting', 'runs and isn’t ready', workload('Success', [pod([running(20, { ready: false })])])],
    [
      'starting',
      'counts as a success by pods that are to go',
      workload('Success', [oldPod, pod([waiting('ContainerCreating')])]),
    ],
    ['starting', 'has only pods of the revision before', workload('Success', [oldPod])],
    ['starting', 'is of a class that nobody knows', workload('Sunny', [pod([ready])])],
    ['starting', 'counts as stopped before its first pod', workload('Stopped', [oldPod], { revision: 3 })],
    ['starting', 'has pods yet, though none is observed', workload('Unknown', [pod([ready])], { replicas: 0 })],
    [
      'starting',
      'has done half of its work',
      workload('Warning', [pod([ended(0, 20)]), pod([running(20)])], { kind: 'Job' }),
    ],
    [
      'starting',
      'has one container ready and one not',
      workload('Success', [pod([ready, running(20, { ready: false })])]),
    ],
    ['running', 'says no more than that it is ready', workload('Success', [pod([{ ready: true }])])],
    ['starting', 'says no more than that it isn’t ready', workload('Success', [pod([{ ready: false }])])],
    [
      'starting',
      'has an init container that needed tries, and the next one waits',
      workload('Warning', [pod([init({ restart_count: 2 }), waiting('PodInitializing')])]),
    ],
    [
      'failing',
      'ends with 0 again and again, beside one that can’t start',
      workload('Warning', [pod([ended(0, 190, { restart_count: 2 }), waiting('CrashLoopBackOff')])]),
    ],
    [
      'running',
      'ended with 0 before the deployment, after tries',
      workload('Unknown', [pod([ended(0, -1, { restart_count: 2 }), ended(0, 3, { name: 'second' })])]),
    ],
    [
      'failing',
      'ended with 0 since the deployment began, after tries',
      workload('Unknown', [pod([ended(0, 0, { restart_count: 2 })])]),
    ],
    ['failing', 'lost a pod, and isn’t a success yet', workload('Warning', [evicted, pod([ready])])],
    ['not_watched', 'has no controllers', { status: 'Unknown', status_class: 'Unknown', controllers: {} }],
    [
      'not_watched',
      'has no controllers, whatever the class',
      { status: 'Failed', status_class: 'Failure', controllers: {} },
    ],
    [
      'not_watched',
      'has a list where its controllers should be',
      { status_class: 'Success', controllers: [controller([])] },
    ],
  ])('is %s: %s', (state, _, web) => {
    expect(stateOf(web)).toBe(state)
  })

  it('is judged by its newest revision: old pods that fail are on their way out', () => {
    const oldFailing = pod([waiting('CrashLoopBackOff')], { revision: 1 })
    expect(stateOf(workload('Success', [oldFailing, pod([ready])]))).toBe('running')
    expect(stateOf(workload('Failure', [oldFailing, pod([waiting('ContainerCreating')])]))).toBe('starting')
    expect(stateOf(workload('Success', [pod([ready], { revision: 1 }), pod([waiting('ErrImagePull')])]))).toBe(
      'failing',
    )
  })

  it('that isn’t there is not watched', () => {
    expect(judgeHealth(runtime({}), rollout, msAt(nowSeconds))).toEqual({
      overall: 'unknown',
      workloads: [{ workload: 'web', state: 'not_watched', ready: 0, wanted: 0, reason: '', containers: [] }],
    })
  })

  it('is failing with what Kubernetes says of each container, and how many are ready', () => {
    const pods = [
      pod([waiting('ImagePullBackOff', { restart_count: 2 })]),
      pod([ended(137, 190, { state: { terminated: { exit_code: 137, reason: 'OOMKilled', message: 'm' } } })], {
        podName: 'b',
      }),
      pod([running(190, { restartCount: 3, restart_count: undefined })], { podName: 'c' }),
      pod([ready]),
    ]
    const common = { workload: 'web', container: 'main' }
    expect(judge(workload('Warning', pods)).workloads).toEqual([
      {
        workload: 'web',
        state: 'failing',
        ready: 1,
        wanted: 4,
        reason: 'ImagePullBackOff',
        containers: [
          { ...common, pod: 'web-5d9c', reason: 'ImagePullBackOff', restarts: 2, message: 'about ImagePullBackOff' },
          { ...common, pod: 'b', reason: 'OOMKilled', exitCode: 137, restarts: 0, message: 'm' },
          { ...common, pod: 'c', reason: 'restarted', restarts: 3, message: '' },
        ],
      },
    ])
  })

  it('shows each container that fails in a pod, and not those that did their work', () => {
    const looping = [ended(0, 190, { restart_count: 2 }), waiting('CrashLoopBackOff', { name: 'side' })]
    const reasons = (containers: readonly Json[]) =>
      judge(workload('Warning', [pod(containers)])).workloads[0]?.containers.map(({ reason }) => reason)
    expect(reasons(looping)).toEqual(['Completed', 'CrashLoopBackOff'])
    expect(reasons([init({ restart_count: 2 }), ended(1, 190)])).toEqual(['Completed', 'Error'])
    expect(reasons([init({ restart_count: 2 }), running(190, { restart_count: 1 })])).toEqual(['restarted'])
  })

  it('without a failing container is failing for what its controller says', () => {
    const web = workload('Failure', [pod([running(20, { ready: false })])], { message: 'ProgressDeadlineExceeded' })
    expect(judge(web).workloads[0]).toMatchObject({ reason: 'ProgressDeadlineExceeded', ready: 0, wanted: 1 })
    expect(judge(workload('Failure', [])).workloads[0]?.reason).toBe('Failed')
  })

  it('wants its replicas before there are pods', () => {
    expect(judge(workload('Warning', [], { replicas: 3 })).workloads[0]).toMatchObject({ ready: 0, wanted: 3 })
  })

  it('wants as many as are observed of its newest revision', () => {
    const pods = [oldPod, oldPod, pod([waiting('ErrImagePull')]), pod([ready])]
    expect(judge(workload('Warning', pods, { replicas: 4 })).workloads[0]).toMatchObject({ ready: 1, wanted: 2 })
    expect(judge(workload('Warning', pods, { replicas: 5 })).workloads[0]).toMatchObject({ ready: 1, wanted: 3 })
    expect(judge(workload('Warning', pods, { replicas: 2 })).workloads[0]).toMatchObject({ ready: 1, wanted: 2 })
  })
})

describe('whose state is it', () => {
  const crashing = workload('Failure', [pod([waiting('CrashLoopBackOff')])])
  const before = readRevisions(runtime({ web: crashing }))
  const next = { revision: 3 }

  it('not a changed workload’s while its controller shows the revision of the first look: the runtime lags', () => {
    expect(stateOf(crashing, { revisionsBefore: before })).toBe('not_rolled_out')
    expect(stateOf(workload('Success', [pod([ready])]), { revisionsBefore: before })).toBe('not_rolled_out')
    expect(judge(crashing, { revisionsBefore: before }).overall).toBe('unknown')
  })

  it('the changed workload’s as soon as a new revision shows, on the controller or on a pod', () => {
    const revisionsBefore = before
    expect(stateOf(workload('Failure', [pod([waiting('ErrImagePull')], next)], next), { revisionsBefore })).toBe(
      'failing',
    )
    expect(stateOf(workload('Success', [pod([ready]), pod([ready], next)]), { revisionsBefore })).toBe('running')
    expect(stateOf(workload('Success', [pod([ready])], next), { revisionsBefore })).toBe('starting')
  })

  it('not the changed workload’s where the pods of the new revision are from before: somebody else’s rollout, shown late', () => {
    const revisionsBefore = before
    expect(stateOf(workload('Success', [pod([running(-1)], next)], next), { revisionsBefore })).toBe('not_rolled_out')
    expect(stateOf(workload('Failure', [pod([ended(1, -1)], next)], next), { revisionsBefore })).toBe('not_rolled_out')
    expect(stateOf(workload('Success', [pod([running(0)], next)], next), { revisionsBefore })).toBe('running')
  })

  it('an unchanged workload’s as it is, failing or not', () => {
    const more = { changed: new Set<string>(), revisionsBefore: before }
    expect(stateOf(crashing, more)).toBe('failing')
    expect(stateOf(workload('Success', [pod([running(-500)])]), more)).toBe('running')
    expect(
      stateOf(workload('Success', [pod([running(-500, { restart_count: 4, state: { running: {} } })])]), more),
    ).toBe('running')
  })

  it('any workload’s may be old while nobody knows which have changed', () => {
    const { changed: _, ...unknown } = rollout
    expect(judgeHealth(runtime({ web: crashing }), { ...unknown, revisionsBefore: before }, msAt(9)).overall).toBe(
      'unknown',
    )
  })

  it('a new controller’s is the deployment’s', () => {
    const two = { ...crashing, controllers: { web: controller([pod([ready])]), job: controller([pod([ended(1, 5)])]) } }
    expect(stateOf(two, { revisionsBefore: before })).toBe('failing')
    expect(stateOf(crashing, { revisionsBefore: readRevisions(runtime({ other: crashing })) })).toBe('failing')
  })

  it('is told by times without a first look: what last started or ended before the deployment doesn’t count', () => {
    expect(stateOf(workload('Success', [pod([running(-1)])]))).toBe('not_rolled_out')
    expect(stateOf(workload('Failure', [pod([ended(1, -1)])]))).toBe('not_rolled_out')
    expect(stateOf(workload('Success', [pod([running(0)])]))).toBe('running')
    expect(stateOf(workload('Success', [pod([running(-9), ended(0, 3)])]))).toBe('running')
    expect(stateOf(workload('Failure', [pod([ended(1, -1)]), pod([waiting('ContainerCreating')])]))).toBe('starting')
  })

  it('is told by times, too, where the first look had no revision, or nothing at all', () => {
    const untold = readRevisions(
      runtime({ web: workload('Success', [pod([ready], { revision: 0 })], { revision: 0 }) }),
    )
    for (const revisionsBefore of [untold, readRevisions(runtime({}))]) {
      expect(stateOf(workload('Success', [pod([running(-1)])]), { revisionsBefore })).toBe('not_rolled_out')
      expect(stateOf(workload('Success', [pod([running(1)])]), { revisionsBefore })).toBe('running')
    }
  })

  it('is told by whole seconds, as Kubernetes writes its times', () => {
    const more = { createdAt: '2026-11-23T17:00:00.999999999Z' }
    expect(stateOf(workload('Success', [pod([running(0)])]), more)).toBe('running')
    expect(stateOf(workload('Success', [pod([running(-1)])]), more)).toBe('not_rolled_out')
  })

  it('is believed to be the deployment’s when that ended long ago, since not every change makes new pods', () => {
    const old = workload('Success', [pod([running(-500)])])
    for (const revisionsBefore of [before, undefined]) {
      const more = { ...(revisionsBefore && { revisionsBefore }), isSettled: true as const }
      expect(stateOf(old, more)).toBe('running')
      expect(stateOf(crashing, more)).toBe('failing')
      expect(
        judge(workload('Warning', [oldPod, pod([waiting('ContainerCreating')])]), more).workloads[0],
      ).toMatchObject({ state: 'starting', ready: 0, wanted: 1 })
    }
    const beside = [pod([running(-500)]), pod([waiting('ContainerCreating')])]
    expect(stateOf(workload('Success', beside), { isSettled: true })).toBe('starting')
  })

  it('a deployment whose beginning can’t be read has no past', () => {
    expect(stateOf(workload('Success', [pod([running(-500)])]), { createdAt: '' })).toBe('running')
  })
})

describe('all together', () => {
  const good = workload('Success', [pod([ready])])
  const bad = workload('Warning', [pod([waiting('ErrImagePull')])])
  const starting = workload('Warning', [pod([waiting('ContainerCreating')])])
  const stopped = workload('Stopped', [])
  const overall = (modules: Json, workloads?: readonly string[]) =>
    judgeHealth(runtime(modules), { changed, createdAt: at(0), ...(workloads && { workloads }) }, msAt(nowSeconds))
      .overall

  it.each<[string, string, Json, string[] | undefined]>([
    ['healthy', 'all run, or want no replicas', { a: good, b: stopped }, ['a', 'b']],
    ['healthy', 'one isn’t watched, and the other runs', { a: good }, ['a', 'b']],
    ['healthy', 'one fails that isn’t part of the Set', { a: good, b: bad }, ['a']],
    ['unhealthy', 'one fails beside a good one', { a: good, b: bad }, ['a', 'b']],
    ['unhealthy', 'one fails, and no Set is known', { a: good, b: bad }, undefined],
    ['unknown', 'one is starting', { a: good, b: starting }, ['a', 'b']],
    ['unknown', 'none is watched', {}, ['a', 'b']],
    ['unknown', 'the Set has no workloads', { a: good }, []],
  ])('%s: %s', (expected, _, modules, workloads) => {
    expect(overall(modules, workloads)).toBe(expected)
  })
})

const anyContainer = fc.oneof(
  fc.constantFrom('', 'ContainerCreating', 'CrashLoopBackOff', 'ErrImagePull').map((reason) => waiting(reason)),
  fc
    .record({
      started: fc.integer({ min: -300, max: 200 }),
      restart_count: fc.integer({ min: 0, max: 2 }),
      ready: fc.boolean(),
    })
    .map(({ started, ...more }) => running(started, more)),
  fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -300, max: 200 })).map(([code, end]) => ended(code, end)),
)
const anyPod = fc
  .record({ containers: fc.array(anyContainer, { maxLength: 3 }), revision: fc.integer({ min: 0, max: 3 }) })
  .map(({ containers, revision }) => pod(containers, { revision }))
const anyWorkload = fc
  .tuple(fc.constantFrom('Success', 'Failure', 'Warning', 'Stopped', 'Unknown', ''), fc.array(anyPod, { maxLength: 3 }))
  .map(([statusClass, pods]) => workload(statusClass, pods))
const anyModules = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), anyWorkload)
const anyRollout = fc.record({
  changed: fc.subarray(['a', 'b', 'c', 'd']).map((names) => new Set(names)),
  createdAt: fc.constant(at(0)),
})
const isNever = (check: (modules: Json, given: Rollout, first: Json) => void) =>
  fc.assert(fc.property(anyModules, anyRollout, anyModules, check))

describe('whatever the cluster shows', () => {
  it('a workload that isn’t part of the Set never decides', () => {
    isNever((modules, given) => {
      const workloads = ['a', 'b']
      const own = Object.fromEntries(Object.entries(modules).filter(([name]) => workloads.includes(name)))
      const judgeAll = (all: Json) => judgeHealth(runtime(all), { ...given, workloads }, msAt(200))
      expect(judgeAll(modules)).toEqual(judgeAll(own))
    })
  })

  it('a changed workload that shows the first look’s revision never fails, and is never healthy', () => {
    isNever((modules, given) => {
      const revisionsBefore = readRevisions(runtime(modules))
      for (const { workload: name, state } of judgeHealth(runtime(modules), { ...given, revisionsBefore }, msAt(200))
        .workloads) {
        const noted = [...(revisionsBefore.get(name)?.values() ?? [])]
        if (given.changed?.has(name) && noted.every((each) => each !== undefined))
          expect(['not_rolled_out', 'not_watched']).toContain(state)
      }
    })
  })

  it('an unchanged one is judged the same with a first look and without', () => {
    isNever((modules, given, first) => {
      const unchanged = { ...given, changed: new Set<string>() }
      const revisionsBefore = readRevisions(runtime(first))
      expect(judgeHealth(runtime(modules), { ...unchanged, revisionsBefore }, msAt(200))).toEqual(
        judgeHealth(runtime(modules), unchanged, msAt(200)),
      )
    })
  })

  it('healthy is never said while one that is watched is failing, starting, or not rolled out', () => {
    isNever((modules, given) => {
      const { overall, workloads } = judgeHealth(runtime(modules), given, msAt(200))
      const states = workloads.map(({ state }) => state).filter((state) => state !== 'not_watched')
      const isGood = states.length > 0 && states.every((state) => state === 'running' || state === 'stopped')
      expect(overall === 'healthy').toBe(isGood)
      expect(overall === 'unhealthy').toBe(states.includes('failing'))
    })
  })

  it('no more are ready than wanted, and whoever is failing has a reason', () => {
    isNever((modules, given) => {
      for (const { ready: up, wanted, state, reason } of judgeHealth(runtime(modules), given, msAt(200)).workloads) {
        expect(up).toBeLessThanOrEqual(wanted)
        expect(reason !== '').toBe(state === 'failing')
      }
    })
  })
})
