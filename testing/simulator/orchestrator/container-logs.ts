import type { ApiAnswer } from '../exchange.ts'
import type { Asked } from './asked.ts'
import { getQuery } from './pages.ts'
import type { EnvironmentState } from './state.ts'
import { formatTime } from './times.ts'

export type LogLine = {
  readonly workload: string
  readonly container: string
  readonly level: string
  readonly payload: string
  readonly atMs: number
}

export type LogPlan = {
  readonly workload: string
  /** By default `main`. */
  readonly container?: string
  readonly lines: readonly (string | { readonly payload: string; readonly level?: string; readonly atMs?: number })[]
}

/** Lines that a program may write, and that nobody may take for something else. */
export const hostileLines: readonly string[] = [
  '::error title=Injected::from a container',
  '##[error]from a container',
  '::add-mask::e',
  '\u001b[31mred\u001b[0m \u001b]8;;https://example.com\u0007link\u001b]8;;\u0007\u0000\r',
  '</details><img src=x onerror=alert(1)> [link](https://example.com) @octocat #12',
  '``````',
  '\u202egnp.exe',
  `password=hunter2 ${'x'.repeat(5_000)}`,
  '',
]

/** The lines as they will be told; by default they end at the given time, a millisecond apart. */
export const planLogs = ({ workload, container = 'main', lines }: LogPlan, nowMs: number): readonly LogLine[] =>
  lines.map((line, index) => {
    const {
      payload,
      level = 'INFO',
      atMs = nowMs - lines.length + index + 1,
    } = typeof line === 'string' ? { payload: line } : line
    return { workload, container, level, payload, atMs }
  })

const usualLimit = 100
const largestLimit = 1_000

/**
 * With the description's parameters: the newest `limit` lines come first, with `asc` the oldest; `invert` turns the lines that
 * were found around. Refusals have empty bodies. How many there are by default, and at most, isn't described.
 */
export const listLogs = ({ environment, request, nowMs }: Asked): ApiAnswer => {
  const query = getQuery(request)
  const limit = Number(query.get('limit') ?? usualLimit)
  const fromMs = Date.parse(query.get('timestamp_from') ?? '1970-01-01T00:00:00Z')
  const toMs = Date.parse(query.get('timestamp_to') ?? new Date(nowMs).toISOString())
  const areFlags = ['asc', 'invert'].every((name) => ['true', 'false', null].includes(query.get(name)))
  if (!Number.isInteger(limit) || limit < 1 || Number.isNaN(fromMs) || Number.isNaN(toMs) || !areFlags)
    return { status: 400 }
  const found = environment.logs
    .filter(({ atMs }) => atMs >= fromMs && atMs <= Math.min(toMs, nowMs))
    .filter((line) => isWanted(environment, line, query))
    .sort((one, other) => one.atMs - other.atMs)
  const ordered = query.get('asc') === 'true' ? found : found.reverse()
  const limited = ordered.slice(0, Math.min(limit, largestLimit))
  return { status: 200, body: (query.get('invert') === 'true' ? limited.reverse() : limited).map(describeLine) }
}

const isWanted = (environment: EnvironmentState, line: LogLine, query: URLSearchParams): boolean => {
  const fits = (name: string, value: string | undefined): boolean => !query.has(name) || query.get(name) === value
  return (
    fits('workload_id', line.workload) &&
    fits('container_id', line.container) &&
    fits('deployment_id', findDeploymentId(environment, line))
  )
}

/** A line belongs to the deployment that was the newest one when it was written. */
const findDeploymentId = ({ deployments }: EnvironmentState, { atMs }: LogLine): string | undefined =>
  deployments.findLast(({ createdMs }) => createdMs <= atMs)?.id

const describeLine = ({ workload, container, level, payload, atMs }: LogLine): Readonly<Record<string, string>> => ({
  workload_id: workload,
  container_id: container,
  level,
  payload,
  timestamp: formatTime(atMs),
})
