import { type PastDeployment, schedulePolls } from '../../src/core/polling.ts'
import { renderTable } from './table.ts'

/** Durations in seconds are lognormal; with several medians a deployment is of any of these kinds, equally likely. */
export type Workload = { readonly name: string; readonly medians: readonly number[]; readonly spread: number }
/** `scale`: how many times longer the history's durations are than those to come. */
type History = { readonly name: string; readonly count: number; readonly scale: number }
type Schedule = {
  readonly name: string
  readonly history: History | undefined
  /**
   * The delays of one wait: elapsed seconds → seconds until the next poll.
   *
   * @param jitter 0.5 to 1.5, by which the action stretches its first delay
   */
  readonly start: (history: readonly PastDeployment[], jitter?: number) => (elapsed: number) => number
}

export type PollingRow = {
  readonly schedule: string
  readonly workload: string
  readonly spread: number
  readonly meanLag: number
  readonly p95Lag: number
  readonly worstLag: number
  /** The worst lag over what it may be: 12 s, or 8 % of the duration, whichever is more. */
  readonly worstShare: number
  /** Mean number of reads from the start's answer to the end, the history's included. */
  readonly requests: number
  /** Reads in the busiest hour of waits that never end. */
  readonly busiestHour: number
  /** Mean lag × mean requests, over those of a fixed 5 s poll. */
  readonly product: number
  /** The least product that a schedule could have that knows the distribution exactly, in the same unit. */
  readonly bound: number
}

