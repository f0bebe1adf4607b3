import type { Outcome } from '../../src/core/run/outcome.ts'
import type { ApiAnswer, RequestRecord } from '../../testing/simulator/exchange.ts'
import { type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const home = 'acme/shop'

const staging = 'acme/shop/staging'

const preview = 'acme/shop/pr-12'

const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }

const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const

const failed = { agoSeconds: 300, durationSeconds: 60, status: 'failed' } as const

type World = ReturnType<typeof createWorld>

export type Flow = {
  readonly name: string
  readonly options?: WorldOptions
  /** Makes the world ready; the inputs that only its ids tell are returned. */
  readonly prepare?: (world: World) => Inputs
  readonly outcome: Outcome
  /** What is asked, in order; a request that is repeated, such as a poll, stands once. */
  readonly order: readonly string[]
}

const waiting = ['GET deploys', 'GET deploy']

const started = ['POST deploys', ...waiting]

/** Where a deployment has changed something. */
const compared = ['GET diff', 'GET set']

/** The older Set was read before: each is read once. */
const comparedAgain = ['GET diff']

const lost: FaultAction = { kind: 'cut' }

const seedTwo = ({ orchestrator }: World): Inputs => {
  const [older = ''] = orchestrator.seedHistory(place, [succeeded, { ...succeeded, agoSeconds: 60 }])
  return { delta_id: '', from_deploy_id: older }
}

const addPreview = ({ orchestrator, github }: World, more: object = {}): Inputs => {
  orchestrator.addEnvironment(preview, { name: 'acme/shop#12', history: [succeeded], ...more })
  github.addPull(home, { number: 12, state: 'closed' })
  return {}
}

const deployment: readonly Flow[] = [
  { name: 'a Delta', outcome: 'succeeded', order: ['GET env', ...started, 'GET resources', ...comparedAgain] },
  {
    name: 'a Delta with everything beside it',
    options: { inputs: { value_set_version_id: '01890a5d-ac96', mode: 'incremental', comment: 'Hotfix „ü“' } },
    outcome: 'succeeded',
    order: ['GET env', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a Delta in full mode, with an address that is given',
    options: { inputs: { mode: 'full', environment_url: 'https://shop.example.com' } },
    outcome: 'succeeded',
    order: ['GET env', ...started, ...comparedAgain],
  },
  {
    name: 'a Delta whose environment has hosts',
    prepare: ({ orchestrator }) => {
      orchestrator.planResources(place, [
        { type: 'dns', host: '{env}.example.com', hostAfterMs: 1_000 },
        { type: 'route', host: null },
        { type: 'volume' },
      ])
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a Delta that fails',
    prepare: ({ orchestrator }) => {
      orchestrator.planNext(place, { status: 'failed', errors: [{ scope: 'environment', code: 'RES-101' }, {}] })
      return {}
    },
    outcome: 'failed',
    order: ['GET env', ...started, 'GET errors', ...comparedAgain],
  },
  {
    name: 'a Delta that is not waited for',
    options: { inputs: { wait: 'false' } },
    outcome: 'started',
    order: ['GET env', 'POST deploys'],
  },
  {
    name: 'a Set',
    prepare: ({ orchestrator }) => ({ delta_id: '', set_id: orchestrator.inspectDeployments(place)[0]?.setId ?? '' }),
    outcome: 'succeeded',
    order: ['GET env', ...started, 'GET resources'],
  },
  {
    name: 'the current base again',
    options: { inputs: { delta_id: '', redeploy: 'true' } },
    outcome: 'succeeded',
    order: ['GET env', ...started, 'GET resources'],
  },
  {
    name: 'a Delta that is not there',
    options: { inputs: { delta_id: 'nothing' } },
    outcome: 'error',
    order: ['GET env', 'POST deploys'],
  },
  {
    name: 'an environment that is not there',
    options: { inputs: { env: 'nowhere' } },
    outcome: 'error',
    order: ['GET env'],
  },
]

const images = { delta_id: '', images: 'web=ghcr.io/acme/web:2\nworker/main=ghcr.io/acme/worker:2' }

const planned = { dry_run: 'true' }

const changes: readonly Flow[] = [
  {
    name: 'images',
    options: { inputs: images },
    outcome: 'succeeded',
    order: [
      ...['GET env', 'GET set', 'POST deltas', 'POST deploys', 'GET deploys', 'GET deploy', 'PUT archived'],
      ...['GET deploy', 'GET resources', ...comparedAgain],
    ],
  },
  {
    name: 'images that no container is found for',
    options: { inputs: { delta_id: '', images: 'wbe=shop:2' } },
    outcome: 'error',
    order: ['GET env', 'GET set'],
  },
  {
    name: 'images whose start is refused',
    options: { inputs: images },
    prepare: ({ orchestrator }) => {
      const body = { error: 'API-400', message: 'Not like this.' }
      orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 400, body } })
      return {}
    },
    outcome: 'error',
    order: ['GET env', 'GET set', 'POST deltas', 'POST deploys', 'PUT archived'],
  },
  {
    name: 'a plan of images',
    options: { inputs: { ...images, ...planned } },
    outcome: 'planned',
    order: ['GET env', 'GET set', 'POST set', ...comparedAgain],
  },
  {
    name: 'a plan of a Delta',
    options: { inputs: planned },
    outcome: 'planned',
    order: ['GET env', 'GET delta', 'POST set', ...compared],
  },
  {
    name: 'a plan of a clone',
    options: { inputs: { delta_id: '', from_env: 'staging', ...planned } },
    prepare: ({ orchestrator }) => {
      orchestrator.addEnvironment(staging, { history: [succeeded, failed] })
      return {}
    },
    outcome: 'planned',
    // Two reads: the environment, and the source.
    order: ['GET env', 'GET deploys', ...compared],
  },
]

