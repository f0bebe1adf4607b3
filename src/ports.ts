import type { ContainerName, LogEntry } from './core/container-logs.ts'
import type { Delta } from './core/delta.ts'
import type { DeploymentSet } from './core/deployment-set.ts'
import type { Runtime } from './core/runtime.ts'
import type { Fields } from './core/text/json.ts'
import type { AnnotationText, LogLine } from './core/text/writer.ts'

/** What the flows need of the world. Objects of an API keep the API's own field names. */

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

export type PipelineRunId = { readonly pipelineId: string; readonly runId: string }

/** Humanitec's word for a run of a pipeline. Text that is left out is `''`. */
export type PipelineRun = {
  readonly id: string
  readonly pipeline_id: string
  readonly etag: string
  /** `queued`, `executing`, `failed`, `cancelled` were seen; the word for success is written nowhere. */
  readonly status: string
  readonly status_message: string
  readonly created_at: string
  readonly completed_at: string
  readonly env_ids: readonly string[]
  /** Whatever it was asked for with. */
  readonly inputs: { readonly [name: string]: unknown }
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

export type WantedLogs = ContainerName & {
  /** Only what was written under this deployment. */
  readonly deploymentId?: string
  readonly lineCount: number
}

export type EnvironmentDefinition = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly from_deploy_id: string
}

/** A Score file with all that is given beside it, as plain data (Humanitec's description, `ConvertScoreToSetBody`). */
export type ScoreConversionBody = {
  readonly spec: Fields
  readonly overrides?: Fields
  readonly property_overrides?: Readonly<Record<string, string>>
  readonly extensions?: Fields
}

/** Limits of one request: `timeoutMs` from its start to the last byte of its answer. */
export type Limits = { readonly timeoutMs: number; readonly signal?: AbortSignal }

/**
 * Humanitec's API for one application. One call is one request: nothing is repeated, no redirect followed.
 * Every call rejects with a `RequestError` (src/core/network/request-error.ts), or with the signal's reason once it has aborted.
 */
