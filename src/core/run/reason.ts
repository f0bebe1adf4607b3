import type { Deployment, Environment, PipelineApproval, StartBody } from '../api.ts'
import type { Workload } from '../delta.ts'
import type { InputError, PipelineRunId } from '../inputs/request.ts'
import type { FailureDetails, InvalidRoute } from '../network/request-error.ts'
import type { ScoreProblem } from '../score.ts'

/**
 * Why a step ended as it did, as data. `describeReason` (src/core/report/problems.ts) makes sentences of it, with names, ids and
 * durations from the run's state; those of `score` come from score-problems.ts.
 */
export type Reason =
  | { readonly kind: 'input_errors'; readonly inputErrors: readonly InputError[] }
  /** GitHub gives no secrets to this run. */
  | { readonly kind: 'no_secrets' }
  /** The input names a pull request that isn't the one that another workflow ran for. */
  | { readonly kind: 'others_pull_request'; readonly number: number }
  /** GitHub's answer to that could not be read. */
  | { readonly kind: 'pull_request_unreadable'; readonly number: number; readonly failure: GitHubFailure }
  /** `prune` didn't learn which pull requests are closed. */
  | { readonly kind: 'pull_requests_unreadable'; readonly failure: GitHubFailure }
  /** An unexpected exception. */
  | { readonly kind: 'internal_error'; readonly message: string }
  /** No connection is possible: an unusable proxy, or no token. */
  | { readonly kind: 'no_connection'; readonly why: NoConnection }
  /** A request failed, and is not repeated any more. */
  | { readonly kind: 'request'; readonly error: FailureDetails }
  /** The API has never given a valid answer. */
  | { readonly kind: 'unreachable'; readonly error: FailureDetails }
  /**
   * The deadline came first. What was waited for before the start: `awaited`: the environment's deletion; `other`: this deployment's
   * end. `error`: the last failure while waiting.
   */
  | {
      readonly kind: 'timed_out'
      readonly awaited?: 'deletion'
      readonly other?: Deployment
      readonly error?: FailureDetails
    }
  | { readonly kind: 'unhealthy'; readonly why: UnhealthyWhy }
  | { readonly kind: 'cancelled' }
  /** The process was killed, and the post step reports for it. `isUnread`: its deployment could not be read. */
  | { readonly kind: 'killed'; readonly isUnread?: true }
  | OperationReason
  /** Described by src/core/report/score-problems.ts, which is loaded only for it. */
  | { readonly kind: 'score'; readonly score: ScoreReason }

/** Why an operation ended as it did; the sentences need its inputs. */
export type OperationReason =
  | EnvironmentReason
  | { readonly kind: 'no_deployment' }
  /**
   * `active`: absent where only a 409 shows that there is one. `isFromThisRun`: this workflow run started it, with another change.
   * `unread`: why the list could not be read, so the active deployment may be ours, if a gateway repeated the start.
   */
  | {
      readonly kind: 'conflict'
      readonly active?: Deployment
      readonly isFromThisRun?: boolean
      readonly unread?: FailureDetails | 'too_late'
    }
  /** Somebody set another base between our rebase and our start. */
  | { readonly kind: 'other_base'; readonly asked: string; readonly actual: string }
  /** Whether a start had an effect is unknown; with `isSeveral` it was carried out more than once. */
  | {
      readonly kind: 'start_unknown'
      readonly sent: StartBody
      readonly error?: FailureDetails
      readonly isSeveral?: true
    }
  | RunReason
  | DeletionReason
  | PruneEndReason

/** What an environment lacks, or its base, for what was asked. */
export type EnvironmentReason =
  /** `environment`: it exists, but is being deleted. */
  | { readonly kind: 'no_environment'; readonly environment?: Environment }
  /** The environment that an input names doesn't exist. */
  | { readonly kind: 'no_source'; readonly input: 'create_from' | 'from_env'; readonly env: string }
  | { readonly kind: 'nothing_succeeded'; readonly env: string }
  | { readonly kind: 'wrong_type'; readonly environment: Environment; readonly envType: string }
  | { readonly kind: 'others_environment'; readonly environment: Environment; readonly claim: OtherOwner }
  | { readonly kind: 'production_copy'; readonly from: string }
  /** Images for which the base of `env` has no container, or several. */
  | { readonly kind: 'images_unfit'; readonly problems: readonly ImageProblem[]; readonly env: string }
  /** The base deployment names no Set, even when read by its id. */
  | { readonly kind: 'no_base_set'; readonly id: string }
  /** `from_deploy_id` is not a deployment of the environment. */
  | { readonly kind: 'base_elsewhere'; readonly id: string }

