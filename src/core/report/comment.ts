import { determineDurationMs, findRollbackTarget } from '../deployments.ts'
import { isPlan, type Request } from '../inputs/request.ts'
import { formatDeploymentUrl, formatPipelineRunUrl } from '../run/links.ts'
import type { Report, RunState } from '../run/result.ts'
import { formatAge, formatCount, formatDuration, joinParts } from '../text/words.ts'
import { formatFold, type Writer } from '../text/writer.ts'
import { formatChangeSummary, formatComparison, formatTableWithin } from './changes.ts'
import {
  formatCommitLink,
  formatFactsLine,
  formatFailedAfter,
  formatFollowUp,
  formatRollbackHint,
  formatUrls,
} from './deployment-facts.ts'
import { formatErrorCount, formatFirstErrors, listErrors } from './errors.ts'
import { emoji, findEmoji, formatHeadline } from './headline.ts'
import { formatButFailing } from './health.ts'
import { formatHealthBlocks } from './health-section.ts'
import { formatChangedImages, formatImagesLine } from './image-changes.ts'
import { formatApprovals } from './pipeline-problems.ts'
import { formatProblemBlocks } from './problem-text.ts'
import { formatRemarks } from './remarks.ts'

/** GitHub's limit is 65,536. */
const maxCommentUnits = 60_000

const maxErrors = 5

type Named = Pick<Request, 'org' | 'app' | 'env'>

/** A plan has a comment of its own. */
type CommentKind = 'deployment' | 'plan'

const markerNames: Readonly<Record<CommentKind, string>> = {
  deployment: 'humanitec-deploy',
  plan: 'humanitec-deploy-plan',
}

/** The comment's first line, by which it is found again. */
export const formatMarker = ({ org, app, env }: Named, kind: CommentKind = 'deployment'): string =>
  `<!-- ${markerNames[kind]}:${org}/${app}/${env} -->`

/** Which comment a run keeps up to date. */
export const determineCommentKind = (request: Request): CommentKind => (isPlan(request) ? 'plan' : 'deployment')

/** While the deployment goes on, or waits for an approval. */
export const formatDeployingComment = (
  request: Request,
  from: Pick<Report, 'workflow' | 'writer'>,
  state: Pick<RunState, 'approvals' | 'pipelineRun'> = { approvals: [] },
): string =>
  joinComment(request, [
    joinLine(`**${formatProgress(request, from.writer).going}**`, formatCommit(from), formatLogLink(from)),
    formatWaiting(request, from.writer, state),
  ])

const formatWaiting = (
  request: Request,
  writer: Writer,
  { approvals, pipelineRun }: Pick<RunState, 'approvals' | 'pipelineRun'>,
): string =>
  approvals.length === 0
    ? ''
    : joinLine(
        `⏸️ Waiting for an approval: ${writer.markdown(formatApprovals(approvals), 1000)}`,
        pipelineRun ? writer.link('Pipeline run', formatPipelineRunUrl(request, pipelineRun)) : '',
      )

/** After the environment was deleted. */
export const formatDeletedComment = (place: Named, writer: Writer): string =>
  joinComment(place, [`The ${writer.markdown(place.app)} preview was deleted.`])

/** At any end; `undefined` if the inputs are wrong, since then there is no environment to comment on. */
export const formatComment = (report: Report): string | undefined => {
  const { request } = report.state
  if (!request) return undefined
  switch (report.result.outcome) {
    case 'deleted':
      return formatDeletedComment(request, report.writer)
    case 'succeeded':
      return joinComment(request, formatReady(request, report))
    case 'planned':
      return joinComment(request, formatPlanned(request, report), 'plan')
    default:
      return joinComment(request, formatOtherEnd(report), determineCommentKind(request))
  }
}

const formatReady = (request: Request, report: Report): readonly string[] => {
  const { state } = report
  const durationMs = state.deployment && determineDurationMs(state.deployment)
  const took = durationMs === undefined ? '' : `in ${formatDuration(durationMs)}`
  const deployed = joinParts(' ', 'Deployed', formatCommit(report), took)
  return [
    joinLine(
      `${findEmoji(report)} **${formatProgress(request, report.writer).done}${report.writer.markdown(formatButFailing(report))}**`,
      formatUrls(report),
    ),
    ...formatHealthBlocks(report),
    joinLine(deployed, formatLogLink(report), formatHumanitecLink(report)),
    formatImages(report),
    formatRemarks(report),
  ]
}

