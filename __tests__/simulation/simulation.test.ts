import { availableParallelism } from 'node:os'
import { beforeAll, expect, it } from '@jest/globals'
import type { BatchResult } from '../../testing/simulation/batch.ts'
import { createScenario } from '../../testing/simulation/scenario.ts'
import { simulate } from '../../testing/simulation/simulate.ts'
import { runPool } from '../../testing/simulation/thread-pool.ts'
import { formatTrace } from '../../testing/simulation/trace-text.ts'

const runs = 10_000
/** Some seconds, on a machine that does nothing else. */
const mostMs = 300_000

let result: BatchResult
beforeAll(async () => {
  result = await runPool({ firstSeed: 1, runs, threads: availableParallelism() })
}, mostMs)

it('no promise is broken in 10,000 simulations', () => {
  expect(result.failures).toEqual([])
  expect(result.tally.runs).toBe(runs)
  expect(result.tally.busiestHour).toBeLessThanOrEqual(320)
})

it.each([
  'answer lost: adopted',
  'answer lost, then 409: adopted',
  'answer lost, absent: sent again',
  'answer lost three times, absent: unknown',
  "could be ours or another's: unknown",
  'list refused: unknown',
  'list not readable until the deadline: unknown',
  '2xx without a deployment: adopted',
  '2xx without a deployment, none in the list: unknown',
  'redirected: adopted',
  'redirected: error',
  '429: adopted',
  '429, absent: sent again',
  '429: error',
  'not sent: sent again',
  '409: error',
  '409, waited for: sent again',
  're-run: attached before a start',
  're-run: attached after a start was refused',
  'signal within the start: id kept',
  'crash within the start',
  'base put back',
  'base put back by the post step',
  'base left, and named',
])('among them is, more than once: %s', (kind) => {
  expect(result.tally.reconciliations[kind]).toBeGreaterThan(5)
})

it.each(['cancelled', 'crash', 'error', 'failed', 'started', 'succeeded', 'timed_out', 'unknown'])(
  'among their ends is %s, hundreds of times',
  (end) => {
    expect(result.tally.ends[end]).toBeGreaterThan(200)
  },
)

it.each([3, 11, 28, 115, 199])('seed %d replays, to the millisecond', async (seed) => {
  const [one, other] = [await simulate(createScenario(seed)), await simulate(createScenario(seed))]
  expect(formatTrace(one)).toBe(formatTrace(other))
})
