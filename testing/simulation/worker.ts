import { parentPort } from 'node:worker_threads'
import { type Batch, runBatch } from './batch.ts'

/** Takes batches from the main thread until that one has no more. */
parentPort?.on('message', async (batch: Batch) => {
  parentPort?.postMessage(await runBatch(batch))
})
