import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, tooManyRequests } from '../../simulator/faults.ts'
import { usualToken } from '../../simulator/orchestrator.ts'
import { RequestFailure } from '../../src/core/failure.ts'
import { noFacts } from '../../src/core/outcome.ts'
import { DeadlinePassed } from '../../src/core/stop.ts'
import { determineEnding } from '../../src/flow/ending.ts'
import { tellReport } from '../../src/flow/report.ts'
import { createRecordingRunner, createWorld, delta, nowMs, place, usualOrigin, type WorldOptions } from '../world.ts'

const staging = 'acme/shop/staging'
const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const
const refusal: FaultAction = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } }

/** An environment to which nothing was ever deployed. */
const createEmpty = (options: WorldOptions = {}) => {
  const world = createWorld({ ...options, inputs: { env: 'staging', ...options.inputs } })
  world.orchestrator.addEnvironment(staging)
  return world
}

const createTwo = (options: WorldOptions = {}) => {
  const world = createWorld(options)
  const [newer = ''] = world.orchestrator.seedHistory(place, [succeeded])
  const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
  const run = () => world.run({ delta_id: '', from_deploy_id: older })
  const baseId = () => world.orchestrator.inspectEnvironment(place)?.baseId
  return { world, run, baseId, older, newer }
}

describe('the first deployment of an environment', () => {
  it('has no base and no history, and succeeds all the same', async () => {
    const world = createEmpty()
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs).toMatchObject({ status: 'succeeded', from_id: '' })
    expect(world.log.join('\n')).not.toContain('base')
  })

  it('is found in the list when its answer was lost', async () => {
    const world = createEmpty()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 2_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.orchestrator.inspectDeployments(staging)).toHaveLength(1)
  })

  it('is found by the post step when its run was killed', async () => {
    const world = createEmpty()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.summaries.join()).toContain(world.orchestrator.inspectDeployments(staging)[0]?.id)
  })

  it('by a clone that is refused leaves the base, of which there was none before, and says so', async () => {
    const world = createEmpty({ inputs: { from_env: 'production' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await world.run()).toBe('error')
    const source = world.orchestrator.inspectDeployments(place)[0]?.id ?? ''
    expect(world.orchestrator.inspectEnvironment(staging)?.baseId).toBe(source)
    expect(world.summaries.join()).toContain(source)
    expect(world.count('PUT from_deploy_id')).toBe(1)
  })
})

describe('a base that no start has taken', () => {
  it('is left when someone else has changed it meanwhile', async () => {
    const { world, run, baseId, older, newer } = createTwo({
      strike: ({ method }) => {
        if (method === 'POST') world.orchestrator.rebaseElsewhere(place, newer)
        return undefined
      },
    })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await run()).toBe('error')
    expect(world.requests().slice(-2)).toEqual(['POST deploys', 'GET env'])
    expect(baseId()).toBe(newer)
    expect(world.summaries.join()).not.toContain(`left at ${older}`)
  })

  it('is left and named when the environment can’t be read', async () => {
    const { world, run, baseId, older } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    world.orchestrator.addFault({ on: 'GET env', after: 1, times: Infinity, do: badGateway() })
    expect(await run()).toBe('error')
    expect(baseId()).toBe(older)
    expect(world.summaries.join()).toContain('base was left')
    expect(world.clock.now() - nowMs).toBeLessThan(60_000)
  })

  it('is left and named when putting back is refused', async () => {
    const { world, run, baseId, older, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', after: 1, times: Infinity, do: refusal })
    expect(await run()).toBe('error')
    expect(baseId()).toBe(older)
    expect(world.summaries.join()).toContain(newer)
  })

  it('is left and named while another deployment, told by a 409, goes on', async () => {
    const { world, run, older } = createTwo({
      strike: ({ method }) => {
        if (method === 'POST') world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
        return undefined
      },
    })
    expect(await run()).toBe('error')
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(world.outputs['outcome']).toBe('error')
    expect(older).not.toBe('')
  })

  it('is put back by nobody when it was that already', async () => {
    const { world, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await world.run({ from_deploy_id: newer })).toBe('error')
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(world.summaries.join()).not.toContain('base was left')
  })

  it('is named by the post step when a killed run’s start can’t be told', async () => {
    const { world, older } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    await world.kill(1_000, { delta_id: '', from_deploy_id: older })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: badGateway() })
    await world.finish({ delta_id: '', from_deploy_id: older })
    expect(world.count('POST deploys')).toBe(1)
    expect(world.summaries.join()).toContain('base was left')
    expect(world.annotations).toMatchObject([{ level: 'warning' }])
  })
})

