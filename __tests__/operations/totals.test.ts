import { describe, expect, it } from '@jest/globals'
import { workflow as usualWorkflow } from '../../testing/example.ts'
import { usualGitHubToken, workflowUser } from '../../testing/simulator/github.ts'
import type { ErrorPlan } from '../../testing/simulator/orchestrator/plan.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'
const mebibyte = 1_048_576

const failWith = async (errors: readonly ErrorPlan[]) => {
  const world = createWorld()
  world.orchestrator.planNext(place, { status: 'failed', errors })
  expect(await world.run()).toBe('failed')
  expect(world.outputs['error_count']).toBe(String(errors.length))
  return world
}

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

describe('a summary of many workloads, each with little to say', () => {
  const failMany = (message: string, count: number) =>
    failWith(
      Array.from({ length: count }, (_, index) => ({
        scope: 'workload',
        object_id: `workload-${index}`,
        code: `RES-${index}`,
        message,
      })),
    )

  /** Up to a second: so many errors as fill 1 MiB, each written to its table and to its fold. */
  it.each([
    ['a short message', 'No.', 9_000],
    ['a long message', 'x'.repeat(900), 2_000],
    ['a message of many lines', '漢\n'.repeat(150), 2_000],
  ])('%s, holds at most 1 MiB, and the rest is counted', async (_, message, count) => {
    const { summaries } = await failMany(message, count)
    const [summary = ''] = summaries
    const bytes = Buffer.byteLength(summary)
    expect(bytes).toBeLessThanOrEqual(mebibyte)
    expect(bytes).toBeGreaterThan(0.9 * mebibyte)
    const told = Number(/([\d,]+) errors left out/.exec(summary)?.[1]?.replaceAll(',', ''))
    const [, all = ''] = summary.split('**All of them, in full:**')
    expect(told + countMatches(all, /^\| `RES-\d+` /gm)).toBe(count)
    expect(countMatches(all, /^<details><summary><b>workload-/gm)).toBe(count - told)
  })

  it('leaves nothing out where all of it fits', async () => {
    const { summaries } = await failMany('No.', 2_000)
    expect(summaries[0]).not.toContain('left out')
    expect(countMatches(summaries[0] ?? '', /<summary><b>workload-/g)).toBe(2_000)
  })
})

describe('the output errors', () => {
  const error = { scope: 'workload', object_id: 'web', code: 'RES-101', summary: 's', message: '', error_type: '' }
  const long = (length: number): ErrorPlan => ({ ...error, message: 'x'.repeat(length) })
  /** Of the list with two of them, without their messages. */
  const bare = JSON.stringify([error, error]).length
  const parse = ({ outputs }: ReturnType<typeof createWorld>) => JSON.parse(outputs['errors'] ?? '') as unknown[]

  it('of 30,000 characters is whole', async () => {
    const errors = [long(12_000), long(30_000 - bare - 12_000)]
    const world = await failWith(errors)
    expect(world.outputs['errors']).toHaveLength(30_000)
    expect(parse(world)).toEqual(errors)
  })

  it('one character longer lacks the last one', async () => {
    const errors = [long(12_000), long(30_001 - bare - 12_000)]
    const world = await failWith(errors)
    expect(parse(world)).toEqual(errors.slice(0, 1))
  })

  it('ends at the first that doesn’t fit, though a later one would', async () => {
    const world = await failWith([long(20_000), long(20_000), long(1)])
    expect(parse(world)).toEqual([long(20_000)])
  })

  it('of a single one, one character longer, keeps its beginning', async () => {
    const rest = JSON.stringify([error]).length
    expect(parse(await failWith([long(30_000 - rest)]))).toEqual([long(30_000 - rest)])
    const [cut] = parse(await failWith([long(30_001 - rest)])) as [{ readonly message: string }]
    expect(cut).toEqual({ ...error, message: `${'x'.repeat(3_999)}…` })
  })
})

describe('the log of more errors than anybody reads', () => {
  const failMany = (count: number) =>
    failWith(Array.from({ length: count }, (_, index) => ({ code: `RES-${index}`, message: `No ${index}.` })))

  it('has a group for each of 200, beside the nine that annotations tell', async () => {
    const { log } = await failMany(209)
    expect(log.filter((line) => line.startsWith('▸'))).toHaveLength(200)
    expect(log.join('\n')).not.toContain('more error')
  })

  it.each([
    [210, '… and 1 more error: '],
    [1_500, '… and 1,291 more errors: '],
  ])('counts the rest of %d', async (count, words) => {
    const { log, annotations } = await failMany(count)
    expect(log.filter((line) => line.startsWith('▸'))).toHaveLength(200)
    expect(log.filter((line) => line.startsWith('… and'))).toEqual([expect.stringContaining(words)])
    expect(annotations).toHaveLength(10)
  })
})

