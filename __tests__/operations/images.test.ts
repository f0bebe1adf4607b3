import { describe, expect, it } from '@jest/globals'
import { canary } from '../../testing/simulator/orchestrator/usual-contents.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const home = 'acme/shop'
const web = 'ghcr.io/acme/web:2.0.0'

const createImagesWorld = (inputs: Inputs = {}, options: WorldOptions = {}) =>
  createWorld({ ...options, inputs: { delta_id: '', images: `web=${web}`, ...inputs } })

type World = ReturnType<typeof createWorld>

/** Everything that anybody gets to see. */
const listTold = (world: World): string =>
  JSON.stringify([world.log, world.annotations, world.outputs, world.state, world.summaries])

const bodies = (world: World, operation: string) =>
  world.orchestrator.record.filter((entry) => entry.operation === operation).map(({ request }) => request.body)

const readImage = (world: World, module = 'web'): unknown => {
  const [{ setId = '' } = {}] = world.orchestrator.inspectDeployments(place)
  const spec = world.orchestrator.inspectSet(home, setId)?.modules[module]?.['spec']
  return Object(spec).containers.main.image
}

describe('images', () => {
  it('become one Delta, which is deployed and archived', async () => {
    const world = createImagesWorld()
    expect(await world.run()).toBe('succeeded')
    const [deltaId] = world.orchestrator.inspectDeltas(home).map(({ id }) => id)
    expect(world.outputs['delta_id']).toBe(deltaId)
    expect(bodies(world, 'POST deploys')).toMatchObject([{ delta_id: deltaId }])
    expect(bodies(world, 'PUT archived')).toEqual([true])
    expect(readImage(world)).toBe(web)
  })

  it('are asked for in the contract’s order: environment, Set, Delta, start', async () => {
    const world = createImagesWorld()
    await world.run()
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'GET set', 'POST deltas', 'POST deploys'])
  })

  it('cost two requests before the start, one to archive, and three after the end at most', async () => {
    const world = createImagesWorld()
    await world.run()
    const start = world.requests().indexOf('POST deploys')
    expect(start).toBe(3)
    expect(world.count('PUT archived')).toBe(1)
    const last = world.requests().lastIndexOf('GET deploy')
    const after = world.requests().slice(last + 1)
    // The base's Set is known since before the start.
    expect(after.filter((operation) => /set|diff|deploys/.test(operation))).toEqual(['GET diff'])
  })

  it('give the Delta the environment and the comment’s beginning', async () => {
    const world = createImagesWorld()
    await world.run()
    expect(bodies(world, 'POST deltas')).toEqual([
      {
        metadata: { env_id: 'production', name: 'Merge pull request #12 · f5a2c1d by octocat' },
        modules: { update: { web: [{ op: 'replace', path: '/spec/containers/main/image', value: web }] } },
      },
    ])
  })

  it('are told, from which to which, in log and summary, and so are those that stay the same', async () => {
    const world = createImagesWorld({ images: `web=${web}\nworker/main=ghcr.io/acme/worker:1.0.0` })
    world.orchestrator.addEnvironment(place, { set: world.orchestrator.inspectSet(home, setOf(world)) ?? {} })
    await world.run()
    const told = world.log.join('\n')
    expect(told).toContain('Deploy 2 images to acme / shop / production')
    expect(told).toMatch(/ {2}web +ghcr\.io\/acme\/web:\S+ → 2\.0\.0/)
    expect(told).toMatch(/ {2}worker +ghcr\.io\/acme\/worker:1\.0\.0, unchanged/)
    expect(world.summaries[0]).toContain('`web:2.0.0`')
    expect(world.summaries[0]).toContain('worker: `worker:1.0.0`, unchanged')
  })

  it('that need no other Delta after a conflict are not made again', async () => {
    const world = createImagesWorld({ on_conflict: 'wait' }, { strike: startElsewhereBefore('POST') })
    let isStarted = false
    function startElsewhereBefore(method: string) {
      return (call: { method: string; path: string }) => {
        if (call.method === method && call.path.endsWith('/deploys') && !isStarted) {
          isStarted = true
          world.orchestrator.startElsewhere(place, { plan: { durationMs: 20_000 } })
        }
        return undefined
      }
    }
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deltas')).toBe(1)
    expect(world.count('POST deploys')).toBe(2)
    // The base after the conflict is the same Set: it is read once.
    const before = world.requests().slice(0, world.requests().lastIndexOf('POST deploys'))
    expect(before.filter((operation) => operation === 'GET set')).toHaveLength(1)
    expect(world.count('PUT archived')).toBe(1)
  })

  it('are not looked up while another deployment is waited for', async () => {
    const world = createImagesWorld({ on_conflict: 'wait' })
    world.orchestrator.startElsewhere(place)
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().lastIndexOf('GET env')).toBeLessThan(world.requests().indexOf('GET set'))
    expect(world.count('POST deltas')).toBe(1)
  })

  it.each(['id', 'object'] as const)('make a Delta that may be answered by its %s', async (answer) => {
    const world = createImagesWorld()
    world.orchestrator.planDeltas(home, { answer, status: answer === 'id' ? 200 : 201 })
    expect(await world.run()).toBe('succeeded')
    expect(readImage(world)).toBe(web)
  })

  it('make a Delta once more after a failure that passes, and no third one', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'POST deltas', do: { kind: 'cut' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deltas')).toBe(2)
    const other = createImagesWorld()
    other.orchestrator.addFault({ on: 'POST deltas', times: 5, do: { kind: 'answer', status: 502 } })
    expect(await other.run()).toBe('error')
    expect(other.count('POST deltas')).toBe(2)
    expect(other.count('POST deploys')).toBe(0)
  })

  it('are an error where the answer names no Delta', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'POST deltas', times: 5, do: { kind: 'answer', status: 200, body: {} } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('the Delta has no usable id')
    expect(world.count('POST deploys')).toBe(0)
  })

  it('go on top of a base that is rebased to, whose names count', async () => {
    const world = createImagesWorld({ from_env: 'staging', images: 'api=ghcr.io/acme/api:2' })
    const set = { modules: { api: { spec: { containers: { main: { image: 'ghcr.io/acme/api:1' } } } } } }
    world.orchestrator.addEnvironment('acme/shop/staging', { set })
    expect(await world.run()).toBe('succeeded')
    const expected = ['GET env', 'GET env', 'GET set', 'POST deltas', 'PUT from_deploy_id', 'POST deploys']
    expect(world.requests().slice(0, 6)).toEqual(expected)
    expect(readImage(world, 'api')).toBe('ghcr.io/acme/api:2')
  })

  it('go on top of what a new preview is made from', async () => {
    const world = createImagesWorld({ env: 'pr-12', create_from: 'staging' })
    world.orchestrator.addEnvironment('acme/shop/staging', { history: [{ ...past, agoSeconds: 600 }] })
    expect(await world.run()).toBe('succeeded')
    const [made] = world.orchestrator.inspectDeployments('acme/shop/pr-12')
    expect(world.orchestrator.inspectSet(home, made?.setId ?? '')?.modules['web']).toMatchObject({
      spec: { containers: { main: { image: web } } },
    })
  })

  it('go on top of an earlier deployment of the environment, which is read there', async () => {
    const world = createImagesWorld()
    const [older = ''] = world.orchestrator.seedHistory(place, [
      { ...past, agoSeconds: 900 },
      { ...past, agoSeconds: 60 },
    ])
    expect(await world.run({ from_deploy_id: older })).toBe('succeeded')
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'GET deploy', 'GET set', 'POST deltas'])
  })
})

