import { expect, it } from '@jest/globals'
import { formatCount, formatLast, formatNumber, joinParts, toClause, toSentence } from '../../../src/core/text/words.ts'

it.each([0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, 1_234_567_890])('%d is grouped as people write it', (number) => {
  expect(formatNumber(number)).toBe(number.toLocaleString('en-US'))
})

it.each([
  [0, '0 errors', 'last 0'],
  [1, '1 error', 'last one'],
  [1_234, '1,234 errors', 'last 1234'],
])('%d things are counted: %s', (count, counted, last) => {
  expect(formatCount(count, 'error')).toBe(counted)
  expect(formatLast(count)).toBe(last)
})

it.each<[string, readonly (string | false | undefined)[]]>([
  ['', []],
  ['', ['', false, undefined]],
  ['a · b', ['', 'a', undefined, 'b', false]],
])('parts that are there are joined: %j', (joined, parts) => {
  expect(joinParts(' · ', ...parts)).toBe(joined)
})

it.each([
  ['no such Delta', 'no such Delta', 'no such Delta.'],
  ['no such Delta.', 'no such Delta', 'no such Delta.'],
  ['no such Delta...\n', 'no such Delta', 'no such Delta.'],
  ['no such Delta: ', 'no such Delta', 'no such Delta.'],
  ['no such Delta;', 'no such Delta', 'no such Delta.'],
  ['no. Such: Delta,', 'no. Such: Delta', 'no. Such: Delta.'],
  ['no such Delta!', 'no such Delta!', 'no such Delta!'],
  ['no such Delta? ', 'no such Delta?', 'no such Delta?'],
  ['no such …', 'no such …', 'no such …'],
  ['', '', '.'],
])('%j becomes a clause and a sentence', (text, clause, sentence) => {
  expect(toClause(text)).toBe(clause)
  expect(toSentence(text)).toBe(sentence)
})
