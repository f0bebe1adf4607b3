import { place } from './place.ts'
import { determineStartResult, isStart } from './start-result.ts'
import type { Attempt, Sending, Trace } from './trace.ts'

type Line = { readonly atMs: number; readonly text: string }

/** A simulation told in the order of time: what was asked, what hit it, what others did, what was said. */
export const formatTrace = (trace: Trace): string => {
  const { scenario, attempts, acts, orchestrator, startedMs } = trace
  const lines: readonly Line[] = [
    ...acts.map(({ atMs, kind, id, author }) => ({ atMs, text: `others     ${kind} ${id} (${author})` })),
    ...attempts.flatMap(listAttempt),
    ...orchestrator.inspectDeployments(place).flatMap(({ id, createdMs, status, statusChangedMs, comment }) => [
      { atMs: createdMs, text: `humanitec  ${id} begins: ${comment}` },
      { atMs: statusChangedMs, text: `humanitec  ${id} is ${status}` },
    ]),
  ].filter(({ atMs }) => atMs >= startedMs)
  const told = lines.toSorted((one, other) => one.atMs - other.atMs)
  return [JSON.stringify(scenario, undefined, 1), ...told.map((line) => formatLine(line, startedMs))].join('\n')
}

const formatLine = ({ atMs, text }: Line, startedMs: number): string =>
  `${((atMs - startedMs) / 1000).toFixed(3).padStart(10)}  ${text}`

const listAttempt = (attempt: Attempt): readonly Line[] => [
  ...listProcess(attempt),
  ...(attempt.post ? listProcess(attempt.post, ' post') : []),
]

const listProcess = (attempt: Attempt, post = ''): readonly Line[] => {
  const { startedMs, deadlineMs, signalMs, crashedMs, endedMs, outcome, log, sendings, outputs } = attempt
  const number = `${attempt.number}${post}`
  const lines: (Line | undefined)[] = [
    { atMs: startedMs, text: `attempt ${number}  begins` },
    { atMs: deadlineMs, text: `attempt ${number}  its deadline` },
    signalMs === undefined ? undefined : { atMs: signalMs, text: `attempt ${number}  SIGNAL` },
    crashedMs === undefined ? undefined : { atMs: crashedMs, text: `attempt ${number}  CRASH` },
    endedMs === undefined
      ? undefined
      : { atMs: endedMs, text: `attempt ${number}  ends: ${outcome}, deployment_id=${outputs.get('deployment_id')}` },
    ...sendings.flatMap((sending) => listSending(sending, number)),
    ...log.map(({ atMs, text }) => ({ atMs, text: `log ${number}      ${text}` })),
    ...attempt.annotations.map(({ level, message }) => ({
      atMs: endedMs ?? startedMs,
      text: `${level}      ${message.replaceAll('\n', ' / ')}`,
    })),
  ]
  return lines.filter((line) => line !== undefined)
}

const listSending = (sending: Sending, number: string): readonly Line[] => {
  const { operation, atMs, seenAtMs, fault, record, call } = sending
  const json = call.json === undefined ? '' : ` ${JSON.stringify(call.json)}`
  const effect =
    record?.effectAtMs === undefined
      ? 'not carried out'
      : record.effectAtMs === record.atMs
        ? ''
        : `carried out at ${new Date(record.effectAtMs).toISOString()}`
  const accepted = record?.acceptedId ? `accepted ${record.acceptedId}` : ''
  const hit = [fault && `FAULT ${fault}`, record ? effect : 'did not arrive', accepted].filter(Boolean).join(', ')
  return [
    { atMs, text: `request ${number}  ${operation}${json}${hit && `  [${hit}]`}` },
    { atMs: seenAtMs ?? atMs, text: `answer ${number}   ${operation}: ${describeSeen(sending)}` },
  ]
}

const describeSeen = (sending: Sending): string => {
  const { seen } = sending
  const startResult = isStart(sending) ? ` = ${determineStartResult(sending)}` : ''
  if (!seen) return `nothing${startResult}`
  if (seen.kind === 'given up') return `given up${startResult}`
  if (seen.kind === 'failure')
    return `${seen.details.kind} ${seen.details.status ?? ''} ${seen.details.detail}${startResult}`
  const { status, body, retryAfter } = seen.answer
  const text = JSON.stringify(body) ?? 'no JSON'
  return `${status}${retryAfter === null ? '' : ` retry-after ${retryAfter}`} ${text.slice(0, 160)}${startResult}`
}
