import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { Phase } from '../core/network/request-error.ts'

/** The way to a host for one request: an agent of its own, and a hold on the sockets that it opens. */
export type Line = {
  readonly isHttps: boolean
  readonly agent: HttpAgent
  readonly phase: () => Phase
  /** Calls back when the host is connected, so that from there on the request may have been carried out. */
  readonly whenOpen: (outgoing: ClientRequest, listener: () => void) => void
  readonly close: () => void
}

/** @param proxyUrl as `createProxyFetch` takes it */
export const openLine = (address: string, proxyUrl: string | undefined): Line => {
  const isHttps = new URL(address).protocol === 'https:'
  const agent = createAgent(isHttps, proxyUrl)
  const sockets: Socket[] = []
  let phase: Phase = proxyUrl ? 'proxy' : 'connect'
  const enter = (next: Phase): void => {
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
      // A tunnelled request gets its socket when TLS with the host is established, any other before it is connected.
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

/** While a proxy answers CONNECT, neither the request nor `agent.destroy()` knows the socket: without a hold on it a stalled one stays. */
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
