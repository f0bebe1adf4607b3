import { describe, expect, it } from '@jest/globals'
import { badGateway, type Fault, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const listTimes = ({ orchestrator }: World, wanted: string): readonly number[] =>
  orchestrator.record.filter(({ operation }) => operation === wanted).map(({ atMs }) => atMs - nowMs)

const listGaps = (timesMs: readonly number[]): readonly number[] =>
  timesMs.slice(1).map((atMs, index) => atMs - (timesMs[index] ?? 0))

/** Whatever leads to a request. */
type Way = {
  readonly inputs?: Inputs
  readonly workflow?: WorldOptions['workflow']
  readonly faults?: readonly Fault[]
  readonly prepare?: (world: World) => Inputs | undefined
  /** How many such requests come before the one that is meant. */
  readonly after?: number
  readonly outcome?: string
  /** Others are asked beside it: only its own next request tells. */
  readonly isBeside?: true
}

const addStaging = (world: World): undefined => {
  const entry = { agoSeconds: 9_000, durationSeconds: 60, status: 'succeeded' } as const
  const failed = { ...entry, agoSeconds: 600, status: 'failed' } as const
  world.orchestrator.addEnvironment('acme/shop/staging', { history: [entry, failed] })
}
const addPreview = (world: World): undefined => {
  world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12', deletionMs: 1_000 })
  world.github.addPull('acme/shop', { number: 12, state: 'closed' })
}
const images = { inputs: { delta_id: '', images: 'web=ghcr.io/acme/web:2' } }
const plan = { inputs: { dry_run: 'true' }, outcome: 'planned' }
const rollBack = (world: World): Inputs => {
  world.orchestrator.seedHistory(place, [{ agoSeconds: 600, durationSeconds: 60, status: 'succeeded' }])
  return { delta_id: '', from_deploy_id: world.orchestrator.inspectDeployments(place).at(-1)?.id ?? '' }
}
const failLater = (world: World): undefined =>
  void world.orchestrator.planNext(place, { status: 'failed', errors: [{ code: 'A-1' }] })
const startHotfix = (world: World): undefined =>
  void world.orchestrator.startElsewhere(place, { plan: { durationMs: 30_000 } })

const workflow = { pullRequest: { number: 12, title: '', isFromFork: false } }
const deletion = { inputs: { operation: 'delete', env: 'pr-12', delta_id: '' }, workflow, outcome: 'deleted' }
const prune = { inputs: { operation: 'prune', env: 'pr-*', delta_id: '' }, outcome: 'pruned' }
const creation = { inputs: { env: 'pr-12', create_from: 'staging', env_type: 'development' }, prepare: addStaging }
const clone = { inputs: { delta_id: '', from_env: 'staging' }, prepare: addStaging }
const falseConflict: FaultAction = { kind: 'answer', status: 409 }
const onStart = (action: FaultAction): readonly Fault[] => [{ on: 'POST deploys', do: action }]
const refusedStart = { faults: onStart({ kind: 'answer', status: 400 }), prepare: rollBack, outcome: 'error' }

const lists: readonly (readonly [string, string, number, Way])[] = [
  ['a source whose last deployment failed', 'GET deploys', 60, clone],
  ['the source of a new environment', 'GET deploys', 60, creation],
  ['a lost start, looked for', 'GET deploys', 60, { faults: onStart({ kind: 'cut', effectAfterMs: 0 }) }],
  ['a conflict that a 409 tells of', 'GET deploys', 60, { faults: onStart(falseConflict), outcome: 'error' }],
  [
    'a conflict that a 409 tells a deletion of',
    'GET deploys',
    60,
    { ...deletion, prepare: addPreview, faults: [{ on: 'DELETE env', do: falseConflict }] },
  ],
  ['an environment that isn’t there', 'GET envs', 60, deletion],
  ['a prune', 'GET envs', 60, { ...prune, prepare: addPreview }],
]

const others: readonly (readonly [string, string, number, Way])[] = [
  ['the environment', 'GET env', 15, {}],
  ['the source of a clone', 'GET env', 15, { ...clone, after: 1 }],
  ['the source of a new environment', 'GET env', 15, { ...creation, after: 1 }],
  ['a new environment', 'POST envs', 15, creation],
  ['the base', 'PUT from_deploy_id', 15, { prepare: rollBack }],
  ['the base before a further send', 'GET env', 15, { prepare: rollBack, faults: onStart({ kind: 'cut' }), after: 1 }],
  ['the base that is to be put back', 'GET env', 15, { ...refusedStart, after: 1 }],
  ['the base that is put back', 'PUT from_deploy_id', 15, { ...refusedStart, after: 1 }],
  ['a start', 'POST deploys', 30, {}],
  ['a poll', 'GET deploy', 15, { after: 3 }],
  ['a poll of another’s', 'GET deploy', 15, { inputs: { on_conflict: 'wait' }, prepare: startHotfix, after: 3 }],
  ['the errors of what failed', 'GET errors', 15, { prepare: failLater, outcome: 'failed' }],
  ['the addresses of what was deployed', 'GET resources', 15, { isBeside: true }],
  ['the Set of the base', 'GET set', 15, images],
  ['a new Delta', 'POST deltas', 15, images],
  ['a Delta to plan', 'GET delta', 15, plan],
  ['a planned Set', 'POST set', 15, plan],
  ['an environment to delete', 'GET env', 15, { ...deletion, prepare: addPreview }],
  ['a deletion', 'DELETE env', 15, { ...deletion, prepare: addPreview }],
  ['an environment that is going', 'GET env', 15, { ...deletion, prepare: addPreview, after: 1 }],
]

/** Milliseconds from a request whose answer takes so long to whatever comes next, be it the end. */
const measurePause = async (operation: string, ms: number, way: Way): Promise<number> => {
  const { inputs = {}, faults = [], prepare = () => undefined, after = 0, outcome = 'succeeded' } = way
  const world = createWorld({ inputs: { poll_interval: '1s', ...inputs }, workflow: way.workflow ?? {} })
  const more = prepare(world)
  for (const fault of faults) world.orchestrator.addFault(fault)
  world.orchestrator.addFault({ on: operation, after, do: { kind: 'stall', at: 'headers', ms } })
  expect(await world.run(more)).toBe(outcome)
  const { record } = world.orchestrator
  const stalled = record.findIndex(({ fault }) => fault === 'stall')
  const next = record.slice(stalled + 1).find((entry) => !way.isBeside || entry.operation === operation)
  return (next?.atMs ?? world.clock.now()) - (record[stalled]?.atMs ?? 0)
}

describe.each([...lists, ...others])('%s: %s', (_, operation, seconds, way) => {
  it(`is waited for, for ${seconds} s`, async () => {
    const pauseMs = await measurePause(operation, seconds * 1_000 - 100, way)
    expect(pauseMs).toBeGreaterThanOrEqual(seconds * 1_000 - 100)
  })

  it(`is given up after ${seconds} s`, async () => {
    const pauseMs = await measurePause(operation, seconds * 1_000 + 30_000, way)
    expect(pauseMs).toBeGreaterThanOrEqual(seconds * 1_000 - 100)
    expect(pauseMs).toBeLessThan(seconds * 1_000 + 6_000)
  })
})

describe('a request that is on its way when the deadline comes', () => {
  it.each([
    ['GET deploy', 'timed_out', {}],
    ['GET errors', 'failed', { status: 'failed' }],
    ['GET resources', 'succeeded', {}],
  ] as const)('%s gets 10 s more, and no longer', async (operation, outcome, plan) => {
    const world = createWorld({ inputs: { timeout: '60s', poll_interval: '59s' } })
    world.orchestrator.planNext(place, { durationMs: 58_000, ...plan })
    world.orchestrator.addFault({ on: operation, times: Infinity, do: { kind: 'stall', at: 'headers' } })
    expect(await world.run()).toBe(outcome)
    expect(world.clock.now() - nowMs).toBe(70_000)
  })
})

describe('a start that never left', () => {
  it('is tried after pauses that double, up to half a minute in the middle of their range', async () => {
    const tries: number[] = []
    const world = createWorld({
      inputs: { timeout: '5m', poll_interval: '1s' },
      strike: ({ method }) => {
        if (method !== 'POST') return undefined
        tries.push(world.clock.now())
        return { network: 'not_sent', afterMs: 0 }
      },
    })
    expect(await world.run()).toBe('timed_out')
    expect(listGaps(tries)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array(8).fill(30_000)])
  })
})

