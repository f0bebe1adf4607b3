import { sha256hex } from '../src/adapters/hash.ts'
import { createHumanitec } from '../src/adapters/humanitec.ts'
import { Cancelled } from '../src/core/run/result.ts'
import { createWriter } from '../src/core/text/writer.ts'
import { finish } from '../src/post-step.ts'
import { run } from '../src/run.ts'
import { createRandom, type Random } from '../testing/simulator/chance.ts'
import { badGateway, type Fault, secondaryRateLimit, tooManyRequests } from '../testing/simulator/faults.ts'
import { createGitHub, usualGitHubToken, workflowUser } from '../testing/simulator/github.ts'
import { createOrchestrator, usualToken } from '../testing/simulator/orchestrator.ts'
import { createKillableProcess } from '../testing/virtual/killable-process.ts'
import { createVirtualClock } from '../testing/virtual/virtual-clock.ts'
import { createVirtualGitHub } from '../testing/virtual/virtual-github.ts'
import { createVirtualTransport } from '../testing/virtual/virtual-transport.ts'
import { createVirtualFileReader } from '../testing/virtual/virtual-workspace.ts'
import { createRecordingRunner, delta, type Inputs, nowMs, toRawInputs, usualOrigin } from '../testing/virtual/world.ts'

export const home = 'acme/shop'
export const repository = 'acme/shop'
export const numbers: readonly [number, number] = [12, 13]
export const formatMarker = (number: number): string => `<!-- humanitec-deploy:acme/shop/pr-${number} -->`

/** What stands there before anything happens, and must stand there in the end: each is behind a fence. */
export const fenced = [
  { env: 'production', name: 'production', type: 'production' },
  { env: 'pr-7', name: 'acme/cart#7', type: 'development' },
  { env: 'pr-8', name: 'A demo', type: 'development' },
  { env: 'pr-9', name: 'acme/shop#9', type: 'production' },
  { env: 'pr-10', name: 'acme/shop#11', type: 'development' },
]

export type ProcessRecord = {
  readonly kind: 'deploy' | 'delete' | 'prune'
  /** It died with its runner: no post step came. */
  isLost: boolean
}

export type SentDeletion = { readonly by: ProcessRecord['kind']; readonly env: string; readonly atMs: number }

export const longestLatencyMs = 805