describe('a prune of very many environments', () => {
  const createMany = (previews: number, others: number, options: WorldOptions = {}) => {
    const world = createWorld({
      ...options,
      inputs: { operation: 'prune', env: 'pr-*', delta_id: '', timeout: '2h', ...options.inputs },
      workflow: { eventName: 'schedule' },
    })
    for (let number = 1; number <= previews; number++) {
      world.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}` })
      world.github.addPull(repository, { number })
    }
    for (let index = 2; index <= others; index++)
      world.orchestrator.addEnvironment(`acme/shop/other-${index}`, { name: `Other ${index}` })
    return world
  }
  const countRows = (summary: string): number => countMatches(summary, /^\| `pr-\d+` \|/gm)
  const countOthers = (summary: string): number => countMatches(summary, /`(?:other-\d+|production)`/g)

  it.each([
    [501, 500],
    [500, 501],
  ])('shows 500 of each kind, and counts the 501st: %d previews, %d others', async (previews, others) => {
    const world = createMany(previews, others)
    expect(await world.run()).toBe('pruned')
    const [summary = ''] = world.summaries
    expect([countRows(summary), countOthers(summary)]).toEqual([500, 500])
    expect(summary).toContain(`${previews} previews, kept`)
    expect(summary).toContain(`${others} other environments, kept`)
    expect(summary.match(/… and 1 more/g)).toHaveLength(1)
    expect(summary.indexOf('… and 1 more') < summary.indexOf('other environments, kept')).toBe(previews > others)
  })

  it.each([
    [100, 1],
    [101, 2],
    [201, 3],
  ])('asks for the states of %d pull requests in %d queries', async (previews, queries) => {
    const world = createMany(previews, 1)
    expect(await world.run()).toBe('pruned')
    expect(world.github.record.map(({ operation }) => operation)).toEqual(Array(queries).fill('POST graphql'))
    expect(world.summaries[0]).toContain(`${previews} previews, kept`)
    const reasons = new Set(world.log.flatMap((line) => /^ *pr-\d+ +kept +(.*)$/.exec(line)?.[1] ?? []))
    expect([...reasons]).toEqual(['its pull request is open'])
    expect(world.orchestrator.inspectEnvironments(repository)).toHaveLength(previews + 1)
  })

  it('deletes the one that is on the second page alone', async () => {
    const world = createMany(101, 1)
    world.github.setPullState(repository, 101, 'closed')
    expect(await world.run()).toBe('pruned')
    expect(world.outputs['deleted_environments']).toBe('["pr-101"]')
  })
})

describe('a hundred and one', () => {
  const marker = '<!-- humanitec-deploy:acme/shop/production -->'
  const count = ({ github }: ReturnType<typeof createWorld>, operation: string): number =>
    github.record.filter((entry) => entry.operation === operation).length

  it.each([
    [99, 1],
    // Without a header that tells of no other page, a full one may have another.
    [100, 2],
    [101, 2],
    [201, 3],
  ])('comments (of %d the last is ours) are looked through, on %d pages', async (comments, pages) => {
    const world = createWorld({
      inputs: { pr_comment: 'true' },
      workflow: { eventName: 'pull_request', pullRequest: { number: 12, title: '', isFromFork: false } },
    })
    world.github.addPull(repository, { number: 12 })
    for (let index = 1; index < comments; index++) world.github.addComment(repository, 12, { body: `${index}` })
    world.github.addComment(repository, 12, { body: `${marker}\nold`, user: workflowUser })
    expect(await world.run()).toBe('succeeded')
    expect(world.github.inspectComments(repository, 12)).toHaveLength(comments)
    expect(world.github.inspectComments(repository, 12).at(-1)?.body).toContain('✅')
    expect(count(world, 'GET comments')).toBe(pages)
  })

  it.each([
    [99, 1],
    [100, 2],
    [200, 3],
  ])(
    'GitHub Deployments of before (%d) are all set inactive, from %d pages of a hundred',
    async (deployments, pages) => {
      const world = createWorld({ inputs: { github_deployment: 'true' } })
      const token = usualGitHubToken
      const body = { ref: usualWorkflow.sha, environment: 'shop/production', auto_merge: false, required_contexts: [] }
      for (let index = 0; index < deployments; index++)
        world.github.handle({ method: 'POST', path: `/repos/${repository}/deployments`, token, body })
      expect(await world.run()).toBe('succeeded')
      const states = world.github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.at(-1)?.state)
      expect(states).toEqual([...Array(deployments).fill('inactive'), 'success'])
      expect(count(world, 'POST graphql')).toBe(pages)
    },
  )

  it('pull requests that hold the commit: the comment goes to the newest open one, though it is the last', async () => {
    const world = createWorld({ inputs: { pr_comment: 'true' } })
    const { sha } = usualWorkflow
    world.github.addPull(repository, { number: 1, sha })
    for (let number = 2; number <= 101; number++) world.github.addPull(repository, { number, sha, state: 'closed' })
    expect(await world.run()).toBe('succeeded')
    expect(world.github.inspectComments(repository, 1)).toMatchObject([{ body: expect.stringContaining('✅') }])
  })
})
