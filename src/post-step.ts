import { isFinal, unknownDeployment } from './core/deployments.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { DeployRequest, Request, WaitRequest } from './core/inputs/request.ts'
import { RequestError } from './core/network/request-error.ts'
import { postStepMs, requestLimitsMs } from './core/network/retry-policy.ts'
import { formatBaseLeft } from './core/report/problems.ts'
import { type Checkpoint, parseCheckpoint } from './core/run/checkpoint.ts'
import { Failed, type Result, TimeoutError } from './core/run/outcome.ts'
import type { Context, GitHubContext } from './operations/context.ts'
import { follow } from './operations/follow.ts'
import { putBaseBack } from './operations/rebase.ts'
import { determineResult, tellAfterwards } from './operations/report.ts'
import { orError, sendRequest } from './operations/request.ts'
import { createRunStore } from './operations/run-state.ts'
import { createFateUnknown, searchList } from './operations/start.ts'
import type { Deployment } from './ports.ts'
import { createContext, createGitHubContext, createReport, loadDeploymentReporter, type World } from './run.ts'

/** The post step: tells what a killed run could not. `saved` is the open work of its state. Never rejects. */
export const finish = async (world: World, saved: string): Promise<void> => {
  const work = parseCheckpoint(saved)
  const parsed = parseInputs(world.inputs)
  if (work && parsed.kind === 'request') await finishWork(createPostWorld(world), parsed.request, work)
}

/** Outputs and state are those of the step that died. */
const createPostWorld = (world: World): World => ({
  ...world,
  runner: { ...world.runner, setOutput: () => undefined, saveState: () => undefined },
})

const finishWork = async (world: World, request: Request, work: Checkpoint): Promise<void> => {
  const store = createRunStore(world.runner, world.writer, { request, followed: true })
  const github = createGitHubContext(world, store, request, world.clock.now() + postStepMs)
  const result = await finishOperation(world, github, request, work).catch((error) =>
    determineResult(error, github.runner),
  )
  const report = createReport(world, store, chooseResult(work.told, result, store.state.deployment !== undefined))
  if (work.report) tellAfterwards(world.runner, report)
  // The report could not know it: whether the base was put back.
  else if (work.rebase) tellRemarks(github)
  await (await loadDeploymentReporter(github, request, work))?.end(report)
}

/** People have been told an end: GitHub is told the same, unless there is news by now. */
const chooseResult = (told: Result | undefined, now: Result, isFound: boolean): Result => {
  const isNews = now.outcome === 'succeeded' || now.outcome === 'failed' || (told?.outcome === 'unknown' && isFound)
  return told === undefined || isNews ? now : told
}

const tellRemarks = ({ runner, store }: GitHubContext): void => {
  for (const message of store.state.remarks) runner.annotate({ level: 'warning', message })
}

const finishOperation = async (
  world: World,
  github: GitHubContext,
  request: Request,
  work: Checkpoint,
): Promise<Result> => {
  const context = await createContext(world, github, request)
  if (request.operation === 'delete' || request.operation === 'prune') {
    const { finishRemoval } = await import('./operations/prune.ts')
    return finishRemoval(context, request, work)
  }
  return finishDeployment(context, request, work)
}

/** What a killed run left open: its deployment looked at once, its base put back when no start came. Starts nothing. */
const finishDeployment = async (
  context: Context,
  request: DeployRequest | WaitRequest,
  work: Checkpoint,
): Promise<Result> => {
  const deployment = await findDeployment(context, request.env, work)
  if (deployment) context.store.note({ deployment })
  // A start of ours has taken the base; an earlier attempt's, which is followed, has not.
  const isBaseOpen = !deployment || work.deploymentId !== undefined
  if (work.rebase && isBaseOpen) await putBaseBack(context, request.env, work.rebase)
  if (deployment && isFinal(deployment)) return follow(context, request, deployment)
  return { outcome: 'cancelled', reason: { kind: 'killed' } }
}

/** @throws Failed with `unknown` when the run was killed within its start, and the list can't tell what became of it */
const findDeployment = async (context: Context, env: string, work: Checkpoint): Promise<Deployment | undefined> => {
  const { deploymentId, start } = work
  if (deploymentId !== undefined) {
    const call = (limits: { timeoutMs: number }) => context.humanitec.getDeployment(env, deploymentId, limits)
    const answer = await orError(sendRequest(context, call, { patience: requestLimitsMs.read }))
    return answer instanceof RequestError ? { ...unknownDeployment, id: deploymentId } : answer
  }
  if (!start) return undefined
  const { body, newestBeforeId: id, newestBeforeAt: created_at } = start
  const before = id === '' ? {} : { last_deploy: { ...unknownDeployment, id, created_at } }
  const sight = await searchList({ context, env, body, before }).catch(ignoreEnd)
  const isKnown = sight !== undefined && !(sight instanceof RequestError) && sight.kind !== 'doubtful'
  if (isKnown) return sight.kind === 'started' ? sight.deployment : undefined
  if (work.rebase) context.store.remark(formatBaseLeft(work.rebase))
  throw createFateUnknown({ body })
}

/** Whatever keeps the list from being read, the deadline included: nothing is known then. */
const ignoreEnd = (error: unknown): undefined => {
  if (!(error instanceof Failed || error instanceof TimeoutError)) throw error
}
