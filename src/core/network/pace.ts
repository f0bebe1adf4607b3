/**
 * How a step slows down when the API refuses its requests for their number (429).
 *
 * The limit is the token's, and no step knows how many others share it, so each goes by its own refusals. The pace is the gap
 * between two requests. It grows slowly with a few refusals and steeply with many in a row: one refusal means a few steps too
 * many, five in a row mean thousands. Over time the gap shrinks again. `npm run fleet` measures the effect.
 */
export type Pace = { readonly gapMs: number; readonly sinceMs: number }

export const noPace: Pace = { gapMs: 0, sinceMs: Number.NEGATIVE_INFINITY }

const firstGapMs = 1000
/** After four refusals. Up to this gap, jitter may shorten a delay to nothing. */
const usualGapMs = 60_000
/** From the fifth on: ten thousand steps that come back within a minute make 167 requests a second, whatever the jitter. */
const maxGapMs = 240_000
const halfLifeMs = 480_000

/** The gap by now. */
export const determineGapMs = ({ gapMs, sinceMs }: Pace, nowMs: number): number =>
  gapMs === 0 ? 0 : gapMs * 2 ** (-Math.max(0, nowMs - sinceMs) / halfLifeMs)

/**
 * The gap after refusals in a row: 1, 3, 10, 60 s, then 4 min.
 *
 * @param sentMs when the refused request was sent: one that was on its way when another was refused doesn't count again
 */
export const slowDown = (pace: Pace, sentMs: number, nowMs: number): Pace => {
  if (sentMs < pace.sinceMs) return pace
  const gapMs = determineGapMs(pace, nowMs)
  const limitMs = gapMs < usualGapMs / 2 ? usualGapMs : maxGapMs
  const nextMs = Math.max(firstGapMs, 2.5 * (gapMs / 1000) ** 1.5 * 1000)
  return { gapMs: Math.min(limitMs, nextMs), sinceMs: nowMs }
}

/**
 * How long until a refused start is sent again: full jitter up to a minute; with a longer gap, in the minute's last quarter.
 *
 * @param random 0 to 1
 */
export const determinePacedStartMs = (gapMs: number, random: number): number =>
  gapMs > usualGapMs ? (0.75 + random / 4) * usualGapMs : random * gapMs

/**
 * How long until any other request: full jitter up to a minute; of a longer gap, half of the excess is always waited for.
 *
 * @param random 0 to 1
 */
export const determinePaceDelayMs = (gapMs: number, random: number): number => {
  const minMs = Math.max(0, (gapMs - usualGapMs) / 2)
  return minMs + random * (gapMs - minMs)
}
