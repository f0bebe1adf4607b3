import { findRollbackTarget } from '../deployments.ts'
import type { Request } from '../inputs/request.ts'
import { formatDeploymentUrl, formatRollbackGuideUrl } from '../run/links.ts'
import type { Report } from '../run/outcome.ts'
import { formatAge } from '../text/time.ts'
import { joinParts, joinWords } from '../text/words.ts'

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

/** The same as a line of plain text; it is not neutral yet. */
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

/** A Delta that stayed beside it would be applied on top, and other changes would be refused. */
const formatReplaced = (request: Request, format: (input: string) => string): string => {
  const inputs = listChanges(request).map((input) => format(input))
  return inputs.length > 0 ? ` in place of ${joinWords(inputs, 'and')}` : ''
}

const listChanges = (request: Request): readonly string[] => {
  if (request.operation !== 'deploy') return []
  const { deltaId, images, setId, base, redeploy } = request
  return [
    deltaId !== undefined && 'delta_id',
    images !== undefined && 'images',
    setId !== undefined && 'set_id',
    base?.kind === 'environment' && 'from_env',
    redeploy && 'redeploy',
  ].filter((input) => input !== false)
}
