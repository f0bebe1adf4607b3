import { createRandom, type Random } from '../../simulator/chance.ts'
import type { Moment } from '../../virtual/virtual-process.ts'
import type { Inputs } from '../../virtual/virtual-step.ts'
import type { StepScript } from '../attempt.ts'
import { drawByMagnitude, drawInteger, happens, pick, pickByWeight, type WeightedKinds } from '../draw.ts'
import { drawNetworkConditions, type NetworkConditions } from '../scenario-conditions.ts'

/** The pull requests that come and go; each has an environment `pr-…`. */
export const numbers = [12, 13] as const

/** What somebody does to the preview of a pull request, past the action. */
export type PeopleDo =
  | 'delete the environment'
  | 'make it anew'
  | 'make it anew for another repository'
  | 'make it anew for production'
  | 'deploy to it'
  | 'comment with our marker'
  | 'delete our comment'

export type PreviewEvent = {
  /** The pause before it. */
  readonly afterMs: number
} & (
  | {
      readonly kind: 'push' | 're-run' | 'push from a fork' | 'close'
      readonly number: number
      readonly run: StepScript
    }
  /** The run for the closing never comes. */
  | { readonly kind: 'close without a run'; readonly number: number }
  /** Of an environment that isn't a preview of the two; with its type, where `inputs` say it. */
  | { readonly kind: 'delete'; readonly env: string; readonly inputs: Inputs; readonly run: StepScript }
  | { readonly kind: 'prune'; readonly run: StepScript }
  | { readonly kind: 'people'; readonly number: number; readonly does: PeopleDo }
)

/** Everything that happens from outside to the previews of a repository, made from a seed alone. */
export type PreviewScenario = {
  readonly kind: 'previews'
  readonly seed: number
  readonly events: readonly PreviewEvent[]
  /** Beside the usual ones, of each deployment, delete and prune. */
  readonly inputs: { readonly deploy: Inputs; readonly delete: Inputs; readonly prune: Inputs }
  readonly deploymentMs: number
  readonly deploymentFails: boolean
  readonly deletionMs: number
  readonly latency: { readonly least: number; readonly most: number }
  readonly conditions: NetworkConditions
  /** The same of GitHub. */
  readonly gitHubConditions: NetworkConditions
  /** What the workflow's token lacks. */
  readonly lacks: 'nothing' | 'pull_requests' | 'deployments'
}

/** The same seed gives the same scenario. */
export const createPreviewScenario = (seed: number): PreviewScenario => {
  const random = createRandom(seed)
  return {
    kind: 'previews',
    seed,
    events: Array.from({ length: drawInteger(random, 2, 7) }, () => drawEvent(random)),
    inputs: drawInputs(random),
    deploymentMs: drawByMagnitude(random, 1_000, 120_000),
    deploymentFails: happens(random, 0.2),
    deletionMs: pick(random, [0, 8_000, 30_000, 200_000]),
    latency: happens(random, 0.85)
      ? { least: 5, most: 120 }
      : { least: 100, most: drawByMagnitude(random, 200, 3_000) },
    conditions: calm(random, drawNetworkConditions(random)),
    gitHubConditions: calm(random, drawNetworkConditions(random)),
    lacks: happens(random, 0.9) ? 'nothing' : pick(random, ['pull_requests', 'deployments']),
  }
}

/** Whoever is hit by everything comes to nothing: half of all have a good line. */
const calm = (random: Random, { rate, outages }: NetworkConditions): NetworkConditions =>
  happens(random, 0.5) ? { rate: 0, outages: [] } : { rate: Math.min(rate, 0.3), outages }

const drawInputs = (random: Random): PreviewScenario['inputs'] => {
  const shown: Inputs = {
    pr_comment: happens(random, 0.85) ? 'true' : '',
    github_deployment: happens(random, 0.85) ? 'true' : '',
  }
  const timeout = (usual: number) => String(happens(random, 0.85) ? usual : drawByMagnitude(random, 5, 120))
  return {
    deploy: {
      ...shown,
      timeout: timeout(600),
      env_type: happens(random, 0.5) ? 'development' : '',
      on_conflict: happens(random, 0.7) ? 'wait' : '',
      wait: happens(random, 0.05) ? 'false' : '',
    },
    delete: { ...shown, timeout: timeout(600) },
    prune: { ...shown, timeout: timeout(1200), dry_run: happens(random, 0.05) ? 'true' : '' },
  }
}

const kinds: WeightedKinds<PreviewEvent['kind']> = [
  { kind: 'push', weight: 34 },
  { kind: 're-run', weight: 8 },
  { kind: 'push from a fork', weight: 2 },
  { kind: 'close', weight: 22 },
  { kind: 'close without a run', weight: 8 },
  { kind: 'delete', weight: 4 },
  { kind: 'prune', weight: 16 },
  { kind: 'people', weight: 10 },
]

const drawEvent = (random: Random): PreviewEvent => {
  const { kind } = pickByWeight(random, kinds)
  const afterMs = Math.round(pick(random, [0, 300, 5_000, 40_000, 200_000]) * random())
  const number = pick(random, numbers)
  switch (kind) {
    case 'close without a run':
      return { kind, afterMs, number }
    case 'delete':
      return { kind, afterMs, ...drawForeignDeletion(random), run: drawRun(random) }
    case 'prune':
      return { kind, afterMs, run: drawRun(random) }
    case 'people':
      return { kind, afterMs, number, does: pick(random, deeds) }
    default:
      return { kind, afterMs, number, run: drawRun(random) }
  }
}

const deeds: readonly [PeopleDo, ...PeopleDo[]] = [
  'delete the environment',
  'make it anew',
  'make it anew for another repository',
  'make it anew for production',
  'deploy to it',
  'comment with our marker',
  'delete our comment',
]

/** What stands behind a guard, each by its run, and the preview of the time when the repository had another name. */
const drawForeignDeletion = (random: Random): { readonly env: string; readonly inputs: Inputs } => {
  const inputs: Inputs = happens(random, 0.5) ? { env_type: 'development' } : {}
  return pick(random, [
    { env: 'pr-14', inputs },
    { env: 'pr-6', inputs },
    { env: 'pr-7', inputs: {} },
    { env: 'pr-8', inputs: {} },
    { env: 'pr-9', inputs },
    { env: 'pr-10', inputs },
    { env: 'production', inputs },
  ])
}

/** Some are cancelled, some are killed, and some die with their runner. */
const drawRun = (random: Random): StepScript => {
  const dice = random()
  const postAfterMs = drawByMagnitude(random, 100, 10_000)
  if (dice < 0.66) return { postAfterMs }
  if (dice < 0.78) return { postAfterMs, signal: drawMoment(random) }
  return { crash: drawMoment(random), ...(dice < 0.93 && { postAfterMs }) }
}

const drawMoment = (random: Random): Moment => {
  if (happens(random, 0.4)) return { afterMs: drawByMagnitude(random, 1, 120_000) }
  return { atCall: drawInteger(random, 1, happens(random, 0.7) ? 20 : 80), laterMs: happens(random, 0.5) ? 0 : 30 }
}
