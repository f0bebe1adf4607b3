import { parsePreviewName } from '../environment/preview.ts'
import type { DeleteRequest } from '../inputs/request.ts'
import { formatEnvironmentPageUrl, formatPullRequestUrl } from '../run/links.ts'
import type { Origin } from '../run/origin.ts'
import type { Facts, Report } from '../run/outcome.ts'
import { escapeMarkdown, formatLink } from '../text/escape.ts'
import { joinParts } from '../text/words.ts'

/** `acme / shop / pr-12 · type development · preview of #12 · by octocat`: what was to be deleted, whose it was, and who wanted it. */
export const formatDeletionFacts = ({ ending, facts, origin }: Report, request: DeleteRequest): string => {
  const place = `${request.org} / ${request.app} / ${request.env}`
  const { type = '' } = facts.environment ?? {}
  return joinParts(
    ' · ',
    ending.outcome === 'deleted' ? escapeMarkdown(place) : formatLink(place, formatEnvironmentPageUrl(request)),
    type && `type ${escapeMarkdown(type, 100)}`,
    formatOwner(facts, origin),
    origin.actor && `by ${escapeMarkdown(origin.actor, 100)}`,
  )
}

/** The pull request of a preview, else whatever name a person gave. Of one that couldn't be read, the event's pull request. */
const formatOwner = ({ environment }: Facts, origin: Origin): string => {
  const { repository, pullRequest } = parsePreviewName(environment?.name ?? '') ?? {}
  const isOurs = !environment || repository?.toLowerCase() === origin.repository.toLowerCase()
  const number = pullRequest ?? (environment ? undefined : origin.pullRequest?.number)
  if (isOurs && number !== undefined)
    return `preview of ${formatLink(`#${number}`, formatPullRequestUrl(origin, number))}`
  return environment && environment.name !== environment.id ? `named ${escapeMarkdown(environment.name, 200)}` : ''
}