const spreads = [0.05, 0.1, 0.2, 0.3, 0.6]
const medians = [20, 60, 120, 300, 600, 1200]
const single = (median: number, spread: number): Workload => ({
  name: formatSeconds(median),
  medians: [median],
  spread,
})
const mixed = (first: number, second: number): Workload => {
  return { name: `${formatSeconds(first)} and ${formatSeconds(second)}`, medians: [first, second], spread: 0.1 }
}
const formatSeconds = (seconds: number): string => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`)

/** The whole benchmark's. */
export const workloads: readonly Workload[] = [
  ...spreads.flatMap((spread) => medians.map((median) => single(median, spread))),
  mixed(60, 300),
  mixed(120, 1200),
]

const recent = (count: number): History => ({ name: `ours, history of ${count}`, count, scale: 1 })
const histories: readonly History[] = [
  ...[0, 1, 3, 8, 30].map(recent),
  { name: 'ours, history of 8, ten times shorter', count: 8, scale: 0.1 },
  { name: 'ours, history of 8, ten times longer', count: 8, scale: 10 },
]

/** The history is being read while the first gap passes, so that gap is the one without a history. */
const ours = (history: History): Schedule => ({
  name: history.name,
  history,
  start: (past, jitter = 1) => {
    const [before, after] = [schedulePolls([]), schedulePolls(past)]
    return (elapsed) => (elapsed === 0 ? before(0) * jitter : after(elapsed * 1000)) / 1000
  },
})

const peer = (name: string, delays: readonly number[]): Schedule => ({
  name,
  history: undefined,
  start: () => {
    let polls = 0
    return () => delays[Math.min(polls++, delays.length - 1)] ?? 0
  },
})

/** Ours with each history, and what others do. Fibonacci's start is that of hashicorp/tfc-workflows-tooling. */
export const schedules: readonly Schedule[] = [
  ...histories.map(ours),
  peer('fixed 3 s', [3]),
  peer('fixed 5 s', [5]),
  peer('fixed 10 s', [10]),
  peer('Fibonacci up to 7 s', [2, 4, 6, 7]),
  peer('doubling up to 10 s', [1, 2, 4, 8, 10]),
]

/**
 * Runs every schedule on every workload in virtual time. The same seed gives the same rows: durations are spread evenly
 * over their distribution's quantiles, and shared by all schedules.
 */
export const measurePolling = ({ runs = 1000, seed = 1, from = schedules, on = workloads } = {}): PollingRow[] => {
  const quantiles = drawQuantiles(runs, createRandom(seed))
  return on.flatMap((workload) => {
    const durations = quantiles.map((quantile, i) => toDuration(workload, quantile, i))
    const fixed = sum(durations.map((d) => Math.ceil(d / 5) * 5 - d)) * sum(durations.map((d) => Math.ceil(d / 5)))
    const bound = determineBound(workload)
    return from.map((schedule) => {
      const figures = measureWaits(schedule, workload, durations, seed)
      const product = (figures.meanLag * figures.requests * runs ** 2) / fixed
      const named = { schedule: schedule.name, workload: workload.name, spread: workload.spread }
      return Object.assign(figures, { ...named, product, bound })
    })
  })
}

type Figures = Omit<PollingRow, 'schedule' | 'workload' | 'spread' | 'product' | 'bound'>

const measureWaits = (schedule: Schedule, workload: Workload, durations: readonly number[], seed: number): Figures => {
  const pasts = durations.map((_, i) => drawPast(workload, schedule.history, createRandom(seed * 1e6 + i)))
  const random = createRandom(seed)
  const waits = durations.map((duration, i) => wait(schedule.start(pasts[i] ?? [], 0.5 + random()), duration))
  const lags = waits.map(({ lag }) => lag).toSorted((a, b) => a - b)
  const listReads = schedule.history ? 1 : 0
  const endless = pasts.slice(0, schedule.history?.count ? 20 : 1)
  return {
    meanLag: sum(lags) / lags.length,
    p95Lag: lags[Math.floor(lags.length * 0.95)] ?? 0,
    worstLag: lags.at(-1) ?? 0,
    worstShare: Math.max(...waits.map(({ lag }, i) => lag / Math.max(12, 0.08 * (durations[i] ?? 0)))),
    requests: listReads + sum(waits.map(({ polls }) => polls)) / waits.length,
    /** Counted where it is asked for: it takes as long as all other figures. */
    get busiestHour() {
      return listReads + Math.max(...endless.map((past) => countBusiestHour(schedule.start(past))))
    },
  }
}

const wait = (nextDelay: (elapsed: number) => number, duration: number): { lag: number; polls: number } => {
  let elapsed = 0
  let polls = 0
  while (elapsed < duration) {
    elapsed += nextDelay(elapsed)
    polls++
  }
  return { lag: elapsed - duration, polls }
}

/** The most polls in any hour of the first three of a wait that doesn't end. */
export const countBusiestHour = (nextDelay: (elapsed: number) => number): number => {
  const times = [nextDelay(0)]
  for (let last = times[0] ?? 0; last < 3 * 3600; times.push(last)) last += nextDelay(last)
  let [first, most] = [0, 0]
  for (const [i, time] of times.entries()) {
    while (time - (times[first] ?? 0) >= 3600) first++
    most = Math.max(most, i - first + 1)
  }
  return most
}

/** ½(∫ √(f·S))² over half the mean duration, which is the product of a fixed poll however long its gap. */
const determineBound = ({ medians, spread }: Workload): number => {
  const [low, high] = [Math.log(Math.min(...medians)) - 6 * spread, Math.log(Math.max(...medians)) + 6 * spread]
  const step = (high - low) / 2000
  const density = (log: number) =>
    sum(medians.map((median) => Math.exp(-(((log - Math.log(median)) / spread) ** 2) / 2))) /
    (medians.length * spread * Math.sqrt(2 * Math.PI))
  let [survival, root, mean] = [0, 0, 0]
  for (let log = high; log > low; log -= step) {
    const mass = density(log) * step
    survival += mass
    root += Math.sqrt((mass / step) * (survival - mass / 2) * Math.exp(log)) * step
    mean += mass * Math.exp(log)
  }
  return root ** 2 / mean
}

const drawQuantiles = (runs: number, random: () => number): number[] =>
  Array.from({ length: runs }, (_, i) => findNormalQuantile((i + random()) / runs))

/** Seconds, spread evenly over the quantiles; of several medians in turn. */
export const drawDurations = (workload: Workload, runs: number, random: () => number): number[] =>
  drawQuantiles(runs, random).map((quantile, i) => toDuration(workload, quantile, i))

const toDuration = ({ medians, spread }: Workload, quantile: number, i: number): number =>
  (medians[i % medians.length] ?? 0) * Math.exp(spread * quantile)

const drawPast = (workload: Workload, history: History | undefined, random: () => number): PastDeployment[] =>
  Array.from({ length: history?.count ?? 0 }, () => {
    return { durationMs: drawDuration(workload, random) * (history?.scale ?? 1) * 1000, succeeded: true }
  })

export const drawDuration = ({ medians, spread }: Workload, random: () => number): number =>
  (medians[Math.floor(random() * medians.length)] ?? 0) * Math.exp(spread * drawNormal(random))

/** Box and Muller. */
const drawNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** By halving; the distribution function is Abramowitz and Stegun's 26.2.17, exact to 8e-8. */
const findNormalQuantile = (chance: number): number => {
  let [low, high] = [-6, 6]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (determineNormalChance(middle) < chance) low = middle
    else high = middle
  }
  return low
}

const determineNormalChance = (x: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce((s, c) => (s + c) * t, 0)
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
  return x > 0 ? 1 - tail : tail
}

/** Mulberry32: numbers from 0 up to 1, the same ones for the same seed. */
const createRandom = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixedBits = Math.imul(state ^ (state >>> 15), 1 | state)
    mixedBits = (mixedBits + Math.imul(mixedBits ^ (mixedBits >>> 7), 61 | mixedBits)) ^ mixedBits
    return ((mixedBits ^ (mixedBits >>> 14)) >>> 0) / 2 ** 32
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The product's average over the medians from 1 to 20 min. */
export const averageProducts = (rows: readonly PollingRow[], schedule: string, spread: number): number => {
  const chosen = rows.filter((row) => row.schedule === schedule && row.spread === spread && isAveraged(row))
  return sum(chosen.map(({ product }) => product)) / chosen.length
}

const isAveraged = ({ workload }: PollingRow): boolean => medians.slice(1).map(formatSeconds).includes(workload)

/** Markdown: the products, the lags and requests, and the hard cases. */
export const renderPolling = (rows: readonly PollingRow[]): string =>
  [
    'Each cell is the mean lag × the mean number of requests, divided by the same product for a fixed interval of 5 s, so that less is better; averaged over median durations from 1 to 20 min. The spread says how much the durations vary around the median (0.1: by about 10 %). “The bound” is the least that any schedule can reach if only the distribution of the durations is known.',
    renderProducts(rows),
    'The lag in seconds (mean / 95th percentile / worst), then the mean number of requests; with a spread of 0.1.',
    renderLags(rows),
    'The same product for two kinds of deployments mixed half and half, with a spread of 0.1. The next column shows how' +
      ' close a lag came to our limit, which is 12 s, or 8 % of the run’s own duration if that is more. Of all' +
      ' groups of runs (same median and spread), it shows the one that came closest: the worst lag in the group, its median' +
      ' duration, and the largest lag as a percentage of the limit. The two lags can be of different runs. Last, the most requests in any hour of a wait that never ends.',
    renderHardCases(rows),
  ].join('\n\n')

const renderProducts = (rows: readonly PollingRow[]): string => {
  const names = namesOf(rows)
  const bounds = spreads.map((spread) => rows.find((row) => row.spread === spread)?.bound.toFixed(2) ?? '')
  return renderTable(
    ['schedule', ...spreads.map((spread) => `spread ${spread}`)],
    [
      ...names.map((name) => [name, ...spreads.map((spread) => averageProducts(rows, name, spread).toFixed(2))]),
      ['the bound', ...bounds],
    ],
  )
}

const renderLags = (rows: readonly PollingRow[]): string => {
  const columns = medians.map(formatSeconds)
  const cell = (name: string, workload: string) => {
    const row = rows.find((each) => each.schedule === name && each.workload === workload && each.spread === 0.1)
    if (!row) return ''
    const lags = [row.meanLag, row.p95Lag, row.worstLag].map((lag) => lag.toFixed(1))
    return `${lags.join(' / ')}; ${row.requests.toFixed(0)}`
  }
  const lines = namesOf(rows).map((name) => [name, ...columns.map((workload) => cell(name, workload))])
  return renderTable(['schedule', ...columns.map((workload) => `median ${workload}`)], lines)
}

const renderHardCases = (rows: readonly PollingRow[]): string => {
  const lines = namesOf(rows).map((name) => {
    const own = rows.filter((row) => row.schedule === name)
    const mixtures = own.filter(({ workload }) => workload.includes(' and '))
    const worst = own.reduce((a, b) => (b.worstShare > a.worstShare ? b : a))
    const busiestHour = Math.max(...own.map((row) => row.busiestHour))
    const lag = `${worst.worstLag.toFixed(0)} s at ${worst.workload}, ${(worst.worstShare * 100).toFixed(0)} %`
    return [name, ...mixtures.map(({ product }) => product.toFixed(2)), lag, busiestHour.toFixed(0)]
  })
  const mixtures = rows.filter(({ workload, schedule }) => workload.includes(' and ') && schedule === rows[0]?.schedule)
  const bounds = ['the bound', ...mixtures.map(({ bound }) => bound.toFixed(2)), '', '']
  const heads = mixtures.map(({ workload }) => `product, ${workload}`)
  return renderTable(['schedule', ...heads, 'closest to the limit', 'requests in the busiest hour'], [...lines, bounds])
}

const namesOf = (rows: readonly PollingRow[]): string[] => [...new Set(rows.map(({ schedule }) => schedule))]
