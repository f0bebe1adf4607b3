import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificate.ts'

export type WorkflowContext = {
  readonly port: number
  /** Method and path of each request that arrived, in order. */
  readonly requests: string[]
  /** Resolves when no connection is open. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** An https server on loopback. */
export const startOrigin = async (
  certificate: Certificate,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WorkflowContext> => {
  const requests: string[] = []
  const server = createServer(certificate, (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { requests, ...(await listen(server)) }
}

/** A server that takes connections and does with them what it is told to. */
export const startRawOrigin = async (handle: (socket: Socket) => void): Promise<WorkflowContext> => ({
  requests: [],
  ...(await listen(createTcpServer(handle))),
})

/** TLS in front of a plain server on loopback. */
export const startTlsFront = async (certificate: Certificate, plainPort: number): Promise<WorkflowContext> => {
  const server = createTlsServer(certificate, (near) => {
    const far = connect(plainPort, '127.0.0.1')
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  return { requests: [], ...(await listen(server)) }
}

const listen = async (server: TcpServer): Promise<Omit<WorkflowContext, 'requests'>> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket
      .on('error', () => {})
      .on('close', () => {
        sockets.delete(socket)
        server.emit('left')
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const idle = async (): Promise<void> => {
    while (sockets.size > 0) await new Promise((resolve) => server.once('left', resolve))
  }
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port: (server.address() as AddressInfo).port, idle, close }
}
