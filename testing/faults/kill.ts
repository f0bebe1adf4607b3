import type { TimedSignal } from '../simulator/runner/child.ts'
import type { Simulator } from '../simulator/server.ts'
import type { KillPlan } from './kill-plan.ts'
import { checkKill } from './kill-promises.ts'
import { home } from './place.ts'
import { runScenario, type ScenarioRun, startServers } from './scenario-run.ts'
import type { Setting } from './setting.ts'

/** What became of a run that was killed. */
export type KillResult = {
  readonly plan: KillPlan
  /** What its tokens are known by. */
  readonly run: string
  readonly problems: readonly string[]
  /** From the first signal to the end of the process; absent when it ended before. */
  readonly leaveMs?: number
  /** A start had been sent and not answered when the signal came. */
  readonly wasInStart: boolean
  readonly end: string
}

export type KilledRun = ScenarioRun & {
  /** On the servers' clock; absent when the process ended first. */
  readonly signalMs?: number
  readonly wasInStart: boolean
}

/** Kills one run, as a runner does or worse, lets the post step follow, and holds both against what is promised. */
export const runKill = async (plan: KillPlan, setting: Setting, isUnderWay = () => {}): Promise<KillResult> => {
  const servers = await startServers(plan.scenario)
  const { simulator, run } = servers
  try {
    slowDown(simulator, plan)
    const sent: number[] = []
    const scenarioRun = await runScenario(servers, {
      scenario: plan.scenario,
      inputs: {},
      dist: setting.dist,
      signals: planSignals(simulator, plan, sent),
      onLine: isUnderWay,
    })
    const [signalMs] = sent
    const wasInStart = signalMs !== undefined && isInStart(simulator, plan, signalMs)
    const killed = { ...scenarioRun, ...(signalMs !== undefined && { signalMs }), wasInStart }
    return {
      plan,
      run,
      problems: checkKill(killed, plan),
      ...(signalMs !== undefined && { leaveMs: scenarioRun.mainEndedMs - signalMs }),
      wasInStart,
      end: scenarioRun.main.signal ?? scenarioRun.main.outputs['outcome'] ?? '',
    }
  } catch (error) {
    return { plan, run, problems: [String(error)], wasInStart: false, end: '' }
  } finally {
    await simulator.close()
  }
}

const slowDown = ({ orchestrator, github }: Simulator, plan: KillPlan): void => {
  const slow = (ms: number) => ({ kind: 'stall', at: 'headers', ms }) as const
  for (const place of [home, ...orchestrator.inspectEnvironments(home).map((env) => `${home}/${env}`)])
    orchestrator.planAll(place, { durationMs: plan.deploymentMs, pendingMs: plan.deploymentMs / 3 })
  if (plan.scenario.end.starts === 0) orchestrator.planDeletion(`${home}/pr-12`, plan.deploymentMs)
  orchestrator.addFault({ on: 'POST deploys', times: Number.POSITIVE_INFINITY, do: slow(plan.startMs) })
  for (const requestLog of [orchestrator, github])
    requestLog.addFault({ on: '*', times: Number.POSITIVE_INFINITY, do: slow(plan.latencyMs) })
}

const planSignals = ({ orchestrator }: Simulator, plan: KillPlan, sent: number[]): readonly TimedSignal[] => {
  const [name, twice] = plan.kind.split(' ')
  const signal = name as NodeJS.Signals
  let dueMs = Number.POSITIVE_INFINITY
  const isDue = (elapsedMs: number): boolean => {
    if (dueMs === Number.POSITIVE_INFINITY && orchestrator.record.length >= plan.after.requests)
      dueMs = (plan.after.requests === 0 ? 0 : elapsedMs) + plan.after.ms
    return elapsedMs >= dueMs
  }
  const note = (isNow: boolean): boolean => {
    if (isNow) sent.push(Date.now())
    return isNow
  }
  const first = { signal, when: ({ elapsedMs }: { elapsedMs: number }) => note(isDue(elapsedMs)) }
  const second = { signal, when: () => note(Date.now() >= (sent[0] ?? 0) + plan.gapMs) }
  return twice ? [first, second] : [first]
}

/** One that came after the signal had been sent before. */
const isInStart = ({ orchestrator }: Simulator, { startMs }: KillPlan, signalMs: number): boolean =>
  orchestrator.record.some(({ operation, atMs }) => operation === 'POST deploys' && signalMs < atMs + startMs)
