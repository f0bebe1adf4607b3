import { createRandom, type Random } from '../simulator/chance.ts'
import { type Journey, journeys } from './journeys.ts'

/** A run that is killed, drawn from a seed. */
export type KillPlan = {
  readonly seed: number
  readonly kind: KillKind
  readonly journey: Journey
  readonly journeyName: string
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

/** So many, the kept ones among them. */
export const listSeeds = (count: number): readonly number[] => [
  ...Array.from({ length: count - keptSeeds.length }, (_, index) => index + 1),
  ...keptSeeds,
]

const kinds = ['SIGINT', 'SIGTERM', 'SIGINT twice', 'SIGTERM twice', 'SIGKILL'] as const
type KillKind = (typeof kinds)[number]

const onGitHub = { pr_comment: 'true', github_deployment: 'true' }

const shown = (journey: Journey): Journey => ({
  ...journey,
  inputs: { ...journey.inputs, ...onGitHub },
  event: journeys.comment.event,
  prepare: (simulator, tokens) => {
    journey.prepare(simulator, tokens)
    simulator.github.addPull('acme/shop', { number: 12, sha: 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f' })
  },
})

const killed: readonly (readonly [name: string, journey: Journey])[] = [
  ['a deployment', journeys.deploy],
  ['a rebase and a deployment', journeys.promote],
  ['a deployment shown on GitHub', shown(journeys.deploy)],
  ['a preview shown on GitHub', shown(journeys.preview)],
]

const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

/** Every kind in turn; a third of the signals fall anywhere, a third near a request, a third into the start. */
export const planKill = (seed: number): KillPlan => {
  const random = createRandom(seed)
  const [journeyName, journey] = pick(random, killed as [(typeof killed)[number], ...typeof killed])
  const startIndex = journeyName.includes('rebase') ? 5 : journeyName.includes('preview') ? 4 : 2
  const after = pick<() => KillPlan['after']>(random, [
    () => ({ requests: 0, ms: random() * 3500 }),
    () => ({ requests: 1 + Math.floor(random() * (startIndex + 3)), ms: random() * 100 }),
    () => ({ requests: startIndex, ms: random() * 1500 }),
  ])
  return {
    seed,
    kind: kinds[seed % kinds.length] ?? 'SIGINT',
    journey,
    journeyName,
    after: after(),
    gapMs: random() * 400,
    latencyMs: random() * 120,
    startMs: pick(random, [0, random() * 1000, random() * 3500, 4500 + random() * 2000]),
    deploymentMs: 300 + random() * 2500,
  }
}
