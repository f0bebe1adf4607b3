import { describe, expect, it } from '@jest/globals'
import {
  approvalAfter,
  approvalBefore,
  checkAfter,
  deployJobs,
  failureBefore,
  secondEnvironment,
} from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { createShop, fieldsOf, listOf, path, production } from './shop.ts'

type Plan = Parameters<ReturnType<typeof createShop>['orchestrator']['planPipeline']>[1]

const shopOf = '/orgs/acme/apps/shop'
const runsOf = `${shopOf}/pipelines/default/runs`

/** A shop whose requests for deployments a pipeline takes. */
const createPipelineShop = (plan?: Plan) => {
  const shop = createShop()
  shop.orchestrator.planPipeline('acme/shop', plan)
  const { ask } = shop
  const start = () => ask(`POST ${path}/deploys`, { delta_id: shop.delta, comment: 'Ours' })
  const list = () => listOf(ask(`GET ${path}/deploys`))
  const run = () => listOf(ask(`GET ${runsOf}`))[0] ?? {}
  const jobs = () => listOf(ask(`GET ${runsOf}/${run()['id']}/jobs`))
  const approvals = () => listOf(ask(`GET ${shopOf}/approvals`))
  return { ...shop, start, list, run, jobs, approvals }
}

describe('the default pipeline', () => {
  it('takes the request, and its deployment has the comment, a Set, the run, and neither Delta nor origin', () => {
    const { ask, start, list, pass, run, orchestrator, delta } = createPipelineShop()
    const answer = start()
    expect(answer).toMatchObject({ status: 201, body: { id: answer.acceptedId, comment: 'Ours', status: 'pending' } })
    expect(list()).toHaveLength(2)
    pass(2_500)
    expect(list()[0]).toEqual({
      ...fieldsOf(ask(`GET ${path}/deploys/${answer.acceptedId}`)),
      id: answer.acceptedId,
      comment: 'Ours',
      delta_id: '',
      from_id: '',
      set_id: expect.stringMatching(/^[\w-]{43}$/),
      pipeline: { id: 'default', run_id: run()['id'], job_id: 'deploy', step_index: 1 },
    })
    expect(orchestrator.inspectDeployments(production)[0]).toMatchObject({ deltaId: delta })
  })

  it('keeps the comment in the inputs of its run, which changes its etag with each step', () => {
    const { start, pass, run, delta } = createPipelineShop()
    start()
    expect(run()).toMatchObject({
      status: 'queued',
      trigger: 'deployment_request',
      env_ids: ['production'],
      inputs: { env_id: 'production', comment: 'Ours', delta_id: delta },
      waiting_for: {},
    })
    const etags = [0, 500, 2_000, 120_000].map((ms) => {
      pass(ms)
      return run()['etag']
    })
    expect(new Set(etags).size).toBe(4)
    expect(run()).toMatchObject({ status: 'succeeded', completed_at: expect.stringMatching(/^2026-11-23T17:02:02\./) })
  })

  it('says what its jobs and steps do, and which deployment they made', () => {
    const { ask, start, pass, run, jobs } = createPipelineShop()
    const id = start().acceptedId
    pass(3_000)
    expect(run()).toMatchObject({ status: 'executing', waiting_for: { deploy: expect.stringContaining(String(id)) } })
    expect(jobs()).toMatchObject([{ id: 'deploy', status: 'executing' }])
    expect(jobs()[0]).not.toHaveProperty('steps')
    expect(fieldsOf(ask(`GET ${runsOf}/${run()['id']}/jobs/deploy`))['steps']).toMatchObject([
      { index: 0, status: 'succeeded', related_entities: {} },
      { index: 1, status: 'executing', related_entities: { env_id: 'production', deployment_id: id } },
    ])
  })

  it('fails with its deployment', () => {
    const { start, pass, run, orchestrator } = createPipelineShop()
    orchestrator.planNext(production, { status: 'failed', durationMs: 10_000 })
    const id = start().acceptedId
    pass(13_000)
    expect(run()).toMatchObject({ status: 'failed', status_message: `Deployment ${id} failed.` })
  })

  it('makes its deployment as late as is planned', () => {
    const { start, list, pass } = createPipelineShop({ jobs: deployJobs(60_000) })
    start()
    pass(60_000)
    expect(list()).toHaveLength(2)
    pass(500)
    expect(list()).toHaveLength(3)
  })

  it('deploys on the base of the moment at which it made the Set', () => {
    const { ask, pass, orchestrator, older, newer } = createPipelineShop({ isDeploymentMadeAtOnce: false })
    const imageOf = (id: unknown) => {
      const setId = orchestrator.inspectDeployments(production).find((deployment) => deployment.id === id)?.setId
      return JSON.stringify(ask(`GET ${shopOf}/sets/${setId}`).body).match(/acme\/web:\w+/)?.[0]
    }
    const update = { worker: [{ op: 'replace', path: '/spec/containers/main/image', value: 'ghcr.io/acme/worker:2' }] }
    const delta = orchestrator.addDelta('acme/shop', { contents: { modules: { update } } })
    const id = ask(`POST ${path}/deploys`, { delta_id: delta }).acceptedId
    orchestrator.rebaseElsewhere(production, older)
    pass(2_500)
    expect(ask(`GET ${path}/deploys/${id}`).status).toBe(200)
    expect(imageOf(id)).toBe(imageOf(older))
    expect(imageOf(older)).not.toBe(imageOf(newer))
  })

  it('can say another word for success, and from which base it was', () => {
    const { start, list, pass, run, newer } = createPipelineShop({ successWord: 'successful', fromId: 'base' })
    start()
    pass(123_000)
    expect([run()['status'], list()[0]?.['from_id']]).toEqual(['successful', newer])
  })

  it('refuses as ever while a deployment is active, and what is not there', () => {
    const { ask, start, pass, run } = createPipelineShop()
    expect(ask(`POST ${path}/deploys`, { delta_id: 'f'.repeat(40) }).status).toBe(400)
    expect(run()).toEqual({})
    start()
    pass(3_000)
    expect(start().status).toBe(409)
  })

  it('finds the deployments of one run', () => {
    const { ask, start, pass, run } = createPipelineShop()
    const id = start().acceptedId
    pass(3_000)
    expect(listOf(ask(`GET ${path}/deploys?pipelineRunId=default,${run()['id']}`))).toMatchObject([{ id }])
    expect(ask(`GET ${path}/deploys?pipelineRunId=default,other`).body).toEqual([])
  })
})

