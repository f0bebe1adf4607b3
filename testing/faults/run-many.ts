import { availableParallelism } from 'node:os'

/** One run: calls `isUnderWay` once it mostly waits. */
type Work<Item, Result> = (item: Item, isUnderWay: () => void) => Promise<Result>

/** A run takes the processor for a moment, and mostly waits from then on. */
const mostBeginning = availableParallelism() + 1

/** What begins later than this is kept waiting by the others, or by whatever else the machine does: there are too many. */
const longestBeginMs = 5_000
const fewest = 4

/**
 * Works through a list, in its order, with many runs at a time, but few that begin, and fewer while the machine is busy. Results
 * come in the same order.
 */
export const runMany = async <Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: Work<Item, Result>,
  onResult: (result: Result) => void = () => undefined,
): Promise<Result[]> => {
  const results: Result[] = []
  const turns = createTurns(atATime)
  const go = async (item: Item, index: number): Promise<void> => {
    const turn = await turns.take()
    try {
      const result = await work(item, turn.tellUnderWay)
      results[index] = result
      onResult(result)
    } finally {
      turn.tellOver()
    }
  }
  await Promise.all(items.map(go))
  return results
}

type Turn = { readonly tellUnderWay: () => void; readonly tellOver: () => void }

const createTurns = (most: number): { readonly take: () => Promise<Turn> } => {
  const waiting: (() => void)[] = []
  let limit = most
  let running = 0
  let beginning = 0
  const next = (): void => {
    while (waiting.length > 0 && beginning < mostBeginning && running < limit) {
      running++
      beginning++
      waiting.shift()?.()
    }
  }
  const createTurn = (): Turn => {
    const beganMs = performance.now()
    let isBeginning = true
    const tellUnderWay = (): void => {
      if (!isBeginning) return
      isBeginning = false
      beginning--
      const isLate = performance.now() - beganMs > longestBeginMs
      limit = isLate ? Math.max(Math.min(fewest, most), limit - 1) : Math.min(most, limit + 1)
      next()
    }
    return {
      tellUnderWay,
      tellOver: () => {
        tellUnderWay()
        running--
        next()
      },
    }
  }
  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(createTurn()))
        next()
      }),
  }
}
