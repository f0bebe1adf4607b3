import { describe, expect, it } from '@jest/globals'
import { RequestFailure } from '../../src/core/network/request-error.ts'
import { DeadlinePassed, noFacts } from '../../src/core/run/outcome.ts'
import { determineEnding, tellReport } from '../../src/operations/report.ts'
import { createRecordingRunner, nowMs, usualOrigin } from '../world.ts'

describe('an ending', () => {
  const { runner } = createRecordingRunner()

  it.each<[string, unknown, RegExp]>([
    ['an error of ours', new TypeError('x is not a function'), /fault of its own: x is not a function\./],
    ['an error without a stack', Object.assign(new Error('odd'), { stack: undefined }), /fault of its own: odd\./],
    ['whatever else is thrown', 'a text', /fault of its own: a text\./],
  ])('%s is told with what to do', (_, error, words) => {
    const { outcome, problem } = determineEnding(error, noFacts, runner)
    expect(outcome).toBe('error')
    expect(problem?.what).toMatch(words)
    expect(problem?.remedy).toContain('report it')
  })

  it('by a deadline tells the last failure, if there was one', () => {
    const failure = new RequestFailure({ kind: 'answered', request: 'GET /x', status: 503, detail: '' })
    expect(determineEnding(new DeadlinePassed({ cause: failure }), noFacts, runner).problem?.what).toContain('503')
    expect(determineEnding(new DeadlinePassed(), noFacts, runner)).toMatchObject({ outcome: 'timed_out' })
  })
})

it('a report without a summary file says so in the log, and nothing else changes', () => {
  const { runner, log, annotations, outputs } = createRecordingRunner()
  const report = {
    ending: { outcome: 'started' },
    facts: noFacts,
    origin: usualOrigin,
    elapsedMs: 0,
    nowMs,
    isCancelled: false,
  } as const
  tellReport({ ...runner, appendSummary: () => false }, report)
  expect(log.join('\n')).toContain('GITHUB_STEP_SUMMARY')
  expect(outputs['outcome']).toBe('started')
  expect(annotations).toEqual([])
})
