import type { RawInputs } from './core/inputs/input-names.ts'
import { parseInputs } from './core/inputs/inputs.ts'
import type { Request } from './core/inputs/request.ts'
import { formatMistakes, formatNoSecrets } from './core/report/problems.ts'
import type { OpenWork } from './core/run/checkpoint.ts'
import type { Ending, Outcome, Report } from './core/run/outcome.ts'
import { redactReport } from './core/run/redact-report.ts'
import { hasNoSecrets, type Origin } from './core/run/workflow-context.ts'
import type { Redact } from './core/text/redact.ts'
import type { Step } from './operations/context.ts'
import { deploy } from './operations/deploy.ts'
import { followExisting } from './operations/follow.ts'
import type { Announcer, GitHubStep } from './operations/github-request.ts'
import { countRequests, createPace, freePace } from './operations/rate-limiter.ts'
import { determineEnding, tellLateSignal, tellReport } from './operations/report.ts'
import { createJournal, type Journal } from './operations/run-state.ts'
import type { Clock, GitHub, Humanitec, Runner } from './ports.ts'

/** One step of a workflow, from its inputs to its report. Never rejects. */
export const run = async (world: World): Promise<Outcome> => {
  const journal = createJournal(world.runner, world.redact)
  const order = parseOrder(world)
  const { ending } =
    order.kind === 'nothing' ? tell(world, journal, order.ending) : await carryOut(world, journal, order.request)
  return ending.outcome
}

type Order =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'nothing'; readonly ending: Ending }

/** What there is to do, or how it ends before anything is done. */
const parseOrder = ({ inputs, origin }: World): Order => {
  if (inputs.token === '' && hasNoSecrets(origin))
    return { kind: 'nothing', ending: { outcome: 'skipped', problem: formatNoSecrets(origin) } }
  const parsed = parseInputs(inputs)
  return parsed.kind === 'request'
    ? parsed
    : { kind: 'nothing', ending: { outcome: 'error', problem: formatMistakes(parsed.mistakes) } }
}

const carryOut = async (world: World, journal: Journal, request: Request): Promise<Report> => {
  noteRequest(journal, request)
  journal.saveOpenWork({ report: true })
  const github = createGitHubStep(world, journal, request, world.startedMs + request.timeoutMs)
  const announcer = await loadAnnouncer(github, request)
  announcer?.begin()
  const ending = await operate(world, github, request).catch((error) =>
    determineEnding(error, journal.facts, world.runner),
  )
  const report = tell(world, journal, ending)
  journal.saveOpenWork({
    report: undefined,
    ...(announcer ? { told: report.ending } : { start: undefined, deploymentId: undefined }),
    ...(!isGitHubAsked(request) && { deletions: undefined }),
  })
  await announcer?.end(report)
  if (world.cancel.aborted) tellLateSignal(world.runner, report)
  const { comment, githubDeployment } = journal.openWork
  if (!comment && !githubDeployment)
    journal.saveOpenWork({ start: undefined, deploymentId: undefined, told: undefined })
  return report
}

const noteRequest = (journal: Journal, request: Request): void => {
  const url = 'environmentUrl' in request ? request.environmentUrl : undefined
  journal.note({ request, environmentUrls: url === undefined ? [] : [url] })
}

const tell = (world: World, journal: Journal, ending: Ending): Report => {
  const report = createReport(world, journal, ending)
  tellReport(world.runner, report)
  return report
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
      const { remove } = await import('./operations/prune.ts')
      return remove(step, request)
    }
  }
}

/** What GitHub's pages are told through; the API is not needed for that. */
export const createGitHubStep = (world: World, journal: Journal, request: Request, deadlineMs: number): GitHubStep => {
  let github: Promise<GitHub> | undefined
  const connectGitHub = () => {
    github ??= world.connectGitHub(request)
    return github
  }
  return { ...world, journal, deadlineMs, connectGitHub }
}

/** Rejects with a `Stop` when there is no way to the API. */
export const createStep = async (world: World, github: GitHubStep, request: Request): Promise<GitHubStep & Step> => {
  const pace = request.pollInterval === 'auto' ? createPace(world.clock) : freePace
  return { ...github, pace, humanitec: countRequests(await world.connect(request), pace) }
}

const isGitHubAsked = ({ prComment, githubDeployment }: Request): boolean => prComment || githubDeployment

/**
 * For a deployment that GitHub's pages are to show. What most runs don't need is loaded late; without it the deployment goes
 * on: those pages never change a result.
 */
export const loadAnnouncer = async (
  step: GitHubStep,
  request: Request,
  open?: OpenWork,
): Promise<Announcer | undefined> => {
  if (request.operation === 'delete' || request.operation === 'prune' || !isGitHubAsked(request)) return undefined
  try {
    const { createAnnouncer } = await import('./operations/github-reporter.ts')
    return createAnnouncer(step, request, open)
  } catch (error) {
    step.runner.annotate({ level: 'warning', message: `GitHub will not be told of this run: ${error}` })
    return undefined
  }
}

export const createReport = (
  { origin, clock, redact, cancel, startedMs }: World,
  { facts }: Journal,
  ending: Ending,
): Report => {
  const nowMs = clock.now()
  const isCancelled = cancel.aborted
  return redactReport(redact, { ending, facts, origin, elapsedMs: nowMs - startedMs, nowMs, isCancelled })
}

/** All that a step of a workflow is given. Made of a process by src/main.ts, of virtual things by tests. */
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
