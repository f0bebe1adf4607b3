import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificate.ts'
import { type Listening, listen } from './loopback.ts'

export type Origin = Listening & {
  /** Method and path of each request that arrived, in order. */
  readonly requests: string[]
}

/** An https server on loopback. */
export const startOrigin = async (
  certificate: Certificate,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Origin> => {
  const requests: string[] = []
  const server = createServer(certificate, (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { requests, ...(await listen(server)) }
}

/** A server that takes connections and does with them what it is told to. */
export const startRawOrigin = async (handle: (socket: Socket) => void): Promise<Origin> => ({
  requests: [],
  ...(await listen(createTcpServer(handle))),
})

/** TLS in front of a plain server on loopback. */
export const startTlsFront = async (certificate: Certificate, plainPort: number): Promise<Origin> => {
  const server = createTlsServer(certificate, (near) => {
    const far = connect(plainPort, '127.0.0.1')
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  return { requests: [], ...(await listen(server)) }
}
