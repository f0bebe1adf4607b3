import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, type EnvironmentScript, nowMs, type WorldOptions } from '../../testing/virtual/world.ts'

const preview = 'acme/shop/pr-12'
const staging = 'acme/shop/staging'
const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
const inputs = { env: 'pr-12', create_from: 'staging' }
const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const
const failed = { agoSeconds: 60, durationSeconds: 60, status: 'failed' } as const

const createPreviewWorld = (options: WorldOptions = {}, source: EnvironmentScript = { history: [succeeded] }) => {
  const world = createWorld({
    ...options,
    inputs: { ...inputs, ...options.inputs },
    workflow: { pullRequest, ...options.workflow },
  })
  world.orchestrator.addEnvironment(staging, source)
  return world
}

const findBody = (world: ReturnType<typeof createWorld>) =>
  world.orchestrator.record.find(({ operation }) => operation === 'POST envs')?.request.body

describe('a preview', () => {
  it('is made from the newest succeeded deployment of its source, and deployed to', async () => {
    const world = createPreviewWorld()
    expect(await world.run()).toBe('succeeded')
    const requests = world.requests()
    expect(requests.slice(0, 4)).toEqual(['GET env', 'GET env', 'POST envs', 'POST deploys'])
    // Side by side: what runs before the deployment, and the history.
    expect(requests.slice(4, 6).toSorted()).toEqual(['GET deploys', 'GET runtime'])
    expect(findBody(world)).toEqual({
      id: 'pr-12',
      name: 'acme/shop#12',
      type: 'development',
      from_deploy_id: world.orchestrator.inspectDeployments(staging)[0]?.id,
    })
    expect(world.outputs).toMatchObject({ environment_created: 'true', outcome: 'succeeded' })
    expect(world.orchestrator.inspectDeployments(preview)).toHaveLength(1)
    expect(world.outputs['from_id']).toBe(world.orchestrator.inspectDeployments(staging)[0]?.id)
  })

  it('is made of the newest that succeeded, read from the list, where the last one did not', async () => {
    const world = createPreviewWorld({}, { history: [succeeded, failed] })
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(0, 5)).toEqual(['GET env', 'GET env', 'GET deploys', 'POST envs', 'POST deploys'])
    expect(findBody(world)).toMatchObject({ from_deploy_id: world.orchestrator.inspectDeployments(staging)[1]?.id })
  })

  it('is reused at the next push: its own state is the base', async () => {
    const world = createPreviewWorld()
    await world.run()
    const [first] = world.orchestrator.inspectDeployments(preview)
    const asked = world.requests().length
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(asked, asked + 2)).toEqual(['GET env', 'POST deploys'])
    expect(world.count('POST envs')).toBe(1)
    expect(world.outputs).toMatchObject({ environment_created: 'false', from_id: first?.id })
  })

  it('that prune will not find, since no pull request is known, is warned of once', async () => {
    const world = createWorld({ inputs })
    world.orchestrator.addEnvironment(staging, { history: [succeeded] })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([
      { level: 'warning', message: expect.stringMatching(/pr-12 .*prune will not find it.*pull_request/) },
    ])
    await world.run()
    expect(world.annotations).toHaveLength(1)
  })

  it('may be a pure copy', async () => {
    const world = createPreviewWorld({ inputs: { delta_id: '', redeploy: 'true' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['set_id']).toBe(world.orchestrator.inspectDeployments(staging)[0]?.setId)
  })

  it('may be rebased at once', async () => {
    const world = createPreviewWorld({ inputs: { delta_id: '', from_env: 'production' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(0, 6)).toEqual([
      ...['GET env', 'GET env', 'POST envs', 'GET env', 'PUT from_deploy_id', 'POST deploys'],
    ])
  })

  it('outside of a pull request is named for the repository', async () => {
    const world = createWorld({ inputs })
    world.orchestrator.addEnvironment(staging, { history: [succeeded] })
    await world.run()
    expect(findBody(world)).toMatchObject({ name: 'acme/shop' })
  })

  it('gets the type that is given', async () => {
    const world = createPreviewWorld({ inputs: { env_type: 'staging' } })
    await world.run()
    expect(world.orchestrator.inspectEnvironment(preview)?.type).toBe('staging')
  })

  it('of a type that is not there is an error that says what the API said', async () => {
    const world = createPreviewWorld({ inputs: { env_type: 'nonsense' } })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.annotations[0]?.message).toContain('Unknown environment type')
  })
})

describe('a source', () => {
  it('of type production is refused without env_type: nothing is made', async () => {
    const world = createPreviewWorld({ inputs: { create_from: 'production' } })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET env'])
    expect(world.annotations[0]?.message).toMatch(/production.*env_type/s)
  })

  it('of type production is fine with env_type', async () => {
    const world = createPreviewWorld({ inputs: { create_from: 'production', env_type: 'development' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.orchestrator.inspectEnvironment(preview)?.type).toBe('development')
  })

  it.each<[string, EnvironmentScript]>([
    ['without a deployment', {}],
    ['without a succeeded one', { history: [failed] }],
  ])('%s is told', async (_, source) => {
    const world = createPreviewWorld({}, source)
    expect(await world.run()).toBe('error')
    expect(world.count('POST envs')).toBe(0)
    expect(world.annotations[0]?.message).toContain('staging has no successful deployment')
  })

  it('that is not there is told by its name', async () => {
    const world = createPreviewWorld({ inputs: { create_from: 'nowhere' } })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET env'])
    expect(world.annotations[0]?.message).toContain('no environment nowhere')
  })

  it('is not asked for when the environment is there', async () => {
    const world = createPreviewWorld({ inputs: { create_from: 'nowhere' } })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', history: [succeeded] })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('GET env')).toBe(1)
  })
})

describe('an environment that is there', () => {
  it.each<[string, string, WorldOptions]>([
    ['another repository', 'acme/cart#12', {}],
    ['another repository, without a number', 'acme/cart', {}],
    ['another pull request', 'acme/shop#13', {}],
  ])('and named for %s is refused', async (_, name, options) => {
    const world = createPreviewWorld(options)
    world.orchestrator.addEnvironment(preview, { name, history: [succeeded] })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations[0]?.message).toContain(name)
  })

  it.each([
    ['this pull request', 'acme/shop#12'],
    ['this repository', 'acme/shop'],
    ['nobody', 'A demo'],
  ])('and named for %s is deployed to', async (_, name) => {
    const world = createPreviewWorld()
    world.orchestrator.addEnvironment(preview, { name, history: [succeeded] })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST envs')).toBe(0)
  })

  it('and named for another is deployed to without create_from', async () => {
    const world = createPreviewWorld({ inputs: { create_from: '' } })
    world.orchestrator.addEnvironment(preview, { name: 'acme/cart#12', history: [succeeded] })
    expect(await world.run()).toBe('succeeded')
  })

  it.each([
    ['with create_from', {}],
    ['without', { create_from: '' }],
  ])('and of another type than env_type is refused, %s', async (_, more) => {
    const world = createPreviewWorld({ inputs: { env_type: 'staging', ...more } })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', history: [succeeded] })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations[0]?.message).toMatch(/type development, not staging/)
  })
})

describe('an environment that is being deleted', () => {
  const createDeleting = async (options: WorldOptions = {}, lastsMs = 30_000) => {
    const world = createPreviewWorld(options)
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', history: [succeeded], deletionMs: lastsMs })
    const path = '/orgs/acme/apps/shop/envs/pr-12'
    world.orchestrator.exchange({ method: 'DELETE', path, token: 'simulated-service-user-token' })
    return world
  }

  it('is waited for, and made anew', async () => {
    const world = await createDeleting()
    expect(await world.run()).toBe('succeeded')
    const creation = world.orchestrator.record.find(({ operation }) => operation === 'POST envs')
    expect((creation?.atMs ?? 0) - nowMs).toBeGreaterThanOrEqual(30_000)
    expect((creation?.atMs ?? 0) - nowMs).toBeLessThan(40_000)
    expect(world.outputs).toMatchObject({ environment_created: 'true' })
    expect(world.log.join('\n')).toContain('Waiting until the environment pr-12 is deleted')
  })

  it('is not waited for past the deadline', async () => {
    const world = await createDeleting({ inputs: { timeout: '1m' } }, 3_600_000)
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeLessThan(75_000)
    expect(world.count('POST envs')).toBe(0)
    expect(world.count('POST deploys')).toBe(0)
  })

  it('is an error without create_from', async () => {
    const world = await createDeleting({ inputs: { create_from: '' } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toMatch(/pr-12.*is being deleted.*create_from/s)
    expect(world.count('POST deploys')).toBe(0)
  })
})

describe('the request that makes an environment', () => {
  const runWith = async (actions: readonly FaultAction[], options: WorldOptions = {}) => {
    const world = createPreviewWorld(options)
    for (const action of actions) world.orchestrator.addFault({ on: 'POST envs', do: action })
    return { world, outcome: await world.run() }
  }

  it('answered 409, since someone was quicker, is fine: it is there, and not ours', async () => {
    const world = createPreviewWorld({
      strike: ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/envs') && !world.orchestrator.inspectEnvironment(preview))
          world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', history: [succeeded] })
        return undefined
      },
    })
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(0, 5)).toEqual(['GET env', 'GET env', 'POST envs', 'GET env', 'POST deploys'])
    expect(world.outputs['environment_created']).toBe('false')
  })

  it('answered 409, since another repository was quicker, is refused', async () => {
    const world = createPreviewWorld({
      strike: ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/envs'))
          world.orchestrator.addEnvironment(preview, { name: 'acme/cart#12', history: [succeeded] })
        return undefined
      },
    })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.annotations[0]?.message).toContain('acme/cart#12')
  })

  it.each([
    ['another repository', 'acme/cart#12', 'error'],
    ['a person', 'A demo', 'succeeded'],
  ])('lost, and answered 409 since %s was quicker, is not told as made by us', async (_, name, outcome) => {
    const world = createPreviewWorld()
    world.orchestrator.addFault({ on: 'POST envs', do: badGateway(502) })
    world.clock.schedule(nowMs + 150, () => {
      world.orchestrator.addEnvironment(preview, { name, history: [succeeded] })
    })
    expect(await world.run()).toBe(outcome)
    expect(world.count('POST envs')).toBe(2)
    expect(world.outputs['environment_created']).toBe('false')
  })

  it.each<[string, FaultAction]>([
    ['carried out, its answer cut', { kind: 'cut', effectAfterMs: 0 }],
    ['carried out, its body cut', { kind: 'cut', at: 'body' }],
    ['carried out, answered 502', badGateway(502, 0)],
    ['carried out, answered with a web page', { kind: 'text', text: '<html>' }],
  ])('%s: sent once more, and 409 means that it is ours', async (_, action) => {
    const { world, outcome } = await runWith([action])
    expect(outcome).toBe('succeeded')
    expect(world.count('POST envs')).toBe(2)
    expect(world.outputs['environment_created']).toBe('true')
    expect(world.orchestrator.inspectDeployments(preview)).toHaveLength(1)
  })

  it.each<[string, FaultAction]>([
    ['lost', { kind: 'cut' }],
    ['answered 503', badGateway(503)],
  ])('%s, and not carried out: sent once more', async (_, action) => {
    const { world, outcome } = await runWith([action])
    expect(outcome).toBe('succeeded')
    expect(world.count('POST envs')).toBe(2)
    expect(world.outputs['environment_created']).toBe('true')
  })

  it('lost twice is an error', async () => {
    const { world, outcome } = await runWith([{ kind: 'cut' }, { kind: 'cut' }])
    expect(outcome).toBe('error')
    expect(world.count('POST envs')).toBe(2)
    expect(world.count('POST deploys')).toBe(0)
  })

  it('throttled waits as the server wishes, and is no loss', async () => {
    const { world, outcome } = await runWith([tooManyRequests('20'), tooManyRequests('20'), tooManyRequests('20')])
    expect(outcome).toBe('succeeded')
    expect(world.count('POST envs')).toBe(4)
    expect(world.orchestrator.inspectDeployments(preview)[0]?.createdMs).toBeGreaterThanOrEqual(nowMs + 60_000)
  })

  it('that never left is no loss either', async () => {
    let failures = 5
    const strike: WorldOptions['strike'] = ({ method }) =>
      method === 'POST' && failures-- > 0 ? { network: 'not_sent' } : undefined
    const { world, outcome } = await runWith([], { strike })
    expect(outcome).toBe('succeeded')
    expect(world.count('POST envs')).toBe(1)
  })

  it.each([400, 401, 403, 404, 422, 302])('answered %d is an error, at once', async (status) => {
    const { world, outcome } = await runWith([{ kind: 'answer', status, body: { error: 'E', message: 'because' } }])
    expect(outcome).toBe('error')
    expect(world.count('POST envs')).toBe(1)
    expect(world.outputs['environment_created']).toBe('false')
    expect(world.annotations).toHaveLength(1)
  })

  it('is not sent past the deadline', async () => {
    const world = createPreviewWorld({ inputs: { timeout: '5s' } })
    world.orchestrator.addFault({ on: 'GET env', after: 1, do: { kind: 'stall', at: 'body', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.count('POST envs')).toBe(0)
  })

  it('answered 409 over and over, while the environment can’t be seen, is not sent without a pause', async () => {
    const world = createPreviewWorld({ inputs: { timeout: '10m' } })
    world.orchestrator.addFault({
      on: 'POST envs',
      times: Infinity,
      do: { kind: 'answer', status: 409, body: { error: 'API-409', message: 'exists' } },
    })
    expect(['error', 'timed_out']).toContain(await world.run())
    expect(world.requests().length).toBeLessThan(320)
    expect(world.count('POST deploys')).toBe(0)
  })
})