const rebase: readonly Flow[] = [
  {
    name: 'a rollback',
    prepare: seedTwo,
    outcome: 'succeeded',
    order: ['GET env', 'PUT from_deploy_id', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a rollback to what is not there',
    options: { inputs: { delta_id: '', from_deploy_id: '0123456789abcdef' } },
    outcome: 'error',
    // The refusal says that the base is what it was: there is nothing to put back.
    order: ['GET env', 'PUT from_deploy_id'],
  },
  {
    name: 'a rollback whose start is refused',
    options: { inputs: { delta_id: 'nothing' } },
    prepare: (world) => ({ from_deploy_id: seedTwo(world).from_deploy_id ?? '' }),
    outcome: 'error',
    order: ['GET env', 'PUT from_deploy_id', 'POST deploys', 'GET env', 'PUT from_deploy_id'],
  },
  {
    name: 'a rollback whose start is lost',
    prepare: (world) => {
      world.orchestrator.addFault({ on: 'POST deploys', do: lost })
      return seedTwo(world)
    },
    outcome: 'succeeded',
    order: [
      ...['GET env', 'PUT from_deploy_id', 'POST deploys', 'GET deploys', 'GET env'],
      ...started,
      'GET resources',
      ...comparedAgain,
    ],
  },
  {
    name: 'a clone with a Delta on top',
    options: { inputs: { from_env: 'staging' } },
    prepare: ({ orchestrator }) => {
      orchestrator.addEnvironment(staging, { history: [succeeded] })
      return {}
    },
    outcome: 'succeeded',
    // Two reads: the environment, and the source.
    order: ['GET env', 'PUT from_deploy_id', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a clone of an environment whose last deployment failed',
    options: { inputs: { delta_id: '', from_env: 'staging' } },
    prepare: ({ orchestrator }) => {
      orchestrator.addEnvironment(staging, { history: [succeeded, failed] })
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', 'GET deploys', 'PUT from_deploy_id', ...started, 'GET resources', ...comparedAgain],
  },
]

const others: readonly Flow[] = [
  {
    name: 'a conflict that is seen',
    prepare: ({ orchestrator }) => {
      orchestrator.startElsewhere(place, { comment: 'Hotfix' })
      return {}
    },
    outcome: 'error',
    // The environment may be behind.
    order: ['GET env', 'GET deploy'],
  },
  {
    name: 'a conflict that is told',
    prepare: ({ orchestrator }) => {
      orchestrator.startElsewhere(place, { plan: { shownAfterMs: 3_600_000 } })
      return {}
    },
    outcome: 'error',
    order: ['GET env', 'POST deploys', 'GET deploys'],
  },
  {
    name: 'a conflict that is waited for',
    options: { inputs: { on_conflict: 'wait' } },
    prepare: ({ orchestrator }) => {
      orchestrator.startElsewhere(place, { plan: { durationMs: 30_000 } })
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', ...waiting, 'GET env', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a re-run that follows what its earlier attempt started',
    options: { workflow: { attempt: 2 }, inputs: { delta_id: '', redeploy: 'true' } },
    prepare: ({ orchestrator, formatOwnMark }) => {
      orchestrator.startElsewhere(place, { comment: `x · ${formatOwnMark()}` })
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', ...waiting, 'GET resources'],
  },
  {
    name: 'a start that was carried out, its answer lost',
    prepare: ({ orchestrator }) => {
      orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', 'POST deploys', ...waiting, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a start that was throttled',
    prepare: ({ orchestrator }) => {
      orchestrator.addFault({ on: 'POST deploys', do: tooManyRequests('5') })
      return {}
    },
    outcome: 'succeeded',
    order: ['GET env', 'POST deploys', 'GET env', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'operation: wait',
    options: { inputs: { operation: 'wait', delta_id: '' } },
    prepare: ({ orchestrator }) => {
      orchestrator.startElsewhere(place, { comment: 'Hotfix' })
      return {}
    },
    outcome: 'succeeded',
    // Before the workloads are judged, whether a newer deployment has begun.
    order: ['GET env', ...waiting, 'GET resources', 'GET env'],
  },
  {
    name: 'operation: wait for one that failed long ago',
    options: { inputs: { operation: 'wait', delta_id: '' } },
    prepare: ({ orchestrator }) => ({
      deployment_id: orchestrator.seedHistory(place, [{ ...failed, errors: [{ code: 'CLD-001' }] }])[0] ?? '',
    }),
    outcome: 'failed',
    order: ['GET deploy', 'GET errors', 'GET deploys', ...compared, 'GET env'],
  },
]

const previewInputs = { env: 'pr-12', create_from: 'staging' }

const addStaging = ({ orchestrator }: World): Inputs => {
  orchestrator.addEnvironment(staging, { history: [succeeded] })
  return {}
}

const previews: readonly Flow[] = [
  {
    name: 'a preview that is made',
    options: { workflow: { pullRequest }, inputs: previewInputs },
    prepare: addStaging,
    outcome: 'succeeded',
    // Two reads: the environment, which is not there, and the source.
    order: ['GET env', 'POST envs', ...started, 'GET resources', ...compared],
  },
  {
    name: 'a preview that is reused',
    options: { workflow: { pullRequest }, inputs: previewInputs },
    prepare: addPreview,
    outcome: 'succeeded',
    order: ['GET env', ...started, 'GET resources', ...comparedAgain],
  },
  {
    name: 'a preview that someone else has just made',
    options: { workflow: { pullRequest }, inputs: previewInputs },
    prepare: (world) => {
      world.orchestrator.addFault({ on: 'POST envs', do: { kind: 'cut', effectAfterMs: 0 } })
      return addStaging(world)
    },
    outcome: 'succeeded',
    order: ['GET env', 'POST envs', 'GET env', ...started, 'GET resources', ...compared],
  },
  {
    name: 'operation: delete',
    options: { workflow: { pullRequest }, inputs: { operation: 'delete', env: 'pr-12', delta_id: '' } },
    prepare: (world) => addPreview(world, { deletionMs: 8_000 }),
    outcome: 'deleted',
    order: ['GET env', 'DELETE env', 'GET env'],
  },
  {
    name: 'operation: delete, of what is gone',
    options: { workflow: { pullRequest }, inputs: { operation: 'delete', env: 'pr-12', delta_id: '' } },
    outcome: 'deleted',
    order: ['GET env', 'GET envs'],
  },
  {
    name: 'operation: delete, with an active deployment',
    options: { workflow: { pullRequest }, inputs: { operation: 'delete', env: 'pr-12', delta_id: '' } },
    prepare: (world) => {
      addPreview(world)
      world.orchestrator.startElsewhere(preview, { plan: { durationMs: 20_000, shownAfterMs: 3_600_000 } })
      return {}
    },
    outcome: 'deleted',
    order: ['GET env', 'DELETE env', ...waiting, 'GET env', 'DELETE env'],
  },
  {
    name: 'operation: delete, in a dry run',
    options: { inputs: { operation: 'delete', env: 'pr-12', delta_id: '', dry_run: 'true' } },
    prepare: addPreview,
    outcome: 'skipped',
    order: ['GET env'],
  },
  {
    name: 'operation: prune',
    options: { inputs: { operation: 'prune', env: 'pr-*', delta_id: '' } },
    prepare: addPreview,
    outcome: 'pruned',
    order: ['GET envs', 'GET env', 'DELETE env'],
  },
]

/** Every flow. */
export const flows: readonly Flow[] = [...deployment, ...changes, ...rebase, ...others, ...previews]

export type Seen = { readonly record: RequestRecord; readonly answer: ApiAnswer }

/**
 * Health is looked at beside the rest, at moments of its own; its first look at the runtime comes with the Sets. The Set that is
 * asked for together with a difference is not among these.
 */
const dropHealth = (requests: readonly string[]): readonly string[] =>
  requests.filter((operation, index) => {
    const isCompared = requests[index - 1] === 'GET diff'
    const next = requests.slice(index).find((each) => each !== 'GET set')
    return operation !== 'GET runtime' && (operation !== 'GET set' || isCompared || next !== 'GET runtime')
  })

const isRepeated = (operation: string, index: number, all: readonly string[]): boolean => operation === all[index - 1]

/** Plays a flow to its end: how it ended, what was asked, and every answer of the simulator on the way. */
export const playFlow = async ({ options = {}, prepare = () => ({}) }: Flow) => {
  const seen: Seen[] = []
  const world = createWorld({ ...options, onAnswer: (record, answer) => seen.push({ record, answer }) })
  const outcome = await world.run(prepare(world))
  const order = dropHealth(world.requests()).filter((operation, index, all) => !isRepeated(operation, index, all))
  const requests = world.orchestrator.record.map(({ request }) => request)
  return { outcome, order, requests, seen, starts: world.count('POST deploys') }
}
