import { approvalBefore, checkAfter, deployJobs } from '../simulator/orchestrator/pipeline-shapes.ts'
import { createWorkflowRunEvent } from '../simulator/runner/events.ts'
import type { Simulator } from '../simulator/server.ts'
import { deploy, type FaultScenario, started, usual } from './fault-scenario.ts'
import { inspectImages, inspectScore } from './inspections.ts'
import { home, repository } from './place.ts'

const development = `${home}/development`
const image = 'ghcr.io/acme/web:2.0.0'

const fromImage: FaultScenario = {
  ...usual,
  inputs: { env: 'development', images: `web=${image}` },
  prepare: deploy.prepare,
  inspectHumanitec: inspectImages(image),
}

const score = `apiVersion: score.dev/v1b1
metadata:
  name: recommender
containers:
  main:
    image: ghcr.io/acme/recommender:1
`

/** Two workloads that are seen, and have been running all along. */
const addWorkloads = ({ orchestrator }: Simulator): void => {
  const containers = { main: { does: 'run', readyAfterMs: 0 } } as const
  for (const name of ['web', 'worker']) orchestrator.planWorkload(development, name, { containers }, 0)
  orchestrator.planCluster(development, { appliedAfterMs: 4_000 })
}

/** A pipeline takes the requests for deployments, as it took the newest of the past. */
const addPipeline = ({ orchestrator }: Simulator, plan: Parameters<typeof orchestrator.planPipeline>[1]): void => {
  orchestrator.planAll(development, { durationMs: 0, pendingMs: 0 })
  orchestrator.planPipeline(home, { queuedMs: 0, jobs: deployJobs(0) })
  orchestrator.startRunElsewhere(development)
  orchestrator.planAll(development, { durationMs: 500, pendingMs: 200 })
  orchestrator.planPipeline(home, { queuedMs: 100, jobs: deployJobs(200), ...plan })
}

const throughPipeline = (plan: Parameters<typeof addPipeline>[1] = {}): FaultScenario => ({
  ...usual,
  inputs: { ...usual.inputs, environment_url: 'https://shop.example.com' },
  prepare: (simulator) => {
    deploy.prepare(simulator, { humanitec: '', github: '' })
    addPipeline(simulator, plan)
  },
})

const fork = { sha: 'b0a7'.padEnd(40, '5'), headRepository: 'mallory/shop' } as const

/** Requests that came with images, Score, pipelines and health. */
export const besideScenarios = {
  image: fromImage,
  /** The same, when nobody cares for what becomes of the Delta. */
  imageAlone: { ...fromImage, inspectHumanitec: inspectImages(image, false) },
  score: {
    ...fromImage,
    inputs: { env: 'development', score: 'score.yaml' },
    files: { 'score.yaml': score },
    inspectHumanitec: inspectScore('recommender'),
  },
  plan: {
    ...fromImage,
    inputs: { ...fromImage.inputs, dry_run: 'true' },
    end: { outcome: 'planned', starts: 0, hasId: false },
    inspectHumanitec: ({ orchestrator }) => {
      const deltas = orchestrator.inspectDeltas(home).length
      return deltas === 0 ? [] : [`a plan has made ${deltas} Deltas`]
    },
  },
  named: { ...deploy, inputs: { ...deploy.inputs, environment_url: 'https://shop.example.com' } },
  healthy: {
    ...deploy,
    inputs: { ...deploy.inputs, environment_url: 'https://shop.example.com', wait_for: 'healthy' },
    prepare: (simulator, tokens) => {
      deploy.prepare(simulator, tokens)
      addWorkloads(simulator)
    },
  },
  crash: {
    ...deploy,
    inputs: { ...deploy.inputs, log_lines: '20' },
    prepare: (simulator, tokens) => {
      deploy.prepare(simulator, tokens)
      addWorkloads(simulator)
      const { orchestrator } = simulator
      const containers = { main: { does: 'miss its configuration' } } as const
      orchestrator.planWorkload(development, 'web', { containers })
      orchestrator.planAll(development, { status: 'failed', durationMs: 9_000, pendingMs: 0 })
      orchestrator.planLogs(development, { workload: 'web', lines: ['no such relation'] })
    },
    end: { ...started, outcome: 'failed' },
    inspectHumanitec: ({ orchestrator }) =>
      orchestrator.inspectDeployments(development)[0]?.status === 'failed' ? [] : ['the deployment did not fail'],
  },
  held: throughPipeline({ answer: 'run', jobs: approvalBefore({ approvedAfterMs: 15_000 }) }),
  checked: throughPipeline({ jobs: checkAfter({ durationMs: 1_000 }) }),
  lostInPipeline: { ...throughPipeline(), faults: [{ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } }] },
  fork: {
    ...deploy,
    inputs: { ...deploy.inputs, pull_request: '12', pr_comment: 'true' },
    event: createWorkflowRunEvent(fork),
    prepare: (simulator, tokens) => {
      deploy.prepare(simulator, tokens)
      simulator.github.addPull(repository, { number: 12, ...fork })
    },
  },
} satisfies Record<string, FaultScenario>
