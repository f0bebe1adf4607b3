import { determineDurationMs, findRollbackTarget } from '../deployments.ts'
import { parsePreviewName } from '../environments.ts'
import type { DeleteRequest, DeployRequest, Request } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import {
  formatCommitUrl,
  formatDeploymentUrl,
  formatEnvironmentPageUrl,
  formatPullRequestUrl,
  formatRollbackGuideUrl,
} from '../run/links.ts'
import type { Remark } from '../run/reason.ts'
import type { Report, RunState } from '../run/result.ts'
import { hasRunUrl } from '../run/workflow-context.ts'
import { formatAge, formatCount, formatDuration, formatUser, joinParts, joinWords } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatUnreadErrors, hasUnreadErrors, listErrors } from './errors.ts'
import { formatApprovals, formatPlace, formatRunUrl } from './pipeline-problems.ts'
import { describeFailure } from './request-problems.ts'

/** `[Deployment 9f2c01ab](…) · Delta 4a6330d on 17609cfa · f5a2c1d by octocat`: which deployment, of what, from where. */
export const formatFactsLine = (report: Report): string => {
  const { state, result, writer } = report
  if (!state.request) return ''
  if (state.request.operation === 'delete') return formatDeletionFacts(report, state.request)
  const link =
    result.outcome === 'unknown' ? formatEnvironmentLink(state.request, writer) : formatDeploymentLink(report)
  return joinParts(' · ', link, formatChange(report), formatAuthor(report), formatNew(report))
}

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

/** The run's commit and author; for a deployment that was started elsewhere, its own author. */
const formatAuthor = (report: Report): string => {
  const { state, workflow, writer } = report
  if (state.request?.operation === 'prune') return ''
  const commit = isStartedElsewhere(report) ? '' : formatCommitLink(report)
  const author = isStartedElsewhere(report) ? (state.deployment?.created_by ?? '') : workflow.actor
  return joinParts(' ', commit && `commit ${commit}`, author && `by ${writer.markdown(formatUser(author), 100)}`)
}

const isStartedElsewhere = ({ state: { request, followed, deployment }, workflow }: Report): boolean =>
  followed && request?.operation === 'wait' && !hasRunUrl(deployment?.comment ?? '', workflow.runUrl)

