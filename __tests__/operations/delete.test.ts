import { describe, expect, it } from '@jest/globals'
import { badGateway } from '../../testing/simulator/faults.ts'
import { workflowUser } from '../../testing/simulator/github.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, type EnvironmentScript, place, type WorldOptions } from '../../testing/virtual/world.ts'

const home = 'acme/shop'
const preview = 'acme/shop/pr-12'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

const createDeletion = (
  { inputs, workflow, ...rest }: WorldOptions = {},
  environment: EnvironmentScript | 'absent' = { name: 'acme/shop#12' },
) => {
  const world = createWorld({
    inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest, ...workflow },
    ...rest,
  })
  if (environment !== 'absent') world.orchestrator.addEnvironment(preview, environment)
  const exists = () => world.orchestrator.inspectEnvironments(home).includes('pr-12')
  return { ...world, exists }
}

const listTimes = ({ orchestrator }: ReturnType<typeof createWorld>, wanted: string): readonly number[] =>
  orchestrator.record.filter(({ operation }) => operation === wanted).map(({ atMs }) => atMs)

describe('a deletion', () => {
  it('of an environment that is named for the repository deletes it', async () => {
    const world = createDeletion()
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(world.requests()).toEqual(['GET env', 'DELETE env'])
    expect(world.outputs).toMatchObject({ outcome: 'deleted', deleted_environments: '["pr-12"]' })
  })

  it('that goes on is waited for', async () => {
    const world = createDeletion({}, { name: 'acme/shop#12', deletionMs: 47_000 })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
  })

  it.each(['', null, undefined])('is not taken for done by an answer without a time: %j', async (created_at) => {
    let looks = 0
    const world = createDeletion(
      {
        onAnswer: ({ operation }, answer) => {
          if (operation === 'GET env' && answer.status === 200 && ++looks === 3)
            Object.assign(answer.body as object, { created_at })
        },
      },
      { name: 'acme/shop#12', deletionMs: 47_000 },
    )
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(looks).toBeGreaterThan(3)
  })

  it('answered 409 is not held up by an old deployment with a word that nobody knows', async () => {
    const world = createDeletion(
      {
        onAnswer: ({ operation }, answer) => {
          if (operation === 'GET deploys' && Array.isArray(answer.body))
            Object.assign(answer.body.at(-1), { status: 'aborted' })
        },
      },
      {
        name: 'acme/shop#12',
        history: [
          { agoSeconds: 9_000, durationSeconds: 60, status: 'succeeded' },
          { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' },
        ],
      },
    )
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status: 409 } })
    expect(await world.run()).toBe('deleted')
    expect(world.count('DELETE env')).toBe(2)
    expect(world.count('GET deploy')).toBe(0)
  })

  it('that lasts too long is timed out', async () => {
    const world = createDeletion({ inputs: { timeout: '30s' } }, { name: 'acme/shop#12', deletionMs: 300_000 })
    expect(await world.run()).toBe('timed_out')
    expect(world.outputs['deleted_environments']).toBe('[]')
    expect(world.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('still being deleted') },
    ])
  })

  it('that someone else has begun is waited for, and not counted', async () => {
    const world = createDeletion({}, { name: 'acme/shop#12', deletionMs: 20_000 })
    world.orchestrator.handle({ method: 'DELETE', path: '/orgs/acme/apps/shop/envs/pr-12', token: usualToken })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(world.count('DELETE env')).toBe(1)
    expect(world.outputs['deleted_environments']).toBe('[]')
    expect(world.summaries[0]).toMatch(/^### 🧹 pr-12 of shop is gone; this step did not delete it\n/)
  })

  it.each([
    ['before it is carried out', 'never' as const, 2],
    ['after it was carried out', 0, 1],
  ])('whose answer is lost %s counts as ours', async (_, effectAfterMs, deletes) => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: badGateway(502, effectAfterMs) })
    expect(await world.run()).toBe('deleted')
    expect(world.count('DELETE env')).toBe(deletes)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
  })

  it.each([
    ['lost', badGateway(502, 0), 'acme/shop#12'],
    ['lost', badGateway(502, 0), 'acme/cart#12'],
    ['a 404', { kind: 'answer', status: 404, effectAfterMs: 0 } as const, 'acme/shop#12'],
  ])('whose answer is %s does not hit what was made anew meanwhile (%#)', async (_, action, name) => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: action })
    const remade = world
      .taken('DELETE env')
      .then(() => world.sent('GET env'))
      .then(() => world.orchestrator.addEnvironment(preview, { name }))
    expect(await world.run()).toBe('deleted')
    await remade
    expect(world.count('DELETE env')).toBe(1)
    expect(world.exists()).toBe(true)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
    expect(world.state['open']).toBe('')
  })

  it('answered 404, though the environment is there, is sent again after a pause', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status: 404 } })
    expect(await world.run()).toBe('deleted')
    expect(world.requests()).toEqual(['GET env', 'DELETE env', 'GET env', 'DELETE env'])
    const [first = 0, second = 0] = listTimes(world, 'DELETE env')
    expect(second - first).toBeGreaterThanOrEqual(200)
  })

  it('answered 404 three times, though the environment is there, is an error that names the role', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: { kind: 'answer', status: 404 } })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(3)
    expect(world.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('Deployer') }])
  })

  it('answered 404 until the deadline is not told as one that goes on', async () => {
    const world = createDeletion({ inputs: { timeout: '1s' } })
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: { kind: 'answer', status: 404 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain(
      'did not confirm within 1 s that the environment pr-12 was deleted; it may be gone by now, or be deleted later',
    )
  })

  it.each([
    ['while it goes on', '60s', '2m', 10_000, 0],
    ['though the one before has failed', '20s', '15s', 17_000, 1],
  ])('gets one last look at the deadline, %s', async (_, timeout, poll_interval, deletionMs, times) => {
    const world = createDeletion({ inputs: { timeout, poll_interval } }, { name: 'acme/shop#12', deletionMs })
    world.orchestrator.addFault({ on: 'GET env', after: 2, times, do: badGateway() })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('deleted')
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(60_100)
  })

  it('that was never answered may still be carried out', async () => {
    const world = createDeletion({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'stall', at: 'headers', effectAfterMs: 0 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain('may be gone by now, or be deleted later')
  })

  it('answered 409, the environment gone before its deployments are listed, is over', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status: 409 } })
    const removed = world.sent('GET deploys').then(() => world.orchestrator.deleteElsewhere(preview))
    expect(await world.run()).toBe('deleted')
    await removed
    expect(world.requests()).toEqual(['GET env', 'DELETE env', 'GET deploys', 'GET env'])
    expect(world.outputs['deleted_environments']).toBe('[]')
  })

  it('answered 409 under deployments that may not be listed asks with pauses', async () => {
    const world = createDeletion({ inputs: { timeout: '10m' } })
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: { kind: 'answer', status: 409 } })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: { kind: 'answer', status: 404 } })
    expect(await world.run()).toBe('timed_out')
    const timesMs = listTimes(world, 'DELETE env')
    const gapsMs = timesMs.slice(1).map((atMs, index) => atMs - (timesMs[index] ?? 0))
    expect(gapsMs.length).toBeGreaterThan(20)
    expect(gapsMs).toEqual(gapsMs.toSorted((a, b) => a - b))
    expect(Math.min(...gapsMs.slice(6))).toBeGreaterThanOrEqual(30_000)
  })

  it('that Humanitec gives up is an error, not a deletion', async () => {
    const world = createDeletion({}, { name: 'acme/shop#12', deletionMs: 600_000 })
    const again = { kind: 'merge', fields: { status: 'active' } } as const
    world.orchestrator.addFault({ on: 'GET env', after: 3, times: Infinity, do: again })
    expect(await world.run()).toBe('error')
    expect(world.outputs['deleted_environments']).toBe('[]')
    expect(world.annotations[0]?.message).toContain('Humanitec stopped deleting the environment pr-12')
  })

  it('is not sent past the deadline', async () => {
    const world = createDeletion({ inputs: { timeout: '2s' } })
    world.orchestrator.addFault({ on: 'GET env', do: { kind: 'stall', at: 'body', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.count('DELETE env')).toBe(0)
  })

  it('is over when the environment is gone and made anew', async () => {
    const world = createDeletion({}, { name: 'acme/shop#12', deletionMs: 21_000 })
    const remade = world.clock.sleep(21_500).then(() => {
      world.orchestrator.inspectEnvironments(home)
      world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12' })
    })
    expect(await world.run()).toBe('deleted')
    await remade
    expect(world.exists()).toBe(true)
  })

  it.each([
    ['seen', {}],
    ['told by a 409', { shownAfterMs: 60_000 }],
  ])('waits for an active deployment, %s', async (_, visibility) => {
    const world = createDeletion()
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 90_000, ...visibility } })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('deleted')
    expect(world.clock.now() - beganMs).toBeGreaterThanOrEqual(90_000)
    expect(world.exists()).toBe(false)
  })

  it('is given up when the active deployment lasts too long', async () => {
    const world = createDeletion({ inputs: { timeout: '60s' } })
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 900_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.exists()).toBe(true)
    expect(world.count('DELETE env')).toBe(0)
  })

  it('of the last environment is told', async () => {
    const world = createDeletion()
    world.orchestrator.deleteElsewhere(place)
    expect(await world.run()).toBe('error')
    expect(world.annotations).toMatchObject([{ message: expect.stringContaining('last environment') }])
  })

  it('that is refused is an error', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.exists()).toBe(true)
  })

  it('that is cancelled while its answer is awaited may have worked', async () => {
    const world = createDeletion()
    const cancelled = world.taken('DELETE env').then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.exists()).toBe(false)
    expect(world.annotations).toMatchObject([
      {
        title: expect.stringContaining('pr-12 of shop may have been deleted'),
        message: expect.stringContaining('may have been deleted'),
      },
    ])
    expect(world.summaries.join()).toContain('The workflow was cancelled; the environment pr-12 may have been deleted.')
  })

  it('that is cancelled says that it goes on', async () => {
    const world = createDeletion({}, { name: 'acme/shop#12', deletionMs: 60_000 })
    const cancelled = world.clock.sleep(20_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.annotations).toMatchObject([{ message: expect.stringContaining('goes on in Humanitec') }])
  })
})

