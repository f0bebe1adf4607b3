import { createGitHub, type GitHubTransport } from '../../src/adapters/github.ts'
import { type FailureKind, RequestError } from '../../src/core/network/request-error.ts'
import type { Redact } from '../../src/core/text/redact.ts'
import type { Clock, GitHub } from '../../src/ports.ts'
import type { Exchange } from '../simulator/exchange.ts'
import { type GitHub as GitHubModel, usualGitHubToken } from '../simulator/github.ts'
import type { VirtualClock } from './virtual-clock.ts'

export type VirtualGitHubOptions = {
  /** The client's clock: in a process that has died it never wakes. By default the world's. */
  readonly clock?: Clock
  readonly latencyMs?: () => number
  readonly token?: string
  readonly repository?: string
  /** Applied to the texts that are sent. */
  readonly redact?: Redact
}

/** GitHub in memory, on a virtual clock. What was sent arrives, also when its sender has died or waits no longer. */
export const createVirtualGitHub = (
  model: GitHubModel,
  world: VirtualClock,
  {
    clock = world,
    latencyMs = () => 20,
    token = usualGitHubToken,
    repository = 'acme/shop',
    redact = (text) => text,
  }: VirtualGitHubOptions = {},
): GitHub => {
  const transport: GitHubTransport = async ({ method, path, query, json }, { timeoutMs, signal }) => {
    signal?.throwIfAborted()
    const fail = (kind: FailureKind): never => {
      throw new RequestError({ kind, request: `${method} /${path}`, detail: 'the network failed' })
    }
    const onWayMs = latencyMs()
    let exchange: Exchange | undefined
    world.schedule(world.now() + onWayMs, () => {
      const body = json === undefined ? {} : { body: json }
      exchange = model.exchange({ method, path: `/${path}`, token, ...(query && { query }), ...body })
    })
    const backMs = latencyMs()
    await clock.sleep(Math.min(onWayMs + backMs, timeoutMs), signal)
    if (!exchange || onWayMs + backMs > timeoutMs) return fail('lost')
    const { answer, delivery } = exchange as Exchange
    const leftMs = timeoutMs - onWayMs - backMs
    const stallMs = delivery.kind === 'stall' ? (delivery.ms ?? Number.POSITIVE_INFINITY) : 0
    if (stallMs > 0) await clock.sleep(Math.min(stallMs, leftMs), signal)
    if (!answer || delivery.kind === 'cut' || stallMs > leftMs) return fail('lost')
    return {
      status: answer.status,
      body: answer.text === undefined ? answer.body : undefined,
      headers: answer.headers ?? {},
    }
  }
  return createGitHub(transport, { repository, now: world.now, redact })
}
