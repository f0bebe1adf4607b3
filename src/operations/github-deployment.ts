import {
  findOwnUnfinished,
  formatFinalStatus,
  formatGitHubEnvironment,
  formatPayload,
  listActiveIds,
  listSuperseded,
} from '../core/github-deployments.ts'
import type { Request } from '../core/inputs/request.ts'
import type { Origin } from '../core/run/workflow-context.ts'
import type { GitHub, GitHubDeployment, GitHubStatusBody, Limits } from '../ports.ts'
import { askGitHub, type GitHubStep, type GitHubTask, isGone, type Patience } from './github-request.ts'

export const deploymentTask = {
  what: 'GitHub’s own Deployment',
  permission: 'deployments: write',
} as const

/** Shows the run in GitHub's own list of Deployments. `id`: of the one that an earlier process has made. */
export const createDeploymentTask = (step: GitHubStep, request: Request, id?: number): GitHubTask => {
  const environment = formatGitHubEnvironment(request)
  let knownId = id
  const getId = async (patience: Patience, mayBeThere: boolean): Promise<number> => {
    knownId ??= await createDeployment(step, patience, request, mayBeThere)
    step.journal.saveOpenWork({ githubDeployment: { id: knownId } })
    return knownId
  }
  return {
    ...deploymentTask,
    ...(isHeadUnknown(step) && { permission: `${deploymentTask.permission}, pull-requests: read` }),
    field: 'githubDeployment',
    begin: async (patience) => {
      const { runUrl } = step.origin
      const ownId = await getId(patience, false)
      await setStatus(step, patience, ownId, { state: 'in_progress', description: '', log_url: runUrl })
    },
    end: async (patience, report) => {
      const ownId = await getId(patience, true)
      await setStatus(step, patience, ownId, formatFinalStatus(report))
      // Where nothing was started, the older ones still say what runs there.
      if (!report.facts.deployment) return
      await retire(step, patience, environment, (deployments) => listSuperseded(deployments, ownId))
    },
  }
}

/** A comment on a pull request, for one, doesn't tell its head. */
const isHeadUnknown = ({ origin }: GitHubStep): boolean => origin.sha === '' && origin.pullRequest !== undefined

/** One that an earlier request has left, when its answer was lost, is taken; else a new one. */
const createDeployment = (
  step: GitHubStep,
  patience: Patience,
  request: Request,
  mayBeThere: boolean,
): Promise<number> => {
  const environment = formatGitHubEnvironment(request)
  const body = {
    environment,
    transient_environment: request.operation === 'deploy' && request.createFrom !== undefined,
    payload: formatPayload(step.origin),
  }
  return askGitHub(step, patience, async (github, limits, attempt) => {
    const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : []
    const own = findOwnUnfinished(known, step.origin)
    return own?.id ?? github.createDeployment({ ...body, ref: await getRef(step.origin, github, limits) }, limits)
  })
}

const getRef = async ({ sha, pullRequest }: Origin, github: GitHub, limits: Limits): Promise<string> =>
  sha === '' && pullRequest ? github.getHeadSha(pullRequest.number, limits) : sha

const setStatus = (step: GitHubStep, patience: Patience, id: number, body: GitHubStatusBody): Promise<void> =>
  askGitHub(step, patience, (github, limits) => github.createDeploymentStatus(id, body, limits))

/** Sets `inactive` what no longer says what runs in the environment. */
const retire = async (
  step: GitHubStep,
  patience: Patience,
  environment: string,
  choose: (deployments: readonly GitHubDeployment[]) => readonly number[],
): Promise<void> => {
  const deployments = await askGitHub(step, patience, (github, limits) => github.listDeployments(environment, limits))
  const status = { state: 'inactive', description: '', log_url: step.origin.runUrl } as const
  for (const id of choose(deployments)) {
    await setStatus(step, patience, id, status).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  }
}

/** All of an environment that is gone. */
export const retireAll = (step: GitHubStep, patience: Patience, environment: string): Promise<void> =>
  retire(step, patience, environment, listActiveIds)
