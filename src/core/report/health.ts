import type { HealthNews, WorkloadHealth } from '../health.ts'
import type { HealthEvent } from '../run/log-event.ts'
import type { Problem } from '../run/outcome.ts'
import type { UnhealthyWhy } from '../run/reason.ts'
import type { ProblemContext, RunState, SeenHealth } from '../run/result.ts'
import type { FailingContainer } from '../runtime.ts'
import { formatCount, formatDuration, formatElapsed, joinParts, joinWords } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { describeFailure } from './request-problems.ts'

// The health of a deployment's workloads, as lines and sentences. Names, reasons and messages come from outside.

const maxNamed = 5

const maxNameUnits = 60

const maxMessage = 300

// As in core/health.ts, which would otherwise be loaded by every step at its start.

const isGood = ({ state }: WorkloadHealth): boolean => state === 'running' || state === 'stopped'

const isWatched = ({ state }: WorkloadHealth): boolean => state !== 'not_watched'

/** At the last check. */
export const listFailing = ({ health }: RunState): readonly WorkloadHealth[] =>
  health?.workloads.filter(({ state }) => state === 'failing') ?? []

/** Those that aren't running, for whatever reason. */
export const listLate = ({ workloads }: Pick<SeenHealth, 'workloads'>): readonly WorkloadHealth[] =>
  workloads.filter((workload) => isWatched(workload) && !isGood(workload))

/** `web: 0 of 2 ready, ImagePullBackOff · worker: 1 of 1 ready`, five at most. */
export const formatHealthNews = (news: readonly HealthNews[], writer: Writer): string => {
  const more = news.length - maxNamed
  const shown = news
    .slice(0, maxNamed)
    .map((each) => `${writer.line(each.workload, maxNameUnits)}: ${formatReady(each, writer)}`)
  return joinParts(' · ', ...shown, more > 0 && `${more} more`)
}

/** `0 of 2 ready, ImagePullBackOff`. If the wanted number isn't known, only the reason. */
const formatReady = ({ ready, wanted, reason }: Omit<HealthNews, 'workload'>, writer: Writer): string =>
  joinParts(', ', wanted > 0 && `${ready} of ${wanted} ready`, writer.line(reason, maxNameUnits)) || 'not ready'

/** `  03:10  health: 1 of 2 workloads running · web: 0 of 2 ready, ImagePullBackOff`. */
export const formatHealthEvent = (event: HealthEvent, writer: Writer): string => {
  const what = event.error
    ? `${describeFailure(event.error).what} Trying again.`
    : joinParts(
        ' · ',
        countRunning(event.workloads),
        formatHealthNews(listLate(event), writer),
        formatUnseen(event, writer),
      )
  return `  ${formatElapsed(event.elapsedMs)}  health: ${what}`
}

const formatUnseen = ({ workloads }: HealthEvent, writer: Writer): string => {
  const unseen = workloads.filter((workload) => !isWatched(workload))
  return unseen.length === 0 || unseen.length === workloads.length
    ? ''
    : `no controller seen for ${nameWorkloads(unseen, writer)}`
}

const countRunning = (workloads: readonly WorkloadHealth[]): string => {
  const watched = workloads.filter(isWatched)
  if (watched.length === 0) return 'no workload can be seen yet'
  return `${watched.filter(isGood).length} of ${formatCount(watched.length, 'workload')} running`
}

/** `, but web is failing`, for the headline of what was deployed. */
export const formatButFailing = ({ state, writer }: ProblemContext): string => {
  const failing = listFailing(state)
  const verb = failing.length === 1 ? 'is' : 'are'
  return failing.length === 0 ? '' : `, but ${nameWorkloads(failing, writer)} ${verb} failing`
}

/** The same for `wait_for: healthy`, which a workload that isn't running yet fails, too. */
export const formatButNotHealthy = (context: ProblemContext): string => {
  const late = context.state.health ? listLate(context.state.health) : []
  if (listFailing(context.state).length > 0) return formatButFailing(context)
  if (late.length === 0) return ', but is not known to be healthy'
  return `, but ${nameWorkloads(late, context.writer)} ${late.length === 1 ? 'is' : 'are'} not running yet`
}

/** Three at most by name. */
const nameWorkloads = (workloads: readonly Pick<WorkloadHealth, 'workload'>[], writer: Writer): string =>
  workloads.length > 3
    ? formatCount(workloads.length, 'workload')
    : joinWords(
        workloads.map(({ workload }) => writer.line(workload, maxNameUnits)),
        'and',
      )

