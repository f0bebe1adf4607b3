import { numbers } from '../preview-scenario.ts'
import type { GitHubSending, PreviewAttempt, PreviewTrace } from '../preview-trace.ts'
import { foreignComments, formatMarker, listOwnComments, repository } from '../repository.ts'

/** What stands on GitHub in the end: one comment of ours, no Deployment that goes on, and other people's as it was. */
export const checkGitHub = (trace: PreviewTrace): string[] => [
  ...numbers.flatMap((number) => checkComments(trace, number)),
  ...checkDeployments(trace),
  ...trace.attempts.flatMap((attempt) =>
    [attempt, attempt.post].flatMap((process) => (process ? checkWrites(process) : [])),
  ),
]

const isGood = ({ seen, fault }: GitHubSending): boolean =>
  fault === '' && seen?.kind === 'answer' && seen.answer.status >= 200 && seen.answer.status < 300

const checkComments = (trace: PreviewTrace, number: number): string[] => {
  const own = listOwnComments(trace, number)
  const bodies = trace.github.inspectComments(repository, number).map(({ body }) => body)
  return [
    ...(own.length > 1 &&
    !isDoubleExcused(
      trace,
      own.slice(1).map(({ id }) => id),
    )
      ? [`#${number} has ${own.length} comments of ours`]
      : []),
    ...foreignComments(number)
      .filter(({ body }) => !bodies.includes(body))
      .map(({ body }) => `a comment that isn't ours was changed: ${body}`),
    ...checkLastComment(trace, number, own),
  ]
}

/**
 * Who made a second one and found GitHub well afterwards has deleted all but the oldest. One that died, or was refused, could
 * not.
 */
const isDoubleExcused = (trace: PreviewTrace, surplusIds: readonly number[]): boolean =>
  surplusIds.every((id) =>
    trace.attempts.some((attempt) =>
      [attempt, attempt.post].some((process) => process && isMakerExcused(attempt, process, id)),
    ),
  )

const isMakerExcused = (attempt: PreviewAttempt, process: PreviewAttempt, id: number): boolean => {
  const made = process.github.find(
    ({ operation, record }) => operation === 'POST comments' && record?.acceptedId === String(id),
  )
  if (!made) return false
  const later = process.github.filter(({ atMs }) => atMs >= made.atMs)
  const died = process === attempt && (attempt.crashedMs !== undefined || attempt.signalMs !== undefined)
  return died || later.some((sending) => !isGood(sending))
}

/** At last all are told that the environment is gone; none is made for that. */
const checkLastComment = (
  { attempts, scenario }: PreviewTrace,
  number: number,
  own: readonly { readonly body: string }[],
): string[] => {
  if (scenario.lacks === 'pull_requests') return []
  const made = attempts
    .filter(({ kind }) => kind !== 'deploy')
    .flatMap(({ github }) => github.filter(({ operation }) => operation === 'POST comments'))
  const wrong = isGone(attempts, number) ? own.filter(({ body }) => !body.includes('was deleted')) : []
  return [
    ...(made.length > 0 ? ['a delete or a prune has made a comment'] : []),
    ...(wrong.length > 0
      ? [`the comment on #${number} doesn't say in the end that ${formatMarker(number)} is gone`]
      : []),
  ]
}

/** The last delete of all says so; what is somebody else's by now, it keeps. */
const isGone = (attempts: readonly PreviewAttempt[], number: number): boolean =>
  attempts.some(({ isLast, pullRequest, outcome }) => isLast && pullRequest === number && outcome === 'deleted')

const unfinished: readonly (string | undefined)[] = [undefined, 'queued', 'pending', 'in_progress']

/** When all steps and post steps are over, none goes on, unless its maker was refused, or went down with its runner. */
const checkDeployments = (trace: PreviewTrace): string[] => {
  const all = trace.github.inspectGitHubDeployments(repository)
  return all.flatMap(({ id, environment, statuses }) => {
    const state = statuses.at(-1)?.state
    const untouched = statuses.filter(({ createdMs }) => createdMs < trace.calmMs).at(-1)?.state
    return [
      ...(unfinished.includes(untouched) && !isUnfinishedExcused(trace, id)
        ? [`the GitHub Deployment of ${environment} was left ${untouched ?? 'without a status'}`]
        : []),
      ...(state !== 'inactive' &&
      trace.scenario.lacks !== 'deployments' &&
      isGone(trace.attempts, Number(environment.split('-')[1]))
        ? [`the GitHub Deployment of ${environment} is ${state ?? 'without a status'} after the end of all`]
        : []),
    ]
  })
}

