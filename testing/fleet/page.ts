import { renderTable } from '../bench/table.ts'
import type { Figures } from './fleet.ts'
import type { Arrival, Kind, RateLimit } from './plan.ts'

/** One line of a table: the same fleet for each kind of step. */
export type Row = {
  readonly steps: number
  readonly arrival: Arrival
  /** Of those that were run. */
  readonly figures: Readonly<Partial<Record<Kind, Figures>>>
}

export type Group = { readonly limit: RateLimit; readonly rows: readonly Row[] }

const kinds: readonly Kind[] = ['action', 'fixed 5 s, a 429 ends it', 'fixed 5 s, a 429 is a poll']

const columns: readonly (readonly [name: string, format: (figures: Figures) => string])[] = [
  ['red', ({ red }) => format(red)],
  ['requests per step', ({ requestsPerStep }) => format(requestsPerStep)],
  ['refused', ({ refusedShare }) => formatShare(refusedShare)],
  ['refused after the first minute', ({ lateRefusedShare }) => formatShare(lateRefusedShare)],
  ['longest time to a start', ({ slowestStartSeconds }) => formatSeconds(slowestStartSeconds)],
  ['waited, median', ({ medianExtraSeconds }) => formatSeconds(medianExtraSeconds)],
  ['slowest over median', ({ fairness }) => (Number.isNaN(fairness) ? '–' : fairness.toFixed(1))],
  ['peak, requests/s', ({ peakPerSecond }) => format(peakPerSecond)],
]

const format = (number: number): string => Math.round(number).toLocaleString('en-US')

const formatShare = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`

const formatSeconds = (seconds: number): string => {
  if (Number.isNaN(seconds)) return '–'
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  return seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`
}

const introduction = [
  'Many steps at once, in virtual time: the whole action against one API. All steps share one API token, and' +
    ' so one rate limit: a token bucket that holds the requests of one second, and is full at the beginning. Each step' +
    ' deploys to its own environment, which has a history of eight deployments. The durations are as above (medians' +
    ' of 20 s to 10 min, a spread of 0.1). All deployments succeed, and the timeout is 30 min, so no step should end' +
    ' red.',
  'Each cell shows three values: for the action, for polling every 5 s where a 429 ends the step, and for polling' +
    ' every 5 s where a 429 is retried 5 s later. The tables with `Retry-After` show the action only. *Waited* is how much longer a green step took than its deployment, and' +
    ' *slowest over median* is the longest of these times, divided by the median. *After the first minute* counts from a' +
    ' minute after the last of the steps has begun. *Around the clock* spreads the steps over a day, of which one hour is' +
    ' simulated. For polling with retries, 10,000 steps are simulated as 1,000 at a tenth of the limit.',
]

/** @param shown what the tables show, in a few sentences: whoever changes the figures checks them */
export const renderFleet = (groups: readonly Group[], shown: string): string =>
  ['## A fleet', ...introduction, shown, ...groups.map(renderGroup)].join('\n\n')

const renderGroup = ({ limit, rows }: Group): string => {
  const told = limit.tellsRetryAfter ? 'with `Retry-After`, which polling every 5 s ignores' : 'without `Retry-After`'
  const table = renderTable(['steps', ...columns.map(([name]) => name)], rows.map(renderRow))
  return `${limit.perSecond} requests/s, ${told}:\n\n${table}`
}

const renderRow = ({ steps, arrival, figures }: Row): readonly string[] => {
  const run = kinds.flatMap((kind) => figures[kind] ?? [])
  return [`${format(steps)} ${arrival}`, ...columns.map(([, formatOne]) => run.map(formatOne).join(' / '))]
}
