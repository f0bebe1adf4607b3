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
  /** Loads what speaks to GitHub, at the first call. */
  readonly connectGitHub: () => Promise<GitHub>
  /** GitHub's limit for the token, which all that ask in its name share: the refusal that said so; people are told once. */
  readonly gitHubRateLimit: { error?: RequestError; untilMs: number; isReported: boolean }
  /** Loads what reads the checkout, at the first call. */
  readonly loadFileReader: () => Promise<FileReader>
  /** The files of the input `score`, read and checked before anything is asked of Humanitec. */
  readonly score?: Score
  readonly clock: Clock
  readonly runner: PlainRunner
  readonly store: RunStore
  readonly workflow: WorkflowContext
  readonly writer: Writer
  readonly rateLimiter: RateLimiter
  /** For what is read beside a deployment that is waited for. */
  readonly sideLimiter: SideLimiter
  /** What is known of the API, by all requests of the step. */
  readonly api: ApiState
  /** The mark of this use of the action. `files`: what the Score files hold, where there are any. */
  readonly formatMark: (files?: MarkedUse['files']) => string
  /** Writes to the log. */
  readonly log: (event: LogEvent) => void
  /** 0 to 1, for jitter. */
  readonly random: () => number
  /** On the clock: the action's start and its deadline. */
  readonly startedMs: number
  readonly deadlineMs: number
  /** Aborts with a `Cancelled` when the runner signals. */
  readonly cancel: AbortSignal
}

/** The runner's log for plain text, of our own or from outside: a writer makes it fit on its way. */
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

/** All but Humanitec's API: what is reported to GitHub needs no more, and goes on when there is no way to the API. */
export type GitHubContext = Omit<Context, 'humanitec' | 'rateLimiter' | 'sideLimiter' | 'api' | 'formatMark'>

export const isPastDeadline = ({ clock, deadlineMs }: Pick<Context, 'clock' | 'deadlineMs'>): boolean =>
  clock.now() >= deadlineMs

/** Whether nothing is tried again after a pause of so many milliseconds. */
export const isLastBefore = ({ clock, deadlineMs }: Context, delayMs: number): boolean =>
  clock.now() + delayMs >= deadlineMs

/** Sleeps for `ms`, but not past the deadline. */
export const sleep = ({ clock, deadlineMs, cancel }: Context, ms: number): Promise<void> =>
  clock.sleep(Math.max(0, Math.min(ms, deadlineMs - clock.now())), cancel)

/** Sleeps for `ms`, or as long as the rate limiter asks for, but not past the deadline. */
export const pause = (context: Context, ms: number): Promise<void> =>
  sleep(context, Math.max(ms, context.rateLimiter.takeDelayMs()))

/** Sleeps before another try; there is none past the deadline. */
export const pauseBeforeRetry = async (context: Context, ms: number, cause?: unknown): Promise<void> => {
  await pause(context, ms)
  if (isPastDeadline(context)) throw new DeadlineError({ cause })
}

/** What is known of the run, told to the runner the moment it is known: a killed step keeps it. */
export type RunStore = {
  readonly state: RunState
  /** What the post step would have to finish. */
  readonly checkpoint: Checkpoint
  note(news: Partial<RunState>): void
  /** Told the state whenever something was noted. */
  listen(listener: (state: RunState) => void): void
  /** Adds what a person should read beside the ending. */
  remark(remark: Remark): void
  /** Saves what the post step has to finish if this process dies now. A field set to `undefined` is no longer open. */
  saveCheckpoint(news: { readonly [Field in keyof Checkpoint]: Checkpoint[Field] | undefined }): void
  /** The same for how far the deployment got, by a transition of src/core/run/checkpoint.ts. */
  advance(transition: (phase: Phase | undefined) => Phase | undefined): void
}

/** `formatOutputs`: each that has become known is told at once. */
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

/** The one text in it that people write: to be called before it is cut. Nothing is found again by it. */
const redactStartComment = ({ text }: Writer, checkpoint: Checkpoint): Checkpoint => {
  const { phase } = checkpoint
  if (phase?.kind !== 'starting') return checkpoint
  const { start } = phase
  const body = { ...start.body, comment: text(start.body.comment) }
  return { ...checkpoint, phase: { ...phase, start: { ...start, body } } }
}

/** The deployment as it is now, with the run of a pipeline that it belongs to. */
export const noteDeployment = (store: RunStore, deployment: Deployment): void => {
  const pipelineRun = toRunId(deployment.pipeline)
  store.note({ deployment, ...(pipelineRun && { pipelineRun }) })
}

/** Before a start: what the environment shows of what ours will be compared with. */
export const notePrevious = (store: RunStore, { last_deploy }: Environment): void => {
  if (!last_deploy) store.note({ previous: null })
  else if (hasSucceeded(last_deploy)) store.note({ previous: last_deploy })
}

/** Score files that were read with all that they name, and found good. */
export type Score = {
  /** What was read, in order. The mark knows them by `input` and `bytes`. */
  readonly files: readonly ReadFile[]
  /**
   * What a Delta holds that brings the files whole. They are converted once, however often it is called.
   *
   * @param readBase the Set that it will be applied to, if there is one
   * @throws Failed with `error` for a base that it doesn't fit, for files that Humanitec refuses, and for those that don't fit
   *   into one Delta
   */
  convert(readBase: ReadBase): Promise<DeltaContents>
}

export type ReadBase = () => Promise<DeploymentSet | undefined>

/** `input`: the one that names it. `path` is relative to the workspace. */
export type ReadFile = { readonly input: string; readonly path: string; readonly bytes: Uint8Array }
