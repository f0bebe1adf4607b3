import type { Deployment } from '../api.ts'
import type { InputError } from '../inputs/request.ts'

/** How a step ends. `unknown`: whether a start had an effect could not be found out. `error`: the step could not do its work. */
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

/** Why a step ended as it did, in sentences. May hold text from outside. */
export type Problem = {
  readonly what: string
  /** For the headline: a few words, such as `another deployment is active`. */
  readonly cause?: string
  /** `what` adds nothing to a headline with `cause`. */
  readonly isCauseComplete?: true
  /** The deployment was made on another base than the requested one, which doesn't explain its outcome. */
  readonly isOtherBase?: true
  readonly remedy?: string
  /** The page of the pipeline run, where `remedy` refers to it. */
  readonly runUrl?: string
  /** More of the API's answer, as indented JSON of many lines. */
  readonly details?: string
  /** `remedy` names a setting of the connection: the host's address, a proxy, a certificate. */
  readonly namesSetting?: true
  /** The active deployment that prevents the start. */
  readonly conflict?: Deployment
  readonly inputErrors?: readonly InputError[]
  /** The mistakes, one line each, as a compiler lists them. */
  readonly lines?: readonly string[]
}

/** A result in sentences. */
export type ReportedResult = { readonly outcome: Outcome; readonly problem?: Problem }

const goodEnds: ReadonlySet<Outcome> = new Set(['succeeded', 'started', 'planned', 'deleted', 'pruned', 'skipped'])

export const isGoodEnd = (outcome: Outcome): boolean => goodEnds.has(outcome)
