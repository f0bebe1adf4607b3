import { determineGapMs, determinePaceDelayMs, determinePacedStartMs, slowDown } from '../core/network/pace.ts'
import { RequestError } from '../core/network/request-error.ts'
import { changesPatienceMs, determineLeastDelayMs, longestRetryAfterMs } from '../core/network/retry-policy.ts'
import type { Context } from './context.ts'

/** What Humanitec's refusals ask of all requests of the step: how far apart they are sent, and until when some aren't. */
export const notePace = (context: Context, error: RequestError, sentMs: number): void => {
  noteWish(context, error)
  if (error.details.status === 429) noteRateLimit(context, sentMs)
}

/** At Humanitec's own address it is Humanitec's answer; another one may be mistyped, and limit whoever asks it. */
const noteRateLimit = ({ api, clock }: Context, sentMs: number): void => {
  api.hasAnswered ||= api.isUsual
  api.pace = slowDown(api.pace, sentMs, clock.now())
}

const noteWish = ({ api, clock }: Context, error: RequestError): void => {
  const untilMs = clock.now() + Math.min(error.details.retryAfterMs ?? 0, longestRetryAfterMs)
  if (untilMs > Math.max(clock.now(), api.wish?.untilMs ?? 0)) api.wish = { untilMs, error }
}

/** For how long Humanitec still wishes not to be asked (`Retry-After`), a minute at most, in milliseconds; 0 when it doesn't. */
export const findWishMs = ({ api, clock }: Context): number => Math.max(0, (api.wish?.untilMs ?? 0) - clock.now())

/** What can be done without is left out, but not Humanitec's wish to wait. */
export const throwWish = <Answer>(answer: Answer | RequestError): Answer | RequestError => {
  if (answer instanceof RequestError && answer.details.retryAfterMs) throw answer
  return answer
}

/** How long to pause because of the pace that refusals have brought the step to; 0 without any. */
export const takePaceDelayMs = (context: Context): number => {
  const gapMs = findGapMs(context)
  return gapMs === 0 ? 0 : determinePaceDelayMs(gapMs, context.random())
}

/** How long until a start that was refused is sent again: within a minute, or within as long as Humanitec asks for. */
export const determineStartDelayMs = (context: Context, { details }: RequestError): number =>
  determineLeastDelayMs(details.retryAfterMs) + determinePacedStartMs(findGapMs(context), context.random())

const findGapMs = ({ api, clock }: Context): number => determineGapMs(api.pace, clock.now())

/**
 * Whether what the deployment's end doesn't need may be read now: not while Humanitec wishes not to be asked, nor when the
 * token's rate limit has brought the step so far that its next request would not be due within the ten seconds that such a
 * thing is given.
 */
export const mayReadOptional = (context: Context): boolean =>
  findWishMs(context) === 0 && findGapMs(context) <= changesPatienceMs

/** Whether anything may be read beside the deployment that is waited for: not when the requests for all that are used up. */
export const mayReadBeside = (context: Context): boolean => context.sideLimiter.hasRoom() && findWishMs(context) === 0
