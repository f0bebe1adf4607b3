import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor } from '../../../src/core/text/redact.ts'
import { createWriter, type Writer } from '../../../src/core/text/writer.ts'
import { fuzzTimeoutMs, hostileText } from '../hostile.ts'

const token = 'hct_0123456789abcdefghijklmnop'
const writer = createWriter(createRedactor([token]))

/** Every place that text is written to. */
const places: Readonly<Record<Exclude<keyof Writer, 'link'>, (text: string) => string>> & { link: Writer['link'] } = {
  ...writer,
  logLines: (text) => writer.logLines(text).join('\n'),
  markdown: (text) => writer.markdown(text, 1000),
}
const names = Object.keys(places) as (keyof Writer)[]

const write = (name: keyof Writer, text: string): string =>
  name === 'link' ? writer.link(text, `https://shop.example.com/${encodeURIComponent(text)}`) : places[name](text)

describe('each place', () => {
  it.each(names)('%s gets no secret, nor the beginning of one that is cut', (name) => {
    for (let before = 0; before < 4200; before += before < 12 || (before > 180 && before < 310) ? 1 : 29)
      expect(write(name, `${'x'.repeat(before)}${token}`)).not.toContain(token.slice(0, 3))
  })

  it.each(names)('%s gets none that is escaped there', (name) => {
    const odd = 'p@ss|word<&>`*_[x]#1'
    const text = createWriter(createRedactor([odd]))
    const written = name === 'link' ? text.link(odd, `https://shop.example.com/${odd}`) : text[name](`it is ${odd}`)
    expect([written].flat().join('')).not.toMatch(/p@|pass|word/)
  })
})

describe('text without secrets', () => {
  it.each([
    ['line', '  two\nlines ', 'two lines'],
    ['shortId', '9f2c01ab5d7e3f88', '9f2c01ab'],
    ['shortHash', '4a6330d06a8b5c92', '4a6330d'],
    ['logLine', '::error::x', ': :error::x'],
    ['annotation', 'one\ntwo', 'one\ntwo'],
    ['annotationTitle', 'one\ntwo', 'one two'],
    ['markdown', 'a_b *c* @octocat', 'a_b \\*c\\* `@octocat`'],
    ['code', 'a|b', '`a`&#124;`b`'],
    ['html', '<b>', '&lt;b&gt;'],
    ['output', ' pending\n', 'pending'],
    ['text', ' as it\nis ', ' as it\nis '],
  ] as const)('%s', (name, text, written) => {
    expect(places[name](text)).toBe(written)
  })
})

it(
  'written twice, a line of the log and an annotation stay what they are',
  () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = writer.logLine(text)
        const message = writer.annotation(text)
        expect([writer.logLine(line), writer.annotation(message)]).toEqual([line, message])
      }),
    )
  },
  fuzzTimeoutMs,
)
