import { availableParallelism } from 'node:os'

/** One run: calls `isUnderWay` once it mostly waits. */
type Work<Item, Result> = (item: Item, isUnderWay: () => void) => Promise<Result>

/** A run takes the processor for a moment, and mostly waits from then on. */
const mostBeginning = availableParallelism() + 1

/** Works through a list, in its order, with many runs at a time, but few that begin. Results come in the same order. */
export const runMany = async <Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: Work<Item, Result>,
  onResult: (result: Result) => void = () => undefined,
): Promise<Result[]> => {
  const results: Result[] = []
  const begin = createTurns(mostBeginning)
  let next = 0
  const go = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const isUnderWay = await begin()
      const result = await work(items[index] as Item, isUnderWay).finally(isUnderWay)
      results[index] = result
      onResult(result)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, go))
  return results
}

/** @returns waits for a turn, and resolves to what gives it back */
const createTurns = (count: number): (() => Promise<() => void>) => {
  const waiting: (() => void)[] = []
  let free = count
  const give = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    let isGiven = false
    return () => {
      if (!isGiven) give()
      isGiven = true
    }
  }
}
