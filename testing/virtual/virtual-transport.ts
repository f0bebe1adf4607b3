import type { GitHubTransport } from '../../src/adapters/github.ts'
import { type Answer, type Call, parseBody, type Transport } from '../../src/adapters/http.ts'
import { type FailureKind, RequestError } from '../../src/core/network/request-error.ts'
import type { Limits } from '../../src/ports.ts'
import type { ApiAnswer, Exchange } from '../simulator/exchange.ts'
import type { FaultAction } from '../simulator/faults.ts'
import type { RequestLog } from '../simulator/request-log.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What hits a request: it doesn't get through (told after `afterMs`, by default at once), or a fault of the far side. */
export type Strike = { readonly network: FailureKind; readonly afterMs?: number } | { readonly action: FaultAction }

export type VirtualNetwork<Sent extends SentCall = Call> = {
  /** One way. */
  readonly latencyMs: () => number
  readonly strike?: (call: Sent) => Strike | undefined
  readonly token: string
  /** In front of each path, as the orchestrator has it. */
  readonly pathPrefix?: string
  /**
   * Called when a request has come as far as the service, before it is carried out. `isGivenUp`: its sender waits no
   * longer. False: it is lost there; by default all arrive.
   */
  readonly arrives?: (call: Sent, isGivenUp: boolean) => boolean
  /** Called when it was taken: it is the last one of the service's record. */
  readonly onTaken?: (call: Sent) => void
}

