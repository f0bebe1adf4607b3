import type { Deployment, EnvironmentDefinition, PipelineApproval } from '../api.ts'
import type { ImageChange } from '../delta.ts'
import type { HealthNews, WorkloadHealth } from '../health.ts'
import type { PipelineRunId, Request } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { ExpectedEnd } from '../polling.ts'
import type { Change, Comparison } from '../set-diff.ts'
import type { Place } from './links.ts'
import type { GitHubFailure } from './reason.ts'

/**
 * What happens while a step goes on, as data: lines of the log are made of it by `formatEvent` (src/core/report/log.ts).
 * `elapsedMs`: since what is waited for began.
 */
export type LogEvent = LineEvent | WarningEvent

/** What becomes an annotation, too: people are to see it outside of the log. */
export type WarningEvent =
  /** Nobody can say what a deployment does that has such a status. */
  | { readonly kind: 'unknown_status'; readonly deployment: Deployment }
  /** What is made is found by no `prune`, for it is for no known pull request. */
  | { readonly kind: 'escapes_prune'; readonly env: string }
  /** `what` could not be done on GitHub, as a clause; absent where GitHub limits all requests. */
  | { readonly kind: 'github_not_updated'; readonly what?: string; readonly failure: GitHubFailure }

export type LineEvent =
  /** Whether the input's pull request is the one that another workflow ran for. */
  | { readonly kind: 'checking_pull_request'; readonly number: number; readonly repository: string }
  /** What is going to be done, and where. `comment`: the deployment's. */
  | { readonly kind: 'plan'; readonly request: Request; readonly comment: string }
  /** Read from the workspace, and about to be sent. `path` is relative to it. */
  | { readonly kind: 'files_sent'; readonly files: readonly { readonly path: string; readonly bytes: number }[] }
  /** What the input `images` does, against the base. */
  | { readonly kind: 'images'; readonly changes: readonly ImageChange[] }
  /** What a deployment has changed, or a plan would. */
  | {
      readonly kind: 'changes'
      readonly changes: readonly Change[]
      readonly comparison: Comparison
      readonly request: Request
    }
  /** `env`: the base's environment, where that is another one. */
  | { readonly kind: 'base'; readonly base: Deployment; readonly env?: string }
  | { readonly kind: 'creating_environment'; readonly definition: EnvironmentDefinition; readonly from: string }
  /** `followed`: it was there already. */
  | { readonly kind: 'started'; readonly request: Request; readonly deployment: Deployment; readonly followed: boolean }
  /** Somebody else's deployment holds the environment, and its end is waited for. */
  | { readonly kind: 'waiting_for_deployment'; readonly place: Place; readonly deployment: Deployment }
  /** `operation: wait` has found what it waits for. */
  | { readonly kind: 'following'; readonly place: Place; readonly deployment: Deployment }
  | StatusEvent
  /** A run of a pipeline is followed: to its deployment, or behind it. */
  | { readonly kind: 'following_run'; readonly place: Place; readonly run: PipelineRunId; readonly isAfter: boolean }
  | {
      readonly kind: 'approval'
      readonly place: Place
      readonly run: PipelineRunId
      readonly approval: PipelineApproval
    }
  | RunStatusEvent
  | HealthEvent
  | WaitEvent

/** What is waited for, or was. */
export type WaitEvent =
  /** A 409 that nothing in sight explains. */
  | {
      readonly kind: 'unseen_conflict'
      readonly env: string
      readonly elapsedMs: number
      /** The timeout comes before it could be tried again. */
      readonly isLast: boolean
    }
  /** A request that is repeated for long. */
  | { readonly kind: 'retrying'; readonly error: FailureDetails; readonly elapsedMs: number }
  /** A start got no clear answer, and is looked for. */
  | { readonly kind: 'looking_for_start'; readonly error: FailureDetails }
  | { readonly kind: 'rate_limited'; readonly delayMs: number; readonly isLast: boolean }
  /** A pause that was long enough to be told of. */
  | { readonly kind: 'still_waiting'; readonly what: WaitingFor; readonly elapsedMs: number }
  /** Somebody set another base between the one that was asked for, or named, and the start. */
  | { readonly kind: 'other_base'; readonly asked: string; readonly actual: string; readonly isRebased: boolean }
  | { readonly kind: 'rebase_sent_again'; readonly delayMs: number }
  | { readonly kind: 'waiting_for_deletion'; readonly env: string }
  | {
      readonly kind: 'still_deleting'
      readonly env: string
      readonly elapsedMs: number
      readonly error?: FailureDetails
    }
  | { readonly kind: 'deleting'; readonly env: string }
  | { readonly kind: 'nothing_to_delete'; readonly env: string; readonly app: string }
  | { readonly kind: 'environment_unreadable'; readonly env: string; readonly message: string }
  | { readonly kind: 'waiting_for_host'; readonly env: string }
  | { readonly kind: 'host_found'; readonly afterMs: number }

/** A line of the wait for `wait_for: healthy`. `error`: of a look that failed. */
export type HealthEvent = {
  readonly kind: 'health'
  readonly elapsedMs: number
  readonly workloads: readonly WorkloadHealth[]
  readonly error?: FailureDetails
}

/** A line of a wait for a run: where it stands, as far as that is told. */
export type RunStatusEvent = {
  readonly kind: 'run_status'
  readonly elapsedMs: number
  readonly status: string
  readonly job?: string
  readonly step?: string
  /** Those that it waits for. */
  readonly approvals: readonly PipelineApproval[]
  readonly error?: FailureDetails
}

export type WaitingFor = 'start' | 'conflict' | 'rate_limit'

/** A line of a wait: `  00:33  in progress · about 2 min left`. */
export type StatusEvent = {
  readonly kind: 'status'
  readonly elapsedMs: number
  /** It doesn't begin before somebody approves it: then nobody can say when it ends. */
  readonly awaitsApproval?: boolean
  /** Where several are waited for side by side. */
  readonly env?: string
  readonly status: string
  /** What the environment's history lets expect. */
  readonly expected?: ExpectedEnd
  /** The failed poll that is told instead of that. */
  readonly error?: FailureDetails
  /** The workloads that fail, or don't any more, which are told instead of both. */
  readonly health?: readonly HealthNews[]
}
