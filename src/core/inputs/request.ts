/** Every input, with the default that an absent or empty one gets. action.yml and the README are held against this. */
export const inputDefaults = {
  operation: 'deploy',
  org: '',
  app: '',
  env: '',
  token: '',
  api_url: 'https://api.humanitec.io',
  app_url: 'https://app.humanitec.io',
  images: '',
  score: '',
  score_overrides: '',
  score_extensions: '',
  delta_id: '',
  from_env: '',
  from_deploy_id: '',
  redeploy: 'false',
  create_from: '',
  env_type: '',
  set_id: '',
  value_set_version_id: '',
  mode: '',
  comment: '',
  dry_run: 'false',
  wait: 'true',
  timeout: '30m',
  wait_for: 'deployed',
  health_timeout: '5m',
  log_lines: '0',
  on_conflict: 'fail',
  poll_interval: 'auto',
  deployment_id: '',
  pipeline_run: '',
  pr_comment: 'false',
  github_deployment: 'false',
  environment_url: '',
  pull_request: '',
  github_token: '',
} as const

export type InputName = keyof typeof inputDefaults

export type RawInputs = Readonly<Record<InputName, string>>

export const inputNames = Object.keys(inputDefaults) as InputName[]

/** The process's environment, as Node has it. */
export type Variables = Readonly<Record<string, string | undefined>>

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

/** What ends with a deployment's end: one that is started, or one that is there already. */
export type FollowRequest = DeployRequest | WaitRequest

export type PipelineRunId = { readonly pipelineId: string; readonly runId: string }

/** What is waited for, and what is shown of containers that fail. */
type Health = {
  readonly waitFor: 'deployed' | 'healthy'
  /** With `healthy`: how long after the deployment's end. */
  readonly healthTimeoutMs: number
  /** How many of a failing container's last log lines are shown. */
  readonly logLines: number
}

type Shown = { readonly environmentUrl?: string }

/** Paths of Score files, relative to the workspace; overrides and extensions only with a single one. */
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

/** Shows what a deployment would change, and starts nothing. */
export const isPlan = (request: Request): boolean => request.operation === 'deploy' && request.dryRun

/** `env` is a pattern with one `*` for a pull request's number. */
export type PruneRequest = Common & { readonly operation: 'prune'; readonly envType?: string; readonly dryRun: boolean }

export type InputError = {
  readonly input: string
  /** What it got, as given; absent where it got nothing, or a secret. */
  readonly got?: string
  /** It got a secret, which nobody is shown. */
  readonly isSecret?: true
  /** None of several inputs was given, for which this one stands. */
  readonly isAnyOf?: true
  /** What it takes, or what it can't be combined with. */
  readonly takes: string
}

/** One line of the input. Without a container: the workload's only one; without a workload: the only one there is. */
export type ImageLine = { readonly workload?: string; readonly container?: string; readonly image: string }
