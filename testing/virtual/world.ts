import { sha256hex } from '../../src/adapters/system.ts'
import { formatMark } from '../../src/core/mark.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'
import { createRedactor } from '../../src/core/text/redact.ts'
import type { Clock } from '../../src/ports.ts'
import { finish } from '../../src/post-step.ts'
import { run } from '../../src/run.ts'
import type { World } from '../../src/world.ts'
import { delta, workflow as usualWorkflow } from '../example.ts'
import { createGitHub, usualGitHubToken } from '../simulator/github.ts'
import {
  createOrchestrator,
  type Orchestrator,
  type OrchestratorOptions,
  usualToken,
} from '../simulator/orchestrator.ts'
import { createMoments } from './moments.ts'
import { createVirtualClock } from './virtual-clock.ts'
import { createProcessClock, createVirtualProcess, type VirtualProcess } from './virtual-process.ts'
import { createRecordingRunner, createStepWorld, type Inputs, toRawInputs } from './virtual-step.ts'
import { createVirtualGitHubTransport, createVirtualTransport, type VirtualNetwork } from './virtual-transport.ts'
import type { VirtualFiles } from './virtual-workspace.ts'

export const place = 'acme/shop/production'

export const nowMs = Date.parse('2026-11-23T17:00:00Z')

const usualInputs: Inputs = {
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: usualToken,
  github_token: usualGitHubToken,
  delta_id: delta,
}

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
  /** For jitter; by default always in the middle. */
  readonly random?: World['random']
}

/** What an environment of the orchestrator is like. */
export type EnvironmentScript = NonNullable<Parameters<Orchestrator['addEnvironment']>[1]>

const network = { latencyMs: () => 20 }

const isBeside = (operation: string): boolean => ['GET runtime', 'GET set', 'GET diff', 'GET logs'].includes(operation)

/** One step of a workflow against an orchestrator in memory, on a virtual clock. Both belong to the test. */
export const createWorld = ({
  inputs = {},
  workflow = {},
  strike,
  onAnswer,
  secrets = [],
  connectGitHub,
  files = {},
  random = () => 0.5,
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
  const main = createVirtualProcess(clock)
  const { sent, taken, tellSent, tellTaken } = createMoments()
  const ways = {
    humanitec: tellSent(
      createVirtualTransport(tellTaken(orchestrator), clock, {
        ...network,
        token: usualToken,
        ...(strike && { strike }),
      }),
    ),
    github: createVirtualGitHubTransport(tellTaken(github), clock, { ...network, token: usualGitHubToken }),
  }
  const toWorld = (more: Inputs, { cancel, guard }: VirtualProcess, processClock: Clock = clock): World => ({
    ...createStepWorld({
      inputs: { ...usualInputs, ...inputs, ...more },
      workflow: { ...usualWorkflow, ...workflow },
      runner: recording.runner,
      clock: processClock,
      random,
      cancel,
      humanitec: (...call) => guard(ways.humanitec(...call)),
      github: (...call) => guard(ways.github(...call)),
      files,
      redact,
    }),
    ...(connectGitHub && { connectGitHub }),
  })
  const formatOwnMark = (more: Inputs = {}): string => {
    const asked = toRawInputs({ ...usualInputs, ...inputs, ...more })
    const { runUrl, job, step } = { ...usualWorkflow, ...workflow }
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
    cancel: main.signal,
    /** Runs the step to its end. `more`: inputs that only the world's ids tell. */
    run: (more: Inputs = {}): Promise<Outcome> => clock.run(run(toWorld(more, main))),
    /** Runs the step for some milliseconds, or until a moment, and then nothing of it ever again. */
    kill: async (end: number | Promise<void>, more: Inputs = {}): Promise<void> => {
      const killable = createVirtualProcess(clock, { isKillable: true })
      void run(toWorld(more, killable, createProcessClock(clock, killable)))
      await clock.run(typeof end === 'number' ? clock.sleep(end) : end)
      killable.kill()
    },
    /** Runs the post step, if the state that was left asks for one. */
    finish: async (more: Inputs = {}): Promise<void> => {
      const saved = recording.state['open'] ?? ''
      if (saved) await clock.run(finish(toWorld(more, createVirtualProcess(clock)), saved))
    },
    /** `GET env`, `POST deploys`: what was asked so far, in order. */
    requests: () => orchestrator.record.map(({ operation }) => operation),
    /** Those for the deployment itself: what is read of workloads and Sets beside it is left out. */
    ownRequests: () =>
      orchestrator.record.map(({ operation }) => operation).filter((operation) => !isBeside(operation)),
    count: (operation: string) => orchestrator.record.filter((entry) => entry.operation === operation).length,
  }
}
