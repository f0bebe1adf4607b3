import type { Answer, Call, Transport } from '../src/adapters/humanitec.ts'
import { parseJson } from '../src/core/answers.ts'
import { type FailureKind, RequestFailure } from '../src/core/failure.ts'
import type { Clock } from '../src/ports.ts'
import type { ApiAnswer, Delivery, Exchange } from './exchange.ts'
import type { FaultAction } from './faults.ts'
import type { Orchestrator } from './orchestrator.ts'

export type VirtualNetwork = {
  /** One way. */
  readonly latencyMs: () => number
  /** What hits this call: a request that doesn't get through, or a fault of the far side. */
  readonly strike?: (call: Call) => { readonly network: FailureKind } | { readonly action: FaultAction } | undefined
  readonly token: string
  /** In front of each path, as the orchestrator has it. */
  readonly pathPrefix?: string
}

/** The way to an orchestrator in memory, on a virtual clock, with limits of time kept as over real sockets. */
export const createVirtualTransport =
  (orchestrator: Orchestrator, clock: Clock, network: VirtualNetwork): Transport =>
  async (call, limits) => {
    const endMs = clock.now() + limits.timeoutMs
    const fail = (kind: FailureKind, detail: string, status?: number): never => {
      const request = `${call.method} /${call.path}`
      throw new RequestFailure({ kind, request, detail, ...(status !== undefined && { status }) })
    }
    const wait = async (ms: number, status?: number): Promise<void> => {
      const leftMs = endMs - clock.now()
      await clock.sleep(Math.min(ms, leftMs), limits.signal)
      if (ms > leftMs) fail('lost', 'no answer in time', status)
    }
    limits.signal?.throwIfAborted()
    const strike = network.strike?.(call)
    await wait(network.latencyMs())
    if (strike && 'network' in strike) return fail(strike.network, 'the network failed')
    const exchange = send(orchestrator, network, call, strike?.action)
    await wait(network.latencyMs())
    return deliver(exchange, wait, fail)
  }

const send = (orchestrator: Orchestrator, network: VirtualNetwork, call: Call, action?: FaultAction): Exchange => {
  const path = `${network.pathPrefix ?? ''}/${call.path}`
  const { method, json } = call
  return orchestrator.exchange(
    { method, path, token: network.token, ...(json !== undefined && { body: json }) },
    action,
  )
}

const deliver = async (
  { answer, delivery }: Exchange,
  wait: (ms: number, status?: number) => Promise<void>,
  fail: (kind: FailureKind, detail: string, status?: number) => never,
): Promise<Answer> => {
  const status = answer && isStatusSeen(delivery) ? answer.status : undefined
  if (!answer && delivery.kind === 'stall') await wait(Number.POSITIVE_INFINITY)
  if (!answer) return fail('lost', 'the connection was cut')
  const isRefusal = status !== undefined && (status < 200 || status >= 300)
  switch (delivery.kind) {
    case 'whole':
      return toAnswer(answer)
    case 'cut':
      return isRefusal ? toAnswer({ ...answer, text: '' }) : fail('lost', 'the connection was cut', status)
    case 'stall':
      await wait(delivery.ms ?? Number.POSITIVE_INFINITY, status)
      return toAnswer(answer)
    case 'trickle':
      await wait((1000 * JSON.stringify(answer.body ?? '').length) / delivery.bytesPerSecond, status)
      return toAnswer(answer)
    case 'padded':
      return toAnswer(delivery.bytes > 50 * 1024 * 1024 ? { ...answer, text: '' } : answer)
  }
}

const isStatusSeen = (delivery: Delivery): boolean =>
  !((delivery.kind === 'cut' || delivery.kind === 'stall') && delivery.at !== 'body')

const toAnswer = ({ status, headers = {}, body, text }: ApiAnswer): Answer => ({
  status,
  body: text === undefined ? body : parseJson(text),
  retryAfter: headers['retry-after'] ?? null,
  location: headers['location'] ?? null,
})