/** A repository's pull requests, and the workflows that run for them: several at a time, some killed, some cancelled. */
export const createPreviewLife = (seed: number) => {
  const random = createRandom(seed)
  const clock = createVirtualClock(nowMs)
  const orchestrator = createOrchestrator({ now: clock.now, acceptsAnyDelta: true, random: createRandom(seed + 1) })
  const github = createGitHub({ now: clock.now })
  const latencyMs = () => 5 + Math.floor(random() * random() * (longestLatencyMs - 5))
  const processes: ProcessRecord[] = []
  const sentDeletions: SentDeletion[] = []
  /** When each pull request was open: a time for each change, beginning with an opening. */
  const changes = new Map<number, number[]>(numbers.map((number) => [number, [nowMs]]))
  let runId = 7000

  for (const { env, name, type } of fenced) {
    const history = [{ agoSeconds: 86_400, durationSeconds: 60, status: 'succeeded' as const }]
    orchestrator.addEnvironment(`${home}/${env}`, { name, type, ...(env === 'production' && { history }) })
  }
  orchestrator.planDeletion(home, pick(random, [0, 8_000, 30_000]))
  orchestrator.planAll(home, {
    durationMs: 10_000 + random() * 60_000,
    status: random() < 0.2 ? 'failed' : 'succeeded',
  })
  for (const number of [7, 8, 9, 10, 11]) github.addPull(repository, { number, state: 'closed' })
  for (const number of numbers) {
    github.addPull(repository, { number, sha: usualOrigin.sha })
    github.addComment(repository, number, { body: `${formatMarker(number)}\nSomebody’s.` })
    github.addComment(repository, number, { body: 'Another of the workflow’s.', user: workflowUser })
  }

  /** Runs one process; resolves at its end, or at its death. */
  const live = async (
    record: ProcessRecord,
    inputs: Inputs,
    number: number | undefined,
    at: { readonly runId: number; readonly attempt: number },
    fate: Fate,
  ): Promise<void> => {
    const killable = createKillableProcess()
    const processClock = killable.wrapClock(clock)
    const network = createVirtualTransport(orchestrator, clock, { latencyMs, token: usualToken })
    const transport: typeof network = (call, limits) => {
      const env = call.path.split('/').at(-1) ?? ''
      if (call.method === 'DELETE') sentDeletions.push({ by: record.kind, env, atMs: clock.now() })
      return network(call, limits)
    }
    const cancel = new AbortController()
    const { runner, state } = createRecordingRunner()
    const world = {
      inputs: toRawInputs({
        org: 'acme',
        app: 'shop',
        token: usualToken,
        github_token: usualGitHubToken,
        pr_comment: 'true',
        github_deployment: 'true',
        ...inputs,
      }),
      workflow: {
        ...usualOrigin,
        eventName: number === undefined ? 'schedule' : 'pull_request',
        runUrl: `https://github.com/acme/shop/actions/runs/${at.runId}`,
        attempt: at.attempt,
        ...(number !== undefined && { pullRequest: { number, title: 'Add a feature', isFromElsewhere: false } }),
      },
      runner,
      clock: processClock,
      random,
      sha256hex,
      startedMs: clock.now(),
      cancel: cancel.signal,
      writer: createWriter((text) => text),
      connect: async () =>
        createHumanitec((call, limits) => killable.guard(transport(call, limits)), {
          org: 'acme',
          app: 'shop',
          now: clock.now,
        }),
      connectGitHub: async () => createVirtualGitHub(github, clock, { clock: processClock, latencyMs }),
      loadFileReader: async () => createVirtualFileReader(),
    }
    const death = new Promise<void>((resolve) => {
      if (fate.kind === 'killed') {
        clock.schedule(clock.now() + fate.afterMs, () => {
          killable.end()
          resolve()
        })
      }
    })
    if (fate.kind === 'cancelled') clock.schedule(clock.now() + fate.afterMs, () => cancel.abort(new Cancelled()))
    await Promise.race([run(world), death])
    const saved = state['open'] ?? ''
    record.isLost = killable.isOver() && fate.kind === 'killed' && fate.isRunnerGone
    if (record.isLost) return
    if (saved) {
      await finish(
        {
          ...world,
          cancel: new AbortController().signal,
          clock,
          startedMs: clock.now(),
          connect: async () => createHumanitec(transport, { org: 'acme', app: 'shop', now: clock.now }),
          connectGitHub: async () => createVirtualGitHub(github, clock, { latencyMs }),
        },
        saved,
      )
    }
  }

  const start = (
    kind: ProcessRecord['kind'],
    inputs: Inputs,
    number?: number,
    at = { runId: ++runId, attempt: 1 },
    fate = drawFate(random),
  ): Promise<void> => {
    const record = { kind, isLost: false }
    processes.push(record)
    return live(record, inputs, number, at, fate)
  }

  return {
    random,
    clock,
    orchestrator,
    github,
    processes,
    sentDeletions,
    changes,
    deploy: (number: number, at?: { readonly runId: number; readonly attempt: number }) =>
      start(
        'deploy',
        {
          env: `pr-${number}`,
          create_from: 'production',
          env_type: 'development',
          delta_id: delta,
          on_conflict: 'wait',
          timeout: '10m',
        },
        number,
        at,
      ),
    delete: (number: number) => start('delete', { operation: 'delete', env: `pr-${number}`, timeout: '10m' }, number),
    prune: () => start('prune', { operation: 'prune', env: 'pr-*', timeout: '20m' }),
    setPullState: (number: number, state: 'open' | 'closed' | 'merged'): void => {
      const isOpen = (changes.get(number)?.length ?? 0) % 2 === 1
      if (isOpen !== (state === 'open')) changes.get(number)?.push(clock.now())
      github.setPullState(repository, number, state)
    },
    /** A prune that comes to its end. */
    pruneAll: () =>
      start('prune', { operation: 'prune', env: 'pr-*', timeout: '20m' }, undefined, undefined, { kind: 'lives' }),
    /** The run for the closing, for each pull request, come to its end. */
    deleteAll: async () => {
      for (const number of numbers) {
        const inputs = { operation: 'delete', env: `pr-${number}`, timeout: '10m' }
        await start('delete', inputs, number, undefined, { kind: 'lives' })
      }
    },
    nextRunId: () => ++runId,
  }
}

