import { formatGitHubEnvironment } from '../core/github-deployments.ts'
import type { DeleteRequest, DeployRequest, PruneRequest, WaitRequest } from '../core/inputs/request.ts'
import { formatDeletedComment, formatMarker } from '../core/report/comment.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { DeletionProgress } from '../core/run/reason.ts'
import type { GitHubContext } from './context.ts'
import { commentTarget, createCommentTarget, findPullRequest, placeComment } from './github-comment.ts'
import { createDeploymentTarget, deploymentTarget, retireAll } from './github-deployment.ts'
import {
  createReporterOf,
  type DeploymentReporter,
  determineEndLimitMs,
  type GitHubSession,
  warn,
  withSession,
} from './github-request.ts'

/**
 * What the inputs ask to be shown on GitHub of a deployment: a comment, a GitHub Deployment, or nothing. Deletions are told by
 * `createFarewell`.
 *
 * @param open what an earlier process has left open, when this one finishes its work
 */
export const createDeploymentReporter = (
  context: GitHubContext,
  request: DeployRequest | WaitRequest,
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

/** Tells GitHub that environments are gone, as far as the inputs ask for it. `pullRequest`: what the name says, if anything. */
export type DeletionReporter = {
  /** The environment may go: if this process dies before it has told so, the post step looks at it. */
  expect(env: string, pullRequest: number | undefined, progress: DeletionProgress): void
  /** Never rejects; what GitHub has refused once isn't asked for again. */
  tell(env: string, pullRequest: number | undefined): Promise<void>
}

type Part = {
  readonly what: string
  readonly permission: string
  tell(session: GitHubSession, env: string, pullRequest: number | undefined): Promise<void>
}

/** The saved state is bounded; a post step has no time to look at more. */
const mostSavedDeletions = 100

export const createDeletionReporter = (
  context: GitHubContext,
  request: DeleteRequest | PruneRequest,
): DeletionReporter => {
  const parts = [
    ...(request.prComment ? [createCommentPart(context, request)] : []),
    ...(request.githubDeployment ? [createDeploymentPart(context, request)] : []),
  ]
  const silent = new Set<Part>()
  const tell = async (part: Part, env: string, pullRequest: number | undefined): Promise<void> => {
    if (silent.has(part) || context.cancel.aborted) return
    try {
      await withSession(context, determineEndLimitMs(context), (session) => part.tell(session, env, pullRequest))
    } catch (error) {
      if (context.cancel.aborted || silent.has(part)) return
      silent.add(part)
      warn(context, { ...part, what: `${part.what} of ${env}` }, error)
    }
  }
  const expected = new Map<string, number | undefined>()
  const save = (): void => {
    const deletions = [...expected].slice(-mostSavedDeletions).map(([env, number]) => ({
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
    tell: async (env, pullRequest) => {
      await Promise.all(parts.map((part) => tell(part, env, pullRequest)))
      if (context.cancel.aborted || !expected.delete(env)) return
      save()
    },
  }
}

/** None is made where there was none. */
const createCommentPart = (context: GitHubContext, request: DeleteRequest | PruneRequest): Part => ({
  ...commentTarget,
  tell: async (session, env, named) => {
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
  tell: (session, env) =>
    retireAll(session, { environment: formatGitHubEnvironment({ ...request, env }), runUrl: workflow.runUrl }),
})
