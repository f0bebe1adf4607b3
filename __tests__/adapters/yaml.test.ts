import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { parseYaml } from '../../src/adapters/yaml.ts'

const parse = (text: string): unknown => {
  const result = parseYaml(text)
  return result.kind === 'parsed' ? result.data : `${result.line}:${result.column} ${result.message}`
}

describe('plain data', () => {
  it.each([
    [
      'the core schema of YAML 1.2',
      'a: yes\nb: 012\nc: 0o17\nd: 2020-01-01\ne: ~\nf: True',
      { a: 'yes', b: 12, c: 15, d: '2020-01-01', e: null, f: true },
    ],
    ['an empty file', '', null],
    ['a file of comments', '# nothing\n', null],
    ['a byte order mark', '\ufeffa: 1', { a: 1 }],
    ['anchors', 'a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    [
      'merge keys, below own ones',
      'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3',
      { a: { b: 1, c: 2 }, d: { b: 3, c: 2 } },
    ],
    ['tags of YAML itself', 'a: !!str 1\nb: !!int "2"', { a: '1', b: 2 }],
    [
      'a key that JavaScript knows',
      '{"__proto__": {a: 1}, constructor: 2}',
      JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
    ],
    [
      'closing brackets as far left as the key',
      'a: {\n  b: [\n    1, # one\n  ],\n}\nc:\n  d: [\n  ]\n',
      { a: { b: [1] }, c: { d: [] } },
    ],
    ['closing brackets further left', 'a:\n  b: {\n    c: [\n      1\n]}\nd: 2', { a: { b: { c: [1] } }, d: 2 }],
    ['brackets in a text', 'a: |\n  {\n  }\nb: 1', { a: '{\n}\n', b: 1 }],
    ['a document in its marks', '---\na: 1\n...\n', { a: 1 }],
  ])('%s', (_, text, data) => {
    expect(parse(text)).toEqual(data)
  })

  it('is what another parser’s writer meant, whatever it is', () => {
    const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300)
    fc.assert(
      fc.property(plainData, fc.constantFrom(20, 80, 0), (value, lineWidth) => {
        expect(parse(stringify(value, { aliasDuplicateObjects: false, lineWidth }))).toEqual(value)
      }),
      { numRuns },
    )
  })
})

const { plainData } = fc.letrec((tie) => ({
  plainData: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      'yes',
      '~',
      '012',
      '<<',
      '*a',
      '!b',
      '- c',
      'd: e',
      '#f',
      'line\nline\n',
      '\t',
      ' x ',
    ),
    fc.string(),
    fc.maxSafeInteger(),
    fc
      .float({ noNaN: true, noDefaultInfinity: true })
      .filter((number) => !Object.is(number, -0) && Math.abs(number) < 1e15),
    fc.array(tie('plainData')),
    fc.dictionary(
      fc.oneof(
        fc.string().filter((key) => key !== '<<'),
        fc.constantFrom('1', 'null', '? ', ''),
      ),
      tie('plainData'),
    ),
  ),
}))

describe('a place', () => {
  const text = [
    'metadata: {name: web}',
    'base: &base',
    '  image: one',
    'containers:',
    '  web:',
    '    <<: *base',
    '    files:',
    '      - target: /a',
    '        source: a',
    '      -',
    '    "quoted key": 1',
    '  again: *base',
    'low: {',
    '  a: [',
    '    1',
    '  ],',
    '}',
    'last: [{',
    '}, {b: 1}]',
  ].join('\n')
  const result = parseYaml(text)
  const placeOf = (...path: (string | number)[]) => {
    const { line, column } = result.kind === 'parsed' ? result.positionOf(path) : result
    return `${line}:${column}`
  }

  it.each([
    ['the document', [], '1:1'],
    ['a key', ['containers'], '4:1'],
    ['a key in braces', ['metadata', 'name'], '1:12'],
    ['a quoted key', ['containers', 'web', 'quoted key'], '11:5'],
    ['an entry of a list', ['containers', 'web', 'files', 0], '8:9'],
    ['a key in a list', ['containers', 'web', 'files', 0, 'source'], '9:9'],
    ['an empty entry: its list', ['containers', 'web', 'files', 1], '8:7'],
    ['what was merged: where it is written', ['containers', 'web', 'image'], '3:3'],
    ['what an alias stands for: where it is written', ['containers', 'again', 'image'], '3:3'],
    ['a key below low brackets', ['last'], '18:1'],
    ['an entry behind a low bracket', ['last', 1, 'b'], '19:5'],
    ['what is missing: what it is missing in', ['containers', 'web', 'nothing', 'there'], '5:3'],
  ])('of %s', (_, path, place) => {
    expect(placeOf(...path)).toBe(place)
  })

  it.each([['\n'], ['\r\n'], ['\r']])('counts lines that end in %j', (end) => {
    expect(parseYaml(['a: 1', 'b: 2', 'b: 3'].join(end))).toMatchObject({ line: 3, column: 1 })
  })
})

