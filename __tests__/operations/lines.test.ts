import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { badGateway, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

/** The lines that tell a time: `00:30 in progress`, without what is expected of the end. */
const listTimedLines = ({ log }: World): readonly string[] =>
  log.flatMap((line) => {
    const [, time, text = ''] = /^ {2}((?:\d+:)?\d\d:\d\d) {2}(.+)$/.exec(line) ?? []
    return time ? [`${time} ${text.split(' · the last')[0]?.split(' · longer')[0]}`] : []
  })

const took = 'the last one took 2 min 38 s'

describe('a line tells the time', () => {
  it('since the start that it is about, and what the history lets expect', async () => {
    const world = createWorld({ inputs: { poll_interval: '10s', delta_id: '', redeploy: 'true' } })
    world.orchestrator.planNext(place, { durationMs: 200_000, pendingMs: 15_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.slice(world.log.indexOf('  00:00  pending'))).toEqual([
      '  00:00  pending',
      `  00:20  in progress · ${took}`,
      `  00:50  in progress · ${took}`,
      `  01:20  in progress · ${took}`,
      `  01:50  in progress · ${took}`,
      `  02:20  in progress · ${took}`,
      '  02:50  in progress · longer than the last one (2 min 38 s)',
      '  03:20  in progress · longer than the last one (2 min 38 s)',
      '  03:20  succeeded',
    ])
  })

  it('of a list that takes most of a minute: the history is known all the same', async () => {
    const world = createWorld({ inputs: { poll_interval: '1m' } })
    world.orchestrator.addFault({ on: 'GET deploys', do: { kind: 'stall', at: 'headers', ms: 50_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.log).toContain(`  01:00  in progress · ${took}`)
  })

  it.each([
    ['deployment', 65_000, ['01:05', '01:35', '02:05', '02:35', '03:05', '03:25']],
    ['deployment of an hour ago', 3_600_000, ['1:00:00', '1:00:30', '1:01:00', '1:01:30', '1:01:40']],
  ])('with operation wait, since the %s began', async (_, agoMs, times) => {
    const world = createWorld({ inputs: { operation: 'wait', delta_id: '', poll_interval: '20s', timeout: '2h' } })
    world.orchestrator.startElsewhere(place, {
      plan: { durationMs: agoMs + 100_000 + (agoMs === 65_000 ? 40_000 : 0) },
    })
    await world.clock.run(world.clock.sleep(agoMs))
    expect(await world.run()).toBe('succeeded')
    const lines = listTimedLines(world)
    expect(lines).toEqual(
      times.map((time, index) => `${time} ${index === times.length - 1 ? 'succeeded' : 'in progress'}`),
    )
  })

  it('with operation wait, never from before the step where Humanitec’s clock runs ahead', async () => {
    const ahead = {
      kind: 'merge',
      fields: { last_deploy: { id: 'a1', status: 'pending', created_at: '2026-11-23T18:00:00Z' } },
    }
    const world = createWorld({ inputs: { operation: 'wait', delta_id: '', poll_interval: '20s' } })
    world.orchestrator.addFault({ on: 'GET env', do: ahead as never })
    const body = { id: 'a1', status: 'succeeded', created_at: '2026-11-23T18:00:00Z' }
    world.orchestrator.addFault({ on: 'GET deploy', do: { kind: 'answer', status: 200, body } })
    expect(await world.run()).toBe('succeeded')
    expect(listTimedLines(world)).toEqual(['00:00 pending', '00:20 succeeded'])
  })

  it('of an earlier attempt’s deployment, since that began', async () => {
    const world = createWorld({ inputs: { poll_interval: '30s' }, workflow: { attempt: 2 } })
    const comment = `x · ${world.formatOwnMark()}`
    world.orchestrator.startElsewhere(place, { comment, deltaId: delta, plan: { durationMs: 150_000 } })
    await world.clock.run(world.clock.sleep(100_000))
    expect(await world.run()).toBe('succeeded')
    expect(listTimedLines(world)).toEqual(['01:40 in progress', '02:10 in progress', '02:40 succeeded'])
  })

  it('of a conflict, since the other one began; then of ours, since that was started', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait', poll_interval: '20s' } })
    world.orchestrator.startElsewhere(place, { plan: { durationMs: 100_000, status: 'failed' } })
    world.orchestrator.planNext(place, { durationMs: 45_000 })
    await world.clock.run(world.clock.sleep(65_000))
    expect(await world.run()).toBe('succeeded')
    expect(listTimedLines(world)).toEqual([
      ...['01:05 in progress', '01:35 in progress', '01:45 failed'],
      ...['00:00 pending', '00:20 in progress', '00:50 in progress', '01:00 succeeded'],
    ])
  })

  it('of a conflict that nobody sees, since the step began', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.addFault({ on: 'POST deploys', times: 2, do: { kind: 'answer', status: 409 } })
    await world.run()
    const lines = listTimedLines(world).filter((line) => line.includes('409'))
    expect(lines.map((line) => line.slice(0, 5))).toEqual(['00:10', '00:36'])
  })

  it.each([
    ['that can’t be sent', 'could not be reached. Trying again.', { strike: 'not_sent' as const }],
    ['that is answered 503', '(503) at GET /orgs/acme/apps/shop/envs/production: 503. Trying again.', {}],
  ])('of a request %s, since the step began', async (_, words, { strike }: { strike?: 'not_sent' }) => {
    const world = createWorld({
      inputs: { timeout: '100s' },
      strike: ({ method }) => (strike && method === 'POST' ? { network: strike } : undefined),
    })
    if (!strike) world.orchestrator.addFault({ on: 'GET env', times: Infinity, do: badGateway(503) })
    expect(await world.run()).toBe(strike ? 'timed_out' : 'error')
    expect(listTimedLines(world).map((line) => line.slice(0, 5))).toEqual(['00:30', '01:00', '01:30'])
    for (const line of listTimedLines(world)) expect(line).toContain(words)
  })

  it('of a 429, since the step began', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: tooManyRequests('45') })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.find((line) => line.includes('(429)'))).toMatch(/again in 46 s$/)
    expect(listTimedLines(world)[0]).toMatch(/^00:30 waiting/)
  })

  it('of an environment that is deleted before it is made anew, since the wait began', async () => {
    const env = 'pr-12'
    const world = createWorld({ inputs: { env, create_from: 'production', env_type: 'development', timeout: '1h' } })
    world.orchestrator.addEnvironment(`acme/shop/${env}`, { type: 'development', name: 'acme/shop' })
    world.orchestrator.planDeletion(`acme/shop/${env}`, 100_000)
    world.orchestrator.addFault({ on: 'GET env', do: { kind: 'stall', at: 'headers', ms: 10_000 } })
    world.orchestrator.handle({ method: 'DELETE', path: `/orgs/acme/apps/shop/envs/${env}`, token: usualToken })
    expect(await world.run()).toBe('succeeded')
    const lines = listTimedLines(world).filter((line) => line.includes('being deleted'))
    expect(lines).toEqual(['00:30', '01:00', '01:30'].map((time) => `${time} pr-12 is still being deleted`))
  })

  it('of a deletion, each when it is true', async () => {
    const world = createWorld({ inputs: { operation: 'delete', env: 'pr-12', delta_id: '', poll_interval: '5s' } })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12', deletionMs: 100_000 })
    const told: (readonly [number, string])[] = []
    const { info } = world.runner
    world.runner.info = (line) => {
      if (line.includes('being deleted')) told.push([Math.round((world.clock.now() - nowMs) / 1000), line])
      info(line)
    }
    expect(await world.run()).toBe('deleted')
    expect(told).toEqual([
      [30, '  00:30  pr-12 is still being deleted'],
      [60, '  01:00  pr-12 is still being deleted'],
      [90, '  01:30  pr-12 is still being deleted'],
    ])
  })

  it('of a host that comes late, since it was waited for', async () => {
    const world = createWorld({ inputs: { env: 'staging', poll_interval: '5s' } })
    world.orchestrator.addEnvironment('acme/shop/staging', { history: [] })
    world.orchestrator.planResources('acme/shop/staging', [{ type: 'dns', host: 'a.example.com', hostAfterMs: 23_000 }])
    expect(await world.run()).toBe('succeeded')
    expect(world.log.filter((line) => /address|url/.test(line))).toEqual([
      'Waiting for the address of staging: its DNS or route resource isn’t ready yet',
      'The address is known after 25 s',
      '  url       https://a.example.com',
    ])
  })
})

