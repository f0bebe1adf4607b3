import type { Deployment, Environment, PipelineRun, StartBody } from '../core/api.ts'
import { findActiveSince } from '../core/deployments.ts'
import { type FailureDetails, RequestError } from '../core/network/request-error.ts'
import { lookGapsMs, pipelineLookGapsMs, requestLimitsMs } from '../core/network/retry-policy.ts'
import type { PendingStart } from '../core/run/checkpoint.ts'
import type { WaitingFor } from '../core/run/log-event.ts'
import { DeadlineError, StepEndError } from '../core/run/result.ts'
import { identifyStart, listPipelineIds, type SentStart } from '../core/start-identity.ts'
import { type Context, isPastDeadline } from './context.ts'
import { catchRequestError, createHeartbeat, sendRequest } from './request.ts'

/** A start that was sent, or may have been. */
export type Start = {
  readonly context: Context
  readonly env: string
  readonly body: StartBody
  readonly mark: string
  /** The environment as it was read before the first send. */
  readonly before: Pick<Environment, 'from_deploy' | 'last_deploy'>
  /** Of the base, where it is deployed as it is; `''` where it isn't known. */
  readonly baseSetId?: string
  /** The base's id, where that is so and it is known. */
  readonly baseId?: string
  /** Runs with our mark that were there before: an earlier attempt's. */
  readonly earlierRunIds: readonly string[]
}

/** What can be seen of it. */
export type StartState =
  /** `sentMs`: on the clock, when the first send of ours that may have come to it began. */
  | { readonly kind: 'started'; readonly deployment: Deployment; readonly sentMs?: number | undefined }
  /** A run of a pipeline holds it, without a deployment yet. */
  | { readonly kind: 'in_pipeline'; readonly run: PipelineRun; readonly sentMs?: number | undefined }
  /**
   * Nothing of ours, and another deployment holds the environment; `active` is absent when only a 409 tells of it. `unread`: why the
   * list could not be read to its end, so that it may be ours after all, by a gateway's repetition.
   */
  | {
      readonly kind: 'conflict'
      readonly active: Deployment | undefined
      readonly unread?: FailureDetails | 'too_late'
    }
  | { readonly kind: 'absent' }
  /** `alike`: something that could be ours, or another's. `several`: more than one start of ours. */
  | { readonly kind: 'ambiguous'; readonly reason: 'several' | 'alike' | 'unreadable' }

type OurStart = Extract<StartState, { kind: 'started' | 'in_pipeline' }>

export const isOurStart = (state: StartState): state is OurStart =>
  state.kind === 'started' || state.kind === 'in_pipeline'

/**
 * What a list of the environment's deployments, or a part of it, shows.
 *
 * @param runs the newest ones of its pipelines; absent where they could not be read
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

/** Of the deployment that was the newest before, and of those before it. */
const listRunIdsBefore = (newestFirst: readonly Deployment[], before: Deployment | undefined): readonly string[] => {
  const index = before ? newestFirst.findIndex(({ id }) => id === before.id) : -1
  const earlier = index < 0 ? [] : newestFirst.slice(index)
  return [...earlier, ...(before ? [before] : [])].flatMap(({ pipeline }) => pipeline?.run_id || [])
}

/**
 * Reads the list until the start shows in it, or would have shown; where deployments come from pipelines for longer, and their
 * runs, too.
 *
 * @returns the failure, when the list can't be read
 * @throws TimeoutError, Cancelled
 */
export const searchStart = async (start: Start): Promise<StartState | RequestError> => {
  const { context, before } = start
  let doubt: StartState | undefined
  for (let looks = 1, gapsMs = lookGapsMs; ; looks++) {
    await pauseWithHeartbeat(context, gapsMs[looks - 1] ?? 0, 'start')
    if (isPastDeadline(context)) throw new DeadlineError()
    const list = await catchRequestError(listDeployments(start))
    if (list instanceof RequestError) return list
    const pipelineIds = listPipelineIds([...list, ...(before.last_deploy ? [before.last_deploy] : [])])
    if (pipelineIds.length > 0) gapsMs = [...lookGapsMs, ...pipelineLookGapsMs]
    const state = judgeList(start, list, await listRuns(context, pipelineIds))
    if (state.kind === 'ambiguous' && state.reason !== 'unreadable') doubt = state
    if (isOurStart(state)) return state
    if (looks < gapsMs.length) continue
    if (state.kind !== 'absent' && state.kind !== 'conflict') return state
    // What was there isn't gone because a later list doesn't show it, and an empty one has not been read right.
    return doubt ?? (isMissing(list, before.last_deploy) ? { kind: 'ambiguous', reason: 'unreadable' } : state)
  }
}

const isMissing = (list: readonly Deployment[], before: Deployment | undefined): boolean =>
  before !== undefined && list.length === 0

/** Most recent ones are what a start goes through; no environment is known to have more. */
const maxPipelines = 3

/** The newest runs of some pipelines; `undefined` when one's can't be read. */
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

export const listDeployments = (
  { context, env }: Pick<Start, 'context' | 'env'>,
  patience: 'deadline' | number = 'deadline',
): Promise<Deployment[]> =>
  sendRequest(context, (limits) => context.humanitec.listDeployments(env, limits), {
    timeoutMs: requestLimitsMs.list,
    patience,
  })

/** The rate limiter can make it long: then the log says what goes on. */
export const pauseWithHeartbeat = (context: Context, ms: number, what: WaitingFor): Promise<void> => {
  const describe = () => ({ kind: 'still_waiting', what, elapsedMs: context.clock.now() - context.startedMs }) as const
  return createHeartbeat(context, describe).pause(ms)
}

/** What the post step needs to look for it. */
export const toPending = ({ body, mark, before, baseSetId, earlierRunIds }: Start): PendingStart => ({
  body,
  mark,
  newestBefore: { id: before.last_deploy?.id ?? '', created_at: before.last_deploy?.created_at ?? '' },
  ...(baseSetId !== undefined && { baseSetId }),
  earlierRunIds,
})

type Doubt = Extract<StartState, { kind: 'ambiguous' }>['reason']

/** @param doubt what the list shows, where it could be read */
export const createUnknownStart = (body: StartBody, cause?: Error, doubt?: Doubt): StepEndError => {
  const failure = cause instanceof RequestError ? { error: cause.details } : {}
  const several = doubt === 'several' ? { isSeveral: true as const } : {}
  return new StepEndError('unknown', { kind: 'start_unknown', sent: body, ...failure, ...several }, { cause })
}
