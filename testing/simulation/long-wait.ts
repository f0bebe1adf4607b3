import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sha256hex } from '../../src/adapters/hash.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { inputNames, type RawInputs } from '../../src/core/inputs/request.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import { createWriter } from '../../src/core/text/writer.ts'
import type { Runner } from '../../src/ports.ts'
import { run } from '../../src/run.ts'
import { createRandom } from '../simulator/chance.ts'
import { badGateway } from '../simulator/faults.ts'
import { createOrchestrator, usualToken } from '../simulator/orchestrator.ts'
import { createVirtualClock } from '../virtual/virtual-clock.ts'
import { createVirtualTransport } from '../virtual/virtual-transport.ts'
import { place, workflow } from './place.ts'

const hourMs = 3_600_000

const hours = 6

export type LongWait = {
  readonly outcome: Outcome
  /** In each hour. */
  readonly requests: readonly number[]
  /** Of the heap, in kB, at the end of each hour, after everything that could go was gone. */
  readonly heapKb: readonly number[]
}

export type LongWaitOptions = {
  /** How many deployments the environment has had. */
  readonly deployments: number
  /** How many of a hundred polls fail. */
  readonly failingPercent: number
}

/** Waits on the virtual clock for a deployment that takes six hours. What is said and asked is counted, not kept. */
export const waitLong = async ({ deployments, failingPercent }: LongWaitOptions): Promise<LongWait> => {
  const clock = createVirtualClock(Date.parse('2026-11-23T17:00:00Z'))
  const orchestrator = createOrchestrator({ now: clock.now })
  const durationSeconds = 150
  const history = Array.from({ length: deployments }, (_, index) => {
    return { agoSeconds: 900 * (index + 1), durationSeconds, status: 'succeeded' as const }
  })
  orchestrator.addEnvironment(place, { history })
  orchestrator.planAll(place, { durationMs: hours * hourMs - 60_000 })
  const beganMs = clock.now()
  const requests = Array.from({ length: hours }, () => 0)
  const heapKb: number[] = []
  const random = createRandom(1)
  const transport = createVirtualTransport(orchestrator, clock, {
    latencyMs: () => 40,
    token: usualToken,
    strike: ({ method }) => {
      const hour = Math.floor((clock.now() - beganMs) / hourMs)
      requests[hour] = (requests[hour] ?? 0) + 1
      return method === 'GET' && random() * 100 < failingPercent ? { action: badGateway() } : undefined
    },
  })
  const measure = (): void => {
    heapKb.push(Math.round(measureHeapBytes() / 1024))
    if (heapKb.length < hours) clock.schedule(clock.now() + hourMs, measure)
  }
  clock.schedule(beganMs + hourMs - 120_000, measure)
  const inputs = { org: 'acme', app: 'shop', env: 'shop-env', token: usualToken, redeploy: 'true', timeout: '7h' }
  const outcome = await clock.run(
    run({
      inputs: { ...(Object.fromEntries(inputNames.map((name) => [name, ''])) as RawInputs), ...inputs },
      workflow,
      runner: silent,
      clock,
      random,
      sha256hex,
      startedMs: beganMs,
      cancel: new AbortController().signal,
      writer: createWriter((text) => text),
      connect: async ({ org, app }) => createHumanitec(transport, { org, app, now: clock.now }),
      connectGitHub: () => Promise.reject(new Error('Nothing here asks for GitHub.')),
      loadFileReader: () => Promise.reject(new Error('Nothing here names a file.')),
    }),
  )
  return { outcome, requests, heapKb }
}

const silent: Runner = {
  info: () => undefined,
  debug: () => undefined,
  group: () => undefined,
  annotate: () => undefined,
  setOutput: () => undefined,
  saveState: () => undefined,
  appendSummary: () => true,
}

const measureHeapBytes = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
