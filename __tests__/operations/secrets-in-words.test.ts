import { describe, expect, it } from '@jest/globals'
import { inputNames } from '../../src/core/inputs/request.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import { createRedactor } from '../../src/core/text/redact.ts'
import { workflow as usualWorkflow } from '../../testing/example.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

type Scene = {
  /** None of a run that is killed. */
  readonly outcome?: Outcome
  readonly options?: WorldOptions
  readonly prepare?: (world: World) => void
  readonly act?: (world: World) => Promise<unknown>
}

const home = 'acme/shop'

const inputs = { pr_comment: 'true', github_deployment: 'true' }

const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }

const preview = { env: 'pr-12', delta_id: '' }

const addPreview = ({ orchestrator }: World): void =>
  orchestrator.addEnvironment(`${home}/pr-12`, { name: `${home}#12`, deletionMs: 5000 })

const errors = [
  {
    scope: 'workload',
    object_id: 'checkout',
    code: 'CLD-001',
    summary: 'Provider error',
    message: 'It succeeded not.',
  },
  { scope: 'environment', object_id: 'dns', code: 'RES-002', summary: 'No host', message: 'deploy it again' },
]

const scenes: Readonly<Record<string, Scene>> = {
  succeeded: {
    outcome: 'succeeded',
    prepare: ({ orchestrator }) => orchestrator.planResources(place, [{ type: 'dns', host: '{env}.example.com' }]),
  },
  failed: {
    outcome: 'failed',
    prepare: ({ orchestrator }) => orchestrator.planNext(place, { status: 'failed', errors }),
  },
  'failed, with errors that can’t be read': {
    outcome: 'failed',
    prepare: ({ orchestrator }) => {
      orchestrator.planNext(place, { status: 'failed', errors })
      orchestrator.addFault({ on: 'GET errors', times: Infinity, do: { kind: 'answer', status: 404 } })
    },
  },
  timed_out: { outcome: 'timed_out', options: { inputs: { timeout: '40s' } } },
  cancelled: {
    outcome: 'cancelled',
    prepare: (world) => world.clock.schedule(world.clock.now() + 30_000, world.cancel),
  },
  started: { outcome: 'started', options: { inputs: { wait: 'false' } } },
  'followed from elsewhere': {
    outcome: 'succeeded',
    options: { inputs: { operation: 'wait', delta_id: '' } },
    prepare: ({ orchestrator }) => void orchestrator.startElsewhere(place),
  },
  'rolled back': { outcome: 'succeeded', options: { inputs: { from_env: 'production', delta_id: '' } } },
  'created from another': {
    outcome: 'succeeded',
    options: { inputs: { env: 'pr-12', create_from: 'staging', env_type: 'development' } },
    prepare: ({ orchestrator }) =>
      orchestrator.addEnvironment(`${home}/staging`, {
        history: [{ agoSeconds: 86_400, durationSeconds: 60, status: 'succeeded' }],
      }),
  },
  deleted: { outcome: 'deleted', options: { inputs: { ...preview, operation: 'delete' } }, prepare: addPreview },
  'a dry run': {
    outcome: 'skipped',
    options: { inputs: { ...preview, operation: 'delete', dry_run: 'true' } },
    prepare: addPreview,
  },
  pruned: {
    outcome: 'pruned',
    options: { inputs: { operation: 'prune', env: 'pr-*', delta_id: '' } },
    prepare: (world) => {
      addPreview(world)
      world.github.addPull(home, { number: 12, state: 'closed' })
    },
  },
  'skipped, without secrets': {
    outcome: 'skipped',
    options: { inputs: { token: '' }, workflow: { pullRequest: { ...pullRequest, isFromFork: true } } },
  },
  unknown: {
    outcome: 'unknown',
    prepare: ({ orchestrator }) =>
      orchestrator.addFault({ on: 'POST deploys', times: 3, do: { kind: 'cut', at: 'start' } }),
  },
  'an error: wrong inputs': { outcome: 'error', options: { inputs: { org: '', app: '', timeout: 'long' } } },
  'an error: a conflict': { outcome: 'error', prepare: ({ orchestrator }) => void orchestrator.startElsewhere(place) },
  'an error: no such environment': { outcome: 'error', options: { inputs: { env: 'nowhere' } } },
  'killed, and finished by the post step': {
    act: async (world) => {
      await world.kill(45_000)
      await world.finish()
    },
  },
}

