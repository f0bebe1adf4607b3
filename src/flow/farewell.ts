import { formatDeletedComment, formatMarker } from '../core/comment.ts'
import { formatGitHubEnvironment } from '../core/github-deployment.ts'
import type { DeleteRequest, PruneRequest } from '../core/request.ts'
import { type GitHubStep, type Patience, withPatience } from './github.ts'
import { deploymentTask, retireAll } from './github-deployment.ts'
import { determineEndPatienceMs, warn } from './github-task.ts'
import { commentTask, findPullRequest, placeComment } from './pull-request-comment.ts'

/**
 * Tells GitHub that an environment is gone, as far as the inputs ask for it. `pullRequest`: what its name says, if anything.
 * Never rejects; what GitHub has refused once isn't asked for again.
 */
export type Farewell = (env: string, pullRequest: number | undefined) => Promise<void>

type Part = {
  readonly what: string
  readonly permission: string
  tell(patience: Patience, env: string, pullRequest: number | undefined): Promise<void>
}

export const createFarewell = (step: GitHubStep, request: DeleteRequest | PruneRequest): Farewell => {
  const parts = [
    ...(request.prComment ? [createCommentPart(step, request)] : []),
    ...(request.githubDeployment ? [createDeploymentPart(step, request)] : []),
  ]
  const silent = new Set<Part>()
  const tell = async (part: Part, env: string, pullRequest: number | undefined): Promise<void> => {
    if (silent.has(part) || step.cancel.aborted) return
    try {
      await withPatience(step, determineEndPatienceMs(step), (patience) => part.tell(patience, env, pullRequest))
    } catch (error) {
      if (step.cancel.aborted || silent.has(part)) return
      silent.add(part)
      warn(step, { ...part, what: `${part.what} of ${env}` }, error)
    }
  }
  return async (env, pullRequest) => {
    await Promise.all(parts.map((part) => tell(part, env, pullRequest)))
  }
}

/** None is made where there was none. */
const createCommentPart = (step: GitHubStep, request: DeleteRequest | PruneRequest): Part => ({
  ...commentTask,
  tell: async (patience, env, named) => {
    const place = { ...request, env }
    const pullRequest = named ?? (await findPullRequest(step, patience))
    if (pullRequest === undefined) return
    const marker = formatMarker(place)
    await placeComment(step, patience, { pullRequest, marker, mayCreate: false }, formatDeletedComment(place))
  },
})

const createDeploymentPart = (step: GitHubStep, request: DeleteRequest | PruneRequest): Part => ({
  ...deploymentTask,
  tell: (patience, env) => retireAll(step, patience, formatGitHubEnvironment({ ...request, env })),
})
