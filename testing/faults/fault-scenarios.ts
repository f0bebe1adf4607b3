import { delta } from '../example.ts'
import { workflowUser } from '../simulator/github.ts'
import { createOtherEvent, createPullRequestEvent, createPushEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'
import { addPast, deploy, type FaultScenario, started, usual } from './fault-scenario.ts'
import { besideScenarios } from './fault-scenarios-beside.ts'
import {
  inspectComments,
  inspectDelta,
  inspectDeployments,
  inspectOnly,
  inspectPromotion,
  marker,
} from './inspections.ts'
import { home, repository } from './place.ts'
import type { Tokens } from './secrets.ts'

export type FaultScenarioName = keyof typeof faultScenarios

const headSha = 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f'
const pullRequest = createPullRequestEvent({ action: 'synchronize' })

const addPreview = (simulator: Simulator, env: string): void => {
  const { orchestrator } = simulator
  addPast(simulator, 'development')
  orchestrator.addEnvironment(`${home}/${env}`, { name: `${repository}#12` })
}

const prepareComment = (simulator: Simulator, tokens: Tokens): void => {
  deploy.prepare(simulator, tokens)
  simulator.github.addPull(repository, { number: 12, sha: headSha })
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

/** By the names that sites use. */
export const faultScenarios = {
  ...besideScenarios,
  deploy,
  longer: {
    ...usual,
    prepare: (simulator) => {
      addPast(simulator, 'development')
      simulator.orchestrator.planAll(`${home}/development`, { durationMs: 9000, pendingMs: 500 })
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
  /** A push to a branch whose pull request is to be found first. */
  pushed: {
    ...usual,
    inputs: { ...usual.inputs, pr_comment: 'true' },
    event: createPushEvent({ sha: headSha, branch: 'basket' }),
    prepare: prepareComment,
    inspectGitHub: inspectComments,
  },
  /** The pull request has two pages of comments, and ours is on the second. */
  chatty: {
    ...usual,
    inputs: { ...usual.inputs, pr_comment: 'true' },
    event: pullRequest,
    prepare: (simulator, tokens) => {
      prepareComment(simulator, tokens)
      for (let count = 0; count < 100; count++) simulator.github.addComment(repository, 12, { body: 'Nice.' })
      simulator.github.addComment(repository, 12, { body: `${marker}\nOlder`, user: workflowUser })
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
