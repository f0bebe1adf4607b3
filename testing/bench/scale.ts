import { formatNumber } from '../../src/core/text/words.ts'
import { usualGitHubToken } from '../simulator/github.ts'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import { measureChild } from './child.ts'
import { bundle, createVariables, place } from './step-variables.ts'
import { renderTable } from './table.ts'

type Load = {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly prepare: (simulator: Simulator) => void
  /** 0 where it succeeds, 1 where the deployment fails, 130 after a signal. */
  readonly exit: number
  /** When SIGINT is sent. */
  readonly isSignalDue?: (simulator: Simulator) => boolean
}

const delta_id = 'a'.repeat(40)
const entry = (index: number, status: 'succeeded' | 'failed') => ({
  agoSeconds: 600 * (index + 1),
  durationSeconds: 120,
  status,
})

const loads: readonly Load[] = [
  {
    name: 'an environment of one deployment',
    inputs: { delta_id, poll_interval: '1s' },
    prepare: ({ orchestrator }) => {
      orchestrator.addEnvironment(place, { history: [entry(0, 'succeeded')] })
      orchestrator.planNext(place, { durationMs: 500 })
    },
    exit: 0,
  },
  {
    name: 'a list of 5,000 deployments, read for the base and for the history',
    inputs: { from_env: 'production', poll_interval: '1s' },
    prepare: ({ orchestrator }) => {
      const history = Array.from({ length: 5_000 }, (_, index) => entry(index, index < 5 ? 'failed' : 'succeeded'))
      orchestrator.addEnvironment(place, { history })
      orchestrator.planNext(place, { durationMs: 500 })
    },
    exit: 0,
  },
  {
    name: '10,000 errors',
    inputs: { delta_id, poll_interval: '1s' },
    prepare: ({ orchestrator }) => {
      const errors = Array.from({ length: 10_000 }, (_, index) => {
        const message = `Pod web-${index} could not be scheduled: 0/12 nodes are available`
        return {
          scope: 'workload',
          object_id: `workload-${index % 50}`,
          code: 'K8S-001',
          summary: 'Unschedulable',
          message,
        }
      })
      orchestrator.addEnvironment(place, { history: [entry(0, 'succeeded')] })
      orchestrator.planNext(place, { durationMs: 500, status: 'failed', errors })
    },
    exit: 1,
  },
  {
    name: '300 environments to prune, 200 of closed pull requests',
    inputs: { operation: 'prune', env: 'pr-*', github_token: usualGitHubToken },
    prepare: ({ orchestrator, github }) => {
      orchestrator.addEnvironment(place)
      for (let number = 1; number <= 300; number++) {
        orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}` })
        github.addPull('acme/shop', { number, state: number <= 200 ? 'closed' : 'open' })
      }
    },
    exit: 0,
  },
]

const previewCount = 5_000

const pruneMany = (state: 'open' | 'closed', more: Partial<Load> = {}): Load => ({
  name: `${formatNumber(previewCount)} environments to prune, all of ${state} pull requests`,
  inputs: { operation: 'prune', env: 'pr-*', github_token: usualGitHubToken },
  prepare: ({ orchestrator, github }) => {
    orchestrator.addEnvironment(place)
    for (let number = 1; number <= previewCount; number++) {
      orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}` })
      github.addPull('acme/shop', { number, state })
    }
  },
  exit: 0,
  ...more,
})

const many: readonly Load[] = [
  pruneMany('open'),
  pruneMany('open', {
    name: 'the same, with a signal halfway through the pull requests',
    isSignalDue: ({ github }) => github.record.length >= 25,
    exit: 130,
  }),
  pruneMany('closed', {
    name: `${formatNumber(previewCount)} of closed ones, with a signal after 500 deletions`,
    isSignalDue: ({ orchestrator }) =>
      orchestrator.record.length > 1_000 &&
      orchestrator.record.filter(({ operation }) => operation === 'DELETE env').length >= 500,
    exit: 130,
  }),
]

/** Old GitHub Deployments of the environment, as a busy repository has them after years. */
const withOldDeployments = (count: number): Load => ({
  name: `a GitHub Deployment, with ${formatNumber(count)} old ones`,
  inputs: { delta_id, poll_interval: '1s', github_deployment: 'true', github_token: usualGitHubToken },
  prepare: ({ orchestrator, github }) => {
    orchestrator.addEnvironment(place, { history: [entry(0, 'succeeded')] })
    orchestrator.planNext(place, { durationMs: 500 })
    github.addRepository('acme/shop')
    github.addGitHubDeployments('acme/shop', 'shop/production', count, 'inactive')
    if (count > 0) github.addGitHubDeployments('acme/shop', 'shop/production', 1, 'success')
  },
  exit: 0,
})

export const renderScale = async (): Promise<string> => {
  const rows: string[][] = []
  for (const load of [...loads, ...many, ...[0, 300, 10_000].map(withOldDeployments)])
    rows.push(await measureLoad(load))
  return renderTable(['', 'whole step', 'peak memory', 'requests to Humanitec', 'to GitHub', 'signal to end'], rows)
}

const measureLoad = async ({ name, inputs, prepare, exit, isSignalDue }: Load): Promise<string[]> => {
  const simulator = await startSimulator({ acceptsAnyDelta: true })
  prepare(simulator)
  const measured = await measureChild(
    bundle,
    createVariables(simulator, inputs),
    () => isSignalDue?.(simulator) ?? false,
  )
  const requests = [simulator.orchestrator, simulator.github].map(({ record }) => String(record.length))
  await simulator.close()
  if (measured.exit !== exit) throw new Error(`${name}: exit ${measured.exit} instead of ${exit}.`)
  const { leftAfterMs } = measured
  const left = leftAfterMs === undefined ? '' : `${Math.round(leftAfterMs)} ms`
  return [name, `${(measured.tookMs / 1000).toFixed(1)} s`, `${measured.peakMiB.toFixed(0)} MiB`, ...requests, left]
}
