import type { IncomingMessage } from 'node:http'
import { createFetchError } from './proxy-error.ts'

/** @param close ends the connection; called when the body is over, broken or not wanted */
export const createResponse = (message: IncomingMessage, request: Request, close: () => void): Response => {
  const { statusCode = 0, statusMessage: statusText = '' } = message
  // The range that a `Response` takes; an answer outside of it is the server's fault as any 5xx is.
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

/** Chunk by chunk as it is asked for, so that a size limit can stop it. */
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
