import { describe, expect, it } from '@jest/globals'
import { workflow as usualWorkflow } from '../../testing/example.ts'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'

const createShown = ({ inputs, ...rest }: WorldOptions = {}) => {
  const world = createWorld({ inputs: { github_deployment: 'true', ...inputs }, ...rest })
  /** For each GitHub Deployment, oldest first: the states that it had. */
  const states = () =>
    world.github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.map(({ state }) => state))
  const requests = () => world.github.record.map(({ operation }) => operation)
  const add = (environment: string, ...given: readonly string[]) => {
    const token = usualGitHubToken
    const body = { ref: usualWorkflow.sha, environment, auto_merge: false, required_contexts: [] }
    const { acceptedId } = world.github.handle({
      method: 'POST',
      path: `/repos/${repository}/deployments`,
      token,
      body,
    })
    const path = `/repos/${repository}/deployments/${acceptedId}/statuses`
    for (const state of given)
      world.github.handle({ method: 'POST', path, token, body: { state, auto_inactive: false } })
  }
  return { ...world, states, requests, add }
}

describe('GitHub’s own Deployment', () => {
  it('goes from in_progress to success, with the address', async () => {
    const world = createShown()
    world.orchestrator.planResources(place, [{ type: 'dns', host: '{env}.example.com' }])
    expect(await world.run()).toBe('succeeded')
    const [deployment] = world.github.inspectGitHubDeployments(repository)
    expect(deployment).toMatchObject({
      environment: 'shop/production',
      ref: usualWorkflow.sha,
      isTransient: false,
      statuses: [
        { state: 'in_progress', environmentUrl: '', logUrl: usualWorkflow.runUrl },
        { state: 'success', environmentUrl: 'https://production.example.com', logUrl: usualWorkflow.runUrl },
      ],
    })
    expect(world.annotations).toEqual([])
  })

  it('asks for no merge and for no checks', async () => {
    const world = createShown()
    await world.run()
    const made = world.github.record.find(({ operation }) => operation === 'POST deployments')
    expect(made?.request.body).toMatchObject({ auto_merge: false, required_contexts: [] })
  })

  it('is of the pull request’s head, which is asked for where the event does not tell it', async () => {
    const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
    const world = createShown({ workflow: { eventName: 'issue_comment', sha: '', pullRequest } })
    const head = 'b'.repeat(40)
    world.github.addPull(repository, { number: 12, sha: head })
    await world.run()
    expect(world.github.inspectGitHubDeployments(repository)).toMatchObject([{ ref: head }])
    expect(world.requests().filter((operation) => operation === 'GET pull')).toHaveLength(1)
  })

  it('names what the job’s token needs to ask for the head', async () => {
    const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
    const world = createShown({ workflow: { eventName: 'issue_comment', sha: '', pullRequest } })
    const body = { message: 'Resource not accessible by integration' }
    world.github.addFault({ on: 'GET pull', do: { kind: 'answer', status: 403, body } })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([
      {
        level: 'warning',
        message: expect.stringContaining('permissions: deployments: write, pull-requests: read.'),
      },
    ])
  })

  it('is transient for a preview', async () => {
    const world = createShown({ inputs: { env: 'pr-12', create_from: 'production', env_type: 'development' } })
    await world.run()
    expect(world.github.inspectGitHubDeployments(repository)).toMatchObject([
      { environment: 'shop/pr-12', isTransient: true },
    ])
  })

  it.each([
    ['failed', 'failure', { plan: { status: 'failed' as const } }],
    ['timed_out', 'error', { inputs: { timeout: '60s' } }],
    ['error', 'error', { inputs: { env: 'nowhere' } }],
  ])(
    'of a run that ends as %s ends as %s',
    async (outcome, state, { plan, inputs }: { plan?: { status: 'failed' }; inputs?: WorldOptions['inputs'] }) => {
      const world = createShown(inputs ? { inputs } : {})
      if (plan) world.orchestrator.planNext(place, plan)
      expect(await world.run()).toBe(outcome)
      expect(world.states()).toEqual([['in_progress', state]])
    },
  )

  it('is not made when nobody waits', async () => {
    const world = createShown({ inputs: { wait: 'false' } })
    expect(await world.run()).toBe('started')
    expect(world.github.record).toEqual([])
  })

  it('is made and finished by operation: wait', async () => {
    const world = createShown({ inputs: { operation: 'wait', delta_id: '' } })
    world.orchestrator.startElsewhere(place)
    expect(await world.run()).toBe('succeeded')
    expect(world.states()).toEqual([['in_progress', 'success']])
  })

  it('makes the older ones of its environment inactive, dead ones and all, and no other’s', async () => {
    const world = createShown()
    world.add('shop/production', 'in_progress')
    world.add('shop/production', 'in_progress', 'success')
    world.add('shop/production', 'in_progress', 'success', 'inactive')
    world.add('cart/production', 'in_progress', 'success')
    world.add('shop/staging', 'in_progress')
    await world.run()
    expect(world.states()).toEqual([
      ['in_progress', 'inactive'],
      ['in_progress', 'success', 'inactive'],
      ['in_progress', 'success', 'inactive'],
      ['in_progress', 'success'],
      ['in_progress'],
      ['in_progress', 'success'],
    ])
  })

  it('leaves the older ones when nothing was started', async () => {
    const world = createShown()
    world.add('shop/production', 'in_progress', 'success')
    world.orchestrator.startElsewhere(place)
    expect(await world.run()).toBe('error')
    expect(world.states()).toEqual([
      ['in_progress', 'success'],
      ['in_progress', 'error'],
    ])
  })

  it('that ends after a newer one is itself out of date', async () => {
    const world = createShown()
    const newer = world.clock.sleep(60_000).then(() => world.add('shop/production', 'in_progress', 'success'))
    await world.run()
    await newer
    expect(world.states()).toEqual([
      ['in_progress', 'success', 'inactive'],
      ['in_progress', 'success'],
    ])
  })

  it('is one, though the answer to its creation was lost', async () => {
    const world = createShown()
    world.github.addFault({ on: 'POST deployments', do: { kind: 'cut', effectAfterMs: 0 } })
    await world.run()
    expect(world.states()).toEqual([['in_progress', 'success']])
  })

  it('retires more than a hundred', async () => {
    const world = createShown()
    for (let index = 0; index < 130; index++) world.add('shop/production', 'in_progress')
    await world.run()
    expect(world.states().filter((states) => states.at(-1) === 'inactive')).toHaveLength(130)
  })

  it.each([0, 300, 10_000])('with %d old ones takes as many requests as with none', async (count) => {
    const world = createShown()
    world.github.addGitHubDeployments(repository, 'shop/production', count, 'inactive')
    world.add('shop/production', 'in_progress', 'success')
    const before = world.requests().length
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([])
    expect(world.requests().length - before).toBeLessThanOrEqual(8)
    expect(world.states().slice(-2)).toEqual([
      ['in_progress', 'success', 'inactive'],
      ['in_progress', 'success'],
    ])
  })

  it('retires the newest first, then the oldest, so that the next run goes on where this one had no more time', async () => {
    const world = createShown()
    world.github.addGitHubDeployments(repository, 'shop/production', 1_500, 'success')
    await world.run()
    const states = () => world.states().map((each) => each.at(-1))
    expect(states().slice(1_498)).toEqual(['success', 'inactive', 'success'])
    expect(states()[0]).toBe('inactive')
    await world.run()
    await world.run()
    expect(states().filter((state) => state !== 'inactive')).toEqual(['success'])
  })

  it('without permission is a warning that names it', async () => {
    const world = createShown()
    const body = { message: 'Resource not accessible by integration' }
    world.github.addFault({ on: 'POST deployments', times: Infinity, do: { kind: 'answer', status: 403, body } })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining('permissions: deployments: write') },
    ])
  })
})

describe('a GitHub Deployment after a signal', () => {
  it('is left to the post step, which ends it as an error', async () => {
    const world = createShown()
    const cancelled = world.clock.sleep(30_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.states()).toEqual([['in_progress']])
    await world.finish()
    expect(world.states()).toEqual([['in_progress', 'error']])
  })

  it.each([10, 30, 50, 70, 90, 130, 60_000])('or a kill after %d ms, none is left unfinished', async (afterMs) => {
    const world = createShown()
    await world.kill(afterMs)
    await world.finish()
    expect(world.states().map((states) => states.at(-1))).toEqual(['error'])
  })

  it('and a runner that is gone, is mended by the next run', async () => {
    const world = createShown()
    await world.kill(30_000)
    await world.clock.run(world.clock.sleep(300_000))
    expect(await world.run()).toBe('succeeded')
    expect(world.states()).toEqual([
      ['in_progress', 'inactive'],
      ['in_progress', 'success'],
    ])
  })
})
