import type { Deployment, StartBody } from '../api.ts'
import { unknownDeployment } from '../deployments.ts'
import type { PipelineRunId } from '../inputs/request.ts'
import { cutText } from '../text/clean.ts'
import { type Fields, fieldsOf, parseJson, positiveIntegerOf, textOf } from '../text/json.ts'
import type { Outcome, Problem, ReportedResult } from './outcome.ts'

/**
 * What a run that died has left open, for the post step. Kept in the runner's state file, so it holds no token.
 * Where and with what to reach the API, the post step reads from its own inputs.
 */
export type Checkpoint = {
  /** How far a deployment got; absent where nothing of it is open. */
  readonly phase?: Phase
  /** The report is still to be told; without it, only the other things are open. */
  readonly report?: true
  /** How it ended, as people were told: GitHub is still to be told the same. */
  readonly reportedResult?: ReportedResult
  /** The comment on the pull request still says that the deployment goes on; without an id where none was found or made yet. */
  readonly comment?: GitHubPage
  /** The same for GitHub's own Deployment. */
  readonly githubDeployment?: GitHubPage
  /** Environments whose deletion Humanitec may have taken on, and GitHub has not been told of. */
  readonly deletions?: readonly PendingDeletion[]
  /** So many there are besides: the state is bounded. */
  readonly moreDeletions?: number
}

type GitHubPage = { readonly id?: number }

type PendingDeletion = { readonly env: string; readonly pullRequest?: number }

export type Phase =
  /** A base was set, or is about to be, and no start has taken it yet. */
  | { readonly kind: 'rebasing'; readonly rebase: PendingRebase }
  /** A start was sent, or is about to be. */
  | { readonly kind: 'starting'; readonly start: PendingStart; readonly rebase?: PendingRebase }
  /** A start is held by a run of a pipeline, and there is no deployment yet: that would take the base, if we had set one. */
  | { readonly kind: 'following_run'; readonly run: PipelineRunId; readonly rebase?: PendingRebase }
  /**
   * `askedBaseId`: of the base that our start was made on, where we had set one. `rebase`: what we had set before an earlier
   * attempt's deployment was found, which didn't take it.
   */
  | {
      readonly kind: 'following'
      readonly deploymentId: string
      readonly askedBaseId?: string
      readonly rebase?: PendingRebase
    }

/** The base that we set, the one to put back, and the newest deployment before (`''` where there was none). */
export type PendingRebase = {
  readonly newBaseId: string
  readonly previousBaseId: string
  /** A base that we had set before this one: it is ours as well. */
  readonly earlierBaseId?: string
  readonly newestDeploymentId: string
  /** Not every request for it was answered, so that it may still come. */
  readonly mayStillApply?: true
}

/** By which a start is found again whose answer was lost. */
export type PendingStart = {
  readonly body: StartBody
  readonly mark: string
  /** The environment's newest deployment before it; `''` where there was none. */
  readonly newestBefore: Pick<Deployment, 'id' | 'created_at'>
  /** Of the base, where it is deployed as it is; `''` where it isn't known. */
  readonly baseSetId?: string
  /** The base's id, where it is deployed as it is; absent where it isn't known. */
  readonly baseId?: string
  /** Runs with our mark that were there before: an earlier attempt's. */
  readonly earlierRunIds: readonly string[]
}

/** @param rebase `undefined`: the base is put back, or no longer ours to put back */
export const withRebase = (phase: Phase | undefined, rebase: PendingRebase | undefined): Phase | undefined => {
  if (phase?.kind === 'starting') return { kind: 'starting', start: phase.start, ...(rebase && { rebase }) }
  if (phase?.kind === 'following' || phase?.kind === 'following_run') {
    const { rebase: _, ...following } = phase
    return { ...following, ...(rebase && { rebase }) }
  }
  if (rebase) return { kind: 'rebasing', rebase }
  return phase?.kind === 'rebasing' ? undefined : phase
}

export const withStart = (phase: Phase | undefined, start: PendingStart): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'starting', start, ...(rebase && { rebase }) }
}

export const withRun = (phase: Phase | undefined, run: PipelineRunId): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following_run', run, ...(rebase && { rebase }) }
}

/** Our start has taken the base, if we had set one. */
export const withStarted = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { askedBaseId: rebase.newBaseId }) }
}

/** A deployment is followed that was there before: what we had set is still to be put back. */
export const withAttached = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { rebase }) }
}

