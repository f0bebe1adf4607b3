import { describe, expect, it } from '@jest/globals'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

const createShown = ({ inputs, workflow }: WorldOptions = {}) => {
  const world = createWorld({
    inputs: { pr_comment: 'true', github_deployment: 'true', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest, ...workflow },
  })
  world.github.addPull(repository, { number: 12, sha: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4' })
  const asked = () => world.github.record.map(({ operation, atMs }) => `${operation} ${(atMs - nowMs) / 1000}`)
  return { ...world, asked }
}

const secondary: FaultAction = {
  kind: 'answer',
  status: 403,
  headers: { 'x-ratelimit-remaining': '59' },
  body: { message: 'You have exceeded a secondary rate limit.' },
}
const usedUp = (forSeconds: number): FaultAction => ({
  kind: 'answer',
  status: 200,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(nowMs / 1000 + forSeconds) },
  body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 7' }] },
})

const askingToWait = (seconds: number): FaultAction => ({
  kind: 'answer',
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: {},
})

describe('a rate limit of GitHub’s', () => {
  it.each<[string, FaultAction, RegExp]>([
    ['GraphQL’s', usedUp(3_600), /GitHub is rate-limiting the requests for 1 h .*API rate limit exceeded/],
    ['Retry-After’s', askingToWait(1_800), /GitHub is rate-limiting the requests for 30 min \(429\) at /],
  ])('that outlasts the end’s patience (%s) is one warning, and no more requests', async (_, limit, words) => {
    const world = createShown()
    world.github.addFault({ on: '*', times: Infinity, do: limit })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThan(125_000)
    expect(world.annotations).toEqual([{ level: 'warning', message: expect.stringMatching(words) }])
    // One each: the comment and the Deployment ask side by side.
    expect(world.asked()).toHaveLength(2)
    expect(world.state['open']).toBe('')
  })

  it('that is told while a shorter one is waited for holds, too', async () => {
    const world = createShown({ inputs: { env: 'pr-12', create_from: 'production' } })
    world.github.addFault({ on: 'POST deployments', do: askingToWait(7) })
    world.github.addFault({ on: 'GET comments', after: 1, do: askingToWait(60) })
    expect(await world.run()).toBe('error')
    const told = world.github.record.findIndex(({ operation, fault }) => operation === 'GET comments' && fault)
    expect(told).toBeGreaterThan(0)
    const later = world.github.record.slice(told + 1).map(({ atMs }) => atMs - (world.github.record[told]?.atMs ?? 0))
    expect(later.filter((ms) => ms > 1_000 && ms < 60_000)).toEqual([])
  })

  it('without Retry-After is over after a minute, and the end is told', async () => {
    const world = createShown({ inputs: { github_deployment: 'false' } })
    world.github.addFault({ on: 'POST graphql', do: secondary })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([])
    expect(world.github.inspectComments(repository, 12)).toHaveLength(1)
    expect(
      world
        .asked()
        .slice(0, 2)
        .map((line) => line.split(' ')[1]),
    ).toEqual(['graphql', 'graphql'])
    expect(Number(world.asked()[1]?.split(' ')[2])).toBeGreaterThan(60)
  })

  it('without Retry-After at the end is asked once, and holds up nobody', async () => {
    const world = createShown({ inputs: { github_deployment: 'false' } })
    world.github.addFault({ on: 'PATCH comment', times: Infinity, do: secondary })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - beganMs).toBeLessThan(125_000)
    expect(world.asked().filter((line) => line.startsWith('PATCH'))).toHaveLength(1)
    expect(world.annotations).toHaveLength(1)
  })

  it('told to one is kept by all: nobody asks before it is over', async () => {
    const world = createShown()
    world.orchestrator.planAll('acme/shop/production', { durationMs: 45_000 })
    world.github.addFault({ on: 'POST deployments', do: askingToWait(60) })
    expect(await world.run()).toBe('succeeded')
    const seconds = world.asked().map((line) => Number(line.split(' ')[2]))
    expect(seconds.filter((second) => second > 1 && second < 60)).toEqual([])
    expect(seconds.filter((second) => second >= 60).length).toBeGreaterThan(0)
    expect(world.annotations).toEqual([])
  })

  it('is not shortened by a shorter one that comes after it', async () => {
    const world = createShown()
    world.github.addFault({ on: 'POST deployments', do: askingToWait(1_800) })
    world.github.addFault({ on: 'GET comments', do: askingToWait(5) })
    expect(await world.run()).toBe('succeeded')
    expect(world.asked().map((line) => line.replace(/ [^ ]+$/, ''))).toEqual([
      'POST graphql',
      'POST deployments',
      'GET comments',
    ])
  })

  it('ends a prune that it outlasts, before anything is deleted', async () => {
    const world = createWorld({ inputs: { operation: 'prune', env: 'pr-*', delta_id: '' } })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12' })
    world.github.addPull(repository, { number: 12, state: 'closed' })
    world.github.addFault({ on: 'POST graphql', times: Infinity, do: usedUp(3_600) })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - beganMs).toBeLessThan(5_000)
    expect(world.github.record).toHaveLength(1)
    expect(world.count('DELETE env')).toBe(0)
  })

  it('that a prune can wait for is waited for, to its end', async () => {
    const world = createWorld({ inputs: { operation: 'prune', env: 'pr-*', delta_id: '' } })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12' })
    world.github.addPull(repository, { number: 12, state: 'closed' })
    world.github.addFault({ on: 'POST graphql', do: usedUp(100) })
    expect(await world.run()).toBe('pruned')
    expect((world.github.record[1]?.atMs ?? 0) - nowMs).toBeGreaterThanOrEqual(100_000)
    expect(world.annotations).toEqual([])
  })

  it('does not keep a refusal of another kind from being told', async () => {
    const world = createShown()
    world.github.addFault({ on: 'POST graphql', times: Infinity, do: usedUp(3_600) })
    const body = { message: 'Resource not accessible by integration' }
    world.github.addFault({ on: 'POST deployments', do: { kind: 'answer', status: 403, body } })
    await world.run()
    expect(world.annotations.map(({ message }) => /rate-limiting|permissions/.exec(message)?.[0]).toSorted()).toEqual([
      'permissions',
      'rate-limiting',
    ])
  })
})

describe('a refusal for good', () => {
  it('of GraphQL without a type is asked for once', async () => {
    const world = createShown({ inputs: { github_deployment: 'false' } })
    const body = { errors: [{ message: 'Field ‘x’ doesn’t exist' }] }
    world.github.addFault({ on: 'POST graphql', times: Infinity, do: { kind: 'answer', status: 200, body } })
    expect(await world.run()).toBe('succeeded')
    expect(world.asked()).toHaveLength(1)
    expect(world.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('Field ‘x’') }])
  })
})
