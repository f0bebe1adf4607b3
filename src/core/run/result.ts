import type { Deployment, DeploymentError, Environment, PipelineApproval } from '../api.ts'
import type { ReadLog } from '../container-logs.ts'
import type { ImageChange } from '../delta.ts'
import type { Health } from '../health.ts'
import type { PipelineRunId, Request } from '../inputs/request.ts'
import { type FailureDetails, RequestError } from '../network/request-error.ts'
import type { Change, Comparison } from '../set-diff.ts'
import type { Writer } from '../text/writer.ts'
import type { Outcome, ReportedResult } from './outcome.ts'
import type { PruneReason, Reason, Remark } from './reason.ts'
import type { WorkflowContext } from './workflow-context.ts'

export type Result = { readonly outcome: Outcome; readonly reason?: Reason }

/** What is known of a step so far; every report is made from it. */
export type RunState = {
  /** Absent where the inputs are invalid. */
  readonly request?: Request
  /** Started or followed by this step. */
  readonly deployment?: Deployment
  /** The Delta that the action created; a given one is in `request`. */
  readonly deltaId?: string
  /** The pipeline's run that the deployment belongs to. */
  readonly pipelineRun?: PipelineRunId
  /** Those that the run waits for now. */
  readonly approvals: readonly PipelineApproval[]
  /** At the last check; absent where the workloads were never checked. */
  readonly health?: SeenHealth
  /** What the deployment changed, or a plan would change. */
  readonly changes: readonly Change[]
  /** What `changes` compares; absent where nothing was compared, or both Sets are the same one. */
  readonly comparison?: Comparison
  /** What the input `images` changes in the base. */
  readonly images?: readonly GivenImage[]
  /** The environment's latest successful deployment before ours, as far as known; `null`: there was none. */
  readonly previous?: Deployment | null
  /** The deployment that ours builds on. */
  readonly base?: Deployment
  /** Our start was answered 409, and the list could not be read: the active deployment may be ours. */
  readonly isStartInDoubt?: boolean
  /** Whether somebody else, or an earlier attempt of this run, started the deployment. */
  readonly followed: boolean
  /** Absent where not read yet. */
  readonly errors?: readonly DeploymentError[] | 'unreadable'
  /** For `'unreadable'`: the failed request, if there was one. */
  readonly errorsFailure?: FailureDetails
  /** The environment's deployments before ours, newest first. */
  readonly history: readonly Deployment[]
  /** The environment deployed to, or to be deleted, as read; absent where there is none. */
  readonly environment?: Environment
  readonly environmentCreated: boolean
  readonly environmentUrls: readonly string[]
  readonly deletedEnvironments: readonly string[]
  /** For `prune`: every environment, in the order of the list. */
  readonly pruned: readonly PruneDecision[]
  readonly remarks: readonly Remark[]
}

/** `logs`: of failing containers. */
export type SeenHealth = Health & {
  /** Why this deployment's health is unknown: none of its workloads is watched, or a newer deployment has begun. */
  readonly notJudged?: 'nothing_watched' | 'newer_deployment'
  readonly logs?: readonly ReadLog[]
}

export type GivenImage = Pick<ImageChange, 'workload' | 'container' | 'from' | 'to'>

export type PruneDecision = {
  readonly env: string
  readonly pullRequest?: number
  /** From the environment's name: `owner/repo`, and the pull request's number. */
  readonly named?: { readonly repository: string; readonly pullRequest: number }
  readonly action: 'deleted' | 'would_be_deleted' | 'kept' | 'failed'
  readonly reason: PruneReason
}

/** As the action, but `gone` and `going` for environments that somebody else has deleted or is deleting. */
export type PruneEnd = PruneDecision['action'] | 'gone' | 'going'

export const determinePruneEnd = ({ action, reason }: PruneDecision): PruneEnd => {
  if (action !== 'kept') return action
  if (reason.kind === 'deleted_elsewhere') return 'gone'
  return reason.kind === 'being_deleted' ? 'going' : action
}

/** Everything that a report is made from. */
export type Report = {
  readonly result: ReportedResult
  readonly state: RunState
  readonly workflow: WorkflowContext
  /** Since the action's start. */
  readonly elapsedMs: number
  /** A signal came, whatever the run's end: the step's exit says so. */
  readonly isCancelled: boolean
  /** Milliseconds since the epoch, for ages ("2 days ago"). */
  readonly nowMs: number
  readonly writer: Writer
}

/** What the sentences about a reason are made from, in addition to the reason. */
export type ProblemContext = Pick<Report, 'state' | 'workflow' | 'nowMs' | 'writer'>

export const emptyRunState: RunState = {
  approvals: [],
  followed: false,
  history: [],
  changes: [],
  environmentCreated: false,
  environmentUrls: [],
  deletedEnvironments: [],
  pruned: [],
  remarks: [],
}

/** Ends the step with an outcome that is already known. */
export class StepEndError extends Error {
  override readonly name = 'StepEndError' as const
  readonly result: { readonly outcome: Outcome; readonly reason: Reason }

  constructor(outcome: Outcome, reason: Reason, options?: ErrorOptions) {
    super(reason.kind, options)
    this.result = { outcome, reason }
  }
}

/** The step's deadline has passed. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError' as const
  /** Somebody else's deployment, whose end was waited for. */
  readonly other?: Deployment

  constructor({ other, ...options }: ErrorOptions & { readonly other?: Deployment | undefined } = {}) {
    super('The deadline has passed.', options)
    if (other) this.other = other
  }
}

/** The last failed request before the deadline, for the reason of the end. */
export const findLastFailure = ({ cause }: DeadlineError): { readonly error?: FailureDetails } =>
  cause instanceof RequestError ? { error: cause.details } : {}

/** The workflow was cancelled. The reason of the step's abort signal. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError' as const

  constructor() {
    super('The workflow was cancelled.')
  }
}

/** What an exception that reaches the top means. */
export const determineResult = (error: unknown): Result => {
  if (error instanceof StepEndError) return error.result
  if (error instanceof RequestError) return { outcome: 'error', reason: { kind: 'request', error: error.details } }
  if (error instanceof CancelledError) return { outcome: 'cancelled', reason: { kind: 'cancelled' } }
  if (error instanceof DeadlineError) {
    const { other } = error
    return { outcome: 'timed_out', reason: { kind: 'timed_out', ...findLastFailure(error), ...(other && { other }) } }
  }
  return {
    outcome: 'error',
    reason: { kind: 'internal_error', message: error instanceof Error ? error.message : String(error) },
  }
}
