import type { InputName } from '../../src/core/inputs/request.ts'
import { delta as ourDelta } from '../example.ts'
import type { Random } from '../simulator/chance.ts'
import { drawByMagnitude, drawInteger, happens, pick, pickByWeight, type WeightedKinds } from './draw.ts'

export type Inputs = Partial<Record<InputName, string>>

/** What is deployed. */
export type ScenarioKind =
  | 'a Delta'
  | 'the base again'
  | 'rollback'
  | 'rollback with a Delta'
  | 'clone'
  | 'last good state'
  | 'a Set'
  | 'a new environment'
  | 'operation: wait'

const kinds: WeightedKinds<ScenarioKind> = [
  { kind: 'a Delta', weight: 50 },
  { kind: 'the base again', weight: 8 },
  { kind: 'rollback', weight: 11 },
  { kind: 'rollback with a Delta', weight: 4 },
  { kind: 'clone', weight: 7 },
  { kind: 'last good state', weight: 5 },
  { kind: 'a Set', weight: 5 },
  { kind: 'a new environment', weight: 6 },
  { kind: 'operation: wait', weight: 4 },
]

export const drawKind = (random: Random): ScenarioKind => pickByWeight(random, kinds).kind

/** They set the base first. */
export const rebases = (kind: ScenarioKind): boolean =>
  kind.startsWith('rollback') || kind === 'clone' || kind === 'last good state'

export const drawInputs = (random: Random, kind: ScenarioKind, timeoutS: number): Inputs => ({
  ...drawChange(random, kind),
  ...(happens(random, 0.3) && { comment: pick(random, ['Release 4.2', 'by hand', '🚀 · https://example.com']) }),
  ...(kind !== 'operation: wait' && happens(random, 0.08) && { wait: 'false' }),
  ...(happens(random, 0.5) && { on_conflict: 'wait' }),
  ...(happens(random, 0.25) && {
    poll_interval: pick(random, [timeoutS > 300 ? '15s' : '1', '5s', '30s', '2m', '1h']),
  }),
})

const drawChange = (random: Random, kind: ScenarioKind): Inputs => {
  switch (kind) {
    case 'a Delta':
      return { delta_id: ourDelta }
    case 'the base again':
      return { redeploy: 'true' }
    case 'rollback with a Delta':
      return { delta_id: ourDelta }
    case 'clone':
      return { from_env: 'staging', ...(happens(random, 0.3) && { delta_id: ourDelta }) }
    case 'last good state':
      return { from_env: 'shop-env' }
    case 'a new environment':
      return { create_from: 'staging', ...(happens(random, 0.7) ? { delta_id: ourDelta } : { redeploy: 'true' }) }
    case 'operation: wait':
      return { operation: 'wait' }
    case 'rollback':
    case 'a Set':
      return {}
  }
}

export const drawTimeoutSeconds = (random: Random): number => {
  const dice = random()
  if (dice < 0.06) return drawInteger(random, 1, 10)
  if (dice < 0.3) return drawInteger(random, 10, 120)
  if (dice < 0.982) return drawByMagnitude(random, 120, 1800)
  return dice < 0.998 ? drawByMagnitude(random, 1800, 7200) : drawByMagnitude(random, 7200, 21_600)
}
