import { Worker } from 'node:worker_threads'
import type { Batch, BatchResult, Failure } from './batch.ts'
import { addTally, createTally } from './tally.ts'

const batchSize = 250

export type PoolOptions = Omit<Batch, 'count'> & {
  readonly runs: number
  readonly threads: number
  /** Ends with the first failure. */
  readonly stopsAtFailure?: boolean
}

/** Spreads the seeds over threads. The result doesn't depend on their number. */
export const runPool = async (options: PoolOptions): Promise<BatchResult> => {
  const { runs, threads, stopsAtFailure = false, ...kinds } = options
  const { firstSeed } = kinds
  const tally = createTally()
  const failures: Failure[] = []
  let next = firstSeed
  const endSeed = firstSeed + runs
  const work = async (worker: Worker): Promise<void> => {
    while (next < endSeed && !(stopsAtFailure && failures.length > 0)) {
      const batch = { ...kinds, firstSeed: next, count: Math.min(batchSize, endSeed - next) }
      next += batch.count
      const result = await ask(worker, batch)
      addTally(tally, result.tally)
      failures.push(...result.failures)
    }
    await worker.terminate()
  }
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./worker.ts', import.meta.url)))
  await Promise.all(workers.map(work))
  return { tally, failures: failures.toSorted((one, other) => one.seed - other.seed) }
}

const ask = (worker: Worker, batch: Batch): Promise<BatchResult> =>
  new Promise((resolve, reject) => {
    worker.removeAllListeners().once('message', resolve).once('error', reject).postMessage(batch)
  })
