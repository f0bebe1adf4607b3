import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const entry = { agoSeconds: 3_600, durationSeconds: 60, status: 'succeeded' } as const

/** Production with three deployments of the past; `first` is the oldest. */
const createThree = (options: WorldOptions = {}) => {
  const world = createWorld(options)
  world.orchestrator.seedHistory(place, [entry, { ...entry, agoSeconds: 600 }])
  const [third = '', second = '', first = ''] = world.orchestrator.inspectDeployments(place).map(({ id }) => id)
  return { world, first, second, third }
}
const tell = ({ annotations }: ReturnType<typeof createWorld>) => annotations.map(({ message }) => message).join('\n')

describe('a base that somebody set between our rebase and our start', () => {
  it.each(['succeeded', 'failed'] as const)(
    'is said at once, and ends as an error whatever the status: %s',
    async (status) => {
      const { world, first, second } = createThree()
      world.orchestrator.planNext(place, { status })
      world.orchestrator.rebaseBeforeNextStart(place, second)
      expect(await world.run({ delta_id: delta, from_deploy_id: first })).toBe('error')
      expect(world.outputs).toMatchObject({ status, from_id: second })
      expect(tell(world)).toContain(`not of ${first.slice(0, 8)}`)
      const said = world.log.findIndex((line) => line.includes('the environment’s base changed in between'))
      expect(said).toBeGreaterThan(0)
      expect(said).toBeLessThan(world.log.findIndex((line) => line.includes('in progress')))
    },
  )

  it.each(['succeeded', 'failed'] as const)('is an error after a signal at the end, too: %s', async (status) => {
    const { world, first, second } = createThree()
    world.orchestrator.planNext(place, { status })
    world.orchestrator.rebaseBeforeNextStart(place, second)
    world.orchestrator.addFault({ on: 'GET deploys', times: 9, do: { kind: 'answer', status: 403 } })
    void world.sent(status === 'failed' ? 'GET errors' : 'GET resources').then(world.cancel)
    expect(await world.run({ delta_id: delta, from_deploy_id: first })).toBe('error')
    expect(world.outputs).toMatchObject({ status, from_id: second })
  })

  it('is no matter where the two have the same Set', async () => {
    const { world, first } = createThree()
    world.orchestrator.rebaseElsewhere(place, first)
    const twin = world.orchestrator.startElsewhere(place, { deltaId: '', plan: { durationMs: 10_000 } }) ?? ''
    await world.clock.run(world.clock.sleep(20_000))
    world.orchestrator.rebaseBeforeNextStart(place, twin)
    expect(await world.run({ from_deploy_id: first })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(twin)
  })

  it('is not green with wait: false either, where the answer to the start tells it', async () => {
    let baseId = ''
    const { world, first, second } = createThree({
      inputs: { wait: 'false' },
      onAnswer: ({ operation }, answer) => {
        if (operation === 'POST deploys') Object.assign(answer.body as object, { from_id: baseId })
      },
    })
    baseId = second
    world.orchestrator.rebaseBeforeNextStart(place, second)
    expect(await world.run({ from_deploy_id: first })).toBe('error')
  })

  it('is left alone where the deployment came through a pipeline', async () => {
    const { world, first, second } = createThree()
    world.orchestrator.planPipeline('acme/shop', { fromId: 'base' })
    world.orchestrator.rebaseBeforeNextStart(place, second)
    expect(await world.run({ delta_id: '', from_deploy_id: first })).toBe('succeeded')
  })

  it('without a rebase of ours is a warning', async () => {
    const { world, second } = createThree()
    world.orchestrator.rebaseBeforeNextStart(place, second)
    expect(await world.run()).toBe('succeeded')
    expect(world.summaries.join('\n')).toContain('which was the environment’s base when the step read it')
  })

  it('is nobody’s where ours was taken', async () => {
    const { world, first } = createThree()
    expect(await world.run({ from_deploy_id: first })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(first)
  })
})

describe('views that lag', () => {
  it('an environment that shows an ended deployment as active is no conflict', async () => {
    const world = createWorld()
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 20_000, status: 'failed' } })
    await world.clock.run(world.clock.sleep(21_000))
    world.orchestrator.planLag(place, { environmentMs: 15_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('the same with a rebase, whose base is taken', async () => {
    const { world, first } = createThree()
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 20_000, status: 'failed' } })
    await world.clock.run(world.clock.sleep(21_000))
    world.orchestrator.planLag(place, { environmentMs: 15_000 })
    expect(await world.run({ delta_id: '', from_deploy_id: first })).toBe('succeeded')
    expect(world.outputs['from_id']).toBe(first)
  })

  it('a start answered 404 right after the environment was made is sent again', async () => {
    const world = createWorld({ inputs: { env: 'pr-12', create_from: 'production', env_type: 'development' } })
    world.orchestrator.planLag('acme/shop', { startNotFoundMs: 20_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.orchestrator.inspectDeployments('acme/shop/pr-12')).toHaveLength(1)
  })

  it('an environment that was there before gets its 404 as an error', async () => {
    const world = createWorld()
    world.orchestrator.addFault({
      on: 'POST deploys',
      do: { kind: 'answer', status: 404, body: { error: 'E', message: 'm' } },
    })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('an environment that shows the earlier base after our PUT is read again, and the base put back', async () => {
    const { world, first, third } = createThree()
    world.orchestrator.planLag(place, { baseMs: 3_000 })
    const no = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } } as const
    world.orchestrator.addFault({ on: 'POST deploys', do: no })
    expect(await world.run({ from_deploy_id: first })).toBe('error')
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(third)
  })

  it('one that keeps showing it has its base named', async () => {
    const { world, first } = createThree()
    world.orchestrator.planLag(place, { baseMs: 600_000 })
    const no = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } } as const
    world.orchestrator.addFault({ on: 'POST deploys', do: no })
    expect(await world.run({ from_deploy_id: first })).toBe('error')
    expect(tell(world)).toContain(`base was left at ${first}`)
  })
})
