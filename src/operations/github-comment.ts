import type { GitHubComment } from '../core/api.ts'
import type { Request } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { determineGitHubVerdict } from '../core/network/retry-policy.ts'
import { determineCommentKind, formatComment, formatDeployingComment, formatMarker } from '../core/report/comment.ts'
import { listOwnComments } from '../core/responses/github.ts'
import type { GitHubContext } from './context.ts'
import { findPullRequest } from './github-pull-request.ts'
import { type GitHubSession, isGone, type StatusTarget, warn } from './github-request.ts'

/** The one comment of an environment on a pull request. */
type PlacedComment = {
  readonly body: string
  readonly pullRequest: number
  /** By which it is found again. */
  readonly marker: string
  /** Whether to create the comment if there is none. */
  readonly mayCreate: boolean
}

export const commentTarget = {
  what: 'The comment on the pull request could not be written',
  permission: 'pull-requests: write',
} as const

/** Keeps the comment up to date from "deploying" to the end. `id`: of the one that an earlier process has written. */
export const createCommentTarget = (context: GitHubContext, request: Request, id?: number): StatusTarget => {
  let knownId = id
  const write = async (session: GitHubSession, body: string): Promise<void> => {
    if (knownId !== undefined && (await updateComment(session, knownId, body))) return
    const pullRequest = await findPullRequest(context, session)
    if (pullRequest === undefined) return
    const marker = formatMarker(request, determineCommentKind(request))
    knownId = await placeComment(context, session, { pullRequest, marker, mayCreate: true, body })
    context.store.saveCheckpoint({ comment: knownId === undefined ? {} : { id: knownId } })
  }
  return {
    ...commentTarget,
    field: 'comment',
    begin: async (session) => {
      // A plan takes moments, and deploys nothing.
      if (determineCommentKind(request) === 'deployment') await write(session, formatDeployingComment(request, context))
    },
    update: (session, state) => write(session, formatDeployingComment(request, context, state)),
    end: async (session, report) => {
      const body = formatComment(report)
      if (body !== undefined) await write(session, body)
    },
  }
}

/** False when it is no longer there. */
const updateComment = (session: GitHubSession, id: number, body: string): Promise<boolean> =>
  session.ask((github, limits) => ignoreGone(github.updateComment(id, body, limits)))

/** Updates our comment or creates it, and deletes duplicates. Resolves to its id. */
export const placeComment = (
  context: GitHubContext,
  session: GitHubSession,
  { body, ...place }: PlacedComment,
): Promise<number | undefined> => {
  let ownUserId: number | undefined
  // All of it is tried again, not the single request: a comment whose answer was lost is then found in the list.
  return session.ask(async (github, limits) => {
    ownUserId ??= await github.getOwnUserId(limits)
    const userId = ownUserId
    const list = async () => listOwnComments(await github.listComments(place.pullRequest, limits), userId, place.marker)
    const write = async (): Promise<number | undefined> => {
      const ours = await list()
      if (ours.length === 0 && !place.mayCreate) return undefined
      const written = ours.length === 0 ? await github.createComment(place.pullRequest, body, limits) : undefined
      // Two runs may create one at the same time: both list again, and both keep the older one.
      const [oldest, ...others] = written ? addTo(await list(), written) : ours
      if (oldest && oldest !== written) await github.updateComment(oldest.id, body, limits)
      await deleteDuplicates(context, others, ({ id }) => ignoreGone(github.deleteComment(id, limits)))
      return oldest?.id
    }
    // It may have been deleted since it was listed. A second 404 means that the token can't write to it.
    return write().catch((error: unknown) => {
      if (isGone(error)) return write()
      throw error
    })
  })
}

const addTo = (comments: readonly GitHubComment[], written: GitHubComment): readonly GitHubComment[] =>
  [...comments.filter(({ id }) => id !== written.id), written].toSorted((one, other) => one.id - other.id)

/** The one that is kept is up to date by now: a refusal to delete the others is only warned about. */
const deleteDuplicates = async (
  context: GitHubContext,
  comments: readonly GitHubComment[],
  remove: (comment: GitHubComment) => Promise<unknown>,
): Promise<void> => {
  try {
    for (const comment of comments) await remove(comment)
  } catch (error) {
    if (!(error instanceof RequestError) || determineGitHubVerdict(error.details) === 'again') throw error
    warn(
      context,
      { ...commentTarget, what: 'A duplicate of the action’s comment on the pull request could not be deleted' },
      error,
    )
  }
}

/** False when it was deleted meanwhile. */
const ignoreGone = async (work: Promise<void>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}