/** Nothing came of the start, for sure; or nobody needs to be told any more what became of it. */
export const withoutStart = (phase: Phase | undefined): Phase | undefined => withRebase(undefined, findRebase(phase))

export const findRebase = (phase: Phase | undefined): PendingRebase | undefined => phase?.rebase

/** In UTF-16 units: what the saved form keeps below, whatever the API has said. */
const maxSaved = 16_000

/** Of one text, tried one after the other. */
const textLimits = [2_000, 400, 60]

/** `''` when nothing is open. What doesn't fit is cut: texts first, then deletions at the list's end. */
export const formatCheckpoint = (checkpoint: Checkpoint): string => {
  if (Object.values(checkpoint).every((part) => part === undefined)) return ''
  for (const limit of textLimits) {
    const saved = JSON.stringify(shorten(checkpoint, limit))
    if (saved.length < maxSaved) return saved
  }
  const shortest = shorten(checkpoint, textLimits.at(-1) ?? 0)
  const { deletions = [], ...others } = shortest
  let left = maxSaved - JSON.stringify({ ...others, deletions: [] }).length
  const kept = deletions.filter((deletion) => {
    left -= JSON.stringify(deletion).length + 1
    return left > 0
  })
  return JSON.stringify({ ...others, deletions: kept })
}

const shorten = (checkpoint: Checkpoint, limit: number): Checkpoint => {
  const { phase, reportedResult } = checkpoint
  return {
    ...checkpoint,
    ...(phase?.kind === 'starting' && { phase: { ...phase, start: shortenStart(phase.start, limit) } }),
    ...(reportedResult && { reportedResult: shortenResult(reportedResult, limit) }),
  }
}

const maxRunIds = 20

/** The comment only tells people what was sent: nothing is found again by it. */
const shortenStart = (start: PendingStart, limit: number): PendingStart => ({
  ...start,
  body: { ...start.body, comment: cutText(start.body.comment, limit) },
  newestBefore: { ...start.newestBefore, created_at: start.newestBefore.created_at.slice(0, 40) },
  earlierRunIds: start.earlierRunIds.slice(0, maxRunIds),
})

const shortenResult = ({ outcome, problem }: ReportedResult, limit: number): ReportedResult => {
  if (!problem) return { outcome }
  const { inputErrors: _, conflict, ...others } = problem
  const short = cutTexts(others, limit)
  return { outcome, problem: { ...short, ...(conflict && { conflict: shortenDeployment(conflict, limit) }) } }
}

const shortenDeployment = ({ pipeline: _, ...deployment }: Deployment, limit: number): Deployment =>
  cutTexts(deployment, Math.min(limit, 300))

const cutTexts = <Data extends object>(data: Data, limit: number): Data =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? cutText(value, limit) : value]),
  ) as Data

/** @returns nothing for a state that can't be read: there is nobody left to mend it. A part that doesn't fit is left out. */
export const parseCheckpoint = (saved: string): Checkpoint | undefined => {
  const work = parseJson(saved)
  if (typeof work !== 'object' || work === null || Array.isArray(work)) return undefined
  const fields = fieldsOf(work)
  const phase = toPhase(fieldsOf(fields['phase']))
  const reportedResult = toResult(fieldsOf(fields['reportedResult']))
  const comment = toPage(fields['comment'])
  const githubDeployment = toPage(fields['githubDeployment'])
  const { deletions } = fields
  const moreDeletions = positiveIntegerOf(fields['moreDeletions'])
  return {
    ...(phase && { phase }),
    ...(fields['report'] === true && { report: true }),
    ...(reportedResult && { reportedResult }),
    ...(comment && { comment }),
    ...(githubDeployment && { githubDeployment }),
    ...(Array.isArray(deletions) && { deletions: deletions.flatMap((each) => toDeletion(fieldsOf(each))) }),
    ...(moreDeletions !== undefined && { moreDeletions }),
  }
}

const toPhase = (fields: Fields): Phase | undefined => {
  const rebase = toRebase(fieldsOf(fields['rebase']))
  switch (fields['kind']) {
    case 'rebasing':
      return rebase && { kind: 'rebasing', rebase }
    case 'starting':
      return { kind: 'starting', start: toStart(fieldsOf(fields['start'])), ...(rebase && { rebase }) }
    case 'following_run':
      return toFollowedRun(fieldsOf(fields['run']), rebase)
    case 'following': {
      const deploymentId = textOf(fields['deploymentId'])
      const askedBaseId = textOf(fields['askedBaseId'])
      return deploymentId === ''
        ? undefined
        : { kind: 'following', deploymentId, ...(askedBaseId !== '' && { askedBaseId }), ...(rebase && { rebase }) }
    }
    default:
      return undefined
  }
}

