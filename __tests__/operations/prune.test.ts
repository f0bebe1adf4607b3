import { describe, expect, it } from '@jest/globals'
import { badGateway } from '../../testing/simulator/faults.ts'
import { workflowUser } from '../../testing/simulator/github.ts'
import { createWorld, type EnvironmentScript, type WorldOptions } from '../../testing/virtual/world.ts'

const home = 'acme/shop'
const repository = 'acme/shop'

/** The app with its production, and the pull requests 1 to 4, each with a preview: two are closed. */
const createPrune = ({ inputs, workflow, ...rest }: WorldOptions = {}) => {
  const world = createWorld({
    inputs: { operation: 'prune', env: 'pr-*', delta_id: '', ...inputs },
    workflow: { eventName: 'schedule', ...workflow },
    ...rest,
  })
  const add = (number: number, state: 'open' | 'closed' | 'merged', environment: EnvironmentScript = {}) => {
    world.github.addPull(repository, { number, state })
    world.orchestrator.addEnvironment(`${home}/pr-${number}`, { name: `acme/shop#${number}`, ...environment })
  }
  const left = () => world.orchestrator.inspectEnvironments(home)
  return { ...world, add, left }
}

const createUsual = (options: WorldOptions = {}) => {
  const world = createPrune(options)
  world.add(1, 'closed')
  world.add(2, 'open')
  world.add(3, 'merged')
  world.add(4, 'open')
  return world
}

