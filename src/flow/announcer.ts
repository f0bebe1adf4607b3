import type { DeployRequest, WaitRequest } from '../core/inputs/request.ts'
import type { OpenWork } from '../core/run/open-work.ts'
import type { GitHubStep } from './github.ts'
import { createDeploymentTask } from './github-deployment.ts'
import { type Announcer, createAnnouncerOf } from './github-task.ts'
import { createCommentTask } from './pull-request-comment.ts'

/**
 * What the inputs ask to be shown on GitHub of a deployment: a comment, a GitHub Deployment, or nothing. Deletions are told by
 * `createFarewell`.
 *
 * @param open what an earlier process has left open, when this one finishes its work
 */
export const createAnnouncer = (
  step: GitHubStep,
  request: DeployRequest | WaitRequest,
  open: OpenWork = { report: true },
): Announcer | undefined => {
  const isOpen = (field: 'comment' | 'githubDeployment') => open.report || open[field] !== undefined
  const waits = request.operation === 'wait' || request.wait
  const tasks = [
    ...(request.prComment && isOpen('comment') ? [createCommentTask(step, request, open.comment?.id)] : []),
    ...(request.githubDeployment && waits && isOpen('githubDeployment')
      ? [createDeploymentTask(step, request, open.githubDeployment?.id)]
      : []),
  ]
  return tasks.length === 0 ? undefined : createAnnouncerOf(step, tasks)
}
