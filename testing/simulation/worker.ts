import { parentPort } from 'node:worker_threads'
import { runBatch } from './batch.ts'

/** Takes batches from the main thread until that one has no more. */
parentPort?.on('message', async ({ firstSeed, count }: { firstSeed: number; count: number }) => {
  parentPort?.postMessage(await runBatch(firstSeed, count))
})
