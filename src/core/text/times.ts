import { formatDuration } from './duration.ts'

const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/

/**
 * Milliseconds since the epoch, whole ones, of a time in RFC 3339 with any number of decimals (the API writes nine).
 * `undefined` for what is none, and for times before the epoch: Go writes the year 1 where there was no time.
 */
export const parseTimeMs = (text: string): number | undefined => {
  const [, seconds, decimals = '', zone] = pattern.exec(text) ?? []
  if (seconds === undefined || zone === undefined) return undefined
  const timeMs = Date.parse(seconds + zone) + Number(decimals.slice(0, 3).padEnd(3, '0'))
  return timeMs >= 0 ? timeMs : undefined
}

const dayMs = 24 * 3_600_000

/** `2 days ago`, `5 min ago`, `48 s ago`: one unit; `''` when the time can't be read. */
export const formatAge = (time: string, nowMs: number): string => {
  const timeMs = parseTimeMs(time)
  if (timeMs === undefined) return ''
  const ageMs = Math.max(0, nowMs - timeMs)
  if (ageMs < 60_000) return `${formatDuration(Math.floor(ageMs / 1000) * 1000)} ago`
  if (ageMs < 3_600_000) return `${Math.floor(ageMs / 60_000)} min ago`
  if (ageMs < dayMs) return `${Math.floor(ageMs / 3_600_000)} h ago`
  const days = Math.floor(ageMs / dayMs)
  return days === 1 ? '1 day ago' : `${days} days ago`
}

/** `2026-11-23 20:07:12 UTC`; `''` when the time can't be read. */
export const formatUtc = (time: string): string => {
  const timeMs = parseTimeMs(time)
  return timeMs === undefined ? '' : `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