describe('the post step', () => {
  it('names a deployment that can’t be read', async () => {
    const world = createWorld()
    await world.kill(30_000)
    world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: badGateway() })
    await world.finish()
    expect(world.summaries.join()).toContain(world.orchestrator.inspectDeployments(place)[0]?.id)
    expect(world.clock.now() - nowMs).toBeLessThan(90_000)
  })

  it('says so when nothing was started before the kill', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', effectAfterMs: 'never' } })
    await world.kill(1_000)
    await world.finish()
    expect(world.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('before anything') }])
  })
})

describe('an earlier attempt’s deployment', () => {
  it('told by a 409, is followed though we had set the base', async () => {
    const { world, run } = createTwo({ origin: { attempt: 2 } })
    const [older = ''] = [world.orchestrator.inspectDeployments(place).at(-1)?.id]
    world.orchestrator.rebaseElsewhere(place, older)
    const plan = { shownAfterMs: 3_600_000, durationMs: 60_000 }
    const id = world.orchestrator.startElsewhere(place, { comment: `x ${usualOrigin.runUrl}`, plan })
    expect(await run()).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(id)
    expect(world.requests().slice(0, 4)).toEqual(['GET env', 'PUT from_deploy_id', 'POST deploys', 'GET deploys'])
  })
})

describe('a further send', () => {
  it('after one that never left gives way to what someone has started meanwhile', async () => {
    let failures = 1
    const { world, run } = createTwo({
      strike: ({ method }) => {
        if (method !== 'POST' || failures-- <= 0) return undefined
        world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
        return { network: 'not_sent' }
      },
    })
    expect(await run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.annotations[0]?.message).toContain('Hotfix')
  })

  it('after a 429 doesn’t come when something alike has come up: unknown', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: tooManyRequests('5') })
    const start = world.clock.sleep(1_000).then(() => world.orchestrator.startElsewhere(place, { deltaId: delta }))
    expect(await world.run()).toBe('unknown')
    await start
    expect(world.count('POST deploys')).toBe(1)
  })

  it('after a lost answer, answered 409, means looking again: ours is found', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 12_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(
      world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions'),
    ).toHaveLength(1)
  })
})

describe('a conflict', () => {
  it('with a deployment that lacks its times is waited for', async () => {
    const world = createWorld({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 20_000 } })
    const strip = { kind: 'merge', fields: { last_deploy: { id: 'a1', status: 'pending' } } } as const
    world.orchestrator.addFault({ on: 'GET env', do: strip })
    const end = { kind: 'answer', status: 200, body: { id: 'a1', status: 'failed' } } as const
    world.orchestrator.addFault({ on: 'GET deploy', do: end })
    expect(await world.run()).toBe('succeeded')
    expect(world.log.join('\n')).toContain('Waiting for deployment a1')
  })
})

