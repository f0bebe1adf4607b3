import { RequestError } from '../core/network/request-error.ts'
import { StepEndError } from '../core/run/result.ts'
import { isHeadOfRun } from '../core/run/workflow-context.ts'
import type { GitHubContext } from './context.ts'
import { determineEndLimitMs, type GitHubSession, toGitHubFailure, withSession } from './github-request.ts'

/** The event's pull request, else the newest open one that holds the commit. */
export const findPullRequest = async (context: GitHubContext, session: GitHubSession): Promise<number | undefined> => {
  const { pullRequest, sha } = context.workflow
  if (pullRequest) return pullRequest.number
  const find = () => session.ask((github, limits) => github.findOpenPullRequest(sha, limits))
  const number = sha === '' ? undefined : await find()
  if (number === undefined)
    context.runner.info(
      sha === ''
        ? 'The event names neither a commit nor a pull request: no comment was written'
        : `No open pull request contains the commit ${sha.slice(0, 7)}: no comment was written`,
    )
  return number
}

/**
 * Whether the pull request that the input names is the one that another workflow ran for: a fork could have chosen the number.
 *
 * @throws StepEndError with `error` when it isn't, or when GitHub doesn't say
 */
export const checkPullRequest = async (context: GitHubContext, number: number): Promise<void> => {
  context.log({ kind: 'checking_pull_request', number, repository: context.workflow.repository })
  const head = await withSession(context, determineEndLimitMs(context), (session) =>
    session.ask((github, limits) => github.getPullRequestHead(number, limits)),
  ).catch((error) => {
    if (!(error instanceof RequestError)) throw error
    const failure = toGitHubFailure(error, 'pull-requests: read')
    throw new StepEndError('error', { kind: 'pull_request_unreadable', number, failure }, { cause: error })
  })
  if (!isHeadOfRun(context.workflow, head)) throw new StepEndError('error', { kind: 'others_pull_request', number })
}
