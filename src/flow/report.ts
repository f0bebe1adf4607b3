import { formatAnnotations } from '../core/annotations.ts'
import { formatEnding } from '../core/log-ending.ts'
import type { Report } from '../core/outcome.ts'
import { formatOutputs } from '../core/outputs.ts'
import { formatSummary } from '../core/summary.ts'
import type { Runner } from '../ports.ts'

/** Tells a run's end: outputs first, since a later step may act on them, then people. Nothing in it is awaited. */
export const tellReport = (runner: Runner, report: Report): void => {
  for (const [name, value] of Object.entries(formatOutputs(report.facts, report.ending))) runner.setOutput(name, value)
  const summaryIsWritten = runner.appendSummary(formatSummary(report))
  for (const { title, lines } of formatEnding(report)) {
    if (title === undefined) for (const line of lines) runner.info(line)
    else runner.group(title, lines)
  }
  for (const annotation of formatAnnotations(report)) runner.annotate(annotation)
  if (!summaryIsWritten) runner.info('There is no file for a job summary (GITHUB_STEP_SUMMARY): it was left out.')
}
