import ky from 'ky'
import { determineTimedFailure, type FailureDetails, type Reach, RequestError } from '../core/network/request-error.ts'
import { type Body, isErrorBody, summarizeBody, toBody } from '../core/responses/refusal.ts'
import { product } from '../core/run/product.ts'
import { InvalidResponse, parseJson } from '../core/text/json.ts'
import { joinParts } from '../core/text/words.ts'
import type { Humanitec, Limits } from '../ports.ts'

/** Lists of deployments are not paginated, but no answer comes near this. */
const maxAnswerBytes = 50 * 1024 * 1024

export type Call = {
  readonly operation: keyof Humanitec
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Relative to the API's address, encoded. */
  readonly path: string
  /** Besides those of every call; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

export type Answer = Body & {
  readonly status: number
  readonly retryAfter: string | null
  readonly location: string | null
  readonly contentType: string | null
}

/** Rejects with a `RequestError` where there was no answer, or with the signal's reason. */
export type Transport = (call: Call, limits: Limits) => Promise<Answer>

export type HttpOptions = {
  readonly apiUrl: string
  readonly token: string
  /** For `apiUrl`. */
  readonly fetch: typeof globalThis.fetch
  readonly reach: Reach
}

/** Humanitec's API over HTTP. No redirect is followed, so the token goes to `apiUrl` only. */
export const createTransport = ({ apiUrl, token, fetch, reach }: HttpOptions): Transport => {
  const client = ky.create({
    prefix: apiUrl,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'humanitec-user-agent': `app ${product.name}/${product.version}`,
    },
    // Retries are decided in src/operations. A redirect would turn a start into a read, or into a second start.
    retry: { limit: 0 },
    redirect: 'manual',
    throwHttpErrors: false,
    // The only time limit is the caller's.
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
    // A refusal's status is enough: reading its body may fail.
    ...parseBody(await (response.ok ? text : text.catch(() => ''))),
    retryAfter: headers.get('retry-after'),
    location: headers.get('location'),
    contentType: headers.get('content-type'),
  }
}

export const parseBody = (text: string): Body => toBody(text, parseJson(text))

/**
 * Listens to the signal as well: ky gives fetch a copy of its request, whose link to the signal can be garbage collected after the
 * headers. A stalled body would never end then.
 *
 * @returns `''`, which isn't JSON, for a body that is too large
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

/** One call with a checked answer. Rejects with a `RequestError`, or with the signal's reason. */
export type Ask<Call, Answer> = <Result>(
  call: Call,
  limits: Limits,
  toResult: (body: unknown, answer: Answer) => Result,
) => Promise<Result>

/** What an answer other than 2xx says besides its status. */
export type Refusal = Pick<FailureDetails, 'detail' | 'intermediary' | 'more' | 'retryAfterMs' | 'redirectHost'>

/** For a JSON API: `toResult` reads a 2xx and throws an `InvalidResponse` where it doesn't fit; any other status is a refusal. */
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

/** Of an error's body or a page that comes with 200. Truncated JSON is not shown: it may be a Set's contents, which may be secret. */
const describeUnfit = (answer: AnyAnswer): string => {
  const isCutJson = answer.text !== undefined && /^\s*[{["]/.test(answer.text)
  return !isCutJson && (answer.text !== undefined || isErrorBody(answer.body)) ? summarizeBody(answer) : ''
}

/** `GET /orgs/acme`, without the query. */
export const formatCall = ({ method, path }: AnyCall): string => `${method} /${path.split('?', 1)[0]}`

/**
 * Sends one request and reads its answer, both within the limits. Rejects with the signal's reason once it has aborted, and with a
 * `RequestError` for any other failure.
 *
 * @param send its signal aborts at the timeout, or with the caller's
 * @param describe what is known of the request when it fails
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
