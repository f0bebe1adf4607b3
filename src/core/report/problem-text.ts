import type { Deployment } from '../api.ts'
import type { InputError, Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Report } from '../run/outcome.ts'
import type { Problem, ReportedResult } from '../run/problem.ts'
import { formatTable } from '../text/escape.ts'
import { joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { determineHeadline } from './headline.ts'

const mostMistakes = 100
/** An answer of which a sentence tells can be long. */
const longestSentence = 1500
const longestLine = 250
const longestDetails = 20_000

/** What happened, what got in the way, and what to do: blocks of Markdown, in that order. */
export const formatProblemBlocks = (report: Report): readonly string[] => {
  const {
    result: { problem },
    state: { request },
    writer,
  } = report
  if (!problem) return []
  const { what, remedy, conflict, details, inputErrors = [], lines = [] } = problem
  return [
    inputErrors.length > 0
      ? formatMistakeTable(inputErrors, writer)
      : isInHeadline(report, problem)
        ? ''
        : writer.markdown(what, longestSentence),
    lines.length > 0 ? writer.codeBlock(lines.join('\n')) : '',
    conflict && request ? formatConflict(conflict, request, writer) : '',
    remedy ? `**Next:** ${writer.markdown(remedy, longestSentence)}` : '',
    details ? `What Humanitec says of it:\n\n${writer.codeBlock(details, longestDetails)}` : '',
  ]
}

/** Whether the headline, which stands right above, tells all of it: not every end has its cause there. */
const isInHeadline = (report: Report, { causeTellsAll }: Problem): boolean =>
  causeTellsAll === true && determineHeadline(report).cause !== undefined

const formatConflict = (active: Deployment, request: Request, writer: Writer): string => {
  const link = writer.link(`Deployment ${writer.shortId(active.id)}`, formatDeploymentUrl(request, active.id))
  return `> ${joinParts(' · ', link, writer.markdown(active.status, 100), writer.markdown(active.comment, 300))}`
}

const formatMistakeTable = (inputErrors: readonly InputError[], writer: Writer): string => {
  const rows = inputErrors.slice(0, mostMistakes).map((inputError) => {
    const got = formatGot(inputError, (text) => writer.code(text, 200))
    return [writer.code(inputError.input), got, writer.markdown(inputError.takes, 500)]
  })
  return formatTable(['input', 'got', 'takes'], rows)
}

/** What people were told, for the saved state of the post step: no secrets in it, and no more than they saw. */
export const formatTold = ({ result: { outcome, problem }, writer }: Report): ReportedResult => {
  if (!problem) return { outcome }
  const { cause, remedy, conflict, lines } = problem
  return {
    outcome,
    problem: {
      ...problem,
      what: writer.line(problem.what, longestSentence),
      ...(cause !== undefined && { cause: writer.line(cause, 300) }),
      ...(remedy !== undefined && { remedy: writer.line(remedy, longestSentence) }),
      ...(lines && { lines: lines.map((line) => writer.line(line, longestLine)) }),
      ...(conflict && { conflict: { ...conflict, comment: writer.line(conflict.comment, 300) } }),
    },
  }
}

/** The same as lines of plain text, for the log and an annotation. The text in them is not neutral yet. */
export const formatProblemLines = ({ result: { problem }, state: { request }, writer }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, conflict, details, inputErrors = [], lines = [] } = problem
  return [
    ...(what ? [writer.line(what, longestSentence)] : []),
    ...inputErrors.slice(0, mostMistakes).map((inputError) => formatMistakeLine(inputError, writer)),
    ...lines.map((line) => `  ${writer.line(line, longestLine)}`),
    ...(details ? [`Details: ${writer.line(details, 300)}`] : []),
    ...(conflict?.comment ? [`Its comment: ${writer.line(conflict.comment, 300)}`] : []),
    ...(conflict && request ? [formatDeploymentUrl(request, conflict.id)] : []),
    ...(remedy ? [remedy] : []),
  ].map(withoutBackticks)
}

/** Inputs are code in Markdown only. */
const withoutBackticks = (line: string): string => line.replace(/`([^`]+)`/g, '$1')

const formatMistakeLine = (inputError: InputError, writer: Writer): string =>
  `  ${inputError.input}: got ${formatGot(inputError, (text) => `“${writer.line(text, 200)}”`)}, takes ${inputError.takes}`

/** What stands for a secret is no quotation. */
const formatGot = ({ got, isSecret }: InputError, quote: (text: string) => string): string => {
  if (isSecret) return '(not shown)'
  return got === undefined ? 'nothing' : quote(got)
}
