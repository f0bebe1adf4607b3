import { describe, expect, it } from '@jest/globals'
import { outputNames } from '../../src/core/report/outputs.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs } from '../../testing/virtual/world.ts'
import { type Flow, flows } from '../contract/flows.ts'

const named = (name: string): Flow => {
  const flow = flows.find((each) => each.name === name)
  if (flow) return flow
  throw new Error(`there is no flow ${name}`)
}

const inTheMiddle = [0, 5, 20, 35, 50, 65, 80, 95, 110, 130, 150, 170, 200, 1_000, 1_700, 5_050, 5_100, 12_000, 34_000]
const moments = [...inTheMiddle, 120_050, 120_100, 121_000]

/** A flow that gets a signal `afterMs` from its start; each is played once, whatever is asked of it. */
const interrupt = (name: string, afterMs: number): ReturnType<typeof playInterrupted> => {
  const key = `${name}, ${afterMs} ms`
  const played = interrupted.get(key) ?? playInterrupted(named(name), afterMs)
  interrupted.set(key, played)
  return played
}

const interrupted = new Map<string, ReturnType<typeof playInterrupted>>()

const playInterrupted = async ({ options = {}, prepare = () => ({}) }: Flow, afterMs: number) => {
  const world = createWorld(options)
  const inputs = prepare(world)
  const cancelled = world.clock.sleep(afterMs).then(world.cancel)
  const outcome = await world.run(inputs)
  const endedMs = world.clock.now() - nowMs
  await world.clock.run(cancelled)
  return { world, outcome, endedMs }
}

describe.each([
  'a Delta',
  'a Delta that fails',
  'a Delta whose environment has hosts',
  'a rollback',
  'a rollback whose start is lost',
  'a clone of an environment whose last deployment failed',
  'a conflict that is waited for',
  'a start that was carried out, its answer lost',
  'a start that was throttled',
  'operation: wait',
  'a preview that is made',
  'a preview that someone else has just made',
])('a signal within %s', (name) => {
  it.each(moments)('after %d ms: told and left within a second', async (afterMs) => {
    const flow = named(name)
    const { world, outcome, endedMs } = await interrupt(name, afterMs)
    if (endedMs >= afterMs) {
      expect(endedMs - afterMs).toBeLessThanOrEqual(1_000)
      expect(['cancelled', 'unknown', flow.outcome]).toContain(outcome)
    } else expect(outcome).toBe(flow.outcome)
    expect(world.outputs['outcome']).toBe(outcome)
    expect(Object.keys(world.outputs).toSorted()).toEqual(outputNames.toSorted())
    expect(world.summaries).toHaveLength(1)
    expect(world.annotations.filter(({ level }) => level === 'error').length).toBe(
      outcome === 'succeeded' ? 0 : outcome === 'failed' ? 3 : 1,
    )
  })

  it.each(inTheMiddle)('after %d ms: what was started is named, or its fate is called unknown', async (afterMs) => {
    const { world, outcome } = await interrupt(name, afterMs)
    const started = world.orchestrator.record.filter(
      ({ acceptedId, operation }) => acceptedId && operation === 'POST deploys',
    )
    expect(started.length).toBeLessThanOrEqual(1)
    const [start] = started
    if (start && outcome !== 'unknown') expect(world.outputs['deployment_id']).toBe(start.acceptedId)
    if (!start && outcome === 'cancelled' && name !== 'operation: wait') expect(world.outputs['deployment_id']).toBe('')
  })
})

describe('a signal while a start is in flight', () => {
  it.each([
    ['answered in 3 s', 3_000, 'cancelled'],
    ['answered in 3.9 s', 3_900, 'cancelled'],
    ['answered in 5 s', 5_000, 'unknown'],
  ] as const)('%s', async (_, ms, outcome) => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', ms } })
    let cancelledMs = Number.POSITIVE_INFINITY
    const cancelled = world.taken('POST deploys').then(() => {
      cancelledMs = world.clock.now()
      world.cancel()
    })
    expect(await world.run()).toBe(outcome)
    await cancelled
    expect(world.clock.now() - cancelledMs).toBeGreaterThanOrEqual(Math.min(ms, 4_000))
    expect(world.clock.now() - cancelledMs).toBeLessThanOrEqual(4_000)
    expect(world.outputs['deployment_id'] !== '').toBe(outcome === 'cancelled')
  })

  it.each([
    [400, 'error'],
    [429, 'cancelled'],
    [503, 'unknown'],
  ] as const)('answered %d in time is %s, and not sent again', async (status, outcome) => {
    const world = createWorld()
    const refusal = { kind: 'answer', status, effectAfterMs: 'never' } as const
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    const cancelled = world.taken('POST deploys').then(world.cancel)
    expect(await world.run()).toBe(outcome)
    await cancelled
    expect(world.count('POST deploys')).toBe(1)
  })
})

describe('a signal after the end is known', () => {
  it('leaves a failure one, its errors unread', async () => {
    const world = createWorld()
    const end = world.orchestrator.planNext.bind(undefined, 'acme/shop/production')
    end({ status: 'failed', durationMs: 20_000, errors: [{ code: 'CLD-001' }] })
    world.orchestrator.addFault({ on: 'GET errors', do: { kind: 'stall', at: 'headers' } })
    const cancelled = world.clock.sleep(32_000).then(world.cancel)
    expect(await world.run()).toBe('failed')
    await cancelled
    expect(world.outputs).toMatchObject({ outcome: 'failed', status: 'failed', errors: '[]', error_count: '' })
  })
})

describe('a signal while GitHub is told of the end', () => {
  const interruptTelling = async (inputs: Inputs) => {
    const world = createWorld({
      inputs: { pr_comment: 'true', ...inputs },
      workflow: { pullRequest: { number: 12, title: 'Add a cart', isFromFork: false } },
    })
    world.github.addPull('acme/shop', { number: 12 })
    world.github.addFault({ on: 'PATCH comment', do: { kind: 'stall', at: 'headers', ms: 5_000 } })
    const told = new Promise<void>((resolve) => {
      const { appendSummary } = world.runner
      Object.assign(world.runner, {
        appendSummary: (markdown: string) => {
          resolve()
          return appendSummary(markdown)
        },
      })
    })
    const cancelled = told.then(() => world.clock.sleep(1_000)).then(world.cancel)
    const outcome = await world.run()
    await cancelled
    return { world, outcome }
  }
  const listErrors = (world: ReturnType<typeof createWorld>) =>
    world.annotations.filter(({ level }) => level === 'error')

  it('is told with one error, since the step is red', async () => {
    const { world, outcome } = await interruptTelling({})
    expect(outcome).toBe('succeeded')
    expect(listErrors(world)).toMatchObject([{ title: expect.stringContaining('Cancelled') }])
    expect(world.summaries).toHaveLength(1)
    expect(world.state['open']).not.toBe('')
  })

  it('leaves to the post step what is open, and nothing else', async () => {
    const { world } = await interruptTelling({ github_deployment: 'true' })
    await world.finish({ pr_comment: 'true', github_deployment: 'true' })
    expect(world.github.inspectGitHubDeployments('acme/shop')).toHaveLength(1)
    expect(world.github.inspectComments('acme/shop', 12)).toHaveLength(1)
    expect(world.github.inspectComments('acme/shop', 12)[0]?.body).toContain('is deployed')
  })

  it('adds none to the errors of a bad end', async () => {
    const { world, outcome } = await interruptTelling({ env: 'nowhere' })
    expect(outcome).toBe('error')
    expect(listErrors(world)).toHaveLength(1)
  })
})
