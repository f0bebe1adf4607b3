import type { Request } from './core/inputs/request.ts'
import type { OpenWork } from './core/run/open-work.ts'
import type { Ending, Report } from './core/run/outcome.ts'
import { redactReport } from './core/run/redact-report.ts'
import type { GitHubStep } from './flow/github.ts'
import type { Announcer } from './flow/github-task.ts'
import type { Journal } from './flow/journal.ts'
import { countRequests, createPace, freePace } from './flow/pace.ts'
import type { Step } from './flow/step.ts'
import type { GitHub } from './ports.ts'
import type { World } from './world.ts'

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

export const isGitHubAsked = ({ prComment, githubDeployment }: Request): boolean => prComment || githubDeployment

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
    const { createAnnouncer } = await import('./flow/announcer.ts')
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
