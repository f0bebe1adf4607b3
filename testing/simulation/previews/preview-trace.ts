import type { GitHubTransport } from '../../../src/adapters/github.ts'
import type { RequestRecord } from '../../simulator/exchange.ts'
import type { GitHub } from '../../simulator/github.ts'
import type { InspectedEnvironment } from '../../simulator/orchestrator/inspection.ts'
import type { Orchestrator } from '../../simulator/orchestrator.ts'
import type { Inputs } from '../../virtual/virtual-step.ts'
import type { Attempt, Seen, Sending } from '../trace.ts'
import type { PreviewScenario } from './preview-scenario.ts'

/** A request to Humanitec, with the environment that it is about as that truly was. */
export type PreviewSending = Sending & {
  /** When the request was taken. */
  taken?: InspectedEnvironment
  /** Of a DELETE: when it was sent. */
  readonly there?: InspectedEnvironment
}

export type PullState = 'open' | 'closed' | 'merged'

/** One request to GitHub. */
export type GitHubSending = {
  readonly call: Parameters<GitHubTransport>[0]
  /** `POST comments`. */
  readonly operation: string
  readonly atMs: number
  /** The fault's name; `''` when none was meant for it. */
  fault: string
  /** GitHub's own record of it; absent when it didn't arrive. */
  record?: RequestRecord
  /** The states of all pull requests when it was taken. */
  pulls?: ReadonlyMap<number, PullState>
  seen?: Seen<Awaited<ReturnType<GitHubTransport>>>
  seenAtMs?: number
}

/** One process of the action: a run's step, or its post step. */
export type PreviewAttempt = Attempt & {
  readonly kind: 'deploy' | 'delete' | 'prune'
  readonly runId: number
  readonly inputs: Inputs
  /** Of the event's pull request. */
  readonly pullRequest?: number
  readonly sendings: PreviewSending[]
  readonly github: GitHubSending[]
  /** When it came to its end: the environment that it names, and the status of the deployment that its outputs name. */
  end?: { readonly environment: InspectedEnvironment | undefined; readonly deploymentStatus: string | undefined }
  /** It belongs to the runs that come last of all, when everything is well again. */
  readonly isLast: boolean
  post?: PreviewAttempt
}

export type PreviewTrace = {
  readonly scenario: PreviewScenario
  readonly startedMs: number
  readonly endedMs: number
  readonly attempts: readonly PreviewAttempt[]
  /** What other people did, and what became of pull requests. */
  readonly acts: readonly { readonly atMs: number; readonly text: string }[]
  /** When the last prune began: everything that was sent before has taken effect or never will. */
  readonly calmMs: number
  readonly orchestrator: Orchestrator
  readonly github: GitHub
}