const toFollowedRun = (fields: Fields, rebase: PendingRebase | undefined): Phase | undefined => {
  const run = { pipelineId: textOf(fields['pipelineId']), runId: textOf(fields['runId']) }
  return run.pipelineId === '' || run.runId === ''
    ? undefined
    : { kind: 'following_run', run, ...(rebase && { rebase }) }
}

const toRebase = (fields: Fields): PendingRebase | undefined => {
  const newBaseId = textOf(fields['newBaseId'])
  if (newBaseId === '') return undefined
  const earlierBaseId = textOf(fields['earlierBaseId'])
  return {
    newBaseId,
    previousBaseId: textOf(fields['previousBaseId']),
    newestDeploymentId: textOf(fields['newestDeploymentId']),
    ...(earlierBaseId !== '' && { earlierBaseId }),
    ...(fields['mayStillApply'] === true && { mayStillApply: true }),
  }
}

const toStart = (fields: Fields): PendingStart => {
  const body = fieldsOf(fields['body'])
  const before = fieldsOf(fields['newestBefore'])
  const { earlierRunIds, baseSetId } = fields
  const optional = (name: 'delta_id' | 'set_id' | 'value_set_version_id') =>
    textOf(body[name]) === '' ? {} : { [name]: textOf(body[name]) }
  const mode = body['mode'] === 'full' || body['mode'] === 'incremental' ? { mode: body['mode'] } : {}
  return {
    body: {
      comment: textOf(body['comment']),
      ...optional('delta_id'),
      ...optional('set_id'),
      ...optional('value_set_version_id'),
      ...(mode as Pick<StartBody, 'mode'>),
    },
    mark: textOf(fields['mark']),
    newestBefore: { id: textOf(before['id']), created_at: textOf(before['created_at']) },
    ...(typeof baseSetId === 'string' && { baseSetId }),
    ...(textOf(fields['baseId']) !== '' && { baseId: textOf(fields['baseId']) }),
    earlierRunIds: Array.isArray(earlierRunIds) ? earlierRunIds.map(textOf).filter(Boolean) : [],
  }
}

/** `undefined` for what was not open. */
const toPage = (value: unknown): GitHubPage | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const id = positiveIntegerOf(fieldsOf(value)['id'])
  return id === undefined ? {} : { id }
}

const toDeletion = (fields: Fields): readonly PendingDeletion[] => {
  const env = textOf(fields['env'])
  const pullRequest = positiveIntegerOf(fields['pullRequest'])
  return env === '' ? [] : [{ env, ...(pullRequest !== undefined && { pullRequest }) }]
}

/** A word that an outcome gains has to be added here, or it doesn't compile. */
const outcomes: Readonly<Record<Outcome, true>> = {
  succeeded: true,
  failed: true,
  unhealthy: true,
  timed_out: true,
  cancelled: true,
  started: true,
  planned: true,
  deleted: true,
  pruned: true,
  skipped: true,
  unknown: true,
  error: true,
}

const isOutcome = (word: unknown): word is Outcome => typeof word === 'string' && Object.hasOwn(outcomes, word)

const toResult = (fields: Fields): ReportedResult | undefined => {
  const { outcome, problem } = fields
  if (!isOutcome(outcome)) return undefined
  return { outcome, ...(typeof problem === 'object' && problem !== null && { problem: toProblem(fieldsOf(problem)) }) }
}

const toProblem = (fields: Fields): Problem => {
  const { cause, remedy, runUrl, conflict, isCauseComplete, isOtherBase, namesSetting } = fields
  return {
    what: textOf(fields['what']),
    ...(typeof cause === 'string' && { cause }),
    ...(typeof remedy === 'string' && { remedy }),
    ...(typeof runUrl === 'string' && { runUrl }),
    ...(isCauseComplete === true && { isCauseComplete }),
    ...(isOtherBase === true && { isOtherBase }),
    ...(namesSetting === true && { namesSetting }),
    ...(typeof conflict === 'object' && conflict !== null && { conflict: toKnownDeployment(fieldsOf(conflict)) }),
  }
}

const toKnownDeployment = (fields: Fields): Deployment => ({
  ...unknownDeployment,
  ...Object.fromEntries(Object.keys(unknownDeployment).map((name) => [name, textOf(fields[name])])),
})