export interface Humanitec {
  getEnvironment(env: string, limits: Limits): Promise<Environment>
  listEnvironments(limits: Limits): Promise<Environment[]>
  createEnvironment(definition: EnvironmentDefinition, limits: Limits): Promise<Environment>
  /** `deleted` for a 204, `deleting` for a 202. */
  deleteEnvironment(env: string, limits: Limits): Promise<'deleted' | 'deleting'>
  /** Rebase: which deployment's state the next deployment builds on. */
  putBase(env: string, deploymentId: string, limits: Limits): Promise<void>
  /** All deployments of the environment, newest first. */
  listDeployments(env: string, limits: Limits): Promise<Deployment[]>
  getDeployment(env: string, id: string, limits: Limits): Promise<Deployment>
  listDeploymentErrors(env: string, id: string, limits: Limits): Promise<DeploymentError[]>
  startDeployment(env: string, body: StartBody, limits: Limits): Promise<Deployment>
  listActiveResources(env: string, limits: Limits): Promise<ActiveResource[]>
  /** What the cluster tells of the environment's workloads. */
  getRuntime(env: string, limits: Limits): Promise<Runtime>
  /** The last lines that a container wrote; which way round isn't sure. */
  listContainerLogs(env: string, wanted: WantedLogs, limits: Limits): Promise<readonly LogEntry[]>
  /** The newest runs of a pipeline, newest first: one page of them. */
  listPipelineRuns(pipelineId: string, limits: Limits): Promise<readonly PipelineRun[]>
  getPipelineRun(run: PipelineRunId, limits: Limits): Promise<PipelineRun>
  /** Those that have begun, without their steps. */
  listPipelineJobs(run: PipelineRunId, limits: Limits): Promise<readonly PipelineJob[]>
  /** With its steps. */
  getPipelineJob(run: PipelineRunId, jobId: string, limits: Limits): Promise<PipelineJob>
  /** All of a run's, decided or not. */
  listApprovals(run: PipelineRunId, limits: Limits): Promise<readonly PipelineApproval[]>
  /** Those of an environment that a run has made, newest first. */
  listRunDeployments(env: string, run: PipelineRunId, limits: Limits): Promise<readonly Deployment[]>
  /** What a Score file holds, as a Set has it, and as it was answered. Nothing is stored. */
  convertScore(body: ScoreConversionBody, limits: Limits): Promise<DeltaContents>
  /** Resolves to the Delta's id. */
  createDelta(body: DeltaBody, limits: Limits): Promise<string>
  getDelta(id: string, limits: Limits): Promise<DeltaContents>
  /** Takes it out of the web application's lists of drafts; it can still be read. */
  archiveDelta(id: string, limits: Limits): Promise<void>
  getSet(id: string, limits: Limits): Promise<DeploymentSet>
  /** Resolves to the id of the Set that would result. Nothing is deployed; a 400 says that the Delta doesn't fit. */
  applyDelta(setId: string, contents: DeltaContents, limits: Limits): Promise<string>
  /** What makes the old Set the new one: a Delta with new values only. */
  diffSets(newId: string, oldId: string, limits: Limits): Promise<Delta>
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

type GitHubDeploymentBody = {
  readonly ref: string
  readonly environment: string
  readonly transient_environment: boolean
  readonly payload: Readonly<Record<string, string>>
}

export type GitHubStatusBody = {
  readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'
  readonly description: string
  readonly log_url: string
  readonly environment_url?: string
}

/**
 * What is asked of GitHub, for one repository. `limits.timeoutMs` is for each request of a call; lists are complete, however
 * many pages they have. Nothing is repeated, no redirect followed. Every call rejects with a `RequestError`, or with the
 * signal's reason once it has aborted.
 */
export interface GitHub {
  /** The database id of the token's own user. */
  getOwnUserId(limits: Limits): Promise<number>
  /** All comments of a pull request, oldest first. */
  listComments(pullRequest: number, limits: Limits): Promise<GitHubComment[]>
  createComment(pullRequest: number, body: string, limits: Limits): Promise<GitHubComment>
  updateComment(id: number, body: string, limits: Limits): Promise<void>
  deleteComment(id: number, limits: Limits): Promise<void>
  /** The newest open pull request that holds a commit. */
  findOpenPullRequest(sha: string, limits: Limits): Promise<number | undefined>
  getPullRequestHead(pullRequest: number, limits: Limits): Promise<PullRequestHead>
  /** For 100 numbers at most; those that are no pull request's are left out. */
  listPullRequestStates(numbers: readonly number[], limits: Limits): Promise<ReadonlyMap<number, PullRequestState>>
  /** GitHub Deployments of an environment, newest first, as far as the first page (100) of which all are `inactive`. */
  listDeployments(environment: string, limits: Limits): Promise<GitHubDeployment[]>
  /** Resolves to its id. */
  createDeployment(body: GitHubDeploymentBody, limits: Limits): Promise<number>
  createDeploymentStatus(id: number, body: GitHubStatusBody, limits: Limits): Promise<void>
}

/** Both count from 1. */
export type Position = { readonly line: number; readonly column: number }

export type Path = readonly (string | number)[]

/** One document of YAML as plain data. `positionOf` points at a value's key, or at the nearest around it that the file has. */
type ParsedYaml = {
  readonly kind: 'parsed'
  readonly data: unknown
  readonly positionOf: (path: Path) => Position
}

/** `message` says what is wrong there, without a word of the file. */
type InvalidYaml = Position & { readonly kind: 'invalid'; readonly message: string }

/** YAML 1.2, one document of at most 100 aliases and 64 levels, no tags of its own, no key twice. */
export type ParseYaml = (text: string) => ParsedYaml | InvalidYaml

/** Why a file of the workspace is not read: `git` is for what is in or named `.git*`. */
export type FileRefusal = 'missing' | 'not a file' | 'outside' | 'git' | 'too large' | 'unreadable'

/** `path` is relative to the workspace, by `/`, with no link left in it; `size` in bytes. */
export type FileAnswer =
  | { readonly kind: 'read'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: FileRefusal; readonly size?: number }

/** The checkout: the folder that `GITHUB_WORKSPACE` names. */
export interface Workspace {
  /** A regular file within the workspace, by a path relative to it. Never rejects, never waits for a pipe. */
  readFile(path: string, limits: { readonly maxBytes: number }): Promise<FileAnswer>
}

/** What reads files of the checkout: a part of its own, which is only loaded for them. */
export type FileReader = { readonly workspace: Workspace; readonly parseYaml: ParseYaml }

export interface Clock {
  /** Milliseconds since the epoch, never going back within one process. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first, and leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title?: AnnotationText
  readonly message: AnnotationText
}

/** The runner's side: its log and its files. It takes finished text, made by a writer (src/core/text/writer.ts). All of it is synchronous, so that a killed step keeps what it had said. */
export interface Runner {
  info(line: LogLine): void
  debug(line: LogLine): void
  group(title: LogLine, lines: readonly LogLine[]): void
  annotate(annotation: Annotation): void
  setOutput(name: string, value: string): void
  saveState(name: string, value: string): void
  /** False when there is no summary file. */
  appendSummary(markdown: string): boolean
}