const createPrune = (inputs: Inputs = {}) => {
  const world = createWorld({
    inputs: { operation: 'prune', env: 'pr-*', delta_id: '', poll_interval: '20s', ...inputs },
    workflow: { eventName: 'schedule' },
  })
  for (const [number, state] of [
    [1, 'closed'],
    [2, 'merged'],
    [3, 'open'],
  ] as const) {
    world.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}` })
    world.github.addPull('acme/shop', { number, state })
  }
  return world
}

describe('waits side by side', () => {
  it('name their environment in every line', async () => {
    const world = createPrune()
    for (const number of [1, 2])
      world.orchestrator.startElsewhere(`acme/shop/pr-${number}`, { plan: { durationMs: 40_000 * number } })
    expect(await world.run()).toBe('pruned')
    expect(world.log.filter((line) => line.startsWith('Waiting for')).map((line) => line.split(',')[0])).toEqual([
      expect.stringMatching(/^Waiting for deployment [0-9a-f]{8} of pr-1$/),
      expect.stringMatching(/^Waiting for deployment [0-9a-f]{8} of pr-2$/),
    ])
    expect(listTimedLines(world).toSorted()).toEqual([
      ...['00:00 pr-1 · pending', '00:00 pr-2 · pending', '00:20 pr-1 · in progress', '00:20 pr-2 · in progress'],
      ...['00:40 pr-1 · succeeded', '00:50 pr-2 · in progress', '01:20 pr-2 · in progress', '01:20 pr-2 · succeeded'],
    ])
  })

  it('and one alone doesn’t: it is the only one', async () => {
    const world = createWorld({ inputs: { operation: 'delete', env: 'pr-1', delta_id: '', poll_interval: '20s' } })
    world.orchestrator.addEnvironment('acme/shop/pr-1', { name: 'acme/shop#1' })
    world.orchestrator.startElsewhere('acme/shop/pr-1', { plan: { durationMs: 30_000 } })
    expect(await world.run()).toBe('deleted')
    expect(listTimedLines(world)).toEqual(['00:00 pending', '00:20 in progress', '00:40 succeeded'])
  })

  it('name it in the lines of their deletions', async () => {
    const world = createPrune()
    world.orchestrator.planDeletion('acme/shop/pr-1', 50_000)
    world.orchestrator.planDeletion('acme/shop/pr-2', 50_000)
    expect(await world.run()).toBe('pruned')
    const lines = world.log.filter((line) => / (?:being |is )deleted$/.test(line))
    for (const number of [1, 2]) {
      expect(lines.filter((line) => line.includes(`pr-${number} `))).toEqual([
        `Waiting until the environment pr-${number} is deleted`,
        `  00:30  pr-${number} is still being deleted`,
        `  01:00  pr-${number} is still being deleted`,
      ])
    }
  })
})

describe('why a preview is deleted', () => {
  it.each([
    ['for good', {}, 'deleted'],
    ['in a dry run', { dry_run: 'true' }, 'would be deleted'],
  ])('%s: closed and merged are told apart, each at its own', async (_, inputs, action) => {
    const world = createPrune(inputs)
    await world.run()
    const words = world.log.slice(0, 99).flatMap((line) => /^ {2}(pr-\d) +(.*?) {2,}(.*)$/.exec(line)?.slice(1) ?? [])
    expect(words).toEqual([
      ...['pr-1', action, 'its pull request is closed'],
      ...['pr-2', action, 'its pull request is merged'],
      ...['pr-3', 'kept', 'its pull request is open'],
    ])
    const rows = world.summaries[0]?.match(/^\| `pr-.*$/gm)?.map((row) => row.split(' | ').slice(2).join(' | '))
    const shown = action.replaceAll(' ', '&nbsp;')
    expect(rows).toEqual([
      `${shown} | its pull request is closed |`,
      `${shown} | its pull request is merged |`,
      'kept | its pull request is open |',
    ])
  })
})