/** A request to either service, as its adapter sends it. */
type SentCall = {
  readonly method: string
  /** Without the leading slash; with the query, or the query apart. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

type Service = Pick<RequestLog, 'exchange'>

/** One request on its way. */
type Flight = {
  readonly endMs: number
  readonly isOver: () => boolean
  /** `late` is what is seen when the limit of time comes first. */
  land(atMs: number, outcome: () => ApiAnswer, late?: () => ApiAnswer): void
}

/** The way to an orchestrator in memory, on a virtual clock, with limits of time kept as over real sockets. */
export const createVirtualTransport = (
  orchestrator: Service,
  clock: VirtualClock,
  network: VirtualNetwork,
): Transport => createWay(orchestrator, clock, network, toAnswer)

/** The same to a GitHub in memory. */
export const createVirtualGitHubTransport = (
  github: Service,
  clock: VirtualClock,
  network: VirtualNetwork<Parameters<GitHubTransport>[0]>,
): GitHubTransport =>
  createWay(github, clock, network, ({ status, body, text, headers = {} }) => ({
    status,
    // Octokit hands out what isn't JSON as text.
    body: text === undefined ? body : undefined,
    headers,
  }))

const createWay =
  <Sent extends SentCall, Seen>(
    service: Service,
    clock: VirtualClock,
    network: VirtualNetwork<Sent>,
    convert: (answer: ApiAnswer) => Seen,
  ) =>
  (call: Sent, limits: Limits): Promise<Seen> =>
    new Promise((resolve, reject) => {
      if (limits.signal?.aborted) return reject(limits.signal.reason)
      const flight = createFlight(clock, call, limits, (answer) => resolve(convert(answer)), reject)
      const strike = network.strike?.(call)
      if (strike && 'network' in strike) {
        flight.land(clock.now() + (strike.afterMs ?? network.latencyMs()), () =>
          fail(call, strike.network, 'the network failed'),
        )
        return
      }
      const arriveMs = clock.now() + network.latencyMs()
      if (arriveMs > flight.endMs) flight.land(arriveMs, () => fail(call, 'lost', ''))
      clock.schedule(arriveMs, () => {
        if (network.arrives?.(call, flight.isOver()) === false) {
          flight.land(Number.POSITIVE_INFINITY, () => fail(call, 'lost', ''))
          return
        }
        const exchange = send(service, network, call, strike?.action)
        network.onTaken?.(call)
        flight.land(
          clock.now() + network.latencyMs() + determineDelayMs(exchange),
          () => deliver(call, exchange),
          () => cutInTime(call, exchange),
        )
      })
    })

/** Lands once: with its outcome, at its limit of time, or by the signal. */
const createFlight = (
  clock: VirtualClock,
  call: SentCall,
  { timeoutMs, signal }: Limits,
  resolve: (answer: ApiAnswer) => void,
  reject: (reason: unknown) => void,
): Flight => {
  const endMs = clock.now() + timeoutMs
  let isOver = false
  let callOff = () => {}
  const finish = (): void => {
    isOver = true
    signal?.removeEventListener('abort', abort)
  }
  const abort = (): void => {
    callOff()
    finish()
    reject(signal?.reason)
  }
  signal?.addEventListener('abort', abort)
  return {
    endMs,
    isOver: () => isOver,
    land: (atMs, outcome, late = () => fail(call, 'lost', 'no answer in time')) => {
      if (isOver) return
      callOff = clock.schedule(Math.min(atMs, endMs), () => {
        finish()
        try {
          resolve(atMs > endMs ? late() : outcome())
        } catch (failure) {
          reject(failure)
        }
      })
    },
  }
}

const fail = (call: SentCall, kind: FailureKind, detail: string, status?: number): never => {
  const request = `${call.method} /${call.path}`
  throw new RequestError({ kind, request, detail, ...(status !== undefined && { status }) })
}

const send = (
  service: Service,
  network: Pick<VirtualNetwork, 'pathPrefix' | 'token'>,
  call: SentCall,
  action?: FaultAction,
): Exchange => {
  const address = `${network.pathPrefix ?? ''}/${call.path}`
  const pathEnd = address.includes('?') ? address.indexOf('?') : address.length
  const { method, query, headers, json } = call
  return service.exchange(
    {
      method,
      path: address.slice(0, pathEnd),
      search: address.slice(pathEnd + 1),
      token: network.token,
      ...(query && { query }),
      ...(headers && { headers }),
      ...(json !== undefined && { body: json }),
    },
    action,
  )
}

const determineDelayMs = ({ answer, delivery }: Exchange): number => {
  switch (delivery.kind) {
    case 'stall':
      return delivery.ms ?? Number.POSITIVE_INFINITY
    case 'trickle':
      return (1000 * JSON.stringify(answer?.body ?? '').length) / delivery.bytesPerSecond
    default:
      return 0
  }
}

const deliver = (call: SentCall, { answer, delivery }: Exchange): ApiAnswer => {
  if (!answer) return fail(call, 'lost', 'the connection was cut')
  if (delivery.kind === 'padded') return delivery.bytes > 50 * 1024 * 1024 ? { ...answer, text: '' } : answer
  if (delivery.kind !== 'cut') return answer
  if (delivery.at !== 'body') return fail(call, 'lost', 'the connection was cut')
  return cutBody(call, answer, 'the connection was cut')
}

/** The limit of time came first: the status may have been seen. */
const cutInTime = (call: SentCall, { answer, delivery }: Exchange): ApiAnswer => {
  const isStatusSeen = delivery.kind === 'trickle' || (delivery.kind === 'stall' && delivery.at === 'body')
  return answer && isStatusSeen ? cutBody(call, answer, 'no answer in time') : fail(call, 'lost', 'no answer in time')
}

/** What a refusal says beside its status is done without. */
const cutBody = (call: SentCall, answer: ApiAnswer, detail: string): ApiAnswer =>
  answer.status < 200 || answer.status >= 300 ? { ...answer, text: '' } : fail(call, 'lost', detail, answer.status)

const toAnswer = ({ status, headers = {}, body, text }: ApiAnswer): Answer => ({
  status,
  ...(text === undefined ? { body } : parseBody(text)),
  retryAfter: headers['retry-after'] ?? null,
  location: headers['location'] ?? null,
  contentType: headers['content-type'] ?? null,
})
