import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor, listMaskForms, redactData } from '../../src/core/redact.ts'
import { fuzzTimeoutMs } from './hostile.ts'

const token = 'hmt_9/K+x"a&b<c>\'d\\e?zß'
const redact = createRedactor([token])
const bytes = Buffer.from(token)
const xml = 'hmt_9/K+x&quot;a&amp;b&lt;c&gt;&apos;d\\e?zß'
const go = JSON.stringify(token).slice(1, -1).replace('&', '\\u0026').replace('<', '\\u003c').replace('>', '\\u003e')

describe('a secret', () => {
  it.each([
    ['raw', token],
    ['with blanks around it', ` ${token}\n`],
    ['in JSON', JSON.stringify(token)],
    ['in JSON with escaped slashes', JSON.stringify(token).replaceAll('/', '\\/')],
    ['in JSON as Go writes it', go],
    ['in a URI', encodeURIComponent(token)],
    ['in a URI, lower case', encodeURIComponent(token).replace(/%../g, (byte) => byte.toLowerCase())],
    ['in a URI, strictly', encodeURIComponent(token).replace("'", '%27')],
    ['in XML', xml],
    ['in XML by numbers', xml.replace('&apos;', '&#39;')],
    ['in hex', bytes.toString('hex')],
    ['in upper-case hex', bytes.toString('hex').toUpperCase()],
    ['in base64', bytes.toString('base64')],
    ['in base64 without padding', bytes.toString('base64').replace(/=+$/, '')],
    ['in base64url', bytes.toString('base64url')],
    ['as a Bearer', `Bearer ${token}`],
  ])('%s is taken out', (_, text) => {
    const redacted = redact(`<${text}>`)
    expect(redacted).toContain('***')
    expect(redacted.length).toBeLessThan(20)
  })

  it.each([0, 1, 2, 3, 4])(
    'behind %i other bytes, every character of base64 with a bit of it is taken out',
    (before) => {
      for (const after of [0, 1, 2, 3]) {
        const text = Buffer.concat([Buffer.alloc(before, 'u'), bytes, Buffer.alloc(after, 'v')]).toString('base64')
        const first = Math.floor((before * 8) / 6)
        const end = Math.ceil(((before + bytes.length) * 8) / 6)
        expect(redact(text)).toBe(
          `${text.slice(0, first)}***${text.slice(end).replace(after === 0 ? /^=+/ : /^$/, '')}`,
        )
      }
    },
  )

  it('is taken out of the value that a proxy is sent', () => {
    const basic = Buffer.from('user:pass-word1').toString('base64')
    expect(createRedactor(['pass-word1', basic])(`Proxy says: ${basic}`)).toBe('Proxy says: ***')
    expect(createRedactor(['pass-word1'])(`got ${basic}`)).not.toContain(basic.slice(-8))
  })

  it('is taken out when it has been trimmed', () => {
    expect(createRedactor(['  padded-secret\n'])('got padded-secret.')).toBe('got ***.')
  })

  it('two that overlap leave nothing between them', () => {
    expect(createRedactor(['abcXYZ', 'XYZdef'])('-abcXYZdef-')).toBe('-***-')
    expect(createRedactor(['secret', 'secretsecret'])('secretsecretsecret')).toBe('***')
  })

  it('of one or two characters is left, or no text could be read', () => {
    expect(createRedactor(['', 'a', 'ab'])('abba')).toBe('abba')
  })

  it(
    'never stays, in any text around it',
    () => {
      const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8)
      const encodings = [
        (text: string) => text,
        (text: string) => JSON.stringify(text).slice(1, -1),
        encodeURIComponent,
        (text: string) => Buffer.from(text.trim()).toString('hex'),
        (text: string) => Buffer.from(text.trim()).toString('base64'),
        (text: string) => Buffer.from(text.trim()).toString('base64url'),
      ]
      fc.assert(
        fc.property(secret, fc.string(), fc.string(), fc.constantFrom(...encodings), (text, before, after, encode) => {
          const written = encode(text)
          expect(createRedactor([text])(before + written + after)).not.toContain(written)
        }),
      )
    },
    fuzzTimeoutMs,
  )
})

describe('credentials that nobody told', () => {
  it.each([
    ['Authorization: Bearer abc123', 'Authorization: ***'],
    ['> authorization: Basic dXNlcjpwYXNz\n< HTTP/1.1 403', '> authorization: ***\n< HTTP/1.1 403'],
    ['{"Authorization":"Bearer x.y.z","a":1}', '{"Authorization":"***","a":1}'],
    ['{\\"Proxy-Authorization\\":\\"Basic abc\\"}', '{\\"Proxy-Authorization\\":\\"***\\"}'],
    ["headers: { authorization: 'token abc' }", "headers: { authorization: '***' }"],
    ['Authorization:[Bearer x1]', 'Authorization:[***]'],
    ['with Bearer eyJhbGciOi.J9.x_y-z.', 'with Bearer ***'],
    ['sent Basic dXNlcjpwYXNz to it', 'sent Basic *** to it'],
  ])('%j is %j', (text, redacted) => {
    expect(createRedactor([])(text)).toBe(redacted)
  })

  it.each([
    'Basic authentication is required',
    'Bearer token missing',
    'no Authorization',
    'the basic plan',
    'a bearer-token.',
  ])('%j is none', (text) => {
    expect(createRedactor([])(text)).toBe(text)
  })
})

describe('what the runner is told to mask', () => {
  it('is what it does not find by itself: hex, and the whole groups of base64 and base64url', () => {
    expect(listMaskForms(['a-secret-token?>'])).toEqual([
      '612d7365637265742d746f6b656e3f3e',
      '612D7365637265742D746F6B656E3F3E',
      'YS1zZWNyZXQtdG9rZW4/',
      'YS1zZWNyZXQtdG9rZW4_',
      'LXNlY3JldC10b2tlbj8+',
      'LXNlY3JldC10b2tlbj8-',
      'c2VjcmV0LXRva2Vu',
    ])
  })

  it('is nothing so short that it stands in other words', () => {
    expect(listMaskForms(['', 'ab', 'abc'])).toEqual([])
  })
})

it('data is redacted in all its strings, and keeps its shape', () => {
  const data = {
    id: 7,
    text: 'a secret-word',
    list: ['secret-word', { deep: 'secret-word!' }],
    none: undefined,
    off: false,
  }
  expect(redactData(createRedactor(['secret-word']), data)).toEqual({
    id: 7,
    text: 'a ***',
    list: ['***', { deep: '***!' }],
    none: undefined,
    off: false,
  })
})
