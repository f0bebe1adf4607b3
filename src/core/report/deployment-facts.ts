import { determineDurationMs } from '../deployments.ts'
import type { DeployRequest, Request } from '../inputs/request.ts'
import { formatCommitUrl, formatDeploymentUrl, formatEnvironmentPageUrl } from '../run/links.ts'
import type { Facts, Report } from '../run/outcome.ts'
import { hasRunUrl, type Origin } from '../run/workflow-context.ts'
import { escapeCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatDuration } from '../text/time.ts'
import { joinParts, shortenDeploymentId, shortenHash } from '../text/words.ts'
import { formatDeletionFacts } from './deletion-problems.ts'
import { formatDurationChart } from './duration-chart.ts'
import { hasUnreadErrors, listErrors } from './errors.ts'

/** `[Deployment 9f2c01ab](…) · Delta 4a6330d on 17609cfa · f5a2c1d by octocat`: which deployment, of what, from where. */
export const formatFactsLine = (report: Report): string => {
  const { facts, ending } = report
  if (!facts.request) return ''
  if (facts.request.operation === 'delete') return formatDeletionFacts(report, facts.request)
  const link = ending.outcome === 'unknown' ? formatEnvironmentLink(facts.request) : formatDeploymentLink(facts)
  return joinParts(' · ', link, formatChange(facts), formatAuthor(report), formatNew(facts))
}

/** Where to look for a deployment that may be there. */
const formatEnvironmentLink = (request: Request): string =>
  formatLink(`Deployments of ${request.env}`, formatEnvironmentPageUrl(request))

const formatNew = ({ request, environmentCreated }: Facts): string => {
  const from = request?.operation === 'deploy' && request.createFrom
  return environmentCreated ? `a new environment${from ? ` from ${escapeMarkdown(from)}` : ''}` : ''
}

export const formatDeploymentLink = ({ request, deployment }: Facts): string => {
  if (!request || !deployment) return ''
  return formatLink(`Deployment ${shortenDeploymentId(deployment.id)}`, formatDeploymentUrl(request, deployment.id))
}

const formatChange = ({ request, deployment, base }: Facts): string => {
  if (request?.operation !== 'deploy' && request?.operation !== 'wait') return ''
  const wanted = request.operation === 'deploy' ? request : undefined
  const delta = deployment?.delta_id || wanted?.deltaId
  const baseId = deployment?.from_id || base?.id
  const state = baseId ? `${escapeCode(shortenDeploymentId(baseId))}${formatSource(wanted)}` : ''
  if (delta) return `Delta ${escapeCode(shortenHash(delta))}${state && ` on ${state}`}`
  if (wanted?.setId) return `Set ${escapeCode(shortenHash(wanted.setId))}`
  return state && `the state of ${state}`
}

/** ` from staging`, when the base is another environment's. */
export const formatSource = (request: DeployRequest | undefined): string =>
  request?.base?.kind === 'environment' && request.base.env !== request.env
    ? ` from ${escapeMarkdown(request.base.env)}`
    : ''

/** The commit and its author are the run's; a deployment that was started elsewhere has its own. */
const formatAuthor = (report: Report): string => {
  const { facts, origin } = report
  if (facts.request?.operation === 'prune') return ''
  const commit = isElsewheres(report) ? '' : formatCommitLink(origin)
  const author = isElsewheres(report) ? (facts.deployment?.created_by ?? '') : origin.actor
  return joinParts(' ', commit, author && `by ${escapeMarkdown(author, 100)}`)
}

const isElsewheres = ({ facts: { request, followed, deployment }, origin }: Report): boolean =>
  followed && request?.operation === 'wait' && !hasRunUrl(deployment?.comment ?? '', origin.runUrl)

/** What somebody wrote about this deployment; `''` for what is made from the commit, which the facts name. */
export const formatGivenComment = (report: Report): string => {
  const { request, deployment } = report.facts
  const given = request?.operation === 'deploy' ? request.comment : ''
  const comment = isElsewheres(report) ? (deployment?.comment ?? '') : given
  return comment && `> ${escapeMarkdown(comment, 300)}`
}

export const formatCommitLink = (origin: Origin): string =>
  origin.sha && formatLink(`\`${shortenHash(origin.sha)}\``, formatCommitUrl(origin))

/** `Failed after 48 s`, for ends whose headline doesn't say it. */
export const formatFailedAfter = ({ deployment }: Facts): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : `Failed after ${formatDuration(durationMs)}`
}

const mostUrls = 20
const mostRemarks = 20

/** Where the environment answers, the first one in bold; `''` where no address is known. */
export const formatUrls = ({ environmentUrls }: Facts): string =>
  environmentUrls
    .slice(0, mostUrls)
    .map((url, index) => (index === 0 ? `**${formatUrl(url)}**` : formatUrl(url)))
    .join(' · ')

const formatUrl = (url: string): string => formatLink(url.replace(/^https?:\/\//i, '').replace(/\/$/, ''), url)

/** How long it took against the earlier ones; of one that goes on, what they took, which a timeout's problem says. Failures compare with nothing. */
export const formatChart = ({ facts: { deployment, history }, ending: { outcome } }: Report): string => {
  if (outcome === 'succeeded') return formatDurationChart(history, deployment && determineDurationMs(deployment))
  return deployment && (outcome === 'cancelled' || outcome === 'started') ? formatDurationChart(history, undefined) : ''
}

/** What there is to say of a failure without errors, and of a deployment that nobody waits for. */
export const formatWord = ({ facts, ending: { outcome } }: Report): string => {
  const { deployment } = facts
  if (outcome === 'started' && deployment) {
    return `**Next:** a later job can follow it: ${escapeCode('operation: wait')}, ${escapeCode(`deployment_id: ${deployment.id}`)}`
  }
  if (outcome !== 'failed' || listErrors(facts).length > 0) return ''
  return hasUnreadErrors(facts)
    ? 'Its errors could not be read: they are in Humanitec.'
    : 'Humanitec names no error for it.'
}

/** Whatever a person should know beside the ending. */
export const formatRemarks = ({ remarks }: Facts): string => {
  const more = remarks.length - mostRemarks
  const lines = remarks.slice(0, mostRemarks).map((remark) => `- ${escapeMarkdown(remark)}`)
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}
