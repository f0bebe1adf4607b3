import type { DeltaContents, Deployment, Environment } from '../core/api.ts'
import type { DeploymentSet } from '../core/delta.ts'
import { hasSucceeded } from '../core/deployments.ts'
import type { MarkedUse } from '../core/mark.ts'
import type { RequestError } from '../core/network/request-error.ts'
import { toRunId } from '../core/pipelines.ts'
import { type Checkpoint, formatCheckpoint, type Phase } from '../core/run/checkpoint.ts'
import type { LogEvent } from '../core/run/log-event.ts'
import type { Remark } from '../core/run/reason.ts'
import { DeadlineError, emptyRunState, type RunState } from '../core/run/result.ts'
import type { WorkflowContext } from '../core/run/workflow-context.ts'
import type { Annotation, Writer } from '../core/text/writer.ts'
import type { Clock, FileReader, GitHub, Humanitec, Runner } from '../ports.ts'
import type { ApiState, RateLimiter, SideLimiter } from './rate-limiter.ts'

/** What every operation of a step is given: the ports, the deadline, the one abort signal, and where to note what is known. */
export type Context = {
  readonly humanitec: Humanitec
  /** Loads the GitHub client at the first call. */
  readonly connectGitHub: () => Promise<GitHub>
  /** GitHub's rate limit for the token, shared by all requests: the refusal, until when it holds, whether it was warned about. */
  readonly gitHubRateLimit: { error?: RequestError; untilMs: number; isReported: boolean }
  /** Loads the reader of the checkout at the first call. */
  readonly loadFileReader: () => Promise<FileReader>
  /** The files of the input `score`, read and checked before the first request to Humanitec. */
  readonly score?: Score
  readonly clock: Clock
  readonly runner: PlainRunner
  readonly store: RunStore
  readonly workflow: WorkflowContext
  readonly writer: Writer
  readonly rateLimiter: RateLimiter
  /** For side checks during the wait for a deployment. */
  readonly sideLimiter: SideLimiter
  /** What the step's requests have shown of the API. */
  readonly api: ApiState
  /** The mark of this use of the action. `files`: the contents of the Score files, if any. */
  readonly formatMark: (files?: MarkedUse['files']) => string
  /** Writes to the log. */
  readonly log: (event: LogEvent) => void
  /** 0 to 1, for jitter. */
  readonly random: () => number
  /** On the clock: the action's start and its deadline. */
  readonly startedMs: number
  readonly deadlineMs: number
  /** Aborts with a `CancelledError` when the runner signals. */
  readonly cancel: AbortSignal
}

/** The runner's log for plain text, the action's own or from outside: the writer cleans it. */
type PlainRunner = {
  info(text: string): void
  debug(text: string): void
  annotate(annotation: { readonly level: Annotation['level']; readonly title?: string; readonly message: string }): void
}

export const createPlainRunner = (runner: Runner, writer: Writer): PlainRunner => ({
  info: (text) => runner.info(writer.logLine(text)),
  debug: (text) => runner.debug(writer.logLine(text)),
  annotate: ({ level, title, message }) =>
    runner.annotate({
      level,
      message: writer.annotation(message),
      ...(title !== undefined && { title: writer.annotationTitle(title) }),
    }),
})

/** All but Humanitec's API: enough to report to GitHub, also when the API can't be reached. */
export type GitHubContext = Omit<Context, 'humanitec' | 'rateLimiter' | 'sideLimiter' | 'api' | 'formatMark'>

export const isPastDeadline = ({ clock, deadlineMs }: Pick<Context, 'clock' | 'deadlineMs'>): boolean =>
  clock.now() >= deadlineMs

/** Whether a pause of `delayMs` would end past the deadline. */
export const isLastBefore = ({ clock, deadlineMs }: Context, delayMs: number): boolean =>
  clock.now() + delayMs >= deadlineMs

/** Sleeps for `ms`, but not past the deadline. */
export const sleep = ({ clock, deadlineMs, cancel }: Context, ms: number): Promise<void> =>
  clock.sleep(Math.max(0, Math.min(ms, deadlineMs - clock.now())), cancel)

/** Sleeps for `ms`, or as long as the rate limiter asks for, but not past the deadline. */
export const pause = (context: Context, ms: number): Promise<void> =>
  sleep(context, Math.max(ms, context.rateLimiter.takeDelayMs()))

/**
 * Pauses before another try.
 *
 * @throws DeadlineError with the cause past the deadline
 */
