import type { AcceptedStart, Oracle } from '../oracle.ts'
import { determineStartResult, isStart } from '../start-result.ts'
import type { Attempt, Sending, Trace } from '../trace.ts'
import { isListOfDeployments, isRecord } from './json.ts'
import { listReasonsToStop } from './reasons.ts'

/** The oracle at every end. */
export const checkEnds = (trace: Trace, oracle: Oracle): string[] =>
  trace.attempts.flatMap((attempt) => [
    ...checkIds(trace, attempt, oracle),
    ...(attempt.outcome === undefined ? [] : checkEnd(trace, attempt, oracle)),
  ])

/** No other deployment is ever taken for ours. */
const checkIds = ({ scenario, attempts }: Trace, { ids, number }: Attempt, { starts }: Oracle): string[] => {
  if (scenario.kind === 'operation: wait') return ids.size > 1 ? [`attempt ${number} followed several deployments`] : []
  return [...ids]
    .filter(
      (id) =>
        !starts.some((start) => start.id === id && start.attempt.number <= number) && !isAccepted(attempts, id, number),
    )
    .map((id) => `attempt ${number} took ${id} for its own`)
}

/** A pipeline answers with the id of a deployment that it has yet to make. */
const isAccepted = (attempts: readonly Attempt[], id: string, upTo: number): boolean =>
  attempts.slice(0, upTo).some(({ sendings }) => sendings.some(({ record }) => record?.acceptedId === id))

const checkEnd = (trace: Trace, attempt: Attempt, oracle: Oracle): string[] => [
  ...checkWord(attempt),
  ...checkHeard(trace, attempt),
  ...oracle.starts.filter((start) => start.attempt === attempt).flatMap((start) => checkNotDenied(attempt, start)),
  ...checkConflict(trace, attempt, oracle),
  ...checkReason(trace, attempt, oracle),
]

const isFinal = (status: unknown): status is 'succeeded' | 'failed' => status === 'succeeded' || status === 'failed'

/** Humanitec's words about one deployment, as they reached us. */
const listWords = (attempt: Attempt, id: string): readonly Word[] =>
  attempt.sendings.flatMap((sending) => {
    if (sending.seen?.kind !== 'answer' || !isGood(sending.seen.answer.status)) return []
    const found = findDeployments(sending.seen.answer.body).filter((deployment) => deployment['id'] === id)
    return found.map(({ status }) => ({ sending, status }))
  })

type Word = { readonly sending: Sending; readonly status: unknown }

const isGood = (status: number): boolean => status >= 200 && status < 300

const findDeployments = (body: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(body)) return body.filter(isRecord)
  if (!isRecord(body)) return []
  return [body, body['last_deploy'], body['from_deploy']].filter(isRecord)
}

/** `succeeded` and `failed` are said of a deployment only when Humanitec has said so of exactly that one. */
const checkWord = (attempt: Attempt): string[] => {
  const { outputs } = attempt
  const outcome = attempt.outcome === 'unhealthy' ? 'succeeded' : attempt.outcome
  if (outcome !== 'succeeded' && outcome !== 'failed') return []
  const id = outputs.get('deployment_id') ?? ''
  const isSaid = listWords(attempt, id).some(({ status }) => status === outcome) || isRunFailed(attempt)
  return isSaid ? [] : [`${outcome}, but Humanitec never said so of ${id || 'a deployment without an id'}`]
}

/** The pipeline's own word about its run: that has failed, was cancelled, was denied its approval, or came to no deployment. */
const isRunFailed = ({ outcome, outputs, sendings }: Attempt): boolean => {
  const [, runId = ''] = (outputs.get('pipeline_run') ?? '').split('/')
  if (outcome !== 'failed' || runId === '') return false
  return sendings.some(({ operation, seen }) => {
    const body = seen?.kind === 'answer' ? seen.answer.body : undefined
    if (operation === 'GET run' && isRecord(body) && body['id'] === runId)
      return ['failed', 'cancelled'].includes(String(body['status'])) || Boolean(body['completed_at'])
    const approvals = operation === 'GET approvals' && Array.isArray(body) ? body.filter(isRecord) : []
    return approvals.some((approval) => approval['run_id'] === runId && approval['status'] === 'denied')
  })
}

/** An end that was heard of is told. */
const checkHeard = ({ scenario }: Trace, attempt: Attempt): string[] => {
  const id = attempt.outputs.get('deployment_id') ?? ''
  if (id === '' || attempt.outcome === 'started') return []
  const heard = listWords(attempt, id).find(
    ({ sending, status }) => isFinal(status) && sending.operation === 'GET deploy',
  )
  // Made on another base: an error, whatever its status.
  const isOnOtherBase =
    attempt.outcome === 'error' &&
    attempt.annotations.some(({ message }) => message.includes('is based on the state of'))
  const isBehind =
    heard?.status === 'succeeded' &&
    (attempt.outcome === 'unhealthy' ||
      isRunFailed(attempt) ||
      (attempt.outcome === 'cancelled' && mayBeCancelled(attempt, scenario)))
  return heard && heard.status !== attempt.outcome && !isOnOtherBase && !isBehind
    ? [`${attempt.outcome}, though Humanitec had said ${heard.status}`]
    : []
}

