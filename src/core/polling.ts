/**
 * When to ask next whether a deployment is over.
 *
 * Asking at a rate r(t) costs ∫ r·S requests and a mean lag of ∫ f/2r; f and S are the end's density and survival. The
 * product is least, ½(∫ √(f·S))², with r proportional to √(f/S) (J. B. Keller, Optimum checking schedules for systems
 * subject to random failure, Management Science 21, 1974). In steps that look ahead: gap × P(end within it) = price.
 * The end is of one of the history's kinds: succeeded or failed durations without a step wider than a factor of two.
 * Each is log-logistic, S = 1/(1 + (t/median)^(1/scale)); newer ones weigh more, the spread is drawn to a prior.
 * With a chance of 1/(n+1), at least 0.1, the history misleads. The longer no kind comes true, the likelier that is; by
 * it the longest gap goes over from patient (8 % of the elapsed time) to late (from the blind one, which is 5 s and
 * doubles every 19 min, towards 2 % of the elapsed time, by how much history there is).
 * The price, what a request is worth in seconds of waiting, rises where the kinds are so wide that dense polls could
 * use up the hour's: n of them in D seconds, while S falls from 1 to the doubt, obey n² ≤ D·ln(1/doubt)/price (Cauchy).
 */

/** An earlier deployment of the environment that is over. Histories are newest first, without the one waited for. */
export type PastDeployment = { readonly durationMs: number; readonly succeeded: boolean }

type Kind = { readonly share: number; readonly median: number; readonly scale: number }
type Point = { readonly log: number; readonly weight: number }

const historyLimit = 30
const weightDecay = 0.9
const widestStep = Math.log(2)
const priorSpread = 0.15
const minDoubt = 0.1
const minPrice = 0.03
const denseRequests = 190
const hour = 3600
const minGap = 1

const blindGap = (elapsed: number): number => Math.min(30, 5 * 2 ** (elapsed / 1140))
const patientGap = (elapsed: number): number => Math.min(120, Math.max(12, 0.08 * elapsed))
const lateGap = (elapsed: number, doubt: number): number =>
  doubt * blindGap(elapsed) + (1 - doubt) * Math.max(blindGap(elapsed), Math.min(60, 0.02 * elapsed))

/**
 * Elapsed milliseconds since the deployment's start → milliseconds until the next poll. Without a history from 5 s to
 * 30 s; with one at least 1 s, at most 12 s or 8 % of the elapsed time, whichever is more, and never over 2 min.
 * No hour gets more than 300 polls. While the history is being read, the first gap is that of an empty one.
 */
export const schedulePolls = (history: readonly PastDeployment[]): ((elapsedMs: number) => number) => {
  const used = history.filter(({ durationMs }) => durationMs > 0).slice(0, historyLimit)
  const nextGap = used.length === 0 ? blindGap : planGaps(used)
  return (elapsedMs) => Math.floor(nextGap(Math.max(0, elapsedMs) / 1000) * 1000)
}

const planGaps = (history: readonly PastDeployment[]): ((elapsed: number) => number) => {
  const doubt = Math.max(minDoubt, 1 / (history.length + 1))
  const kinds = determineKinds(history, 1 - doubt)
  const price = determinePrice(kinds, doubt)
  const chanceOfLater = (t: number) => kinds.reduce((sum, kind) => sum + kind.share * survival(kind, t), 0)
  return (elapsed) => {
    const left = chanceOfLater(elapsed)
    const misled = doubt / (doubt + left)
    const longest = 1 / ((1 - misled) / patientGap(elapsed) + misled / lateGap(elapsed, doubt))
    const cost = (gap: number) => (gap * (left - chanceOfLater(elapsed + gap))) / (doubt + left)
    return cost(longest) <= price ? longest : findGap(cost, price, longest)
  }
}

