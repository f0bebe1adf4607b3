/** The objects of the APIs and of the workspace. Those of an API keep the API's own field names. */

/** A deployment, as Humanitec shows it: fields it left out are `''`, fields we don't use are dropped. */
export type Deployment = {
  readonly id: string
  /** `pending`, `in progress`, `succeeded`, `failed`, or an undocumented one. */
  readonly status: string
  readonly comment: string
  readonly delta_id: string
  readonly set_id: string
  readonly from_id: string
  readonly created_at: string
  readonly created_by: string
  readonly status_changed_at: string
  /** Absent where it comes from none, or none is named. */
  readonly pipeline?: PipelineReference
}

/** A deployment's `pipeline`: the step of the run that made it. */
export type PipelineReference = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  readonly step_index: number | undefined
}

type JsonObject = { readonly [name: string]: unknown }

/** Text that is left out is `''`. */
export type PipelineRun = {
  readonly id: string
  readonly pipeline_id: string
  readonly etag: string
  /** `queued`, `executing`, `failed`, `cancelled` were seen; the status of a success is documented nowhere. */
  readonly status: string
  readonly status_message: string
  readonly completed_at: string
  readonly env_ids: readonly string[]
  /** Those that it was requested with: any JSON. */
  readonly inputs: JsonObject
  /** By job: the event that it waits for. */
  readonly waiting_for: Readonly<Record<string, string>>
}

/** `steps`: those that have begun; empty where the job was read as part of a list. */
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
  /** `related_entities.env_id`. */
  readonly env_id: string
  readonly deployment_id: string
}

export type PipelineApproval = {
  readonly id: string
  readonly run_id: string
  readonly job_id: string
  /** Whoever may deploy to it may approve. */
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
  /** Distinguishes it from a later environment with the same id. */
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

/** One or more lines that a container wrote. */
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

/** A Delta without its metadata, as the API has it. */
export type DeltaContents = { readonly modules?: unknown; readonly workloads?: unknown; readonly shared?: unknown }

export type DeltaBody = DeltaContents & { readonly metadata: { readonly env_id: string; readonly name: string } }

export type EnvironmentDefinition = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly from_deploy_id: string
}

/** A Score file with its overrides and extensions, as plain data (Humanitec's description, `ConvertScoreToSetBody`). */
export type ScoreConversionBody = {
  readonly spec: JsonObject
  readonly overrides?: JsonObject
  readonly property_overrides?: Readonly<Record<string, string>>
  readonly extensions?: JsonObject
}

export type GitHubComment = { readonly id: number; readonly user: { readonly id: number }; readonly body: string }

/** `repository`: `owner/repo` of the head, `''` where it was deleted. */
export type PullRequestHead = { readonly sha: string; readonly repository: string }

export type PullRequestState = 'OPEN' | 'CLOSED' | 'MERGED'

export type GitHubDeployment = {
  readonly id: number
  /** Its newest status: `in_progress`, `success`, `inactive`; `''` while it has none. */
  readonly state: string
  /** As given at its creation, as JSON. */
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

/** One YAML document as plain data. `positionOf`: of a value's key, or of the nearest enclosing one that the file has. */
type ParsedYaml = {
  readonly kind: 'parsed'
  readonly data: unknown
  readonly positionOf: (path: YamlPath) => TextPosition
}

/** `message` quotes nothing of the file. */
type InvalidYaml = TextPosition & { readonly kind: 'invalid'; readonly message: string }

/** YAML 1.2, one document of at most 100 aliases and 64 levels, no custom tags, no duplicate keys. */
export type ParseYaml = (text: string) => ParsedYaml | InvalidYaml

/** Why a file of the workspace is not read. `git`: its name, or a folder's on its path, begins with `.git`. */
export type FileRefusal = 'missing' | 'not a file' | 'outside' | 'git' | 'too large' | 'unreadable'

/** `path`: relative to the workspace, with `/`, all links resolved; `size` in bytes. */
export type FileAnswer =
  | { readonly kind: 'read'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: FileRefusal; readonly size?: number }