describe('a prune', () => {
  it('deletes the previews whose pull request is closed, and only those', async () => {
    const world = createUsual()
    expect(await world.run()).toBe('pruned')
    expect(world.left()).toEqual(['production', 'pr-2', 'pr-4'])
    expect(world.outputs).toMatchObject({ outcome: 'pruned', deleted_environments: '["pr-1","pr-3"]' })
  })

  it('tells of every environment why it was deleted or kept', async () => {
    const world = createUsual()
    await world.run()
    const summary = world.summaries.join()
    for (const reason of ['request is closed', 'request is open', 'request is merged', 'not matching'])
      expect(summary).toContain(reason)
  })

  it.each([
    ['another repository’s', { name: 'acme/other#1' }],
    ['another pull request’s', { name: 'acme/shop#2' }],
    ['a production environment', { type: 'production' }],
  ])('keeps one that has become %s since it was listed', async (_, now) => {
    const world = createPrune({
      onAnswer: ({ operation }, answer) => {
        if (operation === 'GET env') Object.assign(answer.body as object, now)
      },
    })
    world.add(1, 'closed')
    expect(await world.run()).toBe('pruned')
    expect(world.count('DELETE env')).toBe(0)
    expect(world.left()).toContain('pr-1')
    expect(world.outputs['deleted_environments']).toBe('[]')
  })

  it('deletes nothing in a dry run, and says what it would', async () => {
    const world = createUsual({ inputs: { dry_run: 'true' } })
    expect(await world.run()).toBe('skipped')
    expect(world.left()).toHaveLength(5)
    expect(world.count('DELETE env')).toBe(0)
    expect(world.summaries.join()).toContain('would be deleted')
  })

  it('looks at every pull request again right before its deletion', async () => {
    const world = createUsual()
    world.add(5, 'closed', { deletionMs: 30_000 })
    world.add(6, 'closed', { deletionMs: 30_000 })
    world.add(7, 'closed', { deletionMs: 30_000 })
    world.add(8, 'closed')
    const reopened = world.taken('POST graphql').then(() => world.github.setPullState(repository, 8, 'open'))
    world.orchestrator.addFault({ on: 'DELETE env', do: badGateway() })
    expect(await world.run()).toBe('pruned')
    await reopened
    expect(world.left()).toEqual(['production', 'pr-2', 'pr-4', 'pr-8'])
    expect(world.summaries.join()).toMatch(/`pr-8` .* request is open/)
  })

  it.each<[string, EnvironmentScript]>([
    ['another repository’s', { name: 'acme/cart#5' }],
    ['another pull request’s', { name: 'acme/shop#6' }],
    ['named by a person', { name: 'Demo' }],
    ['of type production', { type: 'production' }],
  ])('keeps one that is %s', async (_, environment) => {
    const world = createPrune()
    world.add(5, 'closed', environment)
    expect(await world.run()).toBe('pruned')
    expect(world.left()).toContain('pr-5')
  })

  it('keeps one that has no pull request', async () => {
    const world = createPrune()
    world.orchestrator.addEnvironment(`${home}/pr-77`, { name: 'acme/shop#77' })
    expect(await world.run()).toBe('pruned')
    expect(world.left()).toEqual(['production', 'pr-77'])
    expect(world.summaries.join()).toContain('| kept | there is no pull request 77 in acme/shop |')
  })

  it('goes on when one fails, and ends as an error', async () => {
    const world = createUsual()
    world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.left()).toHaveLength(4)
    expect(world.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('1 environment could not be deleted') },
    ])
    const { deleted_environments = '' } = world.outputs
    const failed = deleted_environments.includes('pr-1') ? 'pr-3' : 'pr-1'
    expect(world.summaries.join()).toMatch(new RegExp(`${failed}.*\\| failed \\|`))
    expect(world.log.join('\n')).toMatch(new RegExp(`^ +${failed} +failed `, 'm'))
  })

  it('tells of failures without double full stops', async () => {
    const world = createPrune()
    for (const [index, status] of [400, 403, 422].entries()) {
      world.add(index + 1, 'closed')
      const body = { error: 'E', message: 'It can not be deleted.' }
      world.orchestrator.addFault({ on: 'DELETE env', do: { kind: 'answer', status, body } })
    }
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('3 environments could not be deleted')
    expect(`${world.annotations[0]?.message}${world.summaries.join()}`).not.toMatch(/\.(\.|;| \|)/)
  })

  it('waits for an active deployment, after the others', async () => {
    const world = createUsual()
    world.orchestrator.startElsewhere(`${home}/pr-1`, { plan: { durationMs: 60_000 } })
    expect(await world.run()).toBe('pruned')
    expect(world.outputs['deleted_environments']).toBe('["pr-1","pr-3"]')
  })

  it('that comes to its timeout tells how far it came', async () => {
    const world = createUsual({ inputs: { timeout: '60s' } })
    world.orchestrator.startElsewhere(`${home}/pr-1`, { plan: { durationMs: 600_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.outputs['deleted_environments']).toBe('["pr-3"]')
    expect(world.summaries.join()).toContain('the timeout passed first')
  })

  it.each<[string, (world: ReturnType<typeof createPrune>) => void]>([
    [
      'deletions that never end',
      (world) => {
        for (let number = 1; number <= 14; number++)
          world.add(number, 'closed', { deletionMs: number <= 4 ? 3_600_000 : 5_000 })
      },
    ],
    [
      'deployments that never end',
      (world) => {
        for (let number = 1; number <= 14; number++) {
          world.add(number, 'closed')
          const plan = { durationMs: number <= 4 ? 3_600_000 : 5_000 }
          world.orchestrator.startElsewhere(`${home}/pr-${number}`, { plan })
        }
      },
    ],
  ])('is not stopped by four %s', async (_, addAll) => {
    const world = createPrune({ inputs: { timeout: '10m' } })
    addAll(world)
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(610_000)
    expect(world.left()).toEqual(['production', 'pr-1', 'pr-2', 'pr-3', 'pr-4'])
    const { deleted_environments = '[]' } = world.outputs
    expect(JSON.parse(deleted_environments)).toEqual(
      [5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((number) => `pr-${number}`),
    )
    expect(world.annotations[0]?.message).toContain('10 environments deleted, 4 left')
    expect(world.summaries.join().match(/timeout passed first/g)?.length).toBeGreaterThanOrEqual(4)
  })

  it('gives a place to no more than four within two minutes', async () => {
    const world = createPrune({ inputs: { timeout: '1h' } })
    for (let number = 1; number <= 12; number++) world.add(number, 'closed', { deletionMs: 600_000 })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('pruned')
    const times = world.orchestrator.record.flatMap(({ operation, atMs }) =>
      operation === 'DELETE env' ? [Math.floor((atMs - beganMs) / 120_000)] : [],
    )
    expect(times).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    expect(world.clock.now() - beganMs).toBeLessThan(900_000)
  })

  it('looks at its last deletion once more at the deadline', async () => {
    const world = createPrune({ inputs: { timeout: '60s', poll_interval: '2m' } })
    world.add(1, 'closed', { deletionMs: 10_000 })
    expect(await world.run()).toBe('pruned')
    expect(world.outputs['deleted_environments']).toBe('["pr-1"]')
  })

  it('that comes to its timeout says of what is being deleted that it goes on', async () => {
    const world = createPrune({ inputs: { timeout: '60s' } })
    world.add(1, 'closed', { deletionMs: 600_000 })
    expect(await world.run()).toBe('timed_out')
    expect(world.summaries.join()).toContain('the timeout passed first; its deletion goes on in Humanitec')
  })

  it('does not delete what was made anew after a lost answer', async () => {
    const world = createPrune()
    world.add(1, 'closed')
    world.orchestrator.addFault({ on: 'DELETE env', do: badGateway(502, 0) })
    const remade = world
      .taken('DELETE env')
      .then(() => world.sent('GET env'))
      .then(() => world.add(1, 'open'))
    expect(await world.run()).toBe('pruned')
    await remade
    expect(world.count('DELETE env')).toBe(1)
    expect(world.left()).toContain('pr-1')
    expect(world.outputs['deleted_environments']).toBe('["pr-1"]')
  })

  it('that is cancelled starts no further deletion', async () => {
    const world = createPrune()
    for (let number = 1; number <= 12; number++) world.add(number, 'closed', { deletionMs: 20_000 })
    const cancelled = world.clock.sleep(10_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    expect(world.count('DELETE env')).toBe(4)
  })

  it('of an application that is not there is an error', async () => {
    const world = createPrune({ inputs: { app: 'shoop' } })
    expect(await world.run()).toBe('error')
  })
})

describe('a prune without GitHub', () => {
  it('deletes nothing when GitHub is out of reach', async () => {
    const world = createUsual()
    world.github.addFault({ on: '*', times: Infinity, do: badGateway() })
    expect(await world.run()).toBe('error')
    expect(world.left()).toHaveLength(5)
    expect(world.count('DELETE env')).toBe(0)
  })

  it('names the permission that is missing', async () => {
    const world = createUsual()
    const body = {
      data: { repository: {} },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    }
    world.github.addFault({ on: 'POST graphql', times: Infinity, do: { kind: 'answer', status: 200, body } })
    expect(await world.run()).toBe('error')
    expect(world.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('pull-requests: read') },
    ])
  })

  it('stops when it goes out of reach in the middle', async () => {
    const world = createPrune()
    for (let number = 1; number <= 12; number++) world.add(number, 'closed')
    world.github.addFault({ on: 'POST graphql', after: 3, times: Infinity, do: { kind: 'answer', status: 401 } })
    expect(await world.run()).toBe('error')
    expect(world.left()).toHaveLength(13 - 2)
    expect(world.github.record).toHaveLength(1 + 4)
    expect(world.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('401') }])
  })
})

