import type { Deployment } from '../../ports.ts'
import type { Mistake, Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Report } from '../run/outcome.ts'
import { toLine } from '../text/clean-text.ts'
import { escapeCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatTable } from '../text/markdown-table.ts'
import { shortenDeploymentId } from '../text/short-ids.ts'

const mostMistakes = 100

/** What happened, what got in the way, and what to do: blocks of Markdown, in that order. */
export const formatProblemBlocks = ({ ending: { problem }, facts: { request } }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, conflict, mistakes = [] } = problem
  return [
    mistakes.length > 0 ? formatMistakeTable(mistakes) : escapeMarkdown(what, 4000),
    conflict && request ? formatConflict(conflict, request) : '',
    remedy ? `**Next:** ${escapeMarkdown(remedy, 2000)}` : '',
  ]
}

const formatConflict = (active: Deployment, request: Request): string => {
  const link = formatLink(`Deployment ${shortenDeploymentId(active.id)}`, formatDeploymentUrl(request, active.id))
  return `> ${[link, escapeMarkdown(active.status, 100), escapeMarkdown(active.comment, 300)].filter(Boolean).join(' · ')}`
}

const formatMistakeTable = (mistakes: readonly Mistake[]): string => {
  const rows = mistakes.slice(0, mostMistakes).map(({ input, got, takes }) => {
    return [escapeCode(input), got === undefined ? 'nothing' : escapeCode(got, 200), escapeMarkdown(takes, 500)]
  })
  return formatTable(['input', 'got', 'takes'], rows)
}

/** The same as lines of plain text, for the log and an annotation. The text in them is not neutral yet. */
export const formatProblemLines = ({ ending: { problem }, facts: { request } }: Report): readonly string[] => {
  if (!problem) return []
  const { what, remedy, conflict, mistakes = [] } = problem
  return [
    ...(what ? [what] : []),
    ...mistakes.slice(0, mostMistakes).map(formatMistakeLine),
    ...(conflict?.comment ? [`Its comment: ${toLine(conflict.comment, 300)}`] : []),
    ...(conflict && request ? [formatDeploymentUrl(request, conflict.id)] : []),
    ...(remedy ? [remedy] : []),
  ]
}

const formatMistakeLine = ({ input, got, takes }: Mistake): string =>
  `  ${input}: got ${got === undefined ? 'nothing' : `“${toLine(got, 200)}”`}, takes ${takes}`
