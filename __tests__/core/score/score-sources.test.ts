import { describe, expect, it } from '@jest/globals'
import type { FileAnswer, FileRefusal } from '../../../src/core/api.ts'
import { checkSources, inlineSources, limitSource, listSources, type ScoreFiles } from '../../../src/core/score.ts'
import { answerWith, filesOf, openFile, openText, scoreWith, wordsOf } from './score-texts.ts'

const kib = 1024

const answersOf = (answers: Readonly<Record<string, FileAnswer>>) => new Map(Object.entries(answers))

describe('the files to be read', () => {
  const readsOf = (files: ScoreFiles) => listSources(files).map(({ read }) => read)

  it('lie relative to the Score file', () => {
    expect(readsOf({ scores: [openFile('shop.yaml')] })).toEqual(['deploy/shop.conf', 'deploy/./assets/logo.png'])
    expect(readsOf({ scores: [openFile('by-target.yaml')] })).toEqual(['deploy/shop.conf', 'deploy/assets/logo.png'])
    expect(readsOf(filesOf(scoreWith(['files: {/a: {source: ../b}}'])))).toEqual(['../b'])
  })

  it('of overrides, too', () => {
    const overrides = openText(
      'containers: {web: {files: [{target: /a, source: a.conf}]}}',
      'overrides/production.yaml',
    )
    expect(readsOf({ scores: [openFile('small.yaml')], overrides })).toEqual(['deploy/a.conf'])
  })

  it.each([['/etc/passwd'], ['\\\\host\\share'], ['C:\\a']])('stay where they are by a whole path: %s', (path) => {
    const score = openText(scoreWith([`files: {/a: {source: '${path}'}}`]), 'deploy/score.yaml')
    expect(readsOf({ scores: [score] })).toEqual([path])
  })

  it('are named as often as they stand there', () => {
    expect(readsOf({ scores: [openFile('anchors.yaml')] })).toEqual(Array(3).fill('deploy/shop.conf'))
  })

  it('are none but those of files', () => {
    const score = scoreWith(['volumes: [{target: /a, source: b}]', 'files: {/a: {content: c}, /b: null}'])
    expect(readsOf(filesOf(score))).toEqual([])
  })
})

describe('the limits', () => {
  it.each([
    [0, 256 * kib],
    [768 * kib, 256 * kib],
    [1000 * kib, 24 * kib],
    [1024 * kib, 0],
    [2000 * kib, 0],
  ])('after %d bytes: %d', (bytes, maxBytes) => {
    expect(limitSource(bytes)).toEqual({ maxBytes })
  })

  const score = scoreWith(['files:', '  /a: {source: one}', '  /b: {source: two}', '  /c: {source: one}'])
  const check = (answers: Readonly<Record<string, FileAnswer>>) =>
    wordsOf(checkSources(listSources(filesOf(score)), answersOf(answers)))
  const bytes = (size: number): FileAnswer => answerWith(new Uint8Array(size))

  it('are met', () => {
    expect(check({ one: bytes(512 * kib), two: bytes(0) })).toEqual([])
  })

  it('are of all files together, as often as each is named', () => {
    expect(check({ one: bytes(512 * kib), two: bytes(1) })).toEqual([
      'score.yaml:7:12: containers.web.files["/c"].source: with this file, all files together are larger than 1 MiB',
    ])
  })

  it.each([
    ['was not read', undefined],
    ['was too large for what was left', { kind: 'refused', reason: 'too large', size: 200 * kib } as const],
  ])('are of all files together where the next one %s', (_, two) => {
    expect(check({ one: bytes(10), ...(two && { two }) })).toEqual([
      'score.yaml:6:12: containers.web.files["/b"].source: with this file, all files together are larger than 1 MiB',
    ])
  })

  it('are of each file, too', () => {
    const large: FileAnswer = { kind: 'refused', reason: 'too large', size: 256 * kib + 1 }
    expect(check({ one: large, two: bytes(1) })).toEqual([
      'score.yaml:5:12: containers.web.files["/a"].source: the file is larger than 256 KiB',
      'score.yaml:7:12: containers.web.files["/c"].source: the file is larger than 256 KiB',
    ])
  })

  it.each<[FileRefusal, string]>([
    ['missing', 'does not exist in the workspace'],
    ['not a file', 'is not a regular file'],
    ['outside', 'is outside the workspace, or a link out of it'],
    ['git', 'has a name that begins with .git, or is in a folder with such a name; such files are never read'],
    ['unreadable', 'can’t be read'],
  ])('a file that is refused is told where its source stands: %s', (reason, words) => {
    expect(check({ one: bytes(1), two: { kind: 'refused', reason } })).toEqual([
      `score.yaml:6:12: containers.web.files["/b"].source: the file ${words}`,
    ])
  })
})

describe('what is sent in place of a source', () => {
  const inline = (score: string, answers: Readonly<Record<string, FileAnswer>> = {}) => {
    const document = openText(score)
    return inlineSources(document, document.file, answersOf(answers))['containers']
  }

  it.each([
    ['text', `a \${b} é\r\n`, { content: `a \${b} é\r\n` }],
    ['nothing', '', { content: '' }],
    ['text with its byte order mark', '\ufeffa', { content: '\ufeffa' }],
    ['bytes that are no UTF-8', Uint8Array.of(0, 255, 1), { binaryContent: 'AP8B' }],
    ['UTF-8 that is cut', Uint8Array.of(0xc3), { binaryContent: 'ww==' }],
    ['UTF-8 with a NUL', 'a\0b', { content: 'a\0b' }],
  ])('%s', (_, content, sent) => {
    const score = scoreWith(['files: {/a: {source: one, mode: "0600", noExpand: true}}'])
    expect(inline(score, { one: answerWith(content) })).toEqual({
      web: { files: { '/a': { mode: '0600', noExpand: true, ...sent } } },
    })
  })

  it('lists become mappings by target', () => {
    const score = scoreWith([
      'files: [{target: /a, content: b}, {target: __proto__, source: one}]',
      `volumes: [{target: /v, source: "\${resources.v}", readOnly: true}]`,
    ])
    expect(JSON.stringify(inline(score, { one: answerWith('c') }))).toBe(
      `{"web":{"files":{"/a":{"content":"b"},"__proto__":{"content":"c"}},"volumes":{"/v":{"source":"\${resources.v}","readOnly":true}}}}`,
    )
  })

  it('mappings by target stay as they are', () => {
    const score = scoreWith(['files: {/a: {target: odd, content: b}, /b: null}', 'volumes: {/v: {source: w}}'])
    expect(inline(score)).toEqual({
      web: { files: { '/a': { target: 'odd', content: 'b' }, '/b': null }, volumes: { '/v': { source: 'w' } } },
    })
  })

  it('what is empty stays so', () => {
    expect(inline(scoreWith(['files: []', 'volumes: {}']))).toEqual({ web: { files: {}, volumes: {} } })
    expect(inline(scoreWith(['files:', 'volumes: ~']))).toEqual({ web: { files: null, volumes: null } })
    expect(inlineSources(openText('a: 1'), 'score.yaml', new Map())).toEqual({ a: 1 })
  })

  it('leaves the document as it was', () => {
    const document = openFile('shop.yaml')
    const before = structuredClone(document.data)
    inlineSources(document, document.file, answersOf({ 'deploy/shop.conf': answerWith('a') }))
    expect(document.data).toEqual(before)
  })
})
