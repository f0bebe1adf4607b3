import ky from 'ky'
import { parseJson } from '../core/deployment/answers.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { determineTimedFailure } from '../core/network/network.ts'
import type { Reach } from '../core/network/reach.ts'
import { product } from '../core/run/product.ts'
import type { Answer, Transport } from './humanitec.ts'

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
  return async ({ method, path, json }, { timeoutMs, signal }) => {
    const limit = AbortSignal.timeout(Math.ceil(timeoutMs))
    const combined = signal ? AbortSignal.any([signal, limit]) : limit
    let status: number | undefined
    try {
      const response = await client(path, { method, signal: combined, ...(json !== undefined && { json }) })
      status = response.status
      return await readAnswer(response, combined)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (error instanceof RequestFailure) throw error
      const failure = determineTimedFailure(error, limit.aborted ? timeoutMs : undefined)
      throw new RequestFailure(
        { ...failure, reach, request: `${method} /${path}`, ...(status !== undefined && { status }) },
        { cause: error },
      )
    }
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
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  const giveUp = (): void => void reader?.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', giveUp)
  let text = ''
  try {
    for (let bytes = 0; ; ) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      signal.throwIfAborted()
      if (done || !value) return text + decoder.decode()
      bytes += value.byteLength
      if (bytes > longestAnswerBytes) return ''
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    signal.removeEventListener('abort', giveUp)
    giveUp()
  }
}
