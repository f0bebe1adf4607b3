import { describe, expect, it } from '@jest/globals'
import { outputNames } from '../../src/core/report/outputs.ts'
import { delta, workflow as usualWorkflow } from '../../testing/example.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

const others = 'https://github.com/acme/shop/actions/runs/9999'

describe('a deployment', () => {
  it('asks in the order of the contract, and starts once', async () => {
    const world = createWorld()
    expect(await world.run()).toBe('succeeded')
    const [environment, start, runtime, history, ...polls] = world.requests()
    expect([environment, start]).toEqual(['GET env', 'POST deploys'])
    expect(new Set([runtime, history])).toEqual(new Set(['GET runtime', 'GET deploys']))
    // Health is looked at beside the polls, and reads both Sets for it: they are known by the end.
    const [lastPoll, ...after] = polls.slice(polls.lastIndexOf('GET deploy'))
    expect(new Set(polls.slice(0, -after.length))).toEqual(new Set(['GET deploy', 'GET set', 'GET runtime']))
    expect([lastPoll, ...after]).toEqual(['GET deploy', 'GET resources', 'GET diff', 'GET runtime'])
  })

  it('sends what was asked for, and nothing that was not', async () => {
    const world = createWorld()
    await world.run()
    expect(world.orchestrator.record.find(({ operation }) => operation === 'POST deploys')?.request.body).toEqual({
      delta_id: delta,
      comment: `Merge pull request #12 · f5a2c1d by octocat · ${world.formatOwnMark()}`,
    })
  })

  it('sets every output', async () => {
    const world = createWorld()
    await world.run()
    const [deployment] = world.orchestrator.inspectDeployments(place)
    expect(world.outputs).toEqual({
      deployment_id: deployment?.id,
      deployment_url: `https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/${deployment?.id}`,
      status: 'succeeded',
      outcome: 'succeeded',
      set_id: expect.stringMatching(/^[\w-]{43}$/),
      from_id: deployment?.fromId,
      created_at: expect.stringContaining('2026-11-23T17:00:00'),
      finished_at: expect.stringContaining('2026-11-23T17:02:00'),
      duration_seconds: '120',
      errors: '[]',
      error_count: '0',
      environment_url: '',
      environment_urls: '[]',
      environment_created: 'false',
      deleted_environments: '[]',
      delta_id: delta,
      pipeline_run: '',
      pipeline_run_url: '',
      health: 'unknown',
      changes: expect.stringMatching(/^\[\{"workload":"web","kind":"image","name":"main","change":"changed",.*\}\]$/),
    })
  })

  it('that failed is told with its errors, read once', async () => {
    const world = createWorld()
    const errors = [{ scope: 'workload', object_id: 'checkout', code: 'CLD-001', summary: 'Provider error' }]
    world.orchestrator.planNext(place, { status: 'failed', errors })
    expect(await world.run()).toBe('failed')
    expect(world.count('GET errors')).toBe(1)
    expect(world.outputs['error_count']).toBe('1')
    expect(world.annotations).toHaveLength(2)
  })

  it.each([
    ['the token', `Bearer ${usualToken}`],
    ['a header of nothing', 'upstream sent no header Authorization:'],
  ])('has errors that are JSON, and without secrets, whatever is in them: %s', async (_, message) => {
    const world = createWorld()
    world.orchestrator.planNext(place, { status: 'failed', errors: [{ code: 'X', message }] })
    expect(await world.run()).toBe('failed')
    expect(JSON.parse(world.outputs['errors'] ?? '')).toMatchObject([{ code: 'X', error_type: '' }])
    const told = [JSON.stringify(world.outputs), ...world.log, ...world.summaries, JSON.stringify(world.annotations)]
    expect(told.join('\n')).not.toContain(usualToken)
  })

  it('whose answer was lost is found by its comment, secrets in it or not', async () => {
    const world = createWorld({ inputs: { comment: `authorization: ${usualToken} was wrong` } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('that succeeded is not asked for errors', async () => {
    const world = createWorld()
    await world.run()
    expect(world.count('GET errors')).toBe(0)
  })

  it('that failed is failed also when its errors can’t be read', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { status: 'failed' })
    world.orchestrator.addFault({ on: 'GET errors', times: Infinity, do: { kind: 'answer', status: 502 } })
    expect(await world.run()).toBe('failed')
    expect(world.outputs).toMatchObject({ outcome: 'failed', errors: '[]', error_count: '' })
  })

  it('is not waited for with wait: false', async () => {
    const world = createWorld({ inputs: { wait: 'false' } })
    expect(await world.run()).toBe('started')
    expect(world.requests()).toEqual(['GET env', 'POST deploys'])
  })

  it('goes on through words that nobody knows', async () => {
    const world = createWorld()
    const phases = ['pending', 'paused', 'in progress', 'succeeded'].map((status, index) => {
      return { afterMs: index * 20_000, status }
    })
    world.orchestrator.planNext(place, { phases })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.filter((line) => line.includes('paused')).length).toBeGreaterThan(0)
  })

  it('that doesn’t end in time is timed_out, with one last look at the deadline', async () => {
    const world = createWorld({ inputs: { timeout: '5m' } })
    world.orchestrator.planNext(place, { durationMs: 3_600_000 })
    expect(await world.run()).toBe('timed_out')
    expect(world.outputs).toMatchObject({ outcome: 'timed_out', status: 'in progress' })
    const last = world.orchestrator.record.at(-1)
    expect(last?.operation).toBe('GET deploy')
    expect((last?.atMs ?? 0) - nowMs).toBeGreaterThanOrEqual(300_000)
    expect(world.clock.now() - nowMs).toBeLessThan(315_000)
  })

  it('is not started past the deadline', async () => {
    const world = createWorld({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'GET env', do: { kind: 'stall', at: 'body', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.requests()).toEqual(['GET env'])
  })

  it('that ended right before the deadline is not timed_out', async () => {
    const world = createWorld({ inputs: { timeout: '5m', poll_interval: '1h' } })
    world.orchestrator.planNext(place, { durationMs: 299_000 })
    expect(await world.run()).toBe('succeeded')
  })
})

describe('what nobody should deploy', () => {
  it.each([
    ['wrong inputs', { inputs: { env: 'Prod', timeout: 'soon' } }, 'error'],
    ['an empty Delta id', { inputs: { delta_id: '' } }, 'error'],
    ['an empty token', { inputs: { token: '' } }, 'error'],
    [
      'an empty token after a merge by Dependabot',
      { inputs: { token: '' }, workflow: { isDependabotRun: true } },
      'error',
    ],
    [
      'an empty token on a pull request of Dependabot’s',
      { inputs: { token: '' }, workflow: { eventName: 'pull_request', isDependabotRun: true } },
      'skipped',
    ],
  ] as const)('%s: no request', async (_, options, outcome) => {
    const world = createWorld(options)
    expect(await world.run()).toBe(outcome)
    expect(world.requests()).toEqual([])
    expect(Object.keys(world.outputs).toSorted()).toEqual(outputNames.toSorted())
    expect(world.annotations).toHaveLength(1)
    expect(world.summaries).toHaveLength(1)
  })

  it('an environment that is not there', async () => {
    const world = createWorld({ inputs: { env: 'staging' } })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations[0]?.message).toMatch(/staging.*shop.*acme/)
  })
})

describe('a conflict', () => {
  it('seen before the start ends as an error that names it', async () => {
    const world = createWorld()
    const id = world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET deploy'])
    expect(world.annotations[0]?.message).toContain(id)
    expect(world.annotations[0]?.message).toContain('Hotfix')
    expect(world.outputs['deployment_id']).toBe('')
  })

  it('told by a 409 ends as an error that names it', async () => {
    const world = createWorld({ strike: startElsewhereBefore('POST') })
    let id: string | undefined
    function startElsewhereBefore(method: string) {
      return (call: { method: string }) => {
        if (call.method === method) id = world.orchestrator.startElsewhere(place)
        return undefined
      }
    }
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'POST deploys', 'GET deploys'])
    expect(world.annotations[0]?.message).toContain(id)
  })

  it('is waited for, whatever its end, and then the deployment starts', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.startElsewhere(place, { plan: { status: 'failed' } })
    expect(await world.run()).toBe('succeeded')
    const requests = world.requests()
    expect(requests.filter((request) => request === 'GET env')).toHaveLength(2)
    expect(requests.lastIndexOf('GET env')).toBe(requests.indexOf('POST deploys') - 1)
    expect(world.count('POST deploys')).toBe(1)
  })

  it('that ends with the environment is told as that', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.startElsewhere(place)
    const gone = world.clock.sleep(20_000).then(() => world.orchestrator.deleteElsewhere(place))
    expect(await world.run()).toBe('error')
    await gone
    expect(world.annotations[0]?.message).toContain('There is no environment production')
    expect(world.count('POST deploys')).toBe(0)
  })

  it('is not waited for past the deadline', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait', timeout: '1m' } })
    const other = world.orchestrator.startElsewhere(place, { plan: { durationMs: 600_000 } }) ?? ''
    expect(await world.run()).toBe('timed_out')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.outputs).toMatchObject({ deployment_id: '', status: '' })
    const [error] = world.annotations
    expect(error?.message).toMatch(
      new RegExp(`before anything was started: deployment ${other.slice(0, 8)}, started by .+, had to end first\\.`),
    )
    expect(error?.message).toContain('Re-run the job when that deployment has finished')
  })
})

