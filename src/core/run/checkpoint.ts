import type { Deployment, StartBody } from '../api.ts'
import { unknownDeployment } from '../deployments.ts'
import type { PipelineRunId } from '../inputs/request.ts'
import { cutText } from '../text/clean.ts'
import { type Fields, fieldsOf, isObject, listOf, parseJson, positiveIntegerOf, textOf } from '../text/json.ts'
import type { Outcome, Problem, ReportedResult } from './outcome.ts'

/**
 * What a killed step has left unfinished, for the post step. Kept in the runner's state file, so it holds no token: the post step
 * has the same inputs.
 */
export type Checkpoint = {
  /** How far the deployment got; absent where nothing is left to do for it. */
  readonly phase?: Phase
  /** The report is still to be written. */
  readonly report?: true
  /** The result as reported, which is still to be shown on GitHub. */
  readonly reportedResult?: ReportedResult
  /** The pull request's comment still shows a running deployment; without an id where none was found or created yet. */
  readonly comment?: GitHubPage
  /** The same for the GitHub Deployment. */
  readonly githubDeployment?: GitHubPage
  /** Environments whose deletion Humanitec may have begun, and GitHub doesn't show yet. */
  readonly deletions?: readonly PendingDeletion[]
  /** The number of deletions that had no room: the state's size is limited. */
  readonly moreDeletions?: number
}

type GitHubPage = { readonly id?: number }

type PendingDeletion = { readonly env: string; readonly pullRequest?: number }

export type Phase =
  /** A base was set, or is about to be, and no start has used it yet. */
  | { readonly kind: 'rebasing'; readonly rebase: PendingRebase }
  /** A start was sent, or is about to be. */
  | { readonly kind: 'starting'; readonly start: PendingStart; readonly rebase?: PendingRebase }
  /** A pipeline's run has our start, but has made no deployment yet, which will use the base that we may have set. */
  | { readonly kind: 'following_run'; readonly run: PipelineRunId; readonly rebase?: PendingRebase }
  /**
   * `askedBaseId`: the base that we set for our start. `rebase`: the base that we set before an earlier attempt's deployment was
   * found, which didn't use it: still to be restored.
   */
  | {
      readonly kind: 'following'
      readonly deploymentId: string
      readonly askedBaseId?: string
      readonly rebase?: PendingRebase
    }

/** `newBaseId`: set by us. `previousBaseId`: to restore. `newestDeploymentId`: before the rebase, `''` where there was none. */
export type PendingRebase = {
  readonly newBaseId: string
  readonly previousBaseId: string
  /** A base that we had set before this one: if the environment shows it, we may restore the previous one. */
  readonly earlierBaseId?: string
  readonly newestDeploymentId: string
  /** A request for it was not answered, so it may still take effect. */
  readonly mayStillApply?: true
}

/** To find a start again whose answer was lost. */
export type PendingStart = {
  readonly body: StartBody
  readonly mark: string
  /** The environment's newest deployment before the start; both `''` where there was none. */
  readonly newestBefore: Pick<Deployment, 'id' | 'created_at'>
  /** The base's Set, where it is deployed unchanged; `''` where it isn't known. */
  readonly baseSetId?: string
  /** Runs from before the start: those of an earlier attempt have the same mark. */
  readonly earlierRunIds: readonly string[]
}

/** @param rebase `undefined`: the base is restored, or was changed by somebody else */
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

/** Our start was carried out, and has used the base that we may have set. */
export const withStarted = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { askedBaseId: rebase.newBaseId }) }
}

/** An existing deployment is followed: a base that we set is still to be restored. */
export const withAttached = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { rebase }) }
}

/** The start certainly had no effect, or its end was reported. */
export const withoutStart = (phase: Phase | undefined): Phase | undefined => withRebase(undefined, findRebase(phase))

export const findRebase = (phase: Phase | undefined): PendingRebase | undefined => phase?.rebase

/** Limit of the saved form, in UTF-16 units. */
const maxSaved = 16_000

/** Limits of each text, tried in this order. */
const textLimits = [2_000, 400, 60]

/** `''` where nothing is open. Beyond the limit, texts are cut first, then deletions at the list's end. */
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

/** The comment may be cut: it is only shown, while `mark` finds the start again. */
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

/** @returns `undefined` for an unreadable state, which nobody can repair any more; invalid parts are left out */
export const parseCheckpoint = (saved: string): Checkpoint | undefined => {
  const fields = parseJson(saved)
  if (!isObject(fields)) return undefined
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
    earlierRunIds: listOf(earlierRunIds).map(textOf).filter(Boolean),
  }
}

/** `undefined` where it isn't open. */
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

/** A record, so that a new outcome doesn't compile before it is added here. */
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
