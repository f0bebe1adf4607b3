import { describe, expect, it } from '@jest/globals'
import { canary } from '../../testing/simulator/orchestrator/usual-contents.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const home = 'acme/shop'
const staging = 'acme/shop/staging'
const past = { durationSeconds: 60, status: 'succeeded' } as const
const marker = '<!-- humanitec-deploy-plan:acme/shop/production -->'
const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
const setOf = (tag: string) => ({
  modules: { web: { spec: { containers: { main: { image: `web:${tag}`, variables: { KEY: canary } } } } } },
})
const replaceImage = (value: string) => ({
  modules: { update: { web: [{ op: 'replace', path: '/spec/containers/main/image', value }] } },
})

const createPlanWorld = (inputs: Inputs = {}, options: WorldOptions = {}) => {
  const world = createWorld({
    ...options,
    inputs: { dry_run: 'true', delta_id: '', images: 'web=web:2', ...inputs },
  })
  world.orchestrator.addEnvironment(place, {
    type: 'production',
    history: [{ ...past, agoSeconds: 86_400, set: setOf('1') }],
  })
  return world
}

type World = ReturnType<typeof createWorld>

const changesOf = ({ outputs }: World): readonly string[] =>
  JSON.parse(outputs['changes'] ?? '').map((change: Record<string, string>) =>
    [change['workload'], change['kind'], change['name'], change['change'], change['from'], change['to']].join(' '),
  )
const one = ['web image main changed web:1 web:2']

