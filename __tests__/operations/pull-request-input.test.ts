import { describe, expect, it } from '@jest/globals'
import { delta, workflow as usualWorkflow } from '../../testing/example.ts'
import { createWorld, type WorldOptions } from '../../testing/virtual/world.ts'

const sha = usualWorkflow.sha
const preview = {
  env: 'pr-12',
  create_from: 'production',
  env_type: 'development',
  delta_id: delta,
  pull_request: '12',
}
const forksRun = { eventName: 'workflow_run', sha, headRepository: 'mallory/shop' } as const

const createPreviewWorld = (options: WorldOptions = {}) => {
  const world = createWorld({ inputs: { ...preview, pr_comment: 'true' }, ...options })
  world.github.addPull('acme/shop', { number: 12, sha, headRepository: 'mallory/shop' })
  world.github.addPull('acme/shop', { number: 13, sha: '0f'.repeat(20), headRepository: 'mallory/shop' })
  return world
}

const made = (world: ReturnType<typeof createWorld>) => world.orchestrator.inspectEnvironment('acme/shop/pr-12')
const changes = (world: ReturnType<typeof createWorld>) =>
  world.orchestrator.record.filter(({ request }) => request.method !== 'GET')

describe('the input pull_request', () => {
  it('names the preview and gets the comment, where the event knows no number', async () => {
    const world = createPreviewWorld({ workflow: { eventName: 'workflow_dispatch' } })
    expect(await world.run()).toBe('succeeded')
    expect(made(world)).toMatchObject({ name: 'acme/shop#12' })
    expect(world.github.inspectComments('acme/shop', 12)).toHaveLength(1)
  })

  it('is taken on another workflow’s run whose commit and repository the pull request has', async () => {
    const world = createPreviewWorld({ workflow: forksRun })
    expect(await world.run()).toBe('succeeded')
    expect(made(world)).toMatchObject({ name: 'acme/shop#12' })
    expect(world.github.inspectComments('acme/shop', 12)).toHaveLength(1)
  })

  it('is checked without a comment or a GitHub Deployment, too', async () => {
    const world = createPreviewWorld({ workflow: forksRun, inputs: preview })
    expect(await world.run()).toBe('succeeded')
    expect(made(world)).toMatchObject({ name: 'acme/shop#12' })
    expect(world.github.inspectComments('acme/shop', 12)).toEqual([])
  })

  it.each([
    ['another commit', { ...forksRun, sha: '0e'.repeat(20) }],
    ['another repository', { ...forksRun, headRepository: 'eve/shop' }],
  ])('of a run with %s ends the step, and nothing is made', async (_, workflow) => {
    const world = createPreviewWorld({ workflow })
    expect(await world.run()).toBe('error')
    expect(world.log[0]).toContain(
      'Checking whether the triggering workflow (workflow_run) ran for pull request 12 of acme/shop',
    )
    expect(changes(world)).toEqual([])
    expect(world.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('Pull request 12 isn’t the one') },
    ])
    expect(world.github.inspectComments('acme/shop', 12)).toEqual([])
  })

  it('that can’t be checked ends the step, and nothing is made', async () => {
    const world = createPreviewWorld({ workflow: forksRun, inputs: { ...preview, pull_request: '99' } })
    expect(await world.run()).toBe('error')
    expect(changes(world)).toEqual([])
  })

  it('may not contradict the event', async () => {
    const pullRequest = { number: 13, title: '', isFromFork: false }
    const world = createPreviewWorld({ workflow: { eventName: 'pull_request', pullRequest } })
    expect(await world.run()).toBe('error')
    expect(world.orchestrator.record).toEqual([])
    expect(world.summaries.join()).toContain('pull_request')
  })
})
