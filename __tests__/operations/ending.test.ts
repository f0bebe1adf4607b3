import { describe, expect, it } from '@jest/globals'
import { RequestError } from '../../src/core/network/request-error.ts'
import { DeadlineError, determineResult, emptyRunState } from '../../src/core/run/result.ts'
import { writeReport } from '../../src/operations/report.ts'
import { workflow as usualWorkflow } from '../../testing/example.ts'
import { createRecordingRunner } from '../../testing/virtual/virtual-step.ts'
import { nowMs } from '../../testing/virtual/world.ts'
import { failed, word, writer } from '../core/report-base.ts'

describe('an ending', () => {
  it.each<[string, unknown, RegExp]>([
    ['an error of ours', new TypeError('x is not a function'), /because of a bug in it: x is not a function\./],
    [
      'an error without a stack',
      Object.assign(new Error('odd'), { stack: undefined }),
      /because of a bug in it: odd\./,
    ],
    ['whatever else is thrown', 'a text', /because of a bug in it: a text\./],
  ])('%s is told with what to do', (_, error, words) => {
    const { outcome, reason } = determineResult(error)
    const problem = reason && word(reason)
    expect(outcome).toBe('error')
    expect(problem?.what).toMatch(words)
    expect(problem?.remedy).toContain('report it')
  })

  it('by a deadline tells the last failure, if there was one', () => {
    const failure = new RequestError({ kind: 'answered', request: 'GET /x', status: 503, detail: '' })
    expect(determineResult(new DeadlineError({ cause: failure }))).toEqual({
      outcome: 'timed_out',
      reason: { kind: 'timed_out', error: failure.details },
    })
    expect(determineResult(new DeadlineError())).toMatchObject({ outcome: 'timed_out' })
  })
})

it('a report without a summary file says so in the log, and nothing else changes', () => {
  const { runner, log, annotations, outputs } = createRecordingRunner()
  const report = {
    result: { outcome: 'started' },
    state: emptyRunState,
    workflow: usualWorkflow,
    elapsedMs: 0,
    nowMs,
    isCancelled: false,
    writer,
  } as const
  writeReport({ ...runner, appendSummary: () => false }, report)
  expect(log.join('\n')).toContain('GITHUB_STEP_SUMMARY')
  expect(outputs['outcome']).toBe('started')
  expect(annotations).toEqual([])
})

it('after a failure, what failed is seen before what is folded, and what to do comes last', () => {
  const order: string[] = []
  writeReport(
    {
      ...createRecordingRunner().runner,
      annotate: () => order.push('error'),
      group: () => order.push('fold'),
      info: (line) => order.push(line.split(' ', 4).join(' ')),
    },
    failed,
  )
  expect(order).toEqual(['error', 'error', 'error', 'error', 'fold', 'To go back to'])
})
