import type { Deployment } from '../core/api.ts'
import { listLoggedContainers, type ReadLog, shapeContainerLog } from '../core/container-logs.ts'
import { listWorkloads } from '../core/delta.ts'
import { hasSucceeded } from '../core/deployments.ts'
import { type Health, judgeHealth, type Revisions, type Rollout, readRevisions } from '../core/health.ts'
import type { FollowRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { healthLimitMs, isRetryable } from '../core/network/retry-policy.ts'
import { DeadlineError } from '../core/run/result.ts'
import { compareSets } from '../core/set-diff.ts'
import { parseTimeMs } from '../core/text/words.ts'
import type { WantedLogs } from '../ports.ts'
import { type Context, isPastDeadline } from './context.ts'
import { rethrowBackoff } from './rate-limiter.ts'
import { catchRequestError, type Send, sendRequest, unlessCancelled, waitForBackoff } from './request.ts'

/** What the health checks of one deployment share. */
export type HealthContext = {
  readonly context: Context
  readonly request: FollowRequest
  readonly checker: HealthChecker
  /** On the clock: when the deployment began. */
  readonly sinceMs: number
}

/**
 * Checks the workloads of the deployment in the run's state. A check is one request, and those for the Sets that show which
 * workloads there are and which have changed, until these could be read. During a wait, `context` is that of the side checks.
 */
type HealthChecker = {
  /** To be called right after the start's answer: notes what ran before the deployment reached the cluster. */
  noteRevisions(context: Context): Promise<void>
  /** Notes the health. Rejects with a RequestError when the cluster can't be read, with a DeadlineError when time ran out. */
  check(context: Context): Promise<Health>
  /** The deployed workloads whose entry in the Set has changed; absent while unknown. */
  readonly changed: ReadonlySet<string> | undefined
  /** The deployment has ended: from a minute later on, whatever runs counts as its own. */
  end(): void
}

/** After the end, how long a revision from before the deployment may still make way for its own. */
const revisionGraceMs = 60_000

/** @param sinceMs on the clock: when the deployment began */
export const createHealthChecker = (
  { clock, store }: Context,
  request: FollowRequest,
  sinceMs: number,
): HealthChecker => {
  const sets = createSetReader(request)
  let revisionsBefore: Revisions | undefined
  let endedMs = Number.POSITIVE_INFINITY
  // A pipeline's run may create the deployment long after the response to the start, whose `created_at` is then replaced.
  const firstCreatedAt = store.state.deployment?.created_at ?? ''
  const readRuntime = (context: Context) =>
    sendOnce(context, (limits) => context.humanitec.getRuntime(request.env, limits))
  return {
    noteRevisions: async (context) => {
      revisionsBefore = readRevisions(await readRuntime(context))
    },
    check: async (context) => {
      const isLate = isPastDeadline(context)
      const parts = await sets.read(context)
      if (!isLate && isPastDeadline(context)) throw new DeadlineError()
      const runtime = await readRuntime(context)
      const rollout: Rollout = {
        ...parts,
        ...(revisionsBefore && { revisionsBefore }),
        createdAt: store.state.deployment?.created_at ?? '',
        ...(clock.now() >= endedMs + revisionGraceMs && { isSettled: true }),
      }
      // By the cluster's clock, whose times it is compared with: the runner's may be wrong.
      const beganMs = parseTimeMs(firstCreatedAt) ?? parseTimeMs(rollout.createdAt) ?? sinceMs
      const health = judgeHealth(runtime, rollout, beganMs + clock.now() - sinceMs)
      store.note({ health })
      return health
    },
    get changed() {
      return sets.known.changed
    },
    end: () => {
      endedMs = Math.min(endedMs, clock.now())
    },
  }
}

const sendOnce = <Answer>(context: Context, call: Send<Answer>): Promise<Answer> =>
  sendRequest(context, call, { timeoutMs: healthLimitMs, patience: 'once' })

type SetParts = Pick<Rollout, 'workloads' | 'changed'>

type SetReader = { readonly known: SetParts; read(context: Context): Promise<SetParts> }

/** Reads the Sets once; again at the next check after a temporary failure. */
const createSetReader = (request: FollowRequest): SetReader => {
  let known: SetParts = {}
  let isOver = false
  return {
    get known() {
      return known
    },
    read: async (context) => {
      const { deployment } = context.store.state
      // A pipeline may not have made its Set yet.
      if (isOver || !deployment?.set_id || isPastDeadline(context)) return known
      const note = (parts: SetParts) => {
        known = parts
      }
      const refusal = rethrowBackoff(await catchRequestError(readParts(context, request, deployment, note)))
      const isRefused = refusal instanceof RequestError
      if (isRefused) context.runner.debug(`Which workloads were deployed could not be read: ${refusal.message}`)
      isOver = !isRefused || !isRetryable(refusal.details)
      return known
    },
  }
}

/** Notes what is known as soon as it is: the Set before may be refused. */
const readParts = async (
  context: Context,
  request: FollowRequest,
  { set_id }: Deployment,
  note: (parts: SetParts) => void,
): Promise<void> => {
  const isLate = isPastDeadline(context)
  const readSet = (id: string) => sendOnce(context, (limits) => context.humanitec.getSet(id, limits))
  const set = await readSet(set_id)
  const workloads = [...new Set(listWorkloads(set).map(({ workload }) => workload))]
  note({ workloads })
  const previous = findPrevious(context)
  // For a deployment that was started elsewhere, what runs now is judged as it is.
  if (request.operation === 'wait' || previous?.set_id === set_id) return note({ workloads, changed: new Set() })
  if (previous === undefined || previous?.set_id === '') return
  if (previous !== null && !isLate && isPastDeadline(context)) throw new DeadlineError()
  const before = previous === null ? undefined : rethrowBackoff(await catchRequestError(readSet(previous.set_id)))
  if (before instanceof RequestError) return
  note({ workloads, changed: new Set(compareSets(before, set).map(({ workload }) => workload)) })
}

/**
 * The environment's latest successful deployment before ours; `null` if there was none, `undefined` if unknown. Not the base of
 * ours, which may never have run here.
 */
const findPrevious = ({ store: { state } }: Context): Deployment | null | undefined =>
  state.history.find((deployment) => hasSucceeded(deployment) && deployment.id !== state.deployment?.id) ??
  state.previous

/** Whether a newer deployment has begun: what runs may then belong to that one. */
export const hasNewerDeployment = async ({ context, request: { env } }: HealthContext): Promise<boolean> => {
  const environment = await catchRequestError(
    sendOnce(context, (limits) => context.humanitec.getEnvironment(env, limits)),
  )
  const { deployment } = context.store.state
  if (environment instanceof RequestError) await waitForBackoff(context)
  if (environment instanceof RequestError || !environment.last_deploy || !deployment) return false
  const { id, created_at } = environment.last_deploy
  return id !== deployment.id && !(timeOf(created_at) < timeOf(deployment.created_at))
}

const timeOf = (time: string): number => parseTimeMs(time) ?? Number.NaN

/** Notes that this deployment's health can't be judged, and why. */
export const noteNotJudged = ({ store }: Context, notJudged: 'nothing_watched' | 'newer_deployment'): void =>
  store.note({
    health: {
      overall: 'unknown',
      workloads: notJudged === 'nothing_watched' ? (store.state.health?.workloads ?? []) : [],
      notJudged,
    },
  })

/** Notes the last log lines of the containers that fail, as many as the input `log_lines` says; not past the deadline. */
export const noteContainerLogs = async (shared: HealthContext): Promise<void> => {
  const { context, request } = shared
  const { health } = context.store.state
  if (request.logLines === 0 || !health || isPastDeadline(context)) return
  const names = listLoggedContainers(health.workloads.flatMap(({ containers }) => containers))
  const reading = Promise.all(names.map((name) => readLog(shared, determineWanted(shared, name))))
  const logs = await unlessCancelled(reading, [])
  if (logs.length > 0) context.store.note({ health: { ...health, logs } })
}

/** A changed workload's pods belong to this deployment; those of an unchanged one may be from an earlier deployment. */
const determineWanted = (
  { context, request, checker }: HealthContext,
  name: Pick<WantedLogs, 'workload' | 'container'>,
): WantedLogs => {
  const { deployment } = context.store.state
  const isOfDeployment = deployment !== undefined && checker.changed?.has(name.workload) === true
  return { ...name, lineCount: request.logLines, ...(isOfDeployment && { deploymentId: deployment.id }) }
}

/** One request: a refusal is shown in the report. */
const readLog = async ({ context, request }: HealthContext, wanted: WantedLogs): Promise<ReadLog> => {
  const { workload, container, lineCount } = wanted
  const entries = await catchRequestError(
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
