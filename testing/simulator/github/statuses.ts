import type { ApiAnswer } from '../exchange.ts'
import { type GitHubAsked, getFields, getText } from './asked.ts'
import { findGitHubDeployment } from './deployments.ts'
import { answerPage } from './pages.ts'
import { refuseInvalid, refuseNotFound } from './refusals.ts'
import {
  type DeploymentStatus,
  describeGitHubUser,
  formatGitHubTime,
  type GitHubDeployment,
  type GitHubState,
  type GitHubUser,
  type Repository,
} from './state.ts'

const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** Newest first, in pages. */
export const listStatuses = (asked: GitHubAsked): ApiAnswer => {
  const deployment = findGitHubDeployment(asked)
  if (!deployment) return refuseNotFound
  return answerPage(asked, deployment.statuses.map(describeStatus).reverse())
}

export const createStatus = (asked: GitHubAsked): ApiAnswer => {
  const { state, repository, grant, request, nowMs } = asked
  const deployment = findGitHubDeployment(asked)
  if (!deployment) return refuseNotFound
  const word = getText(request, 'state')
  if (!states.includes(word)) return refuseInvalid('DeploymentStatus', 'state', 'state is not included in the list')
  const description = getText(request, 'description')
  if (description.length > 140) return refuseInvalid('DeploymentStatus', 'description', 'description is too long')
  const given = {
    description,
    environmentUrl: getText(request, 'environment_url'),
    logUrl: getText(request, 'log_url'),
  }
  const status = addStatus(state, deployment, { ...given, state: word, creator: grant.user, createdMs: nowMs })
  const retiresOthers = word === 'success' && getFields(request)['auto_inactive'] !== false
  if (retiresOthers) retireOthers(state, repository, deployment, grant.user, nowMs)
  return { status: 201, body: describeStatus(status), acceptedId: String(status.id) }
}

const addStatus = (
  state: GitHubState,
  deployment: GitHubDeployment,
  status: Omit<DeploymentStatus, 'id'>,
): DeploymentStatus => {
  const added = { ...status, id: state.nextId++ }
  deployment.statuses.push(added)
  return added
}

/** `auto_inactive`: a success makes the earlier, lasting, non-production deployments of its environment inactive. */
const retireOthers = (
  state: GitHubState,
  { deployments }: Repository,
  newest: GitHubDeployment,
  creator: GitHubUser,
  createdMs: number,
): void => {
  const earlier = deployments.filter(({ id, environment }) => id < newest.id && environment === newest.environment)
  for (const deployment of earlier) {
    if (deployment.isTransient || deployment.isProduction || deployment.statuses.at(-1)?.state === 'inactive') continue
    addStatus(state, deployment, {
      state: 'inactive',
      description: '',
      environmentUrl: '',
      logUrl: '',
      creator,
      createdMs,
    })
  }
}

const describeStatus = (status: DeploymentStatus): Record<string, unknown> => ({
  id: status.id,
  state: status.state,
  description: status.description,
  environment_url: status.environmentUrl,
  log_url: status.logUrl,
  creator: describeGitHubUser(status.creator),
  created_at: formatGitHubTime(status.createdMs),
  updated_at: formatGitHubTime(status.createdMs),
})
