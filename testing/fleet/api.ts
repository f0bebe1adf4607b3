import type { Transport } from '../../src/adapters/http.ts'
import { createRandom, type Random } from '../simulator/chance.ts'
import { createOrchestrator, type Orchestrator, usualToken } from '../simulator/orchestrator.ts'
import { createVirtualClock, type VirtualClock } from '../virtual/virtual-clock.ts'
import { createVirtualTransport } from '../virtual/virtual-transport.ts'
import type { Cell, PlannedStep } from './plan.ts'

/** What the API saw. */
type Traffic = {
  /** By the second since the beginning. */
  readonly seconds: { requests: number; refused: number }[]
  /** By the step's number: when its deployment began, on the clock. */
  readonly startedMs: Map<number, number>
  requests: number
}

/** One API with a rate limit, and what it saw. */
export type FleetApi = {
  readonly clock: VirtualClock
  readonly orchestrator: Orchestrator
  readonly traffic: Traffic
  readonly random: Random
  readonly beganMs: number
}

const beginMs = Date.parse('2026-11-23T12:00:00Z')
export const application = 'acme/shop'

export const nameEnvironment = (index: number): string => `env-${index}`

/** A fleet of ten thousand steps takes millions of turns, thousands of them within one millisecond. */
const patience = { standingTurns: 1_000_000, turns: 100_000_000, looks: 1_000_000 }

export const createFleetApi = ({ limit, seed = 1 }: Cell): FleetApi => {
  const clock = createVirtualClock(beginMs, patience)
  const traffic: Traffic = { seconds: [], startedMs: new Map(), requests: 0 }
  const orchestrator = createOrchestrator({
    now: clock.now,
    acceptsAnyDelta: true,
    random: createRandom(seed ^ 0x5eed),
    onAnswer: ({ atMs, operation, request, acceptedId }, { status }) => {
      const second = Math.floor((atMs - beginMs) / 1000)
      traffic.seconds[second] ??= { requests: 0, refused: 0 }
      const seen = traffic.seconds[second]
      seen.requests++
      traffic.requests++
      if (status === 429) seen.refused++
      const index = Number(/\/envs\/env-(\d+)\//.exec(request.path)?.[1])
      if (operation === 'POST deploys' && acceptedId) traffic.startedMs.set(index, atMs)
      forget()
    },
  })
  // Nobody reads the record of a million requests, and it would fill the memory.
  const forget = (): void => {
    const record = orchestrator.record as unknown[]
    record.length = 0
  }
  orchestrator.addApp(application)
  orchestrator.limitRate(usualToken, {
    capacity: limit.perSecond,
    refillPerSecond: limit.perSecond,
    tellsRetryAfter: limit.tellsRetryAfter,
  })
  return { clock, orchestrator, traffic, random: createRandom(seed ^ 0x11e), beganMs: beginMs }
}

const pastSpacingSeconds = 3_600

export const addPlannedEnvironment = (
  { orchestrator }: FleetApi,
  { index, durationMs, history }: PlannedStep,
): void => {
  orchestrator.addEnvironment(`${application}/${nameEnvironment(index)}`, {
    plan: { durationMs },
    history: history.map(({ durationMs: pastMs }, i) => ({
      agoSeconds: (i + 1) * pastSpacingSeconds,
      durationSeconds: pastMs / 1000,
      status: 'succeeded',
    })),
  })
}

/** One way. */
export const drawLatencyMs = ({ random }: FleetApi): number => 20 + Math.floor(random() * 60)

/** The way from one step to the API. */
export const connectStep = (api: FleetApi): Transport =>
  createVirtualTransport(api.orchestrator, api.clock, { token: usualToken, latencyMs: () => drawLatencyMs(api) })
