import { determineDurationMs } from '../deployments.ts'
import type { DeployRequest, Request } from '../inputs/request.ts'
import { formatCommitUrl, formatDeploymentUrl, formatEnvironmentPageUrl } from '../run/links.ts'
import type { Report, RunState } from '../run/outcome.ts'
import { hasRunUrl } from '../run/workflow-context.ts'
import { formatDuration } from '../text/time.ts'
import { formatCount, formatUser, joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatDeletionFacts } from './deletion-problems.ts'
import { formatDurationChart } from './duration-chart.ts'
import { formatUnreadErrors, hasUnreadErrors, listErrors } from './errors.ts'
import { wordRemarks } from './remarks.ts'

/** `[Deployment 9f2c01ab](…) · Delta 4a6330d on 17609cfa · f5a2c1d by octocat`: which deployment, of what, from where. */
export const formatFactsLine = (report: Report): string => {
  const { state, result, writer } = report
  if (!state.request) return ''
  if (state.request.operation === 'delete') return formatDeletionFacts(report, state.request)
  const link =
    result.outcome === 'unknown' ? formatEnvironmentLink(state.request, writer) : formatDeploymentLink(report)
  return joinParts(' · ', link, formatChange(report), formatAuthor(report), formatNew(report))
}

/** Where to look for a deployment that may be there. */
const formatEnvironmentLink = (request: Request, writer: Writer): string =>
  writer.link(`Deployments of ${request.env}`, formatEnvironmentPageUrl(request))

const formatNew = ({ state: { request, environmentCreated }, writer }: Report): string => {
  const from = request?.operation === 'deploy' && request.createFrom
  return environmentCreated ? `a new environment${from ? ` from ${writer.markdown(from)}` : ''}` : ''
}

export const formatDeploymentLink = ({ state: { request, deployment }, writer }: Report): string => {
  if (!request || !deployment) return ''
  return writer.link(`Deployment ${writer.shortId(deployment.id)}`, formatDeploymentUrl(request, deployment.id))
}

const formatChange = ({ state: { request, deployment, deltaId, base }, writer }: Report): string => {
  if (request?.operation !== 'deploy' && request?.operation !== 'wait') return ''
  const wanted = request.operation === 'deploy' ? request : undefined
  const delta = deployment?.delta_id || deltaId || wanted?.deltaId
  const baseId = deployment?.from_id || base?.id
  const state = baseId ? `${writer.code(writer.shortId(baseId))}${formatSource(wanted, writer)}` : ''
  const images = wanted?.images && formatCount(wanted.images.length, 'image')
  const change = delta ? `Delta ${writer.code(writer.shortHash(delta))}` : images
  if (change) return `${change}${state && ` on ${state}`}`
  if (wanted?.setId) return `Set ${writer.code(writer.shortHash(wanted.setId))}`
  return state && `the state of ${state}`
}

/** ` from staging`, when the base is another environment's. */
export const formatSource = (request: DeployRequest | undefined, writer: Writer): string =>
  request?.base?.kind === 'environment' && request.base.env !== request.env
    ? ` from ${writer.markdown(request.base.env)}`
    : ''

/** The commit and its author are the run's; a deployment that was started elsewhere has its own. */
const formatAuthor = (report: Report): string => {
  const { state, workflow, writer } = report
  if (state.request?.operation === 'prune') return ''
  const commit = isElsewheres(report) ? '' : formatCommitLink(report)
  const author = isElsewheres(report) ? (state.deployment?.created_by ?? '') : workflow.actor
  return joinParts(' ', commit && `commit ${commit}`, author && `by ${writer.markdown(formatUser(author), 100)}`)
}

const isElsewheres = ({ state: { request, followed, deployment }, workflow }: Report): boolean =>
  followed && request?.operation === 'wait' && !hasRunUrl(deployment?.comment ?? '', workflow.runUrl)

/** What somebody wrote about this deployment; `''` for what is made from the commit, which the facts name. */
export const formatGivenComment = (report: Report): string => {
  const { request, deployment } = report.state
  const { writer } = report
  const given = request?.operation === 'deploy' ? request.comment : ''
  const comment = isElsewheres(report) ? (deployment?.comment ?? '') : given
  return comment && `> ${writer.markdown(comment, 300)}`
}

export const formatCommitLink = ({ workflow, writer }: Pick<Report, 'workflow' | 'writer'>): string =>
  workflow.sha && writer.link(`\`${writer.shortHash(workflow.sha)}\``, formatCommitUrl(workflow))

/** `Failed after 48 s`, for ends whose headline doesn't say it. */
export const formatFailedAfter = ({ deployment }: RunState): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : `Failed after ${formatDuration(durationMs)}`
}

/** What to do after a failure that Humanitec gives no reason for. */
export const noErrorRemedy =
  'Open the deployment in Humanitec, and look at its resources and at the logs of its containers; then re-run the job.'

const mostUrls = 20
const mostRemarks = 20

/** Where the environment answers, the first one in bold; `''` where no address is known. */
export const formatUrls = ({ state, writer }: Report): string =>
  state.environmentUrls
    .slice(0, mostUrls)
    .map((url, index) => (index === 0 ? `**${formatUrl(url, writer)}**` : formatUrl(url, writer)))
    .join(' · ')

const formatUrl = (url: string, writer: Writer): string =>
  writer.link(url.replace(/^https?:\/\//i, '').replace(/\/$/, ''), url)

/** How long it took against the earlier ones; of one that goes on, what they took, which a timeout's problem says. Failures compare with nothing. */
export const formatChart = ({ state: { deployment, history }, result: { outcome } }: Report): string => {
  if (outcome === 'succeeded') return formatDurationChart(history, deployment && determineDurationMs(deployment))
  return deployment && (outcome === 'cancelled' || outcome === 'started') ? formatDurationChart(history, undefined) : ''
}

/** What there is to say of a failure without errors, and of a deployment that nobody waits for. */
export const formatWord = (report: Report): string => {
  const { state, writer } = report
  const { outcome, problem } = report.result
  const { deployment } = state
  if (outcome === 'started' && deployment) {
    return `**Next:** a later job can follow it: ${writer.code('operation: wait')}, ${writer.code(`deployment_id: ${deployment.id}`)}`
  }
  if (outcome !== 'failed' || problem || listErrors(report).length > 0) return ''
  return hasUnreadErrors(state)
    ? `${writer.markdown(`The deployment failed, and ${formatUnreadErrors(state)}.`, 1500)}\n\n**Next:** open the deployment in Humanitec: they are shown there.`
    : `Humanitec reports no error for it.\n\n**Next:** ${noErrorRemedy}`
}

/** Whatever a person should know beside the ending. */
export const formatRemarks = (report: Report): string => {
  const remarks = wordRemarks(report)
  const more = remarks.length - mostRemarks
  const lines = remarks.slice(0, mostRemarks).map((remark) => `- ${report.writer.markdown(remark)}`)
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}
