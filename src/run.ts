import { parseInputs } from './core/inputs/inputs.ts'
import type { Request } from './core/inputs/request.ts'
import { formatMistakes, formatNoSecrets } from './core/report/step-problem.ts'
import { hasNoSecrets } from './core/run/origin.ts'
import type { Ending, Outcome, Report } from './core/run/outcome.ts'
import { deploy } from './flow/deploy.ts'
import { determineEnding } from './flow/ending.ts'
import { followExisting } from './flow/follow.ts'
import type { GitHubStep } from './flow/github.ts'
import { createJournal, type Journal } from './flow/journal.ts'
import { tellLateSignal, tellReport } from './flow/report.ts'
import { createGitHubStep, createReport, createStep, isGitHubAsked, loadAnnouncer } from './session.ts'
import type { World } from './world.ts'

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
      const { remove } = await import('./flow/remove.ts')
      return remove(step, request)
    }
  }
}
