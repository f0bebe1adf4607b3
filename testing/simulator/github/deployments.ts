import { hash } from 'node:crypto'
import type { ApiAnswer } from '../exchange.ts'
import { type GitHubAsked, getFields, getText } from './asked.ts'
import { answerPage } from './pages.ts'
import { refuseConflict, refuseInvalid, refuseNotFound } from './refusals.ts'
import { describeGitHubUser, formatGitHubTime, formatNodeId, type GitHubDeployment, type Repository } from './state.ts'

/** Newest first, in pages; `environment`, `sha`, `ref` and `task` narrow the list. */
export const listGitHubDeployments = (asked: GitHubAsked): ApiAnswer => {
  const { repository, request } = asked
  const { query = {} } = request
  const fits = (deployment: GitHubDeployment): boolean =>
    (['environment', 'sha', 'ref', 'task'] as const).every((name) => !query[name] || query[name] === deployment[name])
  const found = repository.deployments.filter(fits).reverse()
  return answerPage(asked, found, (deployment) => describeGitHubDeployment(repository, deployment))
}

export const findGitHubDeployment = ({ repository, id }: GitHubAsked): GitHubDeployment | undefined =>
  repository.deployments.find((deployment) => deployment.id === Number(id))

export const getGitHubDeployment = (asked: GitHubAsked): ApiAnswer => {
  const deployment = findGitHubDeployment(asked)
  return deployment ? { status: 200, body: describeGitHubDeployment(asked.repository, deployment) } : refuseNotFound
}

/**
 * Without `auto_merge: false` the default branch is merged into the ref instead (202), and without `required_contexts: []`
 * a commit whose checks aren't all green is refused (GitHub's documentation, "Create a deployment").
 */
export const createGitHubDeployment = (asked: GitHubAsked): ApiAnswer => {
  const { state, repository, grant, request, nowMs } = asked
  const fields = getFields(request)
  const ref = getText(request, 'ref')
  if (ref === '') return refuseInvalid('Deployment', 'ref', "ref can't be blank")
  if (fields['auto_merge'] !== false)
    return { status: 202, body: { message: `Auto-merged main into ${ref} on deployment.` } }
  const contexts = fields['required_contexts']
  if (!Array.isArray(contexts) || contexts.length > 0)
    return refuseConflict(`Conflict: Commit status checks failed for ${ref}.`)
  const environment = getText(request, 'environment') || 'production'
  const deployment: GitHubDeployment = {
    id: state.nextId++,
    environment,
    ref,
    sha: /^[0-9a-f]{40}$/.test(ref) ? ref : hash('sha1', ref),
    task: getText(request, 'task') || 'deploy',
    description: getText(request, 'description'),
    payload: fields['payload'] ?? {},
    isTransient: fields['transient_environment'] === true,
    isProduction: (fields['production_environment'] ?? environment === 'production') === true,
    creator: grant.user,
    createdMs: nowMs,
    statuses: [],
  }
  repository.deployments.push(deployment)
  return { status: 201, body: describeGitHubDeployment(repository, deployment), acceptedId: String(deployment.id) }
}

const describeGitHubDeployment = ({ name }: Repository, deployment: GitHubDeployment): Record<string, unknown> => {
  const url = `https://api.github.com/repos/${name}/deployments/${deployment.id}`
  const updatedMs = deployment.statuses.at(-1)?.createdMs ?? deployment.createdMs
  return {
    id: deployment.id,
    node_id: formatNodeId(deployment.id),
    url,
    statuses_url: `${url}/statuses`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    environment: deployment.environment,
    original_environment: deployment.environment,
    description: deployment.description || null,
    transient_environment: deployment.isTransient,
    production_environment: deployment.isProduction,
    creator: describeGitHubUser(deployment.creator),
    created_at: formatGitHubTime(deployment.createdMs),
    updated_at: formatGitHubTime(updatedMs),
  }
}
