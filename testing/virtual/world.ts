import { sha256hex } from '../../src/adapters/hash.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { type InputName, inputNames, type RawInputs } from '../../src/core/inputs/request.ts'
import { formatMark } from '../../src/core/mark.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import { Cancelled } from '../../src/core/run/result.ts'
import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'
import { createRedactor } from '../../src/core/text/redact.ts'
import { createWriter } from '../../src/core/text/writer.ts'
import type { Annotation, Runner } from '../../src/ports.ts'
import { finish } from '../../src/post-step.ts'
import { run } from '../../src/run.ts'
import type { World } from '../../src/world.ts'
import { createGitHub, usualGitHubToken } from '../simulator/github.ts'
import {
  createOrchestrator,
  type Orchestrator,
  type OrchestratorOptions,
  usualToken,
} from '../simulator/orchestrator.ts'
import { createKillableProcess } from './killable-process.ts'
import { createMoments } from './moments.ts'
import { createVirtualClock } from './virtual-clock.ts'
import { createVirtualGitHub } from './virtual-github.ts'
import { createVirtualTransport, type VirtualNetwork } from './virtual-transport.ts'
import { createVirtualFileReader, type VirtualFiles } from './virtual-workspace.ts'

export const place = 'acme/shop/production'

export const delta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'

export const nowMs = Date.parse('2026-11-23T17:00:00Z')

const usualInputs: Partial<RawInputs> = {
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: usualToken,
  github_token: usualGitHubToken,
  delta_id: delta,
}

export const usualOrigin: WorkflowContext = {
  eventName: 'push',
  repository: 'acme/shop',
  runUrl: 'https://github.com/acme/shop/actions/runs/7001',
  attempt: 1,
  job: 'deploy',
  step: '__humanitec',
  actor: 'octocat',
  sha: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4',
  ref: 'main',
  commitTitle: 'Merge pull request #12',
}

export type Inputs = Partial<Record<InputName, string>>

export const toRawInputs = (inputs: Inputs): RawInputs =>
  Object.fromEntries(inputNames.map((name) => [name, inputs[name] ?? ''])) as RawInputs

export type WorldOptions = {
  /** Beside the usual ones; `''` takes one away. */
  readonly inputs?: Inputs
  readonly workflow?: Partial<WorkflowContext>
  readonly strike?: VirtualNetwork['strike']
  /** Sees every answer that goes out. */
  readonly onAnswer?: NonNullable<OrchestratorOptions['onAnswer']>
  /** Beside Humanitec's token: what is taken out of texts. */
  readonly secrets?: readonly string[]
  /** By default there is a way to GitHub. */
  readonly connectGitHub?: World['connectGitHub']
  /** The checkout. */
  readonly files?: VirtualFiles
}

/** What an environment of the orchestrator is like. */
export type EnvironmentScript = NonNullable<Parameters<Orchestrator['addEnvironment']>[1]>

const isBeside = (operation: string): boolean => ['GET runtime', 'GET set', 'GET diff', 'GET logs'].includes(operation)

export const createRecordingRunner = () => {
  const log: string[] = []
  const annotations: Annotation[] = []
  const outputs: Record<string, string> = {}
  const state: Record<string, string> = {}
  const summaries: string[] = []
  const runner: Runner = {
    info: (line) => log.push(line),
    debug: () => undefined,
    group: (title, lines) => log.push(`▸ ${title}`, ...lines.map((line) => `  ${line}`)),
    annotate: (annotation) => annotations.push(annotation),
    setOutput: (name, value) => {
      outputs[name] = value
    },
    saveState: (name, value) => {
      state[name] = value
    },
    appendSummary: (markdown) => summaries.push(markdown) > 0,
  }
  return { runner, log, annotations, outputs, state, summaries }
}

