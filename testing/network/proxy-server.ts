import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { type Authority, type Certificate, issueCertificate } from './certificate.ts'
import { type Listening, listen } from './loopback.ts'

export type ProxyOptions = {
  /** What it does with a CONNECT: tunnels it (default), answers with a status, closes the connection, or says nothing. */
  readonly onConnect?: 'tunnel' | 'close' | 'stall' | number
  /** `user:password` that it wants to see, else 407. */
  readonly credentials?: string
  /** Where a tunnel ends, on loopback: the proxy is the only one that resolves names, so any name can be asked for. */
  readonly targetPort: number | ((host: string) => number)
  /** Opens the tunnel's TLS with a certificate of this authority, as proxies of companies do. */
  readonly inspection?: { readonly authority: Authority; readonly trusted: string }
  /** Makes it an https proxy. */
  readonly certificate?: Certificate
}

export type Proxy = Listening & {
  /** `host:port` of every CONNECT and the URL of every plain request, in order. */
  readonly asked: string[]
  /** The decoded `Basic` values of them, `''` where there was none. */
  readonly credentials: string[]
  /** Resolves when the next CONNECT has come. */
  readonly nextConnect: () => Promise<void>
}

export const startProxy = async (options: ProxyOptions): Promise<Proxy> => {
  const [asked, credentials]: [string[], string[]] = [[], []]
  const server: Server = options.certificate ? createSecureServer(options.certificate) : createServer()
  server.on('request', (request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  server.on('connect', (request, socket: Duplex) => {
    socket.on('error', () => {})
    const given = Buffer.from(
      (request.headers['proxy-authorization'] ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString()
    asked.push(request.url ?? '')
    credentials.push(given)
    const isRefused = options.credentials !== undefined && options.credentials !== given
    answer(isRefused ? { ...options, onConnect: 407 } : options, request.url ?? '', socket)
    server.emit('answered')
  })
  return {
    ...(await listen(server)),
    asked,
    credentials,
    nextConnect: () => new Promise((resolve) => server.once('answered', resolve)),
  }
}

const answer = (options: ProxyOptions, target: string, socket: Duplex): void => {
  const { onConnect = 'tunnel' } = options
  if (onConnect === 'stall') return void socket.resume().on('end', () => socket.end())
  if (onConnect === 'close') socket.destroy()
  else if (typeof onConnect === 'number') socket.end(`HTTP/1.1 ${onConnect} Refused\r\ncontent-length: 0\r\n\r\n`)
  else openTunnel(options, target, socket)
}

const openTunnel = ({ inspection, targetPort }: ProxyOptions, target: string, socket: Duplex): void => {
  const host = target.replace(/:\d+$/, '')
  const port = typeof targetPort === 'number' ? targetPort : targetPort(host)
  const [near, far] = inspection
    ? [
        new TLSSocket(socket, { isServer: true, ...issueCertificate([host], inspection.authority) }),
        connectTls({ port, host: '127.0.0.1', servername: host, ca: inspection.trusted }),
      ]
    : [socket, connectTcp(port, '127.0.0.1')]
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  near.pipe(far).pipe(near)
  for (const [one, other] of [[near, far] as const, [far, near] as const])
    one.on('error', () => other.destroy()).on('close', () => other.destroy())
}
