import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { unknownDeployment } from '../../../src/core/deployments.ts'
import {
  type Checkpoint,
  findRebase,
  formatCheckpoint,
  type Phase,
  parseCheckpoint,
  withoutStart,
  withRebase,
  withStart,
} from '../../../src/core/run/checkpoint.ts'
import { anyCharacter } from '../any-character.ts'

const rebase = { newBaseId: 'f1', previousBaseId: '', newestDeploymentId: 'a1' }
const start = {
  body: { comment: 'x', delta_id: 'd1', mode: 'full' },
  mark: 'https://github.com/acme/shop/actions/runs/7001#a1b2c3d4e5',
  newestBefore: { id: 'a1', created_at: '2026-11-23T17:00:00Z' },
  baseSetId: 's1',
  baseId: 'b1',
  earlierRunIds: ['r1'],
} as const

describe('what a run has left open is read back as it was saved', () => {
  it.each<[string, Checkpoint]>([
    ['a start', { report: true, phase: { kind: 'starting', start, rebase: { ...rebase, mayStillApply: true } } }],
    ['a base', { phase: { kind: 'rebasing', rebase: { ...rebase, earlierBaseId: 'e1' } } }],
    ['a run', { report: true, phase: { kind: 'following_run', run: { pipelineId: 'default', runId: 'r1' } } }],
    ['a run on a base', { phase: { kind: 'following_run', run: { pipelineId: 'default', runId: 'r1' }, rebase } }],
    ['a deployment', { phase: { kind: 'following', deploymentId: '9f2c01ab5d7e3f88', askedBaseId: 'f1' } }],
    ['pages of GitHub', { comment: {}, githubDeployment: { id: 12 } }],
    [
      'an end',
      { reportedResult: { outcome: 'failed', problem: { what: 'W', remedy: 'R', conflict: unknownDeployment } } },
    ],
    ['an end on another base', { reportedResult: { outcome: 'error', problem: { what: 'W', isOtherBase: true } } }],
    ['deletions', { deletions: [{ env: 'pr-1', pullRequest: 1 }, { env: 'pr-x' }] }],
  ])('%s', (_, checkpoint) => {
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
  })
})

it('nothing open is saved as nothing', () => {
  expect(formatCheckpoint({})).toBe('')
})

it.each(['', '{', 'null', '7', '"text"', '[]', 'undefined', '<html>'])('a state that is %j is no work', (saved) => {
  expect(parseCheckpoint(saved)).toBeUndefined()
})

it.each([
  ['{"phase":{"kind":"following","deploymentId":7}}'],
  ['{"phase":{"kind":"rebasing","rebase":{"previousBaseId":"a"}}}'],
  ['{"phase":{"kind":"other"},"told":{"outcome":"fine"},"comment":7,"deletions":"all"}'],
])('%s: a part that doesn’t fit is left out', (saved) => {
  expect(parseCheckpoint(saved)).toEqual({})
})

describe('the saved form', () => {
  it('stays below 16,000 characters, whatever the API said', () => {
    const text = fc.string({ unit: anyCharacter, minLength: 0, maxLength: 30_000 })
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 5_000 }), (said, count) => {
        const conflict = { ...unknownDeployment, comment: said, created_by: said }
        const saved = formatCheckpoint({
          phase: { kind: 'starting', start: { ...start, body: { comment: said } }, rebase },
          reportedResult: { outcome: 'error', problem: { what: said, cause: said, remedy: said, conflict } },
          deletions: Array.from({ length: count }, (_, index) => ({ env: `pr-${index}`, pullRequest: index + 1 })),
        })
        expect(saved.length).toBeLessThan(16_000)
        expect(parseCheckpoint(saved)?.phase).toMatchObject({ kind: 'starting', start: { mark: start.mark }, rebase })
      }),
      { numRuns: 30 },
    )
  })

  it('keeps as many deletions as fit', () => {
    const deletions = Array.from({ length: 5_000 }, (_, index) => ({ env: `pr-${index}` }))
    const kept = parseCheckpoint(formatCheckpoint({ deletions }))?.deletions ?? []
    expect(kept).toEqual(deletions.slice(0, kept.length))
    expect(kept.length).toBeGreaterThan(500)
  })
})

describe('how far a step got', () => {
  const starting: Phase = { kind: 'starting', start, rebase }

  it('a start takes the open rebase along', () => {
    expect(withStart({ kind: 'rebasing', rebase }, start)).toEqual(starting)
    expect(withStart(undefined, start)).toEqual({ kind: 'starting', start })
  })

  it('a refused start leaves the rebase open', () => {
    expect(withoutStart(starting)).toEqual({ kind: 'rebasing', rebase })
    expect(withoutStart({ kind: 'starting', start })).toBeUndefined()
    expect(withoutStart({ kind: 'following', deploymentId: 'd' })).toBeUndefined()
  })

  it('a base that was put back leaves the start open', () => {
    expect(withRebase(starting, undefined)).toEqual({ kind: 'starting', start })
    expect(withRebase({ kind: 'rebasing', rebase }, undefined)).toBeUndefined()
    expect(findRebase(starting)).toEqual(rebase)
  })
})