describe('a wish of the server to wait', () => {
  const listPolls = async (pollInterval: string, wish: string) => {
    const world = createWorld({ inputs: { poll_interval: pollInterval, timeout: '20m' } })
    world.orchestrator.planNext(place, { durationMs: 600_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 1, do: tooManyRequests(wish) })
    expect(await world.run()).toBe('succeeded')
    return listGaps(listTimes(world, 'GET deploy'))
  }

  const jitterMs = 1_000

  it.each([
    ['60s', '1', 60_000],
    ['60s', '0', 60_000],
    ['5s', '20', 20_000],
    ['5s', '3600', 60_000],
    ['2m', '3600', 120_000],
  ])('with poll_interval %s and Retry-After %s: the next poll comes when both agree', async (interval, wish, ms) => {
    const [, after] = await listPolls(interval, wish)
    expect(after).toBeGreaterThanOrEqual(ms)
    expect(after).toBeLessThan(ms + 100 + jitterMs)
  })

  it('holds for one pause only', async () => {
    const [, , ...others] = await listPolls('5s', '20')
    expect(Math.max(...others)).toBeLessThan(5_100)
  })
})

describe('a 404 is an answer of the API', () => {
  const outOfReachMs = 180_000

  /** From the first answer on the API is out of reach, for three minutes. */
  const breakAfterFirst = ({ orchestrator, taken, clock }: World): void => {
    void taken('GET env').then(() => {
      orchestrator.addFault({ on: '*', times: Infinity, do: badGateway(503) })
      return clock.sleep(outOfReachMs).then(orchestrator.clearFaults)
    })
  }

  it('after which a new environment’s source is asked for as long as there is time', async () => {
    const world = createWorld({ inputs: creation.inputs })
    addStaging(world)
    breakAfterFirst(world)
    expect(await world.run()).toBe('succeeded')
    expect(world.clock.now() - nowMs).toBeGreaterThan(outOfReachMs)
  })

  it('after which a deletion asks for the list as long as there is time', async () => {
    const world = createWorld({ inputs: deletion.inputs, workflow })
    breakAfterFirst(world)
    expect(await world.run()).toBe('deleted')
    expect(world.clock.now() - nowMs).toBeGreaterThan(outOfReachMs)
  })

  it('after which an API out of reach to the end is no address to be doubted', async () => {
    const world = createWorld({ inputs: { ...deletion.inputs, timeout: '4m' }, workflow })
    world.orchestrator.addFault({ on: 'GET envs', times: Infinity, do: badGateway(503) })
    expect(await world.run()).toBe('timed_out')
    expect(world.clock.now() - nowMs).toBeGreaterThanOrEqual(240_000)
    expect(world.annotations.map(({ message }) => message).join()).not.toContain('api_url')
  })
})
