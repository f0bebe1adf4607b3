import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { appendMark, classifyComment, formatMark, type MarkedUse, markedInputs } from '../../src/core/mark.ts'
import { hostileText } from './hostile.ts'

const sha256hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const runUrl = 'https://github.com/acme/shop/actions/runs/7001'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const use: MarkedUse = {
  runUrl,
  job: 'deploy',
  step: '__run',
  org: 'acme',
  app: 'shop',
  env: 'production',
  inputs: { delta_id: 'd1', comment: 'c', wait: 'true' },
}
const mark = formatMark(use, sha256hex)
const markOf = (more: Partial<MarkedUse>) => formatMark({ ...use, ...more }, sha256hex)

describe('the mark', () => {
  it('is the run’s URL and ten hex digits of a SHA-256', () => {
    const digest = sha256hex('["7001","deploy","__run","acme","shop","production",[["delta_id","d1"]],[]]')
    expect(mark).toBe(`${runUrl}#${digest.slice(0, 10)}`)
  })

  it('is the same for the same use: in the next attempt, whatever is said of it and however it is waited for', () => {
    const inputs = { timeout: '5m', delta_id: ' d1\n', comment: 'other', wait: 'false', pr_comment: 'true', set_id: '' }
    expect(markOf({ inputs })).toBe(mark)
    expect(markOf({ files: [] })).toBe(mark)
  })

  it.each<[string, Partial<MarkedUse>]>([
    ['run', { runUrl: `${runUrl}2` }],
    ['job', { job: 'deploy2' }],
    ['use in the job', { step: '__run_2' }],
    ['organisation', { org: 'acme2' }],
    ['application', { app: 'shop2' }],
    ['environment', { env: 'staging' }],
    ['part of a name', { org: 'acmes', app: 'hop' }],
    ['Delta', { inputs: { delta_id: 'd2' } }],
    ['kind of change', { inputs: { set_id: 'd1' } }],
    ['version of the values', { inputs: { delta_id: 'd1', value_set_version_id: 'v2' } }],
    ['file', { files: [{ input: 'score', bytes: bytes('a') }] }],
  ])('is another one for another %s', (_, more) => {
    expect(markOf(more).split('#')[1]).toMatch(/^[0-9a-f]{10}$/)
    expect(markOf(more).split('#')[1]).not.toBe(mark.split('#')[1])
  })

  it('knows files by what is in them, and by what they are for', () => {
    const score = (text: string, input = 'score') => ({ input, bytes: bytes(text) })
    const marks = [
      [score('a')],
      [score('b')],
      [score('a'), score('b')],
      [score('b'), score('a')],
      [score('ab')],
      [score('a'), score('b', 'score_overrides')],
    ].map((files) => markOf({ files }))
    expect(new Set(marks).size).toBe(marks.length)
    expect(markOf({ files: [score('a')], inputs: { delta_id: 'd1', score: 'moved.yaml' } })).toBe(marks[0])
  })

  it('is none outside of a workflow', () => {
    expect(markOf({ runUrl: '' })).toBe('')
  })

  it('differs for any two uses that differ in what states the change', () => {
    const anyInputs = fc.dictionary(fc.constantFrom(...markedInputs), fc.constantFrom('a', 'b', 'a","b', '"'), {
      maxKeys: 4,
    })
    fc.assert(
      fc.property(anyInputs, anyInputs, (a, b) => {
        const isSame = markedInputs.every((name) => (a[name] ?? '') === (b[name] ?? ''))
        expect(markOf({ inputs: a }) === markOf({ inputs: b })).toBe(isSame)
      }),
    )
  })
})

describe('the comment', () => {
  it('ends with the mark', () => {
    expect(appendMark('Raise memory', mark)).toBe(`Raise memory · ${mark}`)
    expect(appendMark(' \n', mark)).toBe(mark)
    expect(appendMark('Raise memory', '')).toBe('Raise memory')
  })

  it('is cut before the mark, and between characters', () => {
    expect(appendMark('a'.repeat(501), mark)).toBe(`${'a'.repeat(499)}… · ${mark}`)
    expect(appendMark('a'.repeat(500), mark)).toBe(`${'a'.repeat(500)} · ${mark}`)
    expect(appendMark(`${'a'.repeat(497)}👩‍👩‍👧`, mark)).toBe(`${'a'.repeat(497)}… · ${mark}`)
  })

  it('whatever it says, has our mark', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.constantFrom(mark, `${mark}f`, runUrl, `${runUrl}#0123456789`)), (text) => {
        expect(classifyComment(appendMark(text, mark), mark)).toBe('ours')
      }),
    )
  })
})

