import type { Random } from '../simulator/chance.ts'
import type { DeltaHabits } from '../simulator/orchestrator/deltas.ts'
import { happens, pick } from './draw.ts'
import type { Inputs } from './scenario-inputs.ts'

/** Sets that differ in contents of every kind, and steps that read them. */
export type ContentsWorld = {
  readonly name: string
  readonly deltas: Partial<DeltaHabits>
}

const images = [
  'web=ghcr.io/acme/web:2.0.0',
  'web/main=ghcr.io/acme/web:2.0.0\nworker=ghcr.io/acme/worker:2.0.0',
  'web=ghcr.io/acme/web:1.0.0',
] as const

/** Names that no Set has: refused before anything is made. */
const unknownImages = [
  'nobody=ghcr.io/acme/web:2.0.0',
  'ghcr.io/acme/web:2.0.0',
  'web/side=ghcr.io/acme/web:2.0.0',
] as const

/** @returns nothing where the step has no Delta to be replaced by images, and is no deployment to be planned */
export const drawContents = (
  random: Random,
  inputs: Inputs,
): { readonly world: ContentsWorld; readonly inputs: Inputs } | undefined => {
  if (inputs.operation !== undefined) return undefined
  const isPlan = happens(random, 0.35)
  const hasImages = inputs.delta_id !== undefined && happens(random, 0.85)
  const isUnknown = hasImages && happens(random, 0.08)
  const { delta_id: deltaId, ...rest } = inputs
  const change = hasImages ? { images: pick(random, isUnknown ? unknownImages : [...images, images[0]]) } : {}
  const name = `${isPlan ? 'plan' : 'deployment'} of ${isUnknown ? 'unknown images' : hasImages ? 'images' : deltaId ? 'a Delta' : 'no Delta'}`
  return {
    world: {
      name,
      deltas: {
        answer: pick(random, ['object', 'id']),
        status: pick(random, [200, 201]),
        takesArchived: false,
      },
    },
    inputs: {
      ...(hasImages ? rest : inputs),
      ...change,
      ...(isPlan && { dry_run: 'true' }),
    },
  }
}
