import type { Oracle } from '../oracle.ts'
import { determineStartResult, isRefusal, isStart } from '../start-result.ts'
import type { Attempt, Sending, Trace } from '../trace.ts'
import { isRecord } from './json.ts'

/** What may have stopped an attempt with an `error`: there must be something. */
export const listReasonsToStop = (trace: Trace, attempt: Attempt, { starts }: Oracle): readonly string[] => {
  const { sendings } = attempt
  const found: [string, boolean][] = [
    [
      'a request was refused',
      sendings.some((sending) => isStopped(sending) && !isEarly(sending, attempt) && mayStop(sending, trace)),
    ],
    ['there is nothing to take images from', isWithoutImages(trace)],
    ['no answer was ever good', isNeverAnswered(attempt)],
    ['someone else was active', trace.acts.some(({ kind, atMs }) => kind === 'start' && atMs < (attempt.endedMs ?? 0))],
    [
      'another attempt’s start was active',
      starts.some((start) => start.attempt.number < attempt.number && attempt.startedMs < start.endedMs),
    ],
    ['somebody set another base', starts.some((start) => start.attempt === attempt && isOnOtherBase(start))],
    ['there is no good state to take', !hasGoodState(trace)],
    [
      'a list told no states',
      sendings.some(
        ({ operation, fault }) => operation === 'GET deploys' && ['2xx, no status', '2xx, null'].includes(fault),
      ),
    ],
    ['there is nothing to wait for', trace.scenario.kind === 'operation: wait' && trace.historyIds.length === 0],
    ['a Delta could not be made', sendings.filter(({ operation }) => operation === 'POST delta').length > 1],
    ['an environment could not be made', sendings.filter(({ operation }) => operation === 'POST envs').length > 1],
  ]
  return found.filter(([, is]) => is).map(([reason]) => reason)
}

/** Whatever becomes of what is read beside a deployment, and after it, is no reason; what images are resolved by is. */
const mayStop = ({ operation }: Sending, { scenario }: Trace): boolean =>
  scenario.inputs.dry_run !== undefined ||
  !['GET runtime', 'GET logs', 'GET diff', 'GET resources', 'PUT delta'].includes(operation) ||
  (operation === 'GET set' && scenario.inputs.images !== undefined)

const isWithoutImages = ({ scenario }: Trace): boolean => {
  const { contents } = scenario.worlds
  const base = scenario.kind === 'clone' ? scenario.sourceHistory : (scenario.history ?? scenario.sourceHistory)
  const hasBase = base.length > 0
  // Not every Set of the past has the workload.
  const isMissing = contents?.name.includes('unknown images') || scenario.inputs.images?.includes('worker')
  return contents !== undefined && (isMissing || !hasBase)
}

/** What was just started may not be found at once. A 404 that isn't Humanitec's is believed at the deadline. */
const isEarly = (sending: Sending, { sendings }: Attempt): boolean => {
  const { operation, seen, seenAtMs = 0 } = sending
  const made = sendings.find((other) => other.operation === 'POST envs')
  // An environment that the attempt made after that, or just before.
  if (made && (isStart(sending) ? seenAtMs < made.atMs + 55_000 : operation === 'GET env' && seenAtMs <= made.atMs))
    return seen?.kind === 'answer' && seen.answer.status === 404 && isRefusal(seen.answer.body)
  const isNotFound =
    operation === 'GET deploy' && seen?.kind === 'answer' && seen.answer.status === 404 && isRefusal(seen.answer.body)
  const start = sendings.findLast((sending) => isStart(sending) && determineStartResult(sending) === 'started')
  return isNotFound && start !== undefined && seenAtMs < (start.seenAtMs ?? 0) + 55_000
}

const isStopped = ({ seen }: Sending): boolean => {
  if (seen?.kind === 'failure') return seen.details.kind === 'untrusted'
  if (seen?.kind !== 'answer') return false
  const { status } = seen.answer
  return status >= 300 && status < 500 && status !== 408 && status !== 429
}

/** Not the one that the attempt had set last before. */
const isOnOtherBase = ({ attempt, baseId, sending, createdMs }: Oracle['starts'][number]): boolean => {
  const rebase = attempt.sendings.findLast(
    ({ operation, atMs }) => operation === 'PUT from_deploy_id' && atMs < (sending?.atMs ?? createdMs),
  )
  return rebase !== undefined && rebase.call.json !== baseId
}

const isNeverAnswered = ({ sendings, startedMs, deadlineMs, endedMs = 0 }: Attempt): boolean =>
  endedMs - startedMs >= Math.min(120_000, deadlineMs - startedMs) && !sendings.some(isGood)

const isGood = ({ seen }: Sending): boolean => {
  const body = seen?.kind === 'answer' ? seen.answer.body : undefined
  const id = isRecord(body) ? body['id'] : undefined
  return Array.isArray(body) || (typeof id === 'string' && /^[\w-]+$/.test(id) && id !== 'elsewhere')
}

const hasGoodState = ({ scenario }: Trace): boolean => {
  const history = scenario.kind === 'last good state' ? scenario.history : scenario.sourceHistory
  const needsOne = ['clone', 'last good state', 'a new environment'].includes(scenario.kind)
  return !needsOne || (history ?? []).some(({ status }) => status === 'succeeded')
}
