import type { DeploymentError } from '../api.ts'
import { determineDurationMs } from '../deployments.ts'
import { formatDeploymentUrl, formatEnvironmentPageUrl } from '../run/links.ts'
import { isGoodEnd, type Problem } from '../run/outcome.ts'
import type { Report, RunState } from '../run/result.ts'
import { formatCount, formatDuration, formatNumber, joinParts } from '../text/words.ts'
import type { Annotation, LogBlock, LogLine, Writer } from '../text/writer.ts'
import { formatRollbackHintLine, noErrorRemedy } from './deployment-facts.ts'
import {
  formatErrorCount,
  formatFirstLine,
  formatUnreadErrors,
  hasUnreadErrors,
  isLongMessage,
  listErrors,
  noWords,
} from './errors.ts'
import { determineHeadline, formatHeadline } from './headline.ts'
import { listFailing } from './health.ts'
import { assignFailing, formatHealthAnnotations, listFailingLines, listHealthLines } from './health-section.ts'
import { describeCancelled } from './interruption-problems.ts'
import { formatProblemLines } from './problem-text.ts'
import { formatDecisionBlocks } from './prune-table.ts'
import { describeRemarks } from './remarks.ts'

// What the log says at the end. Annotations are shown in the log and on the run's page.

const maxGroups = 200

const maxUrls = 20

/** What the log says before the annotations: what these leave out or cut. */
export const formatResult = (report: Report): readonly LogBlock[] =>
  [...listHealthLines(report), ...listBlocks(report)].filter(({ lines }) => lines.length > 0)

const listBlocks = (report: Report): readonly LogBlock[] => {
  const { state, result, writer } = report
  const remarks = formatLines(describeRemarks(report), writer)
  switch (result.outcome) {
    case 'failed':
      return formatHiddenErrors(report)
    case 'succeeded':
      return [
        formatLines(
          state.environmentUrls.slice(0, maxUrls).map((url) => `  url       ${url}`),
          writer,
        ),
        remarks,
      ]
    case 'started':
      return [formatLines(formatHowToFollow(state), writer), remarks]
    case 'planned':
      return [remarks]
    case 'deleted':
    case 'pruned':
      return [...formatDecisionBlocks(report), formatLines([formatHeadline(report)], writer), remarks]
    default:
      return formatDecisionBlocks(report)
  }
}

/** The last lines of the log, which people see first: what to do after a failure. */
export const formatNextSteps = (report: Report): readonly LogLine[] =>
  formatLines(listNextSteps(report).filter(Boolean), report.writer).lines

const listNextSteps = (report: Report): readonly string[] => {
  const { outcome } = report.result
  if (outcome === 'failed') return [...describeRemarks(report), formatRollbackHintLine(report)]
  return outcome === 'unhealthy' ? [formatRollbackHintLine(report)] : []
}

const formatLines = (lines: readonly string[], writer: Writer): LogBlock => ({
  lines: lines.map((line) => writer.logLine(line)),
})

/** The errors that no annotation shows in full, a group each. */
const formatHiddenErrors = (report: Report): readonly LogBlock[] => {
  const { writer } = report
  const hidden = listErrors(report).filter((error, index) => !isShownInFull(error, index))
  const more = hidden.length - maxGroups
  return [
    ...hidden.slice(0, maxGroups).map((error) => formatErrorGroup(error, writer)),
    formatLines(more > 0 ? [`… and ${formatCount(more, 'more error')}: they are in the summary`] : [], writer),
  ]
}

const formatErrorGroup = (error: DeploymentError, writer: Writer): LogBlock => {
  const title = joinParts(': ', formatErrorHead(error), formatErrorTitle(error))
  return { title: writer.logLine(title, 200), lines: writer.logLines(error.message || noWords) }
}

/** The object that failed, or the scope. */
const formatErrorPlace = ({ object_id, scope }: DeploymentError): string => object_id || scope

/** `RES-101 in checkout`. */
const formatErrorHead = (error: DeploymentError): string =>
  joinParts(' in ', error.code || 'Error', formatErrorPlace(error))

/** What failed, in a few words; `''` where the API has none. */
const formatErrorTitle = ({ summary, error_type }: DeploymentError): string => summary || error_type

const formatHowToFollow = ({ deployment }: RunState): readonly string[] =>
  deployment ? [`Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}`] : []

/** The runner keeps ten of a kind for each step (actions/runner, ExecutionContext.cs), and one closes the list. */
const maxErrors = 9

/**
 * What GitHub shows on the run's page. A failed deployment: an error for each of its own, and one with the count and the
 * link. Every other bad end: one error. A skipped step: a notice. Every other good end: nothing. In addition, a warning for each
 * failing workload that has no error.
 */
export const formatAnnotations = (report: Report): readonly Annotation[] => {
  const { outcome } = report.result
  if (outcome === 'skipped' && !report.isCancelled) return [formatEnd(report, 'notice')]
  // With a problem, something else failed than the deployment, such as its pipeline's run.
  if (outcome === 'failed' && !report.result.problem) return formatFailed(report)
  const warnings = formatHealthAnnotations(report, outcome === 'unhealthy' ? [] : listFailing(report.state))
  if (!isGoodEnd(outcome)) return [...warnings, formatEnd(report, 'error')]
  return report.isCancelled ? [...warnings, formatCancelledEnd(report)] : warnings
}

