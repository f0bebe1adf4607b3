import { describe, expect, it } from '@jest/globals'
import {
  does,
  healthScenarios,
  listSaid,
  playHealth as play,
  pulling,
  type HealthScenario as Scenario,
} from '../../testing/ends/health-scenarios.ts'
import { badGateway, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import type { WorkloadPlan } from '../../testing/simulator/orchestrator/cluster.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const forEver = Number.POSITIVE_INFINITY

describe('what a workload does, is said and ends', () => {
  it.each<[fact: string, said: readonly string[], health: string, healthy: string]>([
    ['runs', [], 'healthy', 'succeeded, healthy'],
    ['runs; its entry in the Set changes, but its pods don’t', [], 'unknown', 'succeeded, healthy'],
    [
      'has an image that doesn’t exist',
      ['00:45  in progress · web: 0 of 2 ready, ImagePullBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'has one of two pods with an image that doesn’t exist',
      ['00:45  in progress · web: 1 of 2 ready, ImagePullBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'lacks its configuration',
      ['00:45  in progress · web: 0 of 2 ready, CreateContainerConfigError'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    ['fits on no node', [], 'unknown', 'unhealthy, unknown'],
    [
      'is in a crash loop, and ready in between',
      ['00:45  in progress · web: 0 of 2 ready, CrashLoopBackOff', '01:45  in progress · web: 0 of 2 ready, restarted'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'crashes whenever it has been ready for 40 s',
      ['01:45  in progress · web: 0 of 2 ready, CrashLoopBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'crashes twice, and then runs',
      ['00:45  in progress · web: 0 of 2 ready, restarted', '01:45  in progress · web: 2 of 2 ready'],
      'healthy',
      'succeeded, healthy',
    ],
    [
      'keeps running out of memory',
      ['00:45  in progress · web: 0 of 2 ready, OOMKilled', '01:45  in progress · web: 0 of 2 ready, restarted'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    ['runs and is never ready', [], 'unknown', 'unhealthy, unknown'],
    ['is ready after 3 min', [], 'unknown', 'succeeded, healthy'],
    ['has zero replicas', [], 'healthy', 'succeeded, healthy'],
    ['is a stateful set', [], 'healthy', 'succeeded, healthy'],
    ['is a job that completes', [], 'healthy', 'succeeded, healthy'],
    ['is a job that fails', ['00:45  in progress · web: 0 of 2 ready, Error'], 'unhealthy', 'unhealthy, unhealthy'],
    ['has an init container that completes', [], 'healthy', 'succeeded, healthy'],
    [
      'has an init container that crashes',
      ['00:45  in progress · web: 0 of 2 ready, CrashLoopBackOff', '01:45  in progress · web: 0 of 2 ready, restarted'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'has a container that runs beside one that crashes',
      ['00:45  in progress · web: 0 of 2 ready, CrashLoopBackOff', '01:45  in progress · web: 0 of 2 ready, restarted'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    ['crashed before, and runs now', [], 'healthy', 'succeeded, healthy'],
    [
      'already had an image that doesn’t exist',
      ['00:45  in progress · web: 0 of 2 ready, ImagePullBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    ['crashed before; the new pods appear only after the deployment has finished', [], 'unknown', 'succeeded, healthy'],
    ['is shown by the API 50 s late', [], 'healthy', 'succeeded, healthy'],
    [
      'has an image that doesn’t exist, which the API shows 50 s late',
      ['01:45  in progress · web: 0 of 2 ready, ImagePullBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'has an image that doesn’t exist, which the API shows only after the deployment has finished',
      [],
      'unknown',
      'unhealthy, unhealthy',
    ],
    ['has no controllers', [], 'unknown', 'succeeded, unknown'],
    ['isn’t shown by the API', [], 'unknown', 'succeeded, unknown'],
    ['is deployed with GitOps', [], 'unknown', 'succeeded, unknown'],
    ['runs; the API gives no revisions', [], 'healthy', 'succeeded, healthy'],
    [
      'has an image that doesn’t exist; the API gives no revisions',
      ['00:45  in progress · web: 0 of 2 ready, ImagePullBackOff'],
      'unhealthy',
      'unhealthy, unhealthy',
    ],
    [
      'crashes once, shortly before the end; the API calls the number of restarts `restartCount`',
      ['01:45  in progress · web: 0 of 2 ready, restarted'],
      'unhealthy',
      'succeeded, healthy',
    ],
    [
      'runs; the API supports only version 1 of the endpoint `runtime`, which the action can’t read',
      [],
      '',
      'unhealthy, unknown',
    ],
  ])('%s', async (fact, said, health, healthy) => {
    const scenario = healthScenarios[fact] ?? {}
    expect(Object.keys(healthScenarios)).toContain(fact)
    const deployed = await play(scenario)
    expect(listSaid(deployed.world)).toEqual(said)
    expect([deployed.outcome, deployed.health]).toEqual(['succeeded', health])
    const waited = await play(scenario, { wait_for: 'healthy' })
    expect(`${waited.outcome}, ${waited.health}`).toBe(healthy)
    expect(waited.world.outputs['status']).toBe('succeeded')
  })
})

const refuse = (action: FaultAction, more: { readonly after?: number; readonly times?: number } = {}): Scenario => ({
  prepare: ({ orchestrator }) => orchestrator.addFault({ on: 'GET runtime', times: forEver, ...more, do: action }),
})
const refused = (status: number): FaultAction => ({ kind: 'answer', status, body: { error: 'X', message: 'No.' } })

/** Seconds since the start of the step. */
const listLooks = ({ orchestrator }: World): readonly number[] => {
  const firstMs = orchestrator.record[0]?.atMs ?? 0
  return orchestrator.record.flatMap(({ operation, atMs }) =>
    operation === 'GET runtime' ? [Math.floor((atMs - firstMs) / 1000)] : [],
  )
}

describe('a runtime that can’t be read', () => {
  it.each<[string, FaultAction, whileWaiting: number, afterwards: number]>([
    ['may not be seen', refused(403), 1, 0],
    ['isn’t there', refused(404), 1, 0],
    ['is throttled', tooManyRequests(), 1, 1],
    ['is unwell', badGateway(503), 1, 1],
    ['is cut', { kind: 'cut' }, 1, 1],
    ['never ends', { kind: 'stall', at: 'body' }, 1, 1],
    ['is no JSON', { kind: 'text', text: '<html>' }, 1, 1],
  ])('and %s costs one request while waiting, and changes nothing', async (_, action, whileWaiting, afterwards) => {
    const { world, outcome, health } = await play(refuse(action))
    expect([outcome, health]).toEqual(['succeeded', ''])
    expect(world.annotations).toEqual([])
    expect(listLooks(world).filter((seconds) => seconds < 119)).toHaveLength(whileWaiting)
    expect(listLooks(world).filter((seconds) => seconds >= 119)).toHaveLength(afterwards)
  })

  it.each<[string, FaultAction, readonly number[]]>([
    ['may not be seen', refused(403), [0, 45, 105]],
    ['is unwell', badGateway(503), [0, 45, 105, 120]],
  ])(
    'after a look that could be read, and %s: what was seen before the end says nothing of it',
    async (_, action, looks) => {
      const { world, outcome, health } = await play({ ...refuse(action, { after: 2 }), web: does(pulling) })
      expect([outcome, health]).toEqual(['succeeded', 'unknown'])
      expect(listLooks(world)).toEqual(looks)
      expect(listSaid(world)).toEqual(['00:45  in progress · web: 0 of 2 ready, ImagePullBackOff'])
      expect(world.annotations).toEqual([])
    },
  )

  it('never makes a workload outside of the Set count, though the Set before can’t be read', async () => {
    const world = createWorld({ inputs: { wait_for: 'healthy', timeout: '100s' } })
    const { orchestrator } = world
    orchestrator.planNext(place, { durationMs: 20_000 })
    for (const name of ['web', 'worker']) orchestrator.planWorkload(place, name)
    orchestrator.planWorkload(place, 'legacy', { ...does(pulling), isOutsideSet: true }, 0)
    orchestrator.addFault({ on: 'GET set', do: tooManyRequests('60') })
    orchestrator.addFault({ on: 'GET set', after: 1, times: forEver, do: tooManyRequests('60') })
    await world.run()
    expect(world.outputs['health']).not.toBe('unhealthy')
    expect([...world.log, ...world.summaries].join()).not.toContain('legacy')
  })

  it.each([0, 6])(
    'for a while is no time in which a workload has been failing: %d looks that fail after the first one',
    async (times) => {
      const failing: Scenario = { ...refuse(badGateway(503), { after: 4, times }), web: does(pulling) }
      const { world, outcome } = await play(failing, { wait_for: 'healthy' })
      expect(outcome).toBe('unhealthy')
      const looks = listLooks(world).filter((seconds) => seconds >= 120)
      const failingSeconds = (looks.at(-1) ?? 0) - (looks[times === 0 ? 0 : times + 1] ?? 0)
      expect(failingSeconds).toBeGreaterThanOrEqual(90)
      expect(failingSeconds).toBeLessThan(105)
    },
  )

  it('for good is `unhealthy` with `wait_for: healthy` at its second refusal, and what is missing is said', async () => {
    const { world, outcome, health } = await play(refuse(refused(403)), { wait_for: 'healthy' })
    expect([outcome, health]).toEqual(['unhealthy', 'unknown'])
    expect(listLooks(world)).toEqual([0, 120, 132])
    expect(world.annotations).toEqual([
      { level: 'error', title: expect.any(String), message: expect.stringContaining('Viewer at least') },
    ])
  })

  it('to the end of `health_timeout` is `unhealthy`, and what was seen before says nothing', async () => {
    const { outcome, health, world } = await play(refuse(badGateway(503), { after: 3 }), { wait_for: 'healthy' })
    expect([outcome, health]).toEqual(['unhealthy', 'unknown'])
    expect(world.annotations[0]?.message).toMatch(/its health could not be read\. .*503/)
    expect(listLooks(world).at(-1)).toBe(420)
  })

  it.each<[string, FaultAction]>([
    ['refused once', refused(403)],
    ['unwell for a while', badGateway()],
  ])('only for a while is read again: %s', async (_, action) => {
    const { outcome, health } = await play(refuse(action, { after: 2, times: 1 }), { wait_for: 'healthy' })
    expect([outcome, health]).toEqual(['succeeded', 'healthy'])
  })
})

describe('looks', () => {
  it('come right after the start, after 45 s, then once a minute, once after the end; the Sets are read once', async () => {
    const { world } = await play({
      prepare: ({ orchestrator }) => orchestrator.planAll(place, { durationMs: 300_000 }),
    })
    expect(listLooks(world)).toEqual([0, 45, 105, 120])
    const setTimes = world.orchestrator.record.flatMap(({ operation, atMs }) => (operation === 'GET set' ? [atMs] : []))
    expect(setTimes.filter((atMs) => atMs < nowMs + 119_000)).toHaveLength(2)
    const [first, second, third] = world.requests()
    expect([first, second, third]).toEqual(['GET env', 'POST deploys', 'GET runtime'])
  })

  it('are every 12 s after the end until all has been running for 30 s and what isn’t watched for 60 s', async () => {
    const { world } = await play({}, { wait_for: 'healthy' })
    expect(listLooks(world).filter((seconds) => seconds > 106)).toEqual([120, 132, 144, 156, 168, 180])
  })

  it('are as far apart as `poll_interval` says', async () => {
    const { world } = await play(both, { wait_for: 'healthy', poll_interval: '5s' })
    expect(listLooks(world).filter((seconds) => seconds > 106)).toEqual([121, 126, 131, 136, 141, 146, 151])
  })

  it('never delay a poll', async () => {
    const pollTimes = async (action?: FaultAction) => {
      const { world } = await play(action ? refuse(action) : { web: does(pulling) })
      return world.orchestrator.record.filter(({ operation }) => operation === 'GET deploy').map(({ atMs }) => atMs)
    }
    const times = await pollTimes()
    expect(await pollTimes({ kind: 'stall', at: 'headers' })).toEqual(times)
    expect(await pollTimes(badGateway())).toEqual(times)
  })

  it('keep to 80 requests in any hour, and leave the deployment its own', async () => {
    const hourMs = 3_600_000
    const world = createWorld({ inputs: { timeout: '7h' } })
    world.orchestrator.planWorkload(place, 'web', does(pulling))
    world.orchestrator.planNext(place, { durationMs: 6 * hourMs })
    expect(await world.run()).toBe('succeeded')
    const extra = ['GET runtime', 'GET set']
    const busiest = (isCounted: (operation: string) => boolean): number => {
      const times = world.orchestrator.record.filter(({ operation }) => isCounted(operation)).map(({ atMs }) => atMs)
      return Math.max(...times.map((fromMs) => times.filter((ms) => ms >= fromMs && ms < fromMs + hourMs).length))
    }
    expect(busiest((operation) => extra.includes(operation))).toBe(63)
    expect(busiest((operation) => !extra.includes(operation))).toBeLessThanOrEqual(320)
  })
})

/** Both workloads of the usual Set are seen. */
const both: Scenario = { prepare: ({ orchestrator }) => orchestrator.planWorkload(place, 'worker') }

describe('`wait_for: healthy`', () => {
  it('waits 30 s where all workloads are seen', async () => {
    const { world, outcome } = await play(both, { wait_for: 'healthy' })
    expect(outcome).toBe('succeeded')
    expect(listLooks(world).at(-1)).toBe(156)
  })

  it('names the workloads that aren’t watched, and judges the others', async () => {
    const { world } = await play({}, { wait_for: 'healthy' })
    const said = 'Humanitec shows no controller for worker: whether it runs is not known.'
    expect(world.log.at(-1)).toBe(said)
    expect(world.summaries.join()).toContain(said)
    expect(world.annotations).toEqual([])
  })

  it('warns when none is watched', async () => {
    const { world } = await play({ cluster: { isGitOps: true } }, { wait_for: 'healthy' })
    expect(world.annotations).toEqual([
      { level: 'warning', title: 'Health is not known', message: expect.stringContaining('no controller for any') },
    ])
  })

  it('ends as soon as one has been failing at every look for 90 s', async () => {
    const { world } = await play({ web: does(pulling) }, { wait_for: 'healthy' })
    expect(listLooks(world).at(-1)).toBe(216)
    expect(world.annotations[0]?.message).toContain('It was deployed, but web failed at every check for 90 s.')
  })

  it.each<[string, Inputs, number]>([
    ['health_timeout of 2 min', { health_timeout: '2m' }, 240],
    ['timeout of 3 min', { timeout: '3m' }, 180],
  ])('ends at the %s, with one error that names the setting', async (setting, inputs, lastSeconds) => {
    const slow = { web: does({ does: 'run', readyAfterMs: forEver }) }
    const { world, outcome } = await play(slow, { wait_for: 'healthy', ...inputs })
    expect(outcome).toBe('unhealthy')
    expect(listLooks(world).at(-1)).toBe(lastSeconds)
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]).toMatchObject({
      level: 'error',
      title: 'shop was deployed to production in 2 min, but web is not running yet',
      message: expect.stringContaining(`did not become healthy within the ${setting}: web: 0 of 2 ready.`),
    })
  })

  it('looks no more when the timeout has come with the end', async () => {
    const { world, outcome, health } = await play({}, { wait_for: 'healthy', timeout: '125s', poll_interval: '130s' })
    expect([outcome, health]).toEqual(['unhealthy', 'healthy'])
    expect(listLooks(world)).toEqual([0, 45, 105])
  })

  it('is cancelled by a signal, the status staying as it was', async () => {
    const { world, outcome } = await play(
      {
        prepare: ({ clock, cancel }) => {
          clock.schedule(clock.now() + 140_000, cancel)
        },
      },
      { wait_for: 'healthy' },
    )
    expect(outcome).toBe('cancelled')
    expect(world.outputs['status']).toBe('succeeded')
    expect(listLooks(world).at(-1)).toBe(132)
  })

  it('says how it goes about every half minute, and no line twice running', async () => {
    const { world } = await play({ web: does({ does: 'run', readyAfterMs: forEver }) }, { wait_for: 'healthy' })
    const lines = world.log.filter((line) => line.includes('health: '))
    expect(lines).toHaveLength(10)
    expect(lines[0]).toBe(
      '  02:00  health: 0 of 1 workload running · web: 0 of 2 ready · no controller seen for worker',
    )
  })
})

describe('a newer deployment that has begun', () => {
  const startAt =
    (atMs: number) =>
    ({ clock, orchestrator }: World) => {
      clock.schedule(clock.now() + atMs, () => {
        orchestrator.planWorkload(place, 'web')
        orchestrator.startElsewhere(place, { comment: 'Hotfix' })
      })
    }

  it.each<[string, Partial<WorkloadPlan>]>([
    ['well', {}],
    ['ill', does(pulling)],
  ])('makes what runs its own: ours is not judged, however %s', async (_, web) => {
    const { world, outcome, health } = await play({ web, prepare: startAt(130_000) }, { wait_for: 'healthy' })
    expect([outcome, health]).toEqual(['succeeded', 'unknown'])
    expect(world.annotations.map(({ level, message }) => [level, message])).toEqual([
      ['notice', 'Its health was not checked: a newer deployment has started, and what runs now belongs to that one.'],
    ])
  })
})

describe('`operation: wait`', () => {
  const inputs: Inputs = { operation: 'wait', delta_id: '', wait_for: 'healthy' }

  it('judges what runs now', async () => {
    const healthy = await play({ before: {} }, inputs)
    expect([healthy.outcome, healthy.health]).toEqual(['succeeded', 'healthy'])
    const failing = await play({ before: does(pulling) }, inputs)
    expect([failing.outcome, failing.health]).toEqual(['unhealthy', 'unhealthy'])
  })

  it('doesn’t judge an earlier deployment, and asks for no runtime', async () => {
    const world = createWorld({ inputs })
    world.orchestrator.planWorkload(place, 'web', does(pulling), 0)
    const [, earlier = ''] = world.orchestrator.seedHistory(place, [
      { agoSeconds: 9_000, durationSeconds: 60, status: 'succeeded' },
      { agoSeconds: 90_000, durationSeconds: 60, status: 'succeeded' },
    ])
    expect(await world.run({ deployment_id: earlier })).toBe('succeeded')
    expect(world.outputs['health']).toBe('unknown')
    expect(world.annotations.map(({ level }) => level)).toEqual(['notice'])
    expect(listLooks(world)).toEqual([])
  })
})

it('which workloads have changed is known by the environment’s last deployment, where the list can’t be read', async () => {
  const world = createWorld({ inputs: { wait_for: 'healthy' } })
  const [previous] = world.orchestrator.inspectDeployments(place)
  world.orchestrator.addFault({ on: 'GET deploys', times: forEver, do: badGateway(503) })
  expect(await world.run()).toBe('succeeded')
  const { record } = world.orchestrator
  const end = record.findLastIndex(({ operation }) => operation === 'GET deploy')
  const sets = record.slice(0, end).filter(({ operation }) => operation === 'GET set')
  expect(sets.map(({ request }) => request.path.split('/').at(-1))).toContain(previous?.setId)
})
