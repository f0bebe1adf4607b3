import type { InspectedDeployment } from '../simulator/orchestrator/inspection.ts'
import { place } from './place.ts'
import { isStart } from './start-result.ts'
import type { Attempt, Sending, Trace } from './trace.ts'

/** A deployment that one of our requests has started, by the orchestrator's own record. */
export type AcceptedStart = {
  readonly id: string
  readonly attempt: Attempt
  /** Absent when a pipeline started it, later. */
  readonly sending?: Sending
  readonly createdMs: number
  /** Its end; infinite when it has none. */
  readonly endedMs: number
  readonly status: string
  readonly baseId: string
}

export type Oracle = {
  readonly starts: readonly AcceptedStart[]
  /** Newest first, everybody's. */
  readonly deployments: readonly InspectedDeployment[]
  /** Of the environment when all was over; `''` when there was none. */
  readonly baseId: string
}

export const consultOracle = (trace: Trace): Oracle => {
  const { orchestrator, attempts } = trace
  const deployments = orchestrator.inspectDeployments(place)
  const sendings = new Map<string, { readonly attempt: Attempt; readonly sending: Sending }>()
  for (const attempt of attempts) {
    for (const sending of attempt.sendings) {
      if (isStart(sending) && sending.record?.acceptedId) sendings.set(sending.record.acceptedId, { attempt, sending })
    }
  }
  const starts = deployments.flatMap((deployment): AcceptedStart[] => {
    const attempt = sendings.get(deployment.id)?.attempt ?? findPipelines(trace, deployment)
    return attempt ? [describeStart(deployment, attempt, sendings.get(deployment.id)?.sending)] : []
  })
  return { starts, deployments, baseId: orchestrator.inspectEnvironment(place)?.baseId ?? '' }
}

/** A pipeline's deployment is made so long after the request that it was asked by. */
const findPipelines = (
  { attempts, scenario }: Trace,
  { createdBy, createdMs }: InspectedDeployment,
): Attempt | undefined => {
  if (createdBy !== 's-github-actions') return undefined
  const askedMs = createdMs - (scenario.plan.pipeline?.startsAfterMs ?? 0)
  return attempts.find(({ sendings }) =>
    sendings.some((sending) => isStart(sending) && sending.record?.effectAtMs === askedMs),
  )
}

const describeStart = (
  { id, createdMs, status, statusChangedMs, fromId }: InspectedDeployment,
  attempt: Attempt,
  sending: Sending | undefined,
): AcceptedStart => ({
  id,
  attempt,
  ...(sending && { sending }),
  createdMs,
  endedMs: status === 'succeeded' || status === 'failed' ? statusChangedMs : Number.POSITIVE_INFINITY,
  status,
  baseId: fromId,
})
