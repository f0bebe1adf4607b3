import ky from 'ky'
import type { Reach } from '../core/network/reach.ts'
import { product } from '../core/run/product.ts'
import { parseJson } from '../core/text/json.ts'
import { formatCall } from './ask.ts'
import type { Answer, Transport } from './humanitec.ts'
import { sendWithinLimits } from './within-limits.ts'

/** Lists of deployments are not paginated; nothing that the API promises comes near this. */
const longestAnswerBytes = 50 * 1024 * 1024

export type HttpOptions = {
  readonly apiUrl: string
  readonly token: string
  /** The way to `apiUrl`. */
  readonly fetch: typeof globalThis.fetch
  readonly reach: Reach
}

/** Humanitec's API over HTTP. The token goes to `apiUrl` alone, since no redirect is followed. */
export const createTransport = ({ apiUrl, token, fetch, reach }: HttpOptions): Transport => {
  const client = ky.create({
    prefix: apiUrl,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'humanitec-user-agent': `app ${product.name}/${product.version}`,
    },
    // Who repeats what is decided in src/flow. A redirect would turn a start into a read, or into a second start.
    retry: { limit: 0 },
    redirect: 'manual',
    throwHttpErrors: false,
    // The one time limit is the caller's.
    timeout: false,
    fetch,
  })
  return (call, limits) => {
    const { method, path, json } = call
    let status: number | undefined
    const send = async (signal: AbortSignal): Promise<Answer> => {
      const response = await client(path, { method, signal, ...(json !== undefined && { json }) })
      status = response.status
      return readAnswer(response, signal)
    }
    const describe = () => ({ reach, request: formatCall(call), ...(status !== undefined && { status }) })
    return sendWithinLimits(limits, send, describe)
  }
}

const readAnswer = async (response: Response, signal: AbortSignal): Promise<Answer> => {
  const text = readText(response, signal)
  const { status, headers } = response
  return {
    status,
    // What a refusal says besides its status is a help, no more: its body may fail to come.
    body: parseJson(await (response.ok ? text : text.catch(() => ''))),
    retryAfter: headers.get('retry-after'),
    location: headers.get('location'),
  }
}

/**
 * The signal is watched here, too: ky hands fetch a copy of its request, and what ties the two together can be collected as
 * garbage once the headers have come. A body that stalls then would never end.
 *
 * @returns a text that is no JSON when the body is too large to be an answer
 */
const readText = async ({ body }: Response, signal: AbortSignal): Promise<string> => {
  if (!body) return ''
  const reader = body.getReader()
  const giveUp = (): void => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', giveUp)
  try {
    return await decodeAll(reader, signal)
  } finally {
    signal.removeEventListener('abort', giveUp)
    giveUp()
  }
}

const decodeAll = async (reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  for (let bytes = 0; bytes <= longestAnswerBytes; ) {
    const { done, value } = await reader.read()
    signal.throwIfAborted()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  return ''
}
