import type { Deployment, Environment, PipelineRun, StartBody } from '../core/api.ts'
import { findActiveSince } from '../core/deployments.ts'
import { type FailureDetails, RequestError } from '../core/network/request-error.ts'
import { pipelineSearchGapsMs, searchGapsMs } from '../core/network/retry-policy.ts'
import type { PendingStart } from '../core/run/checkpoint.ts'
import type { WaitingFor } from '../core/run/log-event.ts'
import { DeadlineError, StepEndError } from '../core/run/result.ts'
import { identifyStart, listPipelineIds, type SentStart } from '../core/start-identity.ts'
import { type Context, isPastDeadline } from './context.ts'
import { listDeployments } from './read.ts'
import { catchRequestError, createHeartbeat, sendRequest } from './request.ts'

/** A start that was sent, or may have been. */
export type Start = {
  readonly context: Context
  readonly env: string
  readonly body: StartBody
  readonly mark: string
  /** The environment as it was read before the first send. */
  readonly before: Pick<Environment, 'from_deploy' | 'last_deploy'>
  /** The base's Set, where the start deploys the base as it is; `''` if unknown. */
  readonly baseSetId?: string
  /** The base's id, in the same case, if known. */
  readonly baseId?: string
  /** Pipeline runs with our mark from before: an earlier attempt's. */
  readonly earlierRunIds: readonly string[]
}

/** What is known of it. */
export type StartState =
  /** `sentMs`: on the clock, when our first send that may have led to it began. */
  | { readonly kind: 'started'; readonly deployment: Deployment; readonly sentMs?: number | undefined }
  /** A pipeline run has it, without a deployment yet. */
  | { readonly kind: 'in_pipeline'; readonly run: PipelineRun; readonly sentMs?: number | undefined }
  /**
   * Nothing of ours, and another deployment is active; `active` is absent when only a 409 shows that. `unread`: why the list could
   * not be read to its end, so that it may be ours after all: a gateway may have sent our start twice.
   */
  | {
      readonly kind: 'conflict'
      readonly active: Deployment | undefined
      readonly unread?: FailureDetails | 'too_late'
    }
  | { readonly kind: 'absent' }
  /** `alike`: something that could be ours or somebody else's. `several`: more than one start of ours. */
  | { readonly kind: 'ambiguous'; readonly reason: 'several' | 'alike' | 'unreadable' }

type OurStart = Extract<StartState, { kind: 'started' | 'in_pipeline' }>

export const isOurStart = (state: StartState): state is OurStart =>
  state.kind === 'started' || state.kind === 'in_pipeline'

/**
 * What a list of the environment's deployments, or a part of it, shows of the start.
 *
 * @param runs the newest ones of its pipelines; absent if they could not be read
 */
export const judgeList = (
  start: Start,
  newestFirst: readonly Deployment[],
  runs: readonly PipelineRun[] | undefined,
): StartState => {
  const { mark, body, before, baseSetId, baseId } = start
  const sent: SentStart = {
    ...(body.delta_id !== undefined && { deltaId: body.delta_id }),
    ...(body.set_id !== undefined && { setId: body.set_id }),
    ...(baseSetId !== undefined && { baseSetId }),
    ...(baseId !== undefined && { baseId }),
  }
  const earlierRunIds = new Set([...start.earlierRunIds, ...listRunIdsBefore(newestFirst, before.last_deploy)])
  const found = identifyStart({ newestFirst, before: before.last_deploy, sent, mark, runs, earlierRunIds })
  switch (found.kind) {
    case 'found':
      return { kind: 'started', deployment: found.deployment }
    case 'run':
      return { kind: 'in_pipeline', run: found.run }
    case 'ambiguous':
      return { kind: 'ambiguous', reason: found.reason }
    default: {
      const active = findActiveSince(newestFirst, before.last_deploy)
      return active ? { kind: 'conflict', active } : { kind: 'absent' }
    }
  }
}

/** The runs of the deployment that was the newest before, and of earlier ones. */
const listRunIdsBefore = (newestFirst: readonly Deployment[], before: Deployment | undefined): readonly string[] => {
  const index = before ? newestFirst.findIndex(({ id }) => id === before.id) : -1
  const earlier = index < 0 ? [] : newestFirst.slice(index)
  return [...earlier, ...(before ? [before] : [])].flatMap(({ pipeline }) => pipeline?.run_id || [])
}

