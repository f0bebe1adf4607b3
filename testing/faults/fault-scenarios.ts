import type { Fault } from '../simulator/faults.ts'
import { workflowUser } from '../simulator/github.ts'
import { createOtherEvent, createPullRequestEvent, type WorkflowEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'
import {
  inspectComments,
  inspectDelta,
  inspectDeployments,
  inspectOnly,
  inspectPromotion,
  marker,
} from './inspections.ts'
import { delta, home, repository } from './place.ts'
import type { Tokens } from './secrets.ts'

/** How a run ends: the outcome, how many starts were sent, and whether the outputs name a deployment. */
export type End = { readonly outcome: string; readonly starts: number; readonly hasId: boolean }

export type FaultScenarioName = keyof typeof faultScenarios

/** A run of the action in which every request of some kind is made. */
export type FaultScenario = {
  readonly inputs: Readonly<Record<string, string>>
  readonly event?: WorkflowEvent
  readonly prepare: (simulator: Simulator, tokens: Tokens) => void
  /** What goes wrong anyway. */
  readonly faults?: readonly Fault[]
  /** Without any other fault. */
  readonly end: End
  /** What isn't as it should be in Humanitec, when the run has come to this end. */
  readonly inspectHumanitec: (simulator: Simulator) => readonly string[]
  /** What isn't as it should be on GitHub, when all went well there. */
  readonly inspectGitHub?: (simulator: Simulator) => readonly string[]
}

const pullRequest = createPullRequestEvent({ action: 'synchronize' })

const addPast = ({ orchestrator }: Simulator, env: string, status: 'succeeded' | 'failed' = 'succeeded'): void => {
  orchestrator.addEnvironment(`${home}/${env}`, {
    plan: { durationMs: 500, pendingMs: 200 },
    resources: [{ type: 'dns', host: '{env}.acme.test' }],
    history: [
      { agoSeconds: 7200, durationSeconds: 60, status: 'succeeded' },
      { agoSeconds: 3600, durationSeconds: 60, status },
    ],
  })
}

const addPreview = (simulator: Simulator, env: string): void => {
  const { orchestrator } = simulator
  addPast(simulator, 'development')
  orchestrator.addEnvironment(`${home}/${env}`, { name: `${repository}#12` })
}

const started: End = { outcome: 'succeeded', starts: 1, hasId: true }
const usual = {
  inputs: { env: 'development', delta_id: delta },
  end: started,
  inspectHumanitec: inspectDelta(),
} as const

const deploy: FaultScenario = { ...usual, prepare: (simulator) => addPast(simulator, 'development') }

const prepareComment = (simulator: Simulator, tokens: Tokens): void => {
  deploy.prepare(simulator, tokens)
  simulator.github.addPull(repository, { number: 12, sha: 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f' })
}

/** A repository, with a GitHub Deployment that is a success. */
export const addOlderDeployment = ({ github }: Simulator, token: string, environment = 'shop/development'): void => {
  github.addRepository(repository)
  const path = `/repos/${repository}/deployments`
  const body = { ref: 'a'.repeat(40), environment, auto_merge: false, required_contexts: [] }
  const { acceptedId } = github.handle({ method: 'POST', path, token, body })
  github.handle({
    method: 'POST',
    path: `${path}/${acceptedId}/statuses`,
    token,
    body: { state: 'success' },
  })
}

const promote: FaultScenario = {
  inputs: { env: 'development', from_env: 'staging' },
  end: started,
  prepare: (simulator) => {
    addPast(simulator, 'development')
    addPast(simulator, 'staging', 'failed')
  },
  inspectHumanitec: inspectPromotion,
}

/** No start comes behind its rebase. */
const refused: FaultScenario = {
  ...promote,
  faults: [{ on: 'POST deploys', do: { kind: 'answer', status: 400, body: { error: 'API-400', message: 'No.' } } }],
  end: { outcome: 'error', starts: 1, hasId: false },
  inspectHumanitec: ({ orchestrator }) => {
    const base = orchestrator.inspectEnvironment(`${home}/development`)?.baseId
    const [newest] = orchestrator.inspectDeployments(`${home}/development`)
    return base === newest?.id ? [] : [`the base is ${base}, and was ${newest?.id}`]
  },
}

const deletion = { inputs: { env: 'pr-12', operation: 'delete' }, event: createPullRequestEvent({ action: 'closed' }) }

export const faultScenarios = {
  deploy,
  longer: {
    ...usual,
    prepare: (simulator) => {
      addPast(simulator, 'development')
      simulator.orchestrator.planAll(`${home}/development`, { durationMs: 5000, pendingMs: 500 })
    },
  },
  lost: { ...deploy, faults: [{ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } }] },
  fail: {
    ...deploy,
    prepare: (simulator) => {
      addPast(simulator, 'development')
      simulator.orchestrator.planAll(`${home}/development`, {
        status: 'failed',
        errors: [{ code: 'RES-101', scope: 'workload', object_id: 'modules.api', message: 'No image.' }],
      })
    },
    end: { ...started, outcome: 'failed' },
    inspectHumanitec: inspectDelta('development', 'failed'),
  },
  promote,
  refused,
  preview: {
    ...usual,
    inputs: { env: 'pr-12', create_from: 'development', delta_id: delta },
    event: pullRequest,
    prepare: (simulator) => {
      simulator.orchestrator.addApp(home, { plan: { durationMs: 500, pendingMs: 200 } })
      addPast(simulator, 'development')
    },
    inspectHumanitec: inspectDelta('pr-12'),
  },
  delete: {
    ...deletion,
    prepare: (simulator) => addPreview(simulator, 'pr-12'),
    inspectHumanitec: inspectOnly('development'),
    end: { outcome: 'deleted', starts: 0, hasId: false },
  },
  absent: {
    ...deletion,
    prepare: (simulator) => addPast(simulator, 'development'),
    inspectHumanitec: inspectOnly('development'),
    end: { outcome: 'deleted', starts: 0, hasId: false },
  },
  comment: {
    ...usual,
    inputs: { ...usual.inputs, pr_comment: 'true' },
    event: pullRequest,
    prepare: prepareComment,
    inspectGitHub: inspectComments,
  },
  recomment: {
    ...usual,
    inputs: { ...usual.inputs, pr_comment: 'true' },
    event: pullRequest,
    prepare: (simulator, tokens) => {
      prepareComment(simulator, tokens)
      for (const text of ['Older', 'Younger'])
        simulator.github.addComment(repository, 12, { body: `${marker}\n${text}`, user: workflowUser })
    },
    inspectGitHub: inspectComments,
  },
  show: {
    ...usual,
    inputs: { ...usual.inputs, github_deployment: 'true' },
    prepare: (simulator, tokens) => {
      deploy.prepare(simulator, tokens)
      addOlderDeployment(simulator, tokens.github)
    },
    inspectGitHub: inspectDeployments,
  },
  prune: {
    inputs: { env: 'pr-*', operation: 'prune' },
    event: createOtherEvent('schedule'),
    prepare: (simulator) => {
      addPreview(simulator, 'pr-12')
      simulator.github.addPull(repository, { number: 12, state: 'closed' })
    },
    inspectHumanitec: inspectOnly('development'),
    end: { outcome: 'pruned', starts: 0, hasId: false },
  },
} satisfies Record<string, FaultScenario>
