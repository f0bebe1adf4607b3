import { isFinal } from '../deployment/deployments.ts'
import { formatEnvironmentPageUrl } from '../run/links.ts'
import type { Report } from '../run/outcome.ts'
import { escapeCode, escapeMarkdown, formatLink } from '../text/escape.ts'
import { formatFold, formatTable } from '../text/markdown-table.ts'
import { formatAge, formatUtc } from '../text/times.ts'
import { joinParts } from '../text/words.ts'
import { formatSource } from './summary-facts.ts'

/** Everything that identifies the deployment in full, under a fold; `''` before the request is known. */
export const formatDetails = (report: Report): string => {
  const [first, ...rows] = listDetails(report).filter(([, value]) => value !== '')
  return first === undefined ? '' : formatFold('Details', formatTable(first, rows))
}

const listDetails = ({
  facts: { request, deployment, base },
  origin,
  nowMs,
}: Report): (readonly [string, string])[] => {
  if (!request) return []
  const { org, app, env, appUrl } = request
  const wanted = request.operation === 'deploy' ? request : undefined
  const baseId = deployment?.from_id || base?.id || ''
  const baseAge =
    base?.id === baseId && base.created_at !== '' ? `${base.status}, ${formatAge(base.created_at, nowMs)}` : ''
  return [
    [
      'environment',
      request.operation === 'prune'
        ? escapeCode(`${org}/${app}/${env}`)
        : formatLink(`${org} / ${app} / ${env}`, formatEnvironmentPageUrl({ appUrl, org, app, env })),
    ],
    ['deployment', escapeCode(deployment?.id ?? '')],
    ['status', escapeMarkdown(deployment?.status ?? '', 100)],
    ['Delta', escapeCode(deployment?.delta_id || wanted?.deltaId || '')],
    ['Set', escapeCode(deployment?.set_id || wanted?.setId || '')],
    ['base', baseId && joinParts(', ', escapeCode(baseId) + formatSource(wanted), escapeMarkdown(baseAge))],
    ['values', escapeCode(wanted?.valueSetVersionId ?? '')],
    ['mode', wanted?.mode ?? ''],
    ['comment', escapeMarkdown(deployment?.comment ?? '', 500)],
    [
      'started',
      joinParts(
        ' ',
        formatUtc(deployment?.created_at ?? ''),
        deployment?.created_by && `by ${escapeCode(deployment.created_by)}`,
      ),
    ],
    ['ended', deployment && isFinal(deployment) ? formatUtc(deployment.status_changed_at) : ''],
    ['workflow&nbsp;run', origin.runUrl && formatLink(origin.runUrl.replace(/^https?:\/\/[^/]+\//, ''), origin.runUrl)],
  ]
}
