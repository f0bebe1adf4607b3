import type { Deployment, Environment, PipelineApproval, StartBody } from '../api.ts'
import type { Workload } from '../delta.ts'
import type { InputError, PipelineRunId } from '../inputs/request.ts'
import type { FailureDetails, InvalidRoute } from '../network/request-error.ts'
import type { ScoreProblem } from '../score.ts'

/**
 * Why a step ended as it did, as data. `describeReason` (src/core/report/problems.ts) is the one place that makes sentences of it;
 * what else they need (names, ids, durations) is in the run's state.
 */
export type Reason =
  | { readonly kind: 'input_errors'; readonly inputErrors: readonly InputError[] }
  /** GitHub hands no secrets to this run. */
  | { readonly kind: 'no_secrets' }
  /** The input names a pull request that isn't the one that another workflow ran for. */
  | { readonly kind: 'others_pull_request'; readonly number: number }
  /** Whether it is, GitHub didn't say. */
  | { readonly kind: 'pull_request_unreadable'; readonly number: number; readonly failure: GitHubFailure }
  /** `prune` didn't learn which pull requests are closed. */
  | { readonly kind: 'pull_requests_unreadable'; readonly failure: GitHubFailure }
  /** Something that nobody foresaw was thrown. */
  | { readonly kind: 'internal_error'; readonly message: string }
  /** There is no way to a host: a proxy that can't be used, a token that isn't there. */
  | { readonly kind: 'no_connection'; readonly why: NoConnection }
  /** A request failed for good. */
  | { readonly kind: 'request'; readonly error: FailureDetails }
  /** The API has never given a valid answer. */
  | { readonly kind: 'unreachable'; readonly error: FailureDetails }
  /**
   * The deadline came first; `awaited`: before the start, the deletion of `env`; `other`: the end of another's deployment. `error`:
   * the last failure of what was waited for.
   */
  | {
      readonly kind: 'timed_out'
      readonly awaited?: 'deletion'
      readonly other?: Deployment
      readonly error?: FailureDetails
    }
  | { readonly kind: 'unhealthy'; readonly why: UnhealthyWhy }
  | { readonly kind: 'cancelled' }
  /** The process died, and the post step speaks for it. `isUnread`: what became of its deployment could not be read. */
  | { readonly kind: 'killed'; readonly isUnread?: true }
  | OperationReason
  /** Worded by a part of its own, which is loaded only then: src/core/report/score-problems.ts. */
  | { readonly kind: 'score'; readonly score: ScoreReason }

/** Why an operation ended as it did; the sentences need its inputs. */
export type OperationReason =
  | EnvironmentReason
  | { readonly kind: 'no_deployment' }
  /**
   * `active` is absent when only a 409 tells of it. `isThisRuns`: it was started by this very workflow run, with another change.
   * `unread`: why the list could not be read to its end, so that it may be ours, by a gateway's repetition.
   */
  | {
      readonly kind: 'conflict'
      readonly active?: Deployment
      readonly isFromThisRun?: boolean
      readonly unread?: FailureDetails | 'too_late'
    }
  /** Somebody set another base between our rebase and our start. */
  | { readonly kind: 'other_base'; readonly asked: string; readonly actual: string }
  /** A start was sent, and nobody can say what became of it; or, with `isSeveral`, it took effect more than once. */
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
  /** `environment`: it is there, but being deleted. */
  | { readonly kind: 'no_environment'; readonly environment?: Environment }
  /** The environment that an input names isn't there. */
  | { readonly kind: 'no_source'; readonly input: 'create_from' | 'from_env'; readonly env: string }
  | { readonly kind: 'nothing_succeeded'; readonly env: string }
  | { readonly kind: 'wrong_type'; readonly environment: Environment; readonly envType: string }
  | { readonly kind: 'others_environment'; readonly environment: Environment; readonly claim: OtherOwner }
  | { readonly kind: 'production_copy'; readonly from: string }
  /** What the base of `env` has no container for, or not just one. */
  | { readonly kind: 'images_unfit'; readonly problems: readonly ImageProblem[]; readonly env: string }
  /** The deployment that is built upon names no Set, also when it is read by its id. */
  | { readonly kind: 'no_base_set'; readonly id: string }
  /** `from_deploy_id` names no deployment of the environment itself. */
  | { readonly kind: 'base_elsewhere'; readonly id: string }

/** Why a run of a pipeline ended the step. */
export type RunReason =
  /** A run of a pipeline failed, was cancelled, or was denied its approval. */
  | { readonly kind: 'run_failed'; readonly run: PipelineRunId; readonly failure: RunFailure }
  /** It was completed, and made no deployment in the environment. */
  | { readonly kind: 'run_without_deployment'; readonly run: PipelineRunId; readonly status: string }
  /** It doesn't concern the environment. */
  | { readonly kind: 'run_elsewhere'; readonly run: PipelineRunId }

/** `invalid`: the proxy of a variable. */
export type NoConnection = InvalidRoute | { readonly kind: 'no_github_token' }

/** What GitHub, or the way to it, said. `permission`: what the job's token needs for the request, such as `pull-requests: write`. */
export type GitHubFailure =
  | { readonly kind: 'request'; readonly error: FailureDetails; readonly permission: string }
  | { readonly kind: 'no_connection'; readonly why: NoConnection }
  | { readonly kind: 'internal_error'; readonly message: string }

