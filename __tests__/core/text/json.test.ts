import { expect, it } from '@jest/globals'
import { fieldsOf, parseJson, positiveIntegerOf, textOf } from '../../../src/core/text/json.ts'

it.each<[string, unknown]>([
  ['{"a":1}', { a: 1 }],
  ['"text"', 'text'],
  ['null', null],
  ['', undefined],
  ['<html></html>', undefined],
  ['{"a":', undefined],
])('%j is read as JSON: %j', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

it.each([undefined, null, 'text', 7, true])('%j has no fields', (value) => {
  expect(fieldsOf(value)).toEqual({})
})

it('an object has the fields that it has', () => {
  expect(fieldsOf({ a: 1 })).toEqual({ a: 1 })
})

it.each([undefined, null, 7, true, {}, ['text']])('%j is no text', (value) => {
  expect(textOf(value)).toBe('')
})

it('text is taken as it is', () => {
  expect(textOf(' Über\n')).toBe(' Über\n')
})

it.each([undefined, null, '12', 0, -1, 1.5, Number.NaN, 2 ** 53])('%p is no positive integer', (value) => {
  expect(positiveIntegerOf(value)).toBeUndefined()
})

it.each([1, 12, 2 ** 53 - 1])('%p is one', (value) => {
  expect(positiveIntegerOf(value)).toBe(value)
})