/** Our own words, those of the two APIs, and the names of the place. */
const words = [
  ...[
    'succeeded',
    'success',
    'succ',
    'failed',
    'failure',
    'fail',
    'timed',
    'cancelled',
    'started',
    'deleted',
    'delete',
  ],
  ...['pruned', 'prune', 'skipped', 'unknown', 'error', 'deploy', 'wait', 'pending', 'progress', 'active', 'inactive'],
  ...['workload', 'environment', 'deployment', 'unreadable', 'read', 'kept', 'would be', 'auto', 'warning', 'notice'],
  ...[
    'acme',
    'shop',
    'production',
    'prod',
    'pr-',
    'humanitec',
    '<!-- humanitec',
    '-->',
    '2026',
    'T17:',
    '00Z',
    'actions',
  ],
  ...[
    'https',
    'github',
    '7001',
    'runs',
    'state',
    'query',
    'viewer',
    'nodes',
    'CLOSED',
    'OPEN',
    'databaseId',
    'payload',
  ],
]

const play = async ({ options = {}, prepare, act }: Scene, secrets: readonly string[]) => {
  const world = createWorld({
    ...options,
    inputs: { ...inputs, ...options.inputs },
    workflow: { pullRequest, ...options.workflow },
    secrets,
  })
  world.github.addPull(home, { number: 12, sha: usualWorkflow.sha })
  prepare?.(world)
  await (act ?? ((each: World) => each.run()))(world)
  return world
}

/** All that may not depend on what the secrets are. */
const listFacts = (world: World) => ({
  outputs: (({ outcome, status, duration_seconds, created_at, finished_at, error_count, ...rest }) => ({
    ...{ outcome, status, duration_seconds, created_at, finished_at, error_count },
    ...{ url: rest['deployment_url'], created: rest['environment_created'], deleted: rest['deleted_environments'] },
    errors: JSON.parse(rest['errors'] ?? '[]').length,
  }))(world.outputs),
  annotations: world.annotations.map(({ level }) => level),
  summaries: world.summaries.length,
  requests: world.requests(),
  asked: world.github.record.map(({ operation }) => operation),
  comments: world.github.inspectComments(home, 12).map(({ body }) => body.split('\n')[0]),
  shown: world.github.inspectGitHubDeployments(home).map(({ environment, payload, statuses }) => ({
    ...{ environment, payload },
    statuses: statuses.map(({ state, logUrl }) => ({ state, logUrl })),
  })),
})

describe('a secret that is one of our words changes nothing but texts', () => {
  /** A second each: a scene is played once for each of these words. */
  it.each(Object.entries(scenes))('%s', async (_, scene) => {
    const usual = listFacts(await play(scene, []))
    expect(usual.outputs.outcome).toBe(scene.outcome)
    for (const word of words) {
      expect({ word, ...listFacts(await play(scene, [word])) }).toEqual({ word, ...usual })
    }
  })

  it('all at once, and the log and the annotations say the same', async () => {
    const redact = createRedactor(words)
    for (const scene of Object.values(scenes)) {
      const [usual, world] = [await play(scene, []), await play(scene, words)]
      expect(listFacts(world)).toEqual(listFacts(usual))
      expect(world.log.map(redact)).toEqual(usual.log.map(redact))
      const [shown, usually] = [world, usual].map(({ annotations }) =>
        annotations.map(({ message }) => redact(message)),
      )
      expect(shown).toEqual(usually)
    }
  })

  it('an input’s name among them: each wrong input is counted', async () => {
    const world = await play({ options: { inputs: { org: '', app: '' } } }, inputNames)
    expect(world.annotations).toEqual([expect.objectContaining({ title: 'Nothing was done: *** and *** are empty' })])
  })
})

describe('what comes from outside', () => {
  it('is redacted all the same: errors, comments, and no part of it stays anywhere', async () => {
    const world = createWorld({
      inputs: { ...inputs, comment: 'by s3cret' },
      workflow: { pullRequest },
      secrets: ['s3cret'],
    })
    world.github.addPull(home, { number: 12, sha: usualWorkflow.sha })
    const hostile = { scope: 's3cret', object_id: 's3cret', code: 's3cret', summary: 's3cret', message: 'a s3cret' }
    world.orchestrator.planNext(place, { status: 'failed', errors: [hostile] })
    expect(await world.run()).toBe('failed')
    expect(JSON.parse(world.outputs['errors'] ?? '')).toEqual([
      { scope: '***', object_id: '***', code: '***', summary: '***', message: 'a ***', error_type: '' },
    ])
    const comment = world.github.inspectComments(home, 12)[0]?.body
    for (const text of [...world.summaries, comment, JSON.stringify(world.outputs)])
      expect(text).not.toContain('s3cret')
  })
})
