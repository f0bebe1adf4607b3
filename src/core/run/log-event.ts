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
 * What happens during a step, as data; `formatEvent` (src/core/report/log.ts) makes lines of the log of it. `elapsedMs`: since
 * the beginning of what is waited for.
 */
export type LogEvent = LineEvent | WarningEvent

/** Becomes an annotation as well, to be seen outside of the log. */
export type WarningEvent =
  /** The deployment's status is undocumented. */
  | { readonly kind: 'unknown_status'; readonly deployment: Deployment }
  /** `prune` won't find the environment, since no pull request is known for its name. */
  | { readonly kind: 'escapes_prune'; readonly env: string }
  /** `what`: the failed update as a clause; absent where GitHub limits all requests. */
  | { readonly kind: 'github_not_updated'; readonly what?: string; readonly failure: GitHubFailure }

export type LineEvent =
  /** Checks whether the input's pull request is the one that another workflow ran for. */
  | { readonly kind: 'checking_pull_request'; readonly number: number; readonly repository: string }
  /** What the step is about to do. `comment`: the deployment's. */
  | { readonly kind: 'opening'; readonly request: Request; readonly comment: string }
  /** Files of the workspace that are about to be sent. `path` is relative to it. */
  | { readonly kind: 'files_sent'; readonly files: readonly { readonly path: string; readonly bytes: number }[] }
  /** What the input `images` changes in the base. */
  | { readonly kind: 'images'; readonly changes: readonly ImageChange[] }
  /** What a deployment has changed, or a plan would. */
  | {
      readonly kind: 'changes'
      readonly changes: readonly Change[]
      readonly comparison: Comparison
      readonly request: Request
    }
  /** `env`: the base's environment, if another one. */
  | { readonly kind: 'base'; readonly base: Deployment; readonly env?: string }
  | { readonly kind: 'creating_environment'; readonly definition: EnvironmentDefinition; readonly from: string }
  /** `followed`: it existed already. */
  | { readonly kind: 'started'; readonly request: Request; readonly deployment: Deployment; readonly followed: boolean }
  /** Somebody else's deployment is active, and its end is waited for. */
  | { readonly kind: 'waiting_for_deployment'; readonly place: Place; readonly deployment: Deployment }
  /** `operation: wait` has found what it waits for. */
  | { readonly kind: 'following'; readonly place: Place; readonly deployment: Deployment }
  | StatusEvent
  /** A pipeline's run is followed: until its deployment, or after it (`isAfter`). */
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
  /** A start's 409, while the list shows no active deployment. */
  | {
      readonly kind: 'unseen_conflict'
      readonly env: string
      readonly elapsedMs: number
      /** The timeout comes before another try. */
      readonly isLast: boolean
    }
  /** A request that has been repeated for a while. */
  | { readonly kind: 'retrying'; readonly error: FailureDetails; readonly elapsedMs: number }
  /** A start got no clear answer: the deployments are searched for it. */
  | { readonly kind: 'searching_for_start'; readonly error: FailureDetails }
  | { readonly kind: 'rate_limited'; readonly delayMs: number; readonly isLast: boolean }
  /** After a long pause. */
  | { readonly kind: 'still_waiting'; readonly what: WaitingFor; readonly elapsedMs: number }
  /** Somebody set another base before the start: `asked` was ours (`isRebased`), or the one logged. */
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

/** A line of `wait_for: healthy`. `error`: of a failed check. */
export type HealthEvent = {
  readonly kind: 'health'
  readonly elapsedMs: number
  readonly workloads: readonly WorkloadHealth[]
  readonly error?: FailureDetails
}

/** A line of the wait for a run: its unfinished job and step, as far as known. */
export type RunStatusEvent = {
  readonly kind: 'run_status'
  readonly elapsedMs: number
  readonly status: string
  readonly job?: string
  readonly step?: string
  /** Those that the run waits for. */
  readonly approvals: readonly PipelineApproval[]
  readonly error?: FailureDetails
}

export type WaitingFor = 'start' | 'conflict' | 'rate_limit'

/** A line of a wait: `  00:33  in progress · about 2 min left`. */
export type StatusEvent = {
  readonly kind: 'status'
  readonly elapsedMs: number
  /** It waits for an approval, so no end is estimated. */
  readonly awaitsApproval?: boolean
  /** Set where several environments are waited for at once. */
  readonly env?: string
  readonly status: string
  /** From the environment's history. */
  readonly expected?: ExpectedEnd
  /** A failed poll, logged instead of `expected`. */
  readonly error?: FailureDetails
  /** Workloads that fail, or don't any more, logged instead of both. */
  readonly health?: readonly HealthNews[]
}
