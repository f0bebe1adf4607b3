import { formatAfterwards, formatAnnotations, formatNextSteps, formatResult } from '../core/report/log-result.ts'
import { formatOutputs } from '../core/report/outputs.ts'
import { describeReason } from '../core/report/problems.ts'
import { formatSummary } from '../core/report/summary.ts'
import { isGoodEnd, type ReportedResult } from '../core/run/outcome.ts'
import type { Report, Result } from '../core/run/result.ts'
import type { Runner } from '../ports.ts'
import type { Context, RunStore } from './context.ts'

// So that run.ts loads it together with the rest of the report.
export { formatReportedResult } from '../core/report/problem-text.ts'

/** Writes a run's end: outputs first, since a later step may act on them, then what people read. Synchronous. */
export const writeReport = (runner: Runner, report: Report): void => {
  for (const [name, value] of Object.entries(formatOutputs(report.state, report.writer, report.result)))
    runner.setOutput(name, value)
  const summaryIsWritten = runner.appendSummary(formatSummary(report))
  if (!summaryIsWritten)
    runner.info(report.writer.logLine('There is no file for a job summary (GITHUB_STEP_SUMMARY): it was left out.'))
  // After a failure, the annotations with its reason come before the folded groups.
  const isFailed = report.result.outcome === 'failed'
  if (!isFailed) writeBlocks(runner, report)
  for (const annotation of formatAnnotations(report)) runner.annotate(annotation)
  if (isFailed) writeBlocks(runner, report)
  for (const line of formatNextSteps(report)) runner.info(line)
}

/** A signal after the report makes the step red: if it had ended well, this says why. */
export const annotateLateSignal = (runner: Runner, report: Report): void => {
  if (report.isCancelled || !isGoodEnd(report.result.outcome)) return
  for (const annotation of formatAnnotations({ ...report, isCancelled: true })) runner.annotate(annotation)
}

const writeBlocks = (runner: Runner, report: Report): void => {
  for (const { title, lines } of formatResult(report)) {
    if (title === undefined) for (const line of lines) runner.info(line)
    else runner.group(title, lines)
  }
}

/** The same for the post step, whose result counts for nothing: one warning, no error. */
export const writePostStepReport = (runner: Runner, report: Report): void => {
  runner.appendSummary(formatSummary(report))
  writeBlocks(runner, report)
  runner.annotate(formatAfterwards(report))
  for (const line of formatNextSteps(report)) runner.info(line)
}

type ReportContext = Pick<Context, 'workflow' | 'clock' | 'writer' | 'cancel' | 'startedMs'>

export const createReport = (
  { workflow, clock, writer, cancel, startedMs }: ReportContext,
  { state }: RunStore,
  result: Result & ReportedResult,
): Report => {
  const nowMs = clock.now()
  const isCancelled = cancel.aborted
  const { outcome, reason, problem = reason && describeReason(reason, { state, workflow, nowMs, writer }) } = result
  const reported = { outcome, ...(problem && { problem }) }
  return { result: reported, state, workflow, elapsedMs: nowMs - startedMs, nowMs, isCancelled, writer }
}
