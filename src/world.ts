import type { DeploymentSet } from './core/delta.ts'
import { inputDefaults, type RawInputs, type Request } from './core/inputs/request.ts'
import { formatMark, type Sha256Hex } from './core/mark.ts'
import { noPace } from './core/network/pace.ts'
import { formatEvent } from './core/report/log.ts'
import { formatOutputs } from './core/report/outputs.ts'
import type { Checkpoint } from './core/run/checkpoint.ts'
import type { LogEvent } from './core/run/log-event.ts'
import { determineResult, type Result, type RunState } from './core/run/result.ts'
import type { WorkflowContext } from './core/run/workflow-context.ts'
import type { Writer } from './core/text/writer.ts'
import {
  type Context,
  createPlainRunner,
  createRunStore,
  type GitHubContext,
  type RunStore,
} from './operations/context.ts'
import type { DeploymentReporter } from './operations/github-reporter.ts'
import { createRateLimiter, createSideLimiter, noRateLimit, noSideLimit } from './operations/rate-limiter.ts'
import type { Clock, FileReader, GitHub, Humanitec, Runner } from './ports.ts'

/** Everything that a step of a workflow is given: the process's by src/main.ts, virtual ones by tests. */
export type World = {
  readonly inputs: RawInputs
  readonly workflow: WorkflowContext
  readonly runner: Runner
  readonly clock: Clock
  readonly random: () => number
  readonly sha256hex: Sha256Hex
  /** On the clock: when the action began. */
  readonly startedMs: number
  readonly cancel: AbortSignal
  /** Makes the text of everything that people and later steps get to see. */
  readonly writer: Writer
  /** Rejects with a StepEndError when there is no way to the API. */
  readonly connect: (request: Request) => Promise<Humanitec>
  /** Called only when an input asks for GitHub. Rejects with a StepEndError when there is no way to it. */
  readonly connectGitHub: (request: Request) => Promise<GitHub>
  /** Called only when an input names files of the checkout. */
  readonly loadFileReader: () => Promise<FileReader>
}

/** For what is shown on GitHub, which doesn't need Humanitec's API. */
export const createGitHubContext = (
  world: World,
  store: RunStore,
  { request, deadlineMs }: { readonly request: Request; readonly deadlineMs: number },
): GitHubContext => {
  let github: Promise<GitHub> | undefined
  const connectGitHub = () => {
    github ??= world.connectGitHub(request)
    return github
  }
  return {
    ...world,
    runner: createPlainRunner(world.runner, world.writer),
    store,
    deadlineMs,
    connectGitHub,
    gitHubRateLimit: { untilMs: 0, isReported: false },
    log: createLog(world),
  }
}

const createLog =
  ({ runner, clock, writer }: World) =>
  (event: LogEvent): void => {
    const { lines, annotations } = formatEvent(event, { nowMs: clock.now(), writer })
    for (const line of lines) runner.info(line)
    for (const annotation of annotations) runner.annotate(annotation)
  }

/** A Set's id is a hash of its contents: each is read once. */
const rememberSets = (humanitec: Humanitec): Humanitec => {
  const known = new Map<string, DeploymentSet>()
  return {
    ...humanitec,
    getSet: async (id, limits) => {
      const set = known.get(id) ?? (await humanitec.getSet(id, limits))
      known.set(id, set)
      return set
    },
  }
}

/** Rejects with a StepEndError when there is no way to the API. */
export const createContext = async (world: World, github: GitHubContext, request: Request): Promise<Context> => {
  const limiters =
    request.pollInterval === 'auto'
      ? { rateLimiter: createRateLimiter(world.clock), sideLimiter: createSideLimiter(world.clock) }
      : { rateLimiter: noRateLimit, sideLimiter: noSideLimit }
  const { runUrl, job, step } = world.workflow
  const { org, app, env } = request
  return {
    ...github,
    ...limiters,
    api: { hasAnswered: false, isDefaultUrl: request.apiUrl === inputDefaults.api_url, pace: noPace },
    humanitec: rememberSets(await world.connect(request)),
    formatMark: (files = []) =>
      formatMark({ runUrl, job, step, org, app, env, inputs: world.inputs, files }, world.sha256hex),
  }
}

export const isGitHubAsked = ({ prComment, githubDeployment }: Request): boolean => prComment || githubDeployment

/**
 * For a deployment that is to be shown on GitHub. Loaded late, since most runs don't need it; if that fails, the deployment goes on
 * without it.
 */
export const loadDeploymentReporter = async (
  context: GitHubContext,
  request: Request,
  open?: Checkpoint,
): Promise<DeploymentReporter | undefined> => {
  if (request.operation === 'delete' || request.operation === 'prune' || !isGitHubAsked(request)) return undefined
  try {
    const { createDeploymentReporter } = await import('./operations/github-reporter.ts')
    return createDeploymentReporter(context, request, open)
  } catch (error) {
    context.runner.annotate({ level: 'warning', message: `This run will not be shown on GitHub: ${error}` })
    return undefined
  }
}

/** What an exception that reaches the top means. The stack of one that nobody foresaw goes to the debug log. */
export const concludeError = (error: unknown, { runner }: Pick<GitHubContext, 'runner'>): Result => {
  const result = determineResult(error)
  if (result.reason?.kind === 'internal_error')
    runner.debug(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return result
}

/** What is known of the run, from `first` on. */
export const createStore = ({ runner, writer }: World, first?: Partial<RunState>): RunStore => {
  const remembering = { ...writer, output: rememberTexts(writer.output) }
  return createRunStore({ runner, writer, formatOutputs: (state) => formatOutputs(state, remembering) }, first)
}

/** Each poll formats all outputs again, of which hardly any has changed. */
const rememberTexts = (format: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>()
  return (text) => {
    const formatted = known.get(text) ?? format(text)
    known.set(text, formatted)
    return formatted
  }
}