describe('a deletion', () => {
  const pullRequest = { number: 12, title: '', isFromElsewhere: false }
  const preview = 'acme/shop/pr-12'
  const createDeletion = (inputs: WorldOptions['inputs'] = {}, isThere = true) => {
    const world = createWorld({
      inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...inputs },
      origin: { pullRequest },
    })
    if (isThere) world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs: 60_000 })
    return world
  }
  const deleteElsewhere = ({ orchestrator }: ReturnType<typeof createWorld>) =>
    orchestrator.exchange({ method: 'DELETE', path: '/orgs/acme/apps/shop/envs/pr-12', token: usualToken })

  it('in a dry run says what is there: nothing', async () => {
    const world = createDeletion({ dry_run: 'true' }, false)
    expect(await world.run()).toBe('skipped')
    expect(world.summaries.join()).toContain('nothing would be deleted')
  })

  it('in a dry run says what is there: one that is being deleted', async () => {
    const world = createDeletion({ dry_run: 'true' })
    deleteElsewhere(world)
    expect(await world.run()).toBe('skipped')
    expect(world.summaries.join()).toContain('is being deleted already')
    expect(world.count('DELETE env')).toBe(1)
  })

  it('is an error when the list of environments is refused', async () => {
    const world = createDeletion({}, false)
    world.orchestrator.addFault({ on: 'GET envs', do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('403')
  })

  it('under a deployment that nobody sees is asked for again', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', times: 2, do: { kind: 'answer', status: 409 } })
    expect(await world.run()).toBe('deleted')
    expect(world.count('DELETE env')).toBe(3)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
  })

  it('is over when someone else has deleted the environment under the deployment that was waited for', async () => {
    const world = createDeletion()
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 300_000 } })
    const deletion = world.clock.sleep(90_000).then(() => world.orchestrator.deleteElsewhere(preview))
    expect(await world.run()).toBe('deleted')
    await deletion
    expect(world.outputs['deleted_environments']).toBe('[]')
  })

  it('ends as an error when the deployment that it waits for may no longer be read', async () => {
    const world = createDeletion()
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 300_000 } })
    world.orchestrator.addFault({ on: 'GET deploy', after: 2, do: { kind: 'answer', status: 403 } })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(0)
  })

  it('that lasts is told about every half minute', async () => {
    const world = createDeletion()
    world.orchestrator.planDeletion(preview, 200_000)
    expect(await world.run()).toBe('deleted')
    expect(world.log.filter((line) => line.includes('still being deleted')).length).toBeGreaterThanOrEqual(5)
  })
})

describe('an ending', () => {
  const { runner } = createRecordingRunner()

  it.each<[string, unknown, RegExp]>([
    ['an error of ours', new TypeError('x is not a function'), /fault of its own: x is not a function\./],
    ['an error without a stack', Object.assign(new Error('odd'), { stack: undefined }), /fault of its own: odd\./],
    ['whatever else is thrown', 'a text', /fault of its own: a text\./],
  ])('%s is told with what to do', (_, error, words) => {
    const { outcome, problem } = determineEnding(error, noFacts, runner)
    expect(outcome).toBe('error')
    expect(problem?.what).toMatch(words)
    expect(problem?.remedy).toContain('report it')
  })

  it('by a deadline tells the last failure, if there was one', () => {
    const failure = new RequestFailure({ kind: 'answered', request: 'GET /x', status: 503, detail: '' })
    expect(determineEnding(new DeadlinePassed({ cause: failure }), noFacts, runner).problem?.what).toContain('503')
    expect(determineEnding(new DeadlinePassed(), noFacts, runner)).toMatchObject({ outcome: 'timed_out' })
  })
})

it('a report without a summary file says so in the log, and nothing else changes', () => {
  const { runner, log, annotations, outputs } = createRecordingRunner()
  const report = { ending: { outcome: 'started' }, facts: noFacts, origin: usualOrigin, elapsedMs: 0, nowMs } as const
  tellReport({ ...runner, appendSummary: () => false }, report)
  expect(log.join('\n')).toContain('GITHUB_STEP_SUMMARY')
  expect(outputs['outcome']).toBe('started')
  expect(annotations).toEqual([])
})
