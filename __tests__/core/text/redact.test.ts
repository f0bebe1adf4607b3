import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor, listMaskForms } from '../../../src/core/text/redact.ts'
import { fuzzTimeoutMs } from '../hostile.ts'

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

describe('a secret with special characters', () => {
  const special = 'ab+c/d=e&f<g>h"i\'j\\k%lmn'
  const hide = createRedactor([special])
  const json = JSON.stringify(special).slice(1, -1)
  const escapeEach = (text: string, characters: string, toEscape: (character: string, code: number) => string) =>
    Array.from(text, (character) =>
      characters.includes(character) ? toEscape(character, character.charCodeAt(0)) : character,
    ).join('')
  const toUnicode = (_: string, code: number) => `\\u${code.toString(16).padStart(4, '0')}`
  const toUpperUnicode = (_: string, code: number) => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  const toPercent = (_: string, code: number) => `%${code.toString(16).toUpperCase()}`
  const toDecimal = (_: string, code: number) => `&#${code};`
  const toName = (character: string) =>
    `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }[character] ?? ''};`
  const everySpecial = '+/=&<>"\'\\%'

  it.each([
    ['raw', special],
    ['encodeURI', encodeURI(special)],
    ['encodeURIComponent, twice', encodeURIComponent(encodeURIComponent(special))],
    ['PathEscape of Go', escapeEach(special, '/<>"\'\\%', toPercent)],
    ['URI, mixed case', encodeURIComponent(special).replace('%2B', '%2b').replace('%3D', '%3d')],
    ['HTML of Go', escapeEach(escapeEach(special, '&<>', toName), '"\'', toDecimal)],
    ['HTML, leading zero', escapeEach(special, '&<>"', toName).replace("'", '&#039;')],
    ['HTML, > left raw', escapeEach(special, '&<"', toName)],
    ['XML, &apos; and " raw', escapeEach(special, "&<>'", toName)],
    ['HTML, all decimal', escapeEach(special, everySpecial, toDecimal)],
    ['HTML, all hex', escapeEach(special, everySpecial, (_, code) => `&#x${code.toString(16).toUpperCase()};`)],
    ['HTML, all hex, lower case', escapeEach(special, everySpecial, (_, code) => `&#x0${code.toString(16)};`)],
    ['HTML, twice', escapeEach(special, '&<>"\'', toName).replaceAll('&', '&amp;')],
    ['JSON', json],
    ['JSON of Go', escapeEach(json, '<>&', toUnicode)],
    ['JSON, upper case', escapeEach(json, '<>&', toUpperUnicode)],
    ['JSON of .NET', escapeEach(special, '"\'+<>&', toUpperUnicode).replace('j\\k', 'j\\\\k')],
    ['JSON, all by number', escapeEach(special, everySpecial, toUnicode)],
    ['JSON of PHP', escapeEach(json, '<>&', toUnicode).replaceAll('/', '\\/')],
    ['JSON, twice', JSON.stringify(json).slice(1, -1)],
    ['JSON of Go, twice', JSON.stringify(escapeEach(json, '<>&', toUnicode)).slice(1, -1)],
    ['JSON, three times', JSON.stringify(JSON.stringify(json).slice(1, -1)).slice(1, -1)],
    [
      'JSON of HTML of Go',
      escapeEach(special, '&<>"\'', toDecimal).replaceAll('&', '\\u0026').replace('j\\k', 'j\\\\k'),
    ],
    ['JSON in a URI', encodeURIComponent(json)],
    ['JSON in HTML', escapeEach(json, '&<>"\'', toName)],
    ['a mixture', 'ab%2bc\\/d\\u003De&amp;f\\\\u003cg&gt;h&#034;i%27j\\\\k%25lmn'],
  ])('%s: is taken out whole', (_, text) => {
    expect(hide(`say ${text}, then & "go"`)).toBe('say ***, then & "go"')
  })

  it.each(['ab c/d=e&f<g>h"i\'j\\k%lmn', 'AB+c/d=e', 'ab+c/d=e&f', 'ab&amp;c', '%25lmn', '\\u0026'])(
    '%s is another text, and stays',
    (text) => {
      expect(hide(text)).toBe(text)
    },
  )

  it('of other alphabets is found by code unit, byte and number', () => {
    const redactText = createRedactor(['zß-😀 key'])
    for (const text of [
      'zß-😀 key',
      'z\\u00DF-\\uD83D\\ude00 key',
      'z%C3%9f-%F0%9F%98%80+key',
      'z&#223;-&#x1F600;&#32;key',
    ]) {
      expect(redactText(`<${text}>`)).toBe('<***>')
    }
  })

  it.each([
    ['as it is', '\\"'],
    ['in JSON', String.raw`\\\"`],
    ['in JSON within JSON', String.raw`\\\\\\\"`],
    ['in JSON of .NET', String.raw`\u005c\u0022`],
    ['in a URI', '%5C%22'],
    ['in XML', '&#92;&quot;'],
  ])('with a backslash before a quote is found %s', (_, escaped) => {
    expect(createRedactor(['open\\"sesame'])(`<open${escaped}sesame>`)).toBe('<***>')
  })

  it('with a backslash is not found where there is none', () => {
    expect(createRedactor(['open\\"sesame'])('<open"sesame>')).toBe('<open"sesame>')
  })

  it.each(['a', 'a+/=', '"', '\\\\', '😀&'])('%j times thousands is taken out, too', (piece) => {
    // A second: so long that V8 refuses it as one pattern, and each pattern takes its time to compile.
    const secret = Array.from({ length: 2_000 }, (_, index) => piece + (index % 7)).join('')
    const redactText = createRedactor([secret])
    for (const text of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(redactText(`<${text}>`)).toMatch(/^<\*+>$/)
    }
  })

  it('at both ends takes the whole escape with it', () => {
    const redactText = createRedactor(['"abc&'])
    expect(redactText('x \\"abc\\u0026 &quot;abc&amp; "abc& %22abc%26')).toBe('x *** *** *** ***')
  })

  it.each([
    ['backslashes', '\\'.repeat(30)],
    ['backslashes before what is escaped', '\\&'.repeat(30)],
    ['percent signs', '%'.repeat(30)],
    ['ampersands', '&'.repeat(30)],
    ['quotes', '"\''.repeat(15)],
  ])('of %s ends its search in every text that almost has it', (_, secret) => {
    const redactText = createRedactor([`${secret}key`])
    for (const piece of ['\\', '\\\\\\u0026', '%25', '%5C', '&amp;', '&amp;amp;', '\\\\\\"', '&#92;', '\\u005c']) {
      const text = piece.repeat(5_000)
      expect(redactText(`${text}!`)).toBe(`${text}!`)
    }
    expect(redactText(JSON.stringify(`${secret}key`))).toBe('"***"')
  })
})

