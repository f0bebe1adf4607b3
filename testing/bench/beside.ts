import { formatDuration } from '../../src/core/text/words.ts'
import { badGateway } from '../simulator/faults.ts'
import { checkAfter } from '../simulator/orchestrator/pipeline-shapes.ts'
import type { Inputs } from '../virtual/virtual-step.ts'
import { createWorld, place } from '../virtual/world.ts'
import { renderTable } from './table.ts'

type World = ReturnType<typeof createWorld>

/** What is asked for beside a deployment. */
type Extent = {
  readonly name: string
  readonly inputs: Inputs
  readonly prepare: (world: World) => void
}

const addWorkloads = ({ orchestrator }: World): void => {
  for (const name of ['web', 'worker']) orchestrator.planWorkload(place, name, {}, 0)
}

const outOfReach: Extent = {
  name: 'a Delta alone, without a readable runtime',
  inputs: {},
  prepare: ({ orchestrator }) =>
    orchestrator.addFault({ on: 'GET runtime', times: Number.POSITIVE_INFINITY, do: badGateway() }),
}

const healthOn: Extent = { name: 'a Delta alone', inputs: {}, prepare: addWorkloads }

const everything: Extent = {
  name: 'everything on',
  inputs: {
    delta_id: '',
    images: 'web=ghcr.io/acme/web:2',
    pr_comment: 'true',
    github_deployment: 'true',
    wait_for: 'healthy',
    log_lines: '50',
  },
  prepare: (world) => {
    addWorkloads(world)
    world.github.addPull('acme/shop', { number: 12 })
    world.orchestrator.planPipeline('acme/shop', { jobs: checkAfter(), timeoutMs: 36_000_000 })
  },
}

const play = async ({ name, inputs, prepare }: Extent, durationMs: number): Promise<World> => {
  const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }
  const world = createWorld({
    inputs: { timeout: '3h', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest },
  })
  prepare(world)
  world.orchestrator.planNext(place, { durationMs, pendingMs: 3_000 })
  const outcome = await world.run()
  if (outcome !== 'succeeded') throw new Error(`${name} ended as ${outcome}.`)
  return world
}

/** By the contract's two budgets. */
const own = /^(GET env|GET deploys?|POST deploys|GET errors|PUT from_deploy_id)$/

const countRequests = async (extent: Extent, durationMs: number): Promise<readonly string[]> => {
  const { orchestrator, github } = await play(extent, durationMs)
  const operations = orchestrator.record.map(({ operation }) => operation)
  const lastPoll = operations.lastIndexOf('GET deploy')
  const start = operations.indexOf('POST deploys')
  const waiting = operations.slice(start + 1, lastPoll + 1)
  return [
    String(start),
    String(waiting.filter((operation) => own.test(operation)).length),
    String(waiting.filter((operation) => !own.test(operation)).length),
    String(operations.length - lastPoll - 1),
    String(github.record.length),
  ]
}

const durations: readonly number[] = Array.from({ length: 100 }, (_, index) => 60_000 + index * 2_310)

/** From the end of a deployment to the poll that sees it, in seconds. */
const measureLags = async (extent: Extent): Promise<readonly string[]> => {
  const lags: number[] = []
  for (const durationMs of durations) {
    const { orchestrator } = await play(extent, durationMs)
    const seenMs = orchestrator.record.findLast(({ operation }) => operation === 'GET deploy')?.atMs ?? 0
    const endMs = orchestrator.inspectDeployments(place)[0]?.statusChangedMs ?? 0
    lags.push((seenMs - endMs) / 1000)
  }
  const mean = lags.reduce((sum, lag) => sum + lag, 0) / lags.length
  return [mean.toFixed(2), Math.max(...lags).toFixed(2)]
}

/** Markdown: requests by how long a deployment takes, and the lag with and without health. */
export const renderBeside = async (): Promise<string> => {
  const rows: string[][] = []
  for (const extent of [outOfReach, healthOn, everything]) {
    for (const durationMs of [120_000, 600_000, 3_600_000])
      rows.push([extent.name, formatDuration(durationMs), ...(await countRequests(extent, durationMs))])
  }
  const lags: string[][] = []
  for (const extent of [outOfReach, healthOn]) lags.push([extent.name, ...(await measureLags(extent))])
  const heads = [
    '',
    'duration',
    'before the start',
    'waiting: polls',
    'waiting: other reads',
    'after the end',
    'to GitHub',
  ]
  return [
    'Requests, by how long the deployment takes. “Everything on” is `images`, a pipeline with a check after the deployment, `wait_for: healthy`, `log_lines`, a comment and a GitHub Deployment. “A Delta alone” is `delta_id` without any of these; “without a readable runtime” means that the state of the workloads can’t be read.',
    renderTable(heads, rows),
    'From the end of a deployment to the poll that sees it, in seconds: 100 deployments of 1 to 5 min, each in an environment whose only earlier deployment took 2 min 38 s.',
    renderTable(['', 'mean', 'worst'], lags),
  ].join('\n\n')
}
