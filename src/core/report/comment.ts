import { determineDurationMs, findRollbackTarget } from '../deployments.ts'
import type { Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Report, RunState } from '../run/outcome.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { escapeMarkdown, formatFold, formatLink } from '../text/escape.ts'
import { formatAge, formatDuration } from '../text/time.ts'
import { formatCount, joinParts, shortenDeploymentId } from '../text/words.ts'
import { formatComparison, formatTableWithin } from './change-section.ts'
import { formatChangedImages, formatChangeSummary } from './changes.ts'
import {
  formatCommitLink,
  formatFactsLine,
  formatFailedAfter,
  formatRemarks,
  formatUrls,
  formatWord,
} from './deployment-facts.ts'
import { formatErrorCount, formatFirstErrors, listErrors } from './errors.ts'
import { emoji, formatHeadline } from './headline.ts'
import { formatProblemBlocks } from './problem-text.ts'
import { formatRollbackHint } from './rollback-hint.ts'

/** GitHub takes 65,536. */
const mostUnits = 60_000
const mostErrors = 5

type Named = Pick<Request, 'org' | 'app' | 'env'>

/** A plan has a comment of its own. */
export type CommentKind = 'deployment' | 'plan'

const markerNames: Readonly<Record<CommentKind, string>> = {
  deployment: 'humanitec-deploy',
  plan: 'humanitec-deploy-plan',
}

/** By what the comment is found again: its first line. */
export const formatMarker = ({ org, app, env }: Named, kind: CommentKind = 'deployment'): string =>
  `<!-- ${markerNames[kind]}:${org}/${app}/${env} -->`

/** Which comment a run keeps up to date. */
export const determineCommentKind = (request: Request): CommentKind =>
  request.operation === 'deploy' && request.dryRun ? 'plan' : 'deployment'

/** While the deployment goes on. */
export const formatDeployingComment = (request: Request, workflow: WorkflowContext): string =>
  joinComment(request, [
    joinLine(`**${formatProgress(request).going}**`, formatCommitLink(workflow), formatLogLink(workflow)),
  ])

/** After the environment was deleted. */
export const formatDeletedComment = (place: Named): string =>
  joinComment(place, [`The ${escapeMarkdown(place.app)} preview was deleted.`])

/** At any end; `undefined` while the inputs are wrong, since the comment belongs to an environment. */
export const formatComment = (report: Report): string | undefined => {
  const { request } = report.state
  if (!request) return undefined
  switch (report.result.outcome) {
    case 'deleted':
      return formatDeletedComment(request)
    case 'succeeded':
      return joinComment(request, formatReady(request, report))
    case 'planned':
      return joinComment(request, formatPlanned(request, report), 'plan')
    default:
      return joinComment(request, formatOtherEnd(report), determineCommentKind(request))
  }
}

const formatReady = (request: Request, { state, workflow }: Report): readonly string[] => {
  const durationMs = state.deployment && determineDurationMs(state.deployment)
  const took = durationMs === undefined ? '' : `in ${formatDuration(durationMs)}`
  const deployed = joinParts(' ', 'Deployed', formatCommitLink(workflow), took)
  return [
    joinLine(`${emoji.succeeded} **${formatProgress(request).done}**`, formatUrls(state)),
    joinLine(deployed, formatLogLink(workflow), formatHumanitecLink(state)),
    formatChangedImages(state.changes),
    formatRemarks(state),
  ]
}

/** In one line, and the table under a fold. */
const formatPlanned = (request: Request, report: Report): readonly string[] => {
  const { state, workflow } = report
  const [app, env] = [escapeMarkdown(request.app), escapeMarkdown(request.env)]
  const what = state.changes.length === 0 ? `would change nothing of ${app} in ${env}` : `would change ${app} in ${env}`
  const table = formatTableWithin(state.changes, 'comment')
  return [
    `${emoji.planned} **Merging this ${what}**`,
    formatChangeSummary(state.changes),
    table && formatFold('All changes', table),
    joinLine(state.comparison ? formatComparison(report, state.comparison) : '', formatLogLink(workflow)),
    formatRemarks(state),
  ]
}

const formatOtherEnd = (report: Report): readonly string[] => {
  const { result, state, workflow } = report
  const isFailed = result.outcome === 'failed'
  const errors = isFailed ? listErrors(state) : []
  const more = errors.length - mostErrors
  return [
    `${emoji[result.outcome]} **${isFailed && isPreview(state.request) ? formatPreviewFailed(state) : escapeMarkdown(formatHeadline(report))}**`,
    joinLine(isFailed ? formatFailedAfter(state) : '', formatFactsLine(report), formatLogLink(workflow)),
    ...formatProblemBlocks(report),
    formatWord(report),
    formatFirstErrors(errors, mostErrors),
    more > 0 ? joinLine(`… and ${formatCount(more, 'more error')}`, formatLogLink(workflow)) : '',
    isFailed ? (isPreview(state.request) ? formatLeft(report) : formatRollbackHint(report)) : '',
    formatRemarks(state),
  ]
}

const isPreview = (request: Request | undefined): boolean =>
  request?.operation === 'deploy' && request.createFrom !== undefined

/** An earlier state of the preview may well be there: it failed now. */
const formatPreviewFailed = (state: RunState): string => {
  const errors = listErrors(state)
  return `${escapeMarkdown(state.request?.app ?? '')} preview failed${errors.length > 0 ? `: ${escapeMarkdown(formatErrorCount(errors))}` : ''}`
}

/** What may run in a preview whose deployment failed, and where; `''` where the earlier ones aren't known. */
const formatLeft = ({ state, nowMs }: Report): string => {
  const { request, environmentCreated } = state
  const good = findRollbackTarget(state)
  if (!request || !good) return environmentCreated ? 'Nothing was deployed there before.' : ''
  const link = formatLink(`\`${shortenDeploymentId(good.id)}\``, formatDeploymentUrl(request, good.id))
  const age = formatAge(good.created_at, nowMs)
  const urls = formatUrls(state)
  return `What may still run there is ${link}${age && `, deployed ${age}`}${urls && `: ${urls}`}`
}

/** What is said while it goes on, and when it has succeeded. */
const formatProgress = (request: Request): { readonly going: string; readonly done: string } => {
  const [app, env] = [escapeMarkdown(request.app), escapeMarkdown(request.env)]
  return isPreview(request)
    ? { going: `${app} preview is being deployed`, done: `${app} preview is ready` }
    : { going: `${app} is being deployed to ${env}`, done: `${app} is deployed to ${env}` }
}

const formatLogLink = ({ runUrl }: WorkflowContext): string => (runUrl === '' ? '' : formatLink('log', runUrl))

const formatHumanitecLink = ({ request, deployment }: RunState): string =>
  request && deployment ? formatLink('Humanitec', formatDeploymentUrl(request, deployment.id)) : ''

const joinLine = (...parts: readonly string[]): string => joinParts(' · ', ...parts)

/** The marker, then as many blocks as GitHub takes. */
const joinComment = (place: Named, blocks: readonly string[], kind?: CommentKind): string => {
  let comment = `${formatMarker(place, kind)}\n`
  for (const block of blocks.filter(Boolean)) {
    if (comment.length + block.length > mostUnits - 10) return `${comment}\n…\n`
    comment += `\n${block}\n`
  }
  return comment
}