describe('credentials that nobody told', () => {
  it.each([
    ['Authorization: Bearer abc123', 'Authorization: ***'],
    ['> authorization: Basic dXNlcjpwYXNz\n< HTTP/1.1 403', '> authorization: ***\n< HTTP/1.1 403'],
    ['{"Authorization":"Bearer x.y.z","a":1}', '{"Authorization":"***","a":1}'],
    ['{\\"Proxy-Authorization\\":\\"Basic abc\\"}', '{\\"Proxy-Authorization\\":\\"***\\"}'],
    ["headers: { authorization: 'token abc' }", "headers: { authorization: '***' }"],
    ['Authorization:[Bearer x1]', 'Authorization:[***]'],
    ['Authorization: Digest username="a b", response="0f,1"\nHost: x', 'Authorization: ***\nHost: x'],
    ['Authorization: Digest username="a\\"b", response="c"; then', 'Authorization: ***; then'],
    ['{"Authorization":"Digest username=\\"a\\", response=\\"b\\"","to":"x"}', '{"Authorization":"***","to":"x"}'],
    ['Authorization: Digest username="a", response="cut off', 'Authorization: ***'],
    [
      'Authorization: AWS4-HMAC-SHA256 Credential=AK/1/s3, SignedHeaders=host;date, Signature=fe5f',
      'Authorization: ***',
    ],
    ['Authorization: Bearer x1, Accept: text', 'Authorization: ***, Accept: text'],
    ['at ?q=1&Authorization%3A%20Bearer%20x and more', 'at ?q=1&Authorization%3A%20*** and more'],
    ['&quot;Authorization&quot;: &quot;Token x&quot;, 7', '&quot;Authorization&quot;: &quot;***&quot;, 7'],
    [
      '\\u0022Authorization\\u0022:\\u0022Basic ab\\u002B\\/c\\u003D\\u0022}',
      '\\u0022Authorization\\u0022:\\u0022***\\u0022}',
    ],
    ['"authorization" => "Token x", "a" => 1', '"authorization" => "***", "a" => 1'],
    [
      'authorization: add roles · deploy https://github.com/acme/shop/actions/runs/7001',
      'authorization: *** · deploy https://github.com/acme/shop/actions/runs/7001',
    ],
    ['with Bearer eyJhbGciOi.J9.x_y-z.', 'with Bearer ***'],
    ['sent Basic dXNlcjpwYXNz to it', 'sent Basic *** to it'],
  ])('%j is %j', (text, redacted) => {
    expect(createRedactor([])(text)).toBe(redacted)
    expect(createRedactor([])(redacted)).toBe(redacted)
  })

  it.each(['\\', '"', '\\"', '&quot;', '%20', ' ', 'a=', 'a="', ', a=', 'authorization: ', '['])(
    'end the search in a text of many %j',
    (piece) => {
      expect(createRedactor([])(`Authorization: Digest a=&quot;${piece.repeat(50_000)}`)).toMatch(
        /^Authorization: \*{3}/,
      )
      expect(createRedactor([])(`Authorization: ${piece.repeat(50_000)}\nnext`)).toMatch(/\nnext$/)
    },
  )

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
