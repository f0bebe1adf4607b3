import type { GitHubTransport } from '../../../src/adapters/github.ts'
import type { Transport } from '../../../src/adapters/http.ts'
import type { Random } from '../../simulator/chance.ts'
import { parseGitHubRoute } from '../../simulator/github/routes.ts'
import { usualGitHubToken } from '../../simulator/github.ts'
import { parseRoute } from '../../simulator/orchestrator/routes.ts'
import { usualToken } from '../../simulator/orchestrator.ts'
import type { VirtualClock } from '../../virtual/virtual-clock.ts'
import type { VirtualProcess } from '../../virtual/virtual-process.ts'
import { createVirtualGitHubTransport, createVirtualTransport, type Strike } from '../../virtual/virtual-transport.ts'
import { drawInteger, happens, pickByWeight } from '../draw.ts'
import { getFault, listFaults, type MenuEntry } from '../fault-menu.ts'
import type { NetworkConditions } from '../scenario-conditions.ts'
import { latestSightMs } from '../scenario-plan.ts'
import { type Seen, watchAnswer } from '../trace.ts'
import { listGitHubFaults } from './github-faults.ts'
import type { PreviewScenario } from './preview-scenario.ts'
import type { GitHubSending, PreviewAttempt, PreviewSending, PullState } from './preview-trace.ts'
import { home, type Services } from './repository.ts'

export type NetworkPlace = Services & {
  readonly scenario: PreviewScenario
  readonly clock: VirtualClock
  readonly random: Random
  readonly startedMs: number
  readonly pulls: ReadonlyMap<number, PullState>
  /** All is well from here on. */
  readonly isCalm: () => boolean
}

/** No promise leads there; but what runs away must end. */
const mostRequests = 5_000

/** The ways from one process to Humanitec and to GitHub, each under its network's conditions, written down. */
export const createWays = (
  at: NetworkPlace,
  attempt: PreviewAttempt,
  process: VirtualProcess,
): { readonly humanitec: Transport; readonly github: GitHubTransport } => {
  const { scenario, clock, random, orchestrator, github } = at
  const { least, most } = scenario.latency
  const latencyMs = () => drawInteger(random, least, most)
  /** What a dead process sent, or one that waits no longer, may have been lost with it. */
  const arrives = (_: unknown, isGivenUp: boolean): boolean =>
    !((isGivenUp || process.isOver()) && happens(random, 0.5))
  const asked = new Map<object, PreviewSending>()
  const askedOfGitHub = new Map<object, GitHubSending>()
  const humanitec = createVirtualTransport(orchestrator, clock, {
    token: usualToken,
    latencyMs,
    arrives,
    strike: (call) => strike(at, scenario.conditions, asked.get(call), listFaults),
    onTaken: (call) => {
      const sending = asked.get(call)
      const record = orchestrator.record.at(-1)
      if (!sending || !record) return
      sending.record = record
      const env = parseRoute(record.request.path, '')?.env
      const taken = env ? orchestrator.inspectEnvironment(`${home}/${env}`) : undefined
      if (taken) sending.taken = taken
    },
  })
  const gitHub = createVirtualGitHubTransport(github, clock, {
    token: usualGitHubToken,
    latencyMs,
    arrives,
    strike: (call) => strike(at, scenario.gitHubConditions, askedOfGitHub.get(call), listGitHubFaults),
    onTaken: (call) => {
      const sending = askedOfGitHub.get(call)
      const record = github.record.at(-1)
      if (!sending || !record) return
      sending.record = record
      sending.pulls = new Map(at.pulls)
    },
  })
  const follow = follower(at, attempt, process)
  return {
    humanitec: (call, limits) => {
      const operation = `${call.method} ${parseRoute(`/${call.path.split('?', 1)[0]}`, '')?.noun}`
      const env = call.method === 'DELETE' ? call.path.split('/').at(-1) : undefined
      const there = env ? orchestrator.inspectEnvironment(`${home}/${env}`) : undefined
      const sending: PreviewSending = {
        call,
        operation,
        atMs: clock.now(),
        fault: '',
        besides: 0,
        ...(there && { there }),
      }
      asked.set(call, sending)
      return follow(sending, attempt.sendings, limits.signal, () => humanitec(call, limits))
    },
    github: (call, limits) => {
      const operation = `${call.method} ${parseGitHubRoute(`/${call.path}`)?.noun}`
      const sending: GitHubSending = { call, operation, atMs: clock.now(), fault: '' }
      askedOfGitHub.set(call, sending)
      return follow(sending, attempt.github, limits.signal, () => gitHub(call, limits))
    },
  }
}

/** Sends a request unless its process is dead, and writes down what its sender saw of it. */
const follower =
  ({ clock }: NetworkPlace, attempt: PreviewAttempt, process: VirtualProcess) =>
  <Answer, Sent extends { seen?: Seen<Answer>; seenAtMs?: number }>(
    sending: Sent,
    list: Sent[],
    signal: AbortSignal | undefined,
    send: () => Promise<Answer>,
  ): Promise<Answer> => {
    if (process.isOver()) return new Promise(() => {})
    if (signal?.aborted) return Promise.reject(signal.reason)
    process.touch()
    list.push(sending)
    if (attempt.sendings.length + attempt.github.length > mostRequests)
      throw new Error(`More than ${mostRequests} requests were sent.`)
    const note = (seen: Seen<Answer>): void => {
      if (process.isOver()) return
      sending.seen = seen
      sending.seenAtMs = clock.now()
    }
    return process.guard(watchAnswer(send(), note))
  }

const strike = (
  at: NetworkPlace,
  conditions: NetworkConditions,
  sending: { readonly operation: string; fault: string } | undefined,
  list: (operation: string) => readonly [MenuEntry, ...MenuEntry[]],
): Strike | undefined => {
  if (!sending || at.isCalm()) return undefined
  const { clock, random, startedMs } = at
  const elapsedMs = clock.now() - startedMs
  const outage = conditions.outages.find(({ fromMs, toMs }) => fromMs <= elapsedMs && elapsedMs < toMs)
  const isHit = happens(random, conditions.rate)
  if (!outage && !isHit) return undefined
  const entry = outage ? getFault(outage.fault) : pickByWeight(random, list(sending.operation))
  sending.fault = entry.name
  return entry.make({
    random,
    operation: sending.operation,
    latestEffectMs: latestSightMs,
    otherId: '00000000deadbeef',
    nowMs: clock.now(),
  })
}
