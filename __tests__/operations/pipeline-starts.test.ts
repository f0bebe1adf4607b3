import { describe, expect, it } from '@jest/globals'
import { badGateway, tooManyRequests } from '../../testing/simulator/faults.ts'
import { approvalBefore, checkAfter, deployJobs } from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>
type Plan = NonNullable<Parameters<World['orchestrator']['planPipeline']>[1]>

const home = 'acme/shop'

/** An environment whose newest deployment went through the pipeline, which then does what `plan` says. */
const createPiped = async (plan: Plan, options: WorldOptions = {}): Promise<World> => {
  const world = createWorld(options)
  world.orchestrator.planPipeline(home)
  world.orchestrator.startRunElsewhere(place, { comment: 'before' })
  await world.clock.run(world.clock.sleep(300_000))
  world.orchestrator.planPipeline(home, plan)
  return world
}

const listOurs = (world: World) =>
  world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions')
const countRuns = (world: World) =>
  world.orchestrator.inspectRuns(home).filter(({ comment }) => comment !== 'before').length
const tell = ({ annotations, summaries }: World) =>
  [...annotations.map(({ message }) => message), ...summaries].join('\n')

describe('a start that is answered with the run that took it', () => {
  it('is followed to the run’s own deployment: the run’s id is no deployment’s', async () => {
    const world = await createPiped({ answer: 'run' })
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
    expect(countRuns(world)).toBe(1)
  })
})

describe('a start that is answered with a deployment that doesn’t show yet', () => {
  it('is waited for while its run waits for an approval, which is told', async () => {
    const world = await createPiped({ jobs: approvalBefore({ message: 'Now?', approvedAfterMs: 600_000 }) })
    expect(await world.run()).toBe('succeeded')
    expect(tell(world)).toContain('Now?')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('and whose run is denied its approval: failed', async () => {
    const world = await createPiped({ jobs: approvalBefore({ deniedAfterMs: 200_000 }) })
    expect(await world.run()).toBe('failed')
    expect(tell(world)).toContain('denied')
  })

  it('and whose run ends well without it: failed, soon', async () => {
    const world = await createPiped({ jobs: [{ id: 'none', steps: [{ does: 'work', durationMs: 70_000 }] }] })
    const beganMs = world.clock.now()
    expect(await world.run()).toBe('failed')
    expect(world.clock.now() - beganMs).toBeLessThan(400_000)
  })
})

it('a start that is answered with another’s deployment, begun since the first look, is not taken for it', async () => {
  const world = await createPiped({ answer: 'earlier deployment' })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
  void world.sent('POST deploys').then(() =>
    world.orchestrator.startElsewhere(place, {
      comment: 'Release · https://github.com/acme/shop/actions/runs/6999',
      plan: { durationMs: 5 },
      pipelineId: 'default',
    }),
  )
  expect(await world.run()).toBe('succeeded')
  expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
})

describe('a base that was set for a run', () => {
  const rollBack = async (plan: Plan, timeout = '30m') => {
    const world = await createPiped({ answer: 'empty', ...plan })
    const [before] = world.orchestrator.inspectDeployments(place)
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    const outcome = await world.run({ delta_id: '', from_deploy_id: older, timeout })
    return { world, outcome, older, before: before?.id, baseId: world.orchestrator.inspectEnvironment(place)?.baseId }
  }

  it('is put back when the run is denied its approval', async () => {
    const { outcome, baseId, before } = await rollBack({ jobs: approvalBefore({ deniedAfterMs: 60_000 }) })
    expect(outcome).toBe('failed')
    expect(baseId).toBe(before)
  })

  it('is left for the run, and named, when the step ends before it', async () => {
    const { world, outcome, baseId, older } = await rollBack({ jobs: approvalBefore() }, '5m')
    expect(outcome).toBe('timed_out')
    expect(baseId).toBe(older)
    expect(tell(world)).toContain(`base was left at ${older}, for the deployment that the pipeline run may still start`)
  })

  it('is left for the run, and named by the post step, when the step is killed', async () => {
    const world = await createPiped({ answer: 'empty', jobs: approvalBefore() })
    const base = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    const inputs = { delta_id: '', from_deploy_id: base }
    await world.kill(120_000, inputs)
    await world.finish(inputs)
    expect(tell(world)).toContain(`base was left at ${base}, for the deployment that the pipeline run may still start`)
  })

  it('may be left, where the deployment that the run is to make was never read', async () => {
    const world = await createPiped({ jobs: approvalBefore() })
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: badGateway(503) })
    expect(await world.run({ delta_id: '', from_deploy_id: older, timeout: '5m' })).toBe('timed_out')
    expect(tell(world)).toContain(`base may have been left at ${older}`)
  })

  it('was taken, where the deployment was read once, and costs no read after the deadline', async () => {
    const world = await createPiped({ jobs: deployJobs(5_000) })
    world.orchestrator.planAll(place, { durationMs: 3_600_000 })
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    void world.clock
      .sleep(200_000)
      .then(() => world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: badGateway(503) }))
    const deadlineMs = world.clock.now() + 300_000
    expect(await world.run({ delta_id: '', from_deploy_id: older, timeout: '5m' })).toBe('timed_out')
    expect(tell(world)).not.toMatch(/base (?:was|may have been) left/)
    const late = world.orchestrator.record.filter(
      ({ operation, atMs }) => operation === 'GET deploy' && atMs >= deadlineMs,
    )
    expect(late).toHaveLength(1)
  })

  it('is nobody’s business any more once its deployment has begun', async () => {
    const { world, outcome } = await rollBack({ jobs: deployJobs(20_000) })
    expect(outcome).toBe('succeeded')
    expect(tell(world)).not.toContain('base was left')
  })
})

describe('a run that has failed behind our deployment is seen by the last look past the deadline', () => {
  const timeoutMs = 11_000
  const runLate = async (options: WorldOptions = {}) => {
    const jobs = checkAfter({ durationMs: 1_000, fails: 'not ready' })
    const world = await createPiped({ jobs, answer: 'empty' }, options)
    world.orchestrator.planAll(place, { durationMs: 3_000 })
    return world
  }

  it('where all can be read', async () => {
    const world = await runLate()
    expect(await world.run({ timeout: '11s' })).toBe('failed')
    expect(tell(world)).toContain('not ready')
  })

  it('where its approvals can’t be read: what is over has none', async () => {
    const world = await runLate()
    world.orchestrator.addFault({ on: 'GET approvals', times: Infinity, do: tooManyRequests('120') })
    expect(await world.run({ timeout: '11s' })).toBe('failed')
    expect(tell(world)).toContain('not ready')
  })

  it('where it is out of reach right after it was read', async () => {
    let deadlineMs = Number.POSITIVE_INFINITY
    let reads = 0
    const world: World = await runLate({
      strike: ({ path }) => {
        const isLate = world.clock.now() >= deadlineMs
        const isHit = path.includes('pipelineRunId') ? !isLate : /\/runs\/[^/]+$/.test(path) && isLate && reads++ > 0
        return isHit ? { network: 'lost' } : undefined
      },
    })
    deadlineMs = world.clock.now() + timeoutMs
    expect(await world.run({ timeout: '11s' })).toBe('failed')
    expect(tell(world)).toContain('not ready')
  })
})
