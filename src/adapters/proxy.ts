import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import type { ConnectionPhase } from '../core/network/request-error.ts'

/**
 * A fetch over `node:https` for ky and Octokit, through the proxy, or directly where built-in fetch would use one.
 *
 * - One connection, and one CONNECT, per call. No redirect is followed: a 3xx is returned as it is.
 * - A failed call rejects, or breaks the body's stream, with a `TypeError` as built-in fetch does; its `cause` has Node's `code`,
 *   and the `phase` that it reached.
 * - An abort rejects with the signal's reason, whatever the proxy does. So does a timeout, unless it comes before the host is
 *   connected: that is a failed call, since nothing was sent.
 *
 * @param proxyUrl with scheme and percent-encoded credentials; `undefined`: connects directly
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
    return send(request, body, openConnection(request.url, proxyUrl), connectTimeoutMs)
  }

/** A Request gets aborts through the one that it was made from, which would be garbage collected without this. */
const sources = new WeakMap<Request, unknown>()

const send = (request: Request, body: Buffer, line: Connection, connectTimeoutMs: number): Promise<Response> => {
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
  const endEarly = (): void => breakOff(new Error('the connection ended without an answer'))
  const timer = setTimeout(giveUp, connectTimeoutMs)
  request.signal.addEventListener('abort', abort)
  line.whenOpen(outgoing, () => clearTimeout(timer))
  outgoing.on('error', breakOff).once('upgrade', endEarly).once('close', endEarly)
  outgoing.once('response', (message) => {
    // From here on the body's own end counts: some of it may be unread when the request closes.
    outgoing.off('close', endEarly)
    resolve(createResponse(message, request, close))
  })
  outgoing.end(body.length > 0 ? body : undefined)
  return promise
}

const createRequest = ({ url, method, headers }: Request, { isHttps, agent }: Connection): ClientRequest => {
  const open = isHttps ? requestHttps : requestHttp
  const defaults = { accept: '*/*', 'user-agent': 'node' }
  return open(url, {
    method,
    headers: { ...defaults, ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
    agent,
  })
}

/** @param close ends the connection; called when the body has ended, failed or was cancelled */
const createResponse = (message: IncomingMessage, request: Request, close: () => void): Response => {
  const { statusCode = 0, statusMessage: statusText = '' } = message
  // `Response` takes this range only; any other status is a server's error.
  const status = statusCode >= 200 && statusCode <= 599 ? statusCode : 502
  const hasBody = request.method !== 'HEAD' && ![204, 205, 304].includes(status)
  if (!hasBody) message.resume().once('close', close)
  const body = hasBody ? streamBody(message, request.signal, close) : null
  const response = new Response(body, { status, statusText, headers: readHeaders(message) })
  return Object.defineProperty(response, 'url', { value: request.url })
}

const readHeaders = ({ headersDistinct }: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  return headers
}

/** Chunk by chunk on demand, so that a size limit can stop it. */
const streamBody = (message: IncomingMessage, signal: AbortSignal, close: () => void): ReadableStream<Uint8Array> => {
  const chunks = message[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        if (!done) return controller.enqueue(new Uint8Array(value))
        close()
        controller.close()
      } catch (cause) {
        close()
        controller.error(signal.aborted ? signal.reason : createFetchError(cause, 'request', 'terminated'))
      }
    },
    cancel: close,
  })
}

/** The same error as built-in fetch's, which ky recognizes by its message. The cause gets the phase. */
const createFetchError = (cause: unknown, phase: ConnectionPhase, message = 'fetch failed'): TypeError =>
  new TypeError(message, { cause: Object.assign(withoutCredentials(cause), { phase }) })

const createConnectTimeout = (): Error =>
  Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT', syscall: 'connect' })

/** Node 24.5 writes the proxy's URL with its password into the text of this error. */
const withoutCredentials = (cause: unknown): object => {
  const error = typeof cause === 'object' && cause !== null ? cause : new Error(String(cause))
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code !== 'ERR_PROXY_TUNNEL') return error
  return statusCode === undefined
    ? Object.assign(new Error('the proxy ended the connection before the tunnel was made'), { code })
    : Object.assign(new Error(`the proxy answered ${statusCode}`), { code, statusCode })
}

/** For one request: an agent of its own, and the sockets that it opens. */
type Connection = {
  readonly isHttps: boolean
  readonly agent: HttpAgent
  readonly phase: () => ConnectionPhase
  /** Calls back when the host is connected: from then on the request may be carried out. */
  readonly whenOpen: (outgoing: ClientRequest, listener: () => void) => void
  readonly close: () => void
}

/** @param proxyUrl as for `createProxyFetch` */
const openConnection = (address: string, proxyUrl: string | undefined): Connection => {
  const isHttps = new URL(address).protocol === 'https:'
  const agent = createAgent(isHttps, proxyUrl)
  const sockets: Socket[] = []
  let phase: ConnectionPhase = proxyUrl ? 'proxy' : 'connect'
  const enter = (next: ConnectionPhase): void => {
    if (phase !== 'request') phase = next
  }
  holdSockets(agent, (socket) => {
    sockets.push(socket)
    if (proxyUrl) whenConnected(socket, proxyUrl.startsWith('https:'), () => enter('connect'))
  })
  return {
    isHttps,
    agent,
    phase: () => phase,
    whenOpen: (outgoing, listener) => {
      const open = (): void => {
        enter('request')
        listener()
      }
      // A tunnelled request gets its socket after the TLS handshake with the host, any other request before it is connected.
      outgoing.once('socket', (socket) => (proxyUrl && isHttps ? open() : whenConnected(socket, isHttps, open)))
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      agent.destroy()
    },
  }
}

const createAgent = (isHttps: boolean, proxyUrl: string | undefined): HttpAgent => {
  const proxyEnv = proxyUrl ? { http_proxy: proxyUrl, https_proxy: proxyUrl } : {}
  return isHttps ? new HttpsAgent({ keepAlive: false, proxyEnv }) : new HttpAgent({ keepAlive: false, proxyEnv })
}

/** During CONNECT neither the request nor `agent.destroy()` closes the socket, so a stalled one would stay open. */
const holdSockets = (agent: HttpAgent, hold: (socket: Socket) => void): void => {
  const createConnection = agent.createConnection.bind(agent)
  agent.createConnection = (...parameters) => {
    const socket = createConnection(...parameters)
    if (socket) hold(socket as Socket)
    return socket
  }
}

const whenConnected = (socket: Socket, isSecure: boolean, listener: () => void): void => {
  socket.once(isSecure ? 'secureConnect' : 'connect', listener)
}
