import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const preview = 'acme/shop/pr-12'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }
const unwell: FaultAction = { kind: 'answer', status: 503, body: { error: 'API-503', message: 'Database is away.' } }

/** The log, each line behind the second at which it was written. */
const runWithTimes = async (world: ReturnType<typeof createWorld>) => {
  const beganMs = world.clock.now()
  const times: number[] = []
  const { push } = world.log
  world.log.push = (...lines) => {
    for (const _ of lines) times.push((world.clock.now() - beganMs) / 1000)
    return push.apply(world.log, lines)
  }
  const outcome = await world.run()
  const endSeconds = (world.clock.now() - beganMs) / 1000
  const gaps = [...times, endSeconds].map((seconds, index) => seconds - (times[index - 1] ?? 0))
  return { outcome, longestSilence: Math.max(...gaps), endSeconds }
}

const createDeletion = (inputs: WorldOptions['inputs'], deletionMs = 0) => {
  const world = createWorld({
    inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest },
  })
  world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs })
  return world
}

describe('a DELETE that is answered 503 until the timeout', () => {
  const runAgainst503 = async () => {
    const world = createDeletion({ timeout: '100s' })
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: unwell })
    return { world, ...(await runWithTimes(world)) }
  }

  it('is told once as begun, and then with what keeps it from being done, at least every half minute', async () => {
    const { world, outcome, longestSilence } = await runAgainst503()
    expect(outcome).toBe('timed_out')
    expect(world.log.filter((line) => line === 'Deleting the environment pr-12')).toHaveLength(1)
    expect(
      world.log.filter((line) => /\(503\) at DELETE .* Database is away\..* Trying again/.test(line)),
    ).toHaveLength(3)
    expect(longestSilence).toBeLessThanOrEqual(31)
  })

  it('ends with the status and what Humanitec said', async () => {
    const { world } = await runAgainst503()
    expect(world.annotations).toHaveLength(1)
    expect(world.annotations[0]?.message).toContain(
      'did not confirm within 1 min 40 s that the environment pr-12 was deleted; it may be gone by now, or be deleted later',
    )
    expect(world.annotations[0]?.message).toContain(
      '(503) at DELETE /orgs/acme/apps/shop/envs/pr-12: API-503: Database is away.',
    )
  })

  it('is read and guarded before each further one', async () => {
    const { world } = await runAgainst503()
    const requests = world.requests().join(', ')
    expect(requests).toMatch(/^(GET env, DELETE env, )+GET env$/)
  })
})

describe('an environment that stays as one being deleted', () => {
  it('is told about every half minute, however seldom it is checked', async () => {
    const world = createDeletion({ timeout: '130s', poll_interval: '2m' }, 600_000)
    const { outcome, longestSilence } = await runWithTimes(world)
    expect(outcome).toBe('timed_out')
    expect(longestSilence).toBeLessThanOrEqual(31)
    const told = world.log.filter((line) => line.includes('still being deleted'))
    expect(told.map((line) => line.trim().slice(0, 5))).toEqual(['00:30', '01:00', '01:30', '02:00'])
  })
})

describe('another deployment that only a 409 tells of', () => {
  it('is told as asked for again only while there is time for it', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait', timeout: '1m' } })
    world.orchestrator.addFault({ on: 'POST deploys', times: Infinity, do: { kind: 'answer', status: 409 } })
    expect(await world.run()).toBe('timed_out')
    const told = world.log.filter((line) => line.includes('(409)'))
    expect(told.length).toBeGreaterThan(1)
    expect(told.slice(0, -1).every((line) => line.endsWith('trying again'))).toBe(true)
    expect(told.at(-1)).toContain('the timeout comes first')
  })
})

it('a rate limit that lasts longer than the timeout is not told as followed by another try', async () => {
  const world = createWorld({ inputs: { timeout: '30s' } })
  world.orchestrator.addFault({ on: 'POST deploys', do: tooManyRequests('60') })
  expect(await world.run()).toBe('timed_out')
  expect(world.log.filter((line) => line.includes('(429)'))).toEqual([
    'Humanitec is rate-limiting this token (429): the timeout comes before the next try',
  ])
})

describe('what a step had not come to', () => {
  const inputsOf = {
    deploy: {},
    wait: { operation: 'wait', delta_id: '' },
    delete: { operation: 'delete', env: 'pr-12', delta_id: '' },
    prune: { operation: 'prune', env: 'pr-*', delta_id: '' },
    plan: { dry_run: 'true' },
  } as const

  it.each([
    ['deploy', 'before anything was started'],
    ['wait', 'before a deployment to follow was found'],
    ['delete', 'before anything was deleted'],
    ['prune', 'before anything was deleted'],
    ['plan', 'before the plan was made'],
  ] as const)('%s, cancelled at its first read: %s', async (name, words) => {
    const world = createWorld({ inputs: inputsOf[name] })
    world.orchestrator.addFault({ on: '*', times: Infinity, do: { kind: 'cut' } })
    void world.clock.sleep(5_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    expect(world.annotations[0]?.message).toContain(`The workflow was cancelled ${words}.`)
  })
})

describe('the errors of a failed deployment', () => {
  const runWithErrors = async (action: FaultAction) => {
    const world = createWorld()
    world.orchestrator.planNext(place, { status: 'failed', durationMs: 20_000 })
    world.orchestrator.addFault({ on: 'GET errors', times: Infinity, do: action })
    return { world, ...(await runWithTimes(world)) }
  }

  it('answered 503, are told as being asked for again, and in the end with status and message', async () => {
    const { world, outcome, longestSilence } = await runWithErrors(unwell)
    expect(outcome).toBe('failed')
    expect(longestSilence).toBeLessThanOrEqual(31)
    expect(world.log.join('\n')).toMatch(/\(503\) at GET .*\/errors: API-503: Database is away\..* Trying again/)
    for (const text of [world.annotations.at(-1)?.message, world.summaries.join()])
      expect(text).toMatch(/errors could not be read.*503.*Database is away/s)
  })

  it('answered 403, are told with status and message', async () => {
    const body = { error: 'API-403', message: 'Role too low.' }
    const { world, outcome } = await runWithErrors({ kind: 'answer', status: 403, body })
    expect(outcome).toBe('failed')
    expect(world.outputs).toMatchObject({ errors: '[]', error_count: '' })
    for (const text of [world.annotations.at(-1)?.message, world.summaries.join()])
      expect(text).toMatch(/errors could not be read.*403.*Role too low/s)
  })
})

describe('with create_from, an environment that is being deleted until the timeout', () => {
  const runUntilTimeout = async () => {
    const world = createWorld({
      inputs: {
        env: 'pr-12',
        create_from: 'production',
        env_type: 'development',
        delta_id: delta,
        poll_interval: '30s',
        timeout: '40s',
      },
      workflow: { eventName: 'pull_request', pullRequest },
    })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs: 600_000 })
    world.orchestrator.exchange({ method: 'DELETE', path: '/orgs/acme/apps/shop/envs/pr-12', token: usualToken })
    return { world, ...(await runWithTimes(world)) }
  }

  it('is looked at by poll_interval', async () => {
    const { world } = await runUntilTimeout()
    expect(world.count('GET env')).toBeLessThanOrEqual(4)
  })

  it('is named as what was waited for', async () => {
    const { world, outcome } = await runUntilTimeout()
    expect(outcome).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain(
      'The timeout of 40 s passed before anything was started: the environment pr-12 is still being deleted.',
    )
  })
})
