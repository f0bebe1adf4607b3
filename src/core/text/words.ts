/** For `toSorted`. By UTF-16 units, so the order is the same on every machine, unlike `localeCompare`'s. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** `a, b and c`. */
export const joinWords = (words: readonly string[], last: 'and' | 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

/** `1,234,567`. Without `toLocaleString`, which loads Node's locale data for some 9 ms. */
export const formatNumber = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 error`, `1,234 errors`. */
export const formatCount = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** `last one`, `last 3`. */
export const formatLast = (count: number): string => (count === 1 ? 'last one' : `last ${count}`)

/** Humanitec's ids of service users begin with `s-`. */
export const formatUser = (id: string): string => (/^s-[\w-]+$/.test(id) ? `service user ${id}` : id)

/** Joins the parts that aren't empty. */
export const joinParts = (separator: string, ...parts: readonly (string | false | undefined)[]): string =>
  parts.filter(Boolean).join(separator)

/** Text as part of a sentence: without punctuation at its end. The lookbehind keeps the time linear. */
export const toClause = (text: string): string => text.replace(/(?<![.:,;\s])[.:,;\s]+$/, '')

/** Text as a sentence: ends with a full stop unless with `!`, `?` or `…`. */
export const toSentence = (text: string): string => {
  const clause = toClause(text)
  return /[!?…]$/.test(clause) ? clause : `${clause}.`
}

const durationPattern = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/

/** Milliseconds of `90s`, `30m`, `1h`, `1h30m`, or of a bare number of seconds; `undefined` for any other text. */
export const parseDurationMs = (text: string): number | undefined => {
  const found = durationPattern.exec(text)
  if (!found) return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = found
  const bareAfterUnit = /\d$/.test(text) && /[hm]/.test(text)
  return bareAfterUnit ? undefined : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** `48 s`, `2 min 41 s`, `1 h 5 min`: at most two units, rounded to the smaller one. */
export const formatDuration = (durationMs: number): string => {
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return joinUnits([Math.floor(seconds / 60), 'min'], [seconds % 60, 's'])
  const minutes = Math.round(seconds / 60)
  if (minutes < 48 * 60) return joinUnits([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
  return `${Math.round(minutes / 60 / 24)} days`
}

type Amount = readonly [number, unit: string]

const joinUnits = (large: Amount, small: Amount): string =>
  small[0] === 0 ? large.join(' ') : `${large.join(' ')} ${small.join(' ')}`

/** `2 min 20 s to 3 min 5 s`, or one duration when both read the same. */
export const formatDurationRange = (durationsMs: readonly number[]): string => {
  const shortest = formatDuration(Math.min(...durationsMs))
  const longest = formatDuration(Math.max(...durationsMs))
  return shortest === longest ? shortest : `${shortest} to ${longest}`
}

/** `02:41`, from an hour on `1:02:41`: the first column of the log's lines. */
export const formatElapsed = (elapsedMs: number): string => {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000))
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const tail = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`
  return seconds < 3600 ? tail : `${Math.floor(seconds / 3600)}:${tail}`
}

const timestampPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/

/**
 * Milliseconds since the epoch, whole ones, of a time in RFC 3339 with any number of decimals (the API writes nine).
 * `undefined` for any other text, and for times before the epoch: Go writes the year 1 for no time.
 */
export const parseTimeMs = (text: string): number | undefined => {
  const [, seconds, decimals = '', zone] = timestampPattern.exec(text) ?? []
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

/** What jq and JavaScript print for a missing value. */
export const isEmptyWord = (text: string): boolean => text === 'null' || text === 'undefined'

/** Ids of deployments, Deltas, Sets and value set versions. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text) && !isEmptyWord(text)
