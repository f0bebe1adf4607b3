import { parseInputs } from './core/inputs/inputs.ts'
import type { Request } from './core/inputs/request.ts'
import { postStepMs } from './core/network/limits.ts'
import { type OpenWork, parseOpenWork } from './core/run/open-work.ts'
import type { Ending } from './core/run/outcome.ts'
import { determineEnding } from './flow/ending.ts'
import type { GitHubStep } from './flow/github.ts'
import { createJournal, type Journal } from './flow/journal.ts'
import { tellAfterwards } from './flow/report.ts'
import { createGitHubStep, createReport, createStep, loadAnnouncer } from './session.ts'
import type { World } from './world.ts'

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
    const { finishRemoval } = await import('./flow/remove.ts')
    return finishRemoval(step, request, work)
  }
  const { finishDeployment } = await import('./flow/finish-deployment.ts')
  return finishDeployment(step, request, work)
}
