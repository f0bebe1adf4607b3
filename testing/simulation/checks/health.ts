import type { InspectedWorkload } from '../../simulator/orchestrator/cluster-inspection.ts'
import type { InspectedDeployment } from '../../simulator/orchestrator/inspection.ts'
import type { Oracle } from '../oracle.ts'
import { place } from '../place.ts'
import type { Attempt, Trace } from '../trace.ts'
import { isRecord } from './json.ts'

/** One look at the runtime that could be read: when it was answered, and what there was to be seen. */
type Look = { readonly atMs: number; readonly viewMs: number; readonly workloads: readonly InspectedWorkload[] }

/** What a deployment is held against: its own, and the one whose Set ran before. */
type Deployed = {
  readonly own: InspectedDeployment
  readonly before: InspectedDeployment | undefined
  /** It was there already: then what runs is judged as it is. */
  readonly isWaitedFor: boolean
}

/** What is said of the workloads, held against the cluster as it was at the looks that were answered. */
export const checkHealth = (trace: Trace, oracle: Oracle): string[] =>
  trace.scenario.worlds.cluster
    ? trace.attempts.flatMap((attempt) => (attempt.outcome ? checkAttempt(trace, attempt, oracle) : []))
    : []

const checkAttempt = (trace: Trace, attempt: Attempt, oracle: Oracle): string[] => {
  const deployed = findDeployed(trace, attempt, oracle)
  const looks = listLooks(trace, attempt)
  const last = looks.at(-1)
  const said = attempt.outputs.get('health') ?? ''
  // When a deployment began that was there already, only a right clock tells.
  const isDated = trace.scenario.skewMs === 0 || (attempt.number === 1 && !deployed?.isWaitedFor)
  if (!deployed || said === '' || !isDated || isOvertaken(deployed, oracle, last)) return []
  const watch: Watch = { trace, attempt, deployed, looks }
  return [
    ...(said === 'healthy' ? checkHealthy(watch) : []),
    ...(said === 'unhealthy' ? checkFailing(watch) : []),
    ...(attempt.outcome === 'unhealthy' ? checkUnhealthy(watch) : []),
  ]
}

type Watch = {
  readonly trace: Trace
  readonly attempt: Attempt
  readonly deployed: Deployed
  readonly looks: readonly Look[]
}

const findDeployed = ({ scenario }: Trace, { outputs }: Attempt, { deployments }: Oracle): Deployed | undefined => {
  const index = deployments.findIndex(({ id }) => id === outputs.get('deployment_id'))
  const own = deployments[index]
  const before = deployments.slice(index + 1).find(({ status }) => status === 'succeeded')
  return own && { own, before, isWaitedFor: scenario.kind === 'operation: wait' }
}

/** Then what is seen is a newer deployment's. */
const isOvertaken = ({ own }: Deployed, { deployments }: Oracle, last: Look | undefined): boolean =>
  deployments.some(({ createdMs }) => createdMs > own.createdMs && createdMs <= (last?.atMs ?? 0))

const listLooks = ({ orchestrator, scenario }: Trace, { sendings }: Attempt): readonly Look[] => {
  const lagMs = scenario.worlds.cluster?.plan.runtimeLagMs ?? 0
  return sendings.flatMap(({ operation, seen, record }): Look[] => {
    const body = operation === 'GET runtime' && seen?.kind === 'answer' ? seen.answer.body : undefined
    if (!isRecord(body) || !isRecord(body['modules']) || !record) return []
    const viewMs = record.atMs - lagMs
    return [{ atMs: record.atMs, viewMs, workloads: orchestrator.inspectWorkloads(place, viewMs) }]
  })
}

/** Of the deployed Set, and seen by the cluster. */
const listWatched = ({ trace, deployed }: Watch, { workloads }: Look): readonly InspectedWorkload[] =>
  workloads.filter(
    ({ name, isSeen }) => isSeen && trace.orchestrator.inspectEntry(place, deployed.own.setId, name) !== '',
  )

