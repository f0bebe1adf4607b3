import { listLoggedContainers, type ReadLog, shapeContainerLog } from '../core/container-logs.ts'
import { RequestError } from '../core/network/request-error.ts'
import { healthLimitMs } from '../core/network/retry-policy.ts'
import { Cancelled } from '../core/run/outcome.ts'
import type { WantedLogs } from '../ports.ts'
import { isPastDeadline } from './context.ts'
import type { HealthContext } from './health-look.ts'
import { orError, sendRequest } from './request.ts'

/** Notes the last log lines of the containers that fail, as many as the input `log_lines` says; not past the deadline. */
export const noteContainerLogs = async (shared: HealthContext): Promise<void> => {
  const { context, request } = shared
  const { health } = context.store.state
  if (request.logLines === 0 || !health || isPastDeadline(context)) return
  const names = listLoggedContainers(health.workloads.flatMap(({ containers }) => containers))
  try {
    const logs = await Promise.all(names.map((name) => readLog(shared, determineWanted(shared, name))))
    if (logs.length > 0) context.store.note({ health: { ...health, logs } })
  } catch (error) {
    // Who fails is known already.
    if (!(error instanceof Cancelled)) throw error
  }
}

/** The pods of a workload that has changed are the deployment's; those of another one may be an earlier one's. */
const determineWanted = (
  { context, request, looks }: HealthContext,
  name: Pick<WantedLogs, 'workload' | 'container'>,
): WantedLogs => {
  const { deployment } = context.store.state
  const isOfDeployment = deployment !== undefined && looks.changed?.has(name.workload) === true
  return { ...name, lineCount: request.logLines, ...(isOfDeployment && { deploymentId: deployment.id }) }
}

/** One request, since a refusal is said. */
const readLog = async ({ context, request }: HealthContext, wanted: WantedLogs): Promise<ReadLog> => {
  const { workload, container, lineCount } = wanted
  const entries = await orError(
    sendRequest(context, (limits) => context.humanitec.listContainerLogs(request.env, wanted, limits), {
      timeoutMs: healthLimitMs,
      patience: 'once',
    }),
  )
  if (!(entries instanceof RequestError))
    return shapeContainerLog({ workload, container }, entries, { lineCount, redact: context.writer.text })
  const { kind, status } = entries.details
  return { workload, container, refusal: { kind, ...(status !== undefined && { status }) } }
}
