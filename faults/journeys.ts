import type { Fault } from '../simulator/faults.ts'
import { workflowUser } from '../simulator/github.ts'
import { createOtherEvent, createPullRequestEvent, type WorkflowEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'
import type { Tokens } from './secrets.ts'

/** How a run ends: the outcome, how many starts were sent, and whether the outputs name a deployment. */
export type End = { readonly outcome: string; readonly starts: number; readonly hasId: boolean }

export type JourneyName = keyof typeof journeys

/** A run of the action in which every request of some kind is made. */
export type Journey = {
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

const repository = 'acme/shop'
export const home = 'acme/shop'
const delta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'
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

/** The newest deployment is the one that was asked for: its Delta, on the base that the environment had. */
const inspectDelta =
  (env = 'development', status = 'succeeded') =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const [newest, earlier] = orchestrator.inspectDeployments(`${home}/${env}`)
    const isAsked =
      newest?.deltaId === delta && newest.status === status && newest.comment.includes('/actions/runs/7001')
    return isAsked && (earlier === undefined || newest.fromId === earlier.id)
      ? []
      : [`the newest deployment is ${JSON.stringify(newest)}`]
  }

/** Nothing changed, on the base of staging's newest success. */
const inspectPromotion = ({ orchestrator }: Simulator): readonly string[] => {
  const [newest] = orchestrator.inspectDeployments(`${home}/development`)
  const source = orchestrator.inspectDeployments(`${home}/staging`).find(({ status }) => status === 'succeeded')
  return newest?.fromId === source?.id && newest?.deltaId === ''
    ? []
    : [`the newest deployment is ${JSON.stringify(newest)}, and not on ${source?.id}`]
}

const inspectOnly =
  (...envs: readonly string[]) =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const left = orchestrator.inspectEnvironments(home)
    return left.join() === envs.join() ? [] : [`the environments are ${left}`]
  }

const started: End = { outcome: 'succeeded', starts: 1, hasId: true }
const usual = {
  inputs: { env: 'development', delta_id: delta },
  end: started,
  inspectHumanitec: inspectDelta(),
} as const

const deploy: Journey = { ...usual, prepare: (simulator) => addPast(simulator, 'development') }

const prepareComment = (simulator: Simulator, tokens: Tokens): void => {
  deploy.prepare(simulator, tokens)
  simulator.github.addPull(repository, { number: 12, sha: 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f' })
}

const marker = `<!-- humanitec-deploy:${home}/development -->`

/** One comment of ours, and it tells the end. */
const inspectComments = ({ github }: Simulator): readonly string[] => {
  const ours = github.inspectComments(repository, 12).filter(({ body }) => body.startsWith(marker))
  const told = ours.filter(({ body }) => body.includes('**shop is deployed to development**'))
  return ours.length === 1 && told.length === 1 ? [] : [`${ours.length} comments, ${told.length} of them tell the end`]
}

/** One Deployment of ours, a success; the older one is inactive. */
const inspectDeployments = ({ github }: Simulator): readonly string[] => {
  const states = github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.at(-1)?.state)
  return states.join() === 'inactive,success' ? [] : [`GitHub Deployments are ${states.join(', ')}`]
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

const promote: Journey = {
  inputs: { env: 'development', from_env: 'staging' },
  end: started,
  prepare: (simulator) => {
    addPast(simulator, 'development')
    addPast(simulator, 'staging', 'failed')
  },
  inspectHumanitec: inspectPromotion,
}

/** No start comes behind its rebase. */
const refused: Journey = {
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

export const journeys = {
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
} satisfies Record<string, Journey>