describe('the answer to a start that a pipeline takes', () => {
  it.each([
    ['no id', 201, { id: '', status: 'pending' }],
    ['run', 202, { pipeline_id: 'default', status: 'queued' }],
    ['empty', 201, undefined],
  ] as const)('may be: %s', (answer, status, body) => {
    const { start } = createPipelineShop({ answer })
    const got = start()
    expect(got).toMatchObject({ status, ...(body && { body }) })
    expect('body' in got).toBe(body !== undefined)
  })

  it('may name an earlier deployment', () => {
    const { start, newer } = createPipelineShop({ answer: 'earlier deployment' })
    expect(start()).toMatchObject({ status: 201, body: { id: newer, status: 'succeeded' } })
  })

  it('may name a deployment that is listed at once, and pending until the run comes to it', () => {
    const { start, list, pass } = createPipelineShop({
      isDeploymentMadeAtOnce: true,
      jobs: approvalBefore({ approvedAfterMs: 300_000 }),
    })
    const id = start().acceptedId
    const look = (ms: number) => {
      pass(ms)
      return list()[0]
    }
    expect(look(0)).toMatchObject({ id, status: 'pending', pipeline: { job_id: 'deploy', step_index: 1 } })
    expect(look(299_000)).toMatchObject({ id, status: 'pending' })
    expect([look(10_000)?.['status'], look(120_000)?.['status']]).toEqual(['in progress', 'succeeded'])
    expect(list()).toHaveLength(3)
  })
})