/** Its entry in the Set is another one, and what is seen is still from before. */
const isAwaited = ({ trace, deployed }: Watch, { name, appliedMs }: InspectedWorkload): boolean => {
  const { own, before, isWaitedFor } = deployed
  const entryOf = (id: string): string => trace.orchestrator.inspectEntry(place, id, name)
  const isChanged = !isWaitedFor && entryOf(before?.setId ?? '') !== entryOf(own.setId)
  return isChanged && appliedMs < own.createdMs && isRolledOutBy(trace, own, name)
}

/** Not every change of an entry makes new pods. */
const isRolledOutBy = (
  { orchestrator, scenario }: Trace,
  { createdMs }: InspectedDeployment,
  name: string,
): boolean => {
  const appliedMs = createdMs + (scenario.worlds.cluster?.plan.appliedAfterMs ?? 0)
  return orchestrator
    .inspectWorkloads(place, appliedMs + 1)
    .some((one) => one.name === name && one.appliedMs === appliedMs)
}

type Container = InspectedWorkload['pods'][number]['containers'][number]

/** A restart is believed after a minute; the runner and the cluster may differ by what a request takes, and write whole seconds. */
const settledMs = 60_000
const slackMs = 6_000

const isFailing = ({ moment, beganMs }: Container, atMs: number, sinceMs: number): boolean => {
  const { state, restarts } = moment
  if (state.kind === 'waiting') return state.reason !== 'ContainerCreating' && state.reason !== 'PodInitializing'
  if (state.kind === 'terminated') return state.exitCode !== 0
  const startedMs = beganMs + state.sinceMs
  return restarts > 0 && startedMs >= sinceMs - 1_000 && atMs - startedMs < settledMs + slackMs
}

const isWell = (container: Container, atMs: number, sinceMs: number): boolean => {
  const { moment, beganMs } = container
  const { state, restarts } = moment
  if (state.kind === 'terminated') return state.exitCode === 0
  if (state.kind !== 'running' || !moment.isReady) return false
  const startedMs = beganMs + state.sinceMs
  return restarts === 0 || startedMs < sinceMs || atMs - startedMs >= settledMs - slackMs - 40_000
}

const runningForMs = 30_000

/** `healthy` is said of what runs, each workload in the version that was deployed; as an end only of what has run for a while. */
const checkHealthy = (watch: Watch): string[] => {
  const { attempt, looks, deployed, trace } = watch
  const last = looks.at(-1)
  if (!last) return [`attempt ${attempt.number} said healthy without having seen it`]
  const isGood = (look: Look): boolean => findIll(watch, look) === undefined
  const isEnd = attempt.outcome === 'succeeded' && trace.scenario.inputs.wait_for === 'healthy'
  // An answer that a signal or the end of the wait has cut off was not looked at.
  const ill = isGood(last) || (!isEnd && looks.slice(-2).some(isGood)) ? undefined : findIll(watch, last)
  const firstBad = looks.findLastIndex((look) => !isGood(look))
  const sinceMs = looks[firstBad + 1]?.atMs ?? last.atMs
  return [
    ...(ill ? [`attempt ${attempt.number} said healthy of ${deployed.own.id}, though ${ill} was not`] : []),
    ...(isEnd && last.atMs - sinceMs < runningForMs - slackMs
      ? [`attempt ${attempt.number} ended healthy after ${last.atMs - sinceMs} ms of running`]
      : []),
  ]
}

const findIll = (watch: Watch, look: Look): string | undefined => {
  const { own, isWaitedFor } = watch.deployed
  const sinceMs = isWaitedFor ? 0 : own.createdMs
  return listWatched(watch, look).find(
    (workload) =>
      // Of one without pods before and after, only the first look tells versions apart.
      (isAwaited(watch, workload) &&
        (workload.pods.length > 0 || (hasFirstLook(watch) && wasSeenFirst(watch, workload)))) ||
      workload.pods.some(({ containers }) => !containers.every((each) => isWell(each, look.viewMs, sinceMs))),
  )?.name
}

/** `unhealthy` is said only of a workload that is deployed and fails, in the version that was deployed if that is another one. */
const checkFailing = (watch: Watch): string[] => {
  const { attempt, looks, deployed } = watch
  const isSeen = looks.slice(-2).some((look) => findFailing(watch, look).length > 0)
  return isSeen ? [] : [`attempt ${attempt.number} said unhealthy of ${deployed.own.id}, of which nothing failed`]
}

