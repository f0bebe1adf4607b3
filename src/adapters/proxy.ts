import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { createConnectTimeout, createFetchError } from './proxy-error.ts'
import { type Line, openLine } from './proxy-line.ts'
import { createResponse } from './proxy-response.ts'

/**
 * A fetch over `node:https` for ky and Octokit, which goes through the proxy, or past one that built-in fetch was told to use.
 * One connection, and one CONNECT, for each call. No redirect is followed: a 3xx is returned as it came.
 * A failed call rejects, or breaks the body's stream, with a `TypeError` as built-in fetch does; its `cause` has Node's `code`,
 * and a `phase` that tells how far it got. An abort rejects with the signal's reason, whatever the proxy does; so does a timeout,
 * unless it came before the host was connected: that is a failed call, since nothing was sent.
 *
 * @param proxyUrl with scheme and percent-encoded credentials; without it the host is asked directly
 * @param connectTimeoutMs for the connection, the tunnel and the TLS handshake together
 */
export const createProxyFetch =
  (proxyUrl: string | undefined, connectTimeoutMs = 10_000): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    sources.set(request, input)
    request.signal.throwIfAborted()
    const body = Buffer.from(await request.arrayBuffer())
    request.signal.throwIfAborted()
    return send(request, body, openLine(request.url, proxyUrl), connectTimeoutMs)
  }

/** A Request hears of an abort through the one that it was made from, which it doesn't keep from being collected. */
const sources = new WeakMap<Request, unknown>()

const send = (request: Request, body: Buffer, line: Line, connectTimeoutMs: number): Promise<Response> => {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const outgoing = createRequest(request, line)
  const close = (): void => {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', abort)
    outgoing.destroy()
    line.close()
  }
  const fail = (reason: unknown): void => {
    close()
    reject(reason)
  }
  const breakOff = (cause: Error): void => fail(createFetchError(cause, line.phase()))
  const giveUp = (): void => breakOff(createConnectTimeout())
  const abort = (): void => {
    const { reason } = request.signal
    if (line.phase() !== 'request' && reason?.name === 'TimeoutError') giveUp()
    else fail(reason)
  }
  const vanish = (): void => breakOff(new Error('the connection ended without an answer'))
  const timer = setTimeout(giveUp, connectTimeoutMs)
  request.signal.addEventListener('abort', abort)
  line.whenOpen(outgoing, () => clearTimeout(timer))
  outgoing.on('error', breakOff).once('upgrade', vanish).once('close', vanish)
  outgoing.once('response', (message) => {
    // From here on the body tells of its end: some of it can be waiting to be read when the request closes.
    outgoing.off('close', vanish)
    resolve(createResponse(message, request, close))
  })
  outgoing.end(body.length > 0 ? body : undefined)
  return promise
}

const createRequest = ({ url, method, headers }: Request, { isHttps, agent }: Line): ClientRequest => {
  const open = isHttps ? requestHttps : requestHttp
  const defaults = { accept: '*/*', 'user-agent': 'node' }
  return open(url, {
    method,
    headers: { ...defaults, ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
    agent,
  })
}
