import fc from 'fast-check'
import { anyCharacter } from './any-character.ts'

/** How many strings each property is tried with. `FUZZ_RUNS=100000` makes a long run, of other strings each time. */
const fuzzRuns = process.env['FUZZ_RUNS']
const runs = Number(fuzzRuns ?? 1000)
export const fuzzTimeoutMs = 5000 + runs * 30

fc.configureGlobal({ numRuns: runs, ...(fuzzRuns === undefined && { seed: 20261123 }) })

const seeds = [
  [
    '::',
    ':',
    '##[',
    '#',
    '##',
    '[',
    ']',
    '::error::',
    '::set-output name=x::',
    '##[group]',
    '::stop-commands::x',
    '##vso[',
    '%0A',
    '%3A',
  ],
  ['\r', '\n', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f', '\t', ' ', '\u00A0', '\u200D', '\uFE0F'],
  [
    '\u001B[31m',
    '\u001B]0;title\u0007',
    '\u001B',
    '\u009B1m',
    '\u0007',
    '\u0000',
    '\u202E',
    '\u2066',
    '\u200B',
    '\u00AD',
    '\uD800',
    '\uDC00',
  ],
  [
    '<<EOF',
    'EOF',
    'ghadelimiter_',
    '`',
    '``',
    '```',
    '````',
    '~~~',
    '<',
    '>',
    '&',
    '&lt;',
    '&#64;',
    '<img src=x>',
    '<script>',
    '<!--',
    '-->',
    '</details>',
  ],
  [
    '|',
    '\\|',
    '\\',
    '\\\\',
    '@',
    '@octocat',
    '@org/team',
    '#1',
    'acme/shop#1',
    'GH-12',
    'JIRA-7',
    'f5a2c1d0b9e8',
    'a@b.example',
  ],
  [
    '*',
    '**',
    '_',
    '__',
    '~~',
    '!',
    '(',
    ')',
    '](',
    '[^1]',
    '[x]: y',
    '![',
    '$',
    '$`',
    '$$',
    ':tada:',
    '- ',
    '+ ',
    '1. ',
    '# ',
    '---',
    '===',
  ],
  [
    'https://evil.example/x',
    'http:',
    '//',
    'www.evil.example',
    'mailto:',
    'ftp://evil.example',
    'javascript:',
    '🎉',
    '👩‍👩‍👧',
    'é',
    '漢',
    'a',
    'word',
  ],
].flat()

/** Text from outside at its worst: pieces that mean something somewhere, among any characters. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...seeds) },
      fc.string({ unit: anyCharacter, maxLength: 4 }),
      fc.string({ maxLength: 6 }),
    ),
    {
      maxLength: 14,
    },
  )
  .map((pieces) => pieces.join(''))
