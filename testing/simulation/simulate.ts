import { sha256hex } from '../../src/adapters/hash.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { inputNames, type RawInputs } from '../../src/core/inputs/request.ts'
import { postStepMs } from '../../src/core/network/retry-policy.ts'
import { isGoodEnd } from '../../src/core/run/outcome.ts'
import { createWriter } from '../../src/core/text/writer.ts'
import type { Runner } from '../../src/ports.ts'
import { finish } from '../../src/post-step.ts'
import { run } from '../../src/run.ts'
import type { World as ActionWorld } from '../../src/world.ts'
import { createRandom } from '../simulator/chance.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { createNetwork } from './network.ts'
import { scheduleOtherPeople } from './other-people.ts'
import { place, workflow } from './place.ts'
import type { Scenario } from './scenario.ts'
import type { AttemptScript } from './scenario-attempts.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import { createProcessClock, createStepProcess, type StepProcess } from './step-process.ts'
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
    const attempt = await runAttempt(simulation, script)
    if (attempt.outcome && isGoodEnd(attempt.outcome)) break
  }
  await clock.sleep(settledAfterMs)
}

const runAttempt = async (simulation: Simulation, script: AttemptScript): Promise<Attempt> => {
  const { clock, attempts } = simulation
  const stepProcess = createStepProcess(simulation, script)
  const attempt = createAttempt(simulation, attempts.length + 1, Number(simulation.inputs.timeout) * 1000)
  attempts.push(attempt)
  stepProcess.onSignal(() => {
    attempt.signalMs = clock.now()
  })
  const ended = run(createActionWorld(simulation, attempt, stepProcess)).then((outcome) => {
    stepProcess.end()
    attempt.outcome = outcome
    attempt.endedMs = clock.now()
  })
  await Promise.race([ended, stepProcess.death])
  if (attempt.endedMs === undefined) attempt.crashedMs = clock.now()
  if (attempt.state !== '' && script.postAfterMs !== undefined) {
    await clock.sleep(script.postAfterMs)
    attempt.post = await runPostStep(simulation, attempt)
  }
  return attempt
}

const runPostStep = async (simulation: Simulation, { number, state }: Attempt): Promise<Attempt> => {
  const post = createAttempt(simulation, number, postStepMs)
  const stepProcess = createStepProcess(simulation, { beginsAfterMs: 0 })
  await finish(createActionWorld(simulation, post, stepProcess), state)
  post.endedMs = simulation.clock.now()
  return post
}

const createActionWorld = (simulation: Simulation, attempt: Attempt, stepProcess: StepProcess): ActionWorld => {
  const { clock, scenario } = simulation
  const processClock = createProcessClock(clock, scenario.skewMs, stepProcess)
  const network = createNetwork(simulation, attempt, stepProcess)
  return {
    inputs: completeInputs(simulation),
    workflow: { ...workflow, attempt: attempt.number },
    runner: createRunner(simulation, attempt, stepProcess.isOver),
    clock: processClock,
    random: createRandom(scenario.seed + attempt.number),
    sha256hex,
    startedMs: processClock.now(),
    cancel: stepProcess.cancel,
    writer: createWriter((text) => text),
    connect: async ({ org, app }) => createHumanitec(network, { org, app, now: processClock.now }),
    connectGitHub: () => Promise.reject(new Error('Nothing here asks for GitHub.')),
    loadFileReader: () => Promise.reject(new Error('Nothing here names a file.')),
  }
}

const completeInputs = ({ inputs }: Simulation): RawInputs => {
  const given = { org: 'acme', app: 'shop', env: 'shop-env', token: usualToken, ...inputs }
  return { ...emptyInputs, ...given }
}

const emptyInputs = Object.fromEntries(inputNames.map((name) => [name, ''])) as RawInputs

const createAttempt = ({ clock }: Simulation, number: number, timeoutMs: number): Attempt => {
  const startedMs = clock.now()
  return {
    number,
    startedMs,
    deadlineMs: startedMs + timeoutMs,
    sendings: [],
    log: [],
    annotations: [],
    outputs: new Map(),
    ids: new Set(),
    summaries: [],
    state: '',
  }
}

/** Keeps what is said; of what a dead process says, nothing. */
const createRunner = ({ clock }: Simulation, attempt: Attempt, isOver: () => boolean): Runner => {
  const log = (text: string): void => {
    if (!isOver()) attempt.log.push({ atMs: clock.now(), text })
  }
  return {
    info: log,
    debug: (line) => log(`debug: ${line}`),
    group: (title, lines) => {
      log(`▸ ${title}`)
      for (const line of lines) log(`  ${line}`)
    },
    annotate: (annotation) => {
      if (!isOver()) attempt.annotations.push(annotation)
    },
    setOutput: (name, value) => {
      if (isOver()) return
      attempt.outputs.set(name, value)
      if (name === 'deployment_id' && value !== '') attempt.ids.add(value)
    },
    saveState: (_, value) => {
      if (!isOver()) attempt.state = value
    },
    appendSummary: (markdown) => {
      if (!isOver()) attempt.summaries.push(markdown)
      return true
    },
  }
}
