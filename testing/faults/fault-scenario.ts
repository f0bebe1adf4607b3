import { delta } from '../example.ts'
import type { Fault } from '../simulator/faults.ts'
import type { WorkflowEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'
import { inspectDelta } from './inspections.ts'
import { home } from './place.ts'
import type { Tokens } from './secrets.ts'

/** How a run ends: the outcome, how many starts were sent (`more`: than one, as chance has it), and whether the outputs name a deployment. */
export type End = { readonly outcome: string; readonly starts: number | 'more'; readonly hasId: boolean }

/** A run of the action in which every request of some kind is made. */
export type FaultScenario = {
  readonly inputs: Readonly<Record<string, string>>
  readonly event?: WorkflowEvent
  /** What is checked out: contents by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly prepare: (simulator: Simulator, tokens: Tokens) => void
  /** What goes wrong anyway. */
  readonly faults?: readonly Fault[]
  /** Without any other fault. */
  readonly end: End
  /** What isn't as it should be in Humanitec, when the run has come to this end. */
  readonly inspectHumanitec: (simulator: Simulator) => readonly string[]
  /** What isn't as it should be on GitHub, when all went well there. */
  readonly inspectGitHub?: (simulator: Simulator) => readonly string[]
}

/** An environment with two deployments of the past. */
export const addPast = (
  { orchestrator }: Simulator,
  env: string,
  status: 'succeeded' | 'failed' = 'succeeded',
): void => {
  orchestrator.addEnvironment(`${home}/${env}`, {
    plan: { durationMs: 500, pendingMs: 200 },
    resources: [{ type: 'dns', host: '{env}.acme.test' }],
    history: [
      { agoSeconds: 7200, durationSeconds: 60, status: 'succeeded' },
      { agoSeconds: 3600, durationSeconds: 60, status },
    ],
  })
}

export const started: End = { outcome: 'succeeded', starts: 1, hasId: true }
export const usual = {
  inputs: { env: 'development', delta_id: delta },
  end: started,
  inspectHumanitec: inspectDelta(),
} as const

export const deploy: FaultScenario = { ...usual, prepare: (simulator) => addPast(simulator, 'development') }