const findFailing = (watch: Watch, look: Look): readonly string[] => {
  const { own } = watch.deployed
  const watched = isSetKnown(watch) ? listWatched(watch, look) : look.workloads.filter(({ isSeen }) => isSeen)
  return watched
    .filter((workload) => !isAwaited(watch, workload) || !hasFirstLook(watch))
    .filter(({ pods }) =>
      pods.some(({ containers }) => containers.some((each) => isFailing(each, look.viewMs, own.createdMs))),
    )
    .map(({ name }) => name)
}

/** Without the Set, all that the cluster shows is looked at. */
const isSetKnown = ({ attempt, deployed }: Watch): boolean =>
  attempt.sendings.some(
    ({ operation, call, seen }) =>
      operation === 'GET set' &&
      call.path.includes(deployed.own.setId) &&
      seen?.kind === 'answer' &&
      isRecord(seen.answer.body) &&
      seen.answer.body['id'] === deployed.own.setId &&
      isRecord(seen.answer.body['modules']),
  )

/** Before the deployment reached the cluster as it is seen. Without it, versions can't be told apart. */
const hasFirstLook = ({ trace, looks, deployed, attempt }: Watch): boolean => {
  const { plan } = trace.scenario.worlds.cluster ?? {}
  const [first] = looks
  const isAttached = attempt.number > 1 || deployed.isWaitedFor
  // Of a deployment that was over when it was found, none is made.
  if (first && first.atMs >= deployed.own.statusChangedMs) return false
  if (!first || looks.length < 2 || isAttached || !plan?.hasRevisions) return false
  return (
    first.viewMs < deployed.own.createdMs + (plan.appliedAfterMs ?? 0) && first.atMs < deployed.own.createdMs + 40_000
  )
}

/** The first look showed this version already; one that came in between, somebody else’s, looks like ours. */
const wasSeenFirst = ({ looks: [first] }: Watch, { name, appliedMs }: InspectedWorkload): boolean =>
  first?.workloads.some((one) => one.name === name && one.appliedMs === appliedMs) === true

/** Without revisions, what fails of the version before can't be told from what was deployed, and both are there for a while. */
const isRollingOut = ({ trace, deployed }: Watch, { viewMs }: Look): boolean => {
  const { plan } = trace.scenario.worlds.cluster ?? {}
  return plan?.hasRevisions === false && viewMs < deployed.own.createdMs + (plan.appliedAfterMs ?? 0) + rolloutMs
}

const rolloutMs = 40_000
const failingForMs = 90_000
const timeoutsMs: Readonly<Record<string, number>> = { '1m': 60_000, '90s': 90_000, '2m': 120_000, '10m': 600_000 }

/** Not before its time: a limit has passed, or one workload has failed at every look for a minute and a half, or nothing can be read. */
const checkUnhealthy = (watch: Watch): string[] => {
  const { attempt, looks, trace } = watch
  const { endedMs = 0, deadlineMs, sendings, number } = attempt
  const heard = sendings.find(({ operation, seen }) => {
    const body = operation === 'GET deploy' && seen?.kind === 'answer' ? seen.answer.body : undefined
    return isRecord(body) && body['status'] === 'succeeded' && body['id'] === attempt.outputs.get('deployment_id')
  })
  const limitMs = timeoutsMs[trace.scenario.inputs.health_timeout ?? ''] ?? 300_000
  const isLate = endedMs >= Math.min(deadlineMs, (heard?.seenAtMs ?? attempt.startedMs) + limitMs)
  const last = sendings.findLast(({ operation }) => operation === 'GET runtime')?.seen
  const isUnread = last?.kind === 'failure' || (last?.kind === 'answer' && last.answer.status >= 300)
  if (isLate || isUnread) return []
  const end = looks.at(-1)
  const lasting = end ? findFailing(watch, end) : []
  const isLasting = lasting.some((name) => {
    const since = looks.findLastIndex((look) => !isRollingOut(watch, look) && !findFailing(watch, look).includes(name))
    const fromMs = looks[since + 1]?.atMs ?? Number.POSITIVE_INFINITY
    return (end?.atMs ?? 0) - fromMs >= failingForMs - slackMs
  })
  return isLasting ? [] : [`attempt ${number} ended unhealthy before its time`]
}
