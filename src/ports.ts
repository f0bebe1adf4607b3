import type {
  ActiveResource,
  DeltaBody,
  DeltaContents,
  Deployment,
  DeploymentError,
  Environment,
  EnvironmentDefinition,
  FileAnswer,
  GitHubComment,
  GitHubDeployment,
  GitHubDeploymentBody,
  GitHubStatusBody,
  LogEntry,
  ParseYaml,
  PipelineApproval,
  PipelineJob,
  PipelineRun,
  PullRequestHead,
  PullRequestState,
  ScoreConversionBody,
  StartBody,
} from './core/api.ts'
import type { Delta, DeploymentSet } from './core/delta.ts'
import type { PipelineRunId } from './core/inputs/request.ts'
import type { ContainerName, Runtime } from './core/runtime.ts'
import type { Annotation, LogLine } from './core/text/writer.ts'

// What operations need from outside, implemented in src/adapters.

export type WantedLogs = ContainerName & {
  /** Restricts the logs to this deployment's. */
  readonly deploymentId?: string
  readonly lineCount: number
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
  /** The state of the environment's workloads in the cluster. */
  getRuntime(env: string, limits: Limits): Promise<Runtime>
  /** The last lines that a container wrote, in either order: sort by time. */
  listContainerLogs(env: string, wanted: WantedLogs, limits: Limits): Promise<readonly LogEntry[]>
  /** The newest runs of a pipeline, newest first: one page of them. */
  listPipelineRuns(pipelineId: string, limits: Limits): Promise<readonly PipelineRun[]>
  getPipelineRun(run: PipelineRunId, limits: Limits): Promise<PipelineRun>
  /** Those that have begun, without their steps. */
  listPipelineJobs(run: PipelineRunId, limits: Limits): Promise<readonly PipelineJob[]>
  /** With its steps. */
  getPipelineJob(run: PipelineRunId, jobId: string, limits: Limits): Promise<PipelineJob>
  /** All approvals of a run, decided or not. */
  listApprovals(run: PipelineRunId, limits: Limits): Promise<readonly PipelineApproval[]>
  /** The deployments to an environment that a run has made, newest first. */
  listRunDeployments(env: string, run: PipelineRunId, limits: Limits): Promise<readonly Deployment[]>
  /** The workloads and shared resources of a Score file, as in a Set. Stores nothing. */
  convertScore(body: ScoreConversionBody, limits: Limits): Promise<DeltaContents>
  /** Resolves to the Delta's id. */
  createDelta(body: DeltaBody, limits: Limits): Promise<string>
  getDelta(id: string, limits: Limits): Promise<DeltaContents>
  /** Removes it from the web application's list of drafts; it can still be read. */
  archiveDelta(id: string, limits: Limits): Promise<void>
  getSet(id: string, limits: Limits): Promise<DeploymentSet>
  /** Resolves to the id of the resulting Set. Deploys nothing; 400 means that the Delta doesn't fit. */
  applyDelta(setId: string, contents: DeltaContents, limits: Limits): Promise<string>
  /** The difference from the old Set to the new one, with new values only. */
  diffSets(newId: string, oldId: string, limits: Limits): Promise<Delta>
}

/**
 * GitHub's API for one repository. `limits.timeoutMs` is for each request of a call; lists are read to their last page. Nothing is
 * repeated, no redirect followed. Every call rejects with a `RequestError`, or with the signal's reason once it has aborted.
 */
export interface GitHub {
  /** The database id of the token's user. */
  getOwnUserId(limits: Limits): Promise<number>
  /** All comments of a pull request, oldest first. */
  listComments(pullRequest: number, limits: Limits): Promise<GitHubComment[]>
  createComment(pullRequest: number, body: string, limits: Limits): Promise<GitHubComment>
  updateComment(id: number, body: string, limits: Limits): Promise<void>
  deleteComment(id: number, limits: Limits): Promise<void>
  /** The newest open pull request that contains a commit. */
  findOpenPullRequest(sha: string, limits: Limits): Promise<number | undefined>
  getPullRequestHead(pullRequest: number, limits: Limits): Promise<PullRequestHead>
  /** For at most 100 numbers; those of no pull request are left out. */
  listPullRequestStates(numbers: readonly number[], limits: Limits): Promise<ReadonlyMap<number, PullRequestState>>
  /** GitHub Deployments of an environment, newest first, up to the first page (100) with `inactive` ones only. */
  listDeployments(environment: string, limits: Limits): Promise<GitHubDeployment[]>
  /** Resolves to its id. */
  createDeployment(body: GitHubDeploymentBody, limits: Limits): Promise<number>
  createDeploymentStatus(id: number, body: GitHubStatusBody, limits: Limits): Promise<void>
}

/** The checkout: the folder that `GITHUB_WORKSPACE` names. */
export interface Workspace {
  /** Reads a regular file within the workspace, by a path relative to it. Never rejects, never blocks on a pipe. */
  readFile(path: string, limits: { readonly maxBytes: number }): Promise<FileAnswer>
}

/** Loaded only when an input names a file. */
export type FileReader = { readonly workspace: Workspace; readonly parseYaml: ParseYaml }

export interface Clock {
  /** Milliseconds since the epoch; never goes back within a process. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason if it aborts first, and leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The runner's log and files. Takes finished text, made by a writer (src/core/text/writer.ts). Synchronous, so that a killed step loses nothing. */
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
