import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Outcome } from '../../src/core/run/outcome.ts'
import { run } from '../../src/run.ts'
import { createRandom } from '../simulator/chance.ts'
import { badGateway } from '../simulator/faults.ts'
import { createOrchestrator, usualToken } from '../simulator/orchestrator.ts'
import { createVirtualClock } from '../virtual/virtual-clock.ts'
import { createRunner, createStepWorld, type Told } from '../virtual/virtual-step.ts'
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
  const humanitec = createVirtualTransport(orchestrator, clock, {
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
  const outcome = await clock.run(
    run(
      createStepWorld({
        inputs: { org: 'acme', app: 'shop', env: 'shop-env', token: usualToken, redeploy: 'true', timeout: '7h' },
        workflow,
        runner: createRunner(unheard),
        clock,
        random,
        cancel: new AbortController().signal,
        humanitec,
      }),
    ),
  )
  return { outcome, requests, heapKb }
}

const unheard: Told = {
  line: () => undefined,
  annotation: () => undefined,
  output: () => undefined,
  state: () => undefined,
  summary: () => undefined,
}

const measureHeapBytes = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
