import { isSameRepository, type WorkflowContext } from './workflow-context.ts'

/** The README's section on rollbacks; `''` where the action's address isn't known. */
export const formatRollbackGuideUrl = ({ actionUrl }: WorkflowContext): string =>
  actionUrl ? `${actionUrl}#rollback` : ''

/** An environment, and the web application's address. */
export type Place = { readonly appUrl: string; readonly org: string; readonly app: string; readonly env: string }

export const formatEnvironmentPageUrl = ({ appUrl, org, app, env }: Place): string =>
  `${appUrl}/orgs/${encode(org)}/apps/${encode(app)}/envs/${encode(env)}`

/** The web application's page; `''` without an id. */
export const formatDeploymentUrl = (place: Place, deploymentId: string): string =>
  deploymentId === '' ? '' : `${formatEnvironmentPageUrl(place)}/deploys/${encode(deploymentId)}`

/** Humanitec's page of a run of a pipeline. */
export const formatPipelineRunUrl = (
  { appUrl, org, app }: Omit<Place, 'env'>,
  { pipelineId, runId }: { readonly pipelineId: string; readonly runId: string },
): string => `${appUrl}/orgs/${encode(org)}/apps/${encode(app)}/pipelines/${encode(pipelineId)}/runs/${encode(runId)}`

const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

/** `''` where the repository's address isn't known. */
export const formatCommitUrl = ({ runUrl, sha }: WorkflowContext): string =>
  runUrl === '' || sha === '' ? '' : `${formatRepositoryUrl(runUrl)}/commit/${encode(sha)}`

/** @param repository `owner/repo`; default: the run's */
export const formatPullRequestUrl = (
  { runUrl, repository: own }: WorkflowContext,
  number: number,
  repository = own,
): string => {
  if (runUrl === '') return ''
  const url = formatRepositoryUrl(runUrl)
  const isOwn = isSameRepository(repository, own)
  return `${isOwn ? url : `${url.slice(0, url.length - own.length)}${repository}`}/pull/${number}`
}

/** The run's address begins with its repository's, also on GitHub Enterprise Server. */
const formatRepositoryUrl = (runUrl: string): string => runUrl.split('/actions/runs/', 1)[0] ?? ''
