import type { WorkflowContext } from '../../../src/core/run/workflow-context.ts'
import type { World } from '../../../src/world.ts'
import { delta as ourDelta } from '../../example.ts'
import { createRandom } from '../../simulator/chance.ts'
import { usualGitHubToken } from '../../simulator/github.ts'
import { usualToken } from '../../simulator/orchestrator.ts'
import { createVirtualClock } from '../../virtual/virtual-clock.ts'
import { createProcessClock, type VirtualProcess } from '../../virtual/virtual-process.ts'
import { createRunner, createStepWorld, type Inputs } from '../../virtual/virtual-step.ts'
import { createAttempt, runAttempt, type StepScript, tellAttempt } from '../attempt.ts'
import { workflow } from '../place.ts'
import { letPeople } from './people.ts'
import { createWays, type NetworkPlace } from './preview-network.ts'
import { numbers, type PreviewEvent, type PreviewScenario } from './preview-scenario.ts'
import type { PreviewAttempt, PreviewTrace, PullState } from './preview-trace.ts'
import { createServices, home, repository } from './repository.ts'

type Simulation = NetworkPlace & {
  readonly attempts: PreviewAttempt[]
  readonly acts: { readonly atMs: number; readonly text: string }[]
  readonly pulls: Map<number, PullState>
  readonly lastRuns: Map<number, number>
  calmMs: number
}

const beginMs = Date.parse('2026-11-23T17:00:00Z')
/** Longer than any step and its post step take from the moment at which all is well again. */
const settledAfterMs = 1_800_000

/** Plays whole lives of previews: all that the scenario says, and at last the runs that clear everything away. */
export const simulatePreviews = async (scenario: PreviewScenario): Promise<PreviewTrace> => {
  const clock = createVirtualClock(beginMs)
  const simulation: Simulation = {
    ...createServices(scenario, clock),
    scenario,
    clock,
    random: createRandom(scenario.seed ^ 0xfa17),
    startedMs: beginMs,
    pulls: new Map(numbers.map((number) => [number, 'open'])),
    attempts: [],
    acts: [],
    lastRuns: new Map(),
    calmMs: Number.POSITIVE_INFINITY,
    isCalm: () => clock.now() >= simulation.calmMs,
  }
  await clock.run(playAll(simulation))
  const { orchestrator, github, attempts, acts, calmMs } = simulation
  return { scenario, orchestrator, github, attempts, acts, calmMs, startedMs: beginMs, endedMs: clock.now() }
}

/** Each run goes on by itself, whatever comes next. */
const playAll = async (simulation: Simulation): Promise<void> => {
  const { clock, scenario } = simulation
  const under: Promise<void>[] = []
  for (const event of scenario.events) {
    await clock.sleep(event.afterMs)
    under.push(play(simulation, event))
  }
  await Promise.all(under)
  simulation.calmMs = clock.now()
  await clock.sleep(settledAfterMs)
  for (const number of numbers) setPull(simulation, number, 'closed')
  const last = { script: { postAfterMs: 100 }, isLast: true }
  await runStep(simulation, {
    kind: 'prune',
    inputs: { env: 'pr-*', pr_comment: 'true', github_deployment: 'true' },
    ...last,
  })
  for (const number of numbers) {
    const inputs = { env: `pr-${number}`, pr_comment: 'true', github_deployment: 'true' }
    await runStep(simulation, { kind: 'delete', inputs, pullRequest: number, ...last })
  }
}

const play = async (simulation: Simulation, event: PreviewEvent): Promise<void> => {
  const { scenario, clock, acts, lastRuns } = simulation
  switch (event.kind) {
    case 'people':
      if (letPeople(simulation, clock, event.number, event.does))
        acts.push({ atMs: clock.now(), text: `${event.does} (#${event.number})` })
      return
    case 'close without a run':
      return setPull(simulation, event.number, 'closed')
    case 'prune':
      return runStep(simulation, {
        kind: 'prune',
        inputs: { env: 'pr-*', ...scenario.inputs.prune },
        script: event.run,
      })
    case 'delete': {
      const { env, inputs, run } = event
      const number = env === 'production' ? 12 : Number(env.replace('pr-', ''))
      const all = { env, ...scenario.inputs.delete, ...inputs }
      return runStep(simulation, { kind: 'delete', inputs: all, pullRequest: number, script: run })
    }
    case 'close': {
      const { number, run } = event
      setPull(simulation, number, simulation.random() < 0.5 ? 'closed' : 'merged')
      const inputs = { env: `pr-${number}`, ...scenario.inputs.delete }
      return runStep(simulation, { kind: 'delete', inputs, pullRequest: number, script: run })
    }
    case 'push from a fork':
      return runStep(simulation, { ...describeDeployment(scenario, event), isFromFork: true })
    case 'push':
      setPull(simulation, event.number, 'open')
      return runStep(simulation, describeDeployment(scenario, event))
    case 're-run':
      return runStep(simulation, {
        ...describeDeployment(scenario, event),
        attempt: 2,
        ...(lastRuns.has(event.number) && { runId: lastRuns.get(event.number) as number }),
      })
  }
}

