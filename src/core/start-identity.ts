import type { Deployment, PipelineRun } from './api.ts'
import { listNewerThan } from './deployments.ts'
import { classifyComment } from './mark.ts'
import { hasMarkInInputs } from './pipelines.ts'
import { parseTimeMs } from './text/words.ts'

/** What was sent: by this a deployment without our mark can be ours. */
export type SentStart = {
  readonly deltaId?: string
  readonly setId?: string
  /** The base's Set, where it is deployed unchanged (a rebase or redeployment without a Delta); `''` where it isn't known. */
  readonly baseSetId?: string
  /** With `baseSetId`; absent where it isn't known. */
  readonly baseId?: string
}

export type StartLook = {
  readonly newestFirst: readonly Deployment[]
  /** The environment's `last_deploy` before the first send; absent when there was none. */
  readonly before: Deployment | undefined
  readonly sent: SentStart
  /** `''` outside of a workflow: then no deployment is known to be ours. */
  readonly mark: string
  /** The newest runs of the pipelines that earlier deployments came from; `undefined` where they could not be read. */
  readonly runs: readonly PipelineRun[] | undefined
  /** Runs from before the first send: those of an earlier attempt have the same mark. */
  readonly earlierRunIds: ReadonlySet<string>
}

export type StartFound =
  | { readonly kind: 'found'; readonly deployment: Deployment }
  /** Our start is in a pipeline's run, which has made no deployment yet. */
  | { readonly kind: 'run'; readonly run: PipelineRun }
  | { readonly kind: 'absent' }
  /** `several`: more than one start has our mark. `alike`: a deployment could be ours or another's. `unreadable`: the runs could not be read. */
  | {
      readonly kind: 'ambiguous'
      readonly reason: 'several' | 'alike' | 'unreadable'
      readonly candidates: readonly Deployment[]
      readonly runs: readonly PipelineRun[]
    }

/**
 * Looks for a start whose answer was lost or unclear. Only a deployment or run with our mark is ours. One without, that could be
 * ours, is `ambiguous`: then the start must not be sent again. Several deployments of one pipeline run are one start.
 */
export const identifyStart = (look: StartLook): StartFound => {
  const newer = listNewerThan(look.newestFirst, look.before)
  const marked = newer.filter(({ comment }) => classifyComment(comment, look.mark) === 'ours')
  const runs = (look.runs ?? []).filter((run) => !look.earlierRunIds.has(run.id) && hasMarkInInputs(run, look.mark))
  const deployment = findNewest(marked)
  const [run] = runs
  if (countStarts(marked, runs) > 1) return { kind: 'ambiguous', reason: 'several', candidates: marked, runs }
  if (deployment) return { kind: 'found', deployment }
  if (run) return { kind: 'run', run }
  const candidates = newer.filter((each) => couldBeOurs(each, look))
  if (candidates.length > 0) return { kind: 'ambiguous', reason: 'alike', candidates, runs: [] }
  return look.runs ? { kind: 'absent' } : { kind: 'ambiguous', reason: 'unreadable', candidates: [], runs: [] }
}

/** The list's first, unless times say otherwise. */
const findNewest = (deployments: readonly Deployment[]): Deployment | undefined => {
  const timeOf = ({ created_at }: Deployment) => parseTimeMs(created_at) ?? Number.NaN
  return deployments.reduce<Deployment | undefined>(
    (newest, each) => (newest && !(timeOf(each) > timeOf(newest)) ? newest : each),
    undefined,
  )
}

/** A single deployment that names no run, and a single run, are taken for one start. */
const countStarts = (marked: readonly Deployment[], runs: readonly PipelineRun[]): number => {
  const direct = marked.filter(({ pipeline }) => !pipeline?.run_id).length
  const runIds = new Set([...marked.flatMap(({ pipeline }) => pipeline?.run_id || []), ...runs.map(({ id }) => id)])
  return direct === 1 && runIds.size === 1 && marked.length === 1 ? 1 : direct + runIds.size
}

const couldBeOurs = (
  { comment, delta_id, set_id, from_id, pipeline }: Deployment,
  { sent, mark }: StartLook,
): boolean => {
  const owner = classifyComment(comment, mark)
  if (owner !== 'no_run') return owner === 'this_run'
  if (sent.deltaId) return delta_id === sent.deltaId || (delta_id === '' && pipeline !== undefined)
  const setId = sent.setId ?? sent.baseSetId ?? ''
  if (setId !== '' && set_id === setId) return true
  // Somebody may have set another base right before ours began: then ours has that base's Set.
  if (sent.baseId !== undefined && delta_id === '' && from_id !== '' && from_id !== sent.baseId) return true
  return delta_id === '' && (pipeline !== undefined || set_id === '' || setId === '')
}

/** The pipelines that deployments came from, the most recent first. */
export const listPipelineIds = (newestFirst: readonly Deployment[]): readonly string[] => [
  ...new Set(newestFirst.flatMap(({ pipeline }) => pipeline?.id || [])),
]
