import type { RawInputs } from './core/inputs/input-names.ts'
import type { Request } from './core/inputs/request.ts'
import type { Origin } from './core/run/origin.ts'
import type { Redact } from './core/text/redact.ts'
import type { Clock, GitHub, Humanitec, Runner } from './ports.ts'

/** All that a step of a workflow is given. Made of a process by src/main.ts, of virtual things by tests. */
export type World = {
  readonly inputs: RawInputs
  readonly origin: Origin
  readonly runner: Runner
  readonly clock: Clock
  readonly random: () => number
  /** On the clock: when the action began. */
  readonly startedMs: number
  readonly cancel: AbortSignal
  /** Applied to all that people and later steps get to see. */
  readonly redact: Redact
  /** Rejects with a `Stop` when there is no way to the API. */
  readonly connect: (request: Request) => Promise<Humanitec>
  /** Called only when an input asks for GitHub. Rejects with a `Stop` when there is no way to it. */
  readonly connectGitHub: (request: Request) => Promise<GitHub>
}
