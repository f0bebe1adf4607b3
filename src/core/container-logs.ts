import type { LogEntry } from './api.ts'
import type { FailureDetails } from './network/request-error.ts'
import type { ContainerName, FailingContainer } from './runtime.ts'
import { cutText } from './text/clean.ts'
import { expectList, fieldsOf, textOf } from './text/json.ts'
import type { Redact } from './text/redact.ts'

const maxContainers = 5

const maxUnitsOfLine = 2000

const maxBytesOfContainer = 32_000

/** The containers whose logs are shown: the first five, each once, since logs are requested by container and not by pod. */
export const listLoggedContainers = (failing: readonly FailingContainer[]): readonly ContainerName[] => {
  const names = new Map(
    failing.map(({ workload, container }) => [JSON.stringify([workload, container]), { workload, container }]),
  )
  return [...names.values()].slice(0, maxContainers)
}

/** The answer of `GET {env}/logs`. A payload that isn't text is shown as JSON; entries without one are left out. */
export const toLogEntries = (value: unknown): readonly LogEntry[] =>
  (value === null ? [] : expectList(value, 'a list of log entries')).flatMap((entry) => {
    const { payload, workload_id, container_id, timestamp } = fieldsOf(entry)
    if (payload === undefined || payload === null) return []
    return {
      workload_id: textOf(workload_id),
      container_id: textOf(container_id),
      timestamp: textOf(timestamp),
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    }
  })

type ContainerLog = ContainerName & {
  /** Oldest first. Not escaped. */
  readonly lines: readonly string[]
  /** How many of the requested lines were dropped for their size. */
  readonly leftOut: number
}

export type ReadLog = ContainerLog | (ContainerName & { readonly refusal: Pick<FailureDetails, 'kind' | 'status'> })

/**
 * The last lines of one container, of 2,000 characters each and 32 kB in all; the oldest are dropped first. Redacts before it
 * cuts, since half a secret isn't recognized. The API documents no order of entries: their times tell.
 */
export const shapeContainerLog = (
  name: ContainerName,
  entries: readonly LogEntry[],
  { lineCount, redact }: { readonly lineCount: number; readonly redact: Redact },
): ContainerLog => {
  const own = entries.filter(
    (entry) => isOf(entry.workload_id, name.workload) && isOf(entry.container_id, name.container),
  )
  const newestLast = isNewestFirst(own) ? own.toReversed() : own
  const payloads = newestLast.slice(-Math.max(1, lineCount)).map(({ payload }) => payload.replace(/\r?\n$/, ''))
  const last = lineCount < 1 || own.length === 0 ? [] : splitLines(redact(payloads.join('\n'))).slice(-lineCount)
  const cut = last.map((line) => cutText(line, maxUnitsOfLine))
  const lines = cut.slice(findFirstThatFits(cut))
  return { ...name, lines, leftOut: cut.length - lines.length }
}

/** An entry that names none is taken for the requested one's. */
const isOf = (actual: string, asked: string): boolean => actual === '' || actual === asked

/** RFC 3339 with any number of decimals sorts as text, but for the `Z` behind them. */
const isNewestFirst = (entries: readonly LogEntry[]): boolean => {
  const times = entries.map(({ timestamp }) => timestamp.replace(/Z$/, '')).filter(Boolean)
  return (times[0] ?? '') > (times.at(-1) ?? '')
}

const splitLines = (text: string): readonly string[] => text.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/)

const utf8 = new TextEncoder()

const findFirstThatFits = (lines: readonly string[]): number => {
  let first = lines.length
  for (let bytes = 0; first > 0; first--) {
    bytes += utf8.encode(`${lines[first - 1]}\n`).length
    if (bytes > maxBytesOfContainer) break
  }
  return first
}
