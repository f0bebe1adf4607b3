import type { DeploymentSet } from './core/deployment-set.ts'
import type { RawInputs } from './core/inputs/input-names.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { DeployRequest, InputError, Request } from './core/inputs/request.ts'
import { formatMark, type Sha256Hex } from './core/mark.ts'
import { formatEvent, isWarning } from './core/report/log.ts'
import { formatNotice } from './core/report/pipeline-problems.ts'
import { type Checkpoint, withoutStart } from './core/run/checkpoint.ts'
import type { LogEvent } from './core/run/log-event.ts'
import type { Report, Result } from './core/run/outcome.ts'
import type { Outcome, ReportedResult } from './core/run/problem.ts'
import { addPullRequest, choosePullRequest, formatContradiction } from './core/run/pull-request.ts'
import { hasNoSecrets, type WorkflowContext } from './core/run/workflow-context.ts'
import type { Writer } from './core/text/writer.ts'
import { type Context, createPlainRunner, type GitHubContext } from './operations/context.ts'
import { deploy } from './operations/deploy.ts'
import type { DeploymentReporter } from './operations/github-request.ts'
import { createRateLimiter, createSideLimiter, noRateLimit, noSideLimit } from './operations/rate-limiter.ts'
import { determineResult } from './operations/result.ts'
import { createRunStore, type RunStore } from './operations/run-state.ts'
import type { Clock, FileReader, GitHub, Humanitec, Runner } from './ports.ts'

/** One step of a workflow, from its inputs to its report. Never rejects. */
export const run = async (world: World): Promise<Outcome> => {
  const store = createRunStore(world.runner, world.writer)
  const order = parseOrder(world)
  const { result } =
    order.kind === 'nothing' ? await tell(world, store, order.result) : await carryOutOrder(world, store, order)
  return result.outcome
}

type Order =
  /** `unchecked`: the pull request of the input, which another workflow's run may have made up. */
  | {
      readonly kind: 'request'
      readonly request: Request
      readonly workflow: WorkflowContext
      readonly unchecked?: number
    }
  | { readonly kind: 'nothing'; readonly result: Result }

/** What there is to do, or how it ends before anything is done. */
const parseOrder = ({ inputs, workflow }: World): Order => {
  if (inputs.token === '' && hasNoSecrets(workflow))
    return { kind: 'nothing', result: { outcome: 'skipped', reason: { kind: 'no_secrets' } } }
  const parsed = parseInputs(inputs)
  if (parsed.kind !== 'request') return refuse(parsed.inputErrors)
  const choice = choosePullRequest(workflow, parsed.request.pullRequest)
  if (choice.kind === 'contradiction') return refuse([formatContradiction(choice)])
  return {
    ...parsed,
    workflow: choice.kind === 'none' ? workflow : addPullRequest(workflow, choice.number),
    ...(choice.kind === 'unchecked' && { unchecked: choice.number }),
  }
}

const refuse = (inputErrors: readonly InputError[]): Order => ({
  kind: 'nothing',
  result: { outcome: 'error', reason: { kind: 'input_errors', inputErrors } },
})

/** Before anything else is done, and before anything is written into the pull request. */
const carryOutOrder = async (
  world: World,
  store: RunStore,
  { request, workflow, unchecked }: Extract<Order, { kind: 'request' }>,
): Promise<Report> => {
  if (unchecked === undefined) return carryOut({ ...world, workflow }, store, request)
  noteRequest(store, request)
  const github = createGitHubContext(world, store, request, world.startedMs + request.timeoutMs)
  const failure = await import('./operations/pull-request.ts').then(({ checkPullRequest }) =>
    checkPullRequest(github, unchecked).then(
      () => undefined,
      (error) => determineResult(error, github.runner),
    ),
  )
  return failure ? tell(world, store, failure) : carryOut({ ...world, workflow }, store, request)
}

