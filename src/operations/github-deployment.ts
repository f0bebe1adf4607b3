import type { GitHubDeployment, GitHubStatusBody } from '../core/api.ts'
import type { Request } from '../core/inputs/request.ts'
import {
  findOwnUnfinished,
  formatFinalStatus,
  formatGitHubEnvironment,
  formatGoingStatus,
  formatPayload,
  listActiveIds,
  listSuperseded,
} from '../core/report/github-deployment.ts'
import type { WorkflowContext } from '../core/run/workflow-context.ts'
import type { GitHub, Limits } from '../ports.ts'
import type { GitHubContext } from './context.ts'
import { type GitHubSession, type GitHubWork, isGone, type StatusTarget } from './github-request.ts'

export const deploymentTarget = {
  what: 'The GitHub Deployment could not be created or updated',
  permission: 'deployments: write',
} as const

/** Shows the run in GitHub's own list of Deployments. `id`: of the one that an earlier process has made. */
export const createDeploymentTarget = (context: GitHubContext, request: Request, id?: number): StatusTarget => {
  const environment = formatGitHubEnvironment(request)
  const { runUrl } = context.workflow
  let knownId = id
  const getId = async (session: GitHubSession, mayBeThere: boolean): Promise<number> => {
    knownId ??= await session.ask(createDeployment(context, request, mayBeThere))
    context.store.saveCheckpoint({ githubDeployment: { id: knownId } })
    return knownId
  }
  return {
    ...deploymentTarget,
    ...(isHeadUnknown(context) && { permission: `${deploymentTarget.permission}, pull-requests: read` }),
    field: 'githubDeployment',
    begin: async (session) => {
      const ownId = await getId(session, false)
      await setStatus(session, ownId, formatGoingStatus({ approvals: [] }, context))
    },
    update: async (session, state) => {
      const ownId = await getId(session, true)
      await setStatus(session, ownId, formatGoingStatus(state, context))
    },
    end: async (session, report) => {
      const ownId = await getId(session, true)
      await setStatus(session, ownId, formatFinalStatus(report))
      // Where nothing was started, the older ones still say what runs there.
      if (!report.state.deployment) return
      await deactivate(session, { environment, runUrl }, (deployments) => listSuperseded(deployments, ownId))
    },
  }
}

/** For instance, the event of a comment on a pull request doesn't contain its head. */
const isHeadUnknown = ({ workflow }: GitHubContext): boolean =>
  workflow.sha === '' && workflow.pullRequest !== undefined

/** Reuses one that an earlier request has created although its answer was lost; else creates one. */
const createDeployment = ({ workflow }: GitHubContext, request: Request, mayBeThere: boolean): GitHubWork<number> => {
  const environment = formatGitHubEnvironment(request)
  const body = {
    environment,
    transient_environment: request.operation === 'deploy' && request.createFrom !== undefined,
    payload: formatPayload(workflow),
  }
  return async (github, limits, attempt) => {
    const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : []
    const own = findOwnUnfinished(known, workflow)
    return own?.id ?? github.createDeployment({ ...body, ref: await getRef(workflow, github, limits) }, limits)
  }
}

const getRef = async ({ sha, pullRequest }: WorkflowContext, github: GitHub, limits: Limits): Promise<string> =>
  sha === '' && pullRequest ? (await github.getPullRequestHead(pullRequest.number, limits)).sha : sha

const setStatus = (session: GitHubSession, id: number, body: GitHubStatusBody): Promise<void> =>
  session.ask((github, limits) => github.createDeploymentStatus(id, body, limits))

/** `runUrl`: of the run that sets them `inactive`. */
type Deactivated = { readonly environment: string; readonly runUrl: string }

/** Sets the chosen ones `inactive`: they no longer show what runs in the environment. */
const deactivate = async (
  session: GitHubSession,
  { environment, runUrl }: Deactivated,
  choose: (deployments: readonly GitHubDeployment[]) => readonly number[],
): Promise<void> => {
  const deployments = await session.ask((github, limits) => github.listDeployments(environment, limits))
  const status = { state: 'inactive', description: '', log_url: runUrl } as const
  for (const id of choose(deployments)) {
    await setStatus(session, id, status).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  }
}

/** For an environment that is gone. */
export const deactivateAll = (session: GitHubSession, retired: Deactivated): Promise<void> =>
  deactivate(session, retired, listActiveIds)