/** A failing container in a line: `CrashLoopBackOff in main, exit code 1, restarted 4 times: back-off 40s …`. */
export const describeContainer = (
  { container, reason, exitCode, restarts, message }: FailingContainer,
  write: (text: string, maxUnits: number) => string,
  writeMessage = write,
): string => {
  const name = write(container, maxNameUnits)
  const often = `restarted ${restarts === 1 ? 'once' : formatCount(restarts, 'time')}`
  if (reason === 'restarted') return `${name} ${often}, running for less than a minute`
  const facts = joinParts(
    ', ',
    `${write(reason, maxNameUnits)} in ${name}`,
    exitCode !== undefined && `exit code ${exitCode}`,
    restarts > 0 && often,
  )
  return joinParts(': ', facts, writeMessage(message, maxMessage))
}

const maxContainers = 3

/** Each container once for each reason, from the pod with the most restarts: the pods of a workload fail alike. */
export const listContainers = ({ containers }: WorkloadHealth): readonly FailingContainer[] => {
  const groups = Map.groupBy(containers, ({ container, reason }) => JSON.stringify([container, reason]))
  const worst = [...groups.values()].flatMap((group) => group.toSorted((a, b) => b.restarts - a.restarts).slice(0, 1))
  return worst.slice(0, maxContainers)
}

/** `0 of 2 ready, ImagePullBackOff in main: …`: a workload that fails, as plain text. */
export const describeFailing = (workload: WorkloadHealth, writer: Writer): string => {
  const containers = listContainers(workload).map((each) => describeContainer(each, writer.line))
  const { ready, wanted } = workload
  return containers.length === 0
    ? formatReady(workload, writer)
    : joinParts(', ', wanted > 0 && `${ready} of ${wanted} ready`, containers.join('; '))
}

/** Why `wait_for: healthy` did not come true. */
export const describeUnhealthy = (why: UnhealthyWhy, context: ProblemContext): Problem => {
  switch (why.kind) {
    case 'failing':
      return {
        what: `It was deployed, but ${nameWorkloads(
          why.workloads.map((workload) => ({ workload })),
          context.writer,
        )} failed at every check for 90 s.`,
        remedy: suggestLogs(context.state),
      }
    case 'too_late':
      return describeTooLate(why.limit, context)
    case 'unreadable': {
      const { what, remedy } = describeFailure(why.error)
      return {
        what: `It was deployed, but its health could not be read. ${what}`,
        remedy: why.error.status === 403 ? mayNotRead : (remedy ?? 'Look at its workloads in Humanitec.'),
      }
    }
  }
}

const mayNotRead =
  'Give the token’s service user a role that may read the environment’s runtime (Viewer at least), or leave out `wait_for: healthy`.'

const describeTooLate = (limit: 'health_timeout' | 'timeout', context: ProblemContext): Problem => {
  const { request, health } = context.state
  const healthTimeoutMs = request && 'healthTimeoutMs' in request ? request.healthTimeoutMs : 0
  const limitMs = limit === 'timeout' ? (request?.timeoutMs ?? 0) : healthTimeoutMs
  const late = health ? formatHealthNews(listLate(health), context.writer) : ''
  const why =
    late ||
    (health?.workloads.some(isWatched) ? 'all are running, but have not been for 30 s yet' : 'no workload can be seen')
  return {
    what: `It was deployed, but did not become healthy within the ${limit} of ${formatDuration(limitMs)}: ${why}.`,
    remedy: `${suggestLogs(context.state)} If it just starts slowly, set a longer ${limit}.`,
  }
}

const suggestLogs = ({ request }: RunState): string =>
  request && 'logLines' in request && request.logLines === 0
    ? 'Look at the logs of its containers: `log_lines: 50` shows their last lines here.'
    : 'Look at the logs of its containers.'

/** Why its health isn't known; `''` if it wasn't asked for. */
export const formatNotJudged = (state: RunState): string => {
  const { health } = state
  if (!health || !isAsked(state)) return ''
  if (health.notJudged === 'newer_deployment')
    return 'Its health was not checked: a newer deployment has started, and what runs now belongs to that one.'
  if (health.notJudged === 'nothing_watched')
    return 'Its health is not known: Humanitec shows no controller for any of its workloads, as with GitOps.'
  return ''
}

const isAsked = ({ request }: RunState): boolean =>
  request !== undefined && 'waitFor' in request && request.waitFor === 'healthy'

/** Which workloads' health isn't known, while that of others is; `''` if it wasn't asked for. */
export const formatNotWatched = ({ state, writer }: ProblemContext): string => {
  const { health } = state
  if (!health || health.notJudged || !isAsked(state)) return ''
  const unwatched = health.workloads.filter((workload) => !isWatched(workload))
  return unwatched.length === 0
    ? ''
    : `Humanitec shows no controller for ${nameWorkloads(unwatched, writer)}: whether ${unwatched.length === 1 ? 'it runs' : 'they run'} is not known.`
}
