import { runActionStep } from './action-step.ts'
import { addPlannedEnvironment, createFleetApi, type FleetApi } from './api.ts'
import { runPlainStep } from './plain-step.ts'
import { type Cell, determineSettledMs, type PlannedStep, planSteps } from './plan.ts'

/** The action's own default. */
const timeoutMs = 1_800_000

/** What became of a fleet. */
export type Figures = {
  readonly steps: number
  /** Those whose deployment began. */
  readonly started: number
  /** Steps that ended red. All deployments succeed, and none takes longer than the timeout leaves: no step is to blame. */
  readonly red: number
  readonly requestsPerStep: number
  /** Of all requests. */
  readonly refusedShare: number
  /** Of those after the first minute. */
  readonly lateRefusedShare: number
  /** Seconds from a step's begin to its deployment's, of those that got one. */
  readonly slowestStartSeconds: number
  /** How much longer than its deployment a green step took, the slowest over the median. */
  readonly fairness: number
  readonly peakPerSecond: number
  /** Of the same. */
  readonly medianExtraSeconds: number
}

type End = { readonly step: PlannedStep; readonly isGreen: boolean; readonly tookMs: number }

/** Runs all steps of a fleet in virtual time to their ends. The same cell gives the same figures. */
export const runFleet = async (cell: Cell): Promise<Figures> => {
  const api = createFleetApi(cell)
  const steps = planSteps(cell)
  for (const step of steps) addPlannedEnvironment(api, step)
  const ends: End[] = []
  const runOne = async (step: PlannedStep): Promise<void> => {
    await api.clock.sleep(step.beginsMs)
    const isGreen = await runStep(api, cell, step)
    ends.push({ step, isGreen, tookMs: api.clock.now() - api.beganMs - step.beginsMs })
  }
  await api.clock.run(Promise.all(steps.map(runOne)))
  return determineFigures(api, ends, determineSettledMs(cell) / 1000)
}

const runStep = (api: FleetApi, { kind }: Cell, { index }: PlannedStep): Promise<boolean> =>
  kind === 'action'
    ? runActionStep(api, index, timeoutMs)
    : runPlainStep(api, { index, timeoutMs, repeats: kind === 'fixed 5 s, a 429 is a poll' })

const determineFigures = ({ traffic, beganMs }: FleetApi, ends: readonly End[], settledSeconds: number): Figures => {
  const seconds = Object.values(traffic.seconds)
  const late = traffic.seconds.slice(settledSeconds).filter((second) => second !== undefined)
  const extras = ends
    .filter(({ isGreen }) => isGreen)
    .map(({ tookMs, step }) => (tookMs - step.durationMs) / 1000)
    .toSorted((a, b) => a - b)
  const median = extras[extras.length >> 1] ?? Number.NaN
  const starts = ends.flatMap(({ step }) => {
    const startedMs = traffic.startedMs.get(step.index)
    return startedMs === undefined ? [] : [(startedMs - beganMs - step.beginsMs) / 1000]
  })
  return {
    steps: ends.length,
    started: starts.length,
    red: ends.filter(({ isGreen }) => !isGreen).length,
    requestsPerStep: traffic.requests / ends.length,
    refusedShare: shareOfRefused(seconds),
    lateRefusedShare: shareOfRefused(late),
    slowestStartSeconds: starts.reduce((most, each) => Math.max(most, each), 0),
    fairness: (extras.at(-1) ?? Number.NaN) / median,
    peakPerSecond: seconds.reduce((most, { requests }) => Math.max(most, requests), 0),
    medianExtraSeconds: median,
  }
}

const shareOfRefused = (seconds: FleetApi['traffic']['seconds']): number => {
  const requests = seconds.reduce((sum, second) => sum + second.requests, 0)
  return requests === 0 ? 0 : seconds.reduce((sum, second) => sum + second.refused, 0) / requests
}