const otherUse = `${runUrl}#0123456789`
const otherRun = 'https://github.com/acme/shop/actions/runs/7002'

describe('whose deployment it is, by its comment', () => {
  it.each([
    ['ours', mark],
    ['ours', `x · ${mark}`],
    ['ours', `(${mark})`],
    ['ours', `${mark}\n`],
    ['ours', `${mark}g`],
    ['ours', `${mark}0 and ${mark}`],
    ['ours', `${mark} and ${mark}0`],
    ['ours', `Revert ${otherRun}#0123456789 · ${mark}`],
    ['this_run', `${mark} · ${otherRun}#0123456789`],
    ['this_run', `${mark}0`],
    ['this_run', `${mark}F`],
    ['this_run', mark.slice(0, -1)],
    ['this_run', `x · ${runUrl}`],
    ['this_run', `${runUrl}/attempts/2`],
    ['this_run', `${runUrl}#summary`],
    ['this_run', `${runUrl} and ${otherRun}`],
    ['this_run', `Revert ${otherRun}#0123456789 · ${mark.slice(0, -3)}`],
    ['this_run', `x · ${runUrl.slice(0, -1)}`],
    ['this_run', `x · ${runUrl.slice(0, -2)}…`],
    ['this_run', `x · ${runUrl.slice(0, -3)}...`],
    ['this_run_other_mark', otherUse],
    ['this_run_other_mark', `see ${runUrl} · ${otherUse}`],
    ['other_run', `x · ${otherRun}`],
    ['other_run', `x · ${runUrl.slice(0, -1)} by octocat`],
    ['other_run', `x · ${runUrl}5`],
    ['other_run', `x · ${runUrl}5#${mark.slice(-10)}`],
    ['other_run', `x · https://github.example/acme/shop/actions/runs/7001#${mark.slice(-10)}`],
    ['other_run', `x · https://github.com/acme/other/actions/runs/7001`],
    ['other_run', `${runUrl} quoted · ${otherRun}#0123456789`],
    ['no_run', ''],
    ['no_run', 'by hand'],
    ['no_run', mark.slice(-10)],
    ['no_run', 'https://github.com/acme/shop/actions/runs/'],
    ['no_run', 'Automated Deployment: image:tag'],
  ])('%s: %s', (owner, comment) => {
    expect(classifyComment(comment, mark)).toBe(owner)
  })

  it('nothing is ours outside of a workflow', () => {
    expect(classifyComment(mark, '')).toBe('other_run')
    expect(classifyComment(runUrl, '')).toBe('other_run')
    expect(classifyComment('by hand', '')).toBe('no_run')
    expect(classifyComment('', '')).toBe('no_run')
  })

  it('is ours in any surroundings that don’t go on with a hex digit and have no mark after it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        fc.pre(!/^[0-9A-Fa-f]/.test(after))
        expect(classifyComment(before + mark + after, mark)).toBe('ours')
      }),
    )
  })

  it('is never ours without the whole mark, whatever stands around pieces of it', () => {
    const pieces = fc.constantFrom(
      runUrl,
      otherRun,
      otherUse,
      mark.slice(-11),
      mark.slice(0, -1),
      `${mark}0`,
      `${mark}f`,
      '#',
      ' · ',
      'https://',
      mark.slice(8, -2),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, hostileText), { maxLength: 8 }), (parts) => {
        const comment = parts.join('')
        fc.pre(!new RegExp(`${mark}(?![0-9A-Fa-f])`).test(comment))
        expect(classifyComment(comment, mark)).not.toBe('ours')
      }),
    )
  })

  it('a use’s comment is never taken for another use’s of the same run', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const comment = appendMark(text, otherUse)
        expect(classifyComment(comment, mark)).toBe('this_run_other_mark')
      }),
    )
  })

  it('takes linear time', () => {
    const began = performance.now()
    for (const text of [
      mark.slice(0, -1).repeat(20_000),
      `/actions/runs/${'7'.repeat(500_000)}`,
      '.'.repeat(500_000),
      `${mark}0`.repeat(20_000),
    ])
      expect(classifyComment(text, mark)).not.toBe('ours')
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
