import { findNewestSucceeded } from './deployments.ts'
import { formatDuration } from './duration.ts'
import { escapeCode, escapeMarkdown, formatLink } from './escape.ts'
import { determineDurationMs } from './history.ts'
import { formatCommitUrl, formatDeploymentUrl, rollbackGuideUrl } from './links.ts'
import { hasRunUrl, type Origin } from './origin.ts'
import type { Facts, Report } from './outcome.ts'
import { shortenDeploymentId, shortenHash } from './short-ids.ts'
import { formatAge } from './times.ts'

/** `[Deployment 9f2c01ab](…) · Delta 4a6330d on 17609cfa · f5a2c1d by octocat`: which deployment, of what, from where. */
export const formatFactsLine = (report: Report): string => {
  const { facts } = report
  if (!facts.request) return ''
  const isNew = facts.environmentCreated ? 'a new environment' : ''
  return [formatDeploymentLink(facts), formatChange(facts), formatCommit(report), isNew].filter(Boolean).join(' · ')
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
  const on = baseId ? ` on ${escapeCode(shortenDeploymentId(baseId))}` : ''
  if (delta) return `Delta ${escapeCode(shortenHash(delta))}${on}`
  if (wanted?.setId) return `Set ${escapeCode(shortenHash(wanted.setId))}`
  return baseId ? `the state of ${escapeCode(shortenDeploymentId(baseId))}` : ''
}

/** The commit is the run's; of a deployment that another run started, only its comment tells. */
const formatCommit = ({ facts: { deployment, followed, request }, origin }: Report): string => {
  const isElsewheres = request?.operation === 'wait' && !hasRunUrl(deployment?.comment ?? '', origin.runUrl)
  if (followed && isElsewheres) return escapeMarkdown(deployment?.comment ?? '', 200)
  return [formatCommitLink(origin), origin.actor && `by ${escapeMarkdown(origin.actor, 100)}`].filter(Boolean).join(' ')
}

export const formatCommitLink = (origin: Origin): string =>
  origin.sha && formatLink(`\`${shortenHash(origin.sha)}\``, formatCommitUrl(origin))

/** `Failed after 48 s`, for ends whose headline doesn't say it. */
export const formatFailedAfter = ({ deployment }: Facts): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : `Failed after ${formatDuration(durationMs)}`
}

/** Which deployment to go back to, and how; `''` where none succeeded here. */
export const formatWayBack = ({ facts: { history }, nowMs }: Report): string => {
  const good = findNewestSucceeded(history)
  if (!good) return ''
  const age = formatAge(good.created_at, nowMs)
  return (
    `The newest that succeeded here: ${escapeCode(shortenDeploymentId(good.id))}${age && `, ${age}`}. ` +
    `[To go back](${rollbackGuideUrl}): ${escapeCode(`from_deploy_id: ${good.id}`)}`
  )
}
