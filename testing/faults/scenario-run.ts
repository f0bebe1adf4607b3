import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workflowUser } from '../simulator/github.ts'
import { createMasks } from '../simulator/runner/masks.ts'
import { type ActionStep, runMainStep, runPostStep, type StepRun } from '../simulator/runner/run-action.ts'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import type { FaultScenario } from './fault-scenario.ts'
import { home } from './place.ts'
import { createTokens, type Tokens } from './secrets.ts'

/** Two servers, and the one run that is to ask them. */
export type Servers = {
  readonly simulator: Simulator
  /** In both of its tokens. */
  readonly run: string
  readonly tokens: Tokens
}

/** A run of the action with its post step, and what the two servers know. */
export type ScenarioRun = Servers & {
  readonly main: StepRun
  readonly post: StepRun
  /** On the servers' clock. */
  readonly startedMs: number
  readonly mainEndedMs: number
  /** Requests to Humanitec before the post step began. */
  readonly mainRequests: number
  /** `org/app/env` of the run, and its base before. */
  readonly place: string
  readonly baseBefore: string
  /** Other environments as they were before, one text each. */
  readonly othersBefore: readonly string[]
}

/** Two servers that know the run's tokens and no others, with all that a scenario needs. */
export const startServers = async (scenario: FaultScenario): Promise<Servers> => {
  // Runs of other processes ask ports of this machine, too.
  const run = randomBytes(3).toString('hex')
  const tokens = createTokens(run)
  const simulator = await startSimulator({
    acceptsAnyDelta: true,
    tokens: { [tokens.humanitec]: { user: 's-github-actions', role: 'developer' } },
    github: {
      tokens: {
        [tokens.github]: {
          user: workflowUser,
          permissions: { contents: 'read', pull_requests: 'write', deployments: 'write' },
        },
      },
    },
  })
  scenario.prepare(simulator, tokens)
  for (const fault of scenario.faults ?? []) simulator.orchestrator.addFault(fault)
  return { simulator, run, tokens }
}

const usualInputs = { org: 'acme', app: 'shop', poll_interval: '1s' }

type Context = Omit<ActionStep, 'simulator'> & { readonly scenario: FaultScenario }

/** Runs both steps, with debug logging on: what is only told then must hold no secret either. */
export const runScenario = async (
  servers: Servers,
  { scenario, inputs, variables, ...rest }: Context,
): Promise<ScenarioRun> => {
  const { simulator, tokens } = servers
  const all: Readonly<Record<string, string>> = {
    ...usualInputs,
    token: tokens.humanitec,
    github_token: tokens.github,
    ...scenario.inputs,
    ...inputs,
  }
  const context: ActionStep = {
    ...rest,
    simulator,
    ...(scenario.event && { event: scenario.event }),
    checkOut: (workspace) => {
      for (const [path, content] of Object.entries(scenario.files ?? {})) writeFileSync(join(workspace, path), content)
    },
    inputs: all,
    variables: { RUNNER_DEBUG: '1', ...variables },
  }
  const place = `${home}/${all['env']}`
  const baseBefore = findBase(simulator, place)
  const othersBefore = describeOthers(simulator, place)
  const masks = createMasks()
  const startedMs = Date.now()
  const main = await runMainStep(context, masks)
  const mainEndedMs = Date.now()
  const mainRequests = simulator.orchestrator.record.length
  const post = await runPostStep(context, main.state, masks)
  return { ...servers, main, post, startedMs, mainEndedMs, mainRequests, place, baseBefore, othersBefore }
}

export const findBase = ({ orchestrator }: Simulator, place: string): string =>
  orchestrator.inspectEnvironment(place)?.baseId ?? ''

/** Environments that the run has no business with. */
export const describeOthers = ({ orchestrator }: Simulator, place: string): readonly string[] => {
  const own = new RegExp(`^${place.replace('*', '[0-9]+')}$`)
  return orchestrator
    .inspectEnvironments(home)
    .map((env) => `${home}/${env}`)
    .filter((other) => !own.test(other))
    .map((other) => {
      const ids = orchestrator.inspectDeployments(other).map(({ id }) => id)
      return JSON.stringify({ other, ...orchestrator.inspectEnvironment(other), ids })
    })
}

/** `POST deploys`, whatever became of them. */
export const listStarts = ({ simulator }: ScenarioRun) =>
  simulator.orchestrator.record.filter(({ operation }) => operation === 'POST deploys')

/** The ids of what was started. */
export const listAccepted = (scenarioRun: ScenarioRun): readonly string[] =>
  listStarts(scenarioRun).flatMap(({ acceptedId }) => (acceptedId === undefined ? [] : [acceptedId]))
