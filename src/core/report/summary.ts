import type { Deployment } from '../api.ts'
import { determineDurationMs, hasSucceeded, isFinal } from '../deployments.ts'
import { formatEnvironmentPageUrl } from '../run/links.ts'
import type { Report } from '../run/result.ts'
import { countBytes } from '../text/clean.ts'
import {
  formatAge,
  formatCount,
  formatDuration,
  formatDurationRange,
  formatUser,
  formatUtc,
  joinParts,
} from '../text/words.ts'
import { formatFold, formatTable } from '../text/writer.ts'
import { formatChangeBlocks } from './changes.ts'
import {
  formatDeploymentLink,
  formatFactsLine,
  formatFailedAfter,
  formatFollowUp,
  formatGivenComment,
  formatRollbackHint,
  formatSource,
  formatUrls,
} from './deployment-facts.ts'
import { formatErrorTables } from './errors.ts'
import { findEmoji, formatHeadline } from './headline.ts'
import { formatHealthBlocks, formatLogFolds } from './health-section.ts'
import { formatProblemBlocks } from './problem-text.ts'
import { formatDecisionTables } from './prune-table.ts'
import { formatRemarks } from './remarks.ts'

/** Of the 1 MiB that a step may have; over it the runner drops the whole summary. The rest is room for what masking adds. */
const maxSummaryBytes = 1_000_000

/** For the line that says how many errors are left out. */
const reservedBytes = 2000

/** The step's summary, in Markdown, for every end: the result, the cause and the next step first. */
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
  const bytesLeft = maxSummaryBytes - reservedBytes - countBytes([...top, ...bottom].join('\n\n'))
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
    formatFollowUp(report),
    formatChart(report),
    ...formatDecisionTables(report),
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

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

const maxBars = 20

const minBars = 3

/** Its duration beside earlier ones; while it goes on, only theirs. Not after a timeout, whose problem says it already. */
const formatChart = ({ state: { deployment, history }, result: { outcome } }: Report): string => {
  if (outcome === 'succeeded') return formatDurationChart(history, deployment && determineDurationMs(deployment))
  return deployment && (outcome === 'cancelled' || outcome === 'started') ? formatDurationChart(history, undefined) : ''
}

/**
 * The durations of the environment's latest successful deployments as bars, oldest first, and ours after an arrow, with what
 * the lowest and the highest bar stand for; one or two only in words. `''` without any to compare with.
 */
const formatDurationChart = (historyNewestFirst: readonly Deployment[], ownMs: number | undefined): string => {
  const earlier = historyNewestFirst
    .filter(hasSucceeded)
    .flatMap((deployment) => determineDurationMs(deployment) ?? [])
    .slice(0, maxBars)
    .reverse()
  if (earlier.length === 0) return ''
  if (earlier.length < minBars) return formatLegend(earlier)
  const { draw, lowestMs, highestMs } = createBarScale(ownMs === undefined ? earlier : [...earlier, ownMs])
  const own = ownMs === undefined ? '' : ` → \`${draw(ownMs)}\` this one`
  const scale = `\`${bars[0]}\` ${formatDuration(lowestMs)}, \`${bars.at(-1)}\` ${formatDuration(highestMs)}`
  return `\`${earlier.map(draw).join('')}\`${own} (${scale}) · ${formatLegend(earlier)}`
}

const formatLegend = (earlier: readonly number[]): string => {
  if (earlier.length === 1) return `the previous one took ${formatDurationRange(earlier)}`
  const median = earlier.length > 2 ? `, median ${formatDuration(findMedian(earlier))}` : ''
  return `the previous ${earlier.length} took ${formatDurationRange(earlier)}${median}`
}

/** From the shortest to the longest, but at least 25 % around the median, so that similar durations look similar. */
const createBarScale = (durationsMs: readonly number[]) => {
  const median = findMedian(durationsMs)
  const lowest = Math.min(0.75 * median, ...durationsMs)
  const highest = Math.max(1.25 * median, ...durationsMs)
  const draw = (durationMs: number): string =>
    bars[Math.round(((durationMs - lowest) / Math.max(1, highest - lowest)) * (bars.length - 1))] ?? bars[0]
  return { draw, lowestMs: lowest, highestMs: highest }
}

const findMedian = (durationsMs: readonly number[]): number => {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [upper = 0, lower = upper] = [sorted[middle], sorted[middle - 1]]
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2
}