describe('“may have been deleted” is said only where it may', () => {
  const perhaps = /may (?:have been|still be) deleted/
  const shown = ({ log, annotations, summaries }: World): string =>
    [...log, ...annotations.map(({ title, message }) => `${title} ${message}`), ...summaries].join('\n')
  const createDeletion = (options: WorldOptions = {}) => {
    const world = createWorld({
      ...options,
      inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...options.inputs },
    })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12', deletionMs: 60_000 })
    return world
  }

  it('not before the first DELETE', async () => {
    const world = createDeletion()
    world.orchestrator.startElsewhere('acme/shop/pr-12', { plan: { durationMs: 600_000 } })
    const cancelled = world.clock.sleep(10_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.annotations[0]?.message).toBe('The workflow was cancelled before the environment pr-12 was deleted.')
    expect(shown(world)).not.toMatch(perhaps)
  })

  it('not after a DELETE that was refused for now', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: tooManyRequests('30') })
    const cancelled = world.clock.sleep(10_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.annotations[0]?.message).toContain('before the environment pr-12 was deleted')
    expect(shown(world)).not.toMatch(perhaps)
  })

  it('not at the deadline, where none was sent', async () => {
    const world = createDeletion({ inputs: { timeout: '30s' } })
    world.orchestrator.startElsewhere('acme/shop/pr-12', { plan: { durationMs: 600_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toMatch(
      /^The environment pr-12 was not deleted within 30 s: deployment [0-9a-f]{8}, started by .+, had to end first\./,
    )
    expect(shown(world)).not.toMatch(perhaps)
  })

  it('not once Humanitec has taken it on: then it goes on', async () => {
    const world = createDeletion()
    const cancelled = world.clock.sleep(10_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.annotations[0]?.message).toContain('the deletion of the environment pr-12 goes on in Humanitec')
    expect(shown(world)).not.toMatch(perhaps)
  })

  it.each([
    ['a 503', badGateway(503)],
    ['a cut connection', { kind: 'cut' } as const],
  ])('but after %s', async (_, action) => {
    const world = createDeletion({ inputs: { timeout: '20s' } })
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: action })
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain('it may be gone by now, or be deleted later')
  })

  it('each of a prune for itself, where it is cancelled', async () => {
    const world = createPrune()
    world.orchestrator.planDeletion('acme/shop/pr-1', 60_000)
    world.orchestrator.addFault({ on: 'DELETE env', after: 1, do: { kind: 'stall', at: 'headers', ms: 20_000 } })
    world.orchestrator.addEnvironment('acme/shop/pr-4', { name: 'acme/shop#4' })
    world.github.addPull('acme/shop', { number: 4, state: 'closed' })
    world.orchestrator.startElsewhere('acme/shop/pr-4', { plan: { durationMs: 600_000 } })
    const cancelled = world.clock.sleep(10_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    const reasons = world.log.flatMap((line) => /^ {2}(pr-\d) +failed +(.*)$/.exec(line)?.slice(1) ?? [])
    expect(reasons).toEqual([
      ...['pr-1', 'the workflow was cancelled; its deletion goes on in Humanitec'],
      ...['pr-2', 'the workflow was cancelled; it may have been deleted'],
      ...['pr-4', 'the workflow was cancelled'],
    ])
  })
})