/** One step of a workflow against an orchestrator in memory, on a virtual clock. Both belong to the test. */
export const createWorld = ({
  inputs = {},
  workflow = {},
  strike,
  onAnswer,
  secrets = [],
  connectGitHub,
  files = {},
}: WorldOptions = {}) => {
  const redact = createRedactor([usualToken, ...secrets])
  const clock = createVirtualClock(nowMs)
  const orchestrator = createOrchestrator({ now: clock.now, acceptsAnyDelta: true, ...(onAnswer && { onAnswer }) })
  orchestrator.addEnvironment(place, {
    type: 'production',
    history: [{ agoSeconds: 2 * 86_400, durationSeconds: 158, status: 'succeeded' }],
  })
  const github = createGitHub({ now: clock.now })
  github.addRepository('acme/shop')
  const recording = createRecordingRunner()
  const cancel = new AbortController()
  const { sent, taken, tellSent, tellTaken } = createMoments()
  const network = { latencyMs: () => 20, token: usualToken, ...(strike && { strike }) }
  const transport = tellSent(createVirtualTransport(tellTaken(orchestrator), clock, network))
  const heardGitHub = tellTaken(github)
  const toWorld = (more: Inputs): World => ({
    inputs: toRawInputs({ ...usualInputs, ...inputs, ...more }),
    workflow: { ...usualOrigin, ...workflow },
    runner: recording.runner,
    clock,
    random: () => 0.5,
    sha256hex,
    startedMs: clock.now(),
    cancel: cancel.signal,
    writer: createWriter(redact),
    connect: async ({ org, app }) => createHumanitec(transport, { org, app, now: clock.now }),
    connectGitHub: connectGitHub ?? (async () => createVirtualGitHub(heardGitHub, clock, { redact })),
    loadFileReader: async () => createVirtualFileReader(files),
  })
  const formatOwnMark = (more: Inputs = {}): string => {
    const asked = toRawInputs({ ...usualInputs, ...inputs, ...more })
    const { runUrl, job, step } = { ...usualOrigin, ...workflow }
    return formatMark({ runUrl, job, step, org: asked.org, app: asked.app, env: asked.env, inputs: asked }, sha256hex)
  }
  return {
    ...recording,
    /** What the step's own deployments are known by. */
    formatOwnMark,
    clock,
    orchestrator,
    github,
    sent,
    taken,
    cancel: () => cancel.abort(new Cancelled()),
    /** Runs the step to its end. `more`: inputs that only the world's ids tell. */
    run: (more: Inputs = {}): Promise<Outcome> => clock.run(run(toWorld(more))),
    /** Runs the step for some milliseconds, or until a moment, and then nothing of it ever again. */
    kill: async (end: number | Promise<void>, more: Inputs = {}): Promise<void> => {
      const killable = createKillableProcess()
      const killableClock = killable.wrapClock(clock)
      void run({
        ...toWorld(more),
        clock: killableClock,
        connectGitHub: async () => createVirtualGitHub(heardGitHub, clock, { clock: killableClock, redact }),
        connect: async ({ org, app }) =>
          createHumanitec((...call) => killable.guard(transport(...call)), { org, app, now: clock.now }),
      })
      await clock.run(typeof end === 'number' ? clock.sleep(end) : end)
      killable.end()
    },
    /** Runs the post step, if the state that was left asks for one. */
    finish: async (more: Inputs = {}): Promise<void> => {
      const saved = recording.state['open'] ?? ''
      if (saved) await clock.run(finish({ ...toWorld(more), cancel: new AbortController().signal }, saved))
    },
    /** `GET env`, `POST deploys`: what was asked so far, in order. */
    requests: () => orchestrator.record.map(({ operation }) => operation),
    /** Those for the deployment itself: what is read of workloads and Sets beside it is left out. */
    ownRequests: () =>
      orchestrator.record.map(({ operation }) => operation).filter((operation) => !isBeside(operation)),
    count: (operation: string) => orchestrator.record.filter((entry) => entry.operation === operation).length,
  }
}