/** Why a run of a pipeline ended the step. */
export type RunReason =
  /** A pipeline's run failed, was cancelled, or was denied an approval. */
  | { readonly kind: 'run_failed'; readonly run: PipelineRunId; readonly failure: RunFailure }
  /** It was completed without a deployment in the environment. */
  | { readonly kind: 'run_without_deployment'; readonly run: PipelineRunId; readonly status: string }
  /** It is for another environment. */
  | { readonly kind: 'run_elsewhere'; readonly run: PipelineRunId }

/** `invalid`: the proxy of a variable. */
export type NoConnection = InvalidRoute | { readonly kind: 'no_github_token' }

/** `permission`: what the job's token needs for the request, such as `pull-requests: write`. */
export type GitHubFailure =
  | { readonly kind: 'request'; readonly error: FailureDetails; readonly permission: string }
  | { readonly kind: 'no_connection'; readonly why: NoConnection }
  | { readonly kind: 'internal_error'; readonly message: string }

/** `known`: the existing ones, in alphabetical order, including workloads without containers. */
export type ImageProblem =
  | { readonly kind: 'no base' }
  | { readonly kind: 'unknown workload'; readonly workload: string; readonly known: readonly Workload[] }
  | { readonly kind: 'no containers'; readonly workload: string; readonly known: readonly Workload[] }
  | {
      readonly kind: 'unknown container' | 'several containers'
      readonly workload: string
      /** As given; `''` where it was left out. */
      readonly container: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'no only container'; readonly image: string; readonly known: readonly Workload[] }
  | { readonly kind: 'same container twice'; readonly workload: string; readonly container: string }

/** `status`: the run's. `job` and `step`: those that failed, `''` where unknown. `isDenied`: an approval was denied. */
export type RunFailure = {
  readonly status: string
  readonly job: string
  readonly step: string
  readonly message: string
  readonly isDenied: boolean
}

export type ScoreReason =
  /** `isConverted`: found in Humanitec's conversion of the files. */
  | { readonly kind: 'mistakes'; readonly problems: readonly ScoreProblem[]; readonly isConverted?: true }
  | { readonly kind: 'refused'; readonly refusals: readonly ScoreRefusal[] }
  /** The base's Set has unconverted Score specs, which a Delta of modules doesn't fit. */
  | { readonly kind: 'other_kind_of_set'; readonly env: string }

/** Humanitec refused to convert the file. */
export type ScoreRefusal = { readonly file: string; readonly error: FailureDetails }

/**
 * Why `wait_for: healthy` was not reached; the run's state has the workloads' health. `failing`: `workloads` failed at every check;
 * others may fail as well. `too_late`: `limit` passed.
 */
export type UnhealthyWhy =
  | { readonly kind: 'failing'; readonly workloads: readonly string[] }
  | { readonly kind: 'too_late'; readonly limit: 'health_timeout' | 'timeout' }
  | { readonly kind: 'unreadable'; readonly error: FailureDetails }

/** The owner that an environment's name names, if not this workflow's repository or pull request. */
export type OtherOwner = 'another repository' | 'another pull request'

/**
 * Why an environment may not be deleted:
 * - `others`: by its name it is somebody else's, whatever `env_type` says, except after a rename
 * - `type`: it has another type than `env_type`
 * - `unnamed`: its name doesn't name this repository
 * - `unnumbered`: for `prune`, its name doesn't have the pull request's number
 * - `pattern_mismatch`: its id doesn't fit the pattern of `prune`
 */
export type KeepReason =
  | {
      readonly kind: 'others'
      readonly claim: OtherOwner
      readonly name: string
      /** The name may be this repository's former one: `delete` with `env_type` accepts it. */
      readonly mayBeRenamed?: true
    }
  | { readonly kind: 'type'; readonly type: string; readonly wanted: string }
  | { readonly kind: 'production' }
  | { readonly kind: 'unnamed'; readonly name: string; readonly repository: string }
  | { readonly kind: 'unnumbered'; readonly name: string }
  | { readonly kind: 'pattern_mismatch'; readonly pattern: string }
  | { readonly kind: 'being_deleted' }
  | { readonly kind: 'open_pull_request' }
  | { readonly kind: 'no_pull_request'; readonly pullRequest: number; readonly repository: string }

