import type { DeploymentPlan } from './plan.ts'
import type { SetContents } from './set-contents.ts'
import type { Start } from './start.ts'
import type { App, DeploymentState } from './state.ts'

/** What one step of a job does. `uses` and `name` are told as they are. */
export type StepPlan = { readonly name?: string; readonly uses?: string } & (
  | {
      /** Takes its time: building the Set, a readiness check, a test. */
      readonly does: 'work'
      readonly durationMs?: number
      /** Makes the Set of the Delta and of the base as it is then; a Delta that doesn't fit fails here. */
      readonly appliesDelta?: true
      /** It fails, with this message, and the run with it. */
      readonly fails?: string
    }
  | {
      /** Waits for somebody who may deploy to `env`; by default the environment of the request. */
      readonly does: 'approval'
      readonly message?: string
      readonly env?: string
      /** Decided by itself, so long after it was asked for; by default never: `decideApproval` does it. */
      readonly approvedAfterMs?: number
      readonly deniedAfterMs?: number
    }
  /** Deploys to the environment of the request, or to another one of the application, and waits for its end. */
  | { readonly does: 'deploy'; readonly env?: string }
)

/** Jobs run one after the other. */
export type JobPlan = { readonly id: string; readonly steps: readonly StepPlan[] }

/** What the request for a deployment is answered with, when a pipeline takes it. */
type StartAnswer =
  /** 201 with the deployment's id, though it may be found only later. */
  | 'deployment'
  /** 201 with a deployment whose id is empty. */
  | 'no id'
  /** 201 with the environment's newest deployment before this one. */
  | 'earlier deployment'
  /** 202 with the run, whose id isn't a deployment's. */
  | 'run'
  /** 201 with an empty body. */
  | 'empty'

/** Which requests a pipeline takes; what isn't said fits all. */
export type CriteriaPlan = {
  /** `*` for all. */
  readonly envType?: string
  readonly envId?: string
  /** Both spellings occur. */
  readonly deploymentType?: 'deploy' | 'redeploy' | 're-deploy'
}

export type PipelinePlan = {
  readonly takes: readonly CriteriaPlan[]
  readonly jobs: readonly JobPlan[]
  readonly answer: StartAnswer
  /** How long a run is at least `queued`; `Infinity`: it stays so. */
  readonly queuedMs: number
  /** Runs of one group in the application wait for each other. */
  readonly concurrencyGroup?: string
  /** The deployment is listed, `pending`, from the request on, and goes on when the run comes to it. */
  readonly isDeploymentMadeAtOnce: boolean
  /** What the deployment says it was made from: nothing, or its true base. */
  readonly fromId: 'empty' | 'base'
  /** What a run, a job and a step say when all went well: not known of the real service. */
  readonly successWord: string
  readonly cancelledAfterMs?: number
  readonly timeoutMs: number
}

export type PipelineState = {
  readonly id: string
  readonly name: string
  readonly version: string
  plan: PipelinePlan
  /** Oldest first. */
  readonly runs: RunState[]
}

/** What a deployment knows of the run that made it. */
export type PipelineReference = {
  /** As it is told. */
  readonly told: {
    readonly id: string
    readonly run_id: string
    readonly job_id: string
    readonly step_index: number
  }
  readonly fromId: string
}

export type RunState = {
  readonly id: string
  readonly pipeline: PipelineState
  /** As it was when the run began. */
  readonly plan: PipelinePlan
  readonly app: App
  readonly envId: string
  readonly start: Start
  readonly deploymentPlan: DeploymentPlan
  /** The id that the request was answered with; its deployment must have it. */
  readonly deploymentId: string
  readonly createdMs: number
  readonly createdBy: string
  readonly inputs: Readonly<Record<string, string>>
  readonly envIds: Set<string>
  readonly jobs: JobState[]
  /** How often it has changed: an `etag` is made of it. */
  changes: number
  status: string
  message: string
  executingMs?: number
  cancellationMs?: number
  completedMs?: number
  /** What it deploys, as soon as it is worked out. */
  contents?: SetContents
  /** Of its deployment: what goes to a second environment. */
  setId?: string
  /** The one that was listed from the request on. */
  early?: DeploymentState
}

export type JobState = {
  readonly id: string
  readonly createdMs: number
  readonly steps: StepState[]
  updatedMs: number
  status: string
  message: string
  waitingFor?: string
  completedMs?: number
}

export type StepState = {
  readonly plan: StepPlan
  readonly createdMs: number
  related: Readonly<Record<string, string>>
  status: string
  message: string
  completedMs?: number
}

export type ApprovalState = {
  readonly id: string
  readonly run: RunState
  readonly jobId: string
  readonly envId: string
  readonly message: string
  readonly createdMs: number
  /** What comes after the decision. */
  readonly goOn: (isApproved: boolean, atMs: number) => void
  status: 'waiting' | 'approved' | 'denied' | 'cancelled'
  decidedBy?: string
  decidedMs?: number
}
