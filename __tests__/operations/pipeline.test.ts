import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import {
  approvalAfter,
  approvalBefore,
  checkAfter,
  deployJobs,
  failureBefore,
  secondEnvironment,
} from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>
type Plan = NonNullable<Parameters<World['orchestrator']['planPipeline']>[1]>

const home = 'acme/shop'

const createPiped = (plan: Plan, options: WorldOptions = {}): World => {
  const world = createWorld(options)
  world.orchestrator.planPipeline(home, plan)
  return world
}

/** One deployment through the pipeline, so that the environment shows it. */
const seedPiped = async (world: World): Promise<void> => {
  world.orchestrator.startRunElsewhere(place, { comment: 'before' })
  await world.clock.run(world.clock.sleep(300_000))
}

const listOurs = (world: World) =>
  world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions')
const tell = ({ annotations }: World) => annotations.map(({ message }) => message).join('\n')
const linkRun = ({ outputs }: World) => `[Pipeline run](${outputs['pipeline_run_url']})`
const countRuns = (world: World) =>
  world.orchestrator.inspectRuns(home).filter(({ comment }) => comment !== 'before').length

describe('a start through the default pipeline', () => {
  it('is followed to its end, its run told', async () => {
    const world = createPiped({})
    expect(await world.run()).toBe('succeeded')
    const [run] = world.orchestrator.inspectRuns(home)
    expect(world.outputs['pipeline_run']).toBe(`default/${run?.id}`)
    expect(world.outputs['pipeline_run_url']).toBe(
      `https://app.humanitec.io/orgs/acme/apps/shop/pipelines/default/runs/${run?.id}`,
    )
    expect(countRuns(world)).toBe(1)
  })

  it('whose answer was lost is found by its mark, the deployment late', async () => {
    const world = createPiped({ jobs: deployJobs(40_000) })
    await seedPiped(world)
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(countRuns(world)).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('whose answer was lost and that never arrived is sent again after a minute of looking', async () => {
    const world = createPiped({})
    await seedPiped(world)
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    expect(await world.run()).toBe('succeeded')
    const [first, second] = world.orchestrator.record.filter(({ operation }) => operation === 'POST deploys')
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(60_000)
    expect(countRuns(world)).toBe(1)
  })

  it('whose runs can’t be read is not sent again: unknown', async () => {
    const world = createPiped({})
    await seedPiped(world)
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    world.orchestrator.addFault({ on: 'GET runs', times: Infinity, do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('unknown')
    expect(world.count('POST deploys')).toBe(1)
  })
})

describe('a run that waits for an approval before our deployment', () => {
  it('is told once as a notice, and goes on when it is approved', async () => {
    const world = createPiped({
      jobs: approvalBefore({ message: 'To production?', approvedAfterMs: 400_000 }),
      answer: 'empty',
    })
    await seedDirect(world)
    expect(await world.run()).toBe('succeeded')
    const notices = world.annotations.filter(({ level }) => level === 'notice')
    expect(notices).toHaveLength(1)
    expect(notices[0]?.message).toContain('To production?')
    expect(notices[0]?.message).toContain('Deployer')
    expect(world.log.join('\n')).toContain('waiting for an approval')
    expect(listOurs(world)).toHaveLength(1)
  })

  it('denied: failed, with the message', async () => {
    const world = createPiped({
      jobs: approvalBefore({ message: 'To production?', deniedAfterMs: 90_000 }),
      answer: 'empty',
    })
    await seedDirect(world)
    expect(await world.run()).toBe('failed')
    expect(tell(world)).toContain('denied')
    expect(listOurs(world)).toHaveLength(0)
  })

  it.each(['GET jobs', 'GET approvals'])('is not asked for on while %s says how long to wait', async (operation) => {
    const world = createPiped({ jobs: approvalBefore({ approvedAfterMs: 300_000 }), answer: 'empty' })
    await seedDirect(world)
    world.orchestrator.addFault({ on: operation, do: tooManyRequests('60') })
    expect(await world.run()).toBe('succeeded')
    const { record } = world.orchestrator
    const hit = record.findIndex(({ operation: one, fault }) => fault !== undefined && one === operation)
    expect((record[hit + 1]?.atMs ?? 0) - (record[hit]?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000)
  })

  it('is followed where the start was answered with the run, whose id is no deployment’s', async () => {
    const world = createPiped({ jobs: approvalBefore({ approvedAfterMs: 600_000 }), answer: 'run' })
    await seedDirect(world)
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('at the deadline: timed_out, naming it, and how to follow it', async () => {
    const world = createPiped(
      { jobs: approvalBefore({ message: 'To production?' }), answer: 'empty' },
      { inputs: { timeout: '10m' } },
    )
    await seedDirect(world)
    expect(await world.run()).toBe('timed_out')
    expect(tell(world)).toContain('To production?')
    expect(tell(world)).toContain(`pipeline_run. ${world.outputs['pipeline_run_url']}`)
    expect(world.summaries.join('\n')).toContain(`pipeline_run. ${linkRun(world)}`)
    expect(world.outputs['deployment_id']).toBe('')
    expect(world.outputs['pipeline_run']).toMatch(/^default\//)
  })

  it('on a re-run is followed, and nothing is started', async () => {
    const workflow = { attempt: 1 }
    const world = createPiped({ jobs: approvalBefore({ approvedAfterMs: 1_200_000 }), answer: 'empty' }, { workflow })
    await seedDirect(world)
    expect(await world.run({ timeout: '5m' })).toBe('timed_out')
    workflow.attempt = 2
    expect(await world.run({ timeout: '1h' })).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('that an earlier attempt’s run has ended by is no reason not to start', async () => {
    const workflow = { attempt: 1 }
    const world = createPiped({ jobs: approvalBefore({ deniedAfterMs: 60_000 }), answer: 'empty' }, { workflow })
    await seedDirect(world)
    expect(await world.run()).toBe('failed')
    workflow.attempt = 2
    world.orchestrator.planPipeline(home, { jobs: deployJobs(), answer: 'empty' })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(2)
    expect(listOurs(world)).toHaveLength(1)
  })

  it('is looked at where a deployment stays pending', async () => {
    const plan = { jobs: approvalBefore({ message: 'Now?', approvedAfterMs: 300_000 }), isDeploymentMadeAtOnce: true }
    const world = createPiped(plan)
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations.filter(({ level }) => level === 'notice')).toHaveLength(1)
  })
})

/** The earlier run needs no approval. */
const seedDirect = async (world: World): Promise<void> => {
  world.orchestrator.startRunElsewhere(place, { comment: 'before', jobs: deployJobs() })
  await world.clock.run(world.clock.sleep(300_000))
}

describe('a deployment that was pending when its run ended', () => {
  it.each([
    ['was denied', { jobs: approvalBefore({ message: 'Now?', deniedAfterMs: 100_000 }) }, 'was denied: Now?'],
    ['was cancelled', { jobs: approvalBefore(), cancelledAfterMs: 100_000 }, '“cancelled” in job approve, step Wait'],
  ])('%s: failed, and the run says why', async (_, plan, said) => {
    const world = createPiped({ ...plan, isDeploymentMadeAtOnce: true })
    expect(await world.run()).toBe('failed')
    expect(world.annotations.at(-1)?.message).toContain(said)
    expect(world.outputs['status']).toBe('failed')
  })

  it('failed without a word where the run can’t be read', async () => {
    const world = createPiped({ jobs: approvalBefore({ deniedAfterMs: 100_000 }), isDeploymentMadeAtOnce: true })
    world.orchestrator.addFault({ on: 'GET run', times: Infinity, do: badGateway() })
    expect(await world.run()).toBe('failed')
    expect(world.annotations.at(-1)?.message).toContain('Humanitec reports no error for it')
  })

  it('has its own errors, and its run isn’t asked, where there are some', async () => {
    const world = createPiped({ jobs: deployJobs() })
    world.orchestrator.planNext(place, { status: 'failed', errors: [{ code: 'RUN-004', message: 'Not ready.' }] })
    expect(await world.run()).toBe('failed')
    expect(world.count('GET run')).toBe(0)
  })
})

describe('a run that ends before our deployment', () => {
  it.each([
    ['fails', { jobs: failureBefore('It does not fit.') }, 'It does not fit.'],
    ['is cancelled', { jobs: approvalBefore(), cancelledAfterMs: 100_000 }, 'cancelled'],
  ])('%s: failed, with job, step and its message', async (_, plan, said) => {
    const world = createPiped({ ...plan, answer: 'empty' })
    await seedDirect(world)
    expect(await world.run()).toBe('failed')
    expect(tell(world)).toContain(said)
    expect(tell(world)).toContain(`Look at the steps of the run. ${world.outputs['pipeline_run_url']}`)
    expect(world.summaries.join('\n')).toContain(`**Next:** Look at the steps of the run. ${linkRun(world)}`)
    expect(world.annotations.filter(({ level }) => level === 'error')).toHaveLength(1)
    expect(listOurs(world)).toHaveLength(0)
  })
})

describe('a run behind our deployment’s success', () => {
  it('whose check fails: failed, with job, step and message, not green', async () => {
    const world = createPiped({ jobs: checkAfter({ fails: 'web is not ready' }) })
    expect(await world.run()).toBe('failed')
    expect(world.outputs['status']).toBe('succeeded')
    expect(tell(world)).toContain('job check, step Wait for readiness: web is not ready')
  })

  it.each(['succeeded', 'completed', 'done'])(
    'completed with the word “%s”, as our step has it: good',
    async (successWord) => {
      const world = createPiped({ jobs: checkAfter(), successWord })
      expect(await world.run()).toBe('succeeded')
    },
  )

  it('that waits for an approval holds no step: succeeded, with a word on it', async () => {
    const world = createPiped({ jobs: approvalAfter({ message: 'On to the next?' }) })
    expect(await world.run()).toBe('succeeded')
    expect(world.summaries.join('\n')).toContain('On to the next?')
    expect(world.clock.now() - nowMs).toBeLessThan(200_000)
  })

  it('that deploys to another environment holds no step', async () => {
    const world = createPiped({ jobs: secondEnvironment('staging') })
    world.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging' })
    world.orchestrator.planAll('acme/shop/staging', { durationMs: 3_600_000 })
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - nowMs).toBeLessThan(300_000)
  })

  it('that goes on for more than ten minutes holds no step', async () => {
    const world = createPiped({ jobs: checkAfter({ durationMs: 3_000_000 }) })
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - nowMs).toBeLessThan(900_000)
    expect(world.summaries.join('\n')).toContain(
      `The pipeline run goes on after this deployment, in job check, step Wait for readiness. ${linkRun(world)}`,
    )
  })

  it.each([403, 404, 502])('that can’t be read (%d): a remark, and the deployment decides', async (status) => {
    const world = createPiped({ jobs: checkAfter({ fails: 'unseen' }) })
    world.orchestrator.addFault({ on: 'GET run', times: Infinity, do: { kind: 'answer', status } })
    expect(await world.run()).toBe('succeeded')
    const summary = world.summaries.join('\n')
    expect(summary).toContain('so it is not known whether a later check failed')
    expect(summary).not.toContain('goes on after this deployment')
  })

  it('is told of by the time since the deployment began, and its page once', async () => {
    const world = createPiped({ jobs: checkAfter({ durationMs: 120_000 }) }, { inputs: { poll_interval: '10s' } })
    world.orchestrator.planNext(place, { durationMs: 60_000 })
    expect(await world.run()).toBe('succeeded')
    const lines = world.log.filter((line) => /^ {2}\d\d:\d\d {2}/.test(line))
    const times = lines.map((line) => line.slice(2, 7))
    expect(times).toEqual(times.toSorted())
    expect(lines.filter((line) => line.includes('pipeline run executing')).length).toBeGreaterThan(1)
    expect(world.log.filter((line) => line.startsWith('The deployment succeeded; its pipeline'))).toHaveLength(1)
  })

  it('that has failed is a failure, though its jobs can’t be read until the deadline', async () => {
    const world = createPiped({ jobs: checkAfter({ fails: 'late' }) }, { inputs: { timeout: '10m' } })
    world.orchestrator.addFault({ on: 'GET jobs', times: Infinity, do: tooManyRequests('60') })
    expect(await world.run()).toBe('failed')
    expect(world.outputs['status']).toBe('succeeded')
    expect(world.annotations[0]?.title).toContain('failed')
  })

  it('is read again after a failed look', async () => {
    const world = createPiped({ jobs: checkAfter({ fails: 'late' }) })
    world.orchestrator.addFault({ on: 'GET run', times: 2, do: badGateway() })
    expect(await world.run()).toBe('failed')
  })
})

it('a run that is refused now and then is followed on', async () => {
  const world = createPiped({ jobs: checkAfter({ durationMs: 300_000, fails: 'late' }) })
  const refusal: FaultAction = { kind: 'answer', status: 403 }
  world.orchestrator.addFault({ on: 'GET run', after: 1, do: refusal })
  world.orchestrator.addFault({ on: 'GET run', after: 2, do: refusal })
  expect(await world.run()).toBe('failed')
  expect(world.orchestrator.record.filter(({ status }) => status === 403)).toHaveLength(2)
})

describe('a deployment that its run has made at once', () => {
  const early: Plan = { jobs: deployJobs(30_000), isDeploymentMadeAtOnce: true }

  it('is not taken for missing while polls fail, though its run is completed', async () => {
    const world = createPiped(early, { inputs: { poll_interval: '10s' } })
    world.orchestrator.addFault({ on: 'GET deploy', times: 36, do: badGateway(503) })
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
    const failedMs = world.orchestrator.record.filter(({ status }) => status === 503).map(({ atMs }) => atMs - nowMs)
    expect(Math.max(...failedMs)).toBeGreaterThan(330_000)
  })

  it('is asked for its run after a minute in which it didn’t begin, then once a minute', async () => {
    const world = createPiped({ jobs: approvalBefore({ approvedAfterMs: 240_000 }), isDeploymentMadeAtOnce: true })
    expect(await world.run()).toBe('succeeded')
    const timesMs = world.orchestrator.record.filter(({ operation }) => operation === 'GET run').map(({ atMs }) => atMs)
    const [first = 0, second = 0, third = 0] = timesMs
    for (const gapMs of [first - nowMs, second - first, third - second]) {
      expect(gapMs).toBeGreaterThanOrEqual(60_000)
      expect(gapMs).toBeLessThan(95_000)
    }
  })
})

describe('operation: wait', () => {
  const waiting: WorldOptions = { inputs: { operation: 'wait', delta_id: '' } }

  it('with pipeline_run follows the run, and its deployment', async () => {
    const world = createPiped({ jobs: approvalBefore({ approvedAfterMs: 120_000 }) }, waiting)
    const runId = world.orchestrator.startRunElsewhere(place)
    expect(await world.run({ pipeline_run: `default/${runId}` })).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(world.orchestrator.inspectDeployments(place)[0]?.id)
    expect(world.count('POST deploys')).toBe(0)
  })

  it('with a run of another environment is an error', async () => {
    const world = createPiped({}, waiting)
    world.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging' })
    const runId = world.orchestrator.startRunElsewhere('acme/shop/staging')
    expect(await world.run({ pipeline_run: `default/${runId}` })).toBe('error')
    expect(tell(world)).toContain('doesn’t concern the environment production')
  })

  it('with a run that was completed without a deployment is failed', async () => {
    const world = createPiped({}, waiting)
    const runId = world.orchestrator.startRunElsewhere(place, { jobs: [{ id: 'log', steps: [{ does: 'work' }] }] })
    expect(await world.run({ pipeline_run: `default/${runId}` })).toBe('failed')
    expect(tell(world)).toContain('without a deployment to production')
  })

  it('with a run that there isn’t is an error', async () => {
    const world = createPiped({}, waiting)
    expect(await world.run({ pipeline_run: 'default/none' })).toBe('error')
  })

  it('with nothing given follows the newer, unfinished run', async () => {
    const world = createPiped({}, waiting)
    await seedDirect(world)
    const [before] = world.orchestrator.inspectDeployments(place)
    world.orchestrator.startRunElsewhere(place, { jobs: approvalBefore({ approvedAfterMs: 60_000 }) })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['deployment_id']).not.toBe(before?.id)
  })

  it('with nothing given, and no newer run, follows the newest deployment', async () => {
    const world = createPiped({}, waiting)
    await seedDirect(world)
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(world.orchestrator.inspectDeployments(place)[0]?.id)
  })
})

it('a kill while a run is held: the post step tells the run, and starts nothing', async () => {
  const world = createPiped({ jobs: approvalBefore(), answer: 'empty' })
  await seedDirect(world)
  await world.kill(200_000)
  await world.finish()
  expect(world.summaries.join('\n')).toContain('/pipelines/default/runs/')
  expect(countRuns(world)).toBe(1)
})