describe('the last line', () => {
  const preview = { name: 'acme/shop#12' }
  const add = (world: World): void => world.orchestrator.addEnvironment('acme/shop/pr-12', preview) as never
  const deletion = { operation: 'delete', env: 'pr-12', delta_id: '' }

  it.each<[string, string, Inputs, (world: World) => unknown, RegExp]>([
    ['a deployment', 'succeeded', { delta_id: '', redeploy: 'true' }, () => undefined, /^ {2}02:00 {2}succeeded$/],
    [
      'a start that is not waited for',
      'started',
      { wait: 'false' },
      () => undefined,
      /^Not waited for\..* operation: wait, deployment_id: [0-9a-f]{16}$/,
    ],
    [
      'operation wait',
      'succeeded',
      { operation: 'wait', delta_id: '' },
      ({ orchestrator }) => orchestrator.startElsewhere(place),
      /^ {2}02:00 {2}succeeded$/,
    ],
    ['a deletion', 'deleted', deletion, add, /^pr-12 of shop was deleted$/],
    ['a deletion of nothing', 'deleted', deletion, () => undefined, /^pr-12 of shop was already gone$/],
  ])('of %s says how it ended', async (_, outcome, inputs, prepare, line) => {
    const world = createWorld({ inputs })
    prepare(world)
    expect(await world.run()).toBe(outcome)
    expect(world.log.at(-1)).toMatch(line)
  })

  it('of a failure says what to go back to', async () => {
    const world = createWorld()
    const [before] = world.orchestrator.inspectDeployments(place)
    world.orchestrator.planNext(place, { status: 'failed' })
    expect(await world.run()).toBe('failed')
    expect(world.log.at(-1)).toMatch(new RegExp(`^To go back .*: ${before?.id} in place of delta_id$`))
  })

  it('of a prune counts what was deleted and what was kept', async () => {
    const world = createPrune()
    expect(await world.run()).toBe('pruned')
    expect(world.log.at(-1)).toBe('2 previews of shop deleted, 1 kept')
  })
})
