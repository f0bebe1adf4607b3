import { describe, expect, it } from '@jest/globals'
import { canary } from '../../testing/simulator/orchestrator/usual-contents.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const past = { durationSeconds: 60, status: 'succeeded' } as const
const describeWeb = (tag: string, more: object = {}) => ({
  spec: { containers: { main: { image: `ghcr.io/acme/web:${tag}`, variables: { KEY: `${canary}${tag}`, ...more } } } },
})
const setOf = (tag: string, more: object = {}) => ({ modules: { web: describeWeb(tag, more) } })

type World = ReturnType<typeof createWorld>

/** What stands in the output `changes`, in short. */
const changesOf = ({ outputs }: World): readonly string[] =>
  JSON.parse(outputs['changes'] ?? '').map((change: Record<string, string>) =>
    [change['workload'], change['kind'], change['name'], change['change'], change['from'], change['to']].join(' '),
  )

/** Without what is read of addresses and health. */
const since = (world: World, operation: string): readonly string[] => {
  const beside = ['GET resources', 'GET runtime', 'GET env']
  const requests = world.requests().filter((request) => !beside.includes(request))
  return requests.slice(requests.lastIndexOf(operation) + 1)
}

const createDeltaWorld = (contents: object, options: WorldOptions = {}) => {
  const world = createWorld({ ...options, inputs: { delta_id: 'd1', ...options.inputs } })
  world.orchestrator.addEnvironment(place, {
    type: 'production',
    history: [{ ...past, agoSeconds: 2 * 86_400, set: setOf('1', { OLD: canary }) }],
  })
  world.orchestrator.addDelta('acme/shop', { id: 'd1', contents })
  return world
}

const patches = [
  { op: 'replace', path: '/spec/containers/main/image', value: 'ghcr.io/acme/web:2' },
  { op: 'replace', path: '/spec/containers/main/variables/KEY', value: `${canary}new` },
  { op: 'remove', path: '/spec/containers/main/variables/OLD' },
]
const contents = {
  modules: { update: { web: patches }, add: { job: { spec: {} } } },
  shared: [{ op: 'add', path: '/cache', value: { type: 'redis', params: { password: canary } } }],
}

