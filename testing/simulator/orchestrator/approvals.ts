import { createHex } from '../chance.ts'
import type { ApiAnswer } from '../exchange.ts'
import type { AskedOfApp } from './asked.ts'
import { answerPage, getQuery } from './pages.ts'
import type { ApprovalState } from './pipelines.ts'
import type { State } from './state.ts'
import { formatTime } from './times.ts'

/** Newest first, by `pipeline`, `run` (both more than once) and `status`. */
export const listApprovals = ({ app, request }: AskedOfApp): ApiAnswer => {
  const query = getQuery(request)
  const isWanted = (name: string, value: string): boolean => !query.has(name) || query.getAll(name).includes(value)
  const found = app.approvals.filter(
    ({ run, status }) => isWanted('pipeline', run.pipeline.id) && isWanted('run', run.id) && isWanted('status', status),
  )
  return answerPage(request, found.map(describeApproval).reverse())
}

const describeApproval = (approval: ApprovalState): Readonly<Record<string, unknown>> => ({
  id: approval.id,
  org_id: approval.run.app.org,
  app_id: approval.run.app.id,
  pipeline_id: approval.run.pipeline.id,
  run_id: approval.run.id,
  job_id: approval.jobId,
  env_id: approval.envId,
  message: approval.message,
  created_at: formatTime(approval.createdMs),
  status: approval.status,
  ...(approval.decidedBy !== undefined && { approved_by: approval.decidedBy }),
  ...(approval.decidedMs !== undefined && { approved_at: formatTime(approval.decidedMs) }),
})

type Request = Pick<ApprovalState, 'run' | 'jobId' | 'envId' | 'message' | 'goOn'>

/** Asks for an approval. */
export const requestApproval = (world: State, request: Request, nowMs: number): ApprovalState => {
  const approval: ApprovalState = { ...request, id: createId(world), createdMs: nowMs, status: 'waiting' }
  request.run.app.approvals.push(approval)
  return approval
}

/** One that was decided, or whose run is over, stays as it is. */
export const decide = (
  approval: ApprovalState,
  status: 'approved' | 'denied' | 'cancelled',
  atMs: number,
  by?: string,
): void => {
  if (approval.status !== 'waiting') return
  approval.status = status
  if (by !== undefined) approval.decidedBy = by
  if (status === 'cancelled') return
  approval.decidedMs = atMs
  approval.goOn(status === 'approved', atMs)
}

/** Ids of runs, approvals and pipeline versions have the form of a UUID. */
export const createId = ({ random }: State): string =>
  createHex(random, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
