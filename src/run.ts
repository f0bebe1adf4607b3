import type { RawInputs } from './core/inputs/input-names.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { Request } from './core/inputs/request.ts'
import { postStepMs } from './core/network/limits.ts'
import { formatMistakes, formatNoSecrets } from './core/report/problem.ts'
import { type OpenWork, parseOpenWork } from './core/run/open-work.ts'
import { hasNoSecrets, type Origin } from './core/run/origin.ts'
import type { Ending, Outcome, Report } from './core/run/outcome.ts'
import { type Redact, redactData } from './core/text/redact.ts'
import { deploy } from './flow/deploy.ts'
import { determineEnding } from './flow/ending.ts'
import { followExisting } from './flow/follow.ts'
import type { GitHubStep } from './flow/github.ts'
import type { Announcer } from './flow/github-task.ts'
import { createJournal, type Journal } from './flow/journal.ts'
import { countRequests, createPace, freePace } from './flow/pace.ts'
import { tellAfterwards, tellReport } from './flow/report.ts'
import type { Step } from './flow/step.ts'
import type { Clock, GitHub, Humanitec, Runner } from './ports.ts'

export type World = {
  readonly inputs: RawInputs
  readonly origin: Origin
  readonly runner: Runner
  readonly clock: Clock
  readonly random: () => number
  /** On the clock: when the action began. */
  readonly startedMs: number
  readonly cancel: AbortSignal
  /** Applied to all that people and later steps get to see. */
  readonly redact: Redact
  /** Rejects with a `Stop` when there is no way to the API. */
  readonly connect: (request: Request) => Promise<Humanitec>
  /** Called only when an input asks for GitHub. Rejects with a `Stop` when there is no way to it. */
  readonly connectGitHub: (request: Request) => Promise<GitHub>
}

/** One step of a workflow, from its inputs to its report. Never rejects. */
export const run = async (world: World): Promise<Outcome> => {
  const journal = createJournal(world.runner, world.redact)
  const asked = determineRequest(world)
  if (!('operation' in asked)) return tell(world, journal, asked).ending.outcome
  const urls = 'environmentUrl' in asked && asked.environmentUrl !== undefined ? [asked.environmentUrl] : []
  journal.note({ request: asked, environmentUrls: urls })
  const github = createGitHubStep(world, journal, asked, world.startedMs + asked.timeoutMs)
  const isGitHubAsked = asked.prComment || asked.githubDeployment
  const announcer = isGitHubAsked ? await loadAnnouncer(github, asked) : undefined
  announcer?.begin()
  const ending = await operate(world, github, asked).catch((error) =>
    determineEnding(error, journal.facts, world.runner),
  )
  const report = tell(world, journal, ending)
  // What is told is no longer open. After a signal, GitHub's pages are still to be told of the deployment.
  journal.saveOpenWork({ start: undefined, isTold: true, ...(!isGitHubAsked && { deploymentId: undefined }) })
  await announcer?.end(report)
  if (!world.cancel.aborted) journal.saveOpenWork({ deploymentId: undefined, isTold: undefined })
  return ending.outcome
}

const tell = (world: World, journal: Journal, ending: Ending): Report => {
  const report = createReport(world, journal, ending, world.startedMs)
  tellReport(world.runner, report)
  return report
}

/** Redacted before any of it is escaped or cut, after which a secret would no longer be known. */
const createReport = (world: World, { facts }: Journal, ending: Ending, startedMs: number): Report => {
  const { origin, clock, redact, cancel } = world
  const nowMs = clock.now()
  const isCancelled = cancel.aborted
  return redactData(redact, { ending, facts, origin, elapsedMs: nowMs - startedMs, nowMs, isCancelled })
}

/** The post step: tells what a killed run could not. `saved` is the open work of its state. Never rejects. */
export const finish = async (world: World, saved: string): Promise<void> => {
  const { inputs, clock } = world
  const runner: Runner = { ...world.runner, setOutput: () => undefined, saveState: () => undefined }
  const work = parseOpenWork(saved)
  const request = parseInputs(inputs)
  if (!work || !('operation' in request)) return
  const journal = createJournal(runner, world.redact, { request, followed: true })
  const startedMs = clock.now()
  const github = createGitHubStep({ ...world, runner, startedMs }, journal, request, startedMs + postStepMs)
  if (request.operation === 'delete' || request.operation === 'prune') {
    const tellRemoved = async () => {
      const { finishRemoval } = await import('./flow/remove.ts')
      return finishRemoval(await createStep(world, github, request), request, work)
    }
    return tellRemoved().catch((error) => runner.debug(String(error)))
  }
  const finishWork = async () => {
    const { finishKilled } = await import('./flow/finish.ts')
    return finishKilled(await createStep(world, github, request), request, work)
  }
  const ending = await finishWork().catch((error) => determineEnding(error, journal.facts, runner))
  const report = createReport(world, journal, ending, startedMs)
  if (!work.isTold) tellAfterwards(runner, report)
  // The report could not know it: whether the base was put back.
  else if (work.rebase) for (const message of journal.facts.remarks) runner.annotate({ level: 'warning', message })
  await (await loadAnnouncer(github, request, work))?.end(report)
}

/** What there is to do, or how it ends before anything is done. */
const determineRequest = ({ inputs, origin }: World): Request | Ending => {
  if (inputs.token === '' && hasNoSecrets(origin)) return { outcome: 'skipped', problem: formatNoSecrets(origin) }
  const request = parseInputs(inputs)
  return 'operation' in request ? request : { outcome: 'error', problem: formatMistakes(request) }
}

/** What most runs don't need is loaded late. Without it the deployment goes on: GitHub's pages never change a result. */
const loadAnnouncer = async (step: GitHubStep, request: Request, open?: OpenWork): Promise<Announcer | undefined> => {
  try {
    const { createAnnouncer } = await import('./flow/announcer.ts')
    return createAnnouncer(step, request, open)
  } catch (error) {
    step.runner.annotate({ level: 'warning', message: `GitHub will not be told of this run: ${error}` })
    return undefined
  }
}

const createGitHubStep = (world: World, journal: Journal, request: Request, deadlineMs: number): GitHubStep => {
  let github: Promise<GitHub> | undefined
  const connectGitHub = () => {
    github ??= world.connectGitHub(request)
    return github
  }
  return { ...world, journal, deadlineMs, connectGitHub }
}

const createStep = async (world: World, github: GitHubStep, request: Request): Promise<GitHubStep & Step> => {
  const pace = request.pollInterval === 'auto' ? createPace(world.clock) : freePace
  return { ...github, pace, humanitec: countRequests(await world.connect(request), pace) }
}

const operate = async (world: World, github: GitHubStep, request: Request): Promise<Ending> => {
  const step = await createStep(world, github, request)
  switch (request.operation) {
    case 'deploy':
      return deploy(step, request)
    case 'wait':
      return followExisting(step, request)
    case 'delete':
    case 'prune': {
      const { remove } = await import('./flow/remove.ts')
      return remove(step, request)
    }
  }
}
