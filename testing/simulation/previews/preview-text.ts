import type { GitHubSending, PreviewAttempt, PreviewSending, PreviewTrace } from './preview-trace.ts'

type Line = { readonly atMs: number; readonly text: string }

/** A simulation of previews in the order of time: what was asked, what hit it, what people did, what was said. */
export const formatPreviewTrace = (trace: PreviewTrace): string => {
  const { scenario, attempts, acts, startedMs, calmMs } = trace
  const lines: readonly Line[] = [
    ...acts.map(({ atMs, text }) => ({ atMs, text: `people       ${text}` })),
    { atMs: calmMs, text: 'all is well from here on' },
    ...attempts.flatMap((attempt, index) => [
      ...listProcess(attempt, `${attempt.kind} ${index + 1}`),
      ...(attempt.post ? listProcess(attempt.post, `${attempt.kind} ${index + 1} post`) : []),
    ]),
  ]
  const told = lines.toSorted((one, other) => one.atMs - other.atMs)
  return [
    JSON.stringify(scenario, undefined, 1),
    ...told.map(({ atMs, text }) => `${((atMs - startedMs) / 1000).toFixed(3).padStart(10)}  ${text}`),
  ].join('\n')
}

const listProcess = (attempt: PreviewAttempt, name: string): readonly Line[] => {
  const { startedMs, signalMs, crashedMs, endedMs, outcome, inputs } = attempt
  const lines: (Line | undefined)[] = [
    { atMs: startedMs, text: `${name}  begins: ${inputs.env}, attempt ${attempt.number}` },
    signalMs === undefined ? undefined : { atMs: signalMs, text: `${name}  SIGNAL` },
    crashedMs === undefined ? undefined : { atMs: crashedMs, text: `${name}  CRASH` },
    endedMs === undefined ? undefined : { atMs: endedMs, text: `${name}  ends: ${outcome ?? ''}` },
    ...attempt.sendings.flatMap((sending) => listSending(sending, name)),
    ...attempt.github.flatMap((sending) => listSending(sending, `${name} → GitHub`)),
    ...attempt.log.map(({ atMs, text }) => ({ atMs, text: `${name}  log: ${text}` })),
    ...attempt.annotations.map(({ level, message }) => ({
      atMs: endedMs ?? startedMs,
      text: `${name}  ${level}: ${message.replaceAll('\n', ' / ')}`,
    })),
  ]
  return lines.filter((line) => line !== undefined)
}

const listSending = (sending: PreviewSending | GitHubSending, name: string): readonly Line[] => {
  const { operation, atMs, seenAtMs, fault, record, call } = sending
  const effectMs = record?.effectAtMs
  const hit = [
    fault && `FAULT ${fault}`,
    record
      ? effectMs === undefined
        ? 'not carried out'
        : effectMs === record.atMs
          ? ''
          : 'carried out later'
      : 'did not arrive',
    record?.acceptedId && `accepted ${record.acceptedId}`,
  ].filter(Boolean)
  const json = call.json === undefined ? '' : ` ${JSON.stringify(call.json).slice(0, 140)}`
  return [
    { atMs, text: `${name}  ${operation} ${call.path}${json}${hit.length > 0 ? `  [${hit.join(', ')}]` : ''}` },
    { atMs: seenAtMs ?? atMs, text: `${name}  answer to ${operation}: ${describeSeen(sending)}` },
  ]
}

const describeSeen = ({ seen }: PreviewSending | GitHubSending): string => {
  if (!seen) return 'nothing'
  if (seen.kind === 'given up') return 'given up'
  if (seen.kind === 'failure') return `${seen.details.kind} ${seen.details.status ?? ''} ${seen.details.detail}`
  return `${seen.answer.status} ${(JSON.stringify(seen.answer.body) ?? 'no JSON').slice(0, 160)}`
}
