import type { InspectedEnvironment } from '../../../simulator/orchestrator/inspection.ts'
import type { GitHubSending, PreviewAttempt, PreviewSending, PreviewTrace } from '../preview-trace.ts'
import { guarded, home, repository } from '../repository.ts'

/** Nothing is deleted that isn't ours, and by `prune` nothing of an open pull request. */
export const checkDeletions = ({ attempts, orchestrator, startedMs }: PreviewTrace): string[] => [
  ...attempts.flatMap((attempt) => [
    ...listDeletions(attempt).flatMap((sending) => checkDeletion(attempt, sending)),
    ...(attempt.post && listDeletions(attempt.post).length > 0 ? ['a post step has sent a DELETE'] : []),
  ]),
  ...guarded
    .filter(({ env }) => (orchestrator.inspectEnvironment(`${home}/${env}`)?.createdMs ?? startedMs) >= startedMs)
    .map(({ env }) => `${env} is gone`),
]

export const listDeletions = ({ sendings }: PreviewAttempt): readonly PreviewSending[] =>
  sendings.filter(({ operation }) => operation === 'DELETE env')

export const getEnv = ({ call }: PreviewSending): string => call.path.split('/').at(5) ?? ''

/** Each DELETE rests on a look of its own, which showed that the environment is ours. */
const checkDeletion = (attempt: PreviewAttempt, sending: PreviewSending): string[] => {
  const env = getEnv(sending)
  const look = findLook(attempt, sending)
  if (!look) return [`${attempt.kind} sent a DELETE of ${env} without a look at it`]
  const { taken } = look
  if (!taken) return [`${attempt.kind} sent a DELETE of ${env}, which was not there`]
  return [
    ...(isOurs(attempt, env, taken)
      ? []
      : [`${attempt.kind} sent a DELETE of ${env}, named ${taken.name}, of type ${taken.type}`]),
    ...checkNotMadeAnew(attempt, sending, look),
    ...(attempt.kind === 'prune' ? checkPullRequest(attempt, sending, look) : []),
  ]
}

/** The last one that was answered, since the DELETE before. */
const findLook = ({ sendings }: PreviewAttempt, sending: PreviewSending): PreviewSending | undefined => {
  const env = getEnv(sending)
  const before = sendings.filter((other) => other.atMs <= sending.atMs && other !== sending && getEnv(other) === env)
  const earlier = before.findLast(({ operation }) => operation === 'DELETE env')
  return before.findLast(
    (other) =>
      other.operation === 'GET env' &&
      other.seen?.kind === 'answer' &&
      other.seen.answer.status === 200 &&
      (other.seenAtMs ?? Number.POSITIVE_INFINITY) <= sending.atMs &&
      other.atMs >= (earlier?.atMs ?? 0),
  )
}

/** By the guards of the contract, judged here once more. */
const isOurs = ({ kind, inputs, pullRequest }: PreviewAttempt, env: string, there: InspectedEnvironment): boolean => {
  const { name, type } = there
  const number = kind === 'prune' ? env.replace('pr-', '') : String(pullRequest)
  const isNamedForUs = name === `${repository}#${number}` || (kind === 'delete' && name === repository)
  const wanted = inputs.env_type || undefined
  if (wanted === undefined) return isNamedForUs && type !== 'production' && env !== 'production'
  const isRenamed = kind === 'delete' && name.split('#')[1] === number && name.startsWith('acme/old-shop#')
  return type === wanted && (isNamedForUs || isRenamed || !name.includes('/'))
}

/** Nobody can be kept from making it anew while our look's answer is on its way; but then it is deleted at once or not at all. */
const longestGapMs = 1_000

const checkNotMadeAnew = (attempt: PreviewAttempt, sending: PreviewSending, look: PreviewSending): string[] => {
  const { there } = sending
  const isAnother = there !== undefined && there.createdMs !== look.taken?.createdMs
  const gapMs = sending.atMs - (look.seenAtMs ?? 0)
  return isAnother && gapMs > longestGapMs
    ? [`${attempt.kind} sent a DELETE of ${getEnv(sending)}, made anew since a look ${gapMs} ms before`]
    : []
}

const isStatesQuery = ({ call: { json } }: GitHubSending): boolean =>
  JSON.stringify(json ?? '').includes('pullRequest(')

/** The pull request was closed when GitHub was asked for it, after the look at the environment. */
const checkPullRequest = (attempt: PreviewAttempt, sending: PreviewSending, look: PreviewSending): string[] => {
  const env = getEnv(sending)
  const number = Number(env.replace('pr-', ''))
  const asked = attempt.github.findLast(
    (other) =>
      isStatesQuery(other) &&
      other.call.json !== undefined &&
      JSON.stringify(other.call.json).includes(`number: ${number})`) &&
      other.seen?.kind === 'answer' &&
      other.seen.answer.status === 200 &&
      (other.seenAtMs ?? Number.POSITIVE_INFINITY) <= sending.atMs,
  )
  if (!asked || asked.atMs < (look.seenAtMs ?? 0))
    return [`prune sent a DELETE of ${env} without asking for #${number}`]
  return asked.pulls?.get(number) === 'open' ? [`prune sent a DELETE of ${env}, whose pull request is open`] : []
}