/** The plan in one line, and the table under a fold. */
const formatPlanned = (request: Request, report: Report): readonly string[] => {
  const { state, writer } = report
  const [app, env] = [writer.markdown(request.app), writer.markdown(request.env)]
  const what = state.changes.length === 0 ? `would not change ${app} in ${env}` : `would change ${app} in ${env}`
  const table = formatTableWithin(report, 'comment')
  return [
    `${emoji.planned} **Deploying this ${what}**`,
    formatChangeSummary(state.changes, writer),
    table && formatFold('All changes', table),
    joinLine(state.comparison ? formatComparison(report, state.comparison) : '', formatLogLink(report)),
    formatRemarks(report),
  ]
}

/** The images that changed; if that isn't known, those that were requested. */
const formatImages = ({ state: { changes, images = [] }, writer }: Report): string =>
  formatChangedImages(changes, writer) || formatImagesLine(images, writer)

const formatOtherEnd = (report: Report): readonly string[] => {
  const { result, state, writer } = report
  const isFailed = result.outcome === 'failed'
  const errors = isFailed ? listErrors(report) : []
  const more = errors.length - maxErrors
  return [
    `${findEmoji(report)} **${isFailed && isPreview(state.request) ? formatPreviewFailed(report) : writer.markdown(formatHeadline(report))}**`,
    joinLine(isFailed ? formatFailedAfter(state) : '', formatFactsLine(report), formatLogLink(report)),
    ...formatProblemBlocks(report),
    ...formatHealthBlocks(report),
    formatFollowUp(report),
    formatFirstErrors(errors, maxErrors, writer),
    more > 0 ? joinLine(`… and ${formatCount(more, 'more error')}`, formatLogLink(report)) : '',
    state.deployment ? formatImages(report) : '',
    isFailed ? (isPreview(state.request) ? formatEarlierState(report) : formatRollbackHint(report)) : '',
    formatRemarks(report),
  ]
}

const isPreview = (request: Request | undefined): boolean =>
  request?.operation === 'deploy' && request.createFrom !== undefined

/** Not "was not deployed": an earlier state of the preview may still be there. */
const formatPreviewFailed = (report: Report): string => {
  const { state, writer } = report
  const errors = listErrors(report)
  return `${writer.markdown(state.request?.app ?? '')} preview failed${errors.length > 0 ? `: ${writer.markdown(formatErrorCount(errors))}` : ''}`
}

/** What may still run in a preview whose deployment failed, with its URLs; `''` if that isn't known. */
const formatEarlierState = (report: Report): string => {
  const { state, nowMs, writer } = report
  const { request, environmentCreated } = state
  const good = findRollbackTarget(state)
  if (!request || !good) return environmentCreated ? 'Nothing was deployed there before.' : ''
  const link = writer.link(`\`${writer.shortId(good.id)}\``, formatDeploymentUrl(request, good.id))
  const age = formatAge(good.created_at, nowMs)
  const urls = formatUrls(report)
  return `The latest successful deployment may still be running there: ${link}${age && `, deployed ${age}`}${urls && ` · ${urls}`}`
}

/** While it is being deployed, and after a success. */
const formatProgress = (request: Request, writer: Writer): { readonly going: string; readonly done: string } => {
  const [app, env] = [writer.markdown(request.app), writer.markdown(request.env)]
  return isPreview(request)
    ? { going: `${app} preview is being deployed`, done: `${app} preview is ready` }
    : { going: `${app} is being deployed to ${env}`, done: `${app} is deployed to ${env}` }
}

const formatCommit = (report: Pick<Report, 'workflow' | 'writer'>): string => {
  const link = formatCommitLink(report)
  return link && `commit ${link}`
}

const formatLogLink = ({ workflow: { runUrl }, writer }: Pick<Report, 'workflow' | 'writer'>): string =>
  runUrl === '' ? '' : writer.link('log', runUrl)

const formatHumanitecLink = ({ state: { request, deployment }, writer }: Report): string =>
  request && deployment ? writer.link('Humanitec', formatDeploymentUrl(request, deployment.id)) : ''

const joinLine = (...parts: readonly string[]): string => joinParts(' · ', ...parts)

/** The marker, then as many blocks as fit. */
const joinComment = (place: Named, blocks: readonly string[], kind?: CommentKind): string => {
  let comment = `${formatMarker(place, kind)}\n`
  for (const block of blocks.filter(Boolean)) {
    if (comment.length + block.length > maxCommentUnits - 10) return `${comment}\n…\n`
    comment += `\n${block}\n`
  }
  return comment
}
