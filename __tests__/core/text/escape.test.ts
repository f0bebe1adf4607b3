import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cutText } from '../../../src/core/text/clean.ts'
import { createWriter, formatTable } from '../../../src/core/text/writer.ts'
import { anyCharacter } from '../any-character.ts'
import { fuzzTimeoutMs, hostileText } from '../hostile.ts'
import { countPipes, listForeign, renderPage } from '../rendered-page.ts'
import { isCommand, misleading, splitLines } from '../runner-rules.ts'

/** Without secrets: what is done to a text for its place, and nothing else. */
const writer = createWriter((text) => text)

const forEachHostileText = (check: (text: string) => void): void => {
  fc.assert(fc.property(hostileText, check))
}

describe('texts that need little work', () => {
  it(
    'are cleaned as those that need more',
    () => {
      forEachHostileText((text) => {
        expect(writer.logLine(`\u200B${text}`)).toBe(writer.logLine(text))
        expect(writer.code(`\u200B${text}`)).toBe(writer.code(text))
      })
    },
    fuzzTimeoutMs,
  )

  it(
    'read the same, whatever code stands behind them',
    () => {
      forEachHostileText((text) => {
        const words = writer.logLine(text.replaceAll('`', '')).trim()
        const alone = writer.markdown(words)
        expect(writer.markdown(`${words} \`code\``)).toBe(alone === '' ? '`code`' : `${alone} \`code\``)
      })
    },
    fuzzTimeoutMs,
  )
})

