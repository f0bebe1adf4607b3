import type { RawInputs } from './core/input-names.ts'
import { parseInputs } from './core/inputs.ts'
import { hasNoSecrets, type Origin } from './core/origin.ts'
import type { Ending, Outcome } from './core/outcome.ts'
import { postStepMs } from './core/limits.ts'
import { parseOpenWork } from './core/open-work.ts'
import { formatMistakes, formatNoSecrets } from './core/problem.ts'
import type { Request } from './core/request.ts'
import { deploy } from './flow/deploy.ts'
import { determineEnding } from './flow/ending.ts'
import { finishKilled } from './flow/finish.ts'
import { followExisting } from './flow/follow.ts'
import { createJournal, type Journal } from './flow/journal.ts'
import { tellAfterwards, tellReport } from './flow/report.ts'
import type { Step } from './flow/step.ts'
import type { Clock, Humanitec, Runner } from './ports.ts'

export type World = {
  readonly inputs: RawInputs
  readonly origin: Origin
  readonly runner: Runner
  readonly clock: Clock
  readonly random: () => number
  /** On the clock: when the action began. */
  readonly startedMs: number
  readonly cancel: AbortSignal
  /** Rejects with a `Stop` when there is no way to the API. */
  readonly connect: (request: Request) => Promise<Humanitec>
}

/** One step of a workflow, from its inputs to its report. Never rejects. */
export const run = async (world: World): Promise<Outcome> => {
  const { runner, origin, clock, startedMs } = world
  const journal = createJournal(runner)
  const ending = await perform(world, journal).catch((error) => determineEnding(error, journal.facts, runner))
  const nowMs = clock.now()
  tellReport(runner, { ending, facts: journal.facts, origin, elapsedMs: nowMs - startedMs, nowMs })
  // What is told is no longer open. After a cancellation, GitHub's pages are still to be told of the deployment.
  journal.saveOpenWork(ending.outcome === 'cancelled' ? { start: undefined } : { start: undefined, deploymentId: undefined })
  return ending.outcome
}

/** The post step: tells what a killed run could not. `saved` is the open work of its state. Never rejects. */
export const finish = async (world: World, saved: string): Promise<void> => {
  const { inputs, origin, clock } = world
  const runner: Runner = { ...world.runner, setOutput: () => undefined, saveState: () => undefined }
  const work = parseOpenWork(saved)
  const request = parseInputs(inputs)
  if (!work || !('operation' in request) || request.operation === 'delete' || request.operation === 'prune') return
  const journal = createJournal(runner, { request, followed: true })
  const startedMs = clock.now()
  const finishWork = async () => {
    const humanitec = await world.connect(request)
    return finishKilled({ ...world, runner, humanitec, journal, startedMs, deadlineMs: startedMs + postStepMs }, request, work)
  }
  const ending = await finishWork().catch((error) => determineEnding(error, journal.facts, runner))
  const nowMs = clock.now()
  tellAfterwards(runner, { ending, facts: journal.facts, origin, elapsedMs: nowMs - startedMs, nowMs })
}

const perform = async (world: World, journal: Journal): Promise<Ending> => {
  const { inputs, origin, startedMs } = world
  if (inputs.token === '' && hasNoSecrets(origin)) return { outcome: 'skipped', problem: formatNoSecrets(origin) }
  const request = parseInputs(inputs)
  if (!('operation' in request)) return { outcome: 'error', problem: formatMistakes(request) }
  journal.note({ request })
  const humanitec = await world.connect(request)
  return operate({ ...world, humanitec, journal, deadlineMs: startedMs + request.timeoutMs }, request)
}

const operate = (step: Step, request: Request): Promise<Ending> => {
  switch (request.operation) {
    case 'deploy':
      return deploy(step, request)
    case 'wait':
      return followExisting(step, request)
    case 'delete':
    case 'prune':
      throw new Error(`operation ${request.operation} is not there yet`)
  }
}