describe('an approval before the deployment', () => {
  it('waits with no deployment, until somebody approves', () => {
    const { start, list, pass, run, approvals, orchestrator } = createPipelineShop({
      jobs: approvalBefore({ message: 'To production?' }),
    })
    start()
    pass(600_000)
    expect(list()).toHaveLength(2)
    expect(run()).toMatchObject({ status: 'executing', waiting_for: { approve: expect.stringContaining('approval') } })
    expect(approvals()).toMatchObject([{ status: 'waiting', env_id: 'production', message: 'To production?' }])
    expect(orchestrator.decideApproval('acme/shop', 'approved', 's-jo')).toBe(true)
    pass(3_000)
    expect(approvals()).toMatchObject([{ status: 'approved', approved_by: 's-jo', approved_at: expect.any(String) }])
    expect(list()).toHaveLength(3)
  })

  it('ends the run when it is denied', () => {
    const { start, list, pass, run, jobs } = createPipelineShop({ jobs: approvalBefore({ deniedAfterMs: 60_000 }) })
    start()
    pass(60_500)
    expect(run()).toMatchObject({ status: 'failed', status_message: 'The approval was denied.', waiting_for: {} })
    expect(jobs()).toMatchObject([{ id: 'approve', status: 'failed' }])
    pass(600_000)
    expect(list()).toHaveLength(2)
  })

  it('lets another request in, since nothing is active yet', () => {
    const { start, orchestrator } = createPipelineShop({ jobs: approvalBefore() })
    expect([start().status, start().status]).toEqual([201, 201])
    expect(orchestrator.inspectRuns('acme/shop')).toHaveLength(2)
  })

  it('is filtered by pipeline, run and status', () => {
    const { ask, start, pass, run } = createPipelineShop({ jobs: approvalBefore() })
    start()
    pass(1_000)
    const count = (query: string) => listOf(ask(`GET ${shopOf}/approvals?${query}`)).length
    expect(count(`pipeline=default&run=${run()['id']}&status=waiting`)).toBe(1)
    expect(count(`run=other&run=${run()['id']}`)).toBe(1)
    expect([count('pipeline=other'), count('run=other'), count('status=denied')]).toEqual([0, 0, 0])
  })
})

describe('what comes behind the deployment', () => {
  it('may be an approval: the deployment has succeeded, the run waits', () => {
    const { start, list, pass, run, approvals } = createPipelineShop({ jobs: approvalAfter({ env: 'staging' }) })
    start()
    pass(130_000)
    expect([list()[0]?.['status'], run()['status']]).toEqual(['succeeded', 'executing'])
    expect(approvals()).toMatchObject([{ env_id: 'staging', status: 'waiting' }])
  })

  it('may be a check that fails: the deployment has succeeded, the run has failed', () => {
    const { ask, start, list, pass, run } = createPipelineShop({ jobs: checkAfter({ fails: 'web is not ready.' }) })
    start()
    pass(130_000)
    expect(run()['status']).toBe('executing')
    pass(20_000)
    expect([list()[0]?.['status'], run()['status']]).toEqual(['succeeded', 'failed'])
    expect(fieldsOf(ask(`GET ${runsOf}/${run()['id']}/jobs/check`))).toMatchObject({
      status: 'failed',
      steps: [{ name: 'Wait for readiness', status: 'failed', status_message: 'web is not ready.' }],
    })
  })

  it('may be a second environment, which gets the same Set', () => {
    const { start, list, pass, run, orchestrator } = createPipelineShop({ jobs: secondEnvironment('staging') })
    start()
    pass(130_000)
    expect(run()).toMatchObject({ status: 'executing', env_ids: ['production', 'staging'] })
    const [second] = orchestrator.inspectDeployments('acme/shop/staging')
    expect(second).toMatchObject({ comment: 'Ours', setId: list()[0]?.['set_id'] })
    pass(120_000)
    expect(run()['status']).toBe('succeeded')
  })
})