/**
 * How far a deletion got:
 * - `none`: no DELETE was sent, or all were refused
 * - `asked`: one was sent, and whether it had an effect is unknown
 * - `going`: Humanitec is deleting it
 */
export type DeletionProgress = 'none' | 'asked' | 'going'

export type DeletionState = 'gone' | 'deleting' | 'there' | 'unknown'

/** Why `prune` deleted or kept an environment. `progress`: how far its deletion got. */
export type PruneReason =
  | KeepReason
  /** Its pull request is closed or merged. */
  | { readonly kind: 'closed' | 'merged' }
  | { readonly kind: 'deleted_elsewhere' }
  | { readonly kind: 'failed'; readonly reason: Reason }
  /** `prune` ended before this deletion did; `error`: the last failure while waiting. */
  | {
      readonly kind: 'stopped'
      readonly by: 'timeout' | 'cancelled'
      readonly progress: DeletionProgress
      readonly error?: FailureDetails
    }
  | { readonly kind: 'pull_request_unreadable'; readonly failure: GitHubFailure; readonly progress: DeletionProgress }
  | { readonly kind: 'internal_error'; readonly message: string; readonly progress: DeletionProgress }

export type DeletionReason =
  | { readonly kind: 'no_application' }
  | { readonly kind: 'kept'; readonly keepReason: KeepReason }
  | { readonly kind: 'last_environment'; readonly env: string; readonly error: FailureDetails }
  /** A DELETE is answered 404, but the environment can be read. */
  | { readonly kind: 'not_deletable'; readonly env: string }
  /** The environment was being deleted, and is active again. */
  | { readonly kind: 'deletion_given_up'; readonly env: string }
  /** `other`: as in `timed_out`. */
  | {
      readonly kind: 'deletion_timed_out'
      readonly progress: DeletionProgress
      readonly other?: Deployment
      readonly error?: FailureDetails
    }
  | { readonly kind: 'deletion_cancelled'; readonly progress: DeletionProgress }
  | { readonly kind: 'dry_deletion'; readonly remains: DeletionState }
  /** Without `remains`, no DELETE had been sent. */
  | { readonly kind: 'killed_deletion'; readonly remains?: DeletionState }

/** Why `prune` as a whole ended as it did. */
export type PruneEndReason =
  | { readonly kind: 'prune_failed' }
  | { readonly kind: 'dry_prune' }
  | { readonly kind: 'prune_timed_out' }
  | { readonly kind: 'prune_cancelled' }
  /** `remains`: of the environments whose deletion had been requested, but not seen to end. */
  | { readonly kind: 'killed_prune'; readonly remains: readonly DeletionState[] }

/**
 * What a person should know besides the result, as data; `describeRemarks` (src/core/report/remarks.ts) makes a sentence
 * of it. `job` and `step` of a pipeline's run are `''` where unknown.
 */
export type Remark =
  /**
   * The base that we set for a start, which was not carried out, could not be restored. `isUnsure`: the start may have been carried
   * out. `isHeld`: it is in a pipeline's run, which may still make the deployment.
   */
  | {
      readonly kind: 'base_left'
      readonly rebase: { readonly newBaseId: string; readonly previousBaseId: string }
      readonly isUnsure?: true
      readonly isInPipeline?: true
    }
  /** Somebody else has set another base after ours. */
  | { readonly kind: 'base_of_others'; readonly id: string }
  /** Without a rebase: the base isn't the one that the log named. */
  | { readonly kind: 'built_on_other_base'; readonly named: string; readonly actual: string }
  | { readonly kind: 'address_unknown'; readonly why: 'timeout' | 'no_host' | FailureDetails }
  /** The run of our deployment can't be read: a check after it may fail unseen. */
  | { readonly kind: 'run_unreadable'; readonly error: FailureDetails }
  /** The three below: why a run isn't waited for. */
  | { readonly kind: 'run_waits_for_approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'run_deploys_elsewhere'; readonly env: string; readonly job: string; readonly step: string }
  | { readonly kind: 'run_goes_on'; readonly job: string; readonly step: string }
  /** It has ended, and whether well is unknown. */
  | { readonly kind: 'run_end_unclear'; readonly status: string }
  /** With `wait: false`: a pipeline's run has the start, but has made no deployment yet. */
  | { readonly kind: 'no_deployment_yet' }
  /** A deployment is active, which a plan doesn't wait for. */
  | { readonly kind: 'active_beside_plan'; readonly id: string }