/** `known` is what there is, in alphabetical order; a workload without containers is among them. */
export type ImageProblem =
  | { readonly kind: 'no base' }
  | { readonly kind: 'unknown workload'; readonly workload: string; readonly known: readonly Workload[] }
  | { readonly kind: 'no containers'; readonly workload: string; readonly known: readonly Workload[] }
  | {
      readonly kind: 'unknown container' | 'several containers'
      readonly workload: string
      /** As it was given; `''` where it was left out. */
      readonly container: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'no only container'; readonly image: string; readonly known: readonly Workload[] }
  | { readonly kind: 'same container twice'; readonly workload: string; readonly container: string }

/** `status` is the run's own word; `job` and `step` ended badly, `''` where they aren't told; `isDenied`: somebody said no. */
export type RunFailure = {
  readonly status: string
  readonly job: string
  readonly step: string
  readonly message: string
  readonly isDenied: boolean
}

/** What Score files alone can bring about. */
export type ScoreReason =
  /** `isConverted`: found in what Humanitec has made of the files. */
  | { readonly kind: 'mistakes'; readonly problems: readonly ScoreProblem[]; readonly isConverted?: true }
  | { readonly kind: 'refused'; readonly refusals: readonly ScoreRefusal[] }
  /** The base's Set has workloads that are kept as Score files, and a Delta of modules doesn't fit it. */
  | { readonly kind: 'other_kind_of_set'; readonly env: string }

/** Humanitec's answer to a file that it doesn't convert. */
export type ScoreRefusal = { readonly file: string; readonly error: FailureDetails }

/**
 * Why `wait_for: healthy` did not come true; what the workloads do is in the run's state. `failing`: those that failed at every
 * look, among others that may fail as well. `too_late`: it hadn't by the end of
 * `health_timeout`, or of the step's timeout.
 */
export type UnhealthyWhy =
  | { readonly kind: 'failing'; readonly workloads: readonly string[] }
  | { readonly kind: 'too_late'; readonly limit: 'health_timeout' | 'timeout' }
  | { readonly kind: 'unreadable'; readonly error: FailureDetails }

/** Whose an environment is that isn't ours, as its name says. */
export type OtherOwner = 'another repository' | 'another pull request'

/**
 * Why an environment may not be deleted:
 * - `others`: it is somebody else's, whatever `env_type` says, but for what a rename allows
 * - `type`: it has another type than the workflow says it must have
 * - `unnamed`: its name doesn't say that it was made for this repository
 * - `unnumbered`: nor, for `prune`, for which pull request
 * - `misfit`: its id doesn't fit the pattern of `prune`
 */
export type KeepReason =
  | {
      readonly kind: 'others'
      readonly claim: OtherOwner
      readonly name: string
      /** The name may be the one that our repository had before: `delete` with `env_type` takes it for ours. */
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
 * - `asked`: one was sent, and what became of it isn't known
 * - `going`: Humanitec is deleting it
 */
export type DeletionProgress = 'none' | 'asked' | 'going'

/** What is left of an environment that was to be deleted. */
export type DeletionState = 'gone' | 'deleting' | 'there' | 'unknown'

/** Why an environment that `prune` looked at was deleted, or wasn't. `progress`: how far its deletion got. */
export type PruneReason =
  | KeepReason
  /** Its pull request is. */
  | { readonly kind: 'closed' | 'merged' }
  | { readonly kind: 'deleted_elsewhere' }
  | { readonly kind: 'failed'; readonly reason: Reason }
  /** The prune ended before this deletion did; `error`: the last failure of what was waited for. */
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
  /** A DELETE is answered 404, and yet the environment can be read. */
  | { readonly kind: 'not_deletable'; readonly env: string }
  /** The environment was being deleted, and isn't any longer. */
  | { readonly kind: 'deletion_given_up'; readonly env: string }
  /** `other`: as of `timed_out`. */
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
  /** Of the environments whose deletion had been asked for, and whose end had not been seen. */
  | { readonly kind: 'killed_prune'; readonly remains: readonly DeletionState[] }

/**
 * What a person should know beside the ending, as data: `describeRemarks` (src/core/report/remarks.ts) makes a sentence of it.
 * `job` and `step` of a pipeline's run are `''` where they aren't told.
 */
export type Remark =
  /**
   * The base that we set for a start that never came, and nothing put the earlier one back. `isUnsure`: it may have come.
   * `isHeld`: a pipeline's run has it, and may still make the deployment.
   */
  | {
      readonly kind: 'base_left'
      readonly rebase: { readonly newBaseId: string; readonly previousBaseId: string }
      readonly isUnsure?: true
      readonly isHeld?: true
    }
  /** Somebody else has set another base over ours. */
  | { readonly kind: 'base_of_others'; readonly id: string }
  /** Without a rebase: not the base that the log named. */
  | { readonly kind: 'built_on_other_base'; readonly named: string; readonly actual: string }
  | { readonly kind: 'address_unknown'; readonly why: 'timeout' | 'no_host' | FailureDetails }
  /** The run behind our deployment can't be read: whether a check after it fails isn't known. */
  | { readonly kind: 'run_unreadable'; readonly error: FailureDetails }
  /** What a run still does when it is left alone. */
  | { readonly kind: 'run_waits_for_approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'run_deploys_elsewhere'; readonly env: string; readonly job: string; readonly step: string }
  | { readonly kind: 'run_goes_on'; readonly job: string; readonly step: string }
  /** It is over, and nobody says whether well. */
  | { readonly kind: 'run_end_unclear'; readonly status: string }
  /** With `wait: false`: a pipeline has the request, and made no deployment yet. */
  | { readonly kind: 'no_deployment_yet' }
  /** A plan doesn't wait for it. */
  | { readonly kind: 'active_beside_plan'; readonly id: string }
