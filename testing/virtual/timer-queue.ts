type Timer = { readonly atMs: number; readonly act: () => void }

/** Timers in order of time; those of the same time in the order in which they were added. */
export type TimerQueue = {
  /** Returns how to take it out again. */
  add(timer: Timer): () => void
  /** Takes the next one out; `undefined` when there is none. */
  take(): Timer | undefined
}

type Entry = { readonly timer: Timer; readonly number: number; isOut: boolean }

const isBefore = (one: Entry, other: Entry): boolean =>
  one.timer.atMs < other.timer.atMs || (one.timer.atMs === other.timer.atMs && one.number < other.number)

/** A binary heap: a fleet has tens of thousands of timers at once. */
export const createTimerQueue = (): TimerQueue => {
  const heap: Entry[] = []
  let added = 0

  const rise = (entry: Entry): void => {
    let place = heap.length
    while (place > 0) {
      const above = heap[(place - 1) >> 1] as Entry
      if (!isBefore(entry, above)) break
      heap[place] = above
      place = (place - 1) >> 1
    }
    heap[place] = entry
  }

  const sink = (entry: Entry): void => {
    let place = 0
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      const [left, right] = [heap[below] as Entry, heap[below + 1]]
      const least = right && isBefore(right, left) ? right : left
      if (!isBefore(least, entry)) break
      heap[place] = least
      place = least === left ? below : below + 1
    }
    heap[place] = entry
  }

  const takeFirst = (): Entry | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (last && heap.length > 0) sink(last)
    return first
  }

  return {
    add: (timer) => {
      const entry: Entry = { timer, number: added++, isOut: false }
      rise(entry)
      return () => {
        entry.isOut = true
      }
    },
    take: () => {
      let entry = takeFirst()
      while (entry?.isOut) entry = takeFirst()
      return entry?.timer
    },
  }
}