describe('a prune that loses GitHub for good in the middle', () => {
  it('ends after two minutes, and nobody else takes a turn', async () => {
    const world = createPrune({ inputs: { timeout: '1h' } })
    for (let number = 1; number <= 12; number++) world.add(number, 'closed')
    world.github.addFault({ on: 'POST graphql', after: 1, times: Infinity, do: badGateway() })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - beganMs).toBeLessThan(125_000)
    expect(world.count('GET env')).toBe(4)
    expect(world.left()).toHaveLength(13)
  })
})

describe('a prune of 300 environments', () => {
  it('takes few requests for the states, and deletes four at a time', async () => {
    const world = createPrune({ inputs: { timeout: '2h' } })
    for (let number = 1; number <= 300; number++)
      world.add(number, number % 3 === 0 ? 'open' : 'closed', { deletionMs: 20_000 })
    world.orchestrator.addFault({ on: 'DELETE env', after: 17, do: { kind: 'answer', status: 403 } })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('error')
    expect(world.left()).toHaveLength(1 + 100 + 1)
    const lookedAtFirst = world.github.record.filter(({ request }) => JSON.stringify(request.body).length > 2_000)
    expect(lookedAtFirst).toHaveLength(3)
    expect(world.github.record).toHaveLength(3 + 200)
    expect(world.requests().length).toBeLessThanOrEqual(1 + 200 * 7)
    // 200 deletions of 20 s, four at a time.
    expect(world.clock.now() - beganMs).toBeLessThan((200 / 4) * 26_000)
  })
})

describe('GitHub after a prune', () => {
  it('is told of what was deleted, and of nothing else', async () => {
    const world = createUsual({ inputs: { pr_comment: 'true', github_deployment: 'true' } })
    for (const number of [1, 2, 3]) {
      const body = `<!-- humanitec-deploy:acme/shop/pr-${number} -->\nready`
      world.github.addComment(repository, number, { body, user: workflowUser })
    }
    expect(await world.run()).toBe('pruned')
    const bodies = [1, 2, 3].map((number) => world.github.inspectComments(repository, number)[0]?.body)
    expect(bodies).toEqual([
      expect.stringContaining('deleted'),
      expect.stringContaining('ready'),
      expect.stringContaining('deleted'),
    ])
  })

  it('that forbids it is told once', async () => {
    const world = createUsual({ inputs: { pr_comment: 'true' } })
    world.github.addFault({ on: 'GET comments', times: Infinity, do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('pruned')
    expect(world.annotations).toHaveLength(1)
    expect(world.left()).toEqual(['production', 'pr-2', 'pr-4'])
  })
})
