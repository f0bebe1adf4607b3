import { isGoodEnd } from '../../src/core/run/outcome.ts'
import type { World as ActionWorld } from '../../src/world.ts'
import { createRandom } from '../simulator/chance.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { createProcessClock, type VirtualProcess } from '../virtual/virtual-process.ts'
import { createRunner, createStepWorld } from '../virtual/virtual-step.ts'
import { createAttempt, runAttempt, tellAttempt } from './attempt.ts'
import { createNetwork } from './network.ts'
import { scheduleOtherPeople } from './other-people.ts'
import { place, workflow } from './place.ts'
import type { Scenario } from './scenario.ts'
import type { AttemptScript } from './scenario-attempts.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import type { Attempt, Trace } from './trace.ts'

/** Runs a scenario to its end, and until nothing that was sent can take effect any more. */
export const simulate = async (scenario: Scenario): Promise<Trace> => {
  const simulation = createSimulation(scenario)
  const { orchestrator, clock, startedMs, attempts, acts, historyIds } = simulation
  const firstBaseId = orchestrator.inspectEnvironment(place)?.baseId ?? ''
  await clock.run(runAttempts(simulation))
  return { scenario, startedMs, attempts, acts, orchestrator, historyIds, firstBaseId, endedMs: clock.now() }
}

const settledAfterMs = 120_000

const runAttempts = async (simulation: Simulation): Promise<void> => {
  const { scenario, clock, attempts } = simulation
  scheduleOtherPeople(simulation)
  for (const script of scenario.attempts) {
    if (attempts.length > 0) await clock.sleep(script.beginsAfterMs)
    const attempt = await runScript(simulation, script)
    if (attempt.outcome && isGoodEnd(attempt.outcome)) break
  }
  await clock.sleep(settledAfterMs)
}

const runScript = async (simulation: Simulation, script: AttemptScript): Promise<Attempt> => {
  const { clock, attempts } = simulation
  const number = attempts.length + 1
  const attempt = createAttempt(clock, number, Number(simulation.inputs.timeout) * 1000)
  attempts.push(attempt)
  await runAttempt(attempt, {
    clock,
    script,
    connect: (process, virtual) => createActionWorld(simulation, process, virtual),
    createPost: () => createAttempt(clock, number),
  })
  return attempt
}

const createActionWorld = (simulation: Simulation, attempt: Attempt, process: VirtualProcess): ActionWorld => {
  const { clock, scenario } = simulation
  return createStepWorld({
    inputs: { org: 'acme', app: 'shop', env: 'shop-env', token: usualToken, ...simulation.inputs },
    workflow: { ...workflow, attempt: attempt.number },
    runner: createRunner(tellAttempt(clock, attempt), process.isOver),
    clock: createProcessClock(clock, process, scenario.skewMs),
    random: createRandom(scenario.seed + attempt.number),
    cancel: process.cancel,
    humanitec: createNetwork(simulation, attempt, process),
  })
}