describe('a plan', () => {
  it('of images applies them to the base’s Set, and compares', async () => {
    const world = createPlanWorld()
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET set', 'POST set', 'GET diff'])
    expect(world.outputs).toMatchObject({ outcome: 'planned', delta_id: '', deployment_id: '', set_id: '' })
    expect(changesOf(world)).toEqual(one)
  })

  it('changes nothing in Humanitec that anybody sees', async () => {
    const world = createPlanWorld({ create_from: 'staging', env: 'pr-12' })
    world.orchestrator.addEnvironment(staging, { set: setOf('1') })
    expect(await world.run()).toBe('planned')
    expect(world.orchestrator.inspectEnvironments(home)).toEqual(['production', 'staging'])
    expect(world.orchestrator.inspectDeltas(home)).toEqual([])
    expect(world.orchestrator.inspectDeployments(staging)).toHaveLength(1)
  })

  it('of a Delta reads it, and applies what it holds', async () => {
    const world = createPlanWorld({ images: '', delta_id: 'd1' })
    world.orchestrator.addDelta(home, { id: 'd1', contents: replaceImage('web:2') })
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET delta', 'POST set', 'GET diff', 'GET set'])
    expect(changesOf(world)).toEqual(one)
    expect(world.outputs['delta_id']).toBe('d1')
  })

  it('of a Set compares that', async () => {
    const world = createPlanWorld({ images: '' })
    world.orchestrator.addEnvironment(staging, { set: setOf('2') })
    const [theirs] = world.orchestrator.inspectDeployments(staging)
    expect(await world.run({ set_id: theirs?.setId ?? '' })).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET diff', 'GET set'])
    expect(changesOf(world)).toEqual(one)
  })

  it('of a promotion compares the other environment’s state', async () => {
    const world = createPlanWorld({ images: '', from_env: 'staging' })
    world.orchestrator.addEnvironment(staging, { set: setOf('2') })
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET env', 'GET diff', 'GET set'])
    expect(changesOf(world)).toEqual(one)
  })

  it('of a promotion with an image on top applies it to the other one’s state', async () => {
    const world = createPlanWorld({ from_env: 'staging', images: 'api=api:3' })
    const modules = { api: { spec: { containers: { main: { image: 'api:2' } } } } }
    world.orchestrator.addEnvironment(staging, { set: { modules } })
    expect(await world.run()).toBe('planned')
    expect(changesOf(world).slice(0, 3)).toEqual([
      'api workload  added  ',
      'web workload  removed  ',
      'api image main added  api:3',
    ])
  })

  it('of a rollback compares the earlier state', async () => {
    const world = createPlanWorld({ images: '' })
    world.orchestrator.addEnvironment(place, {
      history: [
        { ...past, agoSeconds: 900, set: setOf('2') },
        { ...past, agoSeconds: 600, set: setOf('1') },
      ],
    })
    const [, older] = world.orchestrator.inspectDeployments(place)
    expect(await world.run({ from_deploy_id: older?.id ?? '' })).toBe('planned')
    expect(changesOf(world)).toEqual(one)
  })

  it('that would change nothing is planned, too', async () => {
    const world = createPlanWorld({ images: '', redeploy: 'true' })
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.outputs['changes']).toBe('[]')
    expect(world.log.join('\n')).toContain('Nothing would change')
    expect(world.summaries[0]).toContain('would not change shop in production')
  })

  it('is compared with what runs, which a failed deployment on top is not', async () => {
    const world = createPlanWorld()
    world.orchestrator.addEnvironment(place, {
      history: [
        { ...past, agoSeconds: 900, set: setOf('1') },
        { ...past, agoSeconds: 600, status: 'failed', set: setOf('broken') },
      ],
    })
    expect(await world.run()).toBe('planned')
    expect(changesOf(world)).toEqual(one)
    expect(world.count('GET deploys')).toBe(1)
  })

  it('of an environment that would be made is compared with what it would be made from', async () => {
    const world = createPlanWorld({ create_from: 'staging', env: 'pr-12' })
    world.orchestrator.addEnvironment(staging, { set: setOf('1') })
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET env', 'GET set', 'POST set', 'GET diff'])
    expect(changesOf(world)).toEqual(one)
    expect(world.log.join('\n')).toContain(' of staging, the latest successful deployment')
  })

  it('of a Delta without a base asks nothing: all of it is added', async () => {
    const world = createPlanWorld({ images: '', delta_id: 'd1' })
    world.orchestrator.addEnvironment(place, { history: [] })
    world.orchestrator.addDelta(home, { id: 'd1', contents: { modules: { add: setOf('2').modules } } })
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'GET delta'])
    expect(world.log).toContain('Would change (there is no successful deployment yet):')
    expect(changesOf(world)).toEqual([
      'web workload  added  ',
      'web image main added  web:2',
      'web variable KEY added  ',
    ])
  })

  it('mentions an active deployment, and doesn’t wait for it', async () => {
    const world = createPlanWorld({ on_conflict: 'wait' })
    const id = world.orchestrator.startElsewhere(place, { deltaId: '' }) ?? ''
    expect(await world.run()).toBe('planned')
    expect(world.log.join('\n')).toContain(`Deployment ${id.slice(0, 8)} is active in production`)
    expect(world.count('GET deploy')).toBe(0)
  })
})

