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
  ['requests a step', ({ requestsPerStep }) => format(requestsPerStep)],
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
  'Many steps at once, on virtual time: the whole action against one API that limits the requests of the token that all of' +
    ' them share (a bucket that holds one second’s requests, full at the beginning). Each step deploys to an environment of' +
    ' its own, with a history of eight; deployments take what they take above (medians of 20 s to 10 min, a spread of 0.1),' +
    ' all succeed, and the timeout is 30 min: no step that ends red is to blame.',
  'Cells: the action / a fixed poll of 5 s whose step ends at a 429 / the same, that tries again 5 s later.' +
    ' *Waited* is how much longer than its deployment a green step took; the *slowest* is compared with the median of that.' +
    ' *After the first minute*: from a minute after the last of those steps has begun that begin together. *Around the' +
    ' clock*: so many a day, of which an hour is run. Of 10,000 steps that try again every 5 s, a tenth is run, at a tenth' +
    ' of the limit.',
]

/** What it shows. Held against the figures by the one who changes them: three sentences, no more. */
export const renderFleet = (groups: readonly Group[], shown: string): string =>
  ['## A fleet', ...introduction, shown, ...groups.map(renderGroup)].join('\n\n')

const renderGroup = ({ limit, rows }: Group): string => {
  const told = limit.tellsRetryAfter ? 'with `Retry-After`, which a fixed poll doesn’t read' : 'without `Retry-After`'
  const table = renderTable(['steps', ...columns.map(([name]) => name)], rows.map(renderRow))
  return `${limit.perSecond} requests/s, ${told}:\n\n${table}`
}

const renderRow = ({ steps, arrival, figures }: Row): readonly string[] => {
  const run = kinds.flatMap((kind) => figures[kind] ?? [])
  return [`${format(steps)} ${arrival}`, ...columns.map(([, formatOne]) => run.map(formatOne).join(' / '))]
}