const past = { durationSeconds: 60, status: 'succeeded' } as const
const setOf = (world: World): string => world.orchestrator.inspectDeployments(place)[0]?.setId ?? ''

describe('images that no container is found for', () => {
  it.each([
    ['wbe=shop:2', 'Workload wbe doesn’t exist; there are web and worker.'],
    ['web/mian=shop:2', 'Workload web has no container mian; it has main.'],
    ['shop:2', 'The image shop:2 names no workload, and there are several: web and worker.'],
    ['web=shop:2\nweb/main=shop:3', 'Container main of workload web is given two images.'],
  ])('%j: an error before anything is made', async (images, text) => {
    const world = createImagesWorld({ images })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET set'])
    expect(world.annotations.map(({ message }) => message).join()).toContain(text)
    expect(world.outputs).toMatchObject({ outcome: 'error', delta_id: '' })
  })

  it('tell of modules without containers as such', async () => {
    const world = createImagesWorld({ images: 'job=shop:2\nwbe=shop:2' })
    const modules = { web: { spec: { containers: { main: {}, proxy: {} } } }, job: { spec: {} } }
    world.orchestrator.addEnvironment(place, { set: { modules } })
    expect(await world.run()).toBe('error')
    const [{ message } = { message: '' }] = world.annotations
    expect(message).toContain('Workload job has no known containers')
    expect(message).toContain('Workload wbe doesn’t exist; there are job (without containers) and web.')
  })

  it('say which container where there are several', async () => {
    const world = createImagesWorld()
    const modules = { web: { spec: { containers: { main: {}, proxy: {} } } } }
    world.orchestrator.addEnvironment(place, { set: { modules } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('Workload web has several containers: main and proxy.')
  })

  it('without a base say that a first deployment needs whole workloads', async () => {
    const world = createImagesWorld()
    world.orchestrator.addEnvironment(place, { history: [] })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env'])
    expect(world.annotations[0]?.message).toMatch(/first deployment needs whole workloads.*score/s)
  })

  it('are checked again against the base that a conflict has left', async () => {
    const world = createImagesWorld({ on_conflict: 'wait', images: 'web=shop:2' })
    const [setId] = [setOf(world)]
    const worker = world.orchestrator.inspectSet(home, setId)?.modules['worker'] ?? {}
    world.orchestrator.addEnvironment(place, {
      history: [
        { ...past, agoSeconds: 600, set: { modules: { other: worker } } },
        { ...past, agoSeconds: 300 },
      ],
    })
    const [, other] = world.orchestrator.inspectDeployments(place)
    world.orchestrator.startElsewhere(place, { setId: other?.setId ?? '' })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('Workload web doesn’t exist; there is other.')
  })
})

describe('a base without a Set', () => {
  it('is read once by its id', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault(answerEnvironmentWithoutSet(world))
    expect(await world.run()).toBe('succeeded')
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'GET deploy', 'GET set', 'POST deltas'])
  })

  it('is an error that says so where that shows none either', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault(answerEnvironmentWithoutSet(world))
    const [base] = world.orchestrator.inspectDeployments(place)
    world.orchestrator.addFault({
      on: 'GET deploy',
      do: { kind: 'answer', status: 200, body: { id: base?.id, status: 'succeeded' } },
    })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET deploy'])
    expect(world.annotations[0]?.message).toContain('has no Set')
  })

  const answerEnvironmentWithoutSet = (world: World) => {
    const [base] = world.orchestrator.inspectDeployments(place)
    const deployment = { id: base?.id, status: 'succeeded', created_at: new Date(nowMs - 9e6).toISOString() }
    const body = { id: 'production', type: 'production', from_deploy: deployment, last_deploy: deployment }
    return { on: 'GET env', do: { kind: 'answer', status: 200, body } } as const
  }

  it('that is another environment’s is refused, with from_env to use', async () => {
    const world = createImagesWorld()
    world.orchestrator.addEnvironment('acme/shop/staging', { history: [{ ...past, agoSeconds: 600 }] })
    const [theirs] = world.orchestrator.inspectDeployments('acme/shop/staging')
    expect(await world.run({ from_deploy_id: theirs?.id ?? '' })).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET deploy'])
    expect(world.annotations[0]?.message).toContain('from_env')
  })
})

