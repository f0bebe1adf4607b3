import ky from 'ky'
import { determineTimedFailure, type FailureDetails, type Reach, RequestError } from '../core/network/request-error.ts'
import { type Body, isErrorBody, summarizeBody, toBody } from '../core/responses/refusal.ts'
import { product } from '../core/run/product.ts'
import { InvalidResponse, parseJson } from '../core/text/json.ts'
import { joinParts } from '../core/text/words.ts'
import type { Humanitec, Limits } from '../ports.ts'

/** Lists of deployments are not paginated; nothing that the API promises comes near this. */
const maxAnswerBytes = 50 * 1024 * 1024

export type Call = {
  readonly operation: keyof Humanitec
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Relative to the API's address, encoded. */
  readonly path: string
  /** Beside those of every call, their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

/** Whatever the API answered. */
export type Answer = Body & {
  readonly status: number
  readonly retryAfter: string | null
  readonly location: string | null
  readonly contentType: string | null
}

/** Rejects with a `RequestError` when there was no answer, or with the signal's reason. */
export type Transport = (call: Call, limits: Limits) => Promise<Answer>

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
    // Who repeats what is decided in src/operations. A redirect would turn a start into a read, or into a second start.
    retry: { limit: 0 },
    redirect: 'manual',
    throwHttpErrors: false,
    // The one time limit is the caller's.
    timeout: false,
    fetch,
  })
  return (call, limits) => {
    const { method, path, headers, json } = call
    let status: number | undefined
    const send = async (signal: AbortSignal): Promise<Answer> => {
      const response = await client(path, {
        method,
        signal,
        ...(headers && { headers }),
        ...(json !== undefined && { json }),
      })
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
    ...parseBody(await (response.ok ? text : text.catch(() => ''))),
    retryAfter: headers.get('retry-after'),
    location: headers.get('location'),
    contentType: headers.get('content-type'),
  }
}

export const parseBody = (text: string): Body => toBody(text, parseJson(text))

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
  for (let bytes = 0; bytes <= maxAnswerBytes; ) {
    const { done, value } = await reader.read()
    signal.throwIfAborted()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  return ''
}

type AnyCall = { readonly method: string; readonly path: string; readonly operation?: keyof Humanitec }

type AnyAnswer = Body & { readonly status: number }

/** One call, its answer checked. Rejects with a `RequestError`, or with the signal's reason. */
export type Ask<Call, Answer> = <Result>(
  call: Call,
  limits: Limits,
  toResult: (body: unknown, answer: Answer) => Result,
) => Promise<Result>

/** What an answer other than 2xx says besides its status. */
export type Refusal = Pick<FailureDetails, 'detail' | 'intermediary' | 'more' | 'retryAfterMs' | 'redirectHost'>

/** For an API of JSON: 2xx is read by `toResult`, which throws an `InvalidResponse` where it doesn't fit; any other is a refusal. */
export const createAsk =
  <Call extends AnyCall, Answer extends AnyAnswer>(
    transport: (call: Call, limits: Limits) => Promise<Answer>,
    toRefusal: (answer: Answer, call: Call) => Refusal,
  ): Ask<Call, Answer> =>
  async (call, limits, toResult) => {
    const answer = await transport(call, limits)
    const { status, body } = answer
    const asked = { request: formatCall(call), ...(call.operation && { operation: call.operation }) }
    if (status < 200 || status >= 300)
      throw new RequestError({ kind: 'answered', ...asked, status, ...toRefusal(answer, call) })
    try {
      return toResult(body, answer)
    } catch (error) {
      if (!(error instanceof InvalidResponse)) throw error
      const detail = joinParts('; it says: ', error.message, describeUnfit(answer))
      throw new RequestError({ kind: 'unreadable', ...asked, status, detail }, { cause: error })
    }
  }

/** An error's body, or a page, that comes with 200. What was cut off on its way may hold a Set's contents, which are nobody's. */
const describeUnfit = (answer: AnyAnswer): string => {
  const isCutJson = answer.text !== undefined && /^\s*[{["]/.test(answer.text)
  return !isCutJson && (answer.text !== undefined || isErrorBody(answer.body)) ? summarizeBody(answer) : ''
}

/** As failures name a request: `GET /orgs/acme`, without what is behind a `?`. */
export const formatCall = ({ method, path }: AnyCall): string => `${method} /${path.split('?', 1)[0]}`

/**
 * Sends one request and reads its answer, both under the same limits. Rejects with the caller's reason once its signal has
 * aborted, and with a `RequestError` for whatever else goes wrong on the way.
 *
 * @param send its signal aborts when the time is over, or when the caller's does
 * @param describe what is known of the request by the time it fails
 */
export const sendWithinLimits = async <Answer>(
  { timeoutMs, signal }: Limits,
  send: (signal: AbortSignal) => Promise<Answer>,
  describe: () => Pick<FailureDetails, 'request' | 'reach' | 'status'>,
): Promise<Answer> => {
  const limit = AbortSignal.timeout(Math.ceil(timeoutMs))
  try {
    signal?.throwIfAborted()
    return await send(signal ? AbortSignal.any([signal, limit]) : limit)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    const failure = determineTimedFailure(error, limit.aborted ? timeoutMs : undefined)
    throw new RequestError({ ...failure, ...describe() }, { cause: error })
  }
}
