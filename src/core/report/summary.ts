import type { Report } from '../run/outcome.ts'
import { escapeMarkdown } from '../text/escape.ts'
import { countBytes } from '../text/markdown-table.ts'
import { formatCount, joinParts } from '../text/words.ts'
import { formatDecisions } from './decision-tables.ts'
import { formatChart, formatRemarks, formatUrls, formatWord } from './ending-blocks.ts'
import { listErrors } from './error-fields.ts'
import { formatErrorTables } from './error-tables.ts'
import { emoji, formatHeadline } from './headline.ts'
import { formatProblemBlocks } from './problem-text.ts'
import { formatDetails } from './summary-details.ts'
import { formatDeploymentLink, formatFactsLine, formatFailedAfter, formatGivenComment } from './summary-facts.ts'
import { formatWayBack } from './way-back.ts'

/** Of the 1 MiB that a step may have; over it the runner drops the whole summary. The rest is room for what masking adds. */
const mostBytes = 1_000_000
/** For the line that tells how many errors are left out. */
const reservedBytes = 2000

/** The step's summary, in Markdown, for every end: the figure, the cause and the next step first. */
export const formatSummary = (report: Report): string => {
  const isFailed = report.ending.outcome === 'failed'
  const top = formatTop(report)
  const bottom = [isFailed ? formatWayBack(report) : '', formatRemarks(report.facts), formatDetails(report)]
  const bytesLeft = mostBytes - reservedBytes - countBytes([...top, ...bottom].join('\n\n'))
  const errors = isFailed ? formatErrors(report, bytesLeft) : []
  return `${[...top, ...errors, ...bottom].filter(Boolean).join('\n\n')}\n`
}

const formatTop = (report: Report): readonly string[] => {
  const { ending, facts } = report
  const failedAfter = ending.outcome === 'failed' ? formatFailedAfter(facts) : ''
  return [
    `### ${emoji[ending.outcome]} ${escapeMarkdown(formatHeadline(report))}`,
    formatUrls(facts),
    joinParts(' · ', failedAfter, formatFactsLine(report)),
    formatGivenComment(report),
    ...formatProblemBlocks(report),
    formatWord(report),
    formatChart(report),
    ...formatDecisions(report),
  ]
}

const formatErrors = ({ facts }: Report, maxBytes: number): readonly string[] => {
  const { markdown, leftOut } = formatErrorTables(listErrors(facts), maxBytes)
  if (leftOut === 0) return [markdown]
  return [
    markdown,
    `${formatCount(leftOut, 'error')} left out, since a summary holds at most 1 MiB. All of them: ${formatDeploymentLink(facts)}`,
  ]
}
