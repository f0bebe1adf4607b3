import type { GitHubDeployment, GitHubStatusBody } from '../api.ts'
import type { Request } from '../inputs/request.ts'
import type { Outcome } from '../run/outcome.ts'
import type { Report, RunState } from '../run/result.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { formatHeadline } from './headline.ts'
import { formatAwaited } from './pipeline-problems.ts'

/** GitHub's limit. */
const maxDescription = 140

/** The environment's name on GitHub, with the application: one repository may deploy several. */
export const formatGitHubEnvironment = ({ app, env }: Pick<Request, 'app' | 'env'>): string => `${app}/${env}`

/** Identifies the run that made a GitHub Deployment, in case it dies before it has saved the id. */
export const formatPayload = ({ runUrl, attempt }: WorkflowContext): { readonly run: string } => ({
  run: `${runUrl}/attempts/${attempt}`,
})

const unfinished = ['', 'queued', 'pending', 'in_progress']

/** An unfinished one of this very attempt: an earlier request whose answer was lost made it. */
export const findOwnUnfinished = (
  deployments: readonly GitHubDeployment[],
  workflow: WorkflowContext,
): GitHubDeployment | undefined =>
  deployments.find(
    ({ state, payload }) => unfinished.includes(state) && hasPayload(payload, formatPayload(workflow).run),
  )

/** GitHub hands the payload out as JSON, and at times as JSON within JSON. */
const hasPayload = (payload: string, run: string): boolean => payload.split(/[\\"]+/).some((part) => part === run)

/** `queued` while somebody has to approve it. */
export const formatGoingStatus = (
  { approvals }: Pick<RunState, 'approvals'>,
  { workflow, writer }: Pick<Report, 'workflow' | 'writer'>,
): GitHubStatusBody => ({
  state: approvals.length > 0 ? 'queued' : 'in_progress',
  description: writer.line(formatAwaited({ approvals }).trim(), maxDescription),
  log_url: workflow.runUrl,
})

const states: Readonly<Partial<Record<Outcome, GitHubStatusBody['state']>>> = {
  succeeded: 'success',
  failed: 'failure',
  unhealthy: 'failure',
}

/** The final status; only a success links to the environment. */
export const formatFinalStatus = (report: Report): GitHubStatusBody => {
  const { result, state: run, workflow } = report
  const state = states[result.outcome] ?? 'error'
  const [environment_url] = state === 'success' ? run.environmentUrls : []
  return {
    state,
    description: report.writer.line(formatHeadline(report), maxDescription),
    log_url: workflow.runUrl,
    ...(environment_url !== undefined && { environment_url }),
  }
}

/**
 * The GitHub Deployments to set `inactive` once this run's own (`ownId`) is finished: all older ones, and its own if a newer one
 * has already finished.
 */
export const listSuperseded = (deployments: readonly GitHubDeployment[], ownId: number): readonly number[] => {
  const hasNewerFinished = deployments.some(
    ({ id, state }) => id > ownId && (state === 'success' || state === 'failure'),
  )
  return listActiveIds(deployments.filter(({ id }) => id < ownId || (id === ownId && hasNewerFinished)))
}

/**
 * Those that aren't `inactive`: the newest first, since people look at that one, then the others from the oldest on. If time runs
 * out, those left are near the list's beginning: the next run, which stops reading at a page of inactive ones, still finds them.
 */
export const listActiveIds = (deployments: readonly GitHubDeployment[]): readonly number[] => {
  const ids = deployments.filter(({ state }) => state !== 'inactive').map(({ id }) => id)
  const newest = Math.max(...ids)
  return ids.toSorted((one, other) => (one === newest ? -1 : other === newest ? 1 : one - other))
}