const carryOut = async (world: World, store: RunStore, request: Request): Promise<Report> => {
  noteRequest(store, request)
  store.saveCheckpoint({ report: true })
  const github = createGitHubContext(world, store, request, world.startedMs + request.timeoutMs)
  const reporter = await loadDeploymentReporter(github, request)
  reporter?.begin()
  const result = await operate(world, github, request).catch((error) => determineResult(error, github.runner))
  const report = await tell(world, store, await wordScoreFailure(world, result))
  const { formatTold, tellLateSignal } = await import('./operations/report.ts')
  store.saveCheckpoint({
    report: undefined,
    ...(reporter ? { told: formatTold(report) } : { phase: withoutStart(store.checkpoint.phase) }),
    ...(!isGitHubAsked(request) && { deletions: undefined, moreDeletions: undefined }),
  })
  await reporter?.end(report)
  if (world.cancel.aborted) tellLateSignal(world.runner, report)
  const { comment, githubDeployment } = store.checkpoint
  if (!comment && !githubDeployment)
    store.saveCheckpoint({ phase: withoutStart(store.checkpoint.phase), told: undefined })
  return report
}

/** What Score files alone can bring about is worded by a part that is loaded only then. */
const wordScoreFailure = async ({ writer }: World, result: Result): Promise<Result & ReportedResult> => {
  const { outcome, reason } = result
  if (reason?.kind !== 'score') return result
  const { wordScoreReason } = await import('./core/report/score-problems.ts')
  return { outcome, problem: wordScoreReason(reason.score, writer) }
}

const noteRequest = (store: RunStore, request: Request): void => {
  const url = 'environmentUrl' in request ? request.environmentUrl : undefined
  store.note({ request, environmentUrls: url === undefined ? [] : [url] })
}

/** What makes the report is loaded at the end, and not before the first request. */
const tell = async (world: World, store: RunStore, result: Result & ReportedResult): Promise<Report> => {
  const { createReport, tellReport } = await import('./operations/report.ts')
  const report = createReport(world, store, result)
  tellReport(world.runner, report)
  return report
}

const operate = async (world: World, github: GitHubContext, request: Request): Promise<Result> => {
  const context = await createContext(world, github, request)
  switch (request.operation) {
    case 'deploy': {
      const ready = await addScore(context, request)
      if (!request.dryRun) return deploy(ready, request)
      const { plan } = await import('./operations/plan.ts')
      return plan(ready, request)
    }
    case 'wait': {
      const { followExisting } = await import('./operations/follow.ts')
      return followExisting(context, request)
    }
    case 'delete':
    case 'prune': {
      const { remove } = await import('./operations/prune.ts')
      return remove(context, request)
    }
  }
}

/** The files of `score` are read by a part that is loaded only then. */
const addScore = async (context: Context, request: DeployRequest): Promise<Context> =>
  request.score
    ? { ...context, score: await (await import('./operations/score.ts')).readScore(context, request) }
    : context

/** What GitHub's pages are told through; Humanitec's API is not needed for that. */
export const createGitHubContext = (
  world: World,
  store: RunStore,
  request: Request,
  deadlineMs: number,
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
    gitHubRateLimit: { untilMs: 0, isTold: false },
    log: createLog(world),
  }
}

const createLog =
  ({ runner, clock, writer }: World) =>
  (event: LogEvent): void => {
    const lines = formatEvent(event, { nowMs: clock.now(), writer })
    const notice = formatNotice(event)
    const plain = createPlainRunner(runner, writer)
    if (isWarning(event)) plain.annotate({ level: 'warning', message: lines.join('\n') })
    else for (const line of lines) runner.info(line)
    if (notice) plain.annotate(notice)
  }

/** A Set's id is a hash of what it holds: it is read once for all who need it. */
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

/** Rejects with a `Failed` when there is no way to the API. */
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
    api: { hasAnswered: false },
    humanitec: rememberSets(await world.connect(request)),
    formatMark: (files = []) =>
      formatMark({ runUrl, job, step, org, app, env, inputs: world.inputs, files }, world.sha256hex),
  }
}

const isGitHubAsked = ({ prComment, githubDeployment }: Request): boolean => prComment || githubDeployment

/**
 * For a deployment that GitHub's pages are to show. What most runs don't need is loaded late; without it the deployment goes
 * on: those pages never change a result.
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

/** All that a step of a workflow is given. Made of a process by src/main.ts, of virtual things by tests. */
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
  /** By which all that people and later steps get to see becomes text. */
  readonly writer: Writer
  /** Rejects with a `Failed` when there is no way to the API. */
  readonly connect: (request: Request) => Promise<Humanitec>
  /** Called only when an input asks for GitHub. Rejects with a `Failed` when there is no way to it. */
  readonly connectGitHub: (request: Request) => Promise<GitHub>
  /** Called only when an input names files of the checkout. */
  readonly loadFileReader: () => Promise<FileReader>
}
