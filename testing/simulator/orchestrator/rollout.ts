import { hash } from 'node:crypto'
import type { PlannedWorkload, WorkloadPlan } from './cluster.ts'
import {
  type Behaviour,
  determineCompletionMs,
  determineMoment,
  determineReadyMs,
  initializing,
  type Moment,
} from './containers.ts'
import { type SetContents, toCanonicalText } from './set-contents.ts'
import type { App, DeploymentState, EnvironmentState } from './state.ts'

/** One deployment's version of a workload. */
export type Rollout = {
  readonly workload: string
  readonly revision: number
  readonly appliedMs: number
  readonly plan: WorkloadPlan
  readonly speed: number
}

export type Pod = {
  readonly name: string
  readonly revision: number
  /** None while no node was found. */
  readonly containers: readonly {
    readonly name: string
    readonly moment: Moment
    /** The time that the moment's own times count from. */
    readonly beganMs: number
    readonly speed: number
  }[]
}

/**
 * The workload's rollouts as far as the cluster has heard of them, oldest first; the last one is what it should be. None when
 * the last Set doesn't have it.
 */
export const listRollouts = (
  { sets }: App,
  { deployments, cluster }: EnvironmentState,
  workload: string,
  speed: number,
  atMs: number,
): readonly Rollout[] => {
  const planned = cluster.workloads.filter(({ name }) => name === workload)
  const outside = planned.at(-1)?.plan.isOutsideSet ? 'outside of every Set' : ''
  let rollouts: readonly Rollout[] = []
  let revision = 0
  let before: string | undefined
  for (const deployment of deployments) {
    const appliedMs = deployment.createdMs + cluster.plan.appliedAfterMs / speed
    if (!deployment.isRolledOut || appliedMs > atMs) continue
    const entry = describeEntry(sets.get(deployment.setId), workload) || outside
    const plan = findPlan(planned, deployment)
    if (entry === '') rollouts = []
    else if (plan && (rollouts.length === 0 || isChanged(plan, before, entry)))
      rollouts = [...rollouts, { workload, revision: ++revision, appliedMs, plan, speed }]
    before = entry
  }
  return rollouts
}

/** The same for equal entries, whatever the order of their fields; `''` where the Set has none. */
export const describeEntry = (set: SetContents | undefined, workload: string): string => {
  const entry = set?.modules[workload] ?? set?.workloads[workload]
  return entry ? toCanonicalText(entry) : ''
}

/** What is planned for a later deployment was there before, and healthy. */
const findPlan = (planned: readonly PlannedWorkload[], { createdMs }: DeploymentState): WorkloadPlan | undefined => {
  const [first] = planned
  return planned.findLast(({ fromMs }) => fromMs <= createdMs)?.plan ?? (first && makeHealthy(first.plan))
}

const makeHealthy = (plan: WorkloadPlan): WorkloadPlan => {
  const healthy: Behaviour = plan.kind === 'Job' ? { does: 'complete' } : { does: 'run' }
  const toHealthy = (containers: WorkloadPlan['containers'], behaviour: Behaviour): WorkloadPlan['containers'] =>
    Object.fromEntries(Object.keys(containers).map((name) => [name, behaviour]))
  return {
    ...plan,
    containers: toHealthy(plan.containers, healthy),
    initContainers: toHealthy(plan.initContainers, { does: 'complete', runsForMs: 1_000 }),
  }
}

const isChanged = ({ changesWith }: WorkloadPlan, before: string | undefined, entry: string): boolean =>
  changesWith === 'the Set' ? before !== entry : changesWith === 'every deployment'

/**
 * The pods of a workload: those of its last rollout, and beside them, until these have all been ready, those of the rollout
 * before that was ready last. A job has no old ones.
 */
export const listPods = (rollouts: readonly Rollout[], atMs: number): readonly Pod[] => {
  const current = rollouts.at(-1)
  if (!current) return []
  const own = describePods(current, atMs)
  if (own.length === 0 || current.plan.kind === 'Job' || wasReady(current, atMs)) return own
  const old = rollouts.findLast((rollout, index) => {
    const next = rollouts[index + 1]
    return next !== undefined && wasReady(rollout, next.appliedMs)
  })
  return [...(old ? describePods(old, atMs) : []), ...own]
}

const wasReady = ({ plan, appliedMs, speed }: Rollout, atMs: number): boolean => {
  const readyMs = Math.max(...Object.values(plan.containers).map(determineReadyMs)) + determineInitMs(plan)
  return (atMs - appliedMs) * speed >= readyMs
}

const determineInitMs = ({ initContainers }: WorkloadPlan): number =>
  Object.values(initContainers).reduce((sum, behaviour) => sum + determineCompletionMs(behaviour), 0)

const describePods = (rollout: Rollout, atMs: number): readonly Pod[] =>
  Array.from({ length: rollout.plan.replicas }, (_, index) => describePod(rollout, index, atMs))

const describePod = (rollout: Rollout, index: number, atMs: number): Pod => {
  const { workload, revision, appliedMs, speed } = rollout
  const plan = index < rollout.plan.healthyReplicas ? makeHealthy(rollout.plan) : rollout.plan
  const pod = { name: formatPodName(workload, revision, index), revision }
  const behaviours = Object.values(plan.containers)
  if (behaviours.some(({ does }) => does === 'find no node')) return { ...pod, containers: [] }
  let beganMs = appliedMs
  let isHeld = false
  const describe = (name: string, behaviour: Behaviour) => {
    const moment = isHeld ? initializing : determineMoment(behaviour, name, (atMs - beganMs) * speed)
    return { name, moment, beganMs, speed }
  }
  const inits = Object.entries(plan.initContainers).map(([name, behaviour]) => {
    const described = describe(name, behaviour)
    const endMs = beganMs + determineCompletionMs(behaviour) / speed
    isHeld = isHeld || atMs < endMs
    beganMs = endMs
    return described
  })
  return { ...pod, containers: [...inits, ...Object.entries(plan.containers).map((entry) => describe(...entry))] }
}

const formatPodName = (workload: string, revision: number, index: number): string => {
  const digits = (text: string): string => hash('sha1', text).slice(0, 5)
  return `${workload}-${digits(`${workload}/${revision}`)}-${digits(`${workload}/${revision}/${index}`)}`
}