describe('what a deployment changed', () => {
  it('is read by one request after its end, where a look at the workloads has read the Sets', async () => {
    const world = createDeltaWorld(contents)
    expect(await world.run()).toBe('succeeded')
    expect(since(world, 'GET deploy')).toEqual(['GET diff'])
    expect(changesOf(world)).toEqual([
      'job workload  added  ',
      'web image main changed ghcr.io/acme/web:1 ghcr.io/acme/web:2',
      ' resource cache added  redis',
      'web variable KEY changed  ',
      'web variable OLD removed  ',
    ])
  })

  it('is told in log, summary and comment, and nothing that the Sets hold', async () => {
    const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
    const world = createDeltaWorld(contents, { workflow: { pullRequest }, inputs: { pr_comment: 'true' } })
    world.github.addPull('acme/shop', { number: 12 })
    await world.run()
    const [base] = world.orchestrator.inspectDeployments(place).slice(1)
    const log = world.log.join('\n')
    expect(log).toContain(`Changed, compared with ${base?.id.slice(0, 8)}, deployed 2 days ago:`)
    expect(log).toContain('  web       image ghcr.io/acme/web:1 → 2')
    expect(log).toContain('  shared    resource cache added: redis')
    const [summary = ''] = world.summaries
    expect(summary).toContain('| web · image | `web:1` | `web:2` |')
    expect(summary).toContain('| web · variables |  | `KEY` changed, `OLD` removed |')
    expect(summary).toMatch(/Compared with .*, deployed 2 days ago\./)
    const [comment] = world.github.inspectComments('acme/shop', 12)
    expect(comment?.body).toContain('web: `web:1` → `web:2`')
    expect(comment?.body).not.toContain('KEY')
    expect(JSON.stringify([world.log, world.outputs, world.state, summary, comment])).not.toContain(canary)
  })

  it('has ten lines in the log, and then a count', async () => {
    const add = Object.fromEntries([...Array(14).keys()].map((index) => [`job-${index}`, { spec: {} }]))
    const world = createDeltaWorld({ modules: { add } })
    await world.run()
    const from = world.log.findIndex((line) => line.startsWith('Changed'))
    expect(world.log.slice(from + 1, from + 12).filter((line) => line.includes('added'))).toHaveLength(10)
    expect(world.log[from + 11]).toBe('  … and 4 more changes')
  })

  it('is nothing, without a request, where both Sets are one', async () => {
    const world = createDeltaWorld({}, { inputs: { delta_id: '', redeploy: 'true' } })
    expect(await world.run()).toBe('succeeded')
    expect(since(world, 'GET deploy')).toEqual([])
    expect(world.outputs['changes']).toBe('[]')
    expect(world.log.join('\n')).not.toMatch(/changed/i)
  })

  it('is told after a failure, too', async () => {
    const world = createDeltaWorld(contents)
    world.orchestrator.planNext(place, { status: 'failed' })
    expect(await world.run()).toBe('failed')
    expect(since(world, 'GET deploy')).toEqual(['GET errors', 'GET diff'])
    expect(changesOf(world)).toHaveLength(5)
  })

  it('is compared with the latest one that succeeded, not with one that failed', async () => {
    const world = createDeltaWorld({ modules: { update: { web: patches.slice(0, 1) } } })
    world.orchestrator.addEnvironment(place, {
      history: [
        { ...past, agoSeconds: 900, set: setOf('0') },
        { ...past, agoSeconds: 600, set: setOf('1') },
        { ...past, agoSeconds: 300, status: 'failed', set: setOf('broken') },
      ],
    })
    await world.run()
    expect(changesOf(world)).toContain('web image main changed ghcr.io/acme/web:1 ghcr.io/acme/web:2')
    expect(since(world, 'GET deploy')).toEqual(['GET diff'])
  })

  it('of a preview’s first deployment is compared with what it was made from', async () => {
    const world = createDeltaWorld(contents, { inputs: { env: 'pr-12', create_from: 'staging', delta_id: 'd2' } })
    world.orchestrator.addEnvironment('acme/shop/staging', { set: setOf('7') })
    const update = { web: [{ op: 'replace', path: '/spec/containers/main/image', value: 'ghcr.io/acme/web:8' }] }
    world.orchestrator.addDelta('acme/shop', { id: 'd2', contents: { modules: { update } } })
    expect(await world.run()).toBe('succeeded')
    expect(changesOf(world)).toEqual(['web image main changed ghcr.io/acme/web:7 ghcr.io/acme/web:8'])
    expect(world.log.join('\n')).toContain(' of staging, deployed 1 h ago')
  })

  it('of a rollback is compared with what ran before, which the environment shows where the list can’t be read', async () => {
    const world = createWorld()
    world.orchestrator.addEnvironment(place, {
      history: [
        { ...past, agoSeconds: 900, set: setOf('2') },
        { ...past, agoSeconds: 600, set: setOf('1') },
      ],
    })
    const [, older] = world.orchestrator.inspectDeployments(place)
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: { kind: 'answer', status: 503 } })
    expect(await world.run({ delta_id: '', from_deploy_id: older?.id ?? '' })).toBe('succeeded')
    expect(changesOf(world)[0]).toBe('web image main changed ghcr.io/acme/web:1 ghcr.io/acme/web:2')
  })

  it('of a first deployment on nothing is all that it holds', async () => {
    const world = createDeltaWorld({})
    world.orchestrator.addEnvironment(place, { history: [] })
    world.orchestrator.addDelta('acme/shop', { id: 'd2', contents: { modules: { add: { web: describeWeb('1') } } } })
    expect(await world.run({ delta_id: 'd2' })).toBe('succeeded')
    expect(changesOf(world)[0]).toBe('web workload  added  ')
    expect(world.log).toContain('Changed (there was no successful deployment before):')
    expect(world.summaries[0]).toContain('There was no successful deployment before: all of it is new.')
  })
})

