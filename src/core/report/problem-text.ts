import type { Deployment } from '../../ports.ts'
import { type Mistake, notShown, type Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Problem, Report } from '../run/outcome.ts'
import { toLine } from '../text/clean-text.ts'
import { escapeCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatTable } from '../text/markdown-table.ts'
import { shortenDeploymentId } from '../text/short-ids.ts'
import { formatHeadline } from './headline.ts'

const mostMistakes = 100
/** An answer of which a sentence tells can be long. */
const longestSentence = 1500

/** What happened, what got in the way, and what to do: blocks of Markdown, in that order. */
export const formatProblemBlocks = (report: Report): readonly string[] => {
  const {
    ending: { problem },
    facts: { request },
  } = report
  if (!problem) return []
  const { what, remedy, conflict, mistakes = [] } = problem
  return [
    mistakes.length > 0
      ? formatMistakeTable(mistakes)
      : isInHeadline(report, problem)
        ? ''
        : escapeMarkdown(what, longestSentence),
    conflict && request ? formatConflict(conflict, request) : '',
    remedy ? `**Next:** ${escapeMarkdown(remedy, longestSentence)}` : '',
  ]
}

/** The headline, which stands right above, ends with the same words. */
const isInHeadline = (report: Report, { what, cause }: Problem): boolean =>
  cause !== undefined && what.endsWith(`${cause}.`) && formatHeadline(report).endsWith(cause)

const formatConflict = (active: Deployment, request: Request): string => {
  const link = formatLink(`Deployment ${shortenDeploymentId(active.id)}`, formatDeploymentUrl(request, active.id))
  return `> ${[link, escapeMarkdown(active.status, 100), escapeMarkdown(active.comment, 300)].filter(Boolean).join(' · ')}`
}

const formatMistakeTable = (mistakes: readonly Mistake[]): string => {
  const rows = mistakes.slice(0, mostMistakes).map(({ input, got, takes }) => {
    return [escapeCode(input), formatGot(got, (text) => escapeCode(text, 200)), escapeMarkdown(takes, 500)]
  })
  return formatTable(['input', 'got', 'takes'], rows)
}

/** The same as lines of plain text, for the log and an annotation. The text in them is not neutral yet. */
export const formatProblemLines = ({ ending: { problem }, facts: { request } }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, conflict, mistakes = [] } = problem
  return [
    ...(what ? [toLine(what, longestSentence)] : []),
    ...mistakes.slice(0, mostMistakes).map(formatMistakeLine),
    ...(conflict?.comment ? [`Its comment: ${toLine(conflict.comment, 300)}`] : []),
    ...(conflict && request ? [formatDeploymentUrl(request, conflict.id)] : []),
    ...(remedy ? [remedy] : []),
  ]
}

const formatMistakeLine = ({ input, got, takes }: Mistake): string =>
  `  ${input}: got ${formatGot(got, (text) => `“${toLine(text, 200)}”`)}, takes ${takes}`

/** What stands for a secret is no quotation. */
const formatGot = (got: string | undefined, quote: (text: string) => string): string =>
  got === undefined || got === notShown ? (got ?? 'nothing') : quote(got)
