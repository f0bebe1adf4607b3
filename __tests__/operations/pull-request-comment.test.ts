import { describe, expect, it } from '@jest/globals'
import { secondaryRateLimit, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualGitHubToken, workflowUser } from '../../testing/simulator/github.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'
const marker = '<!-- humanitec-deploy:acme/shop/production -->'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

const createCommented = ({ inputs, workflow, ...rest }: WorldOptions = {}) => {
  const world = createWorld({
    inputs: { pr_comment: 'true', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest, ...workflow },
    ...rest,
  })
  world.github.addPull(repository, { number: 12, sha: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4' })
  const bodies = () => world.github.inspectComments(repository, 12).map(({ body }) => body)
  const requests = () => world.github.record.map(({ operation }) => operation)
  return { ...world, bodies, requests }
}

describe('the comment on a pull request', () => {
  it('says that it is being deployed, and then how it went, in one comment', async () => {
    const world = createCommented()
    const seen: string[] = []
    const looked = world.clock.sleep(30_000).then(() => seen.push(...world.bodies()))
    expect(await world.run()).toBe('succeeded')
    await looked
    expect(seen).toEqual([expect.stringContaining('is being deployed')])
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
    expect(world.bodies()[0]?.split('\n')[0]).toBe(marker)
    expect(world.annotations).toEqual([])
  })

  it('takes five requests', async () => {
    const world = createCommented()
    await world.run()
    expect(world.requests()).toEqual(['POST graphql', 'GET comments', 'POST comments', 'GET comments', 'PATCH comment'])
  })

  it.each([
    ['answers', undefined],
    ['is out of reach', { on: '*', times: Infinity, do: { kind: 'stall', at: 'headers' } } as const],
  ])('does not delay the start, when GitHub %s', async (_, fault) => {
    const world = createCommented()
    if (fault) world.github.addFault(fault)
    const without = createCommented({ inputs: { pr_comment: 'false' } })
    await Promise.all([world.run(), without.run()])
    const [start, usual] = [world, without].map(({ orchestrator }) =>
      orchestrator.record.find(({ operation }) => operation === 'POST deploys'),
    )
    expect(start?.atMs).toBe(usual?.atMs)
  })

  it('tells of a failure with its errors', async () => {
    const world = createCommented()
    const errors = [{ scope: 'workload', object_id: 'checkout', code: 'CLD-001', summary: 'Provider error' }]
    world.orchestrator.planNext(place, { status: 'failed', errors })
    expect(await world.run()).toBe('failed')
    expect(world.bodies()).toEqual([expect.stringContaining('CLD-001')])
  })

  it.each([
    ['an end of its own', { env: 'nowhere' }, 'error', 'was not deployed'],
    ['a start that is not waited for', { wait: 'false' }, 'started', 'is being deployed'],
    ['a timeout', { timeout: '60s' }, 'timed_out', 'Timed out'],
  ])('tells of %s', async (_, inputs, outcome, text) => {
    const world = createCommented({ inputs })
    expect(await world.run()).toBe(outcome)
    expect(world.bodies()).toEqual([expect.stringContaining(text)])
  })

  it('is updated by the next run', async () => {
    const world = createCommented()
    await world.run()
    await world.run()
    expect(world.bodies()).toHaveLength(1)
    expect(world.requests().filter((operation) => operation === 'POST comments')).toHaveLength(1)
  })

  it('is found on the third page', async () => {
    const world = createCommented()
    for (let index = 0; index < 230; index++) world.github.addComment(repository, 12, { body: `Comment ${index}` })
    world.github.addComment(repository, 12, { body: `${marker}\nold`, user: workflowUser })
    await world.run()
    expect(world.bodies()).toHaveLength(231)
    expect(world.bodies().at(-1)).toContain('✅')
  })

  it.each([
    ['another user’s, marker or not', `${marker}\nmine`, undefined],
    ['of another environment', '<!-- humanitec-deploy:acme/shop/production-2 -->\nold', workflowUser],
    ['that holds the marker further down', `Look:\n${marker}`, workflowUser],
  ])('is never one %s', async (_, body, user) => {
    const world = createCommented()
    world.github.addComment(repository, 12, { body, ...(user && { user }) })
    await world.run()
    expect(world.bodies()).toEqual([body, expect.stringContaining('✅')])
  })

  it('is made anew when somebody deletes it meanwhile', async () => {
    const world = createCommented()
    const deleted = world.clock.sleep(30_000).then(() => {
      const [comment] = world.github.inspectComments(repository, 12)
      world.github.handle({
        method: 'DELETE',
        path: `/repos/acme/shop/issues/comments/${comment?.id}`,
        token: usualGitHubToken,
      })
    })
    await world.run()
    await deleted
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
  })

  it('is one, though an answer to its creation was lost', async () => {
    const world = createCommented()
    world.github.addFault({ on: 'POST comments', do: { kind: 'cut', effectAfterMs: 0 } })
    await world.run()
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
  })

  it('is the oldest one, when another run makes one at the same time', async () => {
    const world = createCommented()
    const others = world.taken('GET comments').then(() => {
      world.github.addComment(repository, 12, { body: `${marker}\nother`, user: workflowUser })
    })
    await world.run()
    await others
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
  })

  it('is no more than one after two runs at once', async () => {
    const world = createCommented()
    await Promise.all([world.run({ on_conflict: 'wait' }), world.run({ on_conflict: 'wait' })])
    expect(world.bodies()).toHaveLength(1)
  })
})

describe('a comment of ours that can be listed', () => {
  it('but not written to is tried twice, and a warning that doubts the token', async () => {
    const world = createCommented()
    world.github.addComment(repository, 12, { body: `${marker}\nold`, user: workflowUser })
    const notFound = { kind: 'answer', status: 404, body: { message: 'Not Found' } } as const
    world.github.addFault({ on: 'PATCH comment', times: Infinity, do: notFound })
    expect(await world.run()).toBe('succeeded')
    expect(world.requests()).toEqual(['POST graphql', 'GET comments', 'PATCH comment', 'GET comments', 'PATCH comment'])
    expect(world.annotations).toEqual([
      { level: 'warning', message: expect.stringMatching(/\(404\).*Check github_token/) },
    ])
  })

  it('is made anew when somebody deletes it between the list and its update', async () => {
    const world = createCommented()
    world.github.addComment(repository, 12, { body: `${marker}\nold`, user: workflowUser })
    const path = `/repos/acme/shop/issues/comments/${world.github.inspectComments(repository, 12)[0]?.id}`
    const deleted = world
      .taken('GET comments')
      .then(() => world.github.handle({ method: 'DELETE', path, token: usualGitHubToken }))
    await world.run()
    await deleted
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
    expect(world.annotations).toEqual([])
  })

  it('twice is updated, though the newer one may not be deleted', async () => {
    const world = createCommented()
    for (const text of ['one', 'two'])
      world.github.addComment(repository, 12, { body: `${marker}\n${text}`, user: workflowUser })
    const forbidden = { kind: 'answer', status: 403, body: { message: 'Not yours' } } as const
    world.github.addFault({ on: 'DELETE comment', times: Infinity, do: forbidden })
    expect(await world.run()).toBe('succeeded')
    expect(world.bodies()).toEqual([expect.stringContaining('✅'), expect.stringContaining('two')])
    expect(world.annotations).toEqual([
      {
        level: 'warning',
        message: expect.stringMatching(/^A duplicate of the action’s comment .* could not be deleted\. .*Not yours/),
      },
    ])
  })
})

describe('where the comment goes', () => {
  it('is the newest open pull request that holds the commit, on other events', async () => {
    const world = createWorld({ inputs: { pr_comment: 'true' } })
    const sha = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4'
    world.github.addPull(repository, { number: 12, sha })
    world.github.addPull(repository, { number: 14, sha })
    world.github.addPull(repository, { number: 15, sha, state: 'merged' })
    await world.run()
    expect([12, 14, 15].map((number) => world.github.inspectComments(repository, number).length)).toEqual([0, 1, 0])
  })

  it('is nowhere without one, which is said', async () => {
    const world = createWorld({ inputs: { pr_comment: 'true' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.join('\n')).toContain('No open pull request contains the commit f5a2c1d: no comment was written')
    expect(world.annotations).toEqual([])
  })

  it('is nowhere when it is not asked for', async () => {
    const world = createWorld({ workflow: { pullRequest } })
    await world.run()
    expect(world.github.record).toEqual([])
  })
})

describe('a GitHub that does not take the comment', () => {
  it('is a warning that names the permission, once, and the result stands', async () => {
    const world = createCommented()
    world.github.addFault({
      on: 'POST comments',
      times: Infinity,
      do: { kind: 'answer', status: 403, body: { message: 'Resource not accessible by integration' } },
    })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining('permissions: pull-requests: write') },
    ])
    expect(world.requests().filter((operation) => operation === 'POST comments')).toHaveLength(1)
  })

  it('is asked again after 429 and 403 with Retry-After', async () => {
    const world = createCommented()
    world.github.addFault({ on: 'POST graphql', do: tooManyRequests('2') })
    world.github.addFault({ on: 'PATCH comment', do: secondaryRateLimit(3) })
    expect(await world.run()).toBe('succeeded')
    expect(world.bodies()).toEqual([expect.stringContaining('✅')])
    expect(world.annotations).toEqual([])
  })

  it('and is out of reach costs half a minute at most, after the report', async () => {
    const world = createCommented()
    world.github.addFault({ on: '*', times: Infinity, do: { kind: 'stall', at: 'headers' } })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThan(121_000 + 31_000)
    expect(world.outputs['outcome']).toBe('succeeded')
    expect(world.annotations).toMatchObject([{ level: 'warning' }])
  })

  it('holds nobody past the deadline for long', async () => {
    const world = createCommented({ inputs: { timeout: '60s' } })
    world.github.addFault({ on: '*', times: Infinity, do: { kind: 'stall', at: 'headers' } })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(75_100)
  })
})

describe('an end that comes while the beginning is still being told', () => {
  it('does not overtake it', async () => {
    const world = createCommented({ inputs: { env: 'nowhere' } })
    world.github.addFault({ on: 'POST comments', do: { kind: 'stall', at: 'headers', ms: 4_000 } })
    expect(await world.run()).toBe('error')
    expect(world.bodies()).toEqual([expect.stringContaining('❌')])
    expect(world.requests()).toEqual(['POST graphql', 'GET comments', 'POST comments', 'GET comments', 'PATCH comment'])
  })

  it('does not wait for its further tries', async () => {
    const world = createCommented({ inputs: { env: 'nowhere' } })
    const unavailable = { kind: 'answer', status: 503, headers: { 'retry-after': '20' }, body: {} } as const
    world.github.addFault({ on: 'POST graphql', do: unavailable })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - beganMs).toBeLessThan(5_000)
    expect(world.bodies()).toEqual([expect.stringContaining('❌')])
  })
})

