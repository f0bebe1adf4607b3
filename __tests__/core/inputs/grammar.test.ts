import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  isAddress,
  isHeaderSafe,
  isName,
  isNamePattern,
  isPlainWord,
  isWebUrl,
} from '../../../src/core/inputs/input-reader.ts'
import { isLoopback } from '../../../src/core/network/proxy.ts'
import { isId } from '../../../src/core/text/words.ts'

describe('a name', () => {
  it.each(['ab', 'a1', '12', 'a-b', 'pr-12', 'a'.repeat(50), `${'a-'.repeat(24)}ab`])('%s', (text) => {
    expect(isName(text)).toBe(true)
  })

  it.each(['', 'a', '-', 'ab-', '-ab', 'a--b', 'AB', 'a_b', 'a.b', 'a b', 'ab\n', 'äb', 'a'.repeat(51)])(
    'is not %j',
    (text) => {
      expect(isName(text)).toBe(false)
    },
  )

  it('is what the API’s own expression says', () => {
    // Exponential in the length: for short texts only.
    const described = /^[a-z0-9](?:-?[a-z0-9]+)+$/
    const text = fc.string({ unit: fc.constantFrom('a', '7', '-', 'A'), maxLength: 9 })
    fc.assert(
      fc.property(text, (each) => {
        expect(isName(each)).toBe(described.test(each))
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })

  it('is told from a long text in no time', () => {
    expect(isName(`${'a'.repeat(49)}!`)).toBe(false)
    expect(isNamePattern(`${'a-'.repeat(100_000)}*!`)).toBe(false)
  })
})

describe('a name with a star', () => {
  it.each(['pr-*', '*-pr', 'pr*', 'a*b', 'shop-pr-*'])('%s', (text) => {
    expect(isNamePattern(text)).toBe(true)
  })

  it.each(['', '*', 'pr-12', 'pr-**', 'pr-*-*', 'pr--*', 'PR-*', `${'a'.repeat(50)}*`])('is not %j', (text) => {
    expect(isNamePattern(text)).toBe(false)
  })
})

describe('an id', () => {
  it.each(['a', '_', '-', '9f2c01ab5d7e3f88', 'A-z_0', 'x'.repeat(128)])('%s', (text) => {
    expect(isId(text)).toBe(true)
  })

  it.each(['', 'x'.repeat(129), 'a/b', '..', 'a b', 'a\n', 'a%20', 'ä', '"a"'])('is not %j', (text) => {
    expect(isId(text)).toBe(false)
  })
})

it.each([
  ['development', true],
  ['Dev_2-a', true],
  ['', false],
  ['-a', false],
  ['a b', false],
  ['a'.repeat(101), false],
])('a plain word: %j is %s', (text, expected) => {
  expect(isPlainWord(text)).toBe(expected)
})

it.each([
  ['abc.DEF-123_~+/=', true],
  ['', false],
  ['a b', false],
  ['a\r\nx: y', false],
  ['a\u0000', false],
  ['a\u007f', false],
  ['tökén', false],
])('what a header can carry: %j is %s', (text, expected) => {
  expect(isHeaderSafe(text)).toBe(expected)
})

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.1.2', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
  ['[::2]', false],
  ['0.0.0.0', false],
])('loopback: %s is %s', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected)
})

it.each([
  ['https://api.humanitec.io', true],
  ['HTTPS://API.humanitec.io:8443/a/b/', true],
  ['http://LOCALHOST/a', true],
  ['http://127.1', true],
  ['http://api.humanitec.io', false],
  ['https://api.humanitec.io/?', false],
  ['https://a@api.humanitec.io', false],
  ['https://api.humanitec.io/a@b', false],
  ['https://api.humanitec.io\\@example.com', false],
  ['https://', false],
  ['https:api.humanitec.io', false],
  ['wss://api.humanitec.io', false],
  ['', false],
])('an address: %s is %s', (text, expected) => {
  expect(isAddress(text)).toBe(expected)
})

it.each([
  ['http://intranet/a?b#c', true],
  ['https://a:b@example.com', false],
  ['https://a@example.com', false],
  ['javascript:alert(1)', false],
  ['/a', false],
])('a page: %s is %s', (text, expected) => {
  expect(isWebUrl(text)).toBe(expected)
})