const formatFailed = (report: Report): readonly Annotation[] => {
  const errors = listErrors(report).slice(0, maxErrors)
  const { byError, others } = assignFailing(report, errors)
  return [
    ...errors.map((error) => formatError(error, byError.get(error) ?? '', report.writer)),
    ...formatHealthAnnotations(report, others),
    formatClosing(report),
  ]
}

/** All of them as one warning: for the post step, which can't change the step's result. */
export const formatAfterwards = (report: Report): Annotation => {
  const messages = formatAnnotations(report).map(({ message }) => message)
  const message = messages.join('\n') || 'The step was terminated.'
  return annotate(report, { level: 'warning', title: formatHeadline(report), message })
}

/** Whether an annotation shows all of an error's message. */
const isShownInFull = (error: DeploymentError, index: number): boolean =>
  index < maxErrors && !isLongMessage(error.message)

/** The log shows only an annotation's message, so that this names the object and the code, too. */
const formatError = (error: DeploymentError, failing: string, writer: Writer): Annotation => {
  const known = joinParts(': ', formatCodedTitle(error), formatSaid(error, writer)) || noWords
  const message = joinParts('\n', joinParts(': ', formatErrorPlace(error), known), failing)
  return annotate({ writer }, { level: 'error', title: formatErrorHead(error), message })
}

const formatCodedTitle = (error: DeploymentError): string => {
  const title = formatErrorTitle(error)
  return title && error.code ? `${title} (${error.code})` : title || error.code
}

const formatSaid = ({ message, summary }: DeploymentError, writer: Writer): string => {
  if (message.trim() === summary) return ''
  return isLongMessage(message)
    ? `${formatFirstLine(message, writer)} (in full in the log and in the summary)`
    : message
}

const formatClosing = (report: Report): Annotation => {
  const { writer } = report
  const { deployment } = report.state
  const durationMs = deployment && determineDurationMs(deployment)
  const after = durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`
  const failed = `Deployment ${writer.shortId(deployment?.id ?? '')} failed${after}: ${formatCause(report)}`
  return annotate(report, {
    level: 'error',
    title: determineHeadline(report).what,
    message: joinParts('\n', failed, formatUnexplained(report), formatUrl(report)),
  })
}

/** What to do if no error says it. */
const formatUnexplained = (report: Report): string => {
  if (listErrors(report).length > 0) return ''
  return hasUnreadErrors(report.state) ? 'Open the deployment in Humanitec: the errors are shown there.' : noErrorRemedy
}

const formatCause = (report: Report): string => {
  if (hasUnreadErrors(report.state)) return formatUnreadErrors(report.state)
  const errors = listErrors(report)
  const hidden = errors.length - maxErrors
  if (errors.length === 0) return 'Humanitec reports no error for it'
  return `${formatErrorCount(errors)}${hidden > 0 ? `, ${formatNumber(hidden)} of them shown only below in the log and in the summary` : ''}`
}

const formatEnd = (report: Report, level: Annotation['level']): Annotation => {
  // The cause is in the message, which is all that the log shows.
  const headline = report.result.problem?.inputErrors ? formatHeadline(report) : determineHeadline(report).what
  const url = report.result.outcome === 'unknown' ? formatEnvironmentUrl(report) : formatUrl(report)
  const failing = report.result.outcome === 'unhealthy' ? listFailingLines(report) : []
  const lines = [...new Set([...formatProblemLines(report), ...failing, ...describeRemarks(report), url])].filter(
    Boolean,
  )
  return annotate(report, { level, title: headline, message: lines.join('\n') || headline })
}

/** Nothing goes on; the headline says what was done. */
const cancelledAfterwards: Problem = { what: 'The workflow was cancelled when the step had already come to this end.' }

/** A good end, but the step is red: it was cancelled in between. */
const formatCancelledEnd = (report: Report): Annotation => {
  const { deployment, pipelineRun } = report.state
  const { what, remedy, runUrl } = deployment || pipelineRun ? describeCancelled(report) : cancelledAfterwards
  return annotate(report, {
    level: 'error',
    title: `Cancelled: ${formatHeadline(report)}`,
    message: joinParts('\n', what, joinParts(' ', remedy, runUrl), formatUrl(report)),
  })
}

const formatUrl = ({ state: { request, deployment } }: Report): string =>
  request && deployment ? formatDeploymentUrl(request, deployment.id) : ''

/** Where a deployment that may exist would be listed. */
const formatEnvironmentUrl = ({ state: { request } }: Report): string =>
  request ? formatEnvironmentPageUrl(request) : ''

type AnnotationInput = { readonly level: Annotation['level']; readonly title: string; readonly message: string }

/** An empty message is replaced by the title: without a message, GitHub shows nothing. */
const annotate = ({ writer }: Pick<Report, 'writer'>, { level, title, message }: AnnotationInput): Annotation => ({
  level,
  title: writer.annotationTitle(title),
  message: writer.annotation(message) || writer.annotationTitle(title),
})
