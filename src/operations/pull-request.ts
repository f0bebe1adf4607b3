import { RequestError } from '../core/network/request-error.ts'
import { formatGitHubFailure } from '../core/report/github-problems.ts'
import { Failed } from '../core/run/outcome.ts'
import { isHeadOfRun } from '../core/run/pull-request.ts'
import type { GitHubContext } from './context.ts'
import { askGitHub, determineEndPatienceMs, withPatience } from './github-request.ts'

/**
 * Whether the pull request that the input names is the one that another workflow ran for: a fork could have chosen the number.
 *
 * @throws Failed with `error` when it isn't, or when GitHub doesn't say
 */
export const checkPullRequest = async (context: GitHubContext, number: number): Promise<void> => {
  context.log({ kind: 'checking_pull_request', number, repository: context.workflow.repository })
  const head = await withPatience(context, determineEndPatienceMs(context), (patience) =>
    askGitHub(context, patience, (github, limits) => github.getPullRequestHead(number, limits)),
  ).catch((error) => {
    if (!(error instanceof RequestError)) throw error
    const problem = formatGitHubFailure(error.details, 'pull-requests: read')
    throw new Failed('error', { kind: 'pull_request_unreadable', number, problem }, { cause: error })
  })
  if (!isHeadOfRun(context.workflow, head)) throw new Failed('error', { kind: 'others_pull_request', number })
}