/** The cost grows with the gap. Seven halvings of the bounds' distance, in logarithms, come within 4 % of it. */
const findGap = (cost: (gap: number) => number, price: number, longest: number): number => {
  let [low, high] = [minGap, longest]
  for (let step = 0; step < 7; step++) {
    const gap = Math.sqrt(low * high)
    if (cost(gap) > price) high = gap
    else low = gap
  }
  return low
}

const survival = ({ median, scale }: Kind, t: number): number => 1 / (1 + (t / median) ** (1 / scale))

const determinePrice = (kinds: readonly Kind[], doubt: number): number => {
  const width = kinds.reduce((sum, { median, scale }) => sum + 2 * median * Math.sinh(5 * scale), 0)
  return Math.max(minPrice, (Math.min(hour, width) * Math.log(1 / doubt)) / denseRequests ** 2)
}

const determineKinds = (history: readonly PastDeployment[], share: number): Kind[] => {
  const points = history.map(({ durationMs, succeeded }, index) => {
    return { log: Math.log(durationMs / 1000), weight: weightDecay ** index, succeeded }
  })
  const total = sumWeights(points)
  return [true, false]
    .flatMap((succeeded) => splitKinds(points.filter((point) => point.succeeded === succeeded)))
    .map((kind) => fitKind(kind, share / total))
}

const splitKinds = (points: readonly Point[]): Point[][] => {
  const sorted = points.toSorted((a, b) => a.log - b.log)
  const starts = sorted.flatMap(({ log }, i) => (log - (sorted[i - 1]?.log ?? -Infinity) > widestStep ? [i] : []))
  return starts.map((start, i) => sorted.slice(start, starts[i + 1]))
}

/** The prior counts as one duration, the last factor is the mean's own error; a logistic's deviation is π/√3 scales. */
const fitKind = (points: readonly Point[], shareOfWeight: number): Kind => {
  const weight = sumWeights(points)
  const mean = points.reduce((sum, point) => sum + point.weight * point.log, 0) / weight
  const size = weight ** 2 / points.reduce((sum, point) => sum + point.weight ** 2, 0)
  const variance = points.reduce((sum, point) => sum + point.weight * (point.log - mean) ** 2, 0) / weight
  const spread = Math.sqrt((variance + priorSpread ** 2 / size) * (1 + 1 / size))
  return { share: weight * shareOfWeight, median: Math.exp(mean), scale: (spread * Math.sqrt(3)) / Math.PI }
}

const sumWeights = (points: readonly Point[]): number => points.reduce((sum, { weight }) => sum + weight, 0)

/** How long the newest succeeded deployments took, and what is left by them, if they agree and are not exceeded. */
export type ExpectedEnd = {
  readonly count: number
  readonly shortestMs: number
  readonly longestMs: number
  readonly remainingMs: number | undefined
}

/** By the newest eight that succeeded; `undefined` without any. What is left is up to the median of the longer ones. */
export const determineExpectedEnd = (
  elapsedMs: number,
  history: readonly PastDeployment[],
): ExpectedEnd | undefined => {
  const newest = history.filter(({ succeeded, durationMs }) => succeeded && durationMs > 0).slice(0, 8)
  const durations = newest.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b)
  const [shortestMs, longestMs] = [durations[0], durations.at(-1)]
  if (shortestMs === undefined || longestMs === undefined) return undefined
  return { count: durations.length, shortestMs, longestMs, remainingMs: determineRemaining(elapsedMs, durations) }
}

const determineRemaining = (elapsedMs: number, sorted: readonly number[]): number | undefined => {
  const longer = sorted.filter((durationMs) => durationMs > elapsedMs)
  const [shortest, median, longest] = [longer[0], longer[longer.length >> 1], longer.at(-1)]
  if (shortest === undefined || median === undefined || longest === undefined) return undefined
  const agree = sorted.length > 1 && longer.length * 4 >= sorted.length && longest <= 3 * shortest
  return agree ? median - elapsedMs : undefined
}
