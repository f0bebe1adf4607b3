import type { Deployment } from '../api.ts'
import type { InputError } from '../inputs/request.ts'

/** How a step ends. `unknown`: a start whose fate could not be found out. `error`: it stopped for a reason of its own. */
export type Outcome =
  | 'succeeded'
  | 'failed'
  | 'unhealthy'
  | 'timed_out'
  | 'cancelled'
  | 'started'
  | 'planned'
  | 'deleted'
  | 'pruned'
  | 'skipped'
  | 'unknown'
  | 'error'

/** Why a step ended as it did, in sentences: what happened, what to do about it. May hold text from outside. */
export type Problem = {
  readonly what: string
  /** The same in a few words, such as `another deployment is active`, for the headline. */
  readonly cause?: string
  /** `what` tells no more than a headline that ends with `cause`. */
  readonly isCauseComplete?: true
  /** The deployment was made, on another base than the one that was asked for: that is no cause of how it went. */
  readonly isOtherBase?: true
  readonly remedy?: string
  /** The page of the pipeline run that `remedy` sends to. */
  readonly runUrl?: string
  /** What the API said beside that, as indented JSON: of many lines. */
  readonly details?: string
  /** `remedy` names the setting that leads to the host, or one of the way there: its address, a proxy, a certificate. */
  readonly namesSetting?: true
  /** The active deployment that stands in the way. */
  readonly conflict?: Deployment
  readonly inputErrors?: readonly InputError[]
  /** What is wrong, one line each, as a compiler tells it. */
  readonly lines?: readonly string[]
}

/** A result in words. */
export type ReportedResult = { readonly outcome: Outcome; readonly problem?: Problem }

const goodEnds: ReadonlySet<Outcome> = new Set(['succeeded', 'started', 'planned', 'deleted', 'pruned', 'skipped'])

export const isGoodEnd = (outcome: Outcome): boolean => goodEnds.has(outcome)