describe('after a signal', () => {
  it('GitHub is left alone, and the post step finishes the comment', async () => {
    const world = createCommented()
    const cancelled = world.clock.sleep(30_000).then(world.cancel)
    expect(await world.run()).toBe('cancelled')
    await cancelled
    const asked = world.requests().length
    expect(world.bodies()).toEqual([expect.stringContaining('is being deployed')])
    await world.finish()
    expect(world.requests().slice(asked)).toEqual(['PATCH comment'])
    expect(world.bodies()).toEqual([expect.stringContaining('**Cancelled while shop was being deployed')])
    expect(world.summaries).toHaveLength(1)
  })

  it('within a start whose fate is unknown, the post step denies nothing', async () => {
    const world = createCommented()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    const cancelled = world.clock.sleep(1_000).then(world.cancel)
    expect(await world.run()).toBe('unknown')
    await cancelled
    await world.finish()
    const id = world.orchestrator.inspectDeployments(place)[0]?.id ?? ''
    expect(world.bodies()).toEqual([expect.stringContaining(id)])
    expect(world.bodies()[0]).not.toContain('before')
    expect(world.summaries).toHaveLength(1)
  })

  it('after the end was told, the post step tells GitHub the same', async () => {
    const world = createCommented()
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
    world.github.addFault({ on: 'POST comments', do: { kind: 'stall', at: 'headers', ms: 8_000 } })
    const cancelled = world.clock.sleep(2_000).then(world.cancel)
    expect(await world.run()).toBe('error')
    await cancelled
    await world.finish()
    expect(world.bodies()).toEqual([expect.stringContaining('another deployment is active')])
  })

  it('in the middle of its first comment, the post step finds it by its marker', async () => {
    const world = createCommented()
    await world.kill(world.taken('POST comments'))
    await world.finish()
    expect(world.requests().filter((operation) => operation === 'POST comments')).toHaveLength(1)
    expect(world.bodies()).toEqual([expect.stringContaining('**Cancelled while shop was being deployed')])
  })

  it.each([
    [30, '**Cancelled before shop was deployed'],
    [70, '**Cancelled while shop was being deployed'],
    [110, '**Cancelled while shop was being deployed'],
    [150, '**Cancelled while shop was being deployed'],
    [60_000, '**Cancelled while shop was being deployed'],
    [121_000, '**shop is deployed'],
  ])('or a kill after %d ms, there is one comment in the end: %s', async (afterMs, headline) => {
    const world = createCommented()
    await world.kill(afterMs)
    await world.finish()
    expect(world.bodies()).toEqual([expect.stringContaining(headline)])
  })
})
