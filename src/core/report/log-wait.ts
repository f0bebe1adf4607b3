import { isFinal } from '../deployments.ts'
import { formatRequestError } from '../network/request-error.ts'
import { heartbeatMs } from '../network/retry-policy.ts'
import type { ExpectedEnd } from '../polling.ts'
import type { LogEvent, StatusEvent, WaitEvent, WaitingFor } from '../run/log-event.ts'
import { formatDuration, formatDurationRange, formatElapsed, formatLast, joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatHealthNews } from './health.ts'
import { describeFailure } from './request-problems.ts'

// Lines of the log about what is waited for.

export const formatWaitEvent = (event: WaitEvent, writer: Writer): string => {
  switch (event.kind) {
    case 'unseen_conflict':
      return formatUnseenConflict(event)
    case 'retrying':
      return formatTimed(event.elapsedMs, `${describeFailure(event.error).what} Trying again.`)
    case 'searching_for_start':
      return `The start had no clear answer (${formatRequestError(event.error)}): looking for it in the list of deployments`
    case 'rate_limited':
      return `Humanitec is rate-limiting this token (429)${event.isLast ? ': the timeout comes before the next try' : `: trying again in ${formatDuration(Math.max(1000, event.delayMs))}`}`
    case 'still_waiting':
      return formatTimed(event.elapsedMs, waitingFor[event.what])
    case 'other_base':
      return formatOtherBase(event, writer)
    case 'rebase_sent_again':
      return `The rebase was sent again: waiting ${formatDuration(event.delayMs)}, until the first request can no longer take effect`
    case 'waiting_for_deletion':
      return `Waiting until the environment ${event.env} is deleted`
    case 'still_deleting':
      return formatTimed(
        event.elapsedMs,
        joinParts(' · ', `${event.env} is still being deleted`, event.error && describeFailure(event.error).what),
      )
    case 'deleting':
      return `Deleting the environment ${event.env}`
    case 'nothing_to_delete':
      return `There is no environment ${event.env} in ${event.app}: nothing is left to delete`
    case 'environment_unreadable':
      return `The environment ${event.env} could not be checked: ${event.message}`
    case 'waiting_for_host':
      return `Waiting for the address of ${event.env}: its DNS or route resource isn’t ready yet`
    case 'host_found':
      return `The address is known after ${formatDuration(event.afterMs)}`
  }
}

/** `isRebased`: the step will end as an error. */
const formatOtherBase = (event: Extract<LogEvent, { kind: 'other_base' }>, { shortId }: Writer): string =>
  `The deployment is based on ${shortId(event.actual)}, not on ${shortId(event.asked)}: the environment’s base changed in between${event.isRebased ? '. It is followed until it has finished' : ''}`

const waitingFor: Readonly<Record<WaitingFor, string>> = {
  start: 'looking for the start',
  conflict: 'looking for the active deployment',
  rate_limit: 'waiting, because of Humanitec’s rate limit',
}

const formatTimed = (elapsedMs: number, what: string): string => `  ${formatElapsed(elapsedMs)}  ${what}`

/** `  00:33  in progress · about 2 min left`. */
export const formatStatusLine = (event: StatusEvent, writer: Writer): string => {
  const { elapsedMs, env, status, expected, error, health, awaitsApproval = false } = event
  const wait = awaitsApproval ? 'waiting for an approval' : undefined
  const note = health ? formatHealthNews(health, writer) : error && `${describeFailure(error).what} Trying again.`
  const hint = note ?? wait ?? (expected && !isFinal({ status }) ? formatExpectedEnd(elapsedMs, expected) : '')
  return `  ${formatElapsed(elapsedMs)}  ${joinParts(' · ', env, status, hint)}`
}

/** At first how long the last ones took, then how much is left; after that, that it takes longer than they did. */
const formatExpectedEnd = (elapsedMs: number, { count, shortestMs, longestMs, remainingMs }: ExpectedEnd): string => {
  const range = formatDurationRange([shortestMs, longestMs])
  const last = `the ${formatLast(count)}`
  if (elapsedMs > longestMs) return `longer than ${last} (${range})`
  if (remainingMs === undefined || elapsedMs < heartbeatMs) return `${last} took ${range}`
  return remainingMs < 15_000
    ? `about to end: ${last} took up to ${formatDuration(longestMs)}`
    : formatRemaining(remainingMs)
}

/** Rounded, since it is an estimate. */
const formatRemaining = (remainingMs: number): string => {
  const roundTo = remainingMs < 55_000 ? 10_000 : remainingMs < 3_600_000 ? 60_000 : 600_000
  return `about ${formatDuration(Math.round(remainingMs / roundTo) * roundTo)} left`
}

const formatUnseenConflict = ({ env, elapsedMs, isLast }: Extract<WaitEvent, { kind: 'unseen_conflict' }>): string =>
  `  ${formatElapsed(elapsedMs)}  another deployment is active in ${env} (409), though none can be seen · ${isLast ? 'the timeout comes first' : 'trying again'}`
