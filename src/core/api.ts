/** The objects of the APIs and of the runner that are decided upon. Those of an API keep the API's own field names. */

/** A deployment, as Humanitec tells it: fields it left out are `''`, fields we don't use are dropped. */
export type Deployment = {
  readonly id: string
  /** `pending`, `in progress`, `succeeded`, `failed`, or a word that we don't know yet. */
  readonly status: string
  readonly comment: string
  readonly delta_id: string
  readonly set_id: string
  readonly from_id: string
  readonly created_at: string
  readonly created_by: string
  readonly status_changed_at: string
  /** Absent where it comes from none, or none is told. */
  readonly pipeline?: PipelineReference
}

/** Which step of which run a deployment comes from: a deployment's `pipeline`. */
export type PipelineReference = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  readonly step_index: number | undefined
}

type JsonObject = { readonly [name: string]: unknown }

/** Humanitec's word for a run of a pipeline. Text that is left out is `''`. */
export type PipelineRun = {
  readonly id: string
  readonly pipeline_id: string
  readonly etag: string
  /** `queued`, `executing`, `failed`, `cancelled` were seen; the word for success is written nowhere. */
  readonly status: string
  readonly status_message: string
  readonly completed_at: string
  readonly env_ids: readonly string[]
  /** Whatever it was asked for with. */
  readonly inputs: JsonObject
  /** Which event each of its jobs waits for. */
  readonly waiting_for: Readonly<Record<string, string>>
}

/** `steps`: those so far; none where the job was read as part of a list. */
export type PipelineJob = {
  readonly id: string
  readonly status: string
  readonly status_message: string
  readonly completed_at: string
  readonly steps: readonly PipelineStep[]
}

export type PipelineStep = {
  readonly index: number | undefined
  readonly name: string
  readonly status: string
  readonly status_message: string
  readonly created_at: string
  readonly completed_at: string
  /** Of `related_entities`. */
  readonly env_id: string
  readonly deployment_id: string
}

export type PipelineApproval = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  /** Who may deploy there may approve. */
  readonly env_id: string
  readonly message: string
  /** `waiting`, `approved`, `denied`, `cancelled`. */
  readonly status: string
}

export type DeploymentError = {
  readonly scope: string
  readonly object_id: string
  readonly code: string
  readonly summary: string
  readonly message: string
  readonly error_type: string
}

export type Environment = {
  readonly id: string
  readonly name: string
  readonly type: string
  /** `active` or `deleting`. */
  readonly status: string
  /** Tells it from another one of the same id, made later. */
  readonly created_at: string
  /** The base that the next deployment builds on; absent before the first one. */
  readonly from_deploy?: Deployment
  readonly last_deploy?: Deployment
}

export type ActiveResource = {
  readonly res_id: string
  readonly type: string
  readonly status: string
  /** `resource.host`, or `''` while it isn't provisioned. */
  readonly host: string
}

/** A line, or several, that a container wrote. */
export type LogEntry = {
  readonly workload_id: string
  readonly container_id: string
  readonly timestamp: string
  readonly payload: string
}

export type StartBody = {
  readonly comment: string
  readonly delta_id?: string
  readonly set_id?: string
  readonly value_set_version_id?: string
  readonly mode?: 'full' | 'incremental'
}

/** What a Delta holds beside its metadata, as the API has it. */
export type DeltaContents = { readonly modules?: unknown; readonly workloads?: unknown; readonly shared?: unknown }

/** A Delta that is to be made. */
export type DeltaBody = DeltaContents & { readonly metadata: { readonly env_id: string; readonly name: string } }

export type EnvironmentDefinition = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly from_deploy_id: string
}

/** A Score file with all that is given beside it, as plain data (Humanitec's description, `ConvertScoreToSetBody`). */
export type ScoreConversionBody = {
  readonly spec: JsonObject
  readonly overrides?: JsonObject
  readonly property_overrides?: Readonly<Record<string, string>>
  readonly extensions?: JsonObject
}

export type GitHubComment = { readonly id: number; readonly user: { readonly id: number }; readonly body: string }

/** What is at a pull request's head: the commit, and `owner/repo`, `''` for one that is gone. */
export type PullRequestHead = { readonly sha: string; readonly repository: string }

export type PullRequestState = 'OPEN' | 'CLOSED' | 'MERGED'

export type GitHubDeployment = {
  readonly id: number
  /** Of its newest status: `in_progress`, `success`, `inactive`; `''` while it has none. */
  readonly state: string
  /** What was given when it was made, as JSON. */
  readonly payload: string
}

export type GitHubDeploymentBody = {
  readonly ref: string
  readonly environment: string
  readonly transient_environment: boolean
  readonly payload: Readonly<Record<string, string>>
}

export type GitHubStatusBody = {
  readonly state: 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'
  readonly description: string
  readonly log_url: string
  readonly environment_url?: string
}

/** Both count from 1. */
export type TextPosition = { readonly line: number; readonly column: number }

export type YamlPath = readonly (string | number)[]

/** One document of YAML as plain data. `positionOf` points at a value's key, or at the nearest around it that the file has. */
type ParsedYaml = {
  readonly kind: 'parsed'
  readonly data: unknown
  readonly positionOf: (path: YamlPath) => TextPosition
}

/** `message` says what is wrong there, without a word of the file. */
type InvalidYaml = TextPosition & { readonly kind: 'invalid'; readonly message: string }

/** YAML 1.2, one document of at most 100 aliases and 64 levels, no tags of its own, no key twice. */
export type ParseYaml = (text: string) => ParsedYaml | InvalidYaml

/** Why a file of the workspace is not read: `git` is for what is in or named `.git*`. */
export type FileRefusal = 'missing' | 'not a file' | 'outside' | 'git' | 'too large' | 'unreadable'

/** `path` is relative to the workspace, by `/`, with no link left in it; `size` in bytes. */
export type FileAnswer =
  | { readonly kind: 'read'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: FileRefusal; readonly size?: number }