describe('cutting', () => {
  it.each([
    ['fits', 4, 'fits'],
    ['longer', 4, 'lon…'],
    ['longer', 1, '…'],
    ['longer', 0, ''],
    ['ab🎉cd', 4, 'ab…'],
    ['ab🎉cd', 5, 'ab🎉…'],
    ['cafe\u0301s', 5, 'caf…'],
    ['x👩‍👩‍👧y', 6, 'x…'],
    ['\u0301\u0301\u0301', 2, '…'],
    ['\u{1D165}'.repeat(50), 81, `${'\u{1D165}'.repeat(24)}…`],
    ['\u{1D165}'.repeat(50), 82, `${'\u{1D165}'.repeat(24)}…`],
  ])('%j to %i units is %j', (text, maxUnits, cut) => {
    expect(cutText(text, maxUnits)).toBe(cut)
  })

  it.each<[string, (text: string) => string, number]>([
    ['a line of the log', writer.logLine, 2000],
    ['an annotation', writer.annotation, 4096],
    ['an annotation’s title', writer.annotationTitle, 200],
    ['Markdown', writer.markdown, 1000],
    ['HTML', writer.html, 300],
    ['code', writer.code, 300],
  ])('at the limit, %s has no half of a character', (_, neutralise, maxUnits) => {
    for (let before = maxUnits - 8; before <= maxUnits + 2; before++) {
      const escaped = neutralise(`${'a'.repeat(before)}${'🎉'.repeat(8)}`)
      expect(escaped.isWellFormed()).toBe(true)
      expect(escaped).toContain('…')
    }
  })

  it('never exceeds its limit and never halves a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.nat(40), (text, maxUnits) => {
        const cut = cutText(text.toWellFormed(), maxUnits)
        expect(cut.length).toBeLessThanOrEqual(maxUnits)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('a line of the log', () => {
  it.each([
    ['plain', 'plain'],
    ['  00:03  in progress', '  00:03  in progress'],
    ['::error::x', ': :error::x'],
    ['\u00A0\t::stop-commands::x', '\u00A0 : :stop-commands::x'],
    ['said ##[group]x', 'said # #[group]x'],
    ['###[x]', '## #[x]'],
    ['a\r\n::warning::b\u2028c', 'a ::warning::b c'],
    ['\u001B[31mred\u001B[0m \u001B]0;title\u0007text', 'red text'],
    ['user\u202Etxt.exe', 'user\uFFFDtxt.exe'],
    ['\uD800x', '\uFFFDx'],
  ])('%j is written as %j', (text, line) => {
    expect(writer.logLine(text)).toBe(line)
  })

  it('is bounded, however long the text', () => {
    expect(writer.logLine('x'.repeat(1_000_000))).toBe(`${'x'.repeat(1999)}…`)
  })

  it(
    'is no command, has no controls, and is one line',
    () => {
      forEachHostileText((text) => {
        const line = writer.logLine(text)
        const found = [splitLines(line).length, isCommand(line), line.match(misleading), line.isWellFormed()]
        expect(found).toEqual([1, false, null, true])
      })
    },
    fuzzTimeoutMs,
  )

  it('a long text keeps its lines, and tells how many are left out', () => {
    expect(writer.logLines('one\r\n  two\n\n')).toEqual(['one', '  two'])
    expect(writer.logLines('x\n'.repeat(503)).slice(-2)).toEqual(['x', '… 3 more lines'])
  })

  it(
    'each line of a long text is no command',
    () => {
      forEachHostileText((text) => {
        const isWrong = (line: string) => splitLines(line).some(isCommand) || misleading.test(line)
        expect(writer.logLines(text).filter(isWrong)).toEqual([])
      })
    },
    fuzzTimeoutMs,
  )
})

describe('an annotation', () => {
  it('keeps its lines, and at most 4,096 units of whole characters', () => {
    expect(writer.annotation('one\r\n  two\n')).toBe('one\n  two')
    const message = writer.annotation('🎉'.repeat(5000))
    expect(message).toHaveLength(4095)
    expect(message.isWellFormed()).toBe(true)
  })

  it('has a title of one line', () => {
    expect(writer.annotationTitle('RES-101\nin ##[x] checkout')).toBe('RES-101 in # #[x] checkout')
  })

  it(
    'none of its lines, which the log shows too, is a command',
    () => {
      forEachHostileText((text) => {
        const wrong = [writer.annotation(text), writer.annotationTitle(text)].filter(
          (written) =>
            splitLines(written).some(isCommand) ||
            misleading.test(written.replaceAll('\n', '')) ||
            !written.isWellFormed(),
        )
        expect(wrong).toEqual([])
      })
    },
    fuzzTimeoutMs,
  )
})

describe('text in Markdown', () => {
  it.each([
    ['plain text, with ip_address', 'plain text, with ip_address'],
    ['<b>bold</b> & *more*', '&lt;b&gt;bold&lt;/b&gt; &amp; \\*more\\*'],
    ['[a](b) ~x~ _y_', '&#91;a&#93;(b) \\~x\\~ \\_y\\_'],
    ['a|b', 'a&#124;b'],
    ['see https://evil.example/x, please', 'see `https://evil.example/x`, please'],
    ['https://evil.example/x: not found', '`https://evil.example/x`: not found'],
    ['Delta 4a6330d06a8b5c92: gone', 'Delta `4a6330d06a8b5c92`: gone'],
    ['ask @octocat: (a://b):', 'ask `@octocat`: (`a://b`):'],
    ['a:tada:. :+1: x:y:', '`a:tada:`. `:+1:` `x:y:`'],
    ['ask @octocat (or a@b.example)', 'ask `@octocat` (or `a@b.example`)'],
    ['fixes #12, GH-12 and acme/shop#1', 'fixes `#12`, `GH-12` and `acme/shop#1`'],
    ['Delta 4a6330d06a8b5c92 is gone', 'Delta `4a6330d06a8b5c92` is gone'],
    ['costs $5 :tada:', 'costs `$5` `:tada:`'],
    ['set `operation: wait` there', 'set `operation: wait` there'],
    ['one `a` alone, b`c`@d and `', 'one `a` alone, b`c@d` and \\`'],
    ['`@x``', '`@x`\\`'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['# no heading', '\\# no heading'],
    ['two\n\n  lines\u2028more', 'two lines more'],
  ])('%j is %j', (text, markdown) => {
    expect(writer.markdown(text)).toBe(markdown)
  })

  it(
    'becomes text and code, and nothing else',
    () => {
      forEachHostileText((text) => {
        const page = renderPage(writer.markdown(text))
        expect(listForeign(page, /^(?:p|code)$/)).toEqual([])
      })
    },
    fuzzTimeoutMs,
  )

  it(
    'says the same as the text, blanks and controls aside',
    () => {
      fc.assert(
        fc.property(fc.string(), (text) => {
          const shown = renderPage(`x ${writer.markdown(text)} x`)
            .html.replace(/<[^>]*>/g, '')
            .replace(/&(lt|gt|amp|quot|#39|#91|#93|#124);/g, (entity) => entities[entity] ?? entity)
          expect(withoutBlanks(shown).slice(1, -1)).toBe(withoutBlanks(text))
        }),
      )
    },
    fuzzTimeoutMs,
  )

  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&amp;': '&',
    '&quot;': '"',
    '&#39;': "'",
    '&#91;': '[',
    '&#93;': ']',
    '&#124;': '|',
  }
  /** Backticks, which may have become code, aside too. */
  const withoutBlanks = (text: string): string => text.replace(/[\s`]/g, '')
})

describe('a table of outside text', () => {
  it(
    'keeps its cells',
    () => {
      fc.assert(
        fc.property(hostileText, hostileText, (one, other) => {
          const row = [writer.code(one), writer.markdown(other), writer.markdown(one)]
          const table = formatTable(['code', 'what', 'message'], [row, ['a', 'b', 'c']])
          const page = renderPage(table)
          const foreign = listForeign(page, /^(?:table|thead|tbody|tr|th|td|code)$/)
          expect([countPipes(table), page.tables, foreign]).toEqual([[[4]], [[3, 3, 3]], []])
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it.each([
    ['RES-101', '`RES-101`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['abc:', '`abc:`'],
    ['a|b', '`a`&#124;`b`'],
    ['a\\|b', '`a\\`&#124;`b`'],
    ['', ''],
    [' \n ', ''],
  ])('code %j is %j', (text, markdown) => {
    expect(writer.code(text)).toBe(markdown)
  })
})

describe('a block of code', () => {
  it('has a fence that is longer than any in it', () => {
    expect(writer.codeBlock('a\n````\nb')).toBe('`````text\na\n````\nb\n`````')
  })

  it(
    'holds all of the text, under a fold too',
    () => {
      forEachHostileText((text) => {
        const page = renderPage(
          `<details><summary>${writer.html(text)}</summary>\n\n${writer.codeBlock(text)}\n\n</details>`,
        )
        const foreign = listForeign(page, /^(?:details|summary|pre|code)$/)
        expect([foreign, page.html.match(/<pre>/g)?.length]).toEqual([[], 1])
      })
    },
    fuzzTimeoutMs,
  )
})

describe('a link', () => {
  it.each([
    [
      'shop',
      'https://shop.example.com/a(b)?q=<x>&y=|',
      '[shop](https://shop.example.com/a%28b%29?q=%3Cx%3E&amp;y=%7C)',
    ],
    ['shop]', 'https://shop.example.com', '[shop&#93;](https://shop.example.com/)'],
    ['app', 'http://127.0.0.1:8080/x', '[app](http://127.0.0.1:8080/x)'],
    ['![]()', 'https://shop.example.com', '[!&#91;&#93;()](https://shop.example.com/)'],
    ['x', 'javascript:alert(1)', 'x'],
    ['x', 'https://user:password@shop.example.com', 'x'],
    ['x', 'https://', 'x'],
    ['x', '', 'x'],
  ])('%j to %j is %j', (text, address, markdown) => {
    expect(writer.link(text, address)).toBe(markdown)
  })

  it(
    'leads to its own address, or nowhere',
    () => {
      fc.assert(
        fc.property(hostileText, hostileText, (text, path) => {
          const page = renderPage(`x ${writer.link(text, `https://shop.example.com/${path}`)} x`)
          const foreign = listForeign(page, /^(?:p|a|code)$/, /^https:\/\/shop\.example\.com\//)
          expect([foreign, page.links.length > 1]).toEqual([[], false])
        }),
      )
    },
    fuzzTimeoutMs,
  )
})