describe('what changed', () => {
  const waitInputs = (more: Inputs = {}): Inputs => ({ operation: 'wait', delta_id: '', ...more })

  it('is told by operation: wait, by at most three requests after the end', async () => {
    const world = createDeltaWorld(contents, { inputs: waitInputs() })
    world.orchestrator.startElsewhere(place, { deltaId: 'd1' })
    expect(await world.run()).toBe('succeeded')
    expect(since(world, 'GET deploy')).toEqual(['GET diff', 'GET set'])
    expect(changesOf(world)).toHaveLength(5)
  })

  it('by one that is over already is compared with what came before it, not after', async () => {
    const world = createDeltaWorld({}, { inputs: waitInputs() })
    const history = ['3', '2', '1'].map((tag, index) => ({ ...past, agoSeconds: 300 * (index + 1), set: setOf(tag) }))
    world.orchestrator.addEnvironment(place, { history })
    const [, second] = world.orchestrator.inspectDeployments(place)
    expect(await world.run({ deployment_id: second?.id ?? '' })).toBe('succeeded')
    expect(since(world, 'GET deploy')).toEqual(['GET deploys', 'GET diff', 'GET set'])
    expect(changesOf(world)).toContain('web image main changed ghcr.io/acme/web:1 ghcr.io/acme/web:2')
  })

  it('is told with wait: false when the start’s answer shows a Set', async () => {
    const world = createDeltaWorld(contents, { inputs: { wait: 'false' } })
    world.orchestrator.planAll(place, { phases: [{ afterMs: 0, status: 'in progress' }] })
    expect(await world.run()).toBe('started')
    expect(world.requests()).toEqual(['GET env', 'POST deploys', 'GET diff', 'GET set'])
    expect(changesOf(world)).toHaveLength(5)
  })

  it.each(['GET diff', 'GET set'])('is left out with a word when %s is refused', async (on) => {
    const world = createDeltaWorld(contents)
    const refusal = { kind: 'answer', status: 404, body: 'Set not found' } as const
    world.orchestrator.addFault({ on, times: Infinity, do: refusal })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['changes']).toBe('[]')
    expect(world.log.join('\n')).toContain('What changed could not be read:')
    expect(world.summaries[0]).toContain('What changed could not be read:')
    expect(world.annotations).toEqual([])
  })

  it.each([
    [
      'the one before has no Set',
      { status: 'succeeded', set_id: '' },
      /deployment [0-9a-f]{8}, the one to compare with, has no Set/,
    ],
    [
      'none before has succeeded',
      { status: 'failed' },
      /there is no successful deployment here to compare with, and [0-9a-f]{8}, which this one builds on, was not read/,
    ],
  ])('is left out with a word where %s', async (_, before, words) => {
    const world = createDeltaWorld({}, { inputs: waitInputs() })
    const history = [300, 600].map((agoSeconds) => ({ ...past, agoSeconds }))
    world.orchestrator.addEnvironment(place, { history })
    const [first, second] = world.orchestrator.inspectDeployments(place)
    const body = [first, { ...second, ...before }]
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: { kind: 'answer', status: 200, body } })
    expect(await world.run({ deployment_id: first?.id ?? '' })).toBe('succeeded')
    expect(world.log.join('\n')).toMatch(words)
    expect(world.summaries[0]).toMatch(/What changed could not be read/)
  })

  it('is given 10 s in all', async () => {
    const world = createDeltaWorld(contents)
    world.orchestrator.addFault({ on: 'GET diff', times: Infinity, do: { kind: 'stall', at: 'headers' } })
    expect(await world.run()).toBe('succeeded')
    const end = world.orchestrator.record.findLast(({ operation }) => operation === 'GET deploy')?.atMs ?? nowMs
    expect(world.clock.now() - end).toBeGreaterThan(9_000)
    expect(world.clock.now() - end).toBeLessThan(11_000)
    expect(world.outputs['changes']).toBe('[]')
  })

  it('is left out past the deadline', async () => {
    const world = createDeltaWorld(contents, { inputs: { timeout: '5m', poll_interval: '1h' } })
    world.orchestrator.planNext(place, { durationMs: 299_000 })
    expect(await world.run()).toBe('succeeded')
    expect(since(world, 'GET deploy')).toEqual([])
    expect(world.log.join('\n')).toContain('the timeout passed first')
  })

  it('is left to itself when a signal comes: the deployment has succeeded', async () => {
    const world = createDeltaWorld(contents)
    world.orchestrator.addFault({ on: 'GET diff', do: { kind: 'stall', at: 'headers' } })
    const cancelled = world.clock.sleep(125_000).then(world.cancel)
    expect(await world.run()).toBe('succeeded')
    await cancelled
    expect(world.clock.now() - nowMs).toBe(125_000)
  })
})
