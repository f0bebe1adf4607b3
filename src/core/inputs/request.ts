import type { PipelineRunId } from '../api.ts'
import type { ImageLine } from '../images.ts'

/** What one step was asked to do: complete and typed, made by `parseInputs`, never changed afterwards. */
export type Request = DeployRequest | WaitRequest | DeleteRequest | PruneRequest

export type Common = {
  readonly org: string
  readonly app: string
  readonly env: string
  readonly token: string
  readonly apiUrl: string
  readonly appUrl: string
  readonly timeoutMs: number
  readonly pollInterval: PollInterval
  readonly githubToken: string
  readonly prComment: boolean
  readonly githubDeployment: boolean
  /** As given; the event's own number is in the workflow context. */
  readonly pullRequest?: number
}

export type PollInterval = 'auto' | { readonly fixedMs: number }

export type DeployRequest = Common &
  Shown & {
    readonly operation: 'deploy'
    readonly deltaId?: string
    readonly images?: readonly ImageLine[]
    readonly score?: ScoreInput
    readonly setId?: string
    readonly base?: Base
    readonly redeploy: boolean
    readonly valueSetVersionId?: string
    readonly mode?: 'full' | 'incremental'
    /** As given, or `''`. */
    readonly comment: string
    readonly wait: boolean
    /** Shows what would change, and starts nothing. */
    readonly dryRun: boolean
    readonly onConflict: 'fail' | 'wait'
    readonly createFrom?: string
    readonly envType?: string
  } & Health

/** What to rebase to before the start. */
export type Base =
  | { readonly kind: 'deployment'; readonly id: string }
  | { readonly kind: 'environment'; readonly env: string }

export type WaitRequest = Common &
  Shown &
  Health & {
    readonly operation: 'wait'
    readonly deploymentId?: string
    readonly pipelineRun?: PipelineRunId
  }

/** What is waited for, and what is shown of containers that fail. */
type Health = {
  readonly waitFor: 'deployed' | 'healthy'
  /** With `healthy`: how long after the deployment's end. */
  readonly healthTimeoutMs: number
  /** How many of a failing container's last log lines are shown. */
  readonly logLines: number
}

type Shown = { readonly environmentUrl?: string }

/** Paths of Score files, relative to the workspace; overrides and extensions only beside a single one. */
export type ScoreInput = {
  readonly files: readonly string[]
  readonly overrides?: string
  readonly extensions?: string
}

export type DeleteRequest = Common & {
  readonly operation: 'delete'
  readonly envType?: string
  readonly dryRun: boolean
}

/** `env` is a pattern with one `*` for a pull request's number. */
export type PruneRequest = Common & { readonly operation: 'prune'; readonly envType?: string; readonly dryRun: boolean }

export type InputError = {
  readonly input: string
  /** What it got, as given; absent where it got nothing, or a secret. */
  readonly got?: string
  /** It got a secret, which nobody is shown. */
  readonly isSecret?: true
  /** What it takes, or what it may not stand beside. */
  readonly takes: string
}
