import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { deliver, type Wait } from './delivery.ts'
import type { ApiRequest } from './exchange.ts'
import type { RequestLog } from './request-log.ts'

export type Origin = {
  /** `http://127.0.0.1:34567`, without a slash at its end. */
  readonly url: string
  /** Connections are refused, open ones cut. */
  pause(): Promise<void>
  /** Connections are taken again, on the same port. */
  resume(): Promise<void>
  close(): Promise<void>
}

/** PEM. */
export type Certificate = { readonly key: string; readonly cert: string }

/** Serves a service on a free port of 127.0.0.1. */
export const startOrigin = async (requestLog: RequestLog, certificate?: Certificate): Promise<Origin> => {
  const timers = createTimers()
  const listener: RequestListener = (message, response) => {
    readRequest(message).then(
      (request) => deliver(response, requestLog.exchange(request), timers.wait),
      // The client went away while it was sending.
      () => response.destroy(),
    )
  }
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener)
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    if (!server.listening) return
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  }
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    pause: stop,
    resume: async () => {
      if (!server.listening) await listen(server, port)
    },
    close: async () => {
      timers.clear()
      await stop()
    },
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject)
      resolve()
    })
  })

const createTimers = (): { readonly wait: Wait; clear(): void } => {
  const timers = new Set<NodeJS.Timeout>()
  return {
    wait: (ms, then) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        then()
      }, ms)
      timers.add(timer)
    },
    clear: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

const readRequest = async (message: IncomingMessage): Promise<ApiRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const [path = '', search = ''] = (message.url ?? '').split(/\?(.*)/s)
  const headers = flatten(message.headers)
  const token = /^(?:bearer|token) (.*)$/i.exec(headers['authorization'] ?? '')?.[1]
  return {
    method: message.method ?? '',
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    search,
    headers,
    ...(token !== undefined && { token }),
    ...parseBody(Buffer.concat(chunks).toString()),
  }
}

const flatten = (headers: IncomingMessage['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const parseBody = (text: string): Pick<ApiRequest, 'body' | 'isUnparsable'> => {
  if (text === '') return {}
  try {
    return { body: JSON.parse(text) }
  } catch {
    return { isUnparsable: true }
  }
}
