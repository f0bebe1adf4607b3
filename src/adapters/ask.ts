import { type FailureDetails, RequestFailure } from '../core/network/failure.ts'
import { UnfitAnswer } from '../core/network/unfit-answer.ts'
import type { Humanitec, Limits } from '../ports.ts'

type AnyCall = { readonly method: string; readonly path: string; readonly operation?: keyof Humanitec }
type AnyAnswer = { readonly status: number; readonly body: unknown }

/** One call, its answer checked. Rejects with a `RequestFailure`, or with the signal's reason. */
export type Ask<Call, Answer> = <Result>(
  call: Call,
  limits: Limits,
  toResult: (body: unknown, answer: Answer) => Result,
) => Promise<Result>

/** What an answer other than 2xx says besides its status. */
export type Refusal = Pick<FailureDetails, 'detail' | 'retryAfterMs' | 'redirectHost'>

/** For an API of JSON: 2xx is read by `toResult`, which throws an `UnfitAnswer` where it doesn't fit; any other is a refusal. */
export const createAsk =
  <Call extends AnyCall, Answer extends AnyAnswer>(
    transport: (call: Call, limits: Limits) => Promise<Answer>,
    toRefusal: (answer: Answer) => Refusal,
  ): Ask<Call, Answer> =>
  async (call, limits, toResult) => {
    const answer = await transport(call, limits)
    const { status, body } = answer
    const asked = { request: formatCall(call), ...(call.operation && { operation: call.operation }) }
    if (status < 200 || status >= 300)
      throw new RequestFailure({ kind: 'answered', ...asked, status, ...toRefusal(answer) })
    try {
      return toResult(body, answer)
    } catch (error) {
      if (!(error instanceof UnfitAnswer)) throw error
      throw new RequestFailure({ kind: 'unreadable', ...asked, status, detail: error.message }, { cause: error })
    }
  }

/** As failures name a request: `GET /orgs/acme`. */
export const formatCall = ({ method, path }: AnyCall): string => `${method} /${path}`
