/** A number of 0 up to, but not including, 1. */
export type Random = () => number

/** A seeded generator (mulberry32): the same seed gives the same numbers, so that a run can be replayed. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 15), state | 1)
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
    return ((again ^ (again >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** `digits` hex digits, a multiple of eight. */
export const createHex = (random: Random, digits: number): string => {
  let text = ''
  while (text.length < digits) text += ((random() * 0x1_0000_0000) >>> 0).toString(16).padStart(8, '0')
  return text
}