/**
 * Reads the list until the start shows in it, or would have shown. Where pipelines make the deployments, reads for longer, and
 * their runs, too.
 *
 * @returns the failure when the list can't be read
 * @throws DeadlineError, CancelledError
 */
export const searchStart = async (start: Start): Promise<StartState | RequestError> => {
  const { context, before } = start
  let doubt: StartState | undefined
  for (let reads = 1, gapsMs = searchGapsMs; ; reads++) {
    await pauseWithHeartbeat(context, gapsMs[reads - 1] ?? 0, 'start')
    if (isPastDeadline(context)) throw new DeadlineError()
    const list = await catchRequestError(listDeployments(context, start.env))
    if (list instanceof RequestError) return list
    const pipelineIds = listPipelineIds([...list, ...(before.last_deploy ? [before.last_deploy] : [])])
    if (pipelineIds.length > 0) gapsMs = [...searchGapsMs, ...pipelineSearchGapsMs]
    const state = judgeList(start, list, await listRuns(context, pipelineIds))
    if (state.kind === 'ambiguous' && state.reason !== 'unreadable') doubt = state
    if (isOurStart(state)) return state
    if (reads < gapsMs.length) continue
    if (state.kind !== 'absent' && state.kind !== 'conflict') return state
    // A later list may lag: an earlier doubt stays.
    return doubt ?? (list.length === 0 ? judgeEmptyList(start) : state)
  }
}

/** An empty list is trusted only if the environment shows no deployment either, neither before nor now. */
const judgeEmptyList = async (start: Start): Promise<StartState | RequestError> => {
  const { context, env, before } = start
  if (before.last_deploy) return { kind: 'ambiguous', reason: 'unreadable' }
  const now = await catchRequestError(sendRequest(context, (limits) => context.humanitec.getEnvironment(env, limits)))
  if (now instanceof RequestError) return now
  if (!now.last_deploy) return { kind: 'absent' }
  const state = judgeList(start, [now.last_deploy], [])
  return isOurStart(state) ? state : { kind: 'ambiguous', reason: 'unreadable' }
}

/** An empty list, although there was a deployment before, is one that lags or was cut. */
export const isMissing = (list: readonly Deployment[], before: Deployment | undefined): boolean =>
  before !== undefined && list.length === 0

/** A start goes through one of the most recently used pipelines; no environment is known to use more than three. */
const maxPipelines = 3

/** The newest runs of the pipelines; `undefined` if those of one can't be read. */
const listRuns = async (
  context: Context,
  pipelineIds: readonly string[],
): Promise<readonly PipelineRun[] | undefined> => {
  const all: PipelineRun[] = []
  for (const id of pipelineIds.slice(0, maxPipelines)) {
    const runs = await catchRequestError(
      sendRequest(context, (limits) => context.humanitec.listPipelineRuns(id, limits)),
    )
    if (runs instanceof RequestError) return undefined
    all.push(...runs.map((run) => ({ ...run, pipeline_id: run.pipeline_id || id })))
  }
  return all
}

/** The rate limiter can make the pause long: then the log says what goes on. */
export const pauseWithHeartbeat = (context: Context, ms: number, what: WaitingFor): Promise<void> => {
  const describe = () => ({ kind: 'still_waiting', what, elapsedMs: context.clock.now() - context.startedMs }) as const
  return createHeartbeat(context, describe).pause(ms)
}

/** What the post step needs to search for it. */
export const toPending = ({ body, mark, before, baseSetId, baseId, earlierRunIds }: Start): PendingStart => ({
  body,
  mark,
  newestBefore: { id: before.last_deploy?.id ?? '', created_at: before.last_deploy?.created_at ?? '' },
  ...(baseSetId !== undefined && { baseSetId }),
  ...(baseId !== undefined && { baseId }),
  earlierRunIds,
})

type Doubt = Extract<StartState, { kind: 'ambiguous' }>['reason']

/** @param doubt what the list shows, if it could be read */
export const createUnknownStart = (body: StartBody, cause?: Error, doubt?: Doubt): StepEndError => {
  const failure = cause instanceof RequestError ? { error: cause.details } : {}
  const several = doubt === 'several' ? { isSeveral: true as const } : {}
  return new StepEndError('unknown', { kind: 'start_unknown', sent: body, ...failure, ...several }, { cause })
}
