/**
 * How a step slows down when the API refuses its requests for their number (429).
 *
 * The limit is the token's, and nobody knows how many steps share it: each slows itself down by what it meets. Its pace is
 * the gap that it leaves between two requests. A refusal makes it longer, a few of them a little, many of them in a row
 * steeply: whoever meets one refusal is one of a few too many, whoever meets five is one of thousands. With the time it
 * becomes shorter again. `npm run fleet` measures what comes of it.
 */
export type Pace = { readonly gapMs: number; readonly sinceMs: number }

export const noPace: Pace = { gapMs: 0, sinceMs: Number.NEGATIVE_INFINITY }

const second = 1000
const firstGap = 1
/** As far as four refusals lead. Up to this, nothing is the shortest delay. */
const usualGap = 60
/** From the fifth on. Ten thousand steps that come back within a minute are 167 requests a second, whatever the jitter. */
const maxGap = 240
const halfLifeMs = 480_000

/** The gap as it is by now, in milliseconds. */
export const determineGapMs = ({ gapMs, sinceMs }: Pace, nowMs: number): number =>
  gapMs === 0 ? 0 : gapMs * 2 ** (-Math.max(0, nowMs - sinceMs) / halfLifeMs)

/**
 * After a refusal: 1, 3, 10, 60 s, and 4 min when they follow each other.
 *
 * @param sentMs when the refused request was sent: one that was on its way when another was refused tells nothing new
 */
export const slowDown = (pace: Pace, sentMs: number, nowMs: number): Pace => {
  if (sentMs < pace.sinceMs) return pace
  const gap = determineGapMs(pace, nowMs) / second
  const limit = gap < usualGap / 2 ? usualGap : maxGap
  const next = Math.min(limit, Math.max(firstGap, 2.5 * gap ** 1.5))
  return { gapMs: next * second, sinceMs: nowMs }
}

/**
 * How long until a refused start is sent again: full jitter up to a minute. Who has met more refusals than that leads to
 * comes back at the end of the minute.
 *
 * @param random 0 to 1
 */
export const determinePacedStartMs = (gapMs: number, random: number): number =>
  gapMs > usualGap * second ? (0.75 + random / 4) * usualGap * second : random * gapMs

/**
 * How long until any other request: full jitter up to a minute; of longer gaps the half of what is above is kept, so that those who
 * were refused together don't come back together.
 *
 * @param random 0 to 1
 */
export const determinePaceDelayMs = (gapMs: number, random: number): number => {
  const minMs = Math.max(0, (gapMs - usualGap * second) / 2)
  return minMs + random * (gapMs - minMs)
}
