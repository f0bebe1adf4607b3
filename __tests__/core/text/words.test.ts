import { expect, it } from '@jest/globals'
import { formatNumber } from '../../../src/core/text/words.ts'

it.each([0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, 1_234_567_890])('%d is grouped as people write it', (number) => {
  expect(formatNumber(number)).toBe(number.toLocaleString('en-US'))
})
