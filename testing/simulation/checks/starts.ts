import type { Oracle } from '../oracle.ts'
import { determineStartResult, isStart } from '../start-result.ts'
import type { Attempt, Sending, Trace } from '../trace.ts'
import { isListOfDeployments } from './json.ts'

/** Exactly one start: what the orchestrator accepted, and what was sent after what. */
export const checkStarts = ({ attempts, scenario }: Trace, { starts }: Oracle): string[] => [
  ...((scenario.kind === 'operation: wait' || scenario.inputs.dry_run) &&
  attempts.some(({ sendings }) => sendings.some(isStart))
    ? ['a start was sent by operation: wait, or by a dry run']
    : []),
  ...attempts.flatMap((attempt) =>
    checkCount(attempt, countStarts(starts.filter((start) => start.attempt === attempt))),
  ),
  ...starts.flatMap((start) =>
    starts
      .filter((earlier) => earlier.attempt.number < start.attempt.number)
      .filter((earlier) => earlier.createdMs <= start.createdMs && start.createdMs < earlier.endedMs)
      .map((earlier) => `${start.id} was started while an earlier attempt's ${earlier.id} was active`),
  ),
  ...attempts.flatMap((attempt) => checkSends(attempt)),
]

/** What a gateway repeats, after a deployment that took no time at all, is nothing that could be helped. */
const countStarts = (starts: Oracle['starts']): number => {
  const repeated = starts.filter(
    ({ endedMs, createdMs }, index) => endedMs === createdMs && starts[index + 1]?.createdMs === createdMs,
  )
  return starts.length - repeated.length
}

const checkCount = ({ number }: Attempt, count: number): string[] =>
  count > 1 ? [`attempt ${number} has started ${count} deployments`] : []

const mostSends = 3

const checkSends = (attempt: Attempt): string[] => {
  const sends = attempt.sendings.filter(isStart)
  const reached = sends.filter(
    (send) =>
      !['not sent', 'conflict', 'throttled'].includes(determineStartResult(send)) && !isNotThereYet(attempt, send),
  )
  return [
    ...(reached.length > mostSends ? [`attempt ${attempt.number} has sent its start ${reached.length} times`] : []),
    ...sends.flatMap((send, index) => checkNext(attempt, send, sends[index + 1])),
    ...sends.flatMap((send) => checkPatience(attempt, send)),
    ...sends.flatMap((send, index) => checkBaseRead(attempt, send, sends[index + 1])),
  ]
}

/** A 404 in the minute after the attempt has made the environment is no send. */
const isNotThereYet = ({ sendings }: Attempt, { seen, seenAtMs = 0 }: Sending): boolean => {
  const made = sendings.findLast(({ operation }) => operation === 'POST envs')
  return seen?.kind === 'answer' && seen.answer.status === 404 && made !== undefined && seenAtMs < made.atMs + 75_000
}

/** What must lie between a start and the next one. */
const checkNext = (attempt: Attempt, send: Sending, next: Sending | undefined): string[] => {
  if (!next) return []
  const startResult = determineStartResult(send)
  const seenAtMs = send.seenAtMs ?? 0
  if (isNotThereYet(attempt, send)) return []
  switch (startResult) {
    case 'not sent':
    case 'conflict':
      return []
    case 'lost':
      return hasReadList(attempt, seenAtMs + 10_000, next.atMs)
        ? []
        : ['a start whose answer was lost was sent again without a look at the list 10 s later']
    case 'throttled':
      return hasReadEnvironment(attempt, seenAtMs, next.atMs)
        ? []
        : ['a start was sent again after a 429 without a look at the environment']
    default:
      return [`a start was sent again that was ${startResult}`]
  }
}

/** With a base to set, each further send looks first whether it still is. */
const checkBaseRead = ({ sendings }: Attempt, send: Sending, next: Sending | undefined): string[] => {
  if (!next || !sendings.some(({ operation }) => operation === 'PUT from_deploy_id')) return []
  const isRead = sendings.some(
    ({ operation, atMs }) => operation === 'GET env' && send.atMs < atMs && atMs <= next.atMs,
  )
  return isRead ? [] : ['a start was sent again without a look at the base']
}

const hasReadEnvironment = ({ sendings }: Attempt, fromMs: number, toMs: number): boolean =>
  sendings.some(
    ({ operation, atMs, seenAtMs }) =>
      operation === 'GET env' && atMs >= fromMs && (seenAtMs ?? Number.POSITIVE_INFINITY) <= toMs,
  )

const hasReadList = ({ sendings }: Attempt, fromMs: number, toMs: number): boolean =>
  sendings.some(
    ({ operation, atMs, seen, seenAtMs }) =>
      operation === 'GET deploys' &&
      atMs >= fromMs &&
      (seenAtMs ?? Number.POSITIVE_INFINITY) <= toMs &&
      seen?.kind === 'answer' &&
      isListOfDeployments(seen.answer.body),
  )

/** After a signal an answer is waited for. */
const checkPatience = ({ signalMs = Number.POSITIVE_INFINITY }: Attempt, send: Sending): string[] =>
  determineStartResult(send) === 'given up' && (send.seenAtMs ?? 0) < signalMs + 4_000 - 1
    ? ['a start in flight was given up less than 4 s after the signal']
    : []
