import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Certificate } from '../network/certificate.ts'

export type GateOptions = {
  readonly targetPort: number
  /** Connections from this one on are refused, until `open`. Counted from 1. */
  readonly refusedFrom?: number
  /** Speaks TLS, with the certificate chosen for each connection. */
  readonly chooseCertificate?: () => Certificate
}

export type Gate = {
  readonly port: number
  readonly connections: () => number
  readonly open: () => void
  readonly close: () => Promise<void>
}

/** A way to a server, on which each request has a connection of its own. */
export const startGate = async ({ targetPort, refusedFrom, chooseCertificate }: GateOptions): Promise<Gate> => {
  const sockets = new Set<Duplex>()
  let count = 0
  let isShut = false
  const shut = (): void => {
    server.close()
  }
  const server = createServer((socket) => {
    count++
    // Before the answer to this one goes out, so that the next one certainly finds nobody.
    if (count + 1 === refusedFrom) shut()
    const near = chooseCertificate ? secure(socket, chooseCertificate()) : socket
    join(near, connect(targetPort, '127.0.0.1'), sockets)
  })
  const port = await (refusedFrom === undefined ? listen(server, 0) : listenApart(server))
  if (refusedFrom === 1) shut()
  const open = (): void => {
    if (isShut || server.listening) return
    listen(server, port).catch(() => setTimeout(open, 100))
  }
  return {
    port,
    connections: () => count,
    open,
    close: async () => {
      isShut = true
      for (const socket of sockets) socket.destroy()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @returns the port */
const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Below what systems hand out by themselves: while nobody listens there, the port must not become another server's. */
const ports = { first: 20_000, count: 12_000 } as const

let lastPort = Math.floor(Math.random() * ports.count)

const listenApart = async (server: Server): Promise<number> => {
  for (;;) {
    lastPort = (lastPort + 1) % ports.count
    const port = await listen(server, ports.first + lastPort).catch(() => undefined)
    if (port !== undefined) return port
  }
}

const secure = (socket: Socket, certificate: Certificate): Duplex =>
  new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) })

const join = (near: Duplex, far: Socket, sockets: Set<Duplex>): void => {
  for (const [one, other] of [[near, far] as const, [far, near] as const]) {
    sockets.add(one)
    one
      .on('error', () => other.destroy())
      .on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
  }
  near.once('data', (head: Buffer) => {
    far.write(head.toString('latin1').replace(/connection: keep-alive/i, 'connection: close'), 'latin1')
    near.pipe(far)
  })
  far.pipe(near)
}
