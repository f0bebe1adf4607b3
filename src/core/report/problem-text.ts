import type { Deployment } from '../api.ts'
import type { InputError, Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Problem, ReportedResult } from '../run/outcome.ts'
import type { Report } from '../run/result.ts'
import { joinParts } from '../text/words.ts'
import { formatTable, type Writer } from '../text/writer.ts'
import { determineHeadline } from './headline.ts'

// How a problem is shown: as blocks of Markdown, as lines of plain text, and in the saved state.

const maxMistakes = 100

/** A sentence may quote a long answer. */
const maxSentence = 1500

const maxLine = 250

const maxDetails = 20_000

/** What happened, what got in the way, and what to do: blocks of Markdown, in that order. */
export const formatProblemBlocks = (report: Report): readonly string[] => {
  const {
    result: { problem },
    state: { request },
    writer,
  } = report
  if (!problem) return []
  const { what, remedy, runUrl, conflict, details, inputErrors = [], lines = [] } = problem
  return [
    inputErrors.length > 0
      ? formatMistakeTable(inputErrors, writer)
      : isInHeadline(report, problem)
        ? ''
        : writer.markdown(what, maxSentence),
    lines.length > 0 ? writer.codeBlock(lines.join('\n')) : '',
    conflict && request ? formatConflict(conflict, request, writer) : '',
    remedy
      ? `**Next:** ${joinParts(' ', writer.markdown(remedy, maxSentence), runUrl && writer.link('Pipeline run', runUrl))}`
      : '',
    details ? `What Humanitec says about it:\n\n${writer.codeBlock(details, maxDetails)}` : '',
  ]
}

/** Whether the headline right above says it all already: not every headline has the cause. */
const isInHeadline = (report: Report, { isCauseComplete }: Problem): boolean =>
  isCauseComplete === true && determineHeadline(report).cause !== undefined

const formatConflict = (active: Deployment, request: Request, writer: Writer): string => {
  const link = writer.link(`Deployment ${writer.shortId(active.id)}`, formatDeploymentUrl(request, active.id))
  return `> ${joinParts(' · ', link, writer.markdown(active.status, 100), writer.markdown(active.comment, 300))}`
}

const formatMistakeTable = (inputErrors: readonly InputError[], writer: Writer): string => {
  const rows = inputErrors.slice(0, maxMistakes).map((inputError) => {
    const got = formatGot(inputError, (text) => writer.code(text, 200))
    return [writer.code(inputError.input), got, writer.markdown(inputError.takes, 500)]
  })
  return formatTable(['input', 'got', 'expected'], rows)
}

/** The result as people saw it, for the post step's saved state: without secrets, and no longer than it was shown. */
export const formatReportedResult = ({ result: { outcome, problem }, writer }: Report): ReportedResult => {
  if (!problem) return { outcome }
  const { cause, remedy, runUrl, conflict, lines } = problem
  return {
    outcome,
    problem: {
      ...problem,
      what: writer.line(problem.what, maxSentence),
      ...(cause !== undefined && { cause: writer.line(cause, 300) }),
      ...(remedy !== undefined && { remedy: writer.line(remedy, maxSentence) }),
      ...(runUrl !== undefined && { runUrl: writer.line(runUrl, maxSentence) }),
      ...(lines && { lines: lines.map((line) => writer.line(line, maxLine)) }),
      ...(conflict && { conflict: { ...conflict, comment: writer.line(conflict.comment, 300) } }),
    },
  }
}

/** The problem as lines of plain text, for the log and an annotation; not escaped yet. */
export const formatProblemLines = ({ result: { problem }, state: { request }, writer }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, runUrl, conflict, details, inputErrors = [], lines = [] } = problem
  return [
    ...(what ? [writer.line(what, maxSentence)] : []),
    ...inputErrors.slice(0, maxMistakes).map((inputError) => formatMistakeLine(inputError, writer)),
    ...lines.map((line) => `  ${writer.line(line, maxLine)}`),
    ...(details ? [`Details: ${writer.line(details, 300)}`] : []),
    ...(conflict?.comment ? [`Its comment: ${writer.line(conflict.comment, 300)}`] : []),
    ...(conflict && request ? [formatDeploymentUrl(request, conflict.id)] : []),
    ...(remedy ? [joinParts(' ', remedy, runUrl)] : []),
  ].map(withoutBackticks)
}

/** Backticks are for Markdown only. */
const withoutBackticks = (line: string): string => line.replace(/`([^`]+)`/g, '$1')

const formatMistakeLine = (inputError: InputError, writer: Writer): string =>
  `  ${inputError.input}: got ${formatGot(inputError, (text) => `“${writer.line(text, 200)}”`)}, expected ${inputError.takes}`

/** The placeholder for a secret isn't quoted. */
const formatGot = ({ got, isSecret }: InputError, quote: (text: string) => string): string => {
  if (isSecret) return '(not shown)'
  return got === undefined ? 'nothing' : quote(got)
}
