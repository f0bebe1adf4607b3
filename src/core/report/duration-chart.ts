import type { Deployment } from '../api.ts'
import { determineDurationMs, hasSucceeded } from '../deployments.ts'
import { formatDuration, formatDurationRange } from '../text/time.ts'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const mostBars = 20
const leastBars = 3

/**
 * The durations of the environment's latest successful deployments as bars, oldest first, and ours after an arrow, with what
 * the lowest and the highest bar stand for; one or two are told in words alone. `''` without any to compare with.
 */
export const formatDurationChart = (historyNewestFirst: readonly Deployment[], ownMs: number | undefined): string => {
  const earlier = historyNewestFirst
    .filter(hasSucceeded)
    .flatMap((deployment) => determineDurationMs(deployment) ?? [])
    .slice(0, mostBars)
    .reverse()
  if (earlier.length === 0) return ''
  if (earlier.length < leastBars) return formatLegend(earlier)
  const { draw, lowestMs, highestMs } = createPen(ownMs === undefined ? earlier : [...earlier, ownMs])
  const own = ownMs === undefined ? '' : ` → \`${draw(ownMs)}\` this one`
  const scale = `\`${bars[0]}\` ${formatDuration(lowestMs)}, \`${bars.at(-1)}\` ${formatDuration(highestMs)}`
  return `\`${earlier.map(draw).join('')}\`${own} (${scale}) · ${formatLegend(earlier)}`
}

const formatLegend = (earlier: readonly number[]): string => {
  if (earlier.length === 1) return `the one before took ${formatDurationRange(earlier)}`
  const median = earlier.length > 2 ? `, median ${formatDuration(findMedian(earlier))}` : ''
  return `the ${earlier.length} before took ${formatDurationRange(earlier)}${median}`
}

/** From the shortest to the longest, but at least a quarter around the median: what is alike should look alike. */
const createPen = (durationsMs: readonly number[]) => {
  const median = findMedian(durationsMs)
  const lowest = Math.min(0.75 * median, ...durationsMs)
  const highest = Math.max(1.25 * median, ...durationsMs)
  const draw = (durationMs: number): string =>
    bars[Math.round(((durationMs - lowest) / Math.max(1, highest - lowest)) * (bars.length - 1))] ?? bars[0]
  return { draw, lowestMs: lowest, highestMs: highest }
}

const findMedian = (durationsMs: readonly number[]): number => {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [upper = 0, lower = upper] = [sorted[middle], sorted[middle - 1]]
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2
}
