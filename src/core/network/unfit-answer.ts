import type { Fields } from '../text/json.ts'

/** An answer that isn't what the API promises. */
export class UnfitAnswer extends Error {
  override readonly name = 'UnfitAnswer' as const
}

/** @throws UnfitAnswer for what isn't an object, or is a list */
export const expectFields = (value: unknown, what: string): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new UnfitAnswer(`${what} was expected`)
}

/** @throws UnfitAnswer for what isn't a list */
export const expectList = (value: unknown, what = 'a list'): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw new UnfitAnswer(`${what} was expected`)
}
