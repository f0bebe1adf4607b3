import type { Deployment } from './core/api.ts'
import { isFinal, unknownDeployment } from './core/deployments.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { FollowRequest, Request } from './core/inputs/request.ts'
import { RequestError } from './core/network/request-error.ts'
import { postStepMs, requestLimitsMs } from './core/network/retry-policy.ts'
import { describeRemarks } from './core/report/remarks.ts'
import { type Checkpoint, findRebase, type Phase, parseCheckpoint } from './core/run/checkpoint.ts'
import { DeadlineError, type Result, StepEndError } from './core/run/result.ts'
import { addPullRequest, choosePullRequest, type WorkflowContext } from './core/run/workflow-context.ts'
import { type Context, type GitHubContext, noteDeployment } from './operations/context.ts'
import { follow } from './operations/follow.ts'
import { tryReadDeployment } from './operations/read.ts'
import { createBaseCheck, noBaseCheck, restoreBase } from './operations/rebase.ts'
import { createReport, writePostStepReport } from './operations/report.ts'
import { catchRequestError, sendRequest } from './operations/request.ts'
import { createUnknownStart, searchStart } from './operations/start-search.ts'
import type { Limits } from './ports.ts'
import {
  concludeError,
  createContext,
  createGitHubContext,
  createStore,
  loadDeploymentReporter,
  type World,
} from './world.ts'

/** The post step: does and reports what a killed run could not. `saved` is the open work in its state. Never rejects. */
export const finish = async (world: World, saved: string): Promise<void> => {
  const work = parseCheckpoint(saved)
  const parsed = parseInputs(world.inputs)
  if (!work || parsed.kind !== 'request') return
  const workflow = await findWorkflow(world, parsed.request)
  await finishWork(createPostWorld({ ...world, workflow }), parsed.request, work)
}

/** The input's pull request counts as in the run itself; one that needs checking is checked again. */
const findWorkflow = async (world: World, request: Request): Promise<WorkflowContext> => {
  const choice = choosePullRequest(world.workflow, request.pullRequest)
  if (choice.kind === 'none' || choice.kind === 'contradiction') return world.workflow
  if (choice.kind === 'unchecked') {
    const store = createStore(world, { request, followed: true })
    const github = createGitHubContext(createPostWorld(world), store, {
      request,
      deadlineMs: world.clock.now() + postStepMs,
    })
    const { checkPullRequest } = await import('./operations/github-pull-request.ts')
    const isOwn = await checkPullRequest(github, choice.number).then(
      () => true,
      () => false,
    )
    if (!isOwn) return world.workflow
  }
  return addPullRequest(world.workflow, choice.number)
}

/** Outputs and state stay those of the step that died. */
const createPostWorld = (world: World): World => ({
  ...world,
  runner: { ...world.runner, setOutput: () => undefined, saveState: () => undefined },
})

const finishWork = async (world: World, request: Request, work: Checkpoint): Promise<void> => {
  const store = createStore(world, { request, followed: true })
  const github = createGitHubContext(world, store, { request, deadlineMs: world.clock.now() + postStepMs })
  const result = await createContext(world, github, request)
    .then((context) => finishOperation(context, request, work))
    .catch((error) => concludeError(error, github))
  const report = createReport(
    world,
    store,
    chooseResult(work.reportedResult, result, store.state.deployment !== undefined),
  )
  if (work.report) writePostStepReport(world.runner, report)
  // The run's report could not say yet whether the base was restored.
  else if (findRebase(work.phase)) annotateRemarks(github)
  await (await loadDeploymentReporter(github, request, work))?.end(report)
}

/** GitHub shows the result that was reported, unless the deployment has ended since. */
const chooseResult = (reported: Result | undefined, now: Result, isFound: boolean): Result => {
  const isNews = now.outcome === 'succeeded' || now.outcome === 'failed' || (reported?.outcome === 'unknown' && isFound)
  return reported === undefined || isNews ? now : reported
}

const annotateRemarks = ({ runner, store, writer }: GitHubContext): void => {
  for (const message of describeRemarks({ state: store.state, writer })) runner.annotate({ level: 'warning', message })
}

