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

/** What is known of a run so far; grows while it goes on, and is told at every end. */
export type RunState = {
  /** Absent while the inputs are wrong. */
  readonly request?: Request
  /** Ours, or the one followed. */
  readonly deployment?: Deployment
  /** The Delta that the action made; given ones are in the request. */
  readonly deltaId?: string
  /** The run of a pipeline that the deployment belongs to. */
  readonly pipelineRun?: PipelineRunId
  /** Those that its run waits for now. */
  readonly approvals: readonly PipelineApproval[]
  /** At the last look; absent when the workloads were never looked at. */
  readonly health?: SeenHealth
  /** What the deployment changed, or a plan would change. */
  readonly changes: readonly Change[]
  /** What they were found against; absent while nothing was compared, or the two Sets are one. */
  readonly comparison?: Comparison
  /** What the input `images` does, against the base. */
  readonly images?: readonly GivenImage[]
  /** The environment's latest successful deployment before ours, as far as the environment told; `null`: it had none. */
  readonly previous?: Deployment | null
  /** The deployment whose state ours builds on. */
  readonly base?: Deployment
  /** A 409 answered our start, and the list could not be read: the deployment that is active may be ours. */
  readonly isStartInDoubt?: boolean
  /** True when the deployment had been started by someone else, or by an earlier attempt of this run. */
  readonly followed: boolean
  /** Absent while not read; `'unreadable'` when they could not be read. */
  readonly errors?: readonly DeploymentError[] | 'unreadable'
  /** Why they could not be read, where a request for them failed. */
  readonly errorsFailure?: FailureDetails
  /** The environment's deployments before ours, newest first. */
  readonly history: readonly Deployment[]
  /** The one deployed to, or to be deleted, as it was read; absent where there is none. */
  readonly environment?: Environment
  readonly environmentCreated: boolean
  readonly environmentUrls: readonly string[]
  readonly deletedEnvironments: readonly string[]
  /** For `prune`: every environment looked at, in the order of the list. */
  readonly pruned: readonly PruneDecision[]
  /** Whatever a person should know beside the ending, such as a base that was left changed. */
  readonly remarks: readonly Remark[]
}

/** `logs`: of the containers that fail. */
export type SeenHealth = Health & {
  /** Why nobody can say whether this deployment is healthy: no workload of it is watched, or a newer one has begun. */
  readonly notJudged?: 'nothing_watched' | 'newer_deployment'
  readonly logs?: readonly ReadLog[]
}

export type GivenImage = Pick<ImageChange, 'workload' | 'container' | 'from' | 'to'>

export type PruneDecision = {
  readonly env: string
  readonly pullRequest?: number
  /** The pull request that the environment's name says: `owner/repo`, and the number. */
  readonly named?: { readonly repository: string; readonly pullRequest: number }
  readonly action: 'deleted' | 'would_be_deleted' | 'kept' | 'failed'
  readonly reason: PruneReason
}

/** What becomes of an environment: what isn't deleted by this step isn't kept, either, where it goes all the same. */
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
  /** By which all of it becomes text. */
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

/** Ends the run with an outcome that is already known, and why. */
export class StepEndError extends Error {
  override readonly name = 'Failed' as const
  readonly result: { readonly outcome: Outcome; readonly reason: Reason }

  constructor(outcome: Outcome, reason: Reason, options?: ErrorOptions) {
    super(reason.kind, options)
    this.result = { outcome, reason }
  }
}

/** The deadline came first. */
export class DeadlineError extends Error {
  override readonly name = 'TimeoutError' as const
  /** Another's deployment, whose end was waited for. */
  readonly other?: Deployment

  constructor({ other, ...options }: ErrorOptions & { readonly other?: Deployment | undefined } = {}) {
    super('The deadline has passed.', options)
    if (other) this.other = other
  }
}

/** The workflow was cancelled: the reason of the one abort signal. */
export class CancelledError extends Error {
  override readonly name = 'Cancelled' as const

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
    const last = error.cause instanceof RequestError ? { error: error.cause.details } : {}
    const { other } = error
    return { outcome: 'timed_out', reason: { kind: 'timed_out', ...last, ...(other && { other }) } }
  }
  return {
    outcome: 'error',
    reason: { kind: 'internal_error', message: error instanceof Error ? error.message : String(error) },
  }
}