export const pauseBeforeRetry = async (context: Context, ms: number, cause?: unknown): Promise<void> => {
  await pause(context, ms)
  if (isPastDeadline(context)) throw new DeadlineError({ cause })
}

/** What is known of the run. Outputs and open work are handed to the runner at once, so that they survive a killed step. */
export type RunStore = {
  readonly state: RunState
  /** What the post step would have to finish. */
  readonly checkpoint: Checkpoint
  note(news: Partial<RunState>): void
  /** Calls the listener with the state after each `note`. */
  listen(listener: (state: RunState) => void): void
  /** Adds a remark, which the report shows beside the result. */
  remark(remark: Remark): void
  /** Saves what the post step has to finish if this process dies now. A field set to `undefined` is no longer open. */
  saveCheckpoint(news: { readonly [Field in keyof Checkpoint]: Checkpoint[Field] | undefined }): void
  /** Saves how far the deployment got, by a transition of src/core/run/checkpoint.ts. */
  advance(transition: (phase: Phase | undefined) => Phase | undefined): void
}

/** `formatOutputs`: of a state; an output is set as soon as its value changes. */
type StoreParts = {
  readonly runner: Runner
  readonly writer: Writer
  readonly formatOutputs: (state: RunState) => Readonly<Record<string, string>>
}

export const createRunStore = (
  { runner, writer, formatOutputs }: StoreParts,
  first: Partial<RunState> = {},
): RunStore => {
  let state: RunState = { ...emptyRunState, ...first }
  let published = formatOutputs(state)
  let checkpoint: Checkpoint = {}
  const listeners: ((state: RunState) => void)[] = []
  const note = (news: Partial<RunState>): void => {
    state = { ...state, ...news }
    const outputs = formatOutputs(state)
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== published[name]) runner.setOutput(name, value)
    }
    published = outputs
    for (const listener of listeners) listener(state)
  }
  const saveCheckpoint: RunStore['saveCheckpoint'] = (news) => {
    checkpoint = { ...checkpoint, ...news } as Checkpoint
    runner.saveState('open', formatCheckpoint(redactStartComment(writer, checkpoint)))
  }
  return {
    get state() {
      return state
    },
    get checkpoint() {
      return checkpoint
    },
    note,
    listen: (listener) => {
      listeners.push(listener)
    },
    remark: (remark) => note({ remarks: [...state.remarks, remark] }),
    saveCheckpoint,
    advance: (transition) => {
      const phase = transition(checkpoint.phase)
      if (phase !== checkpoint.phase) saveCheckpoint({ phase })
    },
  }
}

/** The start's comment is the only text in it that people write. Redacted before it is cut, and never compared with anything. */
const redactStartComment = ({ text }: Writer, checkpoint: Checkpoint): Checkpoint => {
  const { phase } = checkpoint
  if (phase?.kind !== 'starting') return checkpoint
  const { start } = phase
  const body = { ...start.body, comment: text(start.body.comment) }
  return { ...checkpoint, phase: { ...phase, start: { ...start, body } } }
}

/** Notes the deployment's latest state, and the pipeline run that it belongs to. */
export const noteDeployment = (store: RunStore, deployment: Deployment): void => {
  const pipelineRun = toRunId(deployment.pipeline)
  store.note({ deployment, ...(pipelineRun && { pipelineRun }) })
}

/** Before a start: notes what ours will be compared with, as far as the environment shows it. */
export const notePrevious = (store: RunStore, { last_deploy }: Environment): void => {
  if (!last_deploy) store.note({ previous: null })
  else if (hasSucceeded(last_deploy)) store.note({ previous: last_deploy })
}

/** Score files, read with all files that they name, and without mistakes. */
export type Score = {
  /** In the order of reading. The mark is made of their `input` and `bytes`, too. */
  readonly files: readonly ReadFile[]
  /**
   * The contents of a Delta that adds everything in the files. They are converted once, however often it is called.
   *
   * @param readBase the Set that it will be applied to, if there is one
   * @throws StepEndError with `error` for a base that they don't fit, for files that Humanitec refuses, and for those that don't
   *   fit into one Delta
   */
  convert(readBase: ReadBase): Promise<DeltaContents>
}

export type ReadBase = () => Promise<DeploymentSet | undefined>

/** `input`: the one that names it. `path` is relative to the workspace. */
export type ReadFile = { readonly input: string; readonly path: string; readonly bytes: Uint8Array }
