import type { DeploymentError } from '../api.ts'
import type { ReadLog } from '../container-logs.ts'
import type { WorkloadHealth } from '../health.ts'
import type { Report } from '../run/result.ts'
import { formatCount, joinParts } from '../text/words.ts'
import { type Annotation, formatFold, type LogBlock, type Writer } from '../text/writer.ts'
import {
  describeContainer,
  describeFailing,
  formatNotJudged,
  formatNotWatched,
  listContainers,
  listFailing,
  listLate,
} from './health.ts'

// The health of a deployment's workloads, on the pages that people see at the end.

const maxNameUnits = 60

const maxWarnings = 5

const maxBlocks = 20

/** `byError`: the failing workload of an error, in words, at the first error about it. `others`: failing workloads without one. */
export const assignFailing = (
  report: Report,
  errors: readonly DeploymentError[],
): { readonly byError: ReadonlyMap<DeploymentError, string>; readonly others: readonly WorkloadHealth[] } => {
  const byError = new Map<DeploymentError, string>()
  const others = listFailing(report.state).filter((workload) => {
    const error = errors.find((each) => !byError.has(each) && isAbout(each, workload.workload))
    if (error) byError.set(error, describeFailing(workload, report.writer))
    return error === undefined
  })
  return { byError, others }
}

/** An error names its object in several ways: `web`, `modules.web`, `modules.web.externals.db`. */
const isAbout = ({ object_id }: DeploymentError, workload: string): boolean => {
  const name = object_id.replace(/^(?:modules|workloads)\./, '')
  return name === workload || name.startsWith(`${workload}.`)
}

/** A warning for each workload, five at most; and if health was asked for, why it isn't known. */
export const formatHealthAnnotations = (report: Report, failing: readonly WorkloadHealth[]): readonly Annotation[] => {
  const { writer, state, result } = report
  const annotate = (level: Annotation['level'], title: string, message: string): Annotation => ({
    level,
    title: writer.annotationTitle(title),
    message: writer.annotation(message),
  })
  const warnings = failing.slice(0, maxWarnings).map((workload) => {
    const title = `${writer.line(workload.workload, maxNameUnits)} is failing`
    const deployed = result.outcome === 'succeeded' ? 'deployed, but ' : ''
    return annotate('warning', title, `${deployed}${title}: ${describeFailing(workload, report.writer)}`)
  })
  const note = formatNotJudged(state)
  const level = state.health?.notJudged === 'newer_deployment' ? 'notice' : 'warning'
  return note === '' ? warnings : [...warnings, annotate(level, 'Health is not known', note)]
}

/** The failing workloads, a line of plain text each, five at most. */
export const listFailingLines = (report: Report): readonly string[] =>
  listFailing(report.state)
    .slice(0, maxWarnings)
    .map(
      (workload) =>
        `${report.writer.line(workload.workload, maxNameUnits)}: ${describeFailing(workload, report.writer)}`,
    )

/** In Markdown: each workload that fails or didn't run in time; and why their health isn't known. */
export const formatHealthBlocks = (report: Report): readonly string[] => {
  const { state, result, writer } = report
  const late = result.outcome === 'unhealthy' && state.health ? listLate(state.health) : []
  const shown = late.length > 0 ? late : listFailing(state)
  const more = shown.length - maxBlocks
  return [
    ...shown.slice(0, maxBlocks).map((workload) => formatBlock(workload, report)),
    more > 0 ? `… and ${formatCount(more, 'more workload')}` : '',
    writer.markdown(formatNotJudged(state) || formatNotWatched(report)),
  ].filter(Boolean)
}

const formatBlock = (workload: WorkloadHealth, { writer }: Report): string => {
  const { ready, wanted, reason, state } = workload
  const containers = listContainers(workload).map((each) => describeContainer(each, writer.code, writer.markdown))
  const word = state === 'not_rolled_out' ? 'not rolled out yet' : 'starting'
  const why = containers.length > 0 ? containers : [writer.code(reason, maxNameUnits) || word]
  return joinParts(
    ': ',
    `**${writer.markdown(workload.workload, maxNameUnits)}**`,
    joinParts(' · ', wanted > 0 && `${ready} of ${wanted} ready`, ...why),
  )
}

/** The last log lines of the containers that fail, a fold each. */
export const formatLogFolds = (report: Report): readonly string[] => {
  const { state, writer } = report
  return (state.health?.logs ?? []).map((log) =>
    'lines' in log && log.lines.length > 0
      ? formatFold(writer.html(formatLogTitle(log, log.lines.length)), writer.codeBlock(log.lines.join('\n')))
      : writer.markdown(formatNoLog(log)),
  )
}

/** What the log says at the end: which workloads are not watched; and those lines, a group for each container. */
export const listHealthLines = (report: Report): readonly LogBlock[] => {
  const notWatched = formatNotWatched(report)
  return [
    ...(notWatched === '' ? [] : [{ lines: [report.writer.logLine(notWatched)] }]),
    ...(report.state.health?.logs ?? []).map((log) => formatLogBlock(log, report.writer)),
  ]
}

const formatLogBlock = (log: ReadLog, writer: Writer): LogBlock =>
  'lines' in log && log.lines.length > 0
    ? {
        title: writer.logLine(formatLogTitle(log, log.lines.length), 200),
        lines: log.lines.map((line) => writer.logLine(`  ${line}`)),
      }
    : { lines: [writer.logLine(formatNoLog(log))] }

const formatLogTitle = (log: ReadLog, count: number): string => {
  const leftOut = 'leftOut' in log && log.leftOut > 0 ? `, ${log.leftOut} earlier ones left out` : ''
  return `${log.workload} · ${log.container}: ${count === 1 ? 'the last line' : `the last ${count} lines`} of its log${leftOut}`
}

const formatNoLog = (log: ReadLog): string => {
  const what = `${log.workload} · ${log.container}: its log`
  if (!('refusal' in log)) return `${what} is empty.`
  const { kind, status } = log.refusal
  if (status === 429) return `${what} was not read: Humanitec is rate-limiting this token (429).`
  return kind === 'answered' ? `${what} was not read: the answer was ${status}.` : `${what} could not be read.`
}
