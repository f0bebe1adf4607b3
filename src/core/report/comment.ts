import { determineDurationMs } from '../deployments.ts'
import type { Request } from '../inputs/request.ts'
import { formatDeploymentUrl } from '../run/links.ts'
import type { Facts, Report } from '../run/outcome.ts'
import type { Origin } from '../run/workflow-context.ts'
import { escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatDuration } from '../text/time.ts'
import { formatCount, joinParts } from '../text/words.ts'
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
import { formatWayBack } from './rollback-hint.ts'

/** GitHub takes 65,536. */
const mostUnits = 60_000
const mostErrors = 5

type Named = Pick<Request, 'org' | 'app' | 'env'>

/** By what the comment is found again: its first line. */
export const formatMarker = ({ org, app, env }: Named): string => `<!-- humanitec-deploy:${org}/${app}/${env} -->`

/** While the deployment goes on. */
export const formatDeployingComment = (request: Request, origin: Origin): string =>
  joinComment(request, [
    joinLine(`**${formatProgress(request).going}**`, formatCommitLink(origin), formatLogLink(origin)),
  ])

/** After the environment was deleted. */
export const formatDeletedComment = (place: Named): string => joinComment(place, ['The preview was deleted.'])

/** At any end; `undefined` while the inputs are wrong, since the comment belongs to an environment. */
export const formatComment = (report: Report): string | undefined => {
  const { request } = report.facts
  if (!request) return undefined
  switch (report.ending.outcome) {
    case 'deleted':
      return formatDeletedComment(request)
    case 'succeeded':
      return joinComment(request, formatReady(request, report))
    default:
      return joinComment(request, formatOtherEnd(report))
  }
}

const formatReady = (request: Request, { facts, origin }: Report): readonly string[] => {
  const durationMs = facts.deployment && determineDurationMs(facts.deployment)
  const took = durationMs === undefined ? '' : `in ${formatDuration(durationMs)}`
  const deployed = joinParts(' ', 'Deployed', formatCommitLink(origin), took)
  return [
    joinLine(`${emoji.succeeded} **${formatProgress(request).done}**`, formatUrls(facts)),
    joinLine(deployed, formatLogLink(origin), formatHumanitecLink(facts)),
    formatRemarks(facts),
  ]
}

const formatOtherEnd = (report: Report): readonly string[] => {
  const { ending, facts, origin } = report
  const isFailed = ending.outcome === 'failed'
  const errors = isFailed ? listErrors(facts) : []
  const more = errors.length - mostErrors
  return [
    `${emoji[ending.outcome]} **${isFailed && isPreview(facts.request) ? formatPreviewFailed(facts) : escapeMarkdown(formatHeadline(report))}**`,
    joinLine(isFailed ? formatFailedAfter(facts) : '', formatFactsLine(report), formatLogLink(origin)),
    ...formatProblemBlocks(report),
    formatWord(report),
    formatFirstErrors(errors, mostErrors),
    more > 0 ? joinLine(`… and ${formatCount(more, 'more error')}`, formatLogLink(origin)) : '',
    isFailed ? formatWayBack(report) : '',
    formatRemarks(facts),
  ]
}

const isPreview = (request: Request | undefined): boolean =>
  request?.operation === 'deploy' && request.createFrom !== undefined

/** An earlier state of the preview may well be there: it failed now. */
const formatPreviewFailed = (facts: Facts): string => {
  const errors = listErrors(facts)
  return `${escapeMarkdown(facts.request?.app ?? '')} preview failed${errors.length > 0 ? `: ${escapeMarkdown(formatErrorCount(errors))}` : ''}`
}

/** What is said while it goes on, and when it has succeeded. */
const formatProgress = (request: Request): { readonly going: string; readonly done: string } => {
  const [app, env] = [escapeMarkdown(request.app), escapeMarkdown(request.env)]
  return isPreview(request)
    ? { going: `${app} preview is being deployed`, done: `${app} preview is ready` }
    : { going: `${app} is being deployed to ${env}`, done: `${app} is deployed to ${env}` }
}

const formatLogLink = ({ runUrl }: Origin): string => (runUrl === '' ? '' : formatLink('log', runUrl))

const formatHumanitecLink = ({ request, deployment }: Facts): string =>
  request && deployment ? formatLink('Humanitec', formatDeploymentUrl(request, deployment.id)) : ''

const joinLine = (...parts: readonly string[]): string => joinParts(' · ', ...parts)

/** The marker, then as many blocks as GitHub takes. */
const joinComment = (place: Named, blocks: readonly string[]): string => {
  let comment = `${formatMarker(place)}\n`
  for (const block of blocks.filter(Boolean)) {
    if (comment.length + block.length > mostUnits - 10) return `${comment}\n…\n`
    comment += `\n${block}\n`
  }
  return comment
}
