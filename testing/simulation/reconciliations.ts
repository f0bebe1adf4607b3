import { determineStartResult, isStart, type StartResult } from './start-result.ts'
import type { Attempt, Sending, Trace } from './trace.ts'

/** How each attempt's start came about, or didn't: the names under which the distribution is told. */
export const listReconciliations = ({ attempts }: Trace): readonly string[] =>
  attempts.flatMap((attempt) => [
    ...listByStart(attempt),
    ...describeUnknown(attempt),
    ...describeAttachment(attempt),
    ...describeInterruption(attempt),
    ...describeBase(attempt),
  ])

const listByStart = (attempt: Attempt): readonly string[] => {
  const sends = attempt.sendings.filter(isStart)
  return sends.flatMap((send, index) => describeSend(attempt, send, sends[index + 1]) ?? [])
}

const describeSend = (attempt: Attempt, send: Sending, next: Sending | undefined): string | undefined => {
  const startResult = determineStartResult(send)
  const result = resultNames[startResult]
  if (result === undefined) return undefined
  const { acceptedId = '' } = send.record ?? {}
  if (acceptedId !== '' && attempt.ids.has(acceptedId))
    return next && determineStartResult(next) === 'conflict' ? `${result}, then 409: adopted` : `${result}: adopted`
  if (next) return `${result}${beforeNext[startResult] ?? ', absent'}: sent again`
  if (attempt.outcome === 'error' && attempt.ids.size === 0) return `${result}: error`
  return undefined
}

const beforeNext: Readonly<Partial<Record<StartResult, string>>> = { 'not sent': '', conflict: ', waited for' }

const resultNames: Readonly<Partial<Record<StartResult, string>>> = {
  'not sent': 'not sent',
  lost: 'answer lost',
  taken: '2xx without a deployment',
  redirected: 'redirected',
  throttled: '429',
  conflict: '409',
  refused: 'refused',
}

const describeUnknown = (attempt: Attempt): readonly string[] => {
  const { outcome, signalMs, endedMs = 0, deadlineMs } = attempt
  if (outcome !== 'unknown') return []
  const sends = attempt.sendings.filter(isStart).map(determineStartResult)
  const lists = attempt.sendings.filter(({ operation }) => operation === 'GET deploys')
  const isReadable = lists.some(({ seen }) => seen?.kind === 'answer' && Array.isArray(seen.answer.body))
  if (signalMs !== undefined) return ['signal before the result was clear: unknown']
  if (endedMs >= deadlineMs)
    return [
      isReadable ? 'deadline before the result was clear: unknown' : 'list not readable until the deadline: unknown',
    ]
  if (isRefused(lists.at(-1))) return ['list refused: unknown']
  if (sends.at(-1) === 'taken') return ['2xx without a deployment, none in the list: unknown']
  if (sends.filter((startResult) => startResult === 'lost').length >= 3)
    return ['answer lost three times, absent: unknown']
  return ["could be ours or another's: unknown"]
}

const isRefused = (list: Sending | undefined): boolean =>
  list?.seen?.kind === 'failure'
    ? list.seen.details.kind === 'untrusted'
    : list?.seen?.kind === 'answer' && list.seen.answer.status >= 300 && list.seen.answer.status < 500

const describeAttachment = (attempt: Attempt): readonly string[] => {
  const sends = attempt.sendings.filter(isStart)
  const isOwn = sends.some(({ record }) => record?.acceptedId && attempt.ids.has(record.acceptedId))
  if (attempt.number === 1 || attempt.ids.size === 0 || isOwn) return []
  return [sends.length === 0 ? 're-run: attached before a start' : 're-run: attached after a start was refused']
}

const describeInterruption = (attempt: Attempt): readonly string[] => {
  const { signalMs, crashedMs, ids, post } = attempt
  const atMs = signalMs ?? crashedMs
  if (atMs === undefined) return []
  const send = attempt.sendings.find((sending) => isStart(sending) && isInFlight(sending, atMs))
  const place = send ? 'within the start' : ids.size > 0 ? 'after the start' : 'before the start'
  const kept = signalMs !== undefined && send ? (ids.size > 0 ? ': id kept' : ': without an id') : ''
  return [
    `${signalMs === undefined ? 'crash' : 'signal'} ${place}${kept}`,
    ...(post ? ['post step had something to do'] : []),
  ]
}

const isInFlight = ({ atMs, seenAtMs = Number.POSITIVE_INFINITY }: Sending, momentMs: number): boolean =>
  atMs <= momentMs && momentMs <= seenAtMs

const describeBase = (attempt: Attempt): readonly string[] => {
  const texts = [...attempt.summaries, ...(attempt.post?.summaries ?? [])]
  const puts = attempt.sendings.filter(({ operation }) => operation === 'PUT from_deploy_id')
  const lastStartMs = attempt.sendings.findLast(isStart)?.atMs ?? Number.POSITIVE_INFINITY
  if (texts.some((text) => text.includes('base was left'))) return ['base left, and named']
  if (attempt.post?.sendings.some(({ operation }) => operation === 'PUT from_deploy_id'))
    return ['base put back by the post step']
  return puts.some(({ atMs, call }) => atMs > lastStartMs && call.json !== puts[0]?.call.json) ? ['base put back'] : []
}
