import type { Random } from '../simulator/chance.ts'

/** True once in `1 / chance` times. */
export const happens = (random: Random, chance: number): boolean => random() < chance

export const drawBetween = (random: Random, least: number, most: number): number => least + random() * (most - least)

/** A whole number, both ends included. */
export const drawInteger = (random: Random, least: number, most: number): number =>
  Math.floor(drawBetween(random, least, most + 1))

/** Small ones as often as large ones: for durations. */
export const drawByMagnitude = (random: Random, least: number, most: number): number =>
  Math.round(least * (most / least) ** random())

export const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

type Weighted = { readonly weight: number }
type WeightedKind<Kind> = Weighted & { readonly kind: Kind }

/** At least one, for `pickByWeight`. */
export type WeightedKinds<Kind> = readonly [WeightedKind<Kind>, ...WeightedKind<Kind>[]]

/** One of them, by its weight among those given. */
export const pickByWeight = <Item extends Weighted>(random: Random, items: readonly [Item, ...Item[]]): Item => {
  let left = random() * items.reduce((sum, { weight }) => sum + weight, 0)
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item
  }
  return items[0]
}
