import { countBusiestHour } from './checks/limits.ts'
import { listReconciliations } from './reconciliations.ts'
import type { Sending, Trace } from './trace.ts'
import { listWorlds } from './world-names.ts'

type Counts = Record<string, number>

/** What was simulated, counted. Plain data: threads hand it over. */
export type Tally = {
  runs: number
  attempts: number
  requests: number
  virtualMs: number
  /** The most requests of one attempt within an hour, of those with `poll_interval: auto`. */
  busiestHour: number
  readonly scenarios: Counts
  /** What not every application has. */
  readonly worlds: Counts
  readonly ends: Counts
  readonly faults: Counts
  readonly reconciliations: Counts
}

export const createTally = (): Tally => ({
  runs: 0,
  attempts: 0,
  requests: 0,
  virtualMs: 0,
  busiestHour: 0,
  scenarios: {},
  worlds: {},
  ends: {},
  faults: {},
  reconciliations: {},
})

export const tallyTrace = (tally: Tally, trace: Trace): void => {
  const { scenario, attempts, startedMs, endedMs } = trace
  tally.runs++
  tally.attempts += attempts.length
  tally.virtualMs += endedMs - startedMs
  add(tally.scenarios, scenario.kind)
  for (const name of listWorlds(trace)) add(tally.worlds, name)
  for (const attempt of attempts) {
    add(tally.ends, attempt.outcome ?? 'crash')
    tallySendings(tally, attempt.sendings)
    tallySendings(tally, attempt.post?.sendings ?? [])
    if (scenario.inputs.poll_interval === undefined)
      tally.busiestHour = Math.max(tally.busiestHour, countBusiestHour(attempt))
  }
  for (const name of listReconciliations(trace)) add(tally.reconciliations, name)
}

const tallySendings = (tally: Tally, sendings: readonly Sending[]): void => {
  tally.requests += sendings.length
  for (const { fault } of sendings) if (fault !== '') add(tally.faults, fault)
}

const add = (counts: Counts, name: string, number = 1): void => {
  counts[name] = (counts[name] ?? 0) + number
}

export const addTally = (sum: Tally, tally: Tally): void => {
  sum.runs += tally.runs
  sum.attempts += tally.attempts
  sum.requests += tally.requests
  sum.virtualMs += tally.virtualMs
  sum.busiestHour = Math.max(sum.busiestHour, tally.busiestHour)
  for (const group of ['scenarios', 'worlds', 'ends', 'faults', 'reconciliations'] as const)
    for (const [name, number] of Object.entries(tally[group])) add(sum[group], name, number)
}

export const formatTally = (tally: Tally): string =>
  [
    `${format(tally.runs)} runs, ${format(tally.attempts)} attempts, ${format(tally.requests)} requests, ${format(Math.round(tally.virtualMs / 3_600_000))} virtual hours`,
    `most requests of one attempt within an hour (poll_interval: auto): ${tally.busiestHour}`,
    ...formatCounts('scenarios', tally.scenarios),
    ...formatCounts('worlds', tally.worlds),
    ...formatCounts('ends', tally.ends),
    ...formatCounts('reconciliations', tally.reconciliations),
    ...formatCounts('faults', tally.faults),
  ].join('\n')

const format = (number: number): string => number.toLocaleString('en-US')

const formatCounts = (title: string, counts: Counts): readonly string[] => [
  '',
  title,
  ...Object.entries(counts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, number]) => `${format(number).padStart(12)}  ${name}`),
]
