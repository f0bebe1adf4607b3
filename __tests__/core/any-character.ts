import fc from 'fast-check'

const firstSurrogate = 0xd800
const surrogates = 0x800
const characters = 0x110000 - surrogates

const toCharacter = (index: number): string => String.fromCodePoint(index < firstSurrogate ? index : index + surrogates)

const toIndex = (character: unknown): number => {
  const point = typeof character === 'string' ? character.codePointAt(0) : undefined
  if (point === undefined || String.fromCodePoint(point) !== character) throw new Error('It is not one character.')
  return point < firstSurrogate ? point : point - surrogates
}

/**
 * Any one character, lone surrogates apart: the same ones from the same seed as fast-check's `unit: 'binary'`, which takes more
 * than a second to get ready, in each file of tests anew.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(characters - 1).map(toCharacter, toIndex)