describe('an environment that is not there', () => {
  it('is a success with nothing deleted, when the list says the same', async () => {
    const world = createDeletion({}, 'absent')
    expect(await world.run()).toBe('deleted')
    expect(world.requests()).toEqual(['GET env', 'GET envs'])
    expect(world.outputs).toMatchObject({ outcome: 'deleted', deleted_environments: '[]' })
  })

  it('is an error when there is no such application', async () => {
    const world = createDeletion({ inputs: { app: 'shoop' } })
    expect(await world.run()).toBe('error')
    expect(world.annotations).toMatchObject([{ message: expect.stringContaining('no application shoop in acme') }])
  })

  it('though listed, is read again', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'GET env', do: { kind: 'answer', status: 404 } })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
  })
})

describe('a fence', () => {
  it.each<[string, boolean, EnvironmentScript, WorldOptions['inputs']]>([
    ['another repository’s', false, { name: 'acme/cart#12' }, {}],
    ['another owner’s, of the type given', false, { name: 'mallory/shop#12' }, { env_type: 'development' }],
    ['one of the repository’s earlier name', false, { name: 'acme/old-shop#12' }, {}],
    [
      'one of the repository’s earlier name, of the type given',
      true,
      { name: 'acme/old-shop#12' },
      { env_type: 'development' },
    ],
    ['another pull request’s', false, { name: 'acme/shop#13' }, {}],
    ['the repository’s, without a number', true, { name: 'acme/shop' }, {}],
    ['the repository’s, written otherwise', true, { name: 'Acme/Shop#12' }, {}],
    ['one that a person has named', false, { name: 'pr-12' }, {}],
    ['one that a person has named, of the type given', true, { name: 'pr-12' }, { env_type: 'development' }],
    ['one that a person has named, of another type than given', false, { name: 'pr-12' }, { env_type: 'staging' }],
    ['ours, of another type than given', false, { name: 'acme/shop#12' }, { env_type: 'staging' }],
    ['ours, of type production', false, { name: 'acme/shop#12', type: 'production' }, {}],
    [
      'ours, of type production, which is given',
      true,
      { name: 'acme/shop#12', type: 'production' },
      { env_type: 'production' },
    ],
  ])('lets %s be deleted: %s', async (_, mayBe, environment, inputs = {}) => {
    const world = createDeletion({ inputs }, environment)
    expect(await world.run()).toBe(mayBe ? 'deleted' : 'error')
    expect(world.exists()).toBe(!mayBe)
    expect(world.count('DELETE env')).toBe(mayBe ? 1 : 0)
  })

  it('keeps production by its id', async () => {
    const world = createDeletion({ inputs: { env: 'production' } })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(0)
  })
})

