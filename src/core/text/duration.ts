const pattern = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/

/**
 * Milliseconds of `90s`, `30m`, `1h`, `1h30m`, or of a bare number of seconds; `undefined` for any other text.
 */
export const parseDurationMs = (text: string): number | undefined => {
  const found = pattern.exec(text)
  if (!found) return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = found
  const bareAfterUnit = /\d$/.test(text) && /[hm]/.test(text)
  return bareAfterUnit ? undefined : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** `48 s`, `2 min 41 s`, `1 h 5 min`: at most two units, rounded to the smaller one. */
export const formatDuration = (durationMs: number): string => {
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 48 * 60) return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  return `${Math.round(minutes / 60 / 24)} days`
}

const joinUnits = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`

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