export type PreviewLife = ReturnType<typeof createPreviewLife>

type Fate =
  | { readonly kind: 'lives' }
  | { readonly kind: 'cancelled'; readonly afterMs: number }
  /** Without a post step when the runner is gone. */
  | { readonly kind: 'killed'; readonly afterMs: number; readonly isRunnerGone: boolean }

const drawFate = (random: Random): Fate => {
  const chance = random()
  const afterMs = Math.floor(random() * random() * 60_000)
  if (chance < 0.7) return { kind: 'lives' }
  return chance < 0.8 ? { kind: 'cancelled', afterMs } : { kind: 'killed', afterMs, isRunnerGone: chance < 0.9 }
}

const humanitecFaults: readonly Fault[] = [
  { on: 'POST deploys', do: badGateway(502, 0) },
  { on: 'POST deploys', do: badGateway(502, 'never') },
  { on: 'POST envs', do: badGateway(502, 0) },
  { on: 'POST envs', do: { kind: 'cut' } },
  { on: 'DELETE env', do: badGateway(503, 0) },
  { on: 'DELETE env', do: badGateway(503, 400) },
  { on: 'DELETE env', do: tooManyRequests('1') },
  { on: 'GET env', do: { kind: 'cut' } },
  { on: 'GET deploy', do: badGateway(), times: 3 },
]

const githubFaults: readonly Fault[] = [
  { on: 'POST comments', do: badGateway(502, 0) },
  { on: 'POST comments', do: { kind: 'cut', effectAfterMs: 300 } },
  { on: 'PATCH comment', do: secondaryRateLimit(2) },
  { on: 'POST deployments', do: badGateway(502, 0) },
  { on: 'POST statuses', do: tooManyRequests('1') },
  { on: 'POST graphql', do: badGateway(), times: 2 },
]

/** What goes wrong in this life: a few things, or nothing. */
export const addFaults = ({ random, orchestrator, github }: PreviewLife): void => {
  for (const fault of humanitecFaults)
    if (random() < 0.15) orchestrator.addFault({ ...fault, after: Math.floor(random() * 3) })
  for (const fault of githubFaults) if (random() < 0.15) github.addFault({ ...fault, after: Math.floor(random() * 4) })
}

const pauses: readonly [number, ...number[]] = [0, 300, 5_000, 40_000, 200_000]

const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

/** Pushes, closings, reopenings, re-runs, prunes, one upon the other; each run goes on by itself. */
export const playEvents = async (life: PreviewLife): Promise<void> => {
  const { random, clock } = life
  const under: Promise<void>[] = []
  const lastRuns = new Map<number, number>()
  for (let events = 2 + Math.floor(random() * 6); events > 0; events--) {
    const number = pick(random, numbers)
    const chance = random()
    if (chance < 0.4) {
      const runId = life.nextRunId()
      lastRuns.set(number, runId)
      life.setPullState(number, 'open')
      under.push(life.deploy(number, { runId, attempt: 1 }))
    } else if (chance < 0.5) {
      under.push(life.deploy(number, { runId: lastRuns.get(number) ?? life.nextRunId(), attempt: 2 }))
    } else if (chance < 0.75) {
      life.setPullState(number, random() < 0.5 ? 'closed' : 'merged')
      under.push(life.delete(number))
    } else if (chance < 0.85) {
      // The run for the closing never comes.
      life.setPullState(number, 'closed')
    } else under.push(life.prune())
    await clock.sleep(pick(random, pauses) * random())
  }
  await Promise.all(under)
}
