import type { Deployment, PipelineRun } from './api.ts'
import { listNewerThan } from './deployments.ts'
import { classifyComment } from './mark.ts'
import { hasMarkInInputs } from './pipelines.ts'
import { parseTimeMs } from './text/words.ts'

/** What was sent, as far as another deployment can be like it. */
export type SentStart = {
  readonly deltaId?: string
  readonly setId?: string
  /** Of the base, where it is deployed as it is: for a rebase or a redeployment without a Delta; `''` where it isn't known. */
  readonly baseSetId?: string
  /** The base's id, beside `baseSetId`; absent where it isn't known. */
  readonly baseId?: string
}

export type StartLook = {
  readonly newestFirst: readonly Deployment[]
  /** The environment's `last_deploy` before the first send; absent when there was none. */
  readonly before: Deployment | undefined
  readonly sent: SentStart
  /** `''` outside of a workflow: then nothing is ours for sure. */
  readonly mark: string
  /**
   * The newest runs of the pipelines that the environment's earlier deployments show; none where they show none. Absent when
   * they could not be read.
   */
  readonly runs: readonly PipelineRun[] | undefined
  /** Runs that were there before the first send: an earlier attempt's hold the same mark. */
  readonly earlierRunIds: ReadonlySet<string>
}

export type StartFound =
  | { readonly kind: 'found'; readonly deployment: Deployment }
  /** Ours, without a deployment yet: that is waited for. */
  | { readonly kind: 'run'; readonly run: PipelineRun }
  | { readonly kind: 'absent' }
  /** `several`: more than one start has our mark. `alike`: could be ours, or another's. `unreadable`: a run could be ours. */
  | {
      readonly kind: 'ambiguous'
      readonly reason: 'several' | 'alike' | 'unreadable'
      readonly candidates: readonly Deployment[]
      readonly runs: readonly PipelineRun[]
    }

/**
 * Looks for a start whose answer told nothing. Only what has our mark is ours; what has none, and could be ours all the same,
 * forbids to send it again. Several deployments of one pipeline run are one start.
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

/** A deployment that shows no run may come from the one that is there, but not from two. */
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
  // Somebody may have set another base right before ours began: then ours has that one's Set.
  if (sent.baseId !== undefined && delta_id === '' && from_id !== '' && from_id !== sent.baseId) return true
  return delta_id === '' && (pipeline !== undefined || set_id === '' || setId === '')
}

/** The pipelines that deployments come from, the most recent first: whose runs are to be looked through. */
export const listPipelineIds = (newestFirst: readonly Deployment[]): readonly string[] => [
  ...new Set(newestFirst.flatMap(({ pipeline }) => pipeline?.id || [])),
]
