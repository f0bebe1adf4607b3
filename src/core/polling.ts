/**
 * When to ask next whether a deployment is over. Names that end with `S` are in seconds.
 *
 * - Asking at a rate r(t) costs ∫ r·S requests and a mean lag of ∫ f/2r; f and S are the end's density and survival. The
 *   product is least, ½(∫ √(f·S))², with r proportional to √(f/S) (J. B. Keller, Optimum checking schedules for systems
 *   subject to random failure, Management Science 21, 1974). As a rule for the next gap: gap × P(end within it) = price.
 * - The history is split into kinds: succeeded or failed durations, split where neighbours differ by more than a factor of
 *   two. Each kind is log-logistic, S = 1/(1 + (t/median)^(1/scale)); newer durations weigh more, and the spread is pulled
 *   towards a prior.
 * - The doubt, 1/(n+1) and at least 0.1, is the chance that the history misleads. The longer no kind comes true, the likelier
 *   that is. With it the longest gap moves from patient (8 % of the elapsed time) to late: that of no history (5 s, doubling
 *   every 19 min) or, the more history there is, up to 2 % of the elapsed time.
 * - The price is what a request is worth in seconds of waiting. It rises where the kinds are so wide that dense polls could
 *   use up an hour's requests: n of them in D seconds, while S falls from 1 to the doubt, obey n² ≤ D·ln(1/doubt)/price
 *   (Cauchy).
 */

/** An earlier deployment of the environment that has ended. Histories are newest first, without the deployment waited for. */
export type PastDeployment = { readonly durationMs: number; readonly succeeded: boolean }

type Kind = { readonly share: number; readonly medianS: number; readonly scale: number }
type Point = { readonly log: number; readonly weight: number }

const historyLimit = 30
const weightDecay = 0.9
const widestStep = Math.log(2)
const priorSpread = 0.15
const minDoubt = 0.1
const minPriceS = 0.03
const denseRequests = 190
const hourS = 3600
const minGapS = 1

const blindGapS = (elapsedS: number): number => Math.min(30, 5 * 2 ** (elapsedS / 1140))
const patientGapS = (elapsedS: number): number => Math.min(120, Math.max(12, 0.08 * elapsedS))
const lateGapS = (elapsedS: number, doubt: number): number =>
  doubt * blindGapS(elapsedS) + (1 - doubt) * Math.max(blindGapS(elapsedS), Math.min(60, 0.02 * elapsedS))

/**
 * Elapsed milliseconds since the deployment's start → milliseconds until the next poll. Without a history from 5 s to
 * 30 s; with one at least 1 s, at most 12 s or 8 % of the elapsed time, whichever is more, and never over 2 min.
 * At most 300 polls an hour.
 */
export const schedulePolls = (history: readonly PastDeployment[]): ((elapsedMs: number) => number) => {
  const used = history.filter(({ durationMs }) => durationMs > 0).slice(0, historyLimit)
  const nextGapS = used.length === 0 ? blindGapS : planGaps(used)
  return (elapsedMs) => Math.floor(nextGapS(Math.max(0, elapsedMs) / 1000) * 1000)
}

const planGaps = (history: readonly PastDeployment[]): ((elapsedS: number) => number) => {
  const doubt = Math.max(minDoubt, 1 / (history.length + 1))
  const kinds = determineKinds(history, 1 - doubt)
  const priceS = determinePriceS(kinds, doubt)
  const chanceOfLater = (timeS: number) => kinds.reduce((sum, kind) => sum + kind.share * survival(kind, timeS), 0)
  return (elapsedS) => {
    const left = chanceOfLater(elapsedS)
    const misled = doubt / (doubt + left)
    const longestS = 1 / ((1 - misled) / patientGapS(elapsedS) + misled / lateGapS(elapsedS, doubt))
    const costS = (gapS: number) => (gapS * (left - chanceOfLater(elapsedS + gapS))) / (doubt + left)
    return costS(longestS) <= priceS ? longestS : findGapS(costS, priceS, longestS)
  }
}

/** The longest gap within the price: the cost grows with it. Halving the distance seven times, in logarithms, is 4 % exact. */
const findGapS = (costS: (gapS: number) => number, priceS: number, longestS: number): number => {
  let [lowS, highS] = [minGapS, longestS]
  for (let step = 0; step < 7; step++) {
    const gapS = Math.sqrt(lowS * highS)
    if (costS(gapS) > priceS) highS = gapS
    else lowS = gapS
  }
  return lowS
}

const survival = ({ medianS, scale }: Kind, timeS: number): number => 1 / (1 + (timeS / medianS) ** (1 / scale))

const determinePriceS = (kinds: readonly Kind[], doubt: number): number => {
  const widthS = kinds.reduce((sum, { medianS, scale }) => sum + 2 * medianS * Math.sinh(5 * scale), 0)
  return Math.max(minPriceS, (Math.min(hourS, widthS) * Math.log(1 / doubt)) / denseRequests ** 2)
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

/** The prior counts as one duration; the last factor is the mean's own error. A logistic's standard deviation is π/√3 scales. */
const fitKind = (points: readonly Point[], shareOfWeight: number): Kind => {
  const weight = sumWeights(points)
  const mean = points.reduce((sum, point) => sum + point.weight * point.log, 0) / weight
  const size = weight ** 2 / points.reduce((sum, point) => sum + point.weight ** 2, 0)
  const variance = points.reduce((sum, point) => sum + point.weight * (point.log - mean) ** 2, 0) / weight
  const spread = Math.sqrt((variance + priorSpread ** 2 / size) * (1 + 1 / size))
  return { share: weight * shareOfWeight, medianS: Math.exp(mean), scale: (spread * Math.sqrt(3)) / Math.PI }
}

const sumWeights = (points: readonly Point[]): number => points.reduce((sum, { weight }) => sum + weight, 0)

/** How long the newest successful deployments took. `remainingMs`: by them, if they agree and this one isn't longer yet. */
export type ExpectedEnd = {
  readonly count: number
  readonly shortestMs: number
  readonly longestMs: number
  readonly remainingMs: number | undefined
}

/** By the newest eight that succeeded; `undefined` without any. What remains ends with the median of the longer ones. */
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
