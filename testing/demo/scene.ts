import type { Outcome } from '../../src/core/run/outcome.ts'
import type { WorkflowEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'

/** What stands after `with:`: a word, or an expression as it is written, and what it comes to. */
export type Given = string | { readonly written: string; readonly value: string; readonly isSecret?: boolean }

/** One step of a workflow, and how it has to end. */
export type SceneStep = {
  readonly name: string
  readonly inputs: Readonly<Record<string, Given>>
  /** What the step before, actions/checkout, has put into the workspace: contents by path. */
  readonly files?: Readonly<Record<string, string>>
  /** By default a push to main. */
  readonly event?: WorkflowEvent
  readonly ends: { readonly outcome: Outcome; readonly exit: number }
}

export type Stage = {
  readonly simulator: Simulator
  /** By the clock that is shown: milliseconds since the epoch. */
  now(): number
  /** Says what happens elsewhere meanwhile. */
  tell(text: string): void
  /** Runs a step of a workflow and shows it. */
  run(step: SceneStep): Promise<void>
}

export type Scene = {
  /** By which it is asked for: `npm run demo -- failure`. */
  readonly name: string
  readonly title: string
  readonly play: (stage: Stage) => Promise<void>
}
