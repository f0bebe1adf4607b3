import type { DeleteRequest, FollowRequest, PruneRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { determineGitHubVerdict } from '../core/network/retry-policy.ts'
import { formatDeletedComment, formatMarker } from '../core/report/comment.ts'
import { formatGitHubEnvironment } from '../core/report/github-deployment.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { Report, RunState } from '../core/run/result.ts'
import type { GitHubContext } from './context.ts'
import type { DeletionReporter } from './delete.ts'
import { commentTarget, createCommentTarget, placeComment } from './github-comment.ts'
import { createDeploymentTarget, deactivateAll, deploymentTarget } from './github-deployment.ts'
import { findPullRequest } from './github-pull-request.ts'
import {
  determineEndLimitMs,
  type GitHubSession,
  openSession,
  type StatusTarget,
  warn,
  withSession,
} from './github-request.ts'

/**
 * Shows a deployment on GitHub as the inputs ask: by a comment, a GitHub Deployment, both or neither. For deletions there is
 * `createDeletionReporter`.
 *
 * @param open what an earlier process has left open, when this one finishes its work
 */
export const createDeploymentReporter = (
  context: GitHubContext,
  request: FollowRequest,
  open: Checkpoint = { report: true },
): DeploymentReporter | undefined => {
  const isOpen = (field: 'comment' | 'githubDeployment') => open.report || open[field] !== undefined
  const waits = request.operation === 'wait' || (request.wait && !request.dryRun)
  const tasks = [
    ...(request.prComment && isOpen('comment') ? [createCommentTarget(context, request, open.comment?.id)] : []),
    ...(request.githubDeployment && waits && isOpen('githubDeployment')
      ? [createDeploymentTarget(context, request, open.githubDeployment?.id)]
      : []),
  ]
  return tasks.length === 0 ? undefined : createReporterOf(context, tasks)
}

type Part = {
  readonly what: string
  readonly permission: string
  report(session: GitHubSession, env: string, pullRequest: number | undefined): Promise<void>
}

/** The saved state is bounded, and a post step has no time to check more. */
const maxSavedDeletions = 100

export const createDeletionReporter = (
  context: GitHubContext,
  request: DeleteRequest | PruneRequest,
): DeletionReporter => {
  const parts = [
    ...(request.prComment ? [createCommentPart(context, request)] : []),
    ...(request.githubDeployment ? [createDeploymentPart(context, request)] : []),
  ]
  const silent = new Set<Part>()
  const report = async (part: Part, env: string, pullRequest: number | undefined): Promise<void> => {
    if (silent.has(part) || context.cancel.aborted) return
    try {
      await withSession(context, determineEndLimitMs(context), (session) => part.report(session, env, pullRequest))
    } catch (error) {
      if (context.cancel.aborted || silent.has(part)) return
      silent.add(part)
      warn(context, { ...part, what: `${part.what} of ${env}` }, error)
    }
  }
  const expected = new Map<string, number | undefined>()
  const save = (): void => {
    const deletions = [...expected].slice(-maxSavedDeletions).map(([env, number]) => ({
      env,
      ...(number !== undefined && { pullRequest: number }),
    }))
    const more = expected.size - deletions.length
    context.store.saveCheckpoint({
      deletions: deletions.length > 0 ? deletions : undefined,
      moreDeletions: more > 0 ? more : undefined,
    })
  }
  return {
    expect: (env, pullRequest, progress) => {
      if (progress === 'none') expected.delete(env)
      else expected.set(env, pullRequest)
      save()
    },
    report: async (env, pullRequest) => {
      await Promise.all(parts.map((part) => report(part, env, pullRequest)))
      if (context.cancel.aborted || !expected.delete(env)) return
      save()
    },
  }
}

/** Only updates a comment that exists. */
const createCommentPart = (context: GitHubContext, request: DeleteRequest | PruneRequest): Part => ({
  ...commentTarget,
  report: async (session, env, named) => {
    const place = { ...request, env }
    const pullRequest = named ?? (await findPullRequest(context, session))
    if (pullRequest === undefined) return
    const marker = formatMarker(place)
    const body = formatDeletedComment(place, context.writer)
    await placeComment(context, session, { pullRequest, marker, mayCreate: false, body })
  },
})

const createDeploymentPart = ({ workflow }: GitHubContext, request: DeleteRequest | PruneRequest): Part => ({
  ...deploymentTarget,
  report: (session, env) =>
    deactivateAll(session, { environment: formatGitHubEnvironment({ ...request, env }), runUrl: workflow.runUrl }),
})

/** Keeps GitHub up to date while a run goes on. Never rejects, never changes the result, and falls silent at a signal. */
export type DeploymentReporter = {
  /** Returns at once: the deployment doesn't wait for GitHub. */
  begin(): void
  /** To be called at each change of the state: GitHub shows when approvals are waited for. Returns at once. */
  readonly follow: (state: RunState) => void
  /** Resolves when GitHub is up to date, or could not be updated. Waits for what `begin` has started. */
  end(report: Report): Promise<void>
}

const beginLimitMs = 30_000

const createReporterOf = (context: GitHubContext, tasks: readonly StatusTarget[]): DeploymentReporter => {
  const running = tasks.map((task) => runTarget(context, task))
  return {
    begin: () => {
      for (const { begin } of running) begin()
    },
    follow: (state) => {
      for (const { follow } of running) follow(state)
    },
    end: async (report) => {
      await Promise.all(running.map(({ end }) => end(report)))
    },
  }
}

const runTarget = (context: GitHubContext, task: StatusTarget): DeploymentReporter => {
  let session: GitHubSession | undefined
  let begun: Promise<unknown> = Promise.resolve(undefined)
  let [shown, isEnding] = ['', false]
  /** A failure is only logged: `end` shows what then still holds. */
  const update = async (failure: unknown, state: RunState): Promise<unknown> => {
    if (failure !== undefined || isEnding || context.cancel.aborted) return failure
    session = openSession(context, beginLimitMs)
    await task
      .update(session, state)
      .catch((error: unknown) => context.runner.debug(`${task.what} does not show an approval: ${error}`))
      .finally(session.close)
    return undefined
  }
  const close = (): void => context.store.saveCheckpoint({ [task.field]: undefined })
  return {
    begin: () => {
      session = openSession(context, beginLimitMs)
      context.store.saveCheckpoint({ [task.field]: {} })
      begun = task
        .begin(session)
        .catch((error: unknown) => error)
        .finally(session.close)
    },
    follow: (state) => {
      const waiting = state.approvals.map(({ id }) => id).join()
      if (waiting === shown || isEnding) return
      shown = waiting
      begun = begun.then((failure) => update(failure, state))
    },
    end: async (report) => {
      isEnding = true
      const limitMs = determineEndLimitMs(context)
      const endMs = context.clock.now() + limitMs
      session?.shorten(limitMs / 2)
      const failure = await begun
      if (context.cancel.aborted) return
      const outcome = isRefused(failure)
        ? failure
        : await withSession(context, endMs - context.clock.now(), (last) => task.end(last, report)).catch(
            (error: unknown) => error,
          )
      // What a signal has cut is left to the post step.
      if (context.cancel.aborted) return
      if (outcome !== undefined) warn(context, task, outcome)
      close()
    },
  }
}

/** A refusal isn't tried again at the end. */
const isRefused = (failure: unknown): boolean =>
  failure !== undefined && !(failure instanceof RequestError && determineGitHubVerdict(failure.details) === 'again')
