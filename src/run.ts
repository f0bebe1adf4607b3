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
  const step = parseStep(world)
  const { result } =
    step.kind === 'nothing' ? await reportResult(world, store, step.result) : await checkAndCarryOut(world, store, step)
  return result.outcome
}

type ParsedStep =
  /** `unchecked`: the pull request of the input, which another workflow's run may have chosen. */
  | {
      readonly kind: 'request'
      readonly request: Request
      readonly workflow: WorkflowContext
      readonly unchecked?: number
    }
  | { readonly kind: 'nothing'; readonly result: Result }

/** What the step is to do, or how it ends before doing anything. */
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

/** A pull request that is unchecked is checked first: nothing may be written into somebody else's. */
const checkAndCarryOut = async (
  world: World,
  store: RunStore,
  { request, workflow, unchecked }: Extract<ParsedStep, { kind: 'request' }>,
): Promise<Report> => {
  noteRequest(store, request)
  const checked = { ...world, workflow }
  const github = createGitHubContext(checked, store, { request, deadlineMs: world.startedMs + request.timeoutMs })
  const failure = unchecked === undefined ? undefined : await findPullRequestFailure(github, unchecked)
  return failure ? reportResult(world, store, failure) : carryOut(checked, github, request)
}

const findPullRequestFailure = async (github: GitHubContext, number: number): Promise<Result | undefined> => {
  const { checkPullRequest } = await import('./operations/github-pull-request.ts')
  return checkPullRequest(github, number).then(
    () => undefined,
    (error) => concludeError(error, github),
  )
}

const carryOut = async (world: World, github: GitHubContext, request: Request): Promise<Report> => {
  const { store } = github
  store.saveCheckpoint({ report: true })
  const reporter = await loadDeploymentReporter(github, request)
  reporter?.begin()
  if (reporter) store.listen(reporter.follow)
  const result = await operate(world, github, request).catch((error) => concludeError(error, github))
  const report = await reportResult(world, store, await describeScoreFailure(world, result))
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

/** Reasons from Score files are worded by a part that is loaded only for them. */
const describeScoreFailure = async ({ writer }: World, result: Result): Promise<Result & ReportedResult> => {
  const { outcome, reason } = result
  if (reason?.kind !== 'score') return result
  const { describeScoreReason } = await import('./core/report/score-problems.ts')
  return { outcome, problem: describeScoreReason(reason.score, writer) }
}

const noteRequest = (store: RunStore, request: Request): void => {
  const url = 'environmentUrl' in request ? request.environmentUrl : undefined
  store.note({ request, environmentUrls: url === undefined ? [] : [url] })
}

/** The report's code is loaded at the end, not before the first request. */
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
      const { remove } = await import('./operations/removal.ts')
      return remove(context, request)
    }
  }
}

/** The files of `score` are read by a part that is loaded only for them. */
const addScore = async (context: Context, request: DeployRequest): Promise<Context> => {
  const { score } = request
  if (!score) return context
  const { readScore } = await import('./operations/score.ts')
  return { ...context, score: await readScore(context, { ...request, score }) }
}
