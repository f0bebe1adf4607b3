import { join } from 'node:path'
import { writeSection } from '../section.ts'
import { type Figures, runFleet } from './fleet.ts'
import { type Group, type Row, renderFleet } from './page.ts'
import type { Arrival, Cell, Kind, RateLimit } from './plan.ts'

// npm run fleet                    all tables, and their part of docs/performance.md
// npm run fleet -- 1000            one fleet of the action, at once, at 100 requests/s

type Fleet = readonly [steps: number, arrival: Arrival]

const sizes = [10, 100, 1_000, 10_000]
const of = (arrival: Arrival, steps: readonly number[]): readonly Fleet[] => steps.map((each) => [each, arrival])

/** What is nobody's to carry is left out: 10,000 steps at 20 requests/s would get three and a half each in half an hour. */
const groups: readonly { readonly limit: RateLimit; readonly fleets: readonly Fleet[] }[] = [
  {
    limit: { perSecond: 100, tellsRetryAfter: false },
    fleets: [...of('at once', sizes), ...of('within a minute', sizes), ...of('around the clock', [10_000])],
  },
  { limit: { perSecond: 100, tellsRetryAfter: true }, fleets: of('at once', sizes) },
  {
    limit: { perSecond: 20, tellsRetryAfter: false },
    fleets: [
      ...of('at once', [10, 100, 1_000]),
      ...of('within a minute', [10, 100, 1_000]),
      ...of('around the clock', [10_000]),
    ],
  },
  { limit: { perSecond: 20, tellsRetryAfter: true }, fleets: of('at once', [10, 100, 1_000]) },
]

const kinds: readonly Kind[] = ['action', 'fixed 5 s, a 429 ends it', 'fixed 5 s, a 429 is a poll']

const shown =
  'With up to 10,000 steps at 100 requests/s, no step of the action ends red, and less than a tenth of its requests' +
  ' is refused after the first minute: each refusal slows down the step that received it. If a 429 ends the step,' +
  ' polling every 5 s ends red for almost all of 1,000 steps at once, or of 10,000 within a minute; if it is retried,' +
  ' up to 96 % of the requests are refused. The price:' +
  ' after many refusals in a row, a step leaves up to four minutes between two requests. With fewer steps (1,000' +
  ' within a minute), the unluckiest one therefore starts later than with polling every 5 s. The report is shorter,' +
  ' too, because optional requests are left out.'

/** A fixed poll knows no crowd: a tenth of it at a tenth of the limit goes as the whole does. */
const runTenth = async (cell: Cell): Promise<Figures> => {
  const { limit, steps } = cell
  const figures = await runFleet({ ...cell, steps: steps / 10, limit: { ...limit, perSecond: limit.perSecond / 10 } })
  return { ...figures, red: figures.red * 10, peakPerSecond: figures.peakPerSecond * 10 }
}

const isCutDown = ({ kind, steps, arrival }: Cell): boolean =>
  kind === 'fixed 5 s, a 429 is a poll' && steps >= 10_000 && arrival !== 'around the clock'

const runCell = async (cell: Cell): Promise<Figures> => {
  const sinceMs = performance.now()
  const figures = await (isCutDown(cell) ? runTenth(cell) : runFleet(cell))
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1)
  const { kind, steps, arrival, limit } = cell
  console.log(
    `${steps} ${arrival}, ${limit.perSecond}/s, ${kind}: ${figures.red} red, ` +
      `${(figures.lateRefusedShare * 100).toFixed(1)} % refused after the first minute (${seconds} s)`,
  )
  return figures
}

const runRow = async (limit: RateLimit, [steps, arrival]: Fleet): Promise<Row> => {
  const figures: Partial<Record<Kind, Figures>> = {}
  for (const kind of limit.tellsRetryAfter ? kinds.slice(0, 1) : kinds)
    figures[kind] = await runCell({ kind, steps, arrival, limit })
  return { steps, arrival, figures }
}

const runAll = async (): Promise<readonly Group[]> => {
  const all: Group[] = []
  for (const { limit, fleets } of groups) {
    const rows: Row[] = []
    for (const fleet of fleets) rows.push(await runRow(limit, fleet))
    all.push({ limit, rows })
  }
  return all
}

// Failures are thrown by the hundred thousand, and nobody looks at their stacks.
Error.stackTraceLimit = 0
const [, , given] = process.argv
if (given !== undefined) {
  console.log(
    await runFleet({
      kind: 'action',
      steps: Number(given),
      arrival: 'at once',
      limit: { perSecond: 100, tellsRetryAfter: false },
    }),
  )
} else {
  const text = renderFleet(await runAll(), shown)
  const path = join(import.meta.dirname, '../../docs/performance.md')
  writeSection({ path, title: 'Performance', command: 'npm run fleet', text })
}
