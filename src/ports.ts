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

/** What operations need of the world. */

export type WantedLogs = ContainerName & {
  /** Only what was written under this deployment. */
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
