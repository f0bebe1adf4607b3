import type { Random } from '../simulator/chance.ts'
import { drawByMagnitude, happens, pick, pickByWeight } from './draw.ts'
import { listFaults } from './fault-menu.ts'

/** The faults that don't depend on what is asked. */
export type NetworkConditions = {
  /** The chance of a fault, for each request. */
  readonly rate: number
  /** Times in which every request is hit by the same fault. */
  readonly outages: readonly { readonly fromMs: number; readonly toMs: number; readonly fault: string }[]
}

const outageFaults = [
  'not sent',
  'connect timeout',
  'lost on the way',
  'cut before an answer',
  'answer never comes',
  '429',
  '5xx',
  '502 or 504 with a page',
  '2xx with a page',
] as const

export const drawNetworkConditions = (random: Random): NetworkConditions => ({
  rate: pick(random, [0, 0, 0, 0.01, 0.03, 0.1, 0.3, 0.6]),
  outages: happens(random, 0.88) ? [] : [drawOutage(random)],
})

const drawOutage = (random: Random): NetworkConditions['outages'][number] => {
  const fromMs = happens(random, 0.3) ? 0 : drawByMagnitude(random, 10, 600_000)
  return { fromMs, toMs: fromMs + drawByMagnitude(random, 1_000, 3_600_000), fault: pick(random, [...outageFaults]) }
}

/** The start is where it hurts: half of the scenarios hit it on purpose, most of those with a lost answer. */
export const drawStartFaults = (random: Random): readonly (string | undefined)[] => {
  if (happens(random, 0.45)) return []
  if (happens(random, 0.02)) return ['429', '429', '429']
  const lossOnly = happens(random, 0.5)
  const count = pickByWeight<{ readonly count: number; readonly weight: number }>(random, [
    { count: 1, weight: 60 },
    { count: 2, weight: 20 },
    { count: 3, weight: 20 },
  ]).count
  return Array.from({ length: count }, () => (lossOnly ? pick(random, [...losses]) : drawStartFault(random)))
}

const losses = [
  'cut before an answer',
  'lost on the way',
  'cut in the headers',
  '5xx',
  '502 or 504 with a page',
  'answer never comes',
] as const

const drawStartFault = (random: Random): string | undefined => {
  if (happens(random, 0.1)) return undefined
  return happens(random, 0.2) ? pick(random, rarities) : pickByWeight(random, listFaults('POST deploys')).name
}

const rarities = [
  'repeated by a gateway',
  'redirect',
  '429, carried out',
  '409 of nothing',
  'refused',
  '2xx, no usable id',
] as const