const describeDeployment = (
  { inputs }: PreviewScenario,
  { number, run }: { readonly number: number; readonly run: StepScript },
): Step => ({
  kind: 'deploy',
  inputs: { env: `pr-${number}`, create_from: 'production', delta_id: ourDelta, ...inputs.deploy },
  pullRequest: number,
  script: run,
})

const setPull = (simulation: Simulation, number: number, state: PullState): void => {
  if (simulation.pulls.get(number) === state) return
  simulation.pulls.set(number, state)
  simulation.github.setPullState(repository, number, state)
  simulation.acts.push({ atMs: simulation.clock.now(), text: `#${number} is ${state}` })
}

type Step = {
  readonly kind: PreviewAttempt['kind']
  readonly inputs: Inputs
  readonly pullRequest?: number
  readonly script: StepScript
  readonly runId?: number
  readonly attempt?: number
  readonly isFromFork?: boolean
  readonly isLast?: boolean
}

const runStep = async (simulation: Simulation, step: Step): Promise<void> => {
  const { clock, attempts, orchestrator, lastRuns } = simulation
  const { kind, script, pullRequest, attempt: number = 1, runId = 7001 + attempts.length, isLast = false } = step
  if (kind === 'deploy' && pullRequest !== undefined) lastRuns.set(pullRequest, runId)
  const inputs = completeInputs(step)
  const create = (timeoutMs?: number): PreviewAttempt => ({
    ...createAttempt(clock, number, timeoutMs),
    sendings: [],
    github: [],
    kind,
    runId,
    inputs,
    ...(pullRequest !== undefined && { pullRequest }),
    isLast,
  })
  const attempt = create(Number(inputs.timeout) * 1000)
  attempts.push(attempt)
  await runAttempt(attempt, {
    clock,
    script,
    connect: (process, virtual) => createWorld(simulation, step, process, virtual),
    createPost: () => create(),
    onEnd: () => {
      const place = `${home}/${inputs.env}`
      const id = attempt.outputs.get('deployment_id')
      attempt.end = {
        environment: kind === 'prune' ? undefined : orchestrator.inspectEnvironment(place),
        deploymentStatus: orchestrator.inspectDeployments(place).find((deployment) => deployment.id === id)?.status,
      }
    },
  })
}

const completeInputs = ({ kind, inputs, isFromFork = false }: Step): Inputs => ({
  org: 'acme',
  app: 'shop',
  operation: kind,
  token: isFromFork ? '' : usualToken,
  github_token: usualGitHubToken,
  timeout: '1200',
  ...inputs,
})

const createWorld = (simulation: Simulation, step: Step, attempt: PreviewAttempt, process: VirtualProcess): World => {
  const { clock, scenario } = simulation
  return createStepWorld({
    inputs: attempt.inputs,
    workflow: describeWorkflow(step, attempt),
    runner: createRunner(tellAttempt(clock, attempt), process.isOver),
    clock: createProcessClock(clock, process),
    random: createRandom(scenario.seed + attempt.runId),
    cancel: process.cancel,
    ...createWays(simulation, attempt, process),
  })
}

const describeWorkflow = (
  { isFromFork = false }: Step,
  { runId, number, pullRequest }: PreviewAttempt,
): WorkflowContext => ({
  ...workflow,
  eventName: pullRequest === undefined ? 'schedule' : 'pull_request',
  runUrl: `https://github.com/acme/shop/actions/runs/${runId}`,
  attempt: number,
  ...(pullRequest !== undefined && { pullRequest: { number: pullRequest, title: 'Add a feature', isFromFork } }),
})
