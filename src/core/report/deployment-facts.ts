import { determineDurationMs, findRollbackTarget } from '../deployments.ts'
import { parsePreviewName } from '../environments.ts'
import type { DeleteRequest, DeployRequest, Request } from '../inputs/request.ts'
import {
  formatCommitUrl,
  formatDeploymentUrl,
  formatEnvironmentPageUrl,
  formatPullRequestUrl,
  formatRollbackGuideUrl,
} from '../run/links.ts'
import type { Report, RunState } from '../run/result.ts'
import { hasRunUrl, isSameRepository } from '../run/workflow-context.ts'
import { formatAge, formatCount, formatDuration, formatUser, joinParts, joinWords } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatUnreadErrors, hasUnreadErrors, listErrors } from './errors.ts'

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
  const isOwn = !environment || isSameRepository(repository ?? '', workflow.repository)
  const number = pullRequest ?? (environment ? undefined : workflow.pullRequest?.number)
  if (isOwn && number !== undefined)
    return `preview of ${writer.link(`#${number}`, formatPullRequestUrl(workflow, number))}`
  return environment && environment.name !== environment.id ? `named ${writer.markdown(environment.name, 200)}` : ''
}
