import { isFinal } from './deployments.ts'
import { formatDuration } from './duration.ts'
import { formatCount, formatErrorCount, listErrors } from './error-groups.ts'
import { determineDurationMs } from './history.ts'
import type { Facts, Outcome, Report } from './outcome.ts'
import type { Request } from './request.ts'

/** One for each end, and nowhere else. */
export const emoji: Readonly<Record<Outcome, string>> = {
  succeeded: '✅',
  failed: '❌',
  timed_out: '⌛',
  cancelled: '🛑',
  started: '🚀',
  deleted: '🧹',
  pruned: '🧹',
  skipped: '⏭️',
  unknown: '❓',
  error: '❌',
}

/** What came of it, in one plain sentence without a full stop. */
export const formatHeadline = (report: Report): string => {
  const { request } = report.facts
  if (!request) return formatHeadlineWithoutRequest(report)
  return headlines[report.ending.outcome](request, report).replace(/^(?:the|not)\b/, capitalize)
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const formatHeadlineWithoutRequest = ({ ending: { outcome, problem } }: Report): string => {
  const mistakes = new Set(problem?.mistakes?.map(({ input }) => input)).size
  if (mistakes > 0) return `Nothing was done: ${formatCount(mistakes, 'input')} ${mistakes === 1 ? 'is' : 'are'} wrong`
  if (outcome === 'skipped') return 'Skipped: nothing was done'
  return outcome === 'cancelled' ? 'Cancelled before anything was done' : 'Nothing was done'
}

type Headline = (request: Request, report: Report) => string

const headlines: Readonly<Record<Outcome, Headline>> = {
  succeeded: ({ app, env }, { facts }) => `${app} deployed to ${env}${formatTook(facts)}`,
  failed: ({ app, env }, { facts }) => {
    const errors = listErrors(facts)
    return `${app} was not deployed to ${env}${errors.length === 0 ? '' : `: ${formatErrorCount(errors)}`}`
  },
  timed_out: (request, { facts }) => `Timed out ${formatMoment(request, facts)}`,
  cancelled: (request, { facts }) => `Cancelled ${formatMoment(request, facts)}`,
  started: ({ app, env }) => `${app} is being deployed to ${env}`,
  deleted: ({ app, env }, { facts }) =>
    facts.deletedEnvironments.length > 0 ? `${env} of ${app} was deleted` : `${env} of ${app} was already gone`,
  pruned: ({ app }, { facts }) => {
    const kept = facts.pruned.filter(({ action }) => action === 'kept').length
    return `${formatCount(facts.deletedEnvironments.length, 'preview')} of ${app} deleted, ${kept.toLocaleString('en-US')} kept`
  },
  skipped: (request) => (isDryRun(request) ? 'Dry run: nothing was deleted' : 'Skipped: nothing was done'),
  unknown: ({ app, env }) => `It is not known whether ${app} is being deployed to ${env}`,
  error: (request, { facts: { deployment } }) =>
    deployment && !isFinal(deployment)
      ? `The deployment of ${request.app} to ${request.env} could not be followed`
      : formatState(request, 'not'),
}

const formatTook = ({ deployment }: Facts): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`
}

/** How far it had come: not begun, under way, over. */
const formatMoment = (request: Request, { deployment }: Facts): string => {
  if (!deployment) return `before ${formatState(request, '')}`
  const { app, env } = request
  return isFinal(deployment)
    ? `after the deployment of ${app} to ${env} had ended: ${deployment.status}`
    : `while ${app} was being deployed to ${env}`
}

const formatState = (request: Request, not: 'not' | ''): string => {
  const { operation, app, env } = request
  const was = not ? 'was not' : 'was'
  switch (operation) {
    case 'deploy':
      return `${app} ${was} deployed to ${env}`
    case 'wait':
      return `the deployment of ${app} to ${env} ${was} found`
    case 'delete':
      return `${env} of ${app} ${was} deleted`
    case 'prune':
      return `${not ? 'not every preview' : 'all previews'} of ${app} ${not ? 'was' : 'were'} looked at`
  }
}

const isDryRun = (request: Request): boolean => 'dryRun' in request && request.dryRun
