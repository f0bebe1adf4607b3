import type { GitHubDeployment, GitHubStatusBody } from '../core/api.ts'
import {
  findOwnUnfinished,
  formatFinalStatus,
  formatGitHubEnvironment,
  formatGoingStatus,
  formatPayload,
  listActiveIds,
  listSuperseded,
} from '../core/github-deployments.ts'
import type { Request } from '../core/inputs/request.ts'
import type { WorkflowContext } from '../core/run/workflow-context.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { GitHubContext } from './context.ts'
import { askGitHub, isGone, type Patience, type StatusTarget } from './github-request.ts'

export const deploymentTarget = {
  what: 'GitHub’s own Deployment',
  permission: 'deployments: write',
} as const

/** Shows the run in GitHub's own list of Deployments. `id`: of the one that an earlier process has made. */
export const createDeploymentTarget = (context: GitHubContext, request: Request, id?: number): StatusTarget => {
  const environment = formatGitHubEnvironment(request)
  let knownId = id
  const getId = async (patience: Patience, mayBeThere: boolean): Promise<number> => {
    knownId ??= await createDeployment(context, patience, request, mayBeThere)
    context.store.saveCheckpoint({ githubDeployment: { id: knownId } })
    return knownId
  }
  return {
    ...deploymentTarget,
    ...(isHeadUnknown(context) && { permission: `${deploymentTarget.permission}, pull-requests: read` }),
    field: 'githubDeployment',
    begin: async (patience) => {
      const ownId = await getId(patience, false)
      await setStatus(context, patience, ownId, formatGoingStatus({ approvals: [] }, context))
    },
    update: async (patience, state) => {
      const ownId = await getId(patience, true)
      await setStatus(context, patience, ownId, formatGoingStatus(state, context))
    },
    end: async (patience, report) => {
      const ownId = await getId(patience, true)
      await setStatus(context, patience, ownId, formatFinalStatus(report))
      // Where nothing was started, the older ones still say what runs there.
      if (!report.state.deployment) return
      await retire(context, patience, environment, (deployments) => listSuperseded(deployments, ownId))
    },
  }
}

/** A comment on a pull request, for one, doesn't tell its head. */
const isHeadUnknown = ({ workflow }: GitHubContext): boolean =>
  workflow.sha === '' && workflow.pullRequest !== undefined

/** One that an earlier request has left, when its answer was lost, is taken; else a new one. */
const createDeployment = (
  context: GitHubContext,
  patience: Patience,
  request: Request,
  mayBeThere: boolean,
): Promise<number> => {
  const environment = formatGitHubEnvironment(request)
  const body = {
    environment,
    transient_environment: request.operation === 'deploy' && request.createFrom !== undefined,
    payload: formatPayload(context.workflow),
  }
  return askGitHub(context, patience, async (github, limits, attempt) => {
    const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : []
    const own = findOwnUnfinished(known, context.workflow)
    return own?.id ?? github.createDeployment({ ...body, ref: await getRef(context.workflow, github, limits) }, limits)
  })
}

const getRef = async ({ sha, pullRequest }: WorkflowContext, github: GitHub, limits: Limits): Promise<string> =>
  sha === '' && pullRequest ? (await github.getPullRequestHead(pullRequest.number, limits)).sha : sha

const setStatus = (context: GitHubContext, patience: Patience, id: number, body: GitHubStatusBody): Promise<void> =>
  askGitHub(context, patience, (github, limits) => github.createDeploymentStatus(id, body, limits))

/** Sets `inactive` what no longer says what runs in the environment. */
const retire = async (
  context: GitHubContext,
  patience: Patience,
  environment: string,
  choose: (deployments: readonly GitHubDeployment[]) => readonly number[],
): Promise<void> => {
  const deployments = await askGitHub(context, patience, (github, limits) =>
    github.listDeployments(environment, limits),
  )
  const status = { state: 'inactive', description: '', log_url: context.workflow.runUrl } as const
  for (const id of choose(deployments)) {
    await setStatus(context, patience, id, status).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  }
}

/** All of an environment that is gone. */
export const retireAll = (context: GitHubContext, patience: Patience, environment: string): Promise<void> =>
  retire(context, patience, environment, listActiveIds)