const isUnfinishedExcused = (trace: PreviewTrace, id: number): boolean => {
  const makers = trace.attempts.filter((attempt) =>
    [attempt, attempt.post].some((process) =>
      process?.github.some(
        ({ operation, record }) => operation === 'POST deployments' && record?.acceptedId === String(id),
      ),
    ),
  )
  return makers.every((attempt) => {
    const all = attempt.post ? [...attempt.github, ...attempt.post.github] : attempt.github
    const last = all.findLast(({ operation, call }) => operation === 'POST statuses' && call.path.includes(`/${id}/`))
    const isLost = !attempt.post && (attempt.endedMs === undefined || attempt.signalMs !== undefined)
    return (
      isLost ||
      isMadeLate(all, id) ||
      (last && !isGood(last)) ||
      (attempt.post ?? attempt).github.some((sending) => !isGood(sending))
    )
  })
}

/** What was on its way when its sender stopped, and was made after the last look for it. */
const isMadeLate = (all: readonly GitHubSending[], id: number): boolean => {
  const made = all.find(({ record }) => record?.acceptedId === String(id))
  const look = all.findLast(({ operation, record }) => operation === 'GET deployments' && record !== undefined)
  if (!made?.record?.effectAtMs) return false
  return made.record.effectAtMs !== made.record.atMs || (!isGood(made) && made.record.atMs > (look?.record?.atMs ?? 0))
}

const parts = {
  comment: new Set(['POST comments', 'PATCH comment']),
  deployment: new Set(['POST deployments', 'POST statuses']),
} as const

/** What GitHub has refused for good isn't asked for again, and nothing is while it wishes to hear less. */
const checkWrites = (process: PreviewAttempt): string[] =>
  process.github.flatMap((sending) => [
    ...(isRefusedForGood(sending) ? listRepeated(process, sending) : []),
    ...listTooSoon(process, sending),
  ])

const isLimit = ({ seen }: GitHubSending): boolean => {
  if (seen?.kind !== 'answer') return false
  const { status, headers, body } = seen.answer
  const text = JSON.stringify(body ?? '')
  return (
    status === 429 ||
    (status === 403 &&
      !text.includes('not accessible by integration') &&
      (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/.test(text)))
  )
}

const isRefusedForGood = (sending: GitHubSending): boolean => {
  if (sending.seen?.kind !== 'answer') return false
  const { status } = sending.seen.answer
  return status >= 400 && status < 500 && ![404, 408, 410].includes(status) && !isLimit(sending)
}

const listRepeated = (process: PreviewAttempt, refused: GitHubSending): string[] => {
  const part = Object.values(parts).find((operations) => operations.has(refused.operation))
  // What a prune tells of several environments side by side was under way before.
  if (!part || process.kind === 'prune') return []
  const again = process.github.find(({ operation, atMs }) => part.has(operation) && atMs > (refused.seenAtMs ?? 0))
  return again ? [`${process.kind} wrote to GitHub after a refusal: ${refused.operation}, then ${again.operation}`] : []
}

/** Longer than anybody waits: there is nothing more to ask. */
const longLimitS = 60
/** What was begun before goes on to its end, a comment and the list after it, for one: three requests on a slow network. */
const underWayMs = 9_000

const listTooSoon = (process: PreviewAttempt, limited: GitHubSending): string[] => {
  if (!isLimit(limited) || limited.seen?.kind !== 'answer') return []
  const { headers } = limited.seen.answer
  const wish = Number(headers['retry-after'] ?? Number.NaN)
  if (!(wish >= longLimitS) || process.kind === 'prune') return []
  const seenAtMs = limited.seenAtMs ?? 0
  const next = process.github.find(({ atMs }) => atMs > seenAtMs + underWayMs && atMs < seenAtMs + wish * 1000)
  return next
    ? [`${process.kind} asked GitHub ${next.atMs - seenAtMs} ms after a limit of ${wish} s (${next.operation})`]
    : []
}