describe('no plan', () => {
  it('of images that no container is found for', async () => {
    const world = createPlanWorld({ images: 'wbe=web:2' })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET set'])
    expect(world.annotations[0]).toMatchObject({
      title: 'No plan for shop in production',
      message: expect.stringContaining('Workload wbe doesn’t exist; there is web.'),
    })
  })

  it('of images without a base', async () => {
    const world = createPlanWorld()
    world.orchestrator.addEnvironment(place, { history: [] })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations[0]?.message).toContain('a first deployment needs whole workloads')
  })

  it('of a Delta that doesn’t fit: with Humanitec’s reason', async () => {
    const world = createPlanWorld({ images: '', delta_id: 'd1' })
    const update = { wbe: [{ op: 'replace', path: '/spec', value: canary }] }
    world.orchestrator.addDelta(home, { id: 'd1', contents: { modules: { update } } })
    expect(await world.run()).toBe('error')
    expect(world.requests().at(-1)).toBe('POST set')
    const [{ message } = { message: '' }] = world.annotations
    expect(message).toMatch(/the Delta doesn’t fit the base \(400\).*wbe: it does not exist/)
    expect(message).not.toContain(canary)
  })

  it.each([
    ['GET delta', 'Humanitec has no such Delta (404)'],
    ['GET diff', 'Humanitec has no such Set (404)'],
    ['GET set', 'Humanitec has no such Set (404)'],
  ])('where %s is refused', async (on, text) => {
    const world = createPlanWorld({ images: '', delta_id: 'd1' })
    world.orchestrator.addDelta(home, { id: 'd1', contents: replaceImage('web:2') })
    world.orchestrator.addFault({ on, do: { kind: 'answer', status: 404, body: 'not found' } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain(text)
  })

  it('past the deadline', async () => {
    const world = createPlanWorld({ timeout: '5s' })
    world.orchestrator.addFault({ on: 'GET set', do: { kind: 'stall', at: 'body', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.requests()).toEqual(['GET env', 'GET set'])
    expect(world.annotations[0]?.title).toContain('before it was known what would change in production of shop')
  })

  it.each([
    ['without an environment', { env: 'pr-12' }, /There is no environment pr-12/],
    ['of a copy of production', { env: 'pr-12', create_from: 'production' }, /type production/],
    ['of another type', { env_type: 'development' }, /not development/],
    ['from an environment that isn’t there', { from_env: 'qa' }, /no environment qa/],
    ['on a deployment of another environment', { from_deploy_id: 'x1' }, /from_env/],
  ])('%s', async (_, inputs, text) => {
    const world = createPlanWorld(inputs)
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toMatch(text)
    expect(world.orchestrator.inspectEnvironments(home)).toEqual(['production'])
  })
})

describe('a plan’s comment', () => {
  const createCommentWorld = (inputs: Inputs = {}) => {
    const world = createPlanWorld(
      { pr_comment: 'true', github_deployment: 'true', ...inputs },
      { workflow: { pullRequest } },
    )
    world.github.addPull(home, { number: 12 })
    return world
  }
  const comments = (world: World) => world.github.inspectComments(home, 12).map(({ body }) => body)

  it('says in a line what would change, and all of it under a fold', async () => {
    const world = createCommentWorld()
    await world.run()
    const [comment = '', ...others] = comments(world)
    expect(others).toEqual([])
    expect(comment.split('\n')[0]).toBe(marker)
    expect(comment).toContain('**Deploying this would change shop in production**')
    expect(comment).toContain('web: `web:1` → `web:2`')
    expect(comment).toContain('<details><summary>All changes</summary>')
    expect(comment).toContain('the latest successful deployment')
  })

  it('is one of its own, beside the deployment’s, and updated in place', async () => {
    const world = createCommentWorld()
    await world.run()
    await world.run({ images: 'web=web:3' })
    await world.run({ dry_run: 'false' })
    const [plan, deployment, ...others] = comments(world)
    expect(plan).toContain('`web:1` → `web:3`')
    expect(deployment?.split('\n')[0]).toBe('<!-- humanitec-deploy:acme/shop/production -->')
    expect(others).toEqual([])
  })

  it('says why there is none', async () => {
    const world = createCommentWorld({ images: 'wbe=web:2' })
    await world.run()
    expect(comments(world)[0]).toContain('No plan for shop in production: workload wbe doesn’t exist; there is web')
    expect(comments(world)[0]?.split('\n')[0]).toBe(marker)
  })

  it('comes with no GitHub Deployment', async () => {
    const world = createCommentWorld()
    await world.run()
    expect(world.github.inspectGitHubDeployments(home)).toEqual([])
  })

  it('holds nothing that a Set holds', async () => {
    const world = createCommentWorld({ from_env: 'staging' })
    world.orchestrator.addEnvironment(staging, { history: [{ ...past, agoSeconds: 60 }] })
    expect(await world.run()).toBe('planned')
    expect(changesOf(world).length).toBeGreaterThan(5)
    const told = [comments(world), world.log, world.summaries, world.outputs, world.state, world.annotations]
    expect(JSON.stringify(told)).not.toContain(canary)
  })

  it('says so when the step was killed meanwhile', async () => {
    const world = createCommentWorld()
    await world.kill(50)
    await world.finish()
    expect(comments(world)[0]?.split('\n')[0]).toBe(marker)
  })
})