describe('a run without a deployment', () => {
  it('may fail before it', () => {
    const { start, list, pass, run } = createPipelineShop({ jobs: failureBefore('web does not exist.') })
    start()
    pass(10_000)
    expect(run()).toMatchObject({ status: 'failed', status_message: 'web does not exist.' })
    expect(list()).toHaveLength(2)
  })

  it('fails in its first step when the Delta does not fit, though the request was taken', () => {
    const { ask, list, pass, run, jobs, orchestrator } = createPipelineShop()
    const contents = { modules: { update: { nothing: [{ op: 'replace', path: '/spec/a', value: 1 }] } } }
    const answer = ask(`POST ${path}/deploys`, { delta_id: orchestrator.addDelta('acme/shop', { contents }) })
    expect(answer.status).toBe(201)
    pass(10_000)
    expect(run()).toMatchObject({
      status: 'failed',
      status_message: expect.stringMatching(/^Unable to apply .*nothing/),
    })
    expect([jobs()[0]?.['id'], list().length]).toEqual(['deploy', 2])
  })

  it('may be cancelled before it, by the plan or by somebody, and its approval with it', () => {
    const { start, pass, run, approvals, orchestrator } = createPipelineShop({
      jobs: approvalBefore(),
      cancelledAfterMs: 30_000,
    })
    start()
    pass(30_000)
    expect(run()).toMatchObject({ status: 'cancelled', cancellation_requested_at: expect.any(String) })
    expect(approvals()).toMatchObject([{ status: 'cancelled' }])
    start()
    expect([orchestrator.cancelRun('acme/shop'), orchestrator.cancelRun('acme/shop')]).toEqual([true, false])
  })

  it('makes the deployment that was listed early a failed one', () => {
    const { start, list, pass } = createPipelineShop({
      isDeploymentMadeAtOnce: true,
      jobs: approvalBefore({ deniedAfterMs: 5_000 }),
    })
    start()
    pass(10_000)
    expect(list()[0]).toMatchObject({ status: 'failed' })
  })

  it('stays queued behind another run of its concurrency group', () => {
    const { start, list, pass, run, orchestrator } = createPipelineShop({ concurrencyGroup: 'production' })
    orchestrator.startRunElsewhere(production, {
      comment: 'Theirs',
      jobs: [{ id: 'test', steps: [{ does: 'work', durationMs: 900_000 }] }],
    })
    pass(1_000)
    start()
    pass(890_000)
    expect(run()).toMatchObject({ status: 'queued', concurrency_group: 'production' })
    expect(list()).toHaveLength(2)
    pass(15_000)
    expect(run()['status']).toBe('executing')
    expect(list()).toHaveLength(3)
  })

  it('may stay queued for ever, but for its own time limit', () => {
    const { start, pass, run } = createPipelineShop({ queuedMs: Number.POSITIVE_INFINITY })
    start()
    pass(3_599_999)
    expect(run()['status']).toBe('queued')
    pass(1)
    expect(run()).toMatchObject({ status: 'failed', status_message: 'The run timed out.' })
  })
})

it('a deployment is waited for before a cancellation ends its run', () => {
  const { start, list, pass, run } = createPipelineShop({ cancelledAfterMs: 10_000 })
  start()
  pass(20_000)
  expect(run()).toMatchObject({ status: 'executing', cancellation_requested_at: expect.any(String) })
  pass(110_000)
  expect([list()[0]?.['status'], run()['status']]).toEqual(['succeeded', 'cancelled'])
})

it('without a planned pipeline, a start is carried out at once', () => {
  const { ask, delta } = createShop()
  const id = ask(`POST ${path}/deploys`, { delta_id: delta }).acceptedId
  expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))).toMatchObject({ delta_id: delta })
  expect(fieldsOf(ask(`GET ${path}/deploys/${id}`))).not.toHaveProperty('pipeline')
  expect([ask(`GET ${runsOf}`).status, ask(`GET ${shopOf}/approvals`).body]).toEqual([404, []])
})