const finishOperation = async (context: Context, request: Request, work: Checkpoint): Promise<Result> => {
  if (request.operation === 'delete' || request.operation === 'prune') {
    const { finishRemoval } = await import('./operations/removal.ts')
    return finishRemoval(context, request, work)
  }
  return finishDeployment(context, request, work)
}

/** What a killed run left open: reads its deployment once, restores its base if no start came. Starts nothing. */
const finishDeployment = async (context: Context, request: FollowRequest, { phase }: Checkpoint): Promise<Result> => {
  const killed: Result = { outcome: 'cancelled', reason: { kind: 'killed' } }
  const unread: Result = { outcome: 'cancelled', reason: { kind: 'killed', isUnread: true } }
  switch (phase?.kind) {
    case 'rebasing':
      await restoreBase(context, request.env, phase.rebase)
      return killed
    case 'starting':
      return (await finishStart(context, request, phase)) ?? killed
    case 'following_run': {
      context.store.note({ pipelineRun: phase.run })
      const call = (limits: Limits) => context.humanitec.listRunDeployments(request.env, phase.run, limits)
      const found = await catchRequestError(sendRequest(context, call, { patience: requestLimitsMs.read }))
      const [deployment] = found instanceof RequestError ? [] : found
      if (!deployment && phase.rebase)
        context.store.remark({ kind: 'base_left', rebase: phase.rebase, isInPipeline: true })
      if (found instanceof RequestError) return unread
      return (deployment && (await reportDeployment(context, request, { deployment }))) ?? killed
    }
    case 'following': {
      const { deploymentId, askedBaseId, rebase } = phase
      if (rebase) await restoreBase(context, request.env, rebase)
      const answer = await tryReadDeployment(context, request.env, deploymentId)
      if (answer instanceof RequestError) {
        noteDeployment(context.store, { ...unknownDeployment, id: deploymentId })
        return unread
      }
      return (await reportDeployment(context, request, { deployment: answer, askedBaseId })) ?? killed
    }
    default:
      return killed
  }
}

/** `askedBaseId`: the base that its start asked for, if it asked for one. */
type FoundDeployment = { readonly deployment: Deployment; readonly askedBaseId?: string | undefined }

/** Resolves to `undefined` for one that goes on. */
const reportDeployment = async (
  context: Context,
  request: FollowRequest,
  { deployment, askedBaseId }: FoundDeployment,
): Promise<Result | undefined> => {
  noteDeployment(context.store, deployment)
  if (!isFinal(deployment)) return undefined
  const base = { ...unknownDeployment, id: askedBaseId ?? '' }
  const check = askedBaseId ? createBaseCheck(context, request.env, { base, isRebased: true }) : noBaseCheck
  check.note(deployment)
  const end = await follow(context, request, deployment)
  return (await check.judge()) ?? end
}

/**
 * For a run that was killed during its start: searches for its deployment by the mark.
 *
 * @throws StepEndError with `unknown` when the list doesn't show whether there is one
 */
const finishStart = async (
  context: Context,
  request: FollowRequest,
  { start, rebase }: Extract<Phase, { kind: 'starting' }>,
): Promise<Result | undefined> => {
  const { body, newestBefore } = start
  const before = newestBefore.id === '' ? {} : { last_deploy: { ...unknownDeployment, ...newestBefore } }
  const state = await searchStart({ ...start, context, env: request.env, before }).catch(ignoreEnd)
  if (!state || state instanceof RequestError || state.kind === 'ambiguous') {
    if (rebase) context.store.remark({ kind: 'base_left', rebase })
    throw createUnknownStart(body, undefined, state && 'reason' in state ? state.reason : undefined)
  }
  if (state.kind === 'started')
    return reportDeployment(context, request, { deployment: state.deployment, askedBaseId: rebase?.newBaseId })
  if (state.kind === 'in_pipeline') {
    context.store.note({ pipelineRun: { pipelineId: state.run.pipeline_id, runId: state.run.id } })
    if (rebase) context.store.remark({ kind: 'base_left', rebase, isInPipeline: true })
  } else if (rebase) await restoreBase(context, request.env, rebase)
  return undefined
}

/** For whatever keeps the list from being read, such as the deadline: then nothing is known. */
const ignoreEnd = (error: unknown): undefined => {
  if (!(error instanceof StepEndError || error instanceof DeadlineError)) throw error
}
