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

/** As Humanitec names who started something: the ids of service users begin with `s-`. */
export const formatUser = (id: string): string => (/^s-[\w-]+$/.test(id) ? `service user ${id}` : id)

/** Those that are there, in one line or text. */
export const joinParts = (separator: string, ...parts: readonly (string | false | undefined)[]): string =>
  parts.filter(Boolean).join(separator)

/** Text that ends in any way, as a part of a sentence. Looks at the end of each run of such characters once, however long. */
export const toClause = (text: string): string => text.replace(/(?<![.:,;\s])[.:,;\s]+$/, '')

/** Text that ends in any way, as a sentence: with a full stop, if not with `!`, `?` or `…`. */
export const toSentence = (text: string): string => {
  const clause = toClause(text)
  return /[!?…]$/.test(clause) ? clause : `${clause}.`
}