/** A comment that a person wrote; `''` for a generated one, whose commit is in the facts line. */
export const formatGivenComment = (report: Report): string => {
  const { request, deployment } = report.state
  const { writer } = report
  const given = request?.operation === 'deploy' ? request.comment : ''
  const comment = isStartedElsewhere(report) ? (deployment?.comment ?? '') : given
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

const maxUrls = 20

const maxRemarks = 20

/** The environment's URLs, the first one in bold; `''` if none is known. */
export const formatUrls = ({ state, writer }: Report): string =>
  state.environmentUrls
    .slice(0, maxUrls)
    .map((url, index) => (index === 0 ? `**${formatUrl(url, writer)}**` : formatUrl(url, writer)))
    .join(' · ')

const formatUrl = (url: string, writer: Writer): string =>
  writer.link(url.replace(/^https?:\/\//i, '').replace(/\/$/, ''), url)

/** The next step after a failure without errors, or with `wait: false`. */
export const formatFollowUp = (report: Report): string => {
  const { state, writer } = report
  const { outcome, problem } = report.result
  const { deployment } = state
  if (outcome === 'started' && deployment) {
    return `**Next:** a later job can follow it: ${writer.code('operation: wait')}, ${writer.code(`deployment_id: ${deployment.id}`)}`
  }
  if (outcome !== 'failed' || problem || listErrors(report).length > 0) return ''
  return hasUnreadErrors(state)
    ? `${writer.markdown(`The deployment failed, and ${formatUnreadErrors(state)}.`, 1500)}\n\n**Next:** open the deployment in Humanitec: the errors are shown there.`
    : `Humanitec reports no error for it.\n\n**Next:** ${noErrorRemedy}`
}

/** A list in Markdown. */
export const formatRemarks = (report: Report): string => {
  const remarks = report.state.remarks.map((remark) => describeRemark(remark, report.state, report.writer))
  const more = remarks.length - maxRemarks
  const lines = remarks.slice(0, maxRemarks).map(({ sentences, runUrl }) => {
    return `- ${joinParts(' ', report.writer.markdown(sentences), runUrl && report.writer.link('Pipeline run', runUrl))}`
  })
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}

/** As plain text, a sentence or two each; not escaped yet. */
export const describeRemarks = ({ state, writer }: Pick<Report, 'state' | 'writer'>): readonly string[] =>
  state.remarks.map((remark) => {
    const { sentences, runUrl } = describeRemark(remark, state, writer)
    return joinParts(' ', sentences, runUrl)
  })

/** `runUrl`: the page of the pipeline run that they are about. */
type RemarkWords = { readonly sentences: string; readonly runUrl?: string }

const describeRemark = (remark: Remark, state: RunState, writer: Writer): RemarkWords => ({
  sentences: formatSentences(remark, state, writer),
  ...(aboutRuns.has(remark.kind) && { runUrl: formatRunUrl(state) }),
})

const aboutRuns: ReadonlySet<Remark['kind']> = new Set([
  'run_unreadable',
  'run_waits_for_approval',
  'run_deploys_elsewhere',
  'run_goes_on',
  'run_end_unclear',
  'no_deployment_yet',
])

const formatSentences = (remark: Remark, state: RunState, { shortId }: Writer): string => {
  switch (remark.kind) {
    case 'base_left':
      return formatBaseLeft(remark)
    case 'base_of_others':
      return `The environment’s base has been changed to ${remark.id} in the meantime: it was left as it is.`
    case 'built_on_other_base':
      return `The deployment builds on ${shortId(remark.actual)}, not on ${shortId(remark.named)}, which was the environment’s base when the step read it.`
    case 'address_unknown':
      return `The environment’s URL is not known. ${formatWhy(remark.why)}`
    case 'run_unreadable':
      return `The pipeline run could not be read after the deployment had succeeded, so it is not known whether a later check failed. ${describeFailure(remark.error).what}`
    case 'run_waits_for_approval':
      return `The pipeline run goes on after this deployment, and is waiting for an approval: ${formatApprovals(remark.approvals)}.`
    case 'run_deploys_elsewhere':
      return `The pipeline run goes on after this deployment, with a deployment to ${remark.env}.`
    case 'run_goes_on': {
      const place = formatPlace(remark)
      return `The pipeline run goes on after this deployment${place && `,${place}`}.`
    }
    case 'run_end_unclear':
      return `The pipeline run has ended (${remark.status || 'without a status'}), but its jobs could not be read, so it is not known whether it succeeded.`
    case 'active_beside_plan':
      return `Deployment ${shortId(remark.id)} is active in ${state.request?.env}: what runs there may change soon.`
    case 'no_deployment_yet':
      return `A pipeline has the request, but has not started a deployment yet. A later job can follow it with operation: wait and pipeline_run.`
  }
}

const formatBaseLeft = ({ rebase, isUnsure, isHeld }: Extract<Remark, { kind: 'base_left' }>): string => {
  const { newBaseId, previousBaseId } = rebase
  const left = isUnsure
    ? `The environment’s base may have been left at ${newBaseId}: whether the deployment that was to build on it has been made could not be read.`
    : isHeld
      ? `The environment’s base was left at ${newBaseId}, for the deployment that the pipeline run may still start.`
      : `The environment’s base was left at ${newBaseId}, and the next deployment will build on it.`
  if (previousBaseId === '' || previousBaseId === newBaseId) return left
  // To restore it under a run that may still deploy would give that deployment the wrong base.
  return `${left} It was ${previousBaseId} before: to restore it${isHeld ? ', once the run has ended without a deployment' : ''}, deploy with from_deploy_id: ${previousBaseId}.`
}

const formatWhy = (why: 'timeout' | 'no_host' | FailureDetails): string => {
  if (why === 'timeout') return 'The timeout passed before it could be read.'
  return why === 'no_host' ? 'Its DNS or route resource isn’t ready yet.' : describeFailure(why).what
}

/** Which deployment to go back to, and how, in Markdown; `''` where none succeeded here. */
export const formatRollbackHint = ({ state, workflow, nowMs, writer }: Report): string => {
  const { request } = state
  const good = findRollbackTarget(state)
  if (!good || !request) return ''
  const age = formatAge(good.created_at, nowMs)
  const link = writer.link(`\`${writer.shortId(good.id)}\``, formatDeploymentUrl(request, good.id))
  const guide = writer.link('To go back', formatRollbackGuideUrl(workflow))
  return (
    `The latest successful deployment here is ${link}${age && `, ${age}`}. ${guide}, deploy with this${formatReplaced(request, writer.code)}:\n\n` +
    writer.codeBlock(`from_deploy_id: ${good.id}`, 300)
  )
}

/** The same as a line of plain text; not escaped yet. */
export const formatRollbackHintLine = ({ state, nowMs, writer }: Report): string => {
  const { request } = state
  const good = findRollbackTarget(state)
  if (!good || !request) return ''
  const named = joinParts(', ', writer.shortId(good.id), formatAge(good.created_at, nowMs))
  return (
    `To go back to the latest successful deployment here (${named}), ` +
    `deploy with from_deploy_id: ${good.id}${formatReplaced(request, (input) => input)}`
  )
}

/** What from_deploy_id replaces: a Delta or a Score file left in would be applied on top, other changes refused. */
const formatReplaced = (request: Request, format: (input: string) => string): string => {
  const inputs = listChanges(request).map((input) => format(input))
  return inputs.length > 0 ? ` in place of ${joinWords(inputs, 'and')}` : ''
}

const listChanges = (request: Request): readonly string[] => {
  if (request.operation !== 'deploy') return []
  const { deltaId, images, score, setId, base, redeploy } = request
  return [
    deltaId !== undefined && 'delta_id',
    images !== undefined && 'images',
    score !== undefined && 'score',
    score?.overrides !== undefined && 'score_overrides',
    score?.extensions !== undefined && 'score_extensions',
    setId !== undefined && 'set_id',
    base?.kind === 'environment' && 'from_env',
    redeploy && 'redeploy',
  ].filter((input) => input !== false)
}

/** `acme / shop / pr-12 · type development · preview of #12 · by octocat`: what was to be deleted, whose it was, and who wanted it. */
const formatDeletionFacts = (report: Report, request: DeleteRequest): string => {
  const { result, state, workflow, writer } = report
  const place = `${request.org} / ${request.app} / ${request.env}`
  const { type = '' } = state.environment ?? {}
  return joinParts(
    ' · ',
    result.outcome === 'deleted' ? writer.markdown(place) : writer.link(place, formatEnvironmentPageUrl(request)),
    type && `type ${writer.markdown(type, 100)}`,
    formatOwner(report),
    workflow.actor && `by ${writer.markdown(workflow.actor, 100)}`,
  )
}

/** The pull request of a preview, else the name that a person gave. If the environment wasn't read, the event's pull request. */
const formatOwner = ({ state: { environment }, workflow, writer }: Report): string => {
  const { repository, pullRequest } = parsePreviewName(environment?.name ?? '') ?? {}
  const isOwn = !environment || repository?.toLowerCase() === workflow.repository.toLowerCase()
  const number = pullRequest ?? (environment ? undefined : workflow.pullRequest?.number)
  if (isOwn && number !== undefined)
    return `preview of ${writer.link(`#${number}`, formatPullRequestUrl(workflow, number))}`
  return environment && environment.name !== environment.id ? `named ${writer.markdown(environment.name, 200)}` : ''
}
