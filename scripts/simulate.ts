import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { tellSeed } from '../testing/simulation/batch.ts'
import { waitLong } from '../testing/simulation/long-wait.ts'
import { formatTally } from '../testing/simulation/tally.ts'
import { runPool } from '../testing/simulation/thread-pool.ts'

// npm run simulate -- --runs 100000    that many seeds, from --from (1), on --threads; ends at the first batch with a failure with --stop
// npm run simulate -- --long-wait      a wait of six virtual hours: requests and memory
// npm run simulate -- --seed 4711      one seed, told
// With --previews-every 100, one seed of a hundred, not of twenty, is of whole lives of previews; also with --seed.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    'previews-every': { type: 'string', default: '20' },
    stop: { type: 'boolean', default: false },
    'long-wait': { type: 'boolean', default: false },
  },
})

const mostTraces = 3
const previewsEvery = Number(values['previews-every'])

const tell = async (seed: number): Promise<boolean> => {
  const { text, broken } = await tellSeed(seed, previewsEvery)
  console.log(text)
  console.log(
    broken.length === 0 ? `\nseed ${seed}: nothing is broken` : `\nseed ${seed} breaks:\n  ${broken.join('\n  ')}`,
  )
  return broken.length === 0
}

const runMany = async (): Promise<boolean> => {
  const beganMs = performance.now()
  const { tally, failures } = await runPool({
    firstSeed: Number(values.from),
    runs: Number(values.runs),
    threads: Number(values.threads),
    stopsAtFailure: values.stop,
    previewsEvery,
  })
  for (const { seed } of failures.slice(0, mostTraces)) await tell(seed)
  console.log(formatTally(tally))
  console.log(`\n${failures.length} seeds break a promise, in ${((performance.now() - beganMs) / 1000).toFixed(1)} s`)
  for (const { seed, broken } of failures.slice(0, 50)) console.log(`  --seed ${seed}: ${broken.join('; ')}`)
  return failures.length === 0
}

const tellLongWaits = async (): Promise<boolean> => {
  for (const deployments of [1, 10, 5_000]) {
    for (const failingPercent of [0, 30]) {
      const { outcome, requests, heapKb } = await waitLong({ deployments, failingPercent })
      console.log(`${deployments} earlier deployments, ${failingPercent} % of all reads fail: ${outcome}`)
      console.log(`  requests in each hour: ${requests.join(', ')}`)
      console.log(`  heap after each hour, in kB: ${heapKb.join(', ')}`)
    }
  }
  return true
}

const perform = (): Promise<boolean> => {
  if (values['long-wait']) return tellLongWaits()
  return values.seed === undefined ? runMany() : tell(Number(values.seed))
}

process.exitCode = (await perform()) ? 0 : 1