/** After its deployment's end, while its run or its workloads were followed on. */
const mayBeCancelled = ({ signalMs, sendings, endedMs = 0 }: Attempt, { inputs }: Trace['scenario']): boolean =>
  signalMs !== undefined &&
  (inputs.wait_for === 'healthy' ||
    sendings.some(
      ({ operation, seenAtMs = Number.POSITIVE_INFINITY }) =>
        (operation === 'GET runtime' || operation === 'GET run') && seenAtMs <= endedMs,
    ))

/** What was started is named, or its fate is called unknown. */
const checkNotDenied = (attempt: Attempt, { id, sending }: AcceptedStart): string[] => {
  const { outcome, outputs } = attempt
  // Its run may come to a deployment later: checks/pipelines.ts has that.
  if ((outputs.get('pipeline_run') ?? '') !== '') return []
  const named = outputs.get('deployment_id')
  if (named === id || outcome === 'unknown') return []
  // The 409 to a gateway's repetition, and no list to be had: by the contract a conflict, but nobody says that nothing was started.
  if (sending?.record?.fault === 'repeat' && outcome !== 'succeeded' && isLookCut(attempt, sending))
    return isDenied(attempt) ? [`${outcome} says that nothing was started, though attempt ${attempt.number} had`] : []
  // Which of several attempts a pipeline has started a deployment for, nobody can tell.
  if (!sending && named) return []
  if (sending && determineStartResult(sending) === 'throttled' && !hasListAfter(attempt, sending)) return []
  return [`${outcome} without the id of ${id}, which attempt ${attempt.number} had started`]
}

const isLookCut = (attempt: Attempt, sending: Sending): boolean => {
  const last = attempt.sendings.findLast(({ operation }) => operation === 'GET deploys')?.seen
  const isRead = last?.kind === 'answer' && isListOfDeployments(last.answer.body)
  return !isRead || !hasListAfter(attempt, sending) || (attempt.endedMs ?? 0) >= attempt.deadlineMs
}

const isDenied = ({ annotations }: Attempt): boolean =>
  annotations.some(({ message }) => /Nothing was started|This step started nothing/.test(message))

/** A 429 says that nothing was started: it's only disproved by a look at the list. */
const hasListAfter = ({ sendings }: Attempt, { seenAtMs = 0 }: Sending): boolean =>
  sendings.some(
    ({ operation, atMs, seen }) =>
      operation === 'GET deploys' &&
      atMs >= seenAtMs &&
      seen?.kind === 'answer' &&
      isListOfDeployments(seen.answer.body),
  )

/** The run never makes way for itself, except where what it had started isn't what it wants. */
const checkConflict = (
  { scenario, historyIds }: Trace,
  { annotations, number }: Attempt,
  { starts }: Oracle,
): string[] => {
  const wantedId = scenario.kind.startsWith('rollback') ? historyIds[scenario.chosen % historyIds.length] : undefined
  if (scenario.losesComments) return []
  const inTheWay = annotations.flatMap(({ message }) => /^Deployment (\w{8})\w* is active in /.exec(message)?.[1] ?? [])
  return starts
    .filter(({ id, baseId }) => inTheWay.includes(id.slice(0, 8)) && (wantedId === undefined || wantedId === baseId))
    .map(({ id }) => `attempt ${number} took the run's own ${id} for a conflict`)
}

const checkReason = (trace: Trace, attempt: Attempt, oracle: Oracle): string[] => {
  const fault = attempt.log.find(({ text }) => text.includes('because of a bug in '))
  if (fault) return [fault.text]
  return hasReason(trace, attempt, oracle) ? [] : [`${attempt.outcome} without a reason for it`]
}

const hasReason = (trace: Trace, attempt: Attempt, oracle: Oracle): boolean => {
  const { outcome, signalMs, endedMs = 0, deadlineMs, outputs } = attempt
  switch (outcome) {
    case 'succeeded':
    case 'failed':
      return true
    case 'started':
      return (
        trace.scenario.inputs.wait === 'false' &&
        (outputs.get('deployment_id') !== '' || outputs.get('pipeline_run') !== '')
      )
    case 'planned':
      return trace.scenario.inputs.dry_run === 'true'
    case 'unhealthy':
      return trace.scenario.inputs.wait_for === 'healthy'
    case 'cancelled':
      return signalMs !== undefined
    case 'timed_out':
      return endedMs >= deadlineMs
    case 'unknown':
      return attempt.sendings.some(
        (sending) =>
          isStart(sending) &&
          (isFateOpen(sending) || (signalMs !== undefined && determineStartResult(sending) === 'conflict')),
      )
    case 'error':
      return listReasonsToStop(trace, attempt, oracle).length > 0
    default:
      return false
  }
}

const isFateOpen = (sending: Sending): boolean =>
  ['lost', 'taken', 'given up', 'redirected', 'throttled'].includes(determineStartResult(sending))
