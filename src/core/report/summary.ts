import { isFinal } from '../deployments.ts'
import { formatEnvironmentPageUrl } from '../run/links.ts'
import type { Report } from '../run/outcome.ts'
import { countBytes, formatFold, formatTable } from '../text/escape.ts'
import { formatAge, formatUtc } from '../text/time.ts'
import { formatCount, formatUser, joinParts } from '../text/words.ts'
import { formatChangeBlocks } from './change-section.ts'
import {
  formatChart,
  formatDeploymentLink,
  formatFactsLine,
  formatFailedAfter,
  formatGivenComment,
  formatRemarks,
  formatSource,
  formatUrls,
  formatWord,
} from './deployment-facts.ts'
import { formatErrorTables } from './errors.ts'
import { findEmoji, formatHeadline } from './headline.ts'
import { formatHealthBlocks, formatLogFolds } from './health-section.ts'
import { formatProblemBlocks } from './problem-text.ts'
import { formatDecisions } from './prune-table.ts'
import { formatRollbackHint } from './rollback-hint.ts'

/** Of the 1 MiB that a step may have; over it the runner drops the whole summary. The rest is room for what masking adds. */
const mostBytes = 1_000_000
/** For the line that tells how many errors are left out. */
const reservedBytes = 2000

/** The step's summary, in Markdown, for every end: the figure, the cause and the next step first. */
export const formatSummary = (report: Report): string => {
  const { outcome } = report.result
  const isFailed = outcome === 'failed'
  const top = formatTop(report)
  const bottom = [
    ...formatLogFolds(report),
    isFailed || outcome === 'unhealthy' ? formatRollbackHint(report) : '',
    ...formatChangeBlocks(report),
    formatRemarks(report),
    formatDetails(report),
  ]
  const bytesLeft = mostBytes - reservedBytes - countBytes([...top, ...bottom].join('\n\n'))
  const errors = isFailed ? formatErrors(report, bytesLeft) : []
  return `${[...top, ...errors, ...bottom].filter(Boolean).join('\n\n')}\n`
}

const formatTop = (report: Report): readonly string[] => {
  const { result, writer } = report
  const failedAfter = result.outcome === 'failed' ? formatFailedAfter(report.state) : ''
  return [
    `### ${findEmoji(report)} ${writer.markdown(formatHeadline(report))}`,
    formatUrls(report),
    joinParts(' · ', failedAfter, formatFactsLine(report)),
    formatGivenComment(report),
    ...formatProblemBlocks(report),
    ...formatHealthBlocks(report),
    formatWord(report),
    formatChart(report),
    ...formatDecisions(report),
  ]
}

const formatErrors = (report: Report, maxBytes: number): readonly string[] => {
  const { markdown, leftOut } = formatErrorTables(report, maxBytes)
  if (leftOut === 0) return [markdown]
  return [
    markdown,
    `${formatCount(leftOut, 'error')} left out, since a summary holds at most 1 MiB. All of them: ${formatDeploymentLink(report)}`,
  ]
}

/** Everything that identifies the deployment in full, under a fold; `''` before the request is known. */
const formatDetails = (report: Report): string => {
  const [first, ...rows] = listDetails(report).filter(([, value]) => value !== '')
  return first === undefined ? '' : formatFold('Details', formatTable(first, rows))
}

const listDetails = ({
  state: { request, deployment, deltaId, base },
  workflow,
  nowMs,
  writer,
}: Report): (readonly [string, string])[] => {
  if (!request) return []
  const { org, app, env, appUrl } = request
  const wanted = request.operation === 'deploy' ? request : undefined
  const baseId = deployment?.from_id || base?.id || ''
  const baseAge =
    base?.id === baseId && base.created_at !== '' ? `${base.status}, ${formatAge(base.created_at, nowMs)}` : ''
  return [
    [
      'environment',
      request.operation === 'prune'
        ? writer.code(`${org}/${app}/${env}`)
        : writer.link(`${org} / ${app} / ${env}`, formatEnvironmentPageUrl({ appUrl, org, app, env })),
    ],
    ['deployment', writer.code(deployment?.id ?? '')],
    ['status', writer.markdown(deployment?.status ?? '', 100)],
    ['Delta', writer.code(deployment?.delta_id || deltaId || wanted?.deltaId || '')],
    ['Set', writer.code(deployment?.set_id || wanted?.setId || '')],
    ['base', baseId && joinParts(', ', writer.code(baseId) + formatSource(wanted, writer), writer.markdown(baseAge))],
    ['values', writer.code(wanted?.valueSetVersionId ?? '')],
    ['mode', wanted?.mode ?? ''],
    ['comment', writer.markdown(deployment?.comment ?? '', 500)],
    [
      'started',
      joinParts(
        ' ',
        formatUtc(deployment?.created_at ?? ''),
        deployment?.created_by && `by ${writer.markdown(formatUser(deployment.created_by), 100)}`,
      ),
    ],
    ['ended', deployment && isFinal(deployment) ? formatUtc(deployment.status_changed_at) : ''],
    [
      'workflow&nbsp;run',
      workflow.runUrl && writer.link(workflow.runUrl.replace(/^https?:\/\/[^/]+\//, ''), workflow.runUrl),
    ],
  ]
}
