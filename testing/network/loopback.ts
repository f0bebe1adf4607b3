import type { AddressInfo, Server, Socket } from 'node:net'

export type Listening = {
  readonly port: number
  /** Resolves when no connection is open. */
  readonly idle: () => Promise<void>
  /** Cuts the connections that are open. */
  readonly close: () => Promise<void>
}

/** Lets a server listen on a free port of 127.0.0.1. It emits `left` whenever a connection has closed. */
export const listen = async (server: Server): Promise<Listening> => {
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
