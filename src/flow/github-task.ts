import { determineGitHubVerdict } from '../core/github/github-problem.ts'
import { RequestFailure } from '../core/network/failure.ts'
import type { Report } from '../core/run/outcome.ts'
import { createPatience, describeGitHubError, type GitHubStep, type Patience, withPatience } from './github.ts'

/** One thing on GitHub that shows how the run goes: its comment, or its Deployment. */
export type GitHubTask = {
  /** What it is, for warnings: `The comment on the pull request`. */
  readonly what: string
  /** What the job's token needs for it: `pull-requests: write`. */
  readonly permission: string
  /** Under which its open work is saved. */
  readonly field: 'comment' | 'githubDeployment'
  begin(patience: Patience): Promise<void>
  end(patience: Patience, report: Report): Promise<void>
}

/** Keeps GitHub up to date while a run goes on. Never rejects, never changes the result, and falls silent at a signal. */
export type Announcer = {
  /** Returns at once: the deployment doesn't wait for GitHub. */
  begin(): void
  /** Returns when all is told, or could not be. Nothing of it overtakes what `begin` set going. */
  end(report: Report): Promise<void>
}

const beginPatienceMs = 30_000
/** At the end the job waits: half a minute, and past the deadline less, which is kept within a quarter of one. */
const longestEndMs = 30_000
const shortestEndMs = 5_000
const deadlineToleranceMs = 15_000

export const determineEndPatienceMs = ({ deadlineMs, clock }: Pick<GitHubStep, 'deadlineMs' | 'clock'>): number =>
  Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()))

export const createAnnouncerOf = (step: GitHubStep, tasks: readonly GitHubTask[]): Announcer => {
  const running = tasks.map((task) => runTask(step, task))
  return {
    begin: () => {
      for (const { begin } of running) begin()
    },
    end: async (report) => {
      await Promise.all(running.map(({ end }) => end(report)))
    },
  }
}

const runTask = (step: GitHubStep, task: GitHubTask): Announcer => {
  let patience: Patience | undefined
  let begun: Promise<unknown> = Promise.resolve(undefined)
  const close = (): void => step.journal.saveOpenWork({ [task.field]: undefined })
  return {
    begin: () => {
      patience = createPatience(step, beginPatienceMs)
      step.journal.saveOpenWork({ [task.field]: {} })
      begun = task
        .begin(patience)
        .catch((error: unknown) => error)
        .finally(patience.end)
    },
    end: async (report) => {
      const patienceMs = determineEndPatienceMs(step)
      const endMs = step.clock.now() + patienceMs
      patience?.hurry(patienceMs / 2)
      const failure = await begun
      if (step.cancel.aborted) return
      const outcome = isForGood(failure)
        ? failure
        : await withPatience(step, endMs - step.clock.now(), (last) => task.end(last, report)).catch(
            (error: unknown) => error,
          )
      // What a signal has cut is the post step's.
      if (step.cancel.aborted) return
      if (outcome !== undefined) warn(step, task, outcome)
      close()
    },
  }
}

/** A refusal stays one: it is asked once, not once more at the end. */
const isForGood = (failure: unknown): boolean =>
  failure !== undefined && !(failure instanceof RequestFailure && determineGitHubVerdict(failure.details) === 'again')

type Warned = Pick<GitHubTask, 'what' | 'permission'>

/** The result stands, whatever GitHub says. */
export const warn = (step: Pick<GitHubStep, 'runner'>, { what, permission }: Warned, error: unknown): void => {
  const problem = describeGitHubError(error, permission)
  const message = [`${what} was not brought up to date.`, problem.what, problem.remedy].filter(Boolean).join(' ')
  step.runner.annotate({ level: 'warning', message })
}