describe('a re-run', () => {
  const mark = createWorld().formatOwnMark()

  it('follows what an earlier attempt started, whatever became of its Delta', async () => {
    const world = createWorld({ workflow: { attempt: 2 } })
    const id = world.orchestrator.startElsewhere(place, { comment: `x · ${mark}`, deltaId: '' })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.outputs['deployment_id']).toBe(id)
  })

  it.each([
    ['of a first attempt', { attempt: 1 }, mark],
    ['without a mark', { attempt: 2 }, usualWorkflow.runUrl],
    ['with the mark of another use', { attempt: 2 }, `${usualWorkflow.runUrl}#0123456789`],
    ['of another run', { attempt: 2 }, others],
    ['with a digit behind the mark', { attempt: 2 }, `${mark}0`],
  ])('takes none for its own that is %s', async (_, workflow, page) => {
    const world = createWorld({ workflow })
    world.orchestrator.startElsewhere(place, { comment: `x · ${page}`, deltaId: delta })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
  })
})

describe('cancellation', () => {
  const cancelAfter = (world: ReturnType<typeof createWorld>, ms: number) => world.clock.sleep(ms).then(world.cancel)

  it('while waiting leaves at once, with id and status', async () => {
    const world = createWorld()
    const cancelled = cancelAfter(world, 20_000)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.clock.now() - nowMs).toBe(20_000)
    expect(world.outputs).toMatchObject({ outcome: 'cancelled', status: 'in progress' })
    expect(world.outputs['deployment_id']).not.toBe('')
  })

  it('waits for the answer of a start in flight', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', ms: 3000 } })
    const cancelled = cancelAfter(world, 1000)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.outputs['deployment_id']).not.toBe('')
    expect(world.clock.now() - nowMs).toBeLessThan(5000)
  })

  it('after the end is told as one, with one error', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'GET resources', do: { kind: 'stall', at: 'headers' } })
    const cancelled = cancelAfter(world, 130_000)
    expect(await world.run()).toBe('succeeded')
    await cancelled
    expect(world.annotations.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('is unknown when that answer takes too long', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    const cancelled = cancelAfter(world, 1000)
    expect(await world.run()).toBe('unknown')
    await cancelled
    expect(world.clock.now() - nowMs).toBe(5000)
  })
})
