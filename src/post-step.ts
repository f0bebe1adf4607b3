import { isFinal, unknownDeployment } from './core/deployments.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { DeployRequest, Request, WaitRequest } from './core/inputs/request.ts'
import { RequestFailure } from './core/network/request-error.ts'
import { postStepMs, requestLimitsMs } from './core/network/retry-policy.ts'
import { formatBaseLeft, formatKilled } from './core/report/problems.ts'
import { type OpenWork, parseOpenWork } from './core/run/checkpoint.ts'
import { DeadlinePassed, type Ending, Stop } from './core/run/outcome.ts'
import type { Step } from './operations/context.ts'
import { follow } from './operations/follow.ts'
import type { GitHubStep } from './operations/github-request.ts'
import { putBaseBack } from './operations/rebase.ts'
import { determineEnding, tellAfterwards } from './operations/report.ts'
import { tryFor } from './operations/request.ts'
import { createJournal, type Journal } from './operations/run-state.ts'
import { createFateUnknown, searchList } from './operations/start.ts'
import type { Deployment } from './ports.ts'
import { createGitHubStep, createReport, createStep, loadAnnouncer, type World } from './run.ts'

/** The post step: tells what a killed run could not. `saved` is the open work of its state. Never rejects. */
export const finish = async (world: World, saved: string): Promise<void> => {
  const work = parseOpenWork(saved)
  const parsed = parseInputs(world.inputs)
  if (work && parsed.kind === 'request') await finishWork(createPostWorld(world), parsed.request, work)
}

/** Outputs and state are those of the step that died. */
const createPostWorld = (world: World): World => ({
  ...world,
  runner: { ...world.runner, setOutput: () => undefined, saveState: () => undefined },
})

const finishWork = async (world: World, request: Request, work: OpenWork): Promise<void> => {
  const { runner } = world
  const journal = createJournal(runner, world.redact, { request, followed: true })
  const github = createGitHubStep(world, journal, request, world.clock.now() + postStepMs)
  const ending = await finishOperation(world, github, request, work).catch((error) =>
    determineEnding(error, journal.facts, runner),
  )
  const report = createReport(world, journal, chooseEnding(work.told, ending, journal.facts.deployment !== undefined))
  if (work.report) tellAfterwards(runner, report)
  // The report could not know it: whether the base was put back.
  else if (work.rebase) tellRemarks(world, journal)
  await (await loadAnnouncer(github, request, work))?.end(report)
}

/** People have been told an end: GitHub is told the same, unless there is news by now. */
const chooseEnding = (told: Ending | undefined, now: Ending, isFound: boolean): Ending => {
  const isNews = now.outcome === 'succeeded' || now.outcome === 'failed' || (told?.outcome === 'unknown' && isFound)
  return told === undefined || isNews ? now : told
}

const tellRemarks = ({ runner }: World, { facts }: Journal): void => {
  for (const message of facts.remarks) runner.annotate({ level: 'warning', message })
}

const finishOperation = async (world: World, github: GitHubStep, request: Request, work: OpenWork): Promise<Ending> => {
  const step = await createStep(world, github, request)
  if (request.operation === 'delete' || request.operation === 'prune') {
    const { finishRemoval } = await import('./operations/prune.ts')
    return finishRemoval(step, request, work)
  }
  return finishDeployment(step, request, work)
}

/** What a killed run left open: its deployment looked at once, its base put back when no start came. Starts nothing. */
const finishDeployment = async (step: Step, request: DeployRequest | WaitRequest, work: OpenWork): Promise<Ending> => {
  const deployment = await findDeployment(step, request.env, work)
  if (deployment) step.journal.note({ deployment })
  else if (work.rebase) await putBaseBack(step, request.env, work.rebase)
  if (deployment && isFinal(deployment)) return follow(step, request, deployment)
  return { outcome: 'cancelled', problem: formatKilled(step.journal.facts) }
}

/** @throws Stop with `unknown` when the run was killed within its start, and the list can't tell what became of it */
const findDeployment = async (step: Step, env: string, work: OpenWork): Promise<Deployment | undefined> => {
  const { deploymentId, start } = work
  if (deploymentId !== undefined) {
    const call = (limits: { timeoutMs: number }) => step.humanitec.getDeployment(env, deploymentId, limits)
    const answer = await tryFor(step, requestLimitsMs.read, call)
    return answer instanceof RequestFailure ? { ...unknownDeployment, id: deploymentId } : answer
  }
  if (!start) return undefined
  const { body, newestBeforeId: id, newestBeforeAt: created_at } = start
  const before = id === '' ? {} : { last_deploy: { ...unknownDeployment, id, created_at } }
  const sight = await searchList({ step, env, body, before }).catch(ignoreEnd)
  const isKnown = sight !== undefined && !(sight instanceof RequestFailure) && sight.kind !== 'doubtful'
  if (isKnown) return sight.kind === 'started' ? sight.deployment : undefined
  if (work.rebase) step.journal.remark(formatBaseLeft(work.rebase))
  throw createFateUnknown({ body, env })
}

/** Whatever keeps the list from being read, the deadline included: nothing is known then. */
const ignoreEnd = (error: unknown): undefined => {
  if (!(error instanceof Stop || error instanceof DeadlinePassed)) throw error
}
