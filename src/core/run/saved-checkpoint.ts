import type { Deployment, StartBody } from '../api.ts'
import { unknownDeployment } from '../deployments.ts'
import { cutText } from '../text/escape.ts'
import { type Fields, fieldsOf, parseJson, positiveIntegerOf, textOf } from '../text/json.ts'
import type { Checkpoint, GitHubPage, PendingDeletion, PendingRebase, PendingStart, Phase } from './checkpoint.ts'
import type { Outcome, Problem, ReportedResult } from './problem.ts'

/** In UTF-16 units: what the saved form keeps below, whatever the API has said. */
const longestSaved = 16_000
/** Of one text, tried one after the other. */
const textLimits = [2_000, 400, 60]

/** `''` when nothing is open. What doesn't fit is cut: texts first, then deletions at the list's end. */
export const formatCheckpoint = (checkpoint: Checkpoint): string => {
  if (Object.values(checkpoint).every((part) => part === undefined)) return ''
  for (const limit of textLimits) {
    const saved = JSON.stringify(shorten(checkpoint, limit))
    if (saved.length < longestSaved) return saved
  }
  const shortest = shorten(checkpoint, textLimits.at(-1) ?? 0)
  const { deletions = [], ...others } = shortest
  let left = longestSaved - JSON.stringify({ ...others, deletions: [] }).length
  const kept = deletions.filter((deletion) => {
    left -= JSON.stringify(deletion).length + 1
    return left > 0
  })
  return JSON.stringify({ ...others, deletions: kept })
}

const shorten = (checkpoint: Checkpoint, limit: number): Checkpoint => {
  const { phase, told } = checkpoint
  return {
    ...checkpoint,
    ...(phase?.kind === 'starting' && { phase: { ...phase, start: shortenStart(phase.start, limit) } }),
    ...(told && { told: shortenResult(told, limit) }),
  }
}

const mostRunIds = 20

/** The comment only tells people what was sent: nothing is found again by it. */
const shortenStart = (start: PendingStart, limit: number): PendingStart => ({
  ...start,
  body: { ...start.body, comment: cutText(start.body.comment, limit) },
  newestBefore: { ...start.newestBefore, created_at: start.newestBefore.created_at.slice(0, 40) },
  earlierRunIds: start.earlierRunIds.slice(0, mostRunIds),
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
  const told = toResult(fieldsOf(fields['told']))
  const comment = toPage(fields['comment'])
  const githubDeployment = toPage(fields['githubDeployment'])
  const { deletions } = fields
  const moreDeletions = positiveIntegerOf(fields['moreDeletions'])
  return {
    ...(phase && { phase }),
    ...(fields['report'] === true && { report: true }),
    ...(told && { told }),
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
      return toFollowedRun(fieldsOf(fields['run']))
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

const toFollowedRun = (fields: Fields): Phase | undefined => {
  const run = { pipelineId: textOf(fields['pipelineId']), runId: textOf(fields['runId']) }
  return run.pipelineId === '' || run.runId === '' ? undefined : { kind: 'following_run', run }
}

const toRebase = (fields: Fields): PendingRebase | undefined => {
  const setId = textOf(fields['setId'])
  if (setId === '') return undefined
  const earlierId = textOf(fields['earlierId'])
  return {
    setId,
    previousId: textOf(fields['previousId']),
    newestId: textOf(fields['newestId']),
    ...(earlierId !== '' && { earlierId }),
    ...(fields['isOnItsWay'] === true && { isOnItsWay: true }),
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
  const { cause, remedy, conflict, causeTellsAll, namesSetting } = fields
  return {
    what: textOf(fields['what']),
    ...(typeof cause === 'string' && { cause }),
    ...(typeof remedy === 'string' && { remedy }),
    ...(causeTellsAll === true && { causeTellsAll }),
    ...(namesSetting === true && { namesSetting }),
    ...(typeof conflict === 'object' && conflict !== null && { conflict: toKnownDeployment(fieldsOf(conflict)) }),
  }
}

const toKnownDeployment = (fields: Fields): Deployment => ({
  ...unknownDeployment,
  ...Object.fromEntries(Object.keys(unknownDeployment).map((name) => [name, textOf(fields[name])])),
})