describe('a mistake', () => {
  it.each([
    ['a tab', 'a:\n\tb: S3CRET', '2:1 a tab; YAML is indented by spaces'],
    ['a key twice', 'a:\n  b: S3CRET\n  b: S3CRET', '3:3 this key is already there above'],
    ['a key twice, one of them quoted', 'b: S3CRET\n"b": 1', '2:1 this key is already there above'],
    ['two merge keys', '<<: {a: S3CRET}\n<<: {b: 1}', '2:1 this key is already there above'],
    ['two documents', 'a: 1\n---\nb: S3CRET', '3:1 a second document begins here, and one file holds one'],
    ['an empty second document', 'a: S3CRET\n---\n', '2:1 a second document begins here, and one file holds one'],
    ['a tag', 'a: !S3CRET b', '1:4 a tag that is not YAML’s own; a text that begins with ! must be quoted'],
    [
      'a tag of another language',
      'a: !!js/function S3CRET',
      '1:4 a tag that is not YAML’s own; a text that begins with ! must be quoted',
    ],
    [
      'a value that a tag doesn’t fit',
      'a: !!int S3CRET',
      '1:4 a tag that is not YAML’s own; a text that begins with ! must be quoted',
    ],
    [
      'a text that looks like an alias',
      'a:\n  b: *S3CRET',
      '2:7 an alias without its anchor above; a text that begins with * must be quoted',
    ],
    ['a text that begins with @', 'a: @S3CRET', '1:4 a text that begins with @ must be quoted'],
    ['a second colon', 'a: S3CRET: b', '1:10 a colon within a value: indented too far, or to be quoted'],
    ['a missing colon', 'a: 1\nS3CRET\nb: 1', '3:2 a colon is missing: this would be a key without a value'],
    ['an open quote', 'a: "S3CRET\nb: 1', '2:1 indented too little; is a quote or a bracket above still open?'],
    ['an open bracket', '[S3CRET', '1:8 the end of the file, and a quote or a bracket is still open'],
    ['a missing comma', '{a: 1 b: "S3CRET"}', '1:8 a comma or a closing bracket is missing before this'],
    ['lines out of line', 'a:\n    b: 1\n  c: S3CRET', '3:3 its indentation matches no line above'],
    [
      'an escape',
      'a: "S3CRET\\q"',
      '1:12 not an escape that double quotes know; a single backslash needs single quotes',
    ],
    ['text behind quotes', 'a: "b" S3CRET', '1:8 not expected here; is a quote missing, or one too many?'],
    ['a template', 'a: {{ S3CRET }}', '1:5 a key must be plain text; a template in braces must be quoted'],
    ['a list as a key', '? [S3CRET]\n: 1', '1:3 a key must be plain text; a template in braces must be quoted'],
    [
      'a number that would be rounded',
      'a:\n  b: 12345678901234567890',
      '2:6 this number can’t be passed on exactly; quote it',
    ],
    ['a number that JSON doesn’t know', 'a: [1, .inf]', '1:8 this number can’t be passed on exactly; quote it'],
    ['an alias in itself', 'a: &a\n  b: *a', '2:7 this alias refers to a value that contains it'],
    ['a mistake below low brackets', 'a: [\n]\nb: {\n}\nb: S3CRET', '5:1 this key is already there above'],
    [
      'a mistake behind a low bracket',
      'a: [\n] S3CRET\nb: 1',
      '2:3 not expected here; is a quote missing, or one too many?',
    ],
    [
      'an open bracket above another key',
      'a: [\n  1\nb: [\n]',
      '3:1 indented too little; is a quote or a bracket above still open?',
    ],
    [
      'more low brackets than are worth the time',
      `${'a: [\n]\n'.repeat(4000)}`,
      '354:1 indented too little; is a quote or a bracket above still open?',
    ],
    ['too many aliases', `a: &a S3CRET\nb: [${'*a, '.repeat(101)}]`, '2:406 more than 100 aliases'],
    ['a control character', 'a: S3CRET\u0001', '1:10 a character that is not text'],
    ['a character of code 0', 'a: S3CRET\0', '1:10 null byte is not allowed in input'],
    ['half a character', 'a: S3CRET\ud800', '1:10 a character that is not text'],
    ['a merge of a text', 'a:\n  <<: S3CRET', '2:3 << takes a mapping or a list of mappings'],
    ['a directive', '%S3CRET\n', '2:1 directives end mark is expected'],
    ['an anchor alone', 'a: & S3CRET', '1:5 name of an anchor node must contain at least one character'],
    ['a block’s header', 'a: |x\n  S3CRET', '1:5 a line break is expected'],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toBe(expected)
  })

  it.each([
    ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`, 'object'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, '1:65 nested more than 64 deep'],
    ['100,000 levels', '['.repeat(100_000), '1:65 nested more than 64 deep'],
  ])('depth: %s', (_, text, expected) => {
    const data = parse(text)
    expect(typeof data === 'string' ? data : typeof data).toBe(expected)
  })

  it('counts the levels that aliases stand for', () => {
    const level = (name: string, inner: string) => `${name}: &${name} ${'['.repeat(30)}${inner}${']'.repeat(30)}`
    expect(parse([level('a', '1'), level('b', '*a'), level('c', '*b')].join('\n'))).toBe(
      '3:38 nested more than 64 deep',
    )
  })

  it('is what aliases of aliases grow to, before they do', () => {
    const lines = [...'abcdefghi'].map((name, index) => `${name}: &${name} [${`*${'_abcdefgh'[index]},`.repeat(9)}]`)
    expect(parse(['_: &_ x', ...lines].join('\n'))).toBe('7:24 what the aliases stand for is more than 1 MiB')
  })

  it('is a long text that many aliases stand for', () => {
    const text = `a: &a ${'x'.repeat(200_000)}\nb: [${'*a, '.repeat(90)}]`
    expect(parse(text)).toBe('2:26 what the aliases stand for is more than 1 MiB')
  })

  it('is a long key that many aliases stand for', () => {
    const text = `? &a ${'x'.repeat(200_000)}\n: 1\nb: [${'*a, '.repeat(90)}]`
    expect(parse(text)).toBe('3:26 what the aliases stand for is more than 1 MiB')
  })

  it.each([
    ['brackets', '[{'],
    ['dashes', '- '],
    ['question marks', '? '],
    ['colons', ': '],
    ['anchors', '&a '],
    ['anchors on lines of their own', '&a\n'],
    ['tags', '!a '],
    ['aliases', '*a '],
    ['quotes', '"'],
    ['commas', ','],
    ['directives', '%a\n'],
    ['tabs and values', '\ta: [{b: "c'],
  ])('is found in 256 KiB of %s', (_, piece) => {
    expect(parse(piece.repeat((256 * 1024) / piece.length))).toMatch(/^\d+:\d+ [a-z<]/)
  })

  it('is never told by a word of the file', () => {
    const words = fc.constantFrom(
      'S3CRET',
      'S3CRET: ',
      '- S3CRET\n',
      '\n',
      ' ',
      '\t',
      ':',
      '&S3CRET ',
      '*S3CRET ',
      '!S3CRET ',
    )
    const signs = fc.constantFrom(
      '%S3CRET ',
      '"',
      "'",
      '|',
      '>',
      '{',
      '}',
      '[',
      ']',
      ',',
      '? ',
      '#',
      '---\n',
      '<<: ',
      '%TAG !S3CRET! x\n',
    )
    const files = fc.array(fc.oneof(words, signs), { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(files, (text) => {
        const result = parseYaml(text)
        expect(result.kind === 'invalid' ? result.message : '').not.toContain('S3CRET')
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) },
    )
  })
})
