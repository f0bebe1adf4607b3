import type { Deployment } from '../../ports.ts'
import { hasSucceeded } from '../deployment/deployments.ts'
import { determineDurationMs } from '../deployment/history.ts'
import { formatDuration } from '../text/duration.ts'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const mostBars = 20

/**
 * The durations of the environment's newest deployments that succeeded as bars, oldest first, and ours after an arrow.
 * `''` without any to compare with.
 */
export const formatDurationChart = (historyNewestFirst: readonly Deployment[], ownMs: number | undefined): string => {
  const earlier = historyNewestFirst
    .filter(hasSucceeded)
    .flatMap((deployment) => determineDurationMs(deployment) ?? [])
    .slice(0, mostBars)
    .reverse()
  if (earlier.length === 0) return ''
  const draw = createPen(ownMs === undefined ? earlier : [...earlier, ownMs])
  const own = ownMs === undefined ? '' : ` → \`${draw(ownMs)}\` this one`
  return `\`${earlier.map(draw).join('')}\`${own} · ${formatLegend(earlier)}`
}

const formatLegend = (earlier: readonly number[]): string => {
  if (earlier.length === 1) return `the one before took ${formatRange(earlier)}`
  const median = earlier.length > 2 ? `, median ${formatDuration(findMedian(earlier))}` : ''
  return `the ${earlier.length} before took ${formatRange(earlier)}${median}`
}

/** From the shortest to the longest, but at least a quarter around the median: what is alike should look alike. */
const createPen = (durationsMs: readonly number[]): ((durationMs: number) => string) => {
  const median = findMedian(durationsMs)
  const lowest = Math.min(0.75 * median, ...durationsMs)
  const highest = Math.max(1.25 * median, ...durationsMs)
  return (durationMs) =>
    bars[Math.round(((durationMs - lowest) / Math.max(1, highest - lowest)) * (bars.length - 1))] ?? bars[0]
}

/** Of the newest deployments that succeeded. */
export const formatLast = (count: number): string => (count === 1 ? 'the last one' : `the last ${count}`)

/** `2 min 20 s to 3 min 5 s`, or one duration when both read the same. */
export const formatRange = (durationsMs: readonly number[]): string => {
  const [shortest, longest] = [Math.min(...durationsMs), Math.max(...durationsMs)].map(formatDuration)
  return shortest === longest ? `${shortest}` : `${shortest} to ${longest}`
}

const findMedian = (durationsMs: readonly number[]): number => {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [upper = 0, lower = upper] = [sorted[middle], sorted[middle - 1]]
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2
}
