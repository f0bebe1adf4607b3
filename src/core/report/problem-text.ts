import type { Deployment } from '../../ports.ts'
import type { InputError, Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Problem, Report } from '../run/outcome.ts'
import { escapeCode, escapeMarkdown, formatCodeBlock, formatLink, formatTable, toLine } from '../text/escape.ts'
import { joinParts, shortenDeploymentId } from '../text/words.ts'
import { formatHeadline } from './headline.ts'

const mostMistakes = 100
/** An answer of which a sentence tells can be long. */
const longestSentence = 1500

/** What happened, what got in the way, and what to do: blocks of Markdown, in that order. */
export const formatProblemBlocks = (report: Report): readonly string[] => {
  const {
    result: { problem },
    state: { request },
  } = report
  if (!problem) return []
  const { what, remedy, conflict, inputErrors = [], lines = [] } = problem
  return [
    inputErrors.length > 0
      ? formatMistakeTable(inputErrors)
      : isInHeadline(report, problem)
        ? ''
        : escapeMarkdown(what, longestSentence),
    lines.length > 0 ? formatCodeBlock(lines.join('\n')) : '',
    conflict && request ? formatConflict(conflict, request) : '',
    remedy ? `**Next:** ${escapeMarkdown(remedy, longestSentence)}` : '',
  ]
}

/** The headline, which stands right above, ends with the same words: not every end has its cause there. */
const isInHeadline = (report: Report, { cause, causeTellsAll }: Problem): boolean =>
  causeTellsAll === true && cause !== undefined && formatHeadline(report).endsWith(cause)

const formatConflict = (active: Deployment, request: Request): string => {
  const link = formatLink(`Deployment ${shortenDeploymentId(active.id)}`, formatDeploymentUrl(request, active.id))
  return `> ${joinParts(' · ', link, escapeMarkdown(active.status, 100), escapeMarkdown(active.comment, 300))}`
}

const formatMistakeTable = (inputErrors: readonly InputError[]): string => {
  const rows = inputErrors.slice(0, mostMistakes).map((inputError) => {
    const got = formatGot(inputError, (text) => escapeCode(text, 200))
    return [escapeCode(inputError.input), got, escapeMarkdown(inputError.takes, 500)]
  })
  return formatTable(['input', 'got', 'takes'], rows)
}

/** The same as lines of plain text, for the log and an annotation. The text in them is not neutral yet. */
export const formatProblemLines = ({ result: { problem }, state: { request } }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, conflict, inputErrors = [], lines = [] } = problem
  return [
    ...(what ? [toLine(what, longestSentence)] : []),
    ...inputErrors.slice(0, mostMistakes).map(formatMistakeLine),
    ...lines.map((line) => `  ${toLine(line)}`),
    ...(conflict?.comment ? [`Its comment: ${toLine(conflict.comment, 300)}`] : []),
    ...(conflict && request ? [formatDeploymentUrl(request, conflict.id)] : []),
    ...(remedy ? [remedy] : []),
  ]
}

const formatMistakeLine = (inputError: InputError): string =>
  `  ${inputError.input}: got ${formatGot(inputError, (text) => `“${toLine(text, 200)}”`)}, takes ${inputError.takes}`

/** What stands for a secret is no quotation. */
const formatGot = ({ got, isSecret }: InputError, quote: (text: string) => string): string => {
  if (isSecret) return '(not shown)'
  return got === undefined ? 'nothing' : quote(got)
}
