import { createRandom, type Random } from '../simulator/chance.ts'
import { workflowUser } from '../simulator/github.ts'
import type { FaultScenario } from './fault-scenario.ts'
import { addOlderDeployment, faultScenarios } from './fault-scenarios.ts'
import { home } from './place.ts'

/** A run that is killed, drawn from a seed. */
export type KillPlan = {
  readonly seed: number
  readonly kind: KillKind
  readonly scenario: FaultScenario
  readonly scenarioName: string
  /** When the first signal is sent: so long after the process was started, or after so many requests had come to Humanitec. */
  readonly after: { readonly requests: number; readonly ms: number }
  /** Between the first signal and the second. */
  readonly gapMs: number
  /** How long every answer takes. */
  readonly latencyMs: number
  /** How long the start's takes. */
  readonly startMs: number
  readonly deploymentMs: number
}

/** Seeds that have found a bug: signals within a rebase, whose end was told twice. */
const keptSeeds: readonly number[] = [293, 298]

/** Behind it are the seeds of deletions. */
const lastOfStarts = 100_000
/** One run of so many deletes. */
const deletionShare = 5

/** So many, the kept ones and deletions among them. */
export const listSeeds = (count: number): readonly number[] => {
  const deletions = Math.floor(count / deletionShare)
  const starts = count - deletions - keptSeeds.length
  return [
    ...Array.from({ length: starts }, (_, index) => index + 1),
    ...keptSeeds,
    ...Array.from({ length: deletions }, (_, index) => lastOfStarts + index + 1),
  ]
}

const kinds = ['SIGINT', 'SIGTERM', 'SIGINT twice', 'SIGTERM twice', 'SIGKILL'] as const
type KillKind = (typeof kinds)[number]

const onGitHub = { pr_comment: 'true', github_deployment: 'true' }

const shown = (scenario: FaultScenario): FaultScenario => ({
  ...scenario,
  inputs: { ...scenario.inputs, ...onGitHub },
  event: faultScenarios.comment.event,
  prepare: (simulator, tokens) => {
    scenario.prepare(simulator, tokens)
    simulator.github.addPull('acme/shop', { number: 12, sha: 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f' })
  },
})

type Killed = readonly [name: string, scenario: FaultScenario]

const started: readonly [Killed, ...Killed[]] = [
  ['a deployment', faultScenarios.deploy],
  ['a rebase and a deployment', faultScenarios.promote],
  ['a deployment shown on GitHub', shown(faultScenarios.deploy)],
  ['a preview shown on GitHub', shown(faultScenarios.preview)],
]

/** The comment and the GitHub Deployment of before say that the preview is there. */
const shownDeletion = (scenario: FaultScenario): FaultScenario => ({
  ...scenario,
  inputs: { ...scenario.inputs, ...onGitHub },
  prepare: (simulator, tokens) => {
    scenario.prepare(simulator, tokens)
    addOlderDeployment(simulator, tokens.github, 'shop/pr-12')
    simulator.github.addPull('acme/shop', { number: 12, state: 'closed' })
    const body = `<!-- humanitec-deploy:${home}/pr-12 -->\n**shop is deployed to pr-12**`
    simulator.github.addComment('acme/shop', 12, { body, user: workflowUser })
  },
})

const deleted: readonly [Killed, ...Killed[]] = [
  ['a deletion', faultScenarios.delete],
  ['a deletion shown on GitHub', shownDeletion(faultScenarios.delete)],
  ['a prune shown on GitHub', shownDeletion(faultScenarios.prune)],
]

const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

/** Every kind in turn; a third of the signals fall anywhere, a third near a request, a third into the start. */
export const planKill = (seed: number): KillPlan => {
  const random = createRandom(seed)
  const [scenarioName, scenario] = pick(random, seed > lastOfStarts ? deleted : started)
  const startIndex = /rebase/.test(scenarioName) ? 5 : /preview/.test(scenarioName) ? 4 : 2
  const after = pick<() => KillPlan['after']>(random, [
    () => ({ requests: 0, ms: random() * 3500 }),
    () => ({ requests: 1 + Math.floor(random() * (startIndex + 3)), ms: random() * 100 }),
    () => ({ requests: startIndex, ms: random() * 1500 }),
  ])
  return {
    seed,
    kind: kinds[seed % kinds.length] ?? 'SIGINT',
    scenario,
    scenarioName,
    after: after(),
    gapMs: random() * 400,
    latencyMs: random() * 120,
    startMs: pick(random, [0, random() * 1000, random() * 3500, 4500 + random() * 2000]),
    deploymentMs: 300 + random() * 2500,
  }
}
