import type { Random } from '../simulator/chance.ts'
import { drawByMagnitude, drawInteger, happens, pick, pickByWeight } from './draw.ts'

/** When someone else acts: at a time, or around the arrival of our so many-th start or rebase. */
type When =
  | { readonly atMs: number }
  | { readonly beforeStart: number }
  | { readonly beforeRebase: number }
  | { readonly afterStart: number; readonly laterMs: number }

/**
 * Whose deployment it is, by its comment:
 * - `person`: without the page of a run
 * - `other run`: with another run's page
 * - `longer run`: another run's, whose number begins with ours
 * - `sibling`: another job of our run; it always deploys something else
 */
export type Author = 'person' | 'other run' | 'longer run' | 'sibling'

export type OtherPerson = {
  readonly when: When
  readonly act:
    | {
        readonly kind: 'start'
        readonly author: Author
        readonly sameDelta: boolean
        readonly durationMs: number
        readonly listedAfterMs: number
      }
    /** Starts again and again, whenever the environment is free, for so long. */
    | { readonly kind: 'keep busy'; readonly durationMs: number; readonly forMs: number }
    | { readonly kind: 'rebase' }
}

export const drawOtherPeople = (random: Random): readonly OtherPerson[] => {
  if (happens(random, 0.55)) return []
  return Array.from({ length: happens(random, 0.75) ? 1 : 2 }, () => ({
    when: drawWhen(random),
    act: drawAct(random),
  }))
}

const drawWhen = (random: Random): When => {
  const dice = random()
  if (dice < 0.2) return { atMs: 0 }
  if (dice < 0.25) return { beforeRebase: 1 }
  if (dice < 0.4) return { atMs: drawByMagnitude(random, 1, 300_000) }
  if (dice < 0.7) return { beforeStart: happens(random, 0.8) ? 1 : 2 }
  return { afterStart: happens(random, 0.8) ? 1 : 2, laterMs: drawInteger(random, 0, 12_000) }
}

const drawAct = (random: Random): OtherPerson['act'] => {
  const { kind } = pickByWeight<{ readonly kind: OtherPerson['act']['kind']; readonly weight: number }>(random, [
    { kind: 'start', weight: 90 },
    { kind: 'rebase', weight: 8 },
    { kind: 'keep busy', weight: 1 },
  ])
  if (kind === 'rebase') return { kind }
  const durationMs =
    kind === 'keep busy'
      ? drawByMagnitude(random, 10_000, 300_000)
      : happens(random, 0.3)
        ? drawInteger(random, 0, 3_000)
        : drawByMagnitude(random, 1_000, 600_000)
  if (kind === 'keep busy') return { kind, durationMs, forMs: drawByMagnitude(random, 60_000, 3_600_000) }
  const author: Author = pick(random, ['person', 'person', 'other run', 'other run', 'longer run', 'sibling'])
  return {
    kind,
    author,
    sameDelta: author !== 'sibling' && happens(random, 0.6),
    durationMs,
    listedAfterMs: happens(random, 0.85) ? 0 : drawInteger(random, 0, 8_000),
  }
}
