import { checkReport } from '../../checks/report.ts'
import { isStart } from '../../start-result.ts'
import type { PreviewAttempt, PreviewSending, PreviewTrace } from '../preview-trace.ts'
import { guarded, home } from '../repository.ts'
import { getEnv, listDeletions } from './deletions.ts'

/** Outcome and outputs say what the orchestrator's record says, and every kill is finished by its post step. */
export const checkPreviewEnds = (trace: PreviewTrace): string[] => [
  ...trace.attempts.flatMap((attempt) => [
    ...checkReport({ attempts: [attempt] }),
    ...(attempt.outcome === undefined ? [] : checkOutcome(attempt)),
    ...checkTime(attempt),
    ...(attempt.post ? checkPost(attempt, attempt.post) : []),
    ...(attempt.outcome === undefined &&
    attempt.sendings.length > 0 &&
    attempt.state === '' &&
    attempt.summaries.length === 0
      ? [`a ${attempt.kind} was killed with nothing saved for its post step`]
      : []),
  ]),
  ...checkLast(trace),
]

const checkOutcome = (attempt: PreviewAttempt): string[] => [
  ...checkSkipped(attempt),
  ...(attempt.outcome === 'deleted' ? checkGone(attempt) : []),
  ...checkListed(attempt),
  ...checkDeployment(attempt),
]

const checkSkipped = ({ inputs, outcome, sendings, github }: PreviewAttempt): string[] => {
  if (inputs.token !== '') return []
  return [
    ...(outcome === 'skipped' ? [] : [`${outcome} without a token`]),
    ...(sendings.length + github.length > 0 ? ['a request was made without a token'] : []),
  ]
}

/** No green delete while the environment exists; one made anew since is another. */
const checkGone = ({ end, startedMs, inputs, sendings }: PreviewAttempt): string[] =>
  end?.environment && end.environment.createdMs < startedMs && !sendings.some(isFalseRefusal)
    ? [`deleted, but ${inputs.env} is there`]
    : []

/** A 404 in Humanitec's own words is believed. */
const isFalseRefusal = ({ operation, fault }: PreviewSending): boolean => operation === 'GET env' && fault === 'refused'

const isTaken = ({ seen }: PreviewSending): boolean =>
  seen?.kind === 'answer' && (seen.answer.status === 202 || seen.answer.status === 204)

/** What is gone after a DELETE of ours is listed, and nothing else: somebody else's may have been quicker. */
const checkListed = (attempt: PreviewAttempt): string[] => {
  const listed = JSON.parse(attempt.outputs.get('deleted_environments') ?? '[]') as readonly string[]
  const sent = listDeletions(attempt)
  const isGreen = attempt.outcome === 'deleted' || attempt.outcome === 'pruned'
  return [
    ...listed
      .filter((env) => !sent.some((sending) => getEnv(sending) === env))
      .map((env) => `${env} is listed as deleted, but no DELETE of ours was sent`),
    ...(isGreen ? sent.filter((sending) => isTaken(sending) && !listed.includes(getEnv(sending))) : []).map(
      (sending) => `${getEnv(sending)} was deleted, but isn't listed`,
    ),
  ]
}

const checkDeployment = ({ kind, outcome, end, outputs, sendings }: PreviewAttempt): string[] => {
  if (kind !== 'deploy') return []
  const made = sendings.filter(({ operation, record }) => operation === 'POST envs' && record?.acceptedId)
  const isSaid = outputs.get('environment_created') === 'true'
  return [
    ...(outcome === 'succeeded' && (end?.deploymentStatus ?? 'succeeded') !== 'succeeded'
      ? [`succeeded, but the deployment is ${end?.deploymentStatus}`]
      : []),
    // After a lost answer, who has made it can't be told from another run of the same pull request.
    ...(isSaid &&
    made.length === 0 &&
    sendings.every(({ operation, fault }) => operation !== 'POST envs' || fault === '')
      ? ['environment_created, but it was not']
      : []),
    ...(sendings.filter(({ operation, record }) => operation === 'POST deploys' && record?.acceptedId).length > 1
      ? ['one step has started several deployments']
      : []),
  ]
}

const checkTime = ({ kind, endedMs, signalMs, deadlineMs, sendings }: PreviewAttempt): string[] => {
  if (endedMs === undefined) return []
  const wasInStart = sendings.some(
    (sending) =>
      isStart(sending) && sending.atMs <= (signalMs ?? 0) && (sending.seenAtMs ?? endedMs) >= (signalMs ?? 0),
  )
  const longestMs = wasInStart ? 5_000 : 1_000
  return [
    // What is told to GitHub at the end has half a minute.
    ...(endedMs > deadlineMs + 45_000 ? [`${kind} ended ${endedMs - deadlineMs} ms after its deadline`] : []),
    ...(signalMs !== undefined && endedMs - signalMs > longestMs
      ? [`${kind} ended ${endedMs - signalMs} ms after the signal`]
      : []),
  ]
}

const changes: ReadonlySet<string> = new Set(['POST deploys', 'POST envs', 'DELETE env', 'POST deltas'])

/** It starts, makes and deletes nothing, and tells the state of what a kill has left. */
const checkPost = (attempt: PreviewAttempt, post: PreviewAttempt): string[] => {
  const told = attempt.summaries.length + post.summaries.length
  return [
    ...post.sendings
      .filter(({ operation }) => changes.has(operation))
      .map(({ operation }) => `the post step of a ${attempt.kind} has sent ${operation}`),
    ...(told === 1 ? [] : [`a ${attempt.kind} with its post step wrote ${told} summaries`]),
    ...((post.endedMs ?? Number.POSITIVE_INFINITY) > post.deadlineMs + 45_000
      ? [`the post step of a ${attempt.kind} took too long`]
      : []),
    ...post.annotations
      .filter(({ level }) => level === 'error' && attempt.outcome !== undefined)
      .map(({ message }) => `the post step of a ${attempt.kind} that had ended shows an error: ${message}`),
  ]
}

/** When all is well, the last runs clear everything away that is ours. */
const checkLast = ({ attempts, orchestrator }: PreviewTrace): string[] => {
  const left = orchestrator
    .inspectEnvironments(home)
    .filter((env) => !guarded.some((one) => one.env === env) && env !== 'pr-14')
    .filter((env) => {
      const { name, type } = orchestrator.inspectEnvironment(`${home}/${env}`) ?? {}
      return type !== 'production' && name === `acme/shop#${env.replace('pr-', '')}`
    })
  return [
    ...left.map((env) => `${env} is there in the end`),
    ...attempts
      .filter(({ isLast, kind, outcome }) => isLast && kind === 'prune' && outcome !== 'pruned')
      .map(({ outcome }) => `the last prune, when all was well, ended ${outcome}`),
  ]
}