describe('the Delta that was made', () => {
  it('is archived at the first poll that shows a Set, not before', async () => {
    const world = createImagesWorld()
    await world.run()
    const polls = world.requests()
    expect(polls.indexOf('PUT archived')).toBeGreaterThan(polls.indexOf('GET deploy'))
    expect(polls.indexOf('PUT archived')).toBeLessThan(polls.lastIndexOf('GET deploy'))
  })

  it('is archived after a start that was refused', async () => {
    const body = { error: 'API-400', message: 'Not like this.' }
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 400, body } })
    expect(await world.run()).toBe('error')
    expect(world.requests().slice(-2)).toEqual(['POST deploys', 'PUT archived'])
  })

  it('is not archived when nobody knows what became of the start', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'POST deploys', times: Infinity, do: { kind: 'cut' } })
    expect(await world.run()).toBe('unknown')
    expect(world.count('PUT archived')).toBe(0)
  })

  it('costs nothing when it can’t be archived', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'PUT archived', do: { kind: 'answer', status: 403, body: {} } })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('PUT archived')).toBe(1)
    expect(world.annotations).toEqual([])
  })

  it('delays no poll while its archiving hangs, and is waited for 5 s at most', async () => {
    const world = createImagesWorld()
    world.orchestrator.addFault({ on: 'PUT archived', do: { kind: 'stall', at: 'headers' } })
    const usual = createImagesWorld()
    await usual.run()
    expect(await world.run()).toBe('succeeded')
    const polls = ({ orchestrator }: World) =>
      orchestrator.record.filter(({ operation }) => operation === 'GET deploy').map(({ atMs }) => atMs)
    expect(polls(world)).toEqual(polls(usual))
    expect(world.clock.now()).toBeLessThanOrEqual(usual.clock.now() + 5_000)
  })

  it('is archived with wait: false when the start’s answer shows a Set', async () => {
    const world = createImagesWorld({ wait: 'false' })
    world.orchestrator.planAll(place, { phases: [{ afterMs: 0, status: 'in progress' }] })
    expect(await world.run()).toBe('started')
    expect(world.count('PUT archived')).toBe(1)
    const other = createImagesWorld({ wait: 'false' })
    expect(await other.run()).toBe('started')
    expect(other.count('PUT archived')).toBe(0)
  })

  it('by an earlier attempt, whose deployment is followed, is neither made again nor left', async () => {
    const world = createImagesWorld({}, { workflow: { attempt: 2 } })
    const deltaId = world.orchestrator.addDelta(home)
    world.orchestrator.startElsewhere(place, { deltaId, comment: `x · ${world.formatOwnMark()}` })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deltas')).toBe(0)
    expect(world.outputs['delta_id']).toBe(deltaId)
    expect(world.orchestrator.inspectDeltas(home)).toMatchObject([{ id: deltaId, isArchived: true }])
  })

  it('is not archived past the deadline', async () => {
    const world = createImagesWorld({ timeout: '5s' })
    world.orchestrator.addFault({ on: 'POST deltas', do: { kind: 'stall', at: 'body', ms: 6_000 } })
    expect(await world.run()).toBe('timed_out')
    expect(world.requests()).toEqual(['GET env', 'GET set', 'POST deltas'])
  })
})

it('nothing that a Set holds is ever told', async () => {
  for (const inputs of [{}, { images: 'wbe=shop:2' }, { dry_run: 'true' }]) {
    const world = createImagesWorld({ ...inputs, pr_comment: 'true' }, { workflow: { pullRequest } })
    world.github.addPull(home, { number: 12 })
    await world.run()
    expect(listTold(world)).not.toContain(canary)
    expect(JSON.stringify(world.github.inspectComments(home, 12))).not.toContain(canary)
  }
})

const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
