import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ApiAnswer, Delivery, Exchange } from './exchange.ts'

/** Waits, unless the server closes first. */
export type Wait = (ms: number, then: () => void) => void

type Wire = { readonly status: number; readonly headers: Record<string, string | number>; readonly bytes: Buffer }

/** Writes an answer to its socket, in the way that the delivery says. */
export const deliver = (response: ServerResponse, { answer, delivery }: Exchange, wait: Wait): void => {
  if (delivery.kind === 'cut' && delivery.at !== 'body') cutEarly(response, delivery.at)
  else if (answer) send(response, encode(answer), delivery, wait)
}

const encode = ({ status, headers = {}, body, text }: ApiAnswer): Wire => {
  const bytes = Buffer.from(text ?? (body === undefined ? '' : JSON.stringify(body)))
  const type = text === undefined && body !== undefined ? { 'content-type': 'application/json' } : {}
  return { status, headers: { ...type, ...headers, ...(status !== 204 && { 'content-length': bytes.length }) }, bytes }
}

const send = (response: ServerResponse, wire: Wire, delivery: Delivery, wait: Wait): void => {
  const half = Math.floor(wire.bytes.length / 2)
  switch (delivery.kind) {
    case 'whole':
      response.writeHead(wire.status, wire.headers).end(wire.bytes)
      return
    case 'cut':
      response.writeHead(wire.status, wire.headers).write(wire.bytes.subarray(0, half), () => response.socket?.end())
      return
    case 'stall':
      stall(response, wire, delivery, wait)
      return
    case 'trickle':
      response.writeHead(wire.status, wire.headers).flushHeaders()
      trickle(response, wire.bytes, delivery.bytesPerSecond, wait)
      return
    case 'padded': {
      const { 'content-length': _, ...headers } = wire.headers
      response.writeHead(wire.status, headers).write(wire.bytes)
      pad(response, delivery.bytes - wire.bytes.length)
    }
  }
}

/** At the start by a reset; within the headers by a plain end, which doesn't overtake what was written. */
const cutEarly = (response: ServerResponse, at: 'start' | 'headers'): void => {
  const { socket } = response
  if (!socket) return
  if (at === 'headers') socket.end('HTTP/1.1 200 OK\r\ncontent-le')
  else reset(socket)
}

/** Only a bare TCP socket can be reset. */
const reset = (socket: Socket): void => {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

const stall = (
  response: ServerResponse,
  { status, headers, bytes }: Wire,
  { at, ms }: Extract<Delivery, { kind: 'stall' }>,
  wait: Wait,
): void => {
  const sent = at === 'headers' ? 0 : Math.floor(bytes.length / 2)
  if (at === 'body') response.writeHead(status, headers).write(bytes.subarray(0, sent))
  if (ms === undefined) return
  wait(ms, () => {
    if (at === 'headers') response.writeHead(status, headers)
    response.end(bytes.subarray(sent))
  })
}

const trickle = (response: ServerResponse, bytes: Buffer, bytesPerSecond: number, wait: Wait): void => {
  const size = Math.ceil(bytesPerSecond / 20)
  wait((1000 * size) / bytesPerSecond, () => {
    response.write(bytes.subarray(0, size))
    if (bytes.length > size) trickle(response, bytes.subarray(size), bytesPerSecond, wait)
    else response.end()
  })
}

const blanks = Buffer.alloc(1 << 20, ' ')

const pad = (response: ServerResponse, left: number): void => {
  if (left <= 0 || response.destroyed) {
    response.end()
    return
  }
  response.write(blanks.subarray(0, Math.min(left, blanks.length)), (error) => {
    if (!error) pad(response, left - blanks.length)
  })
}
