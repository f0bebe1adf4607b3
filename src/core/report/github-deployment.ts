import type { GitHubDeployment, GitHubStatusBody } from '../api.ts'
import type { Request } from '../inputs/request.ts'
import type { Outcome } from '../run/outcome.ts'
import type { Report, RunState } from '../run/result.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { formatHeadline } from './headline.ts'
import { formatAwaited } from './pipeline-problems.ts'

/** GitHub's limit. */
const maxDescription = 140

/** How GitHub's own list of Deployments names an environment: two applications of one repository stay apart. */
export const formatGitHubEnvironment = ({ app, env }: Pick<Request, 'app' | 'env'>): string => `${app}/${env}`

/** By what a run knows its own again, when it died before it could save the id. */
export const formatPayload = ({ runUrl, attempt }: WorkflowContext): { readonly run: string } => ({
  run: `${runUrl}/attempts/${attempt}`,
})

const unfinished = ['', 'queued', 'pending', 'in_progress']

/** Made by this very attempt of the run, and not finished: what an earlier request whose answer was lost has left. */
export const findOwnUnfinished = (
  deployments: readonly GitHubDeployment[],
  workflow: WorkflowContext,
): GitHubDeployment | undefined =>
  deployments.find(
    ({ state, payload }) => unfinished.includes(state) && hasPayload(payload, formatPayload(workflow).run),
  )

/** GitHub hands the payload out as JSON, and at times as JSON within JSON. */
const hasPayload = (payload: string, run: string): boolean => payload.split(/[\\"]+/).some((part) => part === run)

/** Whether the deployment goes on, or somebody has to approve it first. */
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

/** The last word on a deployment; the address is shown only where there is something to see. */
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
 * Which GitHub Deployments of an environment no longer say what runs there, once ours is finished: the older ones, dead ones
 * among them; and ours itself, when a newer one has finished before.
 */
export const listSuperseded = (deployments: readonly GitHubDeployment[], ownId: number): readonly number[] => {
  const isOvertaken = deployments.some(({ id, state }) => id > ownId && (state === 'success' || state === 'failure'))
  return listActiveIds(deployments.filter(({ id }) => id < ownId || (id === ownId && isOvertaken)))
}

/**
 * Those that aren't `inactive`: the newest first, by which people go, then from the oldest on. Where time runs out, what is left
 * is near the beginning of the list, and the next run, which reads no further than a page of inactive ones, finds it.
 */
export const listActiveIds = (deployments: readonly GitHubDeployment[]): readonly number[] => {
  const ids = deployments.filter(({ state }) => state !== 'inactive').map(({ id }) => id)
  const newest = Math.max(...ids)
  return ids.toSorted((one, other) => (one === newest ? -1 : other === newest ? 1 : one - other))
}
