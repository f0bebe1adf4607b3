import { parseInputs } from './core/inputs/inputs.ts'
import type { DeployRequest, InputError, Request } from './core/inputs/request.ts'
import { withoutStart } from './core/run/checkpoint.ts'
import type { Outcome, ReportedResult } from './core/run/outcome.ts'
import type { Report, Result } from './core/run/result.ts'
import {
  addPullRequest,
  choosePullRequest,
  formatContradiction,
  hasNoSecrets,
  type WorkflowContext,
} from './core/run/workflow-context.ts'
import type { Context, GitHubContext, RunStore } from './operations/context.ts'
import { deploy } from './operations/deploy.ts'
import {
  concludeError,
  createContext,
  createGitHubContext,
  createStore,
  isGitHubAsked,
  loadDeploymentReporter,
  type World,
} from './world.ts'

/** One step of a workflow, from its inputs to its report. Never rejects. */
export const run = async (world: World): Promise<Outcome> => {
  const store = createStore(world)
  const order = parseStep(world)
  const { result } =
    order.kind === 'nothing'
      ? await reportResult(world, store, order.result)
      : await checkAndCarryOut(world, store, order)
  return result.outcome
}

type ParsedStep =
  /** `unchecked`: the pull request of the input, which another workflow's run may have made up. */
  | {
      readonly kind: 'request'
      readonly request: Request
      readonly workflow: WorkflowContext
      readonly unchecked?: number
    }
  | { readonly kind: 'nothing'; readonly result: Result }

/** What there is to do, or how it ends before anything is done. */
const parseStep = ({ inputs, workflow }: World): ParsedStep => {
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

const refuse = (inputErrors: readonly InputError[]): ParsedStep => ({
  kind: 'nothing',
  result: { outcome: 'error', reason: { kind: 'input_errors', inputErrors } },
})

/** Before anything else is done, and before anything is written into the pull request. */
const checkAndCarryOut = async (
  world: World,
  store: RunStore,
  { request, workflow, unchecked }: Extract<ParsedStep, { kind: 'request' }>,
): Promise<Report> => {
  if (unchecked === undefined) return carryOut({ ...world, workflow }, store, request)
  noteRequest(store, request)
  const github = createGitHubContext(world, store, { request, deadlineMs: world.startedMs + request.timeoutMs })
  const failure = await import('./operations/github-reporter.ts').then(({ checkPullRequest }) =>
    checkPullRequest(github, unchecked).then(
      () => undefined,
      (error) => concludeError(error, github),
    ),
  )
  return failure ? reportResult(world, store, failure) : carryOut({ ...world, workflow }, store, request)
}

const carryOut = async (world: World, store: RunStore, request: Request): Promise<Report> => {
  noteRequest(store, request)
  store.saveCheckpoint({ report: true })
  const github = createGitHubContext(world, store, { request, deadlineMs: world.startedMs + request.timeoutMs })
  const reporter = await loadDeploymentReporter(github, request)
  reporter?.begin()
  if (reporter) store.listen(reporter.follow)
  const result = await operate(world, github, request).catch((error) => concludeError(error, github))
  const report = await reportResult(world, store, await wordScoreFailure(world, result))
  const { formatReportedResult, annotateLateSignal } = await import('./operations/report.ts')
  store.saveCheckpoint({
    report: undefined,
    ...(reporter ? { reportedResult: formatReportedResult(report) } : { phase: withoutStart(store.checkpoint.phase) }),
    ...(!isGitHubAsked(request) && { deletions: undefined, moreDeletions: undefined }),
  })
  await reporter?.end(report)
  if (world.cancel.aborted) annotateLateSignal(world.runner, report)
  const { comment, githubDeployment } = store.checkpoint
  if (!comment && !githubDeployment)
    store.saveCheckpoint({ phase: withoutStart(store.checkpoint.phase), reportedResult: undefined })
  return report
}

/** What Score files alone can bring about is worded by a part that is loaded only then. */
const wordScoreFailure = async ({ writer }: World, result: Result): Promise<Result & ReportedResult> => {
  const { outcome, reason } = result
  if (reason?.kind !== 'score') return result
  const { describeScoreReason } = await import('./core/report/score-problems.ts')
  return { outcome, problem: describeScoreReason(reason.score, writer) }
}

const noteRequest = (store: RunStore, request: Request): void => {
  const url = 'environmentUrl' in request ? request.environmentUrl : undefined
  store.note({ request, environmentUrls: url === undefined ? [] : [url] })
}

/** What makes the report is loaded at the end, and not before the first request. */
const reportResult = async (world: World, store: RunStore, result: Result & ReportedResult): Promise<Report> => {
  const { createReport, writeReport } = await import('./operations/report.ts')
  const report = createReport(world, store, result)
  writeReport(world.runner, report)
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
