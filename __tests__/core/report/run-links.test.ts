import { describe, expect, it } from '@jest/globals'
import { formatAnnotations } from '../../../src/core/report/log-result.ts'
import { formatSummary } from '../../../src/core/report/summary.ts'
import { formatPipelineRunUrl } from '../../../src/core/run/links.ts'
import { formatReportedResult } from '../../../src/operations/report.ts'
import { endWith, request, word } from '../report-base.ts'

const run = { pipelineId: 'default', runId: 'a)](https://evil.example/?"<b>' }
const failure = { status: 'failed', message: 'Not ready', job: 'check', step: 'Wait', isDenied: false }
const problem = word({ kind: 'run_failed', run, failure })
const report = endWith('failed', { pipelineRun: run }, problem)

describe('the page of a pipeline run that failed', () => {
  it('is a link in the summary, whatever its id holds', () => {
    const [next = ''] = formatSummary(report).match(/^\*\*Next:.*$/m) ?? []
    expect(next).toBe(
      '**Next:** Look at the steps of the run. [Pipeline run](https://app.humanitec.io/orgs/acme/apps/shop/pipelines/default/runs/a%29%5D%28https%3A%2F%2Fevil.example%2F%3F%22%3Cb%3E)',
    )
  })

  it('stands in the annotation as it is, for GitHub makes a link of it there', () => {
    const [{ message } = { message: '' }] = formatAnnotations(report)
    expect(message).toContain(`Look at the steps of the run. ${formatPipelineRunUrl(request, run)}`)
  })

  it('is kept for the post step', () => {
    expect(formatReportedResult(report).problem?.runUrl).toBe(formatPipelineRunUrl(request, run))
  })
})

it('an address that isn’t one of the web is text', () => {
  const summary = formatSummary(endWith('failed', {}, { ...problem, runUrl: 'javascript:alert(1)' }))
  expect(summary).toContain('**Next:** Look at the steps of the run. Pipeline run\n')
})
