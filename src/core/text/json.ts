/** An object of JSON from outside, its values unchecked. */
export type Fields = { readonly [name: string]: unknown }

/** @returns `undefined` for a text that isn't JSON */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The fields of an object (or list); `{}` for anything else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

/** Whether it is an object of JSON, which a list isn't. */
export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `undefined` for what isn't an object of JSON. */
export const objectOf = (value: unknown): Fields | undefined => (isObject(value) ? value : undefined)

/** An own field: names come from outside, and may be `constructor` or `__proto__`. */
export const ownField = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** `[]` for a value that isn't a list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** `''` for a value that isn't text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Deeper JSON would be indented too far to be read. */
const maxJsonDepth = 32

/** For people: text as it is, `''` for `null` and `undefined`, anything else as JSON. */
export const formatJson = (value: unknown, indent?: number): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  return isDeeper(value, maxJsonDepth) ? '(nested too deeply to be shown)' : JSON.stringify(value, undefined, indent)
}

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth <= 0 || Object.values(value).some((part) => isDeeper(part, depth - 1)))

/** `undefined` for a value that isn't a whole number, or is too large to be exact. */
export const integerOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined

/** For ids, which begin with 1; `undefined` as of `integerOf`. */
export const positiveIntegerOf = (value: unknown): number | undefined => atLeast(1, integerOf(value))

/** For counts and indexes; `undefined` as of `integerOf`. */
export const nonNegativeIntegerOf = (value: unknown): number | undefined => atLeast(0, integerOf(value))

const atLeast = (min: number, value: number | undefined): number | undefined =>
  value !== undefined && value >= min ? value : undefined

/** An answer that isn't what the API promises. */
export class InvalidResponse extends Error {
  override readonly name = 'InvalidResponse' as const
}

/** @throws InvalidResponse for what isn't an object, or is a list */
export const expectFields = (value: unknown, what: string): Fields => {
  if (isObject(value)) return value
  throw new InvalidResponse(`${what} was expected`)
}

/** @throws InvalidResponse for what isn't a list */
export const expectList = (value: unknown, what = 'a list'): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw new InvalidResponse(`${what} was expected`)
}