describe('a dry run', () => {
  it('deletes nothing and says what it would', async () => {
    const world = createDeletion({ inputs: { dry_run: 'true' } })
    expect(await world.run()).toBe('skipped')
    expect(world.exists()).toBe(true)
    expect(world.requests()).toEqual(['GET env'])
    expect(world.summaries.join()).toContain('would be deleted')
  })

  it('meets the fences all the same', async () => {
    const world = createDeletion({ inputs: { dry_run: 'true' } }, { name: 'acme/cart#12' })
    expect(await world.run()).toBe('error')
  })
})

describe('GitHub after a deletion', () => {
  const repository = 'acme/shop'
  const marker = '<!-- humanitec-deploy:acme/shop/pr-12 -->'
  const told = { pr_comment: 'true', github_deployment: 'true' }
  const createTold = (options: WorldOptions = {}) => {
    const world = createDeletion({ ...options, inputs: { ...told, ...options.inputs } })
    world.github.addPull(repository, { number: 12, state: 'closed' })
    const bodies = () => world.github.inspectComments(repository, 12).map(({ body }) => body)
    return { ...world, bodies }
  }

  it('has the comment say so, and no other', async () => {
    const world = createTold()
    world.github.addComment(repository, 12, { body: 'Nice!' })
    world.github.addComment(repository, 12, { body: `${marker}\nready`, user: workflowUser })
    await world.run()
    expect(world.bodies()).toEqual(['Nice!', expect.stringContaining('was deleted')])
  })

  it('gets no comment where there was none', async () => {
    const world = createTold()
    await world.run()
    expect(world.bodies()).toEqual([])
  })

  it('is told at a second deletion, too', async () => {
    const world = createTold()
    await world.run()
    world.github.addComment(repository, 12, { body: `${marker}\nready`, user: workflowUser })
    expect(await world.run()).toBe('deleted')
    expect(world.bodies()).toEqual([expect.stringContaining('was deleted')])
  })

  it('finds the pull request by the environment’s name, when the event has none', async () => {
    const world = createWorld({ inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...told } })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12' })
    world.github.addPull(repository, { number: 12 })
    world.github.addComment(repository, 12, { body: `${marker}\nready`, user: workflowUser })
    await world.run()
    expect(world.github.inspectComments(repository, 12)).toMatchObject([
      { body: expect.stringContaining('was deleted') },
    ])
  })

  it('has no active Deployment of the environment any more', async () => {
    const deploying = createWorld({
      inputs: { env: 'pr-12', create_from: 'production', env_type: 'development', ...told },
      workflow: { pullRequest },
    })
    deploying.github.addPull(repository, { number: 12 })
    await deploying.run()
    await deploying.run({ operation: 'delete', delta_id: '', create_from: '', env_type: '' })
    expect(deploying.github.inspectGitHubDeployments(repository)).toMatchObject([
      { statuses: [{ state: 'in_progress' }, { state: 'success' }, { state: 'inactive' }] },
    ])
  })

  it.each([
    [
      'cancelled',
      async (world: ReturnType<typeof createTold>) => {
        const cancelled = world.clock.sleep(20_000).then(world.cancel)
        await world.run()
        await cancelled
      },
    ],
    ['killed', (world: ReturnType<typeof createTold>) => world.kill(20_000)],
  ])('is told by the post step, when the step was %s while Humanitec deletes', async (_, stop) => {
    const world = createTold()
    world.orchestrator.planDeletion(preview, 60_000)
    world.github.addComment(repository, 12, { body: `${marker}\nready`, user: workflowUser })
    await stop(world)
    expect(world.github.record).toEqual([])
    await world.finish()
    expect(world.bodies()).toEqual([expect.stringContaining('was deleted')])
  })

  it.each([
    ['cancelled', 'sent'],
    ['cancelled', 'taken'],
    ['killed', 'sent'],
    ['killed', 'taken'],
  ] as const)(
    'is told by the post step, when the step was %s after its DELETE was %s, while the answer was awaited',
    async (how, moment) => {
      const world = createTold()
      world.github.addComment(repository, 12, { body: `${marker}\nready`, user: workflowUser })
      const hit = world[moment]('DELETE env')
      if (how === 'killed') await world.kill(hit)
      else await Promise.all([world.run(), hit.then(world.cancel)])
      await world.clock.run(world.clock.sleep(300))
      await world.finish()
      expect(world.exists()).toBe(false)
      expect(world.bodies()).toEqual([expect.stringContaining('was deleted')])
    },
  )

  it('is not told by the post step of an environment that a lost DELETE has left there', async () => {
    const world = createTold()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.github.record).toEqual([])
  })

  it.each([
    [400, 'error', 'Humanitec refused to delete the environment pr-12 (400): API-400: No.'],
    [
      403,
      'error',
      'The token is valid, but may not delete environments of type development (403) at DELETE /orgs/acme/apps/shop/envs/pr-12: API-403: No.',
    ],
    [
      409,
      'timed_out',
      'The environment pr-12 was not deleted within 5 s. The last error: Humanitec says that another deployment is active (409) at DELETE /orgs/acme/apps/shop/envs/pr-12: API-409: No.',
    ],
    [422, 'error', 'Humanitec could not use the request (422) at DELETE /orgs/acme/apps/shop/envs/pr-12: API-422: No.'],
    [
      429,
      'timed_out',
      'The environment pr-12 was not deleted within 5 s. The last error: Humanitec is rate-limiting this token (429) at DELETE /orgs/acme/apps/shop/envs/pr-12: API-429: No.',
    ],
  ] as const)('leaves nothing open after a sure refusal, %d', async (status, outcome, sentence) => {
    const world = createTold({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'DELETE env', times: Infinity, do: { kind: 'answer', status } })
    expect(await world.run()).toBe(outcome)
    expect(world.state['open']).toBe('')
    expect(world.annotations.map(({ message }) => message.split('\n')[0])).toEqual([sentence])
  })

  it('is not told by the post step of a deletion that never began', async () => {
    const world = createTold()
    world.orchestrator.startElsewhere(preview)
    await world.kill(20_000)
    await world.finish()
    expect(world.github.record).toEqual([])
  })

  it('is not told of a failure, nor asked in a dry run', async () => {
    const failing = createTold({ inputs: { env_type: 'staging' } })
    const dry = createTold({ inputs: { dry_run: 'true' } })
    await failing.run()
    await dry.run()
    expect([...failing.github.record, ...dry.github.record]).toEqual([])
  })

  it('out of reach changes nothing', async () => {
    const world = createTold()
    world.github.addFault({ on: '*', times: Infinity, do: badGateway() })
    expect(await world.run()).toBe('deleted')
    expect(world.annotations).toMatchObject([{ level: 'warning' }, { level: 'warning' }])
  })
})
